"""The course of bulk reading: which files were taken in, and what came of each.

An ingest writes what came of a file in the transaction that stores its reports, so the two never tell different stories. All
functions take the connection first.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from ogi.store import schema
from ogi.store.act import Act, now
from ogi.store.statements import in_parts

FileOutcome = Literal["new", "version", "same", "unplaced", "failed", "skipped"]
"""A new report; a new version of one; stored already; read, but organ or year is not known; not read; left out on purpose."""
State = Literal["running", "finished", "stopped"]
FAILURES: tuple[FileOutcome, ...] = ("failed", "unplaced")


class FileRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one file, or of one of the reports in it."""

    name: str
    part: int = 1
    sha256: str | None = None
    outcome: FileOutcome
    error: str | None = None
    """The code of the message that says why, with its ``params``; ``None`` where there is nothing to say."""
    params: dict[str, Any] = {}
    report_id: int | None = None
    reader: str | None = None
    """The version of the readers that read the report; ``None`` where none did."""
    number: int = 0
    """Its number in the ingest, given when it is written."""


class Ingest(msgspec.Struct, frozen=True, kw_only=True):
    """One run over a folder, archive or list."""

    ingest_id: int
    source: str
    total: int
    """Files known to be there so far; archives are counted file by file as they are opened."""
    state: State
    seen_at: dt.datetime
    """The last sign of life."""
    ended_at: dt.datetime | None
    at: dt.datetime
    by: str
    counts: dict[FileOutcome, int] = {}
    """Records by outcome; outcomes that did not occur are left out."""

    @property
    def done(self) -> int:
        """Records written so far."""
        return sum(self.counts.values())

    @property
    def failures(self) -> int:
        """Records of files that a person has to look at."""
        return sum(self.counts.get(outcome, 0) for outcome in FAILURES)


def begin(connection: sa.Connection, source: str, act: Act) -> int:
    """Note that an ingest of ``source`` has begun and return its number."""
    made = connection.execute(sa.insert(schema.ingests).values(source=source, at=act.at, by=act.by, seen_at=act.at))
    key = made.inserted_primary_key
    assert key is not None
    return int(key[0])


def unfinished(connection: sa.Connection) -> list[Ingest]:
    """Return the ingests that are said to be running, oldest first; a killed one is among them until somebody goes on with it."""
    return _found(connection, schema.ingests.c.state == "running", limit=None)[::-1]


def recent(connection: sa.Connection, limit: int = 20) -> list[Ingest]:
    """Return the latest ingests with their counts, newest first."""
    return _found(connection, sa.true(), limit)


def one(connection: sa.Connection, ingest_id: int) -> Ingest:
    """Return an ingest with its counts."""
    (found,) = _found(connection, schema.ingests.c.ingest_id == ingest_id, limit=None)
    return found


def state_of(connection: sa.Connection, ingest_id: int) -> State:
    """Return the state of an ingest: somebody may have stopped it."""
    return connection.execute(sa.select(schema.ingests.c.state).where(schema.ingests.c.ingest_id == ingest_id)).scalar_one()


def end(connection: sa.Connection, ingest_id: int, state: State) -> None:
    """Note that an ingest has ended; one that ended before stays as it is."""
    table, moment = schema.ingests, now()
    connection.execute(
        sa.update(table)
        .where(table.c.ingest_id == ingest_id, table.c.state == "running")
        .values(state=state, ended_at=moment, seen_at=moment)
    )


def record(connection: sa.Connection, ingest_id: int, files: Sequence[FileRecord], first_number: int, total: int) -> None:
    """Write what came of files, numbered from ``first_number``, and a sign of life; ``files`` may be empty."""
    if files:
        rows = [
            {**msgspec.structs.asdict(file), "ingest_id": ingest_id, "number": number}
            for number, file in enumerate(files, start=first_number)
        ]
        connection.execute(sa.insert(schema.ingested_files), rows)
    table = schema.ingests
    connection.execute(sa.update(table).where(table.c.ingest_id == ingest_id).values(total=total, seen_at=now()))


def recorded(connection: sa.Connection, ingest_id: int) -> tuple[int, Counter[tuple[str, str | None]]]:
    """Return the highest number of an ingest, 0 for none, and how many records it has of each file (name and SHA-256)."""
    table = schema.ingested_files
    rows = connection.execute(sa.select(table.c.number, table.c.name, table.c.sha256).where(table.c.ingest_id == ingest_id)).all()
    return max((row.number for row in rows), default=0), Counter((row.name, row.sha256) for row in rows)


def files_of(
    connection: sa.Connection,
    ingest_id: int,
    outcomes: Collection[FileOutcome] | None = None,
    *,
    with_reason: bool = False,
    limit: int | None = None,
    after: int = 0,
) -> list[FileRecord]:
    """Return the records of an ingest in the order they were written.

    Args:
        connection: the transaction.
        ingest_id: which ingest.
        outcomes: those of these outcomes only.
        with_reason: those only of which there is something to say.
        limit: so many at most.
        after: those written after the record of this number.
    """
    table = schema.ingested_files
    query = sa.select(table).where(table.c.ingest_id == ingest_id, table.c.number > after)
    query = query.order_by(table.c.number).limit(limit)
    if outcomes is not None:
        query = query.where(table.c.outcome.in_(outcomes))
    if with_reason:
        query = query.where(table.c.error.is_not(None))
    names = FileRecord.__struct_fields__
    rows = connection.execute(query).mappings()
    return [FileRecord(**{name: row[name] for name in names if name != "params"}, params=row["params"] or {}) for row in rows]


def count_of(connection: sa.Connection, ingest_id: int, outcome: FileOutcome) -> int:
    """Return how many records of an ingest have this outcome and something to say of it."""
    table = schema.ingested_files
    which = (table.c.ingest_id == ingest_id, table.c.outcome == outcome, table.c.error.is_not(None))
    return connection.scalar(sa.select(sa.func.count()).where(*which)) or 0


def known(connection: sa.Connection, sha256: Iterable[str], reader: str) -> set[str]:
    """Return those documents that this version of the readers has read already, and of which a report is stored.

    A newer version that reads the same stores no version of the report; the course of the bulk reading then tells.
    """
    versions, files, found = schema.versions, schema.ingested_files, set[str]()
    for some in in_parts(sha256):
        kept = sa.select(versions.c.sha256).where(versions.c.sha256.in_(some), versions.c.reader == reader)
        read = sa.select(files.c.sha256).where(files.c.sha256.in_(some), files.c.reader == reader, files.c.report_id.is_not(None))
        found.update(connection.scalars(sa.union(kept, read)))
    return found


def _found(connection: sa.Connection, which: sa.ColumnElement[bool], limit: int | None) -> list[Ingest]:
    table, files = schema.ingests, schema.ingested_files
    rows = connection.execute(sa.select(table).where(which).order_by(table.c.ingest_id.desc()).limit(limit)).mappings().all()
    counts: dict[int, dict[FileOutcome, int]] = {row["ingest_id"]: {} for row in rows}
    counted = sa.select(files.c.ingest_id, files.c.outcome, sa.func.count()).group_by(files.c.ingest_id, files.c.outcome)
    for ingest_id, outcome, count in connection.execute(counted.where(files.c.ingest_id.in_(counts))):
        counts[ingest_id][outcome] = count
    return [Ingest(**row, counts=counts[row["ingest_id"]]) for row in rows]
