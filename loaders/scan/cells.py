"""One printed cell read: looked at again where the first look is not certain, and honest about what stays uncertain.

The confidence of a cell is that of its weakest character, lowered by everything that speaks against the reading: a second
look that says something else, more pieces of ink than characters, ink that runs over a rule, borders that are not certain.
What is lowered stays below :data:`ogi.report.SURE`, so that a person looks at it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import numpy as np

from loaders.scan.gather import Cell
from loaders.scan.ink import Ink
from loaders.scan.lines import LineOfInk, cut_out, words_of
from loaders.scan.recognise import Line, recogniser
from loaders.scan.spacing import pitch, spacing_fits

DOUBTFUL = 0.6
"""Most of a reading that something speaks against."""
_UNREAD = "\ufffd"
"""Stands for ink that is there and could not be read."""
_LONG = 4.5
"""Width by height beyond which a line is words and may be read narrower."""
_NARROW = 0.5
_LONE = 1.15
"""Width by height up to which a picture shows one character."""
_LONE_NARROW = 0.75
_SURE_AT_ONCE = 0.97
"""A number of at least this confidence, with as many pieces of ink as characters, needs no second look."""
_SHORT = 14
"""A text of more characters is a label, not a value."""
_NUMBER = re.compile(r"[+\-]?\d[\d,]*(?:\.\d+)?[.,]?")
_BROKEN = re.compile(r"[+\-]?\d[\d,.]*(?:\n[\d,.]+)+")
_DIRT = re.compile(r"[\s.,:;'\"`~^_·、。，．‘’“”？?!！*°]*")
_DASHES = frozenset("-－—–一―ー")
_PADDING = 30
"""Pixels between the borders of a cell that text does not use: the margins of a Word table, left and right together."""
_APART = 0.5
"""Share of the usual distance from which what stands beside each other under a stamp is read apart."""
_LEAST = 0.4
"""Mean confidence below which a line under a stamp is a piece of the stamp."""
_CLEAR = 0.6
"""Share of the confidence of the clearest line of a cell from which another line counts."""
_SLANT = 0.15
"""Pixels to the side per pixel upwards from which a single stroke is no 1."""
_SLIM = 0.4
"""Width by height of a digit of print, at least; of 1 less."""
_FEW_DIGITS = 5


class Reading(msgspec.Struct, frozen=True):
    """What a cell says."""

    text: str
    confidence: float


class _Look(msgspec.Struct, frozen=True):
    text: str
    confidence: float
    is_number: bool
    had_dust: bool = False
    """Whether a point stood before the number: dust, or all that is left of a digit."""


def read_cells(cells: Sequence[Cell], ink: Ink, size: float) -> list[Reading]:
    """Read all cells; those without ink are blank."""
    first = _looks([_pictures(cell, ink, size) for cell in cells])
    again = [number for number, cell in enumerate(cells) if _needs_second_look(cell, first[number], size)]
    second = dict(zip(again, _looks([_pictures(cells[n], ink, size, alone=True) for n in again], full=True), strict=True))
    read = [_judged(cell, look, second.get(n), ink, size) for n, (cell, look) in enumerate(zip(cells, first, strict=True))]
    if not _are_squeezed(cells, read):
        return read
    return [Reading(r.text, min(r.confidence, DOUBTFUL)) if is_figure(r.text) else r for r in read]


def _are_squeezed(cells: Sequence[Cell], read: Sequence[Reading]) -> bool:
    """Whether the digits are narrower than in any print, so that two may be taken for one."""
    widths = [
        (x1 - x0) / (bottom - top)
        for cell, reading in zip(cells, read, strict=True)
        if len(cell.lines) == 1 and reading.text.isdigit() and "1" not in reading.text
        for x0, top, x1, bottom in cell.lines[0].pieces
    ]
    return len(widths) >= _FEW_DIGITS and sorted(widths)[len(widths) // 2] < _SLIM


def read_stamped(cells: Sequence[Cell], numbers: Sequence[bool], ink: Ink, size: float) -> list[Reading]:
    """Read cells over which a stamp runs: what reads clearly counts, its turned letters and strokes do not.

    ``numbers`` says for which cells a number is expected: there the clearest number counts, elsewhere all clear lines.
    """
    apart = _APART * size
    split = [msgspec.structs.replace(c, lines=[word for line in c.lines for word in words_of(line, apart)]) for c in cells]
    lines = iter(recogniser().read([picture for cell in split for picture in _pictures(cell, ink, size)]))
    readings = []
    for cell, is_number in zip(split, numbers, strict=True):
        read = [(ink_line, line) for ink_line in cell.lines if (line := next(lines))]
        if is_number:
            read = sorted((item for item in read if _look([item[1]]).is_number), key=lambda item: -_mean(item[1]))[:1]
        least = max(_CLEAR * max((_mean(line) for _, line in read), default=0.0), _LEAST)
        clear = [(ink_line, line) for ink_line, line in read if _mean(line) >= least]
        if cell.lines and not clear:
            readings.append(Reading(_UNREAD, 0.0))
            continue
        kept = msgspec.structs.replace(cell, lines=[ink_line for ink_line, _ in clear])
        readings.append(_judged(kept, _look([line for _, line in clear]), None, ink, size))
    return readings


def is_number(text: str) -> bool:
    """Whether the text of a cell is a number or a mark that stands for none."""
    return bool(_NUMBER.fullmatch(text)) or text in ("", "—", "/")


def is_figure(text: str) -> bool:
    """Whether the text of a cell is a number."""
    return bool(_NUMBER.fullmatch(text))


def _mean(line: Line) -> float:
    return sum(char.confidence for char in line) / len(line) if line else 0.0


def agreed(stamped: Reading, lean: Reading) -> Reading:
    """Of the readings of a cell with the stamp and without it, the one without if there is one; doubtful where they differ."""
    if stamped.text == lean.text:
        return max(stamped, lean, key=lambda reading: reading.confidence)
    best = stamped if lean.text == _UNREAD else lean
    return Reading(best.text, min(best.confidence, DOUBTFUL))


def _pictures(cell: Cell, ink: Ink, size: float, *, alone: bool = False) -> list[np.ndarray]:
    """Pictures of the lines of a cell; for the second look without the specks around and with a wider margin."""
    pictures = []
    for line in cell.lines:
        picture = cut_out(ink.clean, line, size, wider=alone)
        if alone:
            picture = picture.copy()
            left, top = line.origin(size, wider=True)
            for x0, y0, x1, y1 in cell.specks:
                picture[max(y0 - top - 1, 0) : max(y1 - top + 1, 0), max(x0 - left - 1, 0) : max(x1 - left + 1, 0)] = 255
        pictures.append(picture)
    return pictures


def _looks(pictures: Sequence[Sequence[np.ndarray]], *, full: bool = False) -> list[_Look]:
    """Read the lines of many cells at once; ``full`` means at full width."""
    network = recogniser()
    flat = [picture for of_cell in pictures for picture in of_cell]
    squeezes = [1.0 if full else _squeeze(picture) for picture in flat]
    lines: list[Line] = [()] * len(flat)

    def read(chosen: list[int], squeeze: float) -> None:
        for i, line in zip(chosen, network.read([flat[i] for i in chosen], squeeze), strict=True):
            lines[i] = line

    for squeeze in sorted(set(squeezes)):
        read([i for i, own in enumerate(squeezes) if own == squeeze], squeeze)
    read([i for i, own in enumerate(squeezes) if own == _NARROW and _NUMBER.fullmatch(_as_number(lines[i]))], 1.0)
    rest = iter(lines)
    return [_look([next(rest) for _ in of_cell]) for of_cell in pictures]


def _squeeze(picture: np.ndarray) -> float:
    """Words are read narrower, which is faster, and so are lone digits; only in a longer number digits may be lost that way."""
    shape = picture.shape[1] / picture.shape[0]
    return _NARROW if shape > _LONG else _LONE_NARROW if shape < _LONE else 1.0


def _as_number(line: Line) -> str:
    return "".join(char.as_number for char in line)


def _look(lines: Sequence[Line]) -> _Look:
    number = "\n".join(_as_number(line) for line in lines)
    chars = [char for line in lines for char in line]
    if _NUMBER.fullmatch(number) or _BROKEN.fullmatch(number):
        return _Look(number, min(char.number_confidence for char in chars), True)
    bare = number.lstrip(".,")
    if _NUMBER.fullmatch(bare):
        return _Look(bare, min(char.number_confidence for char in chars[len(number) - len(bare) :]), True, had_dust=True)
    texts = ["".join(char.text for char in line).strip() for line in lines]
    text = "\n".join(text for text in texts if text)
    confidence = min((char.confidence for char in chars), default=0.0)
    if len(text) == 1 and text in _DASHES:  # 一 would be a word, and no cell shows a number in words
        return _Look("—", max(confidence, chars[0].number_confidence), False)
    return _Look(text, confidence, False)


def _needs_second_look(cell: Cell, look: _Look, size: float) -> bool:
    if not cell.lines or len(look.text) > _SHORT:
        return False
    unsure = look.confidence < _SURE_AT_ONCE or cell.is_cut or bool(_DIRT.fullmatch(look.text))
    return unsure or (look.is_number and _pieces(cell, size) != _length(look.text))


def _length(text: str) -> int:
    return len(text.replace("\n", ""))


def _pieces(cell: Cell, size: float) -> int:
    """Pieces of ink that stand beside each other, in all lines."""
    count = 0
    for line in cell.lines:
        reach = -size
        for x0, _, x1, _ in line.pieces:
            count += x0 >= reach - 0.1 * size
            reach = max(reach, x1)
    return count


def _judged(cell: Cell, first: _Look, second: _Look | None, ink: Ink, size: float) -> Reading:
    """Weigh what speaks for and against a reading."""
    if not cell.lines:
        certain = cell.field.certain and not cell.is_stained and cell.field.rowspan == 1
        return Reading("", 1.0 if certain else DOUBTFUL)
    look = first
    doubtful = not cell.field.certain or cell.is_crossed or (first.is_number and cell.is_stained) or first.had_dust
    if second is not None:
        doubtful |= first.text != second.text or second.had_dust
        if (second.is_number, second.confidence) > (first.is_number, first.confidence):
            look = second
    if _DIRT.fullmatch(look.text):
        return Reading(_UNREAD, 0.0)
    if look.is_number:
        if any(len(words_of(line, size)) > 1 for line in cell.lines):
            return Reading(_UNREAD, 0.0)
        look = _whole(look, cell)
        if look.text[-1] in ".,":  # dust at the foot of the last digit
            look = msgspec.structs.replace(look, text=look.text[:-1], confidence=min(look.confidence, DOUBTFUL))
        if look.text == "1" and _is_slanted(cell.lines[0], ink):
            return Reading("/", round(min(1 - look.confidence, DOUBTFUL), 3))
        doubtful |= _pieces(cell, size) > _length(look.text) or cell.field.rowspan > 1
        doubtful |= not all(spacing_fits(line, text) for line, text in zip(cell.lines, first.text.split("\n"), strict=False))
    return Reading(look.text, round(min(look.confidence, DOUBTFUL if doubtful else 1.0), 3))


def _whole(look: _Look, cell: Cell) -> _Look:
    """A number broken only because its cell is too narrow for it is one number: the next digit would not have fitted."""
    if "\n" not in look.text:
        return look
    room = max(cell.field.box[2] - cell.field.box[0] - _PADDING, cell.widest)
    lines = look.text.split("\n")
    for line, text in zip(cell.lines[:-1], lines[:-1], strict=False):
        if line.box[2] - line.box[0] + pitch(line, text) < room:
            return look
    return msgspec.structs.replace(look, text="".join(lines), confidence=min(look.confidence, 0.85))


def _is_slanted(line: LineOfInk, ink: Ink) -> bool:
    """Whether a single straight stroke leans to the right, as / does and 1 does not."""
    x0, top, x1, bottom = line.box
    picture = 255.0 - ink.clean[top:bottom, x0:x1]
    weight = picture.sum(axis=1)
    rows = np.nonzero(weight > 0.2 * weight.max())[0]
    if len(rows) < 6:
        return False
    middles = (picture[rows] * np.arange(picture.shape[1])).sum(axis=1) / weight[rows]
    slope, start = np.polyfit(rows, middles, 1)
    return bool(slope < -_SLANT and np.abs(slope * rows + start - middles).max() < max(2.0, 0.12 * (x1 - x0)))
