"""OFD files (GB/T 33190-2016), the Chinese standard of fixed pages: printed lines and ruled tables with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from loaders.grid import Pages
from loaders.limits import LIMITS
from loaders.ofd_document import OfdDocument, open_ofd
from loaders.ofd_drawing import Painter
from loaders.ofd_sheet import Sheet, draw_sheet
from loaders.page_blocks import read_pages
from loaders.pdf_page import PdfPage, once
from ogi.report import Notice

MEDIA_TYPE = "application/ofd"
_MOST_MARKS = 12
"""So few characters on a picture as large as the page are a page number or a mark on a scan."""


def read(data: bytes, name: str) -> Pages:
    """Read an OFD file: every document in it, one page after the other.

    Cells have page (from 1, counted over all documents) and box in points from the top left, as those of a PDF.
    Templates, composites and text typed onto the page are part of it; stamps, watermarks, seals, attachments, and what
    nobody can see are not. Pictures are read by recognition where that is installed. Rights to print or copy are not asked,
    as no viewer asks them for reading.

    Raises:
        CannotReadError: ``damaged`` (also where a page is not in the file), ``password_needed``, ``no_pages``,
            ``too_many_pages``, ``too_large_unpacked``, ``too_nested``, ``unsafe_xml``.
    """
    documents, title = open_ofd(data)
    LIMITS.check_pages(sum(map(len, documents)))
    pages, pictures = read_pages(_pages(documents), MEDIA_TYPE, title)
    pages = msgspec.structs.replace(pages, notices=(*pages.notices, *_notices(documents)))
    if not pictures:
        return pages
    from loaders.ofd_picture import pictures_of_pages  # noqa: PLC0415 - recognition, which few files need
    from loaders.pdf_images import with_pictures_read  # noqa: PLC0415

    return with_pictures_read(pages, data, pictures, pictures_of_pages)


def _pages(documents: Sequence[OfdDocument]) -> Iterator[PdfPage]:
    number = 0
    for document in documents:
        painter = Painter(document)
        for index in range(len(document)):
            number += 1
            yield _page(draw_sheet(document, painter, index), number)


def _page(sheet: Sheet, number: int) -> PdfPage:
    """A page as the table code takes it. A picture under text as large as the page is paper printed with a form."""
    drawing = sheet.drawing
    visible = sum(not char.text.isspace() for char in sheet.chars)
    ground = sheet.page_pictures if visible > _MOST_MARKS else []
    said = {
        "hidden_text": drawing.unseen or len(sheet.chars) < len(drawing.chars),
        "ofd_marks": sheet.has_marks,
        "ofd_parts_missing": sheet.missing,
        "ofd_picture_behind": ground,
    }
    return PdfPage(
        number=number,
        width=sheet.width,
        height=sheet.height,
        chars=once(char for char in sheet.chars if 0 <= char.top + char.bottom <= 2 * sheet.height),
        edges=drawing.edges,
        pictures=[picture.box for picture in drawing.pictures if picture not in ground],
        curves=drawing.curves,
        codes=tuple(code for code, happened in said.items() if happened),
    )


def _notices(documents: Sequence[OfdDocument]) -> list[Notice]:
    """What is said of the file as a whole."""
    found = []
    if len(documents) > 1:
        found.append(Notice(code="ofd_several_documents", params={"count": len(documents)}))
    attached = [name for document in documents for name in document.attachments()]
    if attached:
        found.append(Notice(code="ofd_attachments", params={"names": "、".join(attached)}))
    return found
