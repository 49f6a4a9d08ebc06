"""OFD files (GB/T 33190-2016), the Chinese standard of fixed pages: printed lines and ruled tables with their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from loaders.errors import CannotReadError
from loaders.grid import Block, Pages
from loaders.limits import LIMITS
from loaders.ofd_document import OfdDocument, PageParts, open_ofd
from loaders.ofd_drawing import Drawing, Painter
from loaders.ofd_pictures import not_covered, page_pictures
from loaders.ofd_space import POINTS, BadNumberError, written_box
from loaders.page_blocks import blocks_of
from loaders.pdf_page import PdfPage, once
from loaders.xml import child
from ogi.report import Notice

MEDIA_TYPE = "application/ofd"
_BESIDE_TEXT = frozenset({"Stamp", "Watermark", "Link", "Path", "Highlight"})
"""Annotations the standard knows: marks upon the text, none of it."""
_TYPED = frozenset({"FreeText", "Typewriter", "TextBox", "Widget", "FormField"})
"""What producers call text a person typed onto the page or into a form."""


@dataclass
class _Said:
    """Pages on which something was left out, by the code of its notice."""

    pages: dict[str, list[int]] = field(default_factory=dict)

    def add(self, code: str, page: int, happened: object) -> None:
        if happened:
            self.pages.setdefault(code, []).append(page)

    def notices(self) -> list[Notice]:
        return [Notice(code=code, params={"pages": ", ".join(map(str, pages))}) for code, pages in self.pages.items()]


def read(data: bytes, name: str) -> Pages:
    """Read an OFD file: every document in it, one page after the other.

    Cells have page (from 1, counted over all documents) and box in points from the top left, as those of a PDF.
    Templates, composites and text typed onto the page are part of it; stamps, watermarks, seals, attachments, and what
    is invisible or covered by a scan are not. Rights to print or copy are not asked, as no viewer asks them for reading.

    Raises:
        CannotReadError: ``damaged`` (also where a page is not in the file), ``password_needed``, ``no_pages``,
            ``too_many_pages``, ``too_large_unpacked``, ``too_nested``, ``unsafe_xml``.
    """
    documents, title = open_ofd(data)
    LIMITS.check_pages(sum(map(len, documents)))
    blocks: list[Block] = []
    image_pages: list[int] = []
    said = _Said()
    number = 0
    for document in documents:
        painter = Painter(document)
        for index in range(len(document)):
            number += 1
            found, pictures = blocks_of(_page(document, painter, index, number, said), beside_text=False)
            blocks += found
            if pictures:
                image_pages.append(number)
    attached = [name for document in documents for name in document.attachments()]
    notices = said.notices()
    if len(documents) > 1:
        notices.append(Notice(code="ofd_several_documents", params={"count": len(documents)}))
    if attached:
        notices.append(Notice(code="ofd_attachments", params={"names": "、".join(attached)}))
    return Pages(
        media_type=MEDIA_TYPE,
        blocks=tuple(blocks),
        pages=number,
        title=title,
        image_pages=tuple(image_pages),
        notices=tuple(notices),
    )


def _page(document: OfdDocument, painter: Painter, index: int, number: int, said: _Said) -> PdfPage:
    """One page as the table code takes it, and what is said about it."""
    parts = document.page(index)
    drawing = Drawing()
    painter.paint(parts.layers, drawing)
    marks = _draw_annotations(parts, painter, drawing)
    width, height = parts.width * POINTS, parts.height * POINTS
    covering = page_pictures(drawing.pictures, (0.0, 0.0, width, height))
    chars = not_covered(drawing.chars, covering, document.picture)
    said.add("ofd_marks", number, marks or drawing.slanted)
    said.add("ofd_parts_missing", number, parts.missing + drawing.missing)
    said.add("ofd_cut_off", number, drawing.cut_off)
    said.add("ofd_picture_behind", number, covering and any(not char.text.isspace() for char in chars))
    return PdfPage(
        number=number,
        width=width,
        height=height,
        chars=once(char for char in chars if 0 <= (char.top + char.bottom) / 2 <= height),
        edges=drawing.edges,
        pictures=[picture.box for picture in drawing.pictures],
        curves=drawing.curves,
        codes=("hidden_text",) if drawing.cut_off or len(drawing.chars) > len(chars) else (),
    )


def _draw_annotations(parts: PageParts, painter: Painter, drawing: Drawing) -> bool:
    """Draw text typed onto the page; tell whether other annotations hold text, which is left out."""
    left_out = False
    for annotation in parts.annotations:
        appearance = child(annotation, "Appearance")
        if appearance is None or annotation.get("Visible") == "false":
            continue
        belongs = annotation.get("Type") not in _BESIDE_TEXT or annotation.get("Subtype") in _TYPED
        drawn = drawing if belongs else Drawing()
        try:
            box = written_box(appearance.get("Boundary"))
        except BadNumberError as error:
            raise CannotReadError("damaged", reason=f"{error} is no place on a page") from error
        painter.paint(appearance, drawn, *(box[:2] if box else (0.0, 0.0)))
        left_out = left_out or (not belongs and any(not char.text.isspace() for char in drawn.chars))
    return left_out
