"""Checking reports beside those around them, where bulk reading stored them alone or a change reached too many at once.

What waits is noted in the tables, in the transaction that stores or changes a report; whoever gets to it does it: a server in its
upkeep, a bulk reading at its end, ``python -m ogi.store rebuild``.
"""

from __future__ import annotations

import time

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.derive import check_again
from ogi.store.neighbours import without_neighbours
from ogi.store.records import Records
from ogi.store.schema.derived import ALONE, SETTLED

_LOOKED_AT, _CHECKED_AT_ONCE = 500, 20
_FACTS = schema.report_facts


def waiting(connection: sa.Connection) -> int:
    """Return how many reports have still to be checked beside those around them."""
    return connection.scalar(sa.select(sa.func.count()).select_from(_FACTS).where(_FACTS.c.waiting > SETTLED)) or 0


def settle(records: Records, seconds: float | None = None) -> tuple[int, int]:
    """Check what waits, in small transactions so that other writers come in between.

    Args:
        records: the records.
        seconds: stop after about this time; ``None`` goes on until nothing waits.

    Returns:
        How many reports were looked at, and in how many of them something changed.

    Raises:
        StoreError: as :meth:`ogi.store.records.Records.writing`.
    """
    end = None if seconds is None else time.monotonic() + seconds
    looked = changed = 0
    while True:
        with records.reading() as connection:
            if connection.scalar(sa.select(_FACTS.c.report_id).where(_FACTS.c.waiting > SETTLED).limit(1)) is None:
                return looked, changed
        with records.writing() as connection:
            some, other = _some(connection)
        looked, changed = looked + some, changed + other
        if not some or (end is not None and time.monotonic() >= end):
            return looked, changed


def _some(connection: sa.Connection) -> tuple[int, int]:
    """A few of those that wait; those another process is at just now are passed over."""
    query = sa.select(_FACTS.c.report_id, _FACTS.c.waiting).where(_FACTS.c.waiting > SETTLED).order_by(_FACTS.c.report_id)
    found = dict(connection.execute(query.limit(_LOOKED_AT).with_for_update(skip_locked=True)).all())  # type: ignore[arg-type]
    lonely = without_neighbours(connection, [number for number, state in found.items() if state == ALONE])
    if lonely:
        connection.execute(sa.update(_FACTS).where(_FACTS.c.report_id.in_(lonely)).values(waiting=SETTLED))
    left = [number for number in found if number not in lonely][:_CHECKED_AT_ONCE]
    return len(lonely) + len(left), sum(check_again(connection, number, was_alone=found[number] == ALONE) for number in left)
