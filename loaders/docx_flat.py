"""Word documents in one XML file: a flat package (``pkg:package``), or the XML of Word 2003 (``w:wordDocument``)."""

from __future__ import annotations

import re

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.docx import read_body, read_parts
from loaders.docx_numbers import Numbers
from loaders.docx_xml import value
from loaders.encoding import decode
from loaders.grid import Pages
from loaders.xml import attribute, child, parse_xml, tag_of

MEDIA_TYPE = "application/xml"
_ENCODING = re.compile(rb"""\A[^>]{0,200}encoding\s*=\s*["']([\w-]+)""")


def read(data: bytes, name: str) -> Pages:
    """Read a Word document that is one XML file; as :func:`loaders.docx.read` otherwise.

    Raises:
        CannotReadError: ``damaged``, ``not_word``, ``unsafe_xml``, ``too_nested``, ``unknown_encoding``.
    """
    declared = _ENCODING.search(data)
    text = decode(data, declared[1].decode("ascii") if declared else None)
    root = parse_xml(text.lstrip("\ufeff \r\n\t").encode("utf-8", errors="replace"), is_large=True)
    if tag_of(root) != "package":
        title = child(root, "DocumentProperties", "Title")
        return read_body(root, _WrittenNumbers(), ((title.text or "") if title is not None else "").strip(), MEDIA_TYPE)[0]
    parts: dict[str, etree._Element] = {}
    for part in root:
        content = child(part, "xmlData")
        if content is not None and len(content):
            parts[attribute(part, "name").lstrip("/")] = content[0]
    return read_parts(lambda path: parts.get(path.lstrip("/")), MEDIA_TYPE)[0]


class _WrittenNumbers(Numbers):
    """Word 2003 writes the number of a paragraph beside its place in the list."""

    def before(self, paragraph: etree._Element) -> str:
        """Return the number as written."""
        return value(child(paragraph, "pPr", "listPr", "t"))
