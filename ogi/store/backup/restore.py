"""Restoring a backup into an empty place: looked through as a whole first, then written in one transaction or not at all."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa

from ogi.store.backup.rows import FORMAT, Manifest, TableEntry, tables, unpacked
from ogi.store.location import Location, StoreError
from ogi.store.records import open_records

_AT_ONCE = 500
_PIECE = 2**20


def verify(file: Path) -> Manifest:
    """Look through a backup: every table is there and every row is as it was written.

    Raises:
        StoreError: ``backup_missing``, ``backup_damaged`` with what is wrong, ``backup_newer``.
    """
    if not file.is_file():
        raise StoreError("backup_missing", file=str(file))
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive, file)
            for entry in manifest.tables:
                _check(archive, entry, file)
    except StoreError:
        raise
    except Exception as error:  # zipfile raises whatever a damaged byte happens to cause
        raise _damaged(file, type(error).__name__) from error
    return manifest


def restore(file: Path, location: Location) -> Manifest:
    """Write a backup into an empty place.

    The place gets this version's tables. A backup of an older version has fewer columns: those it lacks get their default.
    Nothing is written where anything is wrong with the file. The snapshot is made anew from the records afterwards.

    Args:
        file: the backup.
        location: a folder and database without records.

    Raises:
        StoreError: as :func:`verify`; ``not_empty``: there are records already; or what opening the place raises.
    """
    manifest = verify(file)
    records = open_records(location)
    try:
        with records.writing() as connection, zipfile.ZipFile(file) as archive:
            _need_empty(connection, location)
            entries = {entry.name: entry for entry in manifest.tables}
            for table in tables():
                if entry := entries.get(table.name):
                    _read_table(connection, archive, table, entry)
            _count_on(connection)
    finally:
        records.close()
    return manifest


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    try:
        manifest = msgspec.json.decode(archive.read("manifest.json"), type=Manifest)
    except (KeyError, msgspec.MsgspecError) as error:
        raise _damaged(file, "manifest.json") from error
    known = {table.name: set(table.columns.keys()) for table in tables()}
    unknown = [entry.name for entry in manifest.tables if not set(entry.columns) <= known.get(entry.name, set())]
    if manifest.format > FORMAT or unknown:
        raise StoreError("backup_newer", file=str(file), program=manifest.program)
    return manifest


def _check(archive: zipfile.ZipFile, entry: TableEntry, file: Path) -> None:
    digest = hashlib.sha256()
    try:
        with archive.open(f"{entry.name}.rows") as source:
            while piece := source.read(_PIECE):
                digest.update(piece)
        with archive.open(f"{entry.name}.rows") as source:
            count = sum(len(row) == len(entry.columns) for row in unpacked(source))
    except (KeyError, ValueError) as error:
        raise _damaged(file, entry.name) from error
    if digest.hexdigest() != entry.sha256 or count != entry.rows:
        raise _damaged(file, entry.name)


def _need_empty(connection: sa.Connection, location: Location) -> None:
    for table in tables():
        if connection.scalar(sa.select(sa.literal(1)).select_from(table).limit(1)) is not None:
            raise StoreError("not_empty", folder=location.url.render_as_string(hide_password=True))


def _read_table(connection: sa.Connection, archive: zipfile.ZipFile, table: sa.Table, entry: TableEntry) -> None:
    with archive.open(f"{entry.name}.rows") as source:
        rows = iter(unpacked(source))
        while some := list(_named(rows, entry.columns)):
            connection.execute(sa.insert(table), some)


def _named(rows: Iterator[list[Any]], columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    return (dict(zip(columns, row, strict=True)) for row in islice(rows, _AT_ONCE))


def _count_on(connection: sa.Connection) -> None:
    """Let PostgreSQL give out numbers behind those that were restored; SQLite looks for itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        for column in table.primary_key.columns:
            text = sa.text("SELECT pg_get_serial_sequence(:table, :column)")
            sequence = connection.scalar(text, {"table": table.name, "column": column.name})
            last = connection.scalar(sa.select(sa.func.max(column))) if sequence else None
            if last is not None:
                connection.execute(sa.select(sa.func.setval(sequence, last)))


def _damaged(file: Path, what: str) -> StoreError:
    return StoreError("backup_damaged", file=str(file), what=what)
