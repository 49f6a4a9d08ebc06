"""Cells left empty where all around them is filled in: a slip, not a habit of the organ.

An organ that leaves whole rows or columns empty, or nearly so (all but the totals, applicants that never apply), does so on
purpose: these lines are set aside. What is left must be filled in but for a few cells, and where lines were set aside the
organ must be one that writes its zeros. Works on many reports at once: the first axis of every array is the report, the second
the cell of one table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ogi.form import Cell

MOST_LONE = 3
"""More empty cells than this in what is filled in are a habit of the organ and no slip."""
Marks = np.ndarray[Any, np.dtype[np.bool_]]


def lone_blanks(cells: Sequence[Cell], there: Marks, blank: Marks, printed: np.ndarray[Any, np.dtype[np.float64]]) -> Marks:
    """Return which cells are empty alone.

    Args:
        cells: the cells of one table.
        there: which of them could be read, be they empty; a cell of a lost page could not.
        blank: which are empty; a dash or a stroke is no empty cell.
        printed: the numbers printed, NaN where there is none.
    """
    found = np.zeros_like(blank)
    some = blank.any(axis=1)
    if some.any():
        found[some] = _lone(_lines(cells), there[some], blank[some], printed[some])
    return found


def _lone(lines: tuple[np.ndarray, ...], there: Marks, blank: Marks, printed: np.ndarray) -> Marks:
    rest = there
    for is_habit in (_wholly, _mostly):
        aside = [is_habit((rest & blank) @ line, rest @ line) @ line.T for line in lines]
        rest = rest & ~np.any(aside, axis=0)
    lone = rest & blank
    blanks, numbers = lone.sum(axis=1), (rest & ~np.isnan(printed)).sum(axis=1)
    zeros = np.where((rest == there).all(axis=1), numbers, (rest & (printed == 0)).sum(axis=1))
    few = (blanks <= MOST_LONE) & (numbers == rest.sum(axis=1) - blanks) & (zeros > MOST_LONE * blanks)
    return lone & few[:, np.newaxis]


def _lines(cells: Sequence[Cell]) -> tuple[np.ndarray, ...]:
    """Rows and columns: which cell (first axis) stands in which line (second axis)."""
    return tuple(
        np.array([[cell == line for line in dict.fromkeys(of)] for cell in of], dtype=np.int64)
        for of in ([cell.row.key for cell in cells], [cell.column.key for cell in cells])
    )


def _wholly(blanks: np.ndarray, cells: np.ndarray) -> np.ndarray:
    return (blanks == cells) & (cells > 1)


def _mostly(blanks: np.ndarray, cells: np.ndarray) -> np.ndarray:
    return (blanks > MOST_LONE) & (2 * blanks > cells)
