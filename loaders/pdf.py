"""PDF files with a text layer: printed lines and ruled tables, page by page, with the place of each on its page."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing

from loaders.characters import printed
from loaders.errors import CannotReadError
from loaders.grid import Block, Pages, TextLine
from loaders.pdf_document import Document, open_document
from loaders.pdf_images import with_pictures_read
from loaders.pdf_lines import text_lines
from loaders.pdf_page import UNKNOWN, Char, PdfPage, turned_to_read
from loaders.pdf_tables import find_tables, grid_of
from ogi.report import Source

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 500
"""An annual report has 3 to 30 pages; a longer file is a yearbook or an accident."""
_DRAWN_PAGE = 60
"""So many curves without any text are a page whose letters are drawn, which is a picture to us."""
_UNREADABLE_SHARE = 0.5
_PICTURE_SHARE = 0.5
_PAGE_NUMBER = 12
"""On a page filled by a picture, so few characters are a page number or a mark, not text."""

_one_at_a_time = threading.Lock()
"""PDFium ends the process where two threads use it."""


def read(data: bytes, name: str) -> Pages:
    """Read a PDF by its text layer.

    Every table on every page is a grid of its own, cells with page (from 1) and box in points from the top left of the paper
    as a viewer shows it; words in no cell are lines. A page with a picture and no text, or with letters that have no known
    characters, is read by recognition where that is installed, else listed in ``image_pages``.

    Raises:
        CannotReadError: ``password_needed``, ``damaged``, ``no_pages``, ``too_many_pages``.
    """
    with _one_at_a_time, closing(open_document(data)) as document:
        return with_pictures_read(read_document(document), data)


def read_document(document: Document) -> Pages:
    """Read the text of an opened PDF; pages that are pictures are only named. See :func:`read`."""
    if not document.count:
        raise CannotReadError("no_pages")
    if document.count > MOST_PAGES:
        raise CannotReadError("too_many_pages", pages=document.count, most=MOST_PAGES)
    blocks: list[Block] = []
    image_pages: list[int] = []
    for number in range(1, document.count + 1):
        page = turned_to_read(document.page(number))
        here, beside = _on_paper(page)
        if _is_picture(page, here):
            image_pages.append(number)
        else:
            blocks += _blocks(page, here, beside)
    return Pages(
        media_type=MEDIA_TYPE,
        blocks=tuple(blocks),
        pages=document.count,
        title=printed(document.title()).strip(),
        image_pages=tuple(image_pages),
    )


def _on_paper(page: PdfPage) -> tuple[list[Char], list[Char]]:
    """The characters that stand on the paper and those beside it; what stands above or below it is not printed."""
    here: list[Char] = []
    beside: list[Char] = []
    width, twice = page.width, 2 * page.height
    for char in page.chars:
        if 0 <= char.top + char.bottom <= twice:
            (here if 0 <= (char.x0 + char.x1) / 2 <= width else beside).append(char)
    return here, beside


def _is_picture(page: PdfPage, chars: Sequence[Char]) -> bool:
    """Whether there is nothing to read: no text but a picture, a picture with a page number, or glyphs without characters."""
    visible = [char for char in chars if not char.text.isspace()]
    if not visible:
        return bool(page.pictures) or page.curves > _DRAWN_PAGE
    if len(visible) <= _PAGE_NUMBER:
        covered = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in page.pictures)
        return covered > page.width * page.height * _PICTURE_SHARE
    return sum(char.text == UNKNOWN for char in visible) > len(visible) * _UNREADABLE_SHARE


def _blocks(page: PdfPage, chars: list[Char], beside: list[Char]) -> list[Block]:
    """Grids and lines of a page from top to bottom.

    A table wider than the page is read as a whole: a number cut by the paper's edge would be another number.
    """
    placed: list[tuple[float, float, Block]] = []
    for table in find_tables(page):
        grid, used = grid_of(table, [*chars, *beside], page)
        chars = [char for char in chars if id(char) not in used]
        placed.append((table.bbox[1], table.bbox[0], grid))
    for text, box in text_lines(chars):
        placed.append((box[1], box[0], TextLine(text=text, source=Source(page=page.number, bbox=page.on_paper(box)))))
    return [block for _, _, block in sorted(placed, key=lambda item: item[:2])]
