"""One printed cell read: looked at again where the first look is not certain, and honest about what stays uncertain.

The confidence of a cell is that of its weakest character, lowered by everything that speaks against the reading: a second
look that says something else, more or fewer pieces of ink than characters, ink that runs over a rule, borders that are not
certain. What is lowered stays below :data:`ogi.report.SURE`, so that a person looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np

from loaders.scan.ink import Ink
from loaders.scan.lines import LineOfInk, Piece, cut_out, lines_of, words_of
from loaders.scan.recognise import Line, recogniser
from loaders.scan.tables import Field

DOUBTFUL = 0.6
"""Confidence of a reading that something speaks against."""
UNREAD = "\ufffd"
"""Stands for ink that is there and could not be read."""
_LONG = 4.5
"""Width by height beyond which a line is words and may be read narrower."""
_NARROW = 0.5
_SURE_AT_ONCE = 0.97
"""A number of at least this confidence, with as many pieces of ink as characters, needs no second look."""
_SHORT = 14
"""A text of more characters is a label, not a value."""
_NUMBER = re.compile(r"[+\-]?\d[\d,]*(?:\.\d+)?")
_SMALL = 0.55
"""Share of the usual height of a letter below which a piece is a dot, a stroke or a speck."""
_FILLED = 0.5
"""Share of its box that a stroke fills, and a group of specks does not."""


class Cell(msgspec.Struct):
    """A cell on its way to be read."""

    field: Field
    lines: list[LineOfInk] = []
    specks: list[Piece] = []
    """Small pieces near the letters that belong to none of them."""
    doubts: float = 1.0
    """The most the confidence can be."""


class Reading(msgspec.Struct, frozen=True):
    """What a cell says."""

    text: str
    confidence: float


class _Look(msgspec.Struct, frozen=True):
    text: str
    confidence: float
    is_number: bool


def gather(fields: Sequence[Field], ink: Ink, owners: np.ndarray, size: float) -> list[Cell]:
    """The ink of each cell, in lines. ``owners`` has the number of the cell of each piece."""
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(len(fields) + 1))
    cells = []
    for number, field in enumerate(fields):
        own = order[starts[number] : starts[number + 1]]
        pieces = list(zip(ink.boxes(own), ink.area[own].tolist(), strict=True))
        letters = [p for p, area in pieces if _is_large(p, area, size) or _is_dash(p, area, size, field)]
        small = [p for p, _ in pieces if p not in letters and not any(_touch(p, q) for q in letters)]
        lines = [_with_marks(line, small, size) for line in lines_of(letters, size)]
        kept = {piece for line in lines for piece in line.pieces}
        cells.append(Cell(field, lines, [p for p in small if p not in kept], 1.0 if field.certain else DOUBTFUL))
    return cells


def _is_large(piece: Piece, area: int, size: float) -> bool:
    """Whether a piece is a character or a stroke of one, not a dot and not dust."""
    width, height = piece[2] - piece[0], piece[3] - piece[1]
    return height >= _SMALL * size or (width >= _FILLED * size and area >= _FILLED * width * height)


def _is_dash(piece: Piece, area: int, size: float, field: Field) -> bool:
    """Whether a small piece is a dash: flat, filled, at half the height of its cell."""
    width, height = piece[2] - piece[0], piece[3] - piece[1]
    _, top, _, bottom = field.box
    off = abs((piece[1] + piece[3]) / 2 - (top + bottom) / 2)
    return _is_flat(piece) and width >= 0.25 * size and area >= _FILLED * width * height and off <= 0.25 * (bottom - top)


def _is_flat(piece: Piece) -> bool:
    return piece[2] - piece[0] >= 1.8 * (piece[3] - piece[1])


def _with_marks(line: LineOfInk, small: Sequence[Piece], size: float) -> LineOfInk:
    """Take into a line the small pieces that may be marks of a number: a sign before it, a point or comma at its foot."""
    x0, top, x1, bottom = line.box
    foot = bottom - 0.35 * (bottom - top)
    marks = []
    for p in small:
        middle = (p[1] + p[3]) / 2
        is_point = x0 < p[0] and p[2] < x1 and foot <= middle <= bottom + 0.3 * size
        is_sign = _is_flat(p) and x0 - 1.5 * size <= p[2] <= x1 + size and top <= middle <= bottom
        if is_point or is_sign:
            marks.append(p)
    return LineOfInk(tuple(sorted([*line.pieces, *marks])))


def _touch(inner: Piece, outer: Piece) -> bool:
    return outer[0] <= inner[2] and inner[0] <= outer[2] and outer[1] <= inner[3] and inner[1] <= outer[3]


def read_cells(cells: Sequence[Cell], ink: Ink, size: float) -> list[Reading]:
    """Read all cells; those without ink are blank."""
    first = _looks([_pictures(cell, ink, size) for cell in cells])
    again = [number for number, cell in enumerate(cells) if _needs_second_look(cell, first[number], size)]
    second = dict(zip(again, _looks([_pictures(cells[n], ink, size, only_letters=True) for n in again], full=True), strict=True))
    return [_judged(cell, look, second.get(n), size) for n, (cell, look) in enumerate(zip(cells, first, strict=True))]


def _pictures(cell: Cell, ink: Ink, size: float, *, only_letters: bool = False) -> list[np.ndarray]:
    """Pictures of the lines of a cell; for the second look without the specks around and with a wider margin."""
    pictures = []
    for line in cell.lines:
        picture = cut_out(ink.clean, line, size, wider=only_letters)
        if only_letters:
            picture = picture.copy()
            left, top = line.origin(size, wider=True)
            for x0, y0, x1, y1 in cell.specks:
                picture[max(y0 - top - 1, 0) : max(y1 - top + 1, 0), max(x0 - left - 1, 0) : max(x1 - left + 1, 0)] = 255
        pictures.append(picture)
    return pictures


def _looks(pictures: Sequence[Sequence[np.ndarray]], *, full: bool = False) -> list[_Look]:
    """Read the lines of many cells at once; long lines narrower, which is faster, but for numbers among them."""
    network = recogniser()
    flat = [picture for of_cell in pictures for picture in of_cell]
    is_long = [not full and p.shape[1] > _LONG * p.shape[0] for p in flat]
    lines: list[Line] = [()] * len(flat)

    def read(chosen: list[int], squeeze: float) -> None:
        for i, line in zip(chosen, network.read([flat[i] for i in chosen], squeeze), strict=True):
            lines[i] = line

    read([i for i, long in enumerate(is_long) if not long], 1.0)
    read([i for i, long in enumerate(is_long) if long], _NARROW)
    read([i for i, long in enumerate(is_long) if long and _NUMBER.fullmatch(_as_number(lines[i]))], 1.0)
    rest = iter(lines)
    return [_look([next(rest) for _ in of_cell]) for of_cell in pictures]


def _as_number(line: Line) -> str:
    return "".join(char.as_number for char in line)


def _look(lines: Sequence[Line]) -> _Look:
    number = "\n".join(_as_number(line) for line in lines)
    chars = [char for line in lines for char in line]
    if _NUMBER.fullmatch(number):
        return _Look(number, min(char.number_confidence for char in chars), True)
    text = "\n".join("".join(char.text for char in line).strip() for line in lines)
    return _Look(text, min((char.confidence for char in chars), default=0.0), False)


def _needs_second_look(cell: Cell, look: _Look, size: float) -> bool:
    if not cell.lines or len(look.text) > _SHORT:
        return False
    return look.confidence < _SURE_AT_ONCE or not look.text or (look.is_number and not _count_fits(cell, look.text, size))


def _count_fits(cell: Cell, text: str, size: float) -> bool:
    """Whether there are as many separate pieces of ink as characters."""
    count = 0
    for line in cell.lines:
        reach = -1.0
        for x0, _, x1, _ in line.pieces:
            if x0 >= reach - 0.1 * size:
                count += 1
            reach = max(reach, x1)
    return count == len(text)


def _judged(cell: Cell, first: _Look, second: _Look | None, size: float) -> Reading:
    if not cell.lines:
        return Reading("", round(cell.doubts, 3))
    chosen, most = first, cell.doubts
    if second is not None:
        if first.text != second.text:
            most = min(most, DOUBTFUL)
            if (second.is_number, second.confidence) > (first.is_number, first.confidence):
                chosen = second
        elif second.confidence > first.confidence:
            chosen = second
    if chosen.is_number:
        if len(chosen.text) < len(cell.lines) or not _count_fits(cell, chosen.text, size):
            most = min(most, 0.85)
        if any(len(words_of(line, size)) > 1 for line in cell.lines):
            return Reading(UNREAD, 0.0)
    if not chosen.text.strip():
        return Reading(UNREAD, 0.0)
    return Reading(chosen.text, round(min(chosen.confidence, most), 3))
