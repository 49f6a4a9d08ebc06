"""Statements both databases know under different names, and lists cut to what one statement takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

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
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns, rows)
        return
    compiled = sa.insert(table).compile(dialect=connection.dialect, column_keys=list(columns))
    assert compiled.positiontup == list(columns)
    connection.exec_driver_sql(str(compiled), list(rows))


def _copy(connection: sa.Connection, table: sa.Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """PostgreSQL's own way for many rows; errors are raised as SQLAlchemy raises them."""
    if not connection.in_transaction():
        connection.begin()
    dialect, driver = connection.dialect, connection.dialect.loaded_dbapi
    quote = dialect.identifier_preparer.quote
    statement = f"COPY {quote(table.name)} ({', '.join(map(quote, columns))}) FROM STDIN"
    cursor: Any = connection.connection.cursor()
    try:
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except driver.Error as error:
        is_away = dialect.is_disconnect(error, connection.connection, cursor)
        raise DBAPIError.instance(  # type: ignore[misc]
            statement, None, error, driver.Error, connection_invalidated=is_away, dialect=dialect
        ) from error
    finally:
        cursor.close()


def in_parts(values: Iterable[T], size: int = _MOST_AT_ONCE) -> Iterator[list[T]]:
    """Yield distinct values in lists short enough for one statement."""
    found = list(dict.fromkeys(values))
    for start in range(0, len(found), size):
        yield found[start : start + size]
