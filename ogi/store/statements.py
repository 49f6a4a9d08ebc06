"""Statements both databases know under different names, and lists cut to what one statement takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
_MOST_AT_ONCE = 500


def insert_missing(table: sa.Table, connection: sa.Connection) -> Any:
    """Return an insert that passes over rows that are there already, also those another process is just writing."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).on_conflict_do_nothing()


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns; none is fine."""
    if rows:
        connection.execute(sa.insert(table), rows)


def insert_plain(connection: sa.Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert many rows of numbers, texts and bytes as they are, past all conversion of types; half the time of the other way."""
    if not rows:
        return
    compiled = sa.insert(table).compile(dialect=connection.dialect, column_keys=list(columns))
    if compiled.positional:
        assert compiled.positiontup == list(columns)
        connection.exec_driver_sql(str(compiled), list(rows))
    else:
        connection.exec_driver_sql(str(compiled), [dict(zip(columns, row, strict=True)) for row in rows])


def in_parts(values: Iterable[T], size: int = _MOST_AT_ONCE) -> Iterator[list[T]]:
    """Yield distinct values in lists short enough for one statement."""
    found = list(dict.fromkeys(values))
    for start in range(0, len(found), size):
        yield found[start : start + size]
