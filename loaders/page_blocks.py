"""From a page with fixed places to grids and lines in reading order: one way for PDF and OFD."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from loaders.grid import Block, Pages, TextLine
from loaders.page_pictures import is_only_a_picture, pictures_to_read
from loaders.pdf_lines import text_lines
from loaders.pdf_page import Box, Char, PdfPage, turned_to_read
from loaders.pdf_tables import find_tables, grid_of
from ogi.report import Notice, Source

_RIGHT, _TOP, _FOOT = attrgetter("x1"), attrgetter("top"), attrgetter("bottom")


def read_pages(pages: Iterable[PdfPage], media_type: str, title: str) -> tuple[Pages, dict[int, list[Box]]]:
    """Read the text of pages one by one, and say where pictures stand that no text gives the content of.

    Their pages are ``image_pages``. Where such a picture is all there is to a page, it is the whole page, and nothing is read.
    """
    blocks: list[Block] = []
    pictures: dict[int, list[Box]] = {}
    told: dict[str, list[int]] = {}
    number = 0
    for number, page in enumerate(pages, 1):
        found, here = blocks_of(page)
        blocks += found
        if here:
            pictures[number] = here
        for code in page.codes:
            told.setdefault("scan_text_layer" if code == "hidden_text" and here else code, []).append(number)
    read = Pages(
        media_type=media_type,
        blocks=tuple(blocks),
        pages=number,
        title=title,
        image_pages=tuple(pictures),
        notices=tuple(Notice(code=code, params={"pages": ", ".join(map(str, numbers))}) for code, numbers in told.items()),
    )
    return read, pictures


def blocks_of(page: PdfPage, *, beside_text: bool = True) -> tuple[list[Block], list[Box]]:
    """Grids and lines of a page from top to bottom, and the pictures on it whose content no text gives.

    ``beside_text`` says whether to look for such pictures also where there is text to read.

    The page is turned as a person would turn it to read most of its text. Cells have the page and their box in points from
    the top left of the paper as a viewer shows it. Where such a picture is the whole page, nothing else is read from it.
    """
    page = turned_to_read(page)
    here, beside = _on_paper(page)
    only = [page.bbox] if is_only_a_picture(page, here) else []
    pictures = pictures_to_read(page, here) if beside_text and not only else only
    blocks = [] if page.bbox in pictures else _blocks(page, here, beside)
    return blocks, [page.on_paper(box) for box in pictures]


def _on_paper(page: PdfPage) -> tuple[list[Char], list[Char]]:
    """The characters that stand on the paper and those beside it; what stands above or below it is not printed."""
    here: list[Char] = []
    beside: list[Char] = []
    width, twice = page.width, 2 * page.height
    if _all_inside(page):
        return page.chars, beside
    for char in page.chars:
        if 0 <= char.top + char.bottom <= twice:
            (here if 0 <= (char.x0 + char.x1) / 2 <= width else beside).append(char)
    return here, beside


def _all_inside(page: PdfPage) -> bool:
    """Whether every character stands on the paper, as on nearly every page."""
    chars = page.chars
    return not chars or (
        chars[0].x0 >= 0
        and max(map(_RIGHT, chars)) <= page.width
        and min(map(_TOP, chars)) >= 0
        and max(map(_FOOT, chars)) <= page.height
    )


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
