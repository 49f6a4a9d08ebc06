"""Web pages: saved HTML as lines of text and grids. Nothing is fetched; what a browser would not show is left out."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.characters import printed
from loaders.encoding import decode
from loaders.errors import CannotReadError
from loaders.flow import blocks
from loaders.grid import Grid, Pages
from loaders.html_walk import Walk
from loaders.origin import page_origin
from ogi.report import Notice

MEDIA_TYPE = "text/html"
Frame = Callable[[str], tuple[bytes, str | None] | None]
"""Gives the content behind the address of a frame, with its declared encoding, where the file holds it."""
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE)
_HEAD = 16384
_TITLES = frozenset({"articletitle", "dc.title", "og:title"})
"""Names of ``<meta>`` that give the title of the article; the first is that of the standard for government sites."""
_MOST_FRAMES = 30


def read(data: bytes, name: str) -> Pages:
    """Read a saved web page.

    Tables are numbered over the whole document and cells inside their ``<tr>``, both from 1; lines of prose by a running
    number. A table that only arranges the page (one cell, or little but other tables) is read as prose. Frames whose content
    is not in the file are said.

    Raises:
        CannotReadError: ``unknown_encoding``; ``damaged`` where no element is found; ``too_nested``.
    """
    return read_page(data, None, lambda address: None, MEDIA_TYPE)


def read_page(data: bytes, encoding: str | None, frame: Frame, media_type: str, address: str | None = None) -> Pages:
    """Read a page together with its frames, as :func:`read` does.

    Args:
        data: the page.
        encoding: what stands around the page says of its encoding; what the page says of itself comes first.
        frame: gives the content of frames.
        media_type: of the file the page came from.
        address: where the file says the page was; never fetched.
    """
    root, text = _parse(data, encoding)
    taken: set[str] = set()

    def inside(address: str) -> etree._Element | None:
        found = frame(address) if len(taken) < _MOST_FRAMES and address not in taken else None
        taken.add(address)
        return _parse(*found)[0] if found else None

    walk = Walk(inside)
    found = blocks(walk.through(root))
    notices: list[Notice] = []
    if walk.frames_missing:
        notices.append(Notice(code="frames_missing", params={"count": walk.frames_missing}))
    if walk.pictures and not any(isinstance(block, Grid) for block in found):
        notices.append(Notice(code="tables_may_be_pictures", params={"count": walk.pictures}))
    origin = page_origin(text, address=address)
    return Pages(media_type=media_type, blocks=found, title=_title(root), notices=tuple(notices), origin=origin)


def _parse(data: bytes, encoding: str | None) -> tuple[etree._Element, str]:
    """The root element of a page, and its source as text."""
    mark = _DECLARED.search(data[:_HEAD])
    declared = (mark[1] or mark[2]).decode("ascii") if mark else encoding
    text = decode(data, declared).replace("\x00", "")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.LxmlError as error:
        raise CannotReadError("damaged", reason=str(error)) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise CannotReadError("too_nested")  # the parser drops what lies deeper than 2048 elements
    if root is None:
        raise CannotReadError("damaged", reason="no element")
    return root, text


def _title(root: etree._Element) -> str:
    """All titles with words, parted by bars: pages pieced together have several, and any may be that of the report."""
    texts = [element.text or "" for element in root.iter("title")]
    texts += [
        element.get("content", "")
        for element in root.iter("meta")
        if (element.get("name") or element.get("property") or "").lower() in _TITLES
    ]
    return "|".join(dict.fromkeys(title for text in texts if (title := " ".join(printed(text).split()))))
