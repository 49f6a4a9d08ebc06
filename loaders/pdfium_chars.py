"""The characters of a page as PDFium holds them, attribute by attribute because every question to it is a call of its own."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Collection, Sequence
from itertools import compress, islice, repeat
from operator import add, eq, mul, sub
from typing import NamedTuple

from pypdfium2 import PdfTextPage

from loaders import pdfium_calls as pdfium
from loaders.pdf_page import DESCENT, UNKNOWN, UPRIGHT, Box, Char, RouteFailedError, on_base_line, way_of
from loaders.pdfium_drawn import Matrix

_JOINING_HYPHENS = "\x02\ufffe"
"""What PDFium makes of a hyphen at a line end that may join a word."""
_OFF_ORIGIN = 0.05
"""Points a glyph's box may begin beside its origin; where it is more, the box is that of the ink."""


class Glyphs:
    """All characters of a text page that the file itself holds; PDFium makes up others: blanks and line ends."""

    def __init__(self, text_page: PdfTextPage, to_paper: Matrix) -> None:
        """Ask for what every character needs.

        Args:
            text_page: must stay open.
            to_paper: turns coordinates of the file into points from the top left of the paper.

        Raises:
            RouteFailedError: the places of the characters do not tell their order.
        """
        self._page = pdfium.address(text_page)
        self._to_paper = to_paper
        count = text_page.count_chars()
        owners = list(map(pdfium.char_object, repeat(self._page), range(count)))
        self._places: Sequence[int] = range(count)
        texts = pdfium.text_of(text_page, count)
        if None in owners:
            self._places = list(compress(range(count), owners))
            texts = list(compress(texts, owners))
            owners = list(filter(None, owners))
        self.owners: list[int] = owners
        """The text object of each character."""
        boxes = pdfium.collect(pdfium.char_box, self._asked(), len(owners), "f", 4)
        self._left, self._top, self._right, self._bottom = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
        self._refuse_piles()
        self._texts = self._known(texts)
        # Size and matrix are those of the text object; the last written is that of its first character.
        self._first = dict(zip(reversed(owners), reversed(self._places), strict=True))

    def _asked(self) -> tuple[repeat[int], Sequence[int]]:
        return repeat(self._page), self._places

    def _refuse_piles(self) -> None:
        """Several characters in one place stand for one glyph: a replacement text, or a joined letter taken apart."""
        for i in compress(range(len(self.owners)), map(eq, self._left, islice(self._left, 1, None))):
            if self._bottom[i] == self._bottom[i + 1] and self.owners[i] == self.owners[i + 1]:
                raise RouteFailedError("characters on top of each other")

    def _known(self, texts: list[str]) -> list[str]:
        """Each character; where the file does not say what a glyph is, PDFium gives the number of the glyph."""
        for i in compress(range(len(texts)), map(pdfium.char_has_no_code, *self._asked())):
            texts[i] = UNKNOWN
        if min(texts, default=" ") < " " or "\ufffe" in texts:
            texts = ["-" if text in _JOINING_HYPHENS else UNKNOWN if text == "\0" else text for text in texts]
        return texts

    def without_characters(self, texts: Collection[int]) -> list[int]:
        """The text objects of a page that have no character here."""
        return [] if len(texts) == len(self._first) else [text for text in texts if text not in self._first]

    def chars(self) -> list[Char]:
        """The characters in points from the top left of the paper, in the order of the file."""
        places = self._first.values()
        sizes = list(map(pdfium.char_size, repeat(self._page), places))
        six = pdfium.collect(pdfium.char_matrix, (repeat(self._page), places), len(places), "f", 6)
        a, b, c, d, e, f = (six[i::6] for i in range(6))
        lefts = dict(zip(reversed(self.owners), reversed(self._left), strict=True)).values()
        off_origin = max(map(abs, map(sub, e, lefts)), default=0) > _OFF_ORIGIN
        upright = self._to_paper[3] < 0 and min(a, default=1) > 0 < min(d, default=1) and not any(b) and not any(c)
        if off_origin or not upright:
            return self._one_by_one(sizes, six)
        return self._upright(list(map(mul, sizes, d)), f)

    def _upright(self, sizes: list[float], base_lines: list[float]) -> list[Char]:
        """All characters at once: each text object has its size and its base line."""
        left, foot = self._to_paper[4], self._to_paper[5]
        bottoms = [foot - y + DESCENT * size for y, size in zip(base_lines, sizes, strict=True)]
        size = list(map(dict(zip(self._first, sizes, strict=True)).__getitem__, self.owners))
        bottom = list(map(dict(zip(self._first, bottoms, strict=True)).__getitem__, self.owners))
        x0, x1 = self._left, self._right
        if left:
            x0, x1 = list(map(add, x0, repeat(left))), list(map(add, x1, repeat(left)))
        return list(map(Char, self._texts, x0, map(sub, bottom, size), x1, bottom, size))

    def _one_by_one(self, sizes: list[float], six: list[float]) -> list[Char]:
        """Each character by its own origin: turned text, text from top to bottom, and glyphs whose box is that of the ink."""
        origins = pdfium.collect(pdfium.char_origin, self._asked(), len(self.owners), "d", 1, 1)
        fonts = _Fonts()
        styles = {
            owner: _Style(
                abs(size) * math.hypot(six[6 * i + 2], six[6 * i + 3]), six[6 * i], six[6 * i + 1], fonts.is_drawn(owner)
            )
            for i, (owner, size) in enumerate(zip(self._first, sizes, strict=True))
        }
        chars = []
        for i, (text, owner) in enumerate(zip(self._texts, self.owners, strict=True)):
            style = styles[owner]
            box = (self._left[i], self._bottom[i], self._right[i], self._top[i])
            x, y = origins[2 * i], origins[2 * i + 1]
            if style.is_drawn and (width := fonts.width(owner, text) * style.size) > 0:
                box = style.box_of_width(box, x, y, width)
            chars.append(self._char(text, box, (x, y), style))
        return chars

    def _char(self, text: str, box: Box, origin: tuple[float, float], style: _Style) -> Char:
        a, b, c, d, e, f = self._to_paper
        corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in (box[:2], box[2:], origin)]
        (x0, y0), (x1, y1), (x, y) = corners
        shown = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        way = way_of(style.across * a + style.up * c, style.across * b + style.up * d)
        if way == UPRIGHT and x - shown[0] > _OFF_ORIGIN + 0.1 * style.size and not style.is_drawn:
            y = (shown[1] + shown[3]) / 2 + (0.5 - DESCENT) * style.size  # from top to bottom: the origin is above the glyph
        return Char(text, *on_base_line(shown, x, y, style.size, way), style.size, way)


class _Style(NamedTuple):
    """How the characters of one text object stand."""

    size: float
    across: float
    """Step to the right of a character of width 1, in the coordinates of the file."""
    up: float
    is_drawn: bool
    """Whether the glyphs are small drawings (Type 3), of which PDFium gives the box of the ink."""

    def box_of_width(self, box: Box, x: float, y: float, width: float) -> Box:
        """A box that begins at the origin and is as wide as the character."""
        left, bottom, right, top = box
        if abs(self.up) < abs(self.across):
            return (x, bottom, x + width, top) if self.across > 0 else (x - width, bottom, x, top)
        return (left, y, right, y + width) if self.up > 0 else (left, y - width, right, y)


class _Fonts:
    """What is asked of the fonts of a page, each thing once."""

    def __init__(self) -> None:
        self._font: dict[int, int] = {}
        self._drawn: dict[int, bool] = {}
        self._widths: dict[tuple[int, str], float] = {}
        self._value = ctypes.c_float()

    def is_drawn(self, text_object: int) -> bool:
        """Whether its glyphs are drawings: only such fonts have no name."""
        font = self._font[text_object] = pdfium.text_font(text_object)
        if font not in self._drawn:
            self._drawn[font] = pdfium.font_name(font, None, 0) <= 1
        return self._drawn[font]

    def width(self, text_object: int, text: str) -> float:
        """The width of a character at size 1; 0 where the font does not say."""
        key = (self._font[text_object], text)
        if key not in self._widths:
            self._value.value = 0
            pdfium.glyph_width(key[0], ord(text), 1, ctypes.addressof(self._value))
            self._widths[key] = self._value.value
        return self._widths[key]
