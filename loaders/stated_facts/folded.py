"""A paragraph made comparable without losing its place: blanks gone, characters of one spelling, the way back kept.

Prose is searched in this form and quoted as printed, so every position must lead back to the printed text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from loaders.normalise import PINYIN, plain

_OTHER_SPELLING = re.compile("[\u2e80-\u2fdf開請訴議處費覆條數總結轉與個萬億無沒複]")
"""A character no simplified text has: only then is the whole paragraph translated, which costs more than all the rest."""
_BLANKS = re.compile(r"\s+")
_GROUP_FOLLOWS = re.compile(r"\d{3}(?!\d)")
_GROUP_BEFORE = re.compile(r"(?<![\d.])\d{1,3}$")
_LATIN = re.compile(r"[(（][a-z]")
_SENTENCE_END = re.compile(r"[。！？!?]+[”’」』）)]*|(?<=[\u4e00-\u9fff])\.(?!\d)")
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
        pieces: list[str] = []
        self._starts, self._shifts = [0], [0]
        end = length = 0
        for gap in _gaps(text):
            pieces.append(text[end : gap.start()])
            length += gap.start() - end
            end = gap.end()
            if _parts_numbers(text, gap):
                pieces.append(" ")
                length += 1
            self._starts.append(length)
            self._shifts.append(end - length)
        pieces.append(text[end:])
        self.text = "".join(pieces) if len(pieces) > 1 else text

    def place(self, position: int) -> int:
        """The position in the printed text of a character of the searchable one."""
        return position + self._shifts[bisect_right(self._starts, position) - 1]

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


def _gaps(text: str) -> Iterator[re.Match[str]]:
    gaps = list(_BLANKS.finditer(text))
    if _LATIN.search(text):
        gaps = sorted((*gaps, *PINYIN.finditer(text)), key=lambda gap: gap.start())
    return iter(gaps)


def _parts_numbers(text: str, gap: re.Match[str]) -> bool:
    """Whether the gap stands between two numbers; ``1 200`` is one number, ``5 12`` are two."""
    before, after = text[: gap.start()][-1:], text[gap.end() :][:1]
    if not (before.isdigit() and after.isdigit()):
        return False
    return not (_GROUP_FOLLOWS.match(text, gap.end()) and _GROUP_BEFORE.search(text[max(0, gap.start() - 4) : gap.start()]))
