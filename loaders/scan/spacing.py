"""Whether the digits of a number stand as far apart as its marks say: dust makes 5.7 of 57, and a lost point 57 of 5.7."""

from __future__ import annotations

from itertools import pairwise

from loaders.scan.ink import Piece
from loaders.scan.lines import LineOfInk

_TALL = 0.7
"""Share of the height of the line from which a piece is a digit."""
_NARROWEST_GAP = 0.85
"""Heights of a digit between the middles of two digits with a mark between them, at least."""
_WIDEST_GAP = 1.1
"""Heights of a digit between the middles of two digits with nothing between them, at most."""
_EVEN = 1.2
_FULL_WIDTH = 1.7
"""Heights of a digit from one full-width digit to the next, at most; they stand evenly."""


def spacing_fits(line: LineOfInk, text: str) -> bool:
    """Whether ``text`` can be what the line shows; ``True`` too where the digits touch and nothing can be measured."""
    digits = _digits(line)
    if len(digits) != sum(char.isdigit() for char in text) or len(digits) < 2:
        return True
    height = sorted(bottom - top for _, top, _, bottom in digits)[len(digits) // 2]
    distances = [(b[0] + b[2] - a[0] - a[2]) / 2 / height for a, b in pairwise(digits)]
    marks = [bool(mark) for mark in _marks(text)]
    if not any(marks) and len(marks) > 1 and max(distances) < _EVEN * min(distances) and max(distances) < _FULL_WIDTH:
        return True
    return all(d >= _NARROWEST_GAP if mark else d <= _WIDEST_GAP for d, mark in zip(distances, marks, strict=True))


def pitch(line: LineOfInk, text: str) -> float:
    """Pixels from digit to digit; as wide as full-width digits where there is only one."""
    digits = _digits(line)
    if len(digits) < 2 or len(digits) != len(text):
        return _FULL_WIDTH * (line.box[3] - line.box[1])
    return (digits[-1][0] + digits[-1][2] - digits[0][0] - digits[0][2]) / 2 / (len(digits) - 1)


def _digits(line: LineOfInk) -> list[Piece]:
    """Boxes of the tall pieces, those above each other as one."""
    _, top, _, bottom = line.box
    found: list[Piece] = []
    for piece in line.pieces:
        last = found[-1] if found else None
        if last and (piece[0] + piece[2]) / 2 < last[2]:
            found[-1] = (last[0], min(last[1], piece[1]), max(last[2], piece[2]), max(last[3], piece[3]))
        elif piece[3] - piece[1] >= _TALL * (bottom - top):
            found.append(piece)
    return found


def _marks(text: str) -> list[str]:
    """What stands between each two digits."""
    marks: list[str] = []
    for before, after in pairwise(text):
        if before.isdigit() and after.isdigit():
            marks.append("")
        elif before.isdigit():
            marks.append(after)
    if text and not text[-1].isdigit() and marks:
        marks.pop()
    return marks
