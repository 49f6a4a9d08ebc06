"""A sheet of cells as text: what spreadsheets and separated values have in common."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.grid import Block, Grid, GridCell, Pages
from ogi.report import Notice, Source


@dataclass(frozen=True, kw_only=True)
class SheetCell:
    """A cell that is shown; row and column from 1, as spreadsheets number them, hidden ones counted."""

    text: str
    row: int
    column: int
    last_row: int
    last_column: int
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The cells of a sheet that are shown, empty ones inside a table included."""

    number: int
    """Its number in the file, from 1."""
    name: str = ""
    cells: tuple[SheetCell, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    notices: tuple[Notice, ...] = field(default=())

    def rows(self) -> dict[int, dict[int, str]]:
        """The texts by row and column, empty ones left out."""
        found: dict[int, dict[int, str]] = {}
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            if cell.text.strip():
                found.setdefault(cell.row, {})[cell.column] = cell.text
        return found

    def grids(self) -> list[Grid]:
        """The tables of the sheet: rows without an empty one between are one grid; hidden rows and columns take no place."""
        covered = {self._at(row, self.hidden_rows) for cell in self.cells for row in range(cell.row, cell.last_row + 1)}
        starts = sorted(row for row in covered if row - 1 not in covered)
        groups: dict[int, list[SheetCell]] = {start: [] for start in starts}
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            groups[starts[bisect_left(starts, self._at(cell.row, self.hidden_rows) + 1) - 1]].append(cell)
        return [self._grid(cells, start) for start, cells in groups.items()]

    def _grid(self, cells: list[SheetCell], first: int) -> Grid:
        left = min(self._at(cell.column, self.hidden_columns) for cell in cells)
        found = []
        for cell in cells:
            row, column = self._at(cell.row, self.hidden_rows), self._at(cell.column, self.hidden_columns)
            found.append(
                GridCell(
                    text=cell.text,
                    row=row - first,
                    column=column - left,
                    rowspan=self._at(cell.last_row, self.hidden_rows) - row + 1,
                    colspan=self._at(cell.last_column, self.hidden_columns) - column + 1,
                    source=Source(table=self.number, row=cell.row, cell=cell.column),
                    confidence=cell.confidence,
                )
            )
        return Grid(cells=tuple(found))

    @staticmethod
    def _at(number: int, hidden: tuple[int, ...]) -> int:
        """The place of a row or column among those that are shown; a hidden one has that of the one before it."""
        place = bisect_left(hidden, number)
        return number - place - (place < len(hidden) and hidden[place] == number)


def pages_of(sheets: Iterable[Sheet], media_type: str) -> Pages:
    """Sheets as a document; each is a table of it, in its order."""
    blocks: list[Block] = []
    notices: list[Notice] = []
    for sheet in sheets:
        blocks += sheet.grids()
        notices += sheet.notices
    return Pages(media_type=media_type, blocks=tuple(blocks), notices=tuple(notices))
