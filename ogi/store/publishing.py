"""Bringing the snapshot up to date with the records.

Every change of a report leaves a row in ``snapshot_queue`` for each folder with a snapshot, written in its own transaction.
Publishing takes what is there, writes the files, and only then takes the rows away: who is killed in between publishes the same
again, which changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import msgspec
import sqlalchemy as sa

from ogi.facts import POPULATION
from ogi.store import schema
from ogi.store.derive import derive, outdated
from ogi.store.followers import has_joined, join, name_of
from ogi.store.location import StoreError
from ogi.store.populations import residents
from ogi.store.records import Records
from ogi.store.snapshot.lock import PublisherBusyError, publisher_lock
from ogi.store.snapshot.publish import Publisher
from ogi.store.snapshot.row import FactsRow, RowError, decode
from ogi.store.statements import in_parts

_AT_ONCE = 20_000
_WAIT_SECONDS = 10.0
"""So long a change waits for somebody else who publishes; then charts follow a little later."""
_DERIVED_AT_ONCE = 100


def publish_pending(records: Records, publisher: Publisher) -> int | None:
    """Publish every change that is waiting; return the generation that has them, ``None`` where there was nothing to do.

    Raises:
        StoreError: ``not_published``: the files cannot be written; ``publisher_busy``. The changes are kept and published later.
        SnapshotDamagedError: the files at hand are damaged; see :func:`rebuild`.
    """
    folder = _folder(records)
    with records.reading() as connection:
        is_told = has_joined(connection, folder)
    if not is_told:
        return rebuild(records, publisher)
    if not is_waiting(records):
        return None
    generation = None
    with _alone(records):
        while True:
            with records.reading() as connection:
                numbers, rows, removed = _waiting(connection, folder)
            if not numbers:
                return generation
            generation = publisher.publish(rows, removed)
            _forget(records, numbers)


def rebuild(records: Records, publisher: Publisher) -> int:
    """Make the snapshot anew from the records; return its generation.

    Raises:
        StoreError: as :func:`publish_pending`.
    """
    queue, folder = schema.snapshot_queue, _folder(records)
    with _alone(records):
        join(records, folder)
        with records.reading() as connection:
            numbers = list(connection.scalars(sa.select(queue.c.queue_id).where(queue.c.folder == folder)))
            generation = publisher.rebuild(_all_rows(connection))
        _forget(records, numbers)
    return generation


def rederive(records: Records, at_most: int | None = None) -> int:
    """Work out anew what follows from reports of which that was done by another version of the rules; return how many."""
    done = 0
    while at_most is None or done < at_most:
        with records.writing() as connection:
            numbers = outdated(connection, _DERIVED_AT_ONCE if at_most is None else min(_DERIVED_AT_ONCE, at_most - done))
            for report_id in numbers:
                derive(connection, report_id, spreads=False)
        if not numbers:
            break
        done += len(numbers)
    return done


@contextmanager
def _alone(records: Records) -> Iterator[None]:
    """Keep other processes from publishing, so that nobody writes an older state over a newer one; say failures in our words."""
    try:
        with publisher_lock(records.location.folder, _WAIT_SECONDS):
            yield
    except PublisherBusyError as error:
        raise StoreError("publisher_busy") from error
    except OSError as error:
        raise StoreError("not_published", reason=error.strerror or type(error).__name__) from error


def is_waiting(records: Records) -> bool:
    """Whether the snapshot of this place lacks a change, also one that another server has made.

    Raises:
        StoreError: as :func:`publish_pending`, and as :meth:`ogi.store.records.Records.reading`.
    """
    queue = schema.snapshot_queue
    query = sa.select(queue.c.queue_id).where(queue.c.folder == _folder(records)).limit(1)
    with records.reading() as connection:
        return connection.scalar(query) is not None


def _folder(records: Records) -> str:
    try:
        return name_of(records.location)
    except OSError as error:
        raise StoreError("not_published", reason=error.strerror or type(error).__name__) from error


def _waiting(connection: sa.Connection, folder: str) -> tuple[list[int], list[FactsRow], list[tuple[int, str]]]:
    """Numbers of queue rows, the reports they speak of as they are now, and the keys that are gone."""
    queue, facts = schema.snapshot_queue, schema.report_facts
    found = connection.execute(sa.select(queue).where(queue.c.folder == folder).order_by(queue.c.queue_id).limit(_AT_ONCE)).all()
    rows: list[FactsRow] = []
    for some in in_parts(row.report_id for row in found):
        rows += [_decoded(data) for data in connection.scalars(sa.select(facts.c.row).where(facts.c.report_id.in_(some)))]
    if any(row.scope == "region_total" for row in rows):
        known = residents(connection)
        rows = [_with_residents(row, known) for row in rows]
    return [row.queue_id for row in found], rows, [(row.report_year, row.key) for row in found if row.removed]


def _all_rows(connection: sa.Connection) -> Iterator[FactsRow]:
    facts, known = schema.report_facts, residents(connection)
    query = sa.select(facts.c.row).order_by(facts.c.report_year, facts.c.report_id)
    for data in connection.execution_options(yield_per=2000).scalars(query):
        yield _with_residents(_decoded(data), known)


def _with_residents(row: FactsRow, known: Mapping[tuple[str, int], float]) -> FactsRow:
    """The row of a region's report with how many live there in its year; no other year's number stands in."""
    people = known.get((row.region_code or "", row.report_year)) if row.scope == "region_total" else None
    return row if people is None else msgspec.structs.replace(row, derived=row.derived | {POPULATION: people})


def _decoded(data: bytes) -> FactsRow:
    try:
        return decode(data)
    except RowError as error:
        raise StoreError("damaged", reason=str(error)) from error


def _forget(records: Records, numbers: list[int]) -> None:
    queue = schema.snapshot_queue
    with records.writing() as connection:
        for some in in_parts(numbers):
            connection.execute(sa.delete(queue).where(queue.c.queue_id.in_(some)))
