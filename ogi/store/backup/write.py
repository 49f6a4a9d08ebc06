"""Writing a backup: one state of the records, while others go on working."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import msgspec
import sqlalchemy as sa
from alembic.migration import MigrationContext

import ogi
from ogi.store.act import now
from ogi.store.backup.rows import FORMAT, Manifest, TableEntry, key_of, packed, tables
from ogi.store.location import StoreError
from ogi.store.records import Records

_AT_ONCE = 500
_STORED = frozenset({"document_bytes", "versions", "report_facts"})
"""Tables whose content is compressed already."""


def backup(records: Records, file: Path) -> Manifest:
    """Write everything into one file; an existing file is replaced only when the new one is complete and on disk.

    All rows are of one moment: on both databases a transaction that only reads sees one state, and writers need not wait for it.
    (SQLite's own backup copies pages, which PostgreSQL could not take back.)

    Raises:
        StoreError: ``backup_not_written``; or as :meth:`ogi.store.records.Records.reading`.
    """
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with records.reading() as connection, zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            entries = [_write_table(connection, archive, table) for table in tables()]
            manifest = Manifest(
                format=FORMAT,
                program=ogi.__version__,
                revision=MigrationContext.configure(connection).get_current_revision() or "",
                database=connection.dialect.name,
                at=now().isoformat(timespec="seconds"),
                tables=tuple(entries),
            )
            archive.writestr("manifest.json", msgspec.json.format(msgspec.json.encode(manifest)))
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(file)
    except OSError as error:
        raise StoreError("backup_not_written", file=str(file), reason=error.strerror or type(error).__name__) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def _write_table(connection: sa.Connection, archive: zipfile.ZipFile, table: sa.Table) -> TableEntry:
    digest, count = hashlib.sha256(), 0
    info = zipfile.ZipInfo(f"{table.name}.rows")
    info.compress_type = zipfile.ZIP_STORED if table.name in _STORED else zipfile.ZIP_DEFLATED
    found = connection.execution_options(yield_per=_AT_ONCE).execute(sa.select(table).order_by(*key_of(table)))
    with archive.open(info, "w", force_zip64=True) as target:
        for row in found:
            part = packed(tuple(row))
            digest.update(part)
            target.write(part)
            count += 1
    return TableEntry(name=str(table.name), columns=tuple(map(str, table.columns.keys())), rows=count, sha256=digest.hexdigest())
