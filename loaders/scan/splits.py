"""Fields that are one only because a piece of rule between them is lost: the print in them tells.

Numbers stand in the middle of their own cells. A field over two rows or columns in which each row (column) has print of its own
in its middle, a number among them, and no print on the line between, is as many cells. Without a number the print must stand
in the middle more exactly, and be words; the lines of one label stand closer to each other. Such cells stay uncertain.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import numpy as np

from loaders.scan.ink import Ink
from loaders.scan.tables import Box, Field, Table

_OFF_MIDDLE = 0.2
"""Share of the height of a cell by which its print may stand off the middle, if there is a number."""
_HARDLY_OFF = 0.12
"""The same for words alone; of the width too where they stand beside each other."""
_WORDS = 2.5
"""Heights of a letter from which print is words, not a letter of words that run downwards."""
_STROKE = 7.0
"""Pixels of the thickness of a piece of a rule too short for one, at most."""
_MOST = 12
"""Cells one field is cut into, at most."""
_INSIDE = 3.0
"""Pixels beside a line in which no print counts as standing on it."""


class Split(msgspec.Struct, frozen=True):
    """A field and the cells it may be."""

    field: Field
    parts: tuple[Field, ...]
    needs_figure: bool
    """Whether it is one only if a number is read in one of the parts."""


def possible_splits(tables: Sequence[Table], ink: Ink, size: float) -> list[Split]:
    """Fields whose print stands as if they were several cells; ``size`` is the usual height of a letter."""
    letters = np.array(ink.boxes(ink.is_letter), float).reshape(-1, 4)
    return [split for table in tables for field in table.fields if (split := _split(field, table, letters, size))]


def divided(table: Table, splits: Sequence[Split]) -> Table:
    """The table with its fields cut."""
    cut = {split.field: split.parts for split in splits}
    fields = [part for field in table.fields for part in cut.get(field, (field,))]
    return msgspec.structs.replace(table, fields=tuple(sorted(fields, key=lambda field: (field.row, field.column))))


def _split(field: Field, table: Table, letters: np.ndarray, size: float) -> Split | None:
    """Cut both ways, at the rows, at the columns, or once: the first cut that fits the print."""
    if field.rowspan * field.colspan == 1:
        return None
    rows = list(range(field.row, field.row + field.rowspan + 1))
    columns = list(range(field.column, field.column + field.colspan + 1))
    ends = [rows[0], rows[-1]], [columns[0], columns[-1]]
    own = _printed(field, table, letters)
    cuts = [(rows, columns), (rows, ends[1]), (ends[0], columns)]
    cuts += [([rows[0], row, rows[-1]], ends[1]) for row in rows[1:-1]]
    cuts += [(ends[0], [columns[0], column, columns[-1]]) for column in columns[1:-1]]
    for ys, xs in cuts:
        parts = _parts(table, ys, xs)
        if 1 < len(parts) <= _MOST and _fits(own, parts):
            return Split(field, parts, needs_figure=not _words_fit(own, parts, size))
    return None


def _printed(field: Field, table: Table, letters: np.ndarray) -> np.ndarray:
    """The print of a field, without pieces of rules too short to be known as such."""
    x0, top, x1, bottom = field.box
    own = letters[(letters[:, 0] >= x0) & (letters[:, 2] <= x1) & (letters[:, 1] >= top) & (letters[:, 3] <= bottom)]
    keep = np.ones(len(own), bool)
    for lines, near, far in ((table.rows, 1, 3), (table.columns, 0, 2)):
        thin = own[:, far] - own[:, near] <= _STROKE
        middle = (own[:, far] + own[:, near])[:, None] / 2
        keep &= ~(thin & (np.abs(middle - np.array(lines)[None]).min(axis=1) <= _STROKE))
    return own[keep]


def _parts(table: Table, rows: Sequence[int], columns: Sequence[int]) -> tuple[Field, ...]:
    return tuple(_part(table, r, c) for r in pairwise(rows) for c in pairwise(columns))


def _part(table: Table, rows: tuple[int, int], columns: tuple[int, int]) -> Field:
    box = (table.columns[columns[0]], table.rows[rows[0]], table.columns[columns[1]], table.rows[rows[1]])
    return Field(rows[0], columns[0], rows[1] - rows[0], columns[1] - columns[0], box, certain=False)


def _inside(letters: np.ndarray, box: Box) -> np.ndarray:
    sides = [letters[:, i] > box[i] + _INSIDE for i in (0, 1)] + [letters[:, i] < box[i] - _INSIDE for i in (2, 3)]
    return np.all(sides, axis=0)


def _fits(letters: np.ndarray, parts: Sequence[Field]) -> bool:
    """Whether each part has print in the middle of its height, and none stands on the lines between."""
    inside = [_inside(letters, part.box) for part in parts]
    if not np.any(inside, axis=0).all() or not all(own.any() for own in inside):
        return False
    return all(_off_middle(letters[own], part.box, 1) <= _OFF_MIDDLE for own, part in zip(inside, parts, strict=True))


def _words_fit(letters: np.ndarray, parts: Sequence[Field], size: float) -> bool:
    """Whether each part has words right in its middle, at least those beside each other also from left to right."""
    axes = (0, 1) if len({part.column for part in parts}) > 1 else (1,)
    for part in parts:
        own = letters[_inside(letters, part.box)]
        is_words = own[:, 2].max() - own[:, 0].min() >= _WORDS * size
        if not is_words or any(_off_middle(own, part.box, axis) > _HARDLY_OFF for axis in axes):
            return False
    return True


def _off_middle(letters: np.ndarray, box: Box, axis: int) -> float:
    """How far print stands off the middle of a box, as a share of its width (axis 0) or height."""
    middle = (letters[:, axis].min() + letters[:, axis + 2].max()) / 2
    return abs(float(middle) - (box[axis] + box[axis + 2]) / 2) / (box[axis + 2] - box[axis])
