"""A paragraph made comparable without losing its place: blanks gone, characters of one spelling, the way back kept.

Prose is searched in this form and quoted as printed, so every position must lead back to the printed text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from loaders.normalise import PINYIN, plain
from ogi.han import HAN

_OTHER_SPELLING = re.compile("[\u2e80-\u2fdf開請訴議處費覆條數總結轉與個萬億無沒複]")
"""A character no simplified text has: only then is the whole paragraph translated, which costs more than all the rest."""
_BLANKS = re.compile(r"\s+")
_NOT_JUST_BLANKS = re.compile(r"\d\s+\d|[(（][a-z\u00e0-\u01dc]")
"""Blanks between digits or pinyin: then what is left out has to be looked at one by one."""
_GROUP_FOLLOWS = re.compile(r"\d{3}(?!\d)")
_GROUP_BEFORE = re.compile(r"(?<![\d.])\d{1,3}$")
_LATIN = re.compile(r"[(（][a-z\u00e0-\u01dc]")
_SENTENCE_END = re.compile(rf"[。！？!?]+[”’」』）)]*|(?<={HAN})\.(?!\d)")
_FULL_STOP_KEEPS = frozenset("，：；（）、。％！？")
"""Forms of punctuation the patterns know in both widths; a full-width comma never parts thousands by accident."""


class _OneToOne(dict[int, int]):
    """Translation of single characters to simplified ones, found as they are met; length never changes."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        found = letter if letter in _FULL_STOP_KEEPS else plain(letter)
        self[code] = ord(found) if len(found) == 1 else code
        return self[code]


_SIMPLIFIED = _OneToOne()


class Folded:
    """The searchable text of a paragraph, and where each of its characters stands in the printed one."""

    def __init__(self, printed: str) -> None:
        self.printed = printed
        text = printed.translate(_SIMPLIFIED) if _OTHER_SPELLING.search(printed) else printed
        self._gaps: list[tuple[int, int]] | None = None
        if _NOT_JUST_BLANKS.search(text):
            self._gaps = _gaps(text)
            self.text = _joined(text, self._gaps)
        else:
            self.text = "".join(text.split())

    @cached_property
    def _steps(self) -> tuple[list[int], list[int]]:
        """From which character on how much the printed text is ahead."""
        gaps = self._gaps if self._gaps is not None else [gap.span() for gap in _BLANKS.finditer(self.printed)]
        starts, shifts = [0], [0]
        for start, end in gaps:
            starts.append(start - shifts[-1])
            shifts.append(shifts[-1] + end - start)
        return starts, shifts

    def place(self, position: int) -> int:
        """The position in the printed text of a character of the searchable one."""
        starts, shifts = self._steps
        return position + shifts[bisect_right(starts, position) - 1]

    def quote(self, start: int, end: int) -> str:
        """What is printed from ``start`` to before ``end``."""
        return self.printed[self.place(start) : self.place(end - 1) + 1] if end > start else ""

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Start and end of every sentence, its full stop included; 其中 after a full stop goes on with the sentence before."""
        start = 0
        for stop in _SENTENCE_END.finditer(self.text):
            if self.text.startswith("其中", stop.end()):
                continue
            yield start, stop.end()
            start = stop.end()
        if start < len(self.text):
            yield start, len(self.text)


def _gaps(text: str) -> list[tuple[int, int]]:
    """What is left out, from where to where: blanks and pinyin, but for a blank that parts two numbers."""
    found = [gap.span() for gap in _BLANKS.finditer(text)]
    if _LATIN.search(text):
        found = sorted((*found, *(gap.span() for gap in PINYIN.finditer(text))))
    return [(start + _parts_numbers(text, start, end), end) for start, end in found]


def _joined(text: str, gaps: list[tuple[int, int]]) -> str:
    ends = [0, *(end for _, end in gaps)]
    return "".join(text[end:start] for end, start in zip(ends, [*(start for start, _ in gaps), len(text)], strict=True))


def _parts_numbers(text: str, start: int, end: int) -> bool:
    """Whether a gap stands between two numbers: ``5 12`` are two, in ``1 200`` it parts thousands."""
    if not (text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()):
        return False
    return not (_GROUP_FOLLOWS.match(text, end) and _GROUP_BEFORE.search(text[max(0, start - 4) : start]))
