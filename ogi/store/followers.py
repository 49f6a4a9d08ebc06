"""The folders that hold a snapshot of these records, each told of every change.

Records in an SQLite file have one, beside the file. Servers that share a PostgreSQL database may each have a folder of their own:
a change is then queued once for each, and each takes its own entries away when it has published them. A folder that is new, or
that nobody has looked after for days, makes its snapshot anew.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import uuid
from collections.abc import Sequence

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.act import now
from ogi.store.location import Location
from ogi.store.records import Records
from ogi.store.statements import insert_missing

ONLY = ""
"""The folder beside an SQLite file; also the entries of changes made before any folder was there."""
_FORGOTTEN_AFTER = dt.timedelta(days=2)
_LOCK = 0x6F676A
_FOLDERS, _QUEUE = schema.snapshot_folders, schema.snapshot_queue


def told(connection: sa.Connection) -> Sequence[str]:
    """Return the folders to tell of a change; nobody joins until this transaction has ended, so that none is missed."""
    if connection.dialect.name == "sqlite":
        return (ONLY,)
    connection.execute(sa.text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": _LOCK})
    return list(connection.scalars(sa.select(_FOLDERS.c.folder))) or (ONLY,)


def name_of(location: Location) -> str:
    """Return the name of the folder of a place, given once and kept in it: a snapshot that was taken away begins anew.

    Raises:
        OSError: the folder cannot be read or written.
    """
    if location.is_sqlite:
        return ONLY
    place = location.snapshot / "folder.id"
    for _ in range(2):
        try:
            return place.read_text(encoding="ascii")
        except FileNotFoundError:
            location.snapshot.mkdir(parents=True, exist_ok=True)
            part = place.with_name(f"folder.{os.getpid()}.{uuid.uuid4().hex[:8]}")
            part.write_text(uuid.uuid4().hex, encoding="ascii")
            try:
                os.link(part, place)  # of two processes one gives the name
            except FileExistsError:
                pass
            finally:
                part.unlink()
    return place.read_text(encoding="ascii")


def has_joined(connection: sa.Connection, folder: str) -> bool:
    """Whether a folder is told of every change."""
    return folder == ONLY or connection.scalar(sa.select(_FOLDERS.c.folder).where(_FOLDERS.c.folder == folder)) is not None


def join(records: Records, folder: str) -> None:
    """Have a folder told of every change from now on; its snapshot must then be made anew.

    Raises:
        StoreError: as :meth:`ogi.store.records.Records.writing`.
    """
    if folder == ONLY:
        return
    with records.writing() as connection:
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        row = {"folder": folder, "place": f"{socket.gethostname()}:{records.location.folder}", "seen_at": now()}
        connection.execute(insert_missing(_FOLDERS, connection), [row])
        connection.execute(sa.delete(_QUEUE).where(_QUEUE.c.folder.not_in(sa.select(_FOLDERS.c.folder))))


def sign_of_life(records: Records) -> None:
    """Note that a folder is looked after, and forget those that are not.

    Raises:
        StoreError, OSError: it could not be noted.
    """
    folder = name_of(records.location)
    if folder == ONLY:
        return
    with records.writing() as connection:
        connection.execute(sa.update(_FOLDERS).where(_FOLDERS.c.folder == folder).values(seen_at=now()))
        gone = list(connection.scalars(sa.select(_FOLDERS.c.folder).where(_FOLDERS.c.seen_at < now() - _FORGOTTEN_AFTER)))
        if gone:
            connection.execute(sa.delete(_FOLDERS).where(_FOLDERS.c.folder.in_(gone)))
            connection.execute(sa.delete(_QUEUE).where(_QUEUE.c.folder.in_(gone)))
