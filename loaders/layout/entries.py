"""Tables of one label, one unit and one or a few values in a row, as a sequence of entries.

Pages print such tables in two halves side by side, texts give each cell a line of its own; an entry is a label with the unit
and the values behind it, however they are spread over cells and lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import msgspec

from loaders.grid import GridCell
from loaders.layout.printed import PrintedRow, has_marks, is_page_mark, is_wordy, words_of
from loaders.normalise import plain


class Entry(msgspec.Struct, kw_only=True):
    """A label with what stands behind it up to the next label."""

    label: GridCell
    rows: list[PrintedRow]
    half: int
    """Which of several labels of its printed row it is, from 0."""
    unit: str = ""
    values: list[GridCell] = []
    """The cells behind the label and the unit, also empty ones where cells are marked."""

    @property
    def filled(self) -> list[GridCell]:
        """Values that are not empty."""
        return [cell for cell in self.values if plain(cell.text)]

    @property
    def is_row(self) -> bool:
        """Whether the label stands in a row of cells or has a unit or a value: not a mere heading or sentence."""
        return bool(self.unit or self.values)


def entries_of(rows: list[PrintedRow], units: frozenset[str], is_label: Callable[[str], bool]) -> list[Entry]:
    """Return the entries, the left half of a table before its right one. ``is_label`` tells labels that line ends cut in two."""
    found: list[Entry] = []
    for _, run in groupby(_entries(rows, units, is_label), key=_run_of):
        found += sorted(run, key=lambda entry: entry.half)
    return found


def cells_of(row: PrintedRow) -> list[GridCell]:
    """The cells of a row; a line without marks is taken as the words it is made of."""
    return row.cells if row.line is None or has_marks(row.line.text) else words_of(row.line)


def _run_of(entry: Entry) -> int:
    """Halves are put in order inside one grid, or inside the lines between two grids."""
    row = entry.rows[0]
    return row.block if row.line is None else -1


def _entries(rows: list[PrintedRow], units: frozenset[str], is_label: Callable[[str], bool]) -> Iterator[Entry]:
    entry: Entry | None = None
    for row in rows:
        cells = cells_of(row)
        filled = [cell for cell in cells if plain(cell.text)]
        if row.line is not None and is_page_mark(row.line.text):
            continue
        alone = len(filled) == 1 and (row.line is not None or len(cells) == 1)
        if not alone and filled:
            if entry is not None:
                yield entry
            yield from _in_row(row, cells, units)
            entry = None
        elif alone:
            following = _alone(row, filled[0], entry, units, is_label)
            if following is not entry and entry is not None:
                yield entry
            entry = following
    if entry is not None:
        yield entry


def _alone(
    row: PrintedRow, cell: GridCell, entry: Entry | None, units: frozenset[str], is_label: Callable[[str], bool]
) -> Entry | None:
    """One cell in a line of its own goes on with the entry before it, or begins one."""
    kind = _kind(cell, units)
    if kind == "label":
        if entry is None or entry.is_row or not is_label(entry.label.text + cell.text):
            return Entry(label=cell, rows=[row], half=0, values=[])
        entry.label = msgspec.structs.replace(entry.label, text=entry.label.text + cell.text)
    elif entry is not None:
        _take(entry, cell, kind)
    if entry is not None:
        entry.rows.append(row)
    return entry


def _in_row(row: PrintedRow, cells: list[GridCell], units: frozenset[str]) -> Iterator[Entry]:
    entry: Entry | None = None
    previous, half = "", 0
    words = row.line is not None and not has_marks(row.line.text)
    for cell in cells:
        kind = _kind(cell, units)
        if kind == "label" and words and previous == "label" and entry is not None:
            entry.label = msgspec.structs.replace(entry.label, text=f"{entry.label.text} {cell.text}")
        elif kind == "label":
            if entry is not None:
                yield entry
            entry = Entry(label=cell, rows=[row], half=half, values=[])
            half += 1
        elif entry is not None:
            _take(entry, cell, kind)
        previous = kind
    if entry is not None:
        yield entry


def _take(entry: Entry, cell: GridCell, kind: str) -> None:
    if kind == "unit" and not entry.unit:
        entry.unit = plain(cell.text)
    elif kind != "unit":
        entry.values.append(cell)


def _kind(cell: GridCell, units: frozenset[str]) -> str:
    text = plain(cell.text)
    return "unit" if text in units else "label" if is_wordy(cell.text) else "value"
