"""A sheet arranged for drawing: every cell a box with its lines of text, in pixels. Font-independent: widths are estimated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from loaders.picture.sheet import Sheet, SheetCell

FONT_SIZE = 14
LINE_HEIGHT = 20
PADDING = 6
MARGIN = 8
_NARROW, _WIDE = 0.6, 1.0
"""Width of a character in parts of the font size: Latin letters and digits (a little more than most fonts need), and Chinese."""
_COLUMN = (34, 190)
_LINE_COLUMN = (34, 720)
_WORD = re.compile(r"[!-~]{1,20}|.|\n")
"""What is not broken: printable ASCII, up to a length that surely fits."""


class DrawnLine(msgspec.Struct, frozen=True):
    """One line of text as runs of plain and stressed characters."""

    runs: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The line without stress."""
        return "".join(text for text, _ in self.runs)


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A cell with its place in the picture."""

    left: int
    top: int
    width: int
    height: int
    lines: tuple[DrawnLine, ...]
    is_marked: bool = False
    is_aside: bool = False
    is_centred: bool = True


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """All boxes of a picture, the marked one last, so that its frame lies over its neighbours'."""

    width: int
    height: int
    boxes: tuple[Box, ...]

    @property
    def marked(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the marked box."""
        box = self.boxes[-1]
        return (box.left, box.top, box.left + box.width, box.top + box.height)


def drawing_of(sheet: Sheet) -> Drawing:
    """Arrange the cells of a sheet: columns as wide as their words need within limits, rows as high as their lines."""
    widths = _column_widths(sheet)
    lines = [_wrapped(cell, sum(widths[cell.column : cell.column + cell.colspan]) - 2 * PADDING) for cell in sheet.cells]
    heights = _row_heights(sheet.cells, lines)
    lefts, tops = _starts(widths), _starts(heights)
    boxes = [
        Box(
            left=lefts[cell.column],
            top=tops[cell.row],
            width=sum(widths[cell.column : cell.column + cell.colspan]),
            height=sum(heights[cell.row : cell.row + cell.rowspan]),
            lines=wrapped,
            is_marked=cell.is_marked,
            is_aside=cell.is_aside,
            is_centred=sheet.is_table,
        )
        for cell, wrapped in zip(sheet.cells, lines, strict=True)
    ]
    return Drawing(width=lefts[-1] + MARGIN, height=tops[-1] + MARGIN, boxes=tuple(sorted(boxes, key=lambda box: box.is_marked)))


def _starts(sizes: Sequence[int]) -> list[int]:
    """Where each row or column begins, and where the last one ends."""
    starts = [MARGIN]
    for size in sizes:
        starts.append(starts[-1] + size)
    return starts


def width_of(text: str) -> float:
    """The estimated width of a text in pixels."""
    return sum(_WIDE if unicodedata.east_asian_width(char) in "WFA" else _NARROW for char in text) * FONT_SIZE


def _column_widths(sheet: Sheet) -> list[int]:
    """A column is as wide as its widest cell of its own needs; a cell over several columns widens the last of them."""
    least, most = _COLUMN if sheet.is_table else _LINE_COLUMN
    widths = [least] * max(cell.column + cell.colspan for cell in sheet.cells)
    for cell in sorted(sheet.cells, key=lambda cell: cell.colspan):
        natural = max((width_of(line) for line in cell.text.split("\n")), default=0)
        wanted = min(round(natural) + 2 * PADDING + 2, most)
        missing = wanted - sum(widths[cell.column : cell.column + cell.colspan])
        if missing > 0:
            widths[cell.column + cell.colspan - 1] += missing
    return widths


def _row_heights(cells: Sequence[SheetCell], lines: Sequence[Sequence[DrawnLine]]) -> list[int]:
    """A row is as high as its fullest cell needs; a cell over several rows heightens the last of them."""
    heights = [LINE_HEIGHT + PADDING] * max(cell.row + cell.rowspan for cell in cells)
    for cell, wrapped in sorted(zip(cells, lines, strict=True), key=lambda item: item[0].rowspan):
        missing = len(wrapped) * LINE_HEIGHT + PADDING - sum(heights[cell.row : cell.row + cell.rowspan])
        if missing > 0:
            heights[cell.row + cell.rowspan - 1] += missing
    return heights


def _wrapped(cell: SheetCell, width: float) -> tuple[DrawnLine, ...]:
    """Break a text into lines of at most ``width`` pixels, anywhere, as Chinese is broken; numbers stay together if they fit."""
    start, end = cell.strong or (0, 0)
    lines: list[list[tuple[str, bool]]] = [[]]
    used = 0.0
    position = 0
    for word in _words(cell.text):
        wide = width_of(word)
        if word == "\n" or (used + wide > width and used):
            lines.append([])
            used = 0.0
        if word != "\n":
            lines[-1] += [(char, start <= position + offset < end) for offset, char in enumerate(word)]
            used += wide
        position += len(word)
    return tuple(DrawnLine(_runs(line)) for line in lines)


def _words(text: str) -> list[str]:
    """Runs of digits and Latin letters, and every other character alone."""
    return _WORD.findall(text)


def _runs(line: Sequence[tuple[str, bool]]) -> tuple[tuple[str, bool], ...]:
    runs: list[tuple[str, bool]] = []
    for char, strong in line:
        if runs and runs[-1][1] == strong:
            runs[-1] = (runs[-1][0] + char, strong)
        else:
            runs.append((char, strong))
    return tuple(runs)
