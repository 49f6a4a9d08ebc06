"""Fields that are one only because a piece of rule between them is lost: the print in them tells.

Numbers stand in the middle of their own cells. A field over two rows or columns in which each row (column) has print of its own
in its middle, a number among them, and no print on the line between, is as many cells. They stay uncertain.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import numpy as np

from loaders.scan.ink import Ink
from loaders.scan.tables import Box, Field, Table

_OFF_MIDDLE = 0.2
"""Share of the height of a cell by which its print may stand off the middle."""
_MOST = 12
"""Cells one field is cut into, at most."""
_INSIDE = 3.0
"""Pixels beside a line in which no print counts as standing on it."""


class Split(msgspec.Struct, frozen=True):
    """A field and the cells it may be."""

    field: Field
    parts: tuple[Field, ...]


def possible_splits(tables: Sequence[Table], ink: Ink) -> list[Split]:
    """Fields whose print stands as if they were several cells; whether a number is among them must be read."""
    letters = np.array(ink.boxes(ink.is_letter), float).reshape(-1, 4)
    return [split for table in tables for field in table.fields if (split := _split(field, table, letters))]


def divided(table: Table, splits: Sequence[Split]) -> Table:
    """The table with its fields cut."""
    cut = {split.field: split.parts for split in splits}
    fields = [part for field in table.fields for part in cut.get(field, (field,))]
    return msgspec.structs.replace(table, fields=tuple(sorted(fields, key=lambda field: (field.row, field.column))))


def _split(field: Field, table: Table, letters: np.ndarray) -> Split | None:
    """Cut both ways, at the rows only, or at the columns only: the first cut that fits the print."""
    if field.rowspan * field.colspan == 1:
        return None
    rows = list(range(field.row, field.row + field.rowspan + 1))
    columns = list(range(field.column, field.column + field.colspan + 1))
    x0, top, x1, bottom = field.box
    own = letters[(letters[:, 0] >= x0) & (letters[:, 2] <= x1) & (letters[:, 1] >= top) & (letters[:, 3] <= bottom)]
    for ys, xs in ((rows, columns), (rows, [columns[0], columns[-1]]), ([rows[0], rows[-1]], columns)):
        parts = [_part(table, r, c) for r in pairwise(ys) for c in pairwise(xs)]
        if 1 < len(parts) <= _MOST and all(_stands_in(own, part.box) for part in parts) and _all_inside(own, parts):
            return Split(field, tuple(parts))
    return None


def _part(table: Table, rows: tuple[int, int], columns: tuple[int, int]) -> Field:
    box = (table.columns[columns[0]], table.rows[rows[0]], table.columns[columns[1]], table.rows[rows[1]])
    return Field(rows[0], columns[0], rows[1] - rows[0], columns[1] - columns[0], box, certain=False)


def _inside(letters: np.ndarray, box: Box) -> np.ndarray:
    x0, top, x1, bottom = box
    return (
        (letters[:, 0] > x0 + _INSIDE)
        & (letters[:, 2] < x1 - _INSIDE)
        & (letters[:, 1] > top + _INSIDE)
        & (letters[:, 3] < bottom - _INSIDE)
    )


def _stands_in(letters: np.ndarray, box: Box) -> bool:
    """Whether there is print in the middle of the height of a box."""
    own = letters[_inside(letters, box)]
    if not len(own):
        return False
    _, top, _, bottom = box
    middle = (own[:, 1].min() + own[:, 3].max()) / 2
    return bool(abs(middle - (top + bottom) / 2) <= _OFF_MIDDLE * (bottom - top))


def _all_inside(letters: np.ndarray, parts: Sequence[Field]) -> bool:
    return bool(np.any([_inside(letters, part.box) for part in parts], axis=0).all())
