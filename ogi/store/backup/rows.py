"""Rows of a table as bytes, the same whichever database they come from: one MessagePack array per row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from ogi.store import schema
from ogi.store.schema.columns import METADATA

_DATE, _MOMENT = 1, 2
_LENGTH = 4
FORMAT = 1
"""The way a backup is written; a change of it gets a new number, and old ones stay readable."""


class TableEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What the manifest says of a table."""

    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str
    """Of the unpacked file of rows."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself."""

    format: int
    program: str
    """The version of the program that wrote it."""
    revision: str
    """The last migration of the records it was made of."""
    database: str
    at: str
    tables: tuple[TableEntry, ...]


def tables() -> list[sa.Table]:
    """Return every table, those others refer to first.

    Reports and their versions refer to each other; that one is checked at the end of a transaction. Which folders have a snapshot
    is left out: of restored records all are made anew.
    """
    ordered = [table for table in METADATA.sorted_tables if table is not schema.snapshot_folders]
    first = [schema.documents, schema.organs]
    return [*first, *(table for table in ordered if table not in first)]


def key_of(table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """Return the order in which rows are written: that of the primary key."""
    return list(table.primary_key.columns)


def packed(row: tuple[Any, ...]) -> bytes:
    """Return a row as bytes, its length before it."""
    body = msgspec.msgpack.encode([_plain(value) for value in row])
    return len(body).to_bytes(_LENGTH, "big") + body


def unpacked(read: Any) -> Iterator[list[Any]]:
    """Yield the rows of an open file.

    Raises:
        ValueError: it ends in the middle of a row, or holds something else.
    """
    while head := read.read(_LENGTH):
        length = int.from_bytes(head, "big")
        body = read.read(length)
        if len(head) != _LENGTH or len(body) != length:
            raise ValueError("a row is cut off")
        try:
            yield msgspec.msgpack.decode(body, ext_hook=_back)
        except msgspec.MsgspecError as error:
            raise ValueError("not a row") from error


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return msgspec.msgpack.Ext(_MOMENT, value.astimezone(dt.UTC).isoformat().encode("ascii"))
    if isinstance(value, dt.date):
        return msgspec.msgpack.Ext(_DATE, value.isoformat().encode("ascii"))
    if isinstance(value, memoryview):
        return bytes(value)
    return value


def _back(code: int, data: memoryview) -> Any:
    text = bytes(data).decode("ascii")
    match code:
        case 1:
            return dt.date.fromisoformat(text)
        case 2:
            return dt.datetime.fromisoformat(text)
    raise ValueError(f"a value of unknown kind {code}")
