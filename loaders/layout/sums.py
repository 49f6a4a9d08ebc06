"""What the form itself adds up, asked of a table as it would be read: proof that a reading fits, never a reason to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from ogi.form import Table

Values = Sequence[Decimal | None]
"""The numbers of a row in the order of the columns; ``None`` for a cell that shows none."""


def row_adds_up(table: Table, values: Values) -> bool | None:
    """Whether the parts of a row make its total; ``None`` where that cannot be told. A cell without a number adds nothing."""
    if table.sums is None:
        return None
    place = next(i for i, column in enumerate(table.columns) if column.key == table.sums.column)
    total = values[place]
    parts = [value for i, value in enumerate(values) if i != place and value is not None]
    return None if total is None or not parts else sum(parts) == total


def columns_add_up(table: Table, rows: Mapping[str, Values]) -> bool | None:
    """Whether the rows of a whole table make their total and balance; ``None`` where a row is missing."""
    sums = table.sums
    if sums is None or sums.row is None or not all(row.key in rows for row in table.rows):
        return None
    left, right = sums.balance
    outside = {*left, *right, sums.row}
    parts = [row.key for row in table.rows if row.key not in outside]
    return _as_much(rows, parts, (sums.row,)) and _as_much(rows, left, right)


def _as_much(rows: Mapping[str, Values], left: Sequence[str], right: Sequence[str]) -> bool:
    width = len(next(iter(rows.values())))
    return all(sum(rows[key][i] or 0 for key in left) == sum(rows[key][i] or 0 for key in right) for i in range(width))
