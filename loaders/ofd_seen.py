"""Which characters of a page of OFD a person can see: some are white on paper, some lie under a picture or a painted area."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

from loaders.ofd_drawing import Drawing, Ground
from loaders.ofd_space import Box, area, common
from loaders.pdf_page import Char

_OPAQUE = (b"\xff\xd8\xff", b"BM", b"\x97JB2\r\n\x1a\n")
"""JPEG, BMP and JBIG2 let nothing show through."""
_PNG = b"\x89PNG\r\n\x1a\n"
_WITH_ALPHA = frozenset({4, 6})
_PAGE_SHARE = 0.5
"""A picture that covers so much of its page is the page: a scan, or paper printed with a form."""


def page_pictures(drawing: Drawing, page: Box) -> list[Ground]:
    """Return the pictures that cover most of the page."""
    return [picture for picture in drawing.pictures if area(common(picture.box, page)) > _PAGE_SHARE * area(page)]


def seen(drawing: Drawing, content: Callable[[str], bytes | None]) -> list[Char]:
    """Return the characters of a page that can be seen, in the order of drawing.

    An archive scans a page, recognises its text, draws the text and then the scan over it: nobody has seen that text. A
    figure painted over with white and printed anew is not the figure of the report.

    Args:
        drawing: what was drawn, one thing upon the other.
        content: gives the bytes of a picture, ``None`` where it is not in the file and nothing is drawn.
    """
    chars = drawing.chars
    dark = [*(ground for ground in drawing.areas if ground.is_dark), *drawing.pictures] if drawing.white else []
    hidden = {
        number
        for number in drawing.white
        if not any(ground.after <= number and _holds(ground.box, chars[number]) for ground in dark)
    }
    covers = [*(ground for ground in drawing.areas if ground.after and ground.is_opaque), *_covering_pictures(drawing, content)]
    if covers:
        feet = sorted((char.bottom, number) for number, char in enumerate(chars))
        tallest = max((char.bottom - char.top for char in chars), default=0.0)
        hidden.update(number for cover in covers for number in _under(cover, chars, feet, tallest))
    return [char for number, char in enumerate(chars) if number not in hidden] if hidden else chars


def is_opaque(data: bytes) -> bool:
    """Tell whether a picture lets nothing show through; what cannot be told is taken to let something."""
    if data.startswith(_PNG):
        return len(data) > 25 and data[25] not in _WITH_ALPHA and b"tRNS" not in data[:4096]
    return data.startswith(_OPAQUE)


def _covering_pictures(drawing: Drawing, content: Callable[[str], bytes | None]) -> Iterator[Ground]:
    for picture in drawing.pictures:
        if picture.after and picture.is_opaque and is_opaque(content(picture.resource) or b""):
            yield picture


def _under(cover: Ground, chars: list[Char], feet: list[tuple[float, int]], tallest: float) -> Iterator[int]:
    """Numbers of the characters drawn before a cover whose middle lies under it."""
    first, last = bisect_left(feet, (cover.box[1], -1)), bisect_right(feet, (cover.box[3] + tallest, len(chars)))
    for _, number in feet[first:last]:
        if number < cover.after and _holds(cover.box, chars[number]):
            yield number


def _holds(box: Box, char: Char) -> bool:
    x0, top, x1, bottom = box
    return x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom
