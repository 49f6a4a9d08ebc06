"""Of what a cell is a part, as the tables themselves say: shares, and their change in percentage points."""

from __future__ import annotations

from functools import lru_cache

from ogi.form import Cell, Table, load_form


@lru_cache(maxsize=1024)
def whole_of(key: str) -> str | None:
    """Return the key of the total a cell is a part of; ``None`` for what is no part of anything.

    An outcome of the table of applications is a part of the outcomes of its kind of applicant, a kind of applicant among what
    came in or was carried over is a part of all applicants, an outcome of a dispute is a part of its procedure.
    """
    cell = load_form().cell(key)
    if cell is None or cell.table.sums is None or cell.kind != "count":
        return None
    table, sums = cell.table, cell.table.sums
    balance = {row for side in sums.balance for row in side}
    if sums.row is not None and cell.row.key not in balance:
        return _in(table, sums.row, cell)
    return table.cell_key(cell.row.key, sums.column) if cell.column.key != sums.column else None


def _in(table: Table, row: str, cell: Cell) -> str | None:
    return table.cell_key(row, cell.column.key) if cell.row.key != row else None
