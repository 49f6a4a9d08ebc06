"""The characters of a page as PDFium holds them, attribute by attribute because every question to it is a call of its own."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Collection
from itertools import islice, repeat
from operator import eq, sub
from typing import NamedTuple

from loaders import pdfium_calls as pdfium
from loaders.pdf_page import DESCENT, UNKNOWN, UPRIGHT, Char, RouteFailedError, on_base_line, way_of
from loaders.pdfium_drawn import Matrix

_JOINING_HYPHEN = 2
"""What PDFium makes of a hyphen at a line end that may join a word."""
_OFF_ORIGIN = 0.05
"""Points a glyph's box may begin beside its origin; where it is more, the box is that of the ink."""


class _Style(NamedTuple):
    """How the characters of one text object stand."""

    size: float
    way: int
    across: float
    """Step to the right of a character of width 1, in the coordinates of the file."""
    up: float


class Glyphs:
    """All characters of a text page that the file itself holds, in the coordinates of the file."""

    def __init__(self, text_page: int, count: int, to_paper: Matrix) -> None:
        """Ask for everything.

        Args:
            text_page: address of PDFium's text page, which must stay open.
            count: how many characters it has, those it made up (blanks, line ends) included.
            to_paper: turns coordinates of the file into points from the top left of the paper.

        Raises:
            RouteFailedError: the places of the characters do not tell their order.
        """
        owners = list(map(pdfium.char_object, repeat(text_page), range(count)))
        own = [index for index, owner in enumerate(owners) if owner]
        asked = (repeat(text_page), own)
        self.owners: list[int] = [owner for owner in owners if owner]
        """The text object of each character."""
        self._to_paper = to_paper
        self._codes: list[int] = list(map(pdfium.char_code, *asked))
        boxes = pdfium.collect(pdfium.char_box, asked, len(own), "f", 4)
        self._left, self._top, self._right, self._bottom = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
        origins = pdfium.collect(pdfium.char_origin, asked, len(own), "d", 1, 1)
        self._x, self._y = origins[0::2], origins[1::2]
        self._refuse_piles()
        self._texts = self._read_texts(list(map(pdfium.char_has_no_code, *asked)))
        self._styles = self._read_styles(text_page, dict(zip(reversed(self.owners), reversed(own), strict=True)))
        if own and max(map(abs, map(sub, self._x, self._left))) > _OFF_ORIGIN:
            self._widen()

    def _refuse_piles(self) -> None:
        """Several characters in one place stand for one glyph: a replacement text, or a joined letter taken apart."""
        for i, same in enumerate(map(eq, self._x, islice(self._x, 1, None))):
            if same and self._y[i] == self._y[i + 1] and self.owners[i] == self.owners[i + 1]:
                raise RouteFailedError("characters on top of each other")

    def _read_texts(self, has_no_code: list[int]) -> list[str]:
        """Each character; one of which the file does not say what it is, PDFium gives the number of its glyph."""
        texts = list(map(chr, self._codes))
        if any(has_no_code) or min(self._codes, default=32) < 32:
            for i, code in enumerate(self._codes):
                if has_no_code[i] or not code:
                    texts[i] = UNKNOWN
                elif code == _JOINING_HYPHEN:
                    texts[i] = "-"
        return texts

    def _read_styles(self, text_page: int, first: dict[int, int]) -> dict[int, _Style]:
        """How the characters of each text object stand, told by its first one."""
        indices = first.values()
        sizes = map(pdfium.char_size, repeat(text_page), indices)
        six = iter(pdfium.collect(pdfium.char_matrix, (repeat(text_page), indices), len(first), "f", 6))
        known: dict[tuple[float, ...], _Style] = {}
        styles = {}
        for owner, size, a, b, c, d, _, _ in zip(first, sizes, six, six, six, six, six, six, strict=True):
            style = known.get((size, a, b, c, d))
            if style is None:
                style = _Style(abs(size) * math.hypot(c, d), _way(a, b, self._to_paper), a, b)
                known[(size, a, b, c, d)] = style
            styles[owner] = style
        return styles

    def _widen(self) -> None:
        """Make the boxes of Type 3 glyphs, which PDFium draws around the ink, as wide as their characters."""
        drawn: dict[int, bool] = {}
        fonts: dict[int, int] = {}
        widths: dict[tuple[int, int], float] = {}
        value = ctypes.c_float()
        for i, (owner, code) in enumerate(zip(self.owners, self._codes, strict=True)):
            font = fonts.get(owner)
            if font is None:
                font = fonts[owner] = pdfium.text_font(owner)
            if font not in drawn:
                drawn[font] = pdfium.font_name(font, None, 0) <= 1
            if not drawn[font]:
                continue
            width = widths.get((font, code))
            if width is None:
                pdfium.glyph_width(font, code, 1, ctypes.addressof(value))
                width = widths[(font, code)] = value.value
            self._stretch(i, width)

    def _stretch(self, i: int, width: float) -> None:
        style = self._styles[self.owners[i]]
        x, y = self._x[i], self._y[i]
        step = width * style.size
        if step <= 0:
            return
        if abs(style.up) < abs(style.across):
            self._left[i], self._right[i] = (x, x + step) if style.across > 0 else (x - step, x)
        else:
            self._bottom[i], self._top[i] = (y, y + step) if style.up > 0 else (y - step, y)

    def without_characters(self, texts: Collection[int]) -> list[int]:
        """The text objects of a page that have no character here."""
        return [] if len(texts) == len(self._styles) else [text for text in texts if text not in self._styles]

    def chars(self) -> list[Char]:
        """The characters in points from the top left of the paper, in the order of the file."""
        if self._to_paper[3] < 0 and all(style.way == UPRIGHT for style in self._styles.values()):
            return self._upright()
        return [self._char(i) for i in range(len(self._texts))]

    def _upright(self) -> list[Char]:
        """As :meth:`_char`, for a whole page at once."""
        left, foot = self._to_paper[4], self._to_paper[5]
        styles = self._styles
        sizes = [styles[owner].size for owner in self.owners]
        bottoms = [foot - y + DESCENT * size for y, size in zip(self._y, sizes, strict=True)]
        if left:
            x0s, x1s = [x + left for x in self._left], [x + left for x in self._right]
        else:
            x0s, x1s = self._left, self._right
        return list(map(Char, self._texts, x0s, map(sub, bottoms, sizes), x1s, bottoms, sizes))

    def _char(self, i: int) -> Char:
        a, b, c, d, e, f = self._to_paper
        style = self._styles[self.owners[i]]
        xs = [a * x + c * y + e for x, y in ((self._left[i], self._bottom[i]), (self._right[i], self._top[i]))]
        ys = [b * x + d * y + f for x, y in ((self._left[i], self._bottom[i]), (self._right[i], self._top[i]))]
        x, y = a * self._x[i] + c * self._y[i] + e, b * self._x[i] + d * self._y[i] + f
        box = on_base_line((min(xs), min(ys), max(xs), max(ys)), x, y, style.size, style.way)
        return Char(self._texts[i], *box, style.size, style.way)


def _way(across: float, up: float, to_paper: Matrix) -> int:
    a, b, c, d, _, _ = to_paper
    return way_of(across * a + up * c, across * b + up * d)
