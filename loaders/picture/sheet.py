"""Which rows and cells of a document without pages are drawn again, around the place of a reading."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from loaders.grid import Block, Grid, GridCell, Pages, TextLine
from loaders.normalise import plain
from ogi.report import Source

_ROWS_AROUND = 2
_LINES_ABOVE, _LINES_BELOW = 8, 3
"""In texts with one value per line the label of a row stands up to seven lines above."""
_MOST_ROWS = 120
"""A table is shown whole up to so many rows; of a longer one the beginning and the surroundings of the cell."""
_MOST_COLUMNS = 40
_MOST_HEADS = 6
_NUMBER = re.compile(r"[+-]?\d[\d.,]*")
_LONGEST = 400
"""Characters shown of one cell or line."""


class SheetCell(msgspec.Struct, frozen=True, kw_only=True):
    """One cell to draw, in the rows and columns of the sheet."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    is_marked: bool = False
    is_aside: bool = False
    """Not of the document: a line number, or the sign that rows are left out."""
    strong: tuple[int, int] | None = None
    """The characters to stress, from and to."""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn: cells on a grid of rows and columns, one of them marked."""

    cells: tuple[SheetCell, ...]
    is_table: bool


def sheet_of(pages: Pages, source: Source, printed: str, *, whole: bool) -> Sheet | None:
    """Return the table or the lines around a place; ``None`` where the document has no such place.

    ``whole`` shows the whole table instead of its heads and the rows around. ``printed`` is stressed inside a line of prose.
    """
    for position, block in enumerate(pages.blocks):
        if isinstance(block, Grid):
            cell = next((cell for cell in block.cells if cell.source == source), None)
            if cell is not None:
                return _table(block, cell, whole)
        elif block.source == source:
            return _lines(pages.blocks, position, printed)
    return None


def _table(grid: Grid, marked: GridCell, whole: bool) -> Sheet:
    heads, height, width = _head_rows(grid), grid.height, grid.width
    if whole and height <= _MOST_ROWS:
        rows = list(range(height))
    else:
        around = _MOST_ROWS // 2 if whole else _ROWS_AROUND
        above = max(around, _LINES_ABOVE if marked.source.line else 0)
        last = marked.row + min(marked.rowspan, _MOST_ROWS)
        rows = sorted({*range(heads), *range(max(0, marked.row - above), min(height, last + around))})
    columns = list(range(width))
    if len(columns) > _MOST_COLUMNS:
        first = max(0, marked.column - _MOST_COLUMNS // 2)
        columns = sorted({*range(min(4, width)), *range(first, min(width, first + _MOST_COLUMNS))})
    places = _with_gaps(rows, height)
    across = {column: place for place, column in enumerate(columns)}
    cells = [
        SheetCell(text="…", row=place, column=0, colspan=len(columns), is_aside=True)
        for place, row in enumerate(places)
        if row is None
    ]
    at = {row: place for place, row in enumerate(places) if row is not None}
    for cell in grid.cells:
        shown = [at[row] for row in range(cell.row, min(cell.row + cell.rowspan, height)) if row in at]
        wide = [across[c] for c in range(cell.column, min(cell.column + cell.colspan, width)) if c in across]
        # A cell that reaches over a gap is drawn once, in the part before or behind it where the marked row is or heads are.
        shown = _before_gap(shown, at.get(marked.row))
        if shown and wide:
            cells.append(
                SheetCell(
                    text=_short(cell.text), row=shown[0], column=wide[0], rowspan=len(shown), colspan=wide[-1] - wide[0] + 1,
                    is_marked=cell is marked,
                )
            )  # fmt: skip
    return Sheet(cells=tuple(cells), is_table=True)


def _head_rows(grid: Grid) -> int:
    """How many rows at the top hold heads: those before the first cell that is nothing but a number, or three."""
    numbers = (cell.row for cell in grid.cells if _NUMBER.fullmatch(plain(cell.text)))
    return min(next(numbers, 3), _MOST_HEADS)


def _with_gaps(rows: Sequence[int], height: int) -> list[int | None]:
    """The rows with ``None`` wherever some of the ``height`` rows are left out, before, between or behind them."""
    places: list[int | None] = [None] if rows[0] > 0 else []
    for row in rows:
        if places and places[-1] is not None and row != places[-1] + 1:
            places.append(None)
        places.append(row)
    return places if rows[-1] + 1 == height else [*places, None]


def _before_gap(places: list[int], preferred: int | None) -> list[int]:
    """The run of adjacent places that holds ``preferred``, else the first one."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return next((run for run in runs if preferred in run), runs[0] if runs else [])


def _lines(blocks: Sequence[Block], position: int, printed: str) -> Sheet:
    """The line at ``position`` and its neighbours up to the next table, each with its number."""
    first = last = position
    while first > 0 and position - first < _LINES_ABOVE and isinstance(blocks[first - 1], TextLine):
        first -= 1
    while last + 1 < len(blocks) and last - position < _LINES_BELOW and isinstance(blocks[last + 1], TextLine):
        last += 1
    cells: list[SheetCell] = []
    for row, block in enumerate(blocks[first : last + 1]):
        if not isinstance(block, TextLine):
            continue
        number = "" if block.source.line is None else str(block.source.line)
        is_marked = first + row == position
        text, strong = _with_stress(block.text, printed) if is_marked else (_short(block.text), None)
        cells.append(SheetCell(text=number, row=row, column=0, is_aside=True))
        cells.append(SheetCell(text=text, row=row, column=1, is_marked=is_marked, strong=strong))
    return Sheet(cells=tuple(cells), is_table=False)


def _with_stress(text: str, printed: str) -> tuple[str, tuple[int, int] | None]:
    """The line, cut to the surroundings of what is to be stressed; nothing is where it is not clear which occurrence is meant."""
    start = text.find(printed) if printed.strip() and text.count(printed) == 1 else -1
    if start < 0:
        return _short(text), None
    begin = max(0, start - _LONGEST // 4) if len(text) > _LONGEST else 0
    shown = ("…" if begin else "") + text[begin:]
    moved = start - begin + bool(begin)
    shown = _short(shown, max(_LONGEST, moved + len(printed)))
    return shown, (moved, min(moved + len(printed), len(shown)))


def _short(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
