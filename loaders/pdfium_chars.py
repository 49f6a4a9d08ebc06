"""The characters of a page as PDFium holds them, attribute by attribute because every question to it is a call of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import compress, islice, repeat
from math import hypot
from operator import add, eq, mul, sub

from pypdfium2 import PdfTextPage

from loaders import pdfium_calls as pdfium
from loaders.pdf_page import DESCENT, UNKNOWN, Char, RouteFailedError, on_base_line, way_of
from loaders.pdfium_drawn import Matrix

_JOINING_HYPHENS = "\x02\ufffe"
"""What PDFium makes of a hyphen at a line end that may join a word."""


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
        self._first = dict(zip(reversed(owners), range(len(owners) - 1, -1, -1), strict=True))
        """The number of the first character of each text object."""

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

    @property
    def objects(self) -> int:
        """How many text objects the characters are of."""
        return len(self._first)

    def without_characters(self, texts: Collection[int]) -> list[int]:
        """The text objects of a page that have no character here."""
        return [] if len(texts) == len(self._first) else [text for text in texts if text not in self._first]

    def chars(self) -> list[Char]:
        """The characters in points from the top left of the paper, in the order of the file."""
        # Characters whose boxes are equally high at one height are of one size on one base line: one of them is asked.
        levels = list(zip(self._bottom, self._top, strict=True))
        leaders = dict(zip(reversed(levels), range(len(levels) - 1, -1, -1), strict=True))
        sizes, six = self._sizes(list(leaders.values()))
        a, b, c, d, _, _ = (six[i::6] for i in range(6))
        if self._to_paper[3] >= 0 or any(b) or any(c) or min(a, default=1) <= 0 or min(d, default=1) <= 0:
            return self._one_by_one()
        foot, base_lines = self._to_paper[5], self._origins(list(leaders.values()))[1::2]
        size_at = dict(zip(leaders, map(mul, sizes, d), strict=True))
        bottom_at = {level: foot - y + DESCENT * size_at[level] for level, y in zip(leaders, base_lines, strict=True)}
        return self._upright(list(map(size_at.__getitem__, levels)), list(map(bottom_at.__getitem__, levels)))

    def _sizes(self, numbers: Sequence[int]) -> tuple[list[float], list[float]]:
        """Font size and matrix (six values each, end to end) of some characters: those of their text objects."""
        asked = [self._places[number] for number in numbers]
        sizes = list(map(pdfium.char_size, repeat(self._page), asked))
        return sizes, pdfium.collect(pdfium.char_matrix, (repeat(self._page), asked), len(asked), "f", 6)

    def _origins(self, numbers: Sequence[int]) -> list[float]:
        """Where the base line of some characters begins, x and y end to end, in coordinates of the file."""
        asked = [self._places[number] for number in numbers]
        return pdfium.collect(pdfium.char_origin, (repeat(self._page), asked), len(asked), "d", 1, 1)

    def _upright(self, sizes: list[float], bottoms: list[float]) -> list[Char]:
        x0, x1, left = self._left, self._right, self._to_paper[4]
        if left:
            x0, x1 = list(map(add, x0, repeat(left))), list(map(add, x1, repeat(left)))
        return list(map(Char, self._texts, x0, map(sub, bottoms, sizes), x1, bottoms, sizes))

    def _one_by_one(self) -> list[Char]:
        """As for upright text, each character on its own: some of the text is turned."""
        a, b, c, d, e, f = self._to_paper
        origins = self._origins(range(len(self.owners)))
        sizes, six = self._sizes(list(self._first.values()))
        matrices = zip(*(six[i::6] for i in range(4)), strict=True)
        styles = {
            owner: (abs(size) * hypot(aside, high), way_of(across * a + up * c, across * b + up * d))
            for owner, size, (across, up, aside, high) in zip(self._first, sizes, matrices, strict=True)
        }
        chars = []
        for i, owner in enumerate(self.owners):
            corners = ((self._left[i], self._bottom[i]), (self._right[i], self._top[i]), origins[2 * i : 2 * i + 2])
            (x0, y0), (x1, y1), (x, y) = ((a * x + c * y + e, b * x + d * y + f) for x, y in corners)
            size, way = styles[owner]
            box = on_base_line((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), x, y, size, way)
            chars.append(Char(self._texts[i], *box, size, way))
        return chars
