"""What is stored under an identity while reports are taken in, locked against other writers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.act import Act
from ogi.store.prepared import Prepared
from ogi.store.statements import in_parts, insert_missing


class Identity(NamedTuple):
    """Organ, year and scope, the organ being the one it was merged into."""

    organ_id: str
    report_year: int
    scope: str


_Document = tuple[str | None, int]
"""Digest and part."""


@dataclass
class Held:
    """A report as it is stored, and what is being added to it."""

    report_id: int
    identity: Identity
    current: int
    """The version that counts; 0 as long as there is none."""
    is_deleted: bool
    newest: int = 0
    readings: dict[_Document, list[tuple[int, bytes]]] = field(default_factory=dict)
    """Versions made of the documents at hand, by document: number and content."""
    comes_back: bool = False

    def number_of(self, report: Prepared) -> int | None:
        """Return the number of the version that is this very reading of this very document."""
        readings = self.readings.get((report.sha256, report.part), ())
        return next((number for number, content in readings if content == report.content), None)

    def is_made_of(self, report: Prepared) -> bool:
        """Whether the version that counts is another reading of the very document this report was read from."""
        readings = self.readings.get((report.sha256, report.part), ()) if report.sha256 else ()
        return self.current > 0 and any(number == self.current for number, _ in readings)

    def add(self, report: Prepared) -> int:
        """Note a reading as the newest version and return its number."""
        self.newest += 1
        self.current = self.newest
        self.readings.setdefault((report.sha256, report.part), []).append((self.newest, report.content))
        return self.newest


def hold(
    connection: sa.Connection, identities: Mapping[Identity, Prepared], documents: Iterable[str | None], act: Act
) -> dict[Identity, Held]:
    """Return what is stored under these identities, empty reports being made where there is none; no one else changes them now.

    Where several reports were deleted under an identity and none is in force, the last one is meant.

    Args:
        connection: a writing transaction. The empty reports it gets must be given a version before it ends.
        identities: the identities.
        documents: digests of the documents for which versions are compared; ``None`` stands for reports without one.
        act: who stores.
    """
    found = _stored(connection, identities)
    if missing := sorted(identities.keys() - found.keys()):
        table = schema.reports
        rows = [{**identity._asdict(), "current": 1, "at": act.at, "by": act.by} for identity in missing]
        columns = (table.c.report_id, table.c.organ_id, table.c.report_year, table.c.scope)
        for report_id, *identity in connection.execute(insert_missing(table, connection).returning(*columns), rows):
            found[Identity(*identity)] = Held(report_id, Identity(*identity), 0, False)
        # Another process was faster with these.
        found |= _stored(connection, identities.keys() - found.keys())
    _add_versions(connection, [held for held in found.values() if held.current], documents)
    return found


def _stored(connection: sa.Connection, identities: Iterable[Identity]) -> dict[Identity, Held]:
    table = schema.reports
    identity = (table.c.organ_id, table.c.report_year, table.c.scope)
    columns = (table.c.report_id, table.c.current, table.c.deleted_at)
    found: dict[Identity, Held] = {}
    for some in in_parts(sorted(identities)):
        query = (
            sa.select(*identity, *columns)
            .where(sa.tuple_(*identity).in_(some))
            .order_by(table.c.deleted_at.is_(None), table.c.deleted_at, table.c.report_id)
            .with_for_update()
        )
        for organ, year, scope, report_id, current, deleted_at in connection.execute(query):
            key = Identity(organ, year, scope)
            found[key] = Held(report_id, key, current, deleted_at is not None)
    return found


def _add_versions(connection: sa.Connection, held: Iterable[Held], documents: Iterable[str | None]) -> None:
    """Fill in the newest number of each report, and its versions of the documents at hand."""
    by_id = {one.report_id: one for one in held}
    digests = {digest for digest in documents if digest is not None}
    table = schema.versions
    for some in in_parts(by_id):
        newest = sa.select(table.c.report_id, sa.func.max(table.c.number)).where(table.c.report_id.in_(some))
        for report_id, number in connection.execute(newest.group_by(table.c.report_id)):
            by_id[report_id].newest = number
        columns = (table.c.report_id, table.c.number, table.c.sha256, table.c.part)
        rows = connection.execute(sa.select(*columns).where(table.c.report_id.in_(some)).order_by(table.c.number))
        for report_id, number, sha256, part in rows.all():
            if sha256 is None or sha256 in digests:
                wanted = sa.select(table.c.content).where(table.c.report_id == report_id, table.c.number == number)
                by_id[report_id].readings.setdefault((sha256, part), []).append((number, connection.execute(wanted).scalar_one()))
