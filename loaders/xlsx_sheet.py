"""One sheet of a workbook, cell by cell as it is shown."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from loaders.characters import printed, raised, struck
from loaders.errors import CannotReadError
from loaders.number_format import plain_number, shown
from loaders.sheet import Sheet, SheetCell
from ogi.report import Notice

_MOST_CELLS = 400_000
"""Cells of a sheet with something in them, or with a border around them."""
_UNSURE = 0.8
"""Confidence of a number whose format is not understood: it may be shown otherwise."""
_LOST = "\ufffd"
"""Stands for a result Excel would compute when it opens the file, and that is not in the file."""
_WIDEST = 1000
"""Empty places of a row that are taken for cells of a table; a text far away is none of it."""
_NAMED = 5
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_EDGES = ("left", "right", "top", "bottom")


@dataclass
class _Remarks:
    """Cells of which something must be said, by code of the notice."""

    cells: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, place: str) -> None:
        self.cells.setdefault(code, []).append(place)

    def notices(self, sheet: str) -> Iterator[Notice]:
        for code, places in self.cells.items():
            names = "、".join(places[:_NAMED]) + ("…" if len(places) > _NAMED else "")
            yield Notice(code=code, params={"sheet": sheet[:60], "count": len(places), "cells": names})


def read_sheet(sheet: Any, formulas: Any, number: int) -> Sheet:
    """Return a worksheet of openpyxl as it is shown.

    Args:
        sheet: loaded with the values of formulas.
        formulas: the same sheet loaded with its formulas; ``None`` where the workbook has none.
        number: its number in the workbook, from 1.

    Raises:
        CannotReadError: ``sheet_too_large``.
    """
    cells: dict[tuple[int, int], Any] = (
        sheet._cells
    )  # the cells that are in the file; iterating over all places may take for ever
    if len(cells) > _MOST_CELLS:
        raise CannotReadError("sheet_too_large", name=sheet.title[:60], most=_MOST_CELLS)
    rows = tuple(sorted(row for row, found in sheet.row_dimensions.items() if found.hidden))
    columns = _hidden_columns(sheet)
    remarks = _Remarks()
    merged = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    bordered: dict[int, bool] = {}
    found: list[SheetCell] = []
    for (row, column), cell in cells.items():
        if type(cell).__name__ == "MergedCell":
            continue
        formula = formulas._cells.get((row, column)) if formulas is not None else None
        text, confidence = _text(cell, formula, remarks, hide_zeros=sheet.sheet_view.showZeros is False)
        area = merged.get((row, column))
        last_row, last_column = (area.max_row, area.max_col) if area else (row, column)
        if not text.strip() and area is None and not _has_border(cell, bordered):
            continue
        if _all_hidden(row, last_row, rows) or _all_hidden(column, last_column, columns):
            if text.strip():
                remarks.add("hidden_cells", cell.coordinate)
            continue
        found.append(
            SheetCell(text=text, row=row, column=column, last_row=last_row, last_column=last_column, confidence=confidence)
        )
    if sheet._images:
        remarks.add("sheet_pictures", sheet.title)
    return Sheet(
        number=number,
        name=sheet.title,
        cells=tuple(_with_gaps(found, frozenset(columns))),
        hidden_rows=rows,
        hidden_columns=columns,
        notices=tuple(remarks.notices(sheet.title)),
    )


def _with_gaps(cells: list[SheetCell], hidden: frozenset[int]) -> Iterator[SheetCell]:
    """The cells, and the empty places between the first and the last text of a row: without a border they are not in the file."""
    yield from cells
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.last_row + 1)
        for column in range(cell.column, cell.last_column + 1)
    }
    ends: dict[int, tuple[int, int]] = {}
    for cell in cells:
        if cell.text.strip():
            first, last = ends.get(cell.row, (cell.column, cell.column))
            ends[cell.row] = min(first, cell.column), max(last, cell.column)
    for row, (first, last) in ends.items():
        for column in range(first, min(last, first + _WIDEST)):
            if (row, column) not in taken and column not in hidden:
                yield SheetCell(text="", row=row, column=column, last_row=row, last_column=column)


def _hidden_columns(sheet: Any) -> tuple[int, ...]:
    hidden: set[int] = set()
    for found in sheet.column_dimensions.values():
        if found.hidden and found.min and found.max:
            hidden |= set(range(found.min, min(found.max, 16_384) + 1))
    return tuple(sorted(hidden))


def _all_hidden(first: int, last: int, hidden: tuple[int, ...]) -> bool:
    return bool(hidden) and all(number in hidden for number in range(first, last + 1))


def _has_border(cell: Any, known: dict[int, bool]) -> bool:
    style = cell.style_id
    if style not in known:
        border = cell.border
        known[style] = any(getattr(border, edge) is not None and getattr(border, edge).style for edge in _EDGES)
    return known[style]


def _text(cell: Any, formula: Any, remarks: _Remarks, *, hide_zeros: bool) -> tuple[str, float]:
    """What a cell shows, and how sure that is."""
    value = cell.value
    if value is None:
        if formula is not None and formula.data_type == "f":
            remarks.add("formulas_without_value", cell.coordinate)
            return _LOST, 1.0
        return "", 1.0
    if isinstance(value, bool):
        return str(value).upper(), 1.0
    if isinstance(value, int | float):
        return _number(cell, value, remarks, hide_zeros=hide_zeros)
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return _date(value), 1.0
    text = value if isinstance(value, str) and type(value) is str else _rich(value)
    text = printed(text)
    return (struck(text) if cell.font is not None and cell.font.strike else text), 1.0


def _number(cell: Any, value: int | float, remarks: _Remarks, *, hide_zeros: bool) -> tuple[str, float]:
    exact = Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)
    text = "" if hide_zeros and value == 0 else shown(value, cell.number_format or "General")
    if text is None:
        remarks.add("formats_unknown", cell.coordinate)
        return plain_number(exact) if exact.is_finite() else _LOST, _UNSURE
    if not text and value == 0:
        remarks.add("zeros_hidden", cell.coordinate)
    elif _FIGURE.fullmatch(text) and Decimal(text.replace(",", "")) != exact:
        remarks.add("figures_rounded", cell.coordinate)
    return (struck(text) if cell.font is not None and cell.font.strike else text), 1.0


def _date(value: dt.datetime | dt.date | dt.time | dt.timedelta) -> str:
    """A date or time; how exactly it is shown does not matter, for it is no figure."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


def _rich(value: Any) -> str:
    """Text of several looks: a raised or struck part keeps its look, so that 22 with a small 1 is not 221."""
    text = ""
    for part in value:
        if isinstance(part, str):
            text += part
            continue
        letters = str(part.text)
        look = part.font
        if look is not None and look.vertAlign == "superscript":
            letters = raised(letters)
        text += struck(letters) if look is not None and look.strike else letters
    return text
