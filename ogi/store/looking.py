"""A look at the records from outside, which makes, changes and upgrades nothing: for who checks an installation."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Literal

import msgspec
import sqlalchemy as sa

from ogi.store import schema
from ogi.store.accounts import can_anybody_sign_in
from ogi.store.location import Location, StoreError
from ogi.store.records import known_formats, newest_format, told
from ogi.store.snapshot.manifest import read_manifest

State = Literal["none", "current", "older", "newer"]
_SECONDS = 5


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of the records."""

    state: State
    """``none``: nothing there yet, they are made at the first start; ``older``: brought up to this version at the next one."""
    format: str = ""
    known: str = ""
    """The format of this program."""
    last_change: dt.datetime | None = None
    """The time of the newest line of the audit; ``None`` where there is none."""
    has_accounts: bool = False
    """Whether somebody could sign in."""


def look_at_records(location: Location) -> Seen:
    """Look which format the records have, when they were changed last and whether somebody can sign in.

    Raises:
        StoreError: ``unreachable``, ``damaged``, ``not_usable``, ``locked``.
    """
    if location.is_sqlite and not Path(location.url.database or "").is_file():
        return Seen(state="none", known=newest_format())
    engine = _read_only(location)
    try:
        with told(), engine.connect() as connection:
            return _seen(connection)
    except ModuleNotFoundError as error:
        raise StoreError("unreachable", reason=f"{error.name}: pip install .[postgresql]") from error
    finally:
        engine.dispose()


def _read_only(location: Location) -> sa.Engine:
    if not location.is_sqlite:
        try:
            return sa.create_engine(location.url, connect_args={"connect_timeout": _SECONDS})
        except ModuleNotFoundError as error:
            raise StoreError("unreachable", reason=f"{error.name}: pip install .[postgresql]") from error
    file = Path(location.url.database or "").resolve()
    # Beside a file nobody has open SQLite would make a log that belongs to who looks, and the server could not open it then.
    alone = "" if file.with_name(f"{file.name}-wal").exists() else "&immutable=1"
    address = f"{file.as_uri()}?mode=ro{alone}"
    return sa.create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True, timeout=_SECONDS))


def _seen(connection: sa.Connection) -> Seen:
    known = newest_format()
    if not sa.inspect(connection).has_table("alembic_version"):
        return Seen(state="none", known=known)
    found = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or ""
    if found != known:
        return Seen(state="older" if found in known_formats() else "newer", format=found, known=known)
    last = connection.scalar(sa.select(sa.func.max(schema.audit.c.at)))
    return Seen(state="current", format=found, known=known, last_change=last, has_accounts=can_anybody_sign_in(connection))


def allows_wal(folder: Path) -> bool:
    """Whether SQLite can keep its log beside a file in this folder, tried on a file of its own that goes again.

    Raises:
        OSError: the folder cannot be written to.
    """
    with tempfile.TemporaryDirectory(prefix=".ogi-look-", dir=folder) as name:
        try:
            with closing(sqlite3.connect(Path(name, "look.sqlite"))) as connection:
                mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
                connection.execute("CREATE TABLE look (id INTEGER)")
        except sqlite3.Error:
            return False
    return mode == "wal"


def snapshot_trouble(folder: Path) -> str | None:
    """Return what is wrong with the snapshot in a folder, a file or a word; ``None`` where it is whole or not made yet.

    Only names and sizes are looked at; what a file holds is checked when it is read.
    """
    try:
        manifest = read_manifest(folder)
    except (ValueError, OSError) as error:
        return f"snapshot.json: {type(error).__name__}"
    if manifest is None:
        return None
    for part in (part for year in manifest.years.values() for part in year.parts):
        for file, size in ((part.file, part.size), (part.packed, part.packed_size)):
            try:
                if (folder / file).stat().st_size != size:
                    return file
            except OSError:
                return file
    return None
