"""Whether the columns of a table in a text are real, and whether its empty cells keep their place.

A text only shows the order of its cells; converters drop empty cells or cover merged ones in ways of their own. The table of
applications, with labels in one, two or three cells before its values, gives the converter away, and the other tables of
the same document came through the same converter.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from loaders.layout.items import Item, Region
from loaders.layout.printed import PrintedRow
from loaders.normalise import plain

_ENOUGH_ROWS = 8
"""So many rows with values make it no accident that all of them agree."""
_FEWEST_VALUES = 5


def prove_columns(rows: list[PrintedRow]) -> None:
    """Mark rows of text tables: ``placed`` where columns are proven to be real, ``kept`` where empty cells keep their place."""
    grids = [grid for grid in _text_grids(rows) if grid]
    if any(_has_real_columns(grid) for grid in grids):
        for grid in filter(_is_rectangle, grids):
            for row in grid:
                row.placed = True
    elif any(_keeps_empty_cells(grid) for grid in grids):
        for row in (row for grid in grids for row in grid):
            row.kept = True


def _text_grids(rows: list[PrintedRow]) -> Iterator[list[PrintedRow]]:
    for _, block in groupby(rows, key=lambda row: row.block):
        yield [row for row in block if row.line is None and not row.placed]


def _is_rectangle(grid: list[PrintedRow]) -> bool:
    """Whether all rows have as many cells; captions and notes in lines of their own do not count."""
    widths = {len(row.cells) for row in grid if len(row.cells) > 1}
    return len(widths) == 1


def _data(grid: list[PrintedRow]) -> list[PrintedRow]:
    return [row for row in grid if row.has_values and row.label_end]


def _has_real_columns(grid: list[PrintedRow]) -> bool:
    """Labels end and values begin at one column in every row, although not every label reaches it.

    The cells between are empty or repeat the label: covered parts of merged cells, which are still there.
    """
    data = _data(grid)
    if len(data) < _ENOUGH_ROWS or not _is_rectangle(grid):
        return False
    first = max(row.label_end for row in data)
    if first < 2 or any(plain(cell.text) for row in data for cell in row.cells[row.label_end : first]):
        return False
    covered = sum(1 for row in data if plain(row.cells[first - 1].text) in ("", plain(row.cells[first - 2].text)))
    return 2 <= covered < len(data)


def _keeps_empty_cells(grid: list[PrintedRow]) -> bool:
    """Every row has as many cells behind its label, however many cells its labels take."""
    data = _data(grid)
    behind = {len(row.cells) - row.label_end for row in data}
    return (
        len(data) >= _ENOUGH_ROWS and len(behind) == 1 and min(behind) >= _FEWEST_VALUES and len({r.label_end for r in data}) > 1
    )


def prove_cells_in_lines(regions: list[Region]) -> None:
    """Mark rows whose cells stand in lines of their own where empty cells have lines as well.

    One table proves it, when every row of it has as many lines behind its label as the table has columns, with and without
    something in them; the other tables of the document came through the same converter.
    """
    by_region = [(region, [item for item in region.items if _is_in_lines(item)]) for region in regions]
    if not any(_is_even(region, items) for region, items in by_region):
        return
    for region, items in by_region:
        region.keeps_blanks = True
        for item in items:
            if _cells(item, region) in region.table.widths:
                item.row.kept = True
                item.own_line = len(item.values)


def _is_in_lines(item: Item) -> bool:
    return bool(item.row_keys) and not item.row.placed and item.own_line == 0 and bool(item.values)


def _cells(item: Item, region: Region) -> int:
    """Number of lines behind the label; blank lines at the end of a table do not count."""
    count = len(item.values)
    while count > max(region.table.widths) and not plain(item.values[count - 1].text):
        count -= 1
    return count


def _is_even(region: Region, items: list[Item]) -> bool:
    blank = sum(1 for item in items if any(not plain(cell.text) for cell in item.values[: _cells(item, region)]))
    even = {_cells(item, region) for item in items} == region.table.widths
    return even and blank > 0 and len(items) >= _ENOUGH_ROWS and max(region.table.widths) >= _FEWEST_VALUES
