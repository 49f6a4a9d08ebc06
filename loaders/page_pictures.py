"""Which parts of a page are pictures that hold content no text of the page gives: scanned pages, tables put in as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.pdf_page import UNKNOWN, Box, Char, PdfPage

_DRAWN_PAGE = 60
"""So many shapes with bent sides and no text are a page whose letters are drawn, which is a picture to us."""
_UNKNOWN_SHARE = 0.5
_PAGE_SHARE = 0.5
"""A picture that fills so much of the page is a scan of it, where hardly any text is beside."""
_PAGE_NUMBER = 12
"""On such a page so few characters are a page number or a mark, not text."""
_SCAN_SHARE = 0.85
"""A picture that fills so much of the page is all of it: words printed on it are read with it."""
_TEXT_SHARE = 0.03
"""Where text covers more of a picture, the picture is its ground: printed pages have ten times that."""
_LEAST_AREA, _LEAST_WIDTH, _LEAST_HEIGHT = 0.06, 0.4, 0.05
"""Shares of the page a picture needs to be a table: a seal, a photograph or a line of a letterhead has less of one of them."""
_TOUCHING = 2.0
"""Points between pictures up to which they are strips of one."""


def pictures_to_read(page: PdfPage, chars: Sequence[Char]) -> list[Box]:
    """The pictures of a page with text whose content no text gives; the whole page where one of them is a scan of it.

    Args:
        page: the page, turned as it is read.
        chars: its characters that stand on the paper.
    """
    if not page.pictures:
        return []
    whole = page.width * page.height
    visible = [char for char in chars if not char.text.isspace()]
    pictures = _pictures(page)
    found = [box for box in pictures if _is_large(box, page) and _text_on(box, visible) < _area(box) * _TEXT_SHARE]
    return [page.bbox] if any(_area(box) > whole * _SCAN_SHARE for box in found) else found


def is_only_a_picture(page: PdfPage, chars: Sequence[Char]) -> bool:
    """Whether there is no text to read: only a picture, a picture with a page number, or glyphs without characters."""
    texts = [char.text for char in chars]
    visible = len(texts) - sum(map(str.isspace, texts))
    if not visible:
        return bool(page.pictures) or page.curves > _DRAWN_PAGE
    if texts.count(UNKNOWN) > visible * _UNKNOWN_SHARE:
        return True
    covered = sum(map(_area, _pictures(page))) if visible <= _PAGE_NUMBER else 0.0
    return covered > page.width * page.height * _PAGE_SHARE


def _pictures(page: PdfPage) -> list[Box]:
    """The pictures of a page, each cut to the paper, strips of one put together."""
    return _joined([cut for box in page.pictures if (cut := _on_page(box, page))])


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _on_page(box: Box, page: PdfPage) -> Box | None:
    x0, top, x1, bottom = max(box[0], 0), max(box[1], 0), min(box[2], page.width), min(box[3], page.height)
    return (x0, top, x1, bottom) if x0 < x1 and top < bottom else None


def _joined(boxes: list[Box]) -> list[Box]:
    """Pictures that touch made one: scanners and programs cut a picture into strips."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda box: (box[1], box[0])):
        grown = box
        apart = []
        for other in found:
            if _touch(grown, other):
                grown = (min(grown[0], other[0]), min(grown[1], other[1]), max(grown[2], other[2]), max(grown[3], other[3]))
            else:
                apart.append(other)
        found = [*apart, grown]
    return found


def _touch(one: Box, other: Box) -> bool:
    return (
        one[0] <= other[2] + _TOUCHING
        and other[0] <= one[2] + _TOUCHING
        and one[1] <= other[3] + _TOUCHING
        and other[1] <= one[3] + _TOUCHING
    )


def _is_large(box: Box, page: PdfPage) -> bool:
    x0, top, x1, bottom = box
    return (
        _area(box) >= page.width * page.height * _LEAST_AREA
        and x1 - x0 >= page.width * _LEAST_WIDTH
        and bottom - top >= page.height * _LEAST_HEIGHT
    )


def _text_on(box: Box, visible: Sequence[Char]) -> float:
    """The area of the characters that stand on a picture."""
    x0, top, x1, bottom = box
    return sum(
        (char.x1 - char.x0) * char.size
        for char in visible
        if x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
    )
