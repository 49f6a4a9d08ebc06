"""The record database: opened, brought up to this version, and used in transactions.

``Records.writing()`` gives a connection on which everything happens or nothing; ``Records.reading()`` one that sees a single
state. What may be done with them stands in the modules beside this one (``accepting``, ``corrections``, ``organs`` …): functions
that take the connection first, so that several steps can be one transaction.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import alembic.command
import alembic.config
import alembic.script
import sqlalchemy as sa
from alembic.migration import MigrationContext
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError

import ogi
from ogi.store.audit import NOTED, tell_noted
from ogi.store.location import Location, StoreError

_MIGRATIONS = Path(__file__).with_name("migrations")
_WAIT_SECONDS = 30
"""How long a writer waits for another one."""
_MIGRATION_LOCK = 0x6F6769  # "ogi"


class Records:
    """The records of one place. Safe to use from several threads; several processes may have it open."""

    def __init__(self, location: Location, engine: sa.Engine) -> None:
        self.location = location
        self.engine = engine
        self._one_writer = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        """Whether the records are an SQLite file."""
        return self.location.is_sqlite

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that changes things: kept as a whole at the end, forgotten as a whole where anything is raised.

        On SQLite there is one writer at a time; the others wait up to half a minute.

        Raises:
            StoreError: ``locked``, ``full``, ``not_writable`` or ``unreachable``; nothing was changed.
        """
        if self.is_sqlite:
            with self._one_writer, told(), self.engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                with _ended(connection):
                    yield connection
        else:
            with told(), self.engine.connect() as connection, _ended(connection):
                yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the records until it is given back.

        Raises:
            StoreError: as :meth:`writing`.
        """
        with told(), self.engine.connect() as connection:
            if self.is_sqlite:
                connection.exec_driver_sql("BEGIN")
            else:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            try:
                yield connection
            finally:
                connection.rollback()

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


@contextmanager
def _ended(connection: sa.Connection) -> Iterator[None]:
    noted = connection.info[NOTED] = []
    try:
        yield
        connection.info.pop(NOTED, None)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    tell_noted(noted)


def open_records(location: Location | None = None) -> Records:
    """Open the records, made or brought up to this version where needed.

    Raises:
        StoreError: the place cannot be used, or a newer version has written to it (``newer``).
    """
    place = location or Location.of()
    place.prepare()
    records = Records(place, _engine(place))
    try:
        with told():
            upgrade(records)
    except BaseException:
        records.close()
        raise
    return records


def upgrade(records: Records) -> None:
    """Bring the tables up to this version, in one transaction; two processes at once wait for each other."""
    config = _migrations()
    head = newest_format()
    with records.writing() as connection:
        if not records.is_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        found = MigrationContext.configure(connection).get_current_revision()
        if found == head:
            return
        if found is not None and found not in known_formats():
            raise StoreError("newer", found=found, known=head, program=ogi.__version__)
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, "head")


def _migrations() -> alembic.config.Config:
    config = alembic.config.Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def known_formats() -> tuple[str, ...]:
    """The formats of the tables this program knows, the newest first, as ``0007``."""
    scripts = alembic.script.ScriptDirectory.from_config(_migrations())
    return tuple(script.revision for script in scripts.walk_revisions())


def newest_format() -> str:
    """The format this program works with."""
    return known_formats()[0]


def _engine(place: Location) -> sa.Engine:
    if not place.is_sqlite:
        waiting = f"-c lock_timeout={_WAIT_SECONDS * 1000}"
        engine = sa.create_engine(place.url, pool_pre_ping=True, connect_args={"connect_timeout": 10, "options": waiting})
    else:
        engine = sa.create_engine(place.url, connect_args={"timeout": _WAIT_SECONDS})
        event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "before_cursor_execute", _without_nul, retval=True)
    return engine


def _without_nul(_c: Any, _cursor: Any, statement: str, given: Any, _context: Any, executemany: bool) -> tuple[str, Any]:
    """Put � for NUL in what is asked for: PostgreSQL takes none, and to LIKE of SQLite a word ends there, so all is found."""
    if executemany or "\x00" not in "".join(value for value in _values(given) if isinstance(value, str)):
        return statement, given
    shown = [value.replace("\x00", "\ufffd") if isinstance(value, str) else value for value in _values(given)]
    return statement, dict(zip(given, shown, strict=True)) if isinstance(given, dict) else tuple(shown)


def _values(given: Any) -> Collection[Any]:
    return given.values() if isinstance(given, dict) else given


def _set_up_sqlite(connection: sqlite3.Connection, _: Any) -> None:
    """Transactions are begun by us; every commit reaches the disk before it is acknowledged."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_WAIT_SECONDS * 1000}"):
        connection.execute(f"PRAGMA {pragma}").close()


@contextmanager
def told() -> Iterator[None]:
    """Say in our words what went wrong with the database; programming errors stay as they are."""
    try:
        yield
    except DBAPIError as error:
        code = _code(str(error.orig))
        is_away = error.connection_invalidated or (isinstance(error, OperationalError) and not _is_sqlite(error))
        if code is None and not is_away:
            raise
        raise StoreError(code or "unreachable", reason=str(error.orig).strip().split("\n")[0]) from error


def _is_sqlite(error: DBAPIError) -> bool:
    return isinstance(error.orig, sqlite3.Error)


def _code(text: str) -> str | None:
    for words, code in (
        (("database is locked", "database table is locked", "lock timeout", "deadlock detected"), "locked"),
        (("disk is full", "disk I/O error", "No space left"), "full"),
        (("readonly database", "unable to open", "read-only transaction"), "not_usable"),
        (("malformed", "not a database"), "damaged"),
    ):
        if any(word in text for word in words):
            return code
    return None
