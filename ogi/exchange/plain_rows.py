"""Rows of a table file as plain values, so that a worker process can read a stranger's file and hand them over."""

from __future__ import annotations

from collections.abc import Sequence

from ogi.exchange.table_file import Columns, Row, TableFileError, read_rows

PlainRows = tuple[list[tuple[int, dict[str, str]]], None] | tuple[None, tuple[str, dict[str, str | int]]]
"""Line and fields of each row, or code and parameters of the :class:`TableFileError`."""


def plain_rows(data: bytes, columns: Columns, required: tuple[str, ...]) -> PlainRows:
    """Return what :func:`ogi.exchange.table_file.read_rows` returns or raises, as plain values. Runs in the worker."""
    try:
        return [(row.line, row.fields) for row in read_rows(data, columns, required)], None
    except TableFileError as error:
        return None, (error.code, error.params)


def rows_from(found: PlainRows) -> Sequence[Row]:
    """Return the rows.

    Raises:
        TableFileError: the file is no such table.
    """
    rows, refusal = found
    if refusal is not None:
        code, params = refusal
        raise TableFileError(code, **params)
    return [Row(line, fields) for line, fields in rows or ()]
