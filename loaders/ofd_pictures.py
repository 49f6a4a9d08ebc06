"""Pictures on a page of OFD: whether they hide the text that was drawn before them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from loaders.ofd_drawing import Picture
from loaders.ofd_space import Box, area, common
from loaders.pdf_page import Char

_OPAQUE = (b"\xff\xd8\xff", b"BM", b"\x97JB2\r\n\x1a\n")
"""JPEG, BMP and JBIG2 let nothing show through."""
_PNG = b"\x89PNG\r\n\x1a\n"
_WITH_ALPHA = frozenset({4, 6})
_PAGE_SHARE = 0.5
"""A picture that covers so much of its page is the page: a scan, or paper printed with a form."""


def page_pictures(pictures: Sequence[Picture], page: Box) -> list[Picture]:
    """Return the pictures that cover most of the page."""
    return [picture for picture in pictures if area(common(picture.box, page)) > _PAGE_SHARE * area(page)]


def not_covered(chars: Sequence[Char], pictures: Sequence[Picture], content: Callable[[str], bytes | None]) -> list[Char]:
    """Return the characters that are not under an opaque picture.

    An archive scans a page, recognises its text, draws the text and then the scan over it: nobody has seen that text.

    Args:
        chars: in the order of drawing.
        pictures: those that cover most of their page.
        content: gives the bytes of a picture, ``None`` where it is not in the file and nothing is drawn.
    """
    hidden: set[int] = set()
    for picture in pictures:
        if picture.after and is_opaque(content(picture.resource) or b""):
            x0, top, x1, bottom = picture.box
            for number, char in enumerate(chars[: picture.after]):
                if x0 <= (char.x0 + char.x1) / 2 <= x1 and top <= (char.top + char.bottom) / 2 <= bottom:
                    hidden.add(number)
    return [char for number, char in enumerate(chars) if number not in hidden]


def is_opaque(data: bytes) -> bool:
    """Tell whether a picture lets nothing show through; what cannot be told is taken to."""
    if data.startswith(_PNG):
        return len(data) > 25 and data[25] not in _WITH_ALPHA and b"tRNS" not in data[:4096]
    return data.startswith(_OPAQUE)
