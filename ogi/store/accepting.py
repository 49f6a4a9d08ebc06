"""Taking reports into the records: documents once, reports by organ, year and scope, every other reading a new version.

Works on many reports at once with a handful of statements. Two processes that store the same report at the same time wait for
each other, and the second one stores a version of the first one's report, or finds that it is there already.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa

from ogi.store import derive, schema
from ogi.store.act import Act
from ogi.store.admitting import admit
from ogi.store.audit import note_row, note_rows
from ogi.store.carrying import carry_over
from ogi.store.conclusions import ShownOrgan, shown_as
from ogi.store.documents import keep_documents
from ogi.store.held import Held, Identity, hold
from ogi.store.location import StoreError
from ogi.store.placing import key_of
from ogi.store.prepared import FORMAT, Prepared
from ogi.store.schema.derived import ALONE
from ogi.store.statements import in_parts, insert_rows

Outcome = Literal["new", "version", "same"]
"""A report that was not there; another version of one that was; a version that is stored already."""
_FEW = 20
"""So many reports are checked beside those around them as they are stored."""


class Accepted(NamedTuple):
    """What came of a report that was handed in."""

    report_id: int
    number: int
    """The number of the version it is."""
    key: str
    """``organ.year.scope``."""
    outcome: Outcome
    is_read_otherwise: bool = False
    """Whether bulk reading understood a stored document otherwise than the version that counts, which then stays."""


class _Item(NamedTuple):
    prepared: Prepared
    organ: ShownOrgan
    held: Held
    number: int
    outcome: Outcome
    is_read_otherwise: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Whether its organ was merged into another one, so that what was concluded under its own has to be worked out anew."""
        return self.prepared.place is not None and self.prepared.place.organ_id != self.organ.organ_id


def accept(connection: sa.Connection, prepared: Prepared, act: Act) -> Accepted:
    """Store one report, see :func:`accept_many`.

    Raises:
        StoreError: ``unplaced``: organ or year are not known, or the name is that of several organs.
    """
    found = accept_many(connection, [prepared], act)[0]
    if isinstance(found, StoreError):
        raise found
    return found


def accept_many(connection: sa.Connection, reports: Sequence[Prepared], act: Act) -> list[Accepted | StoreError]:
    """Store reports in their order.

    A document whose reading is stored already changes nothing. Another reading, or another document, of the same organ, year
    and scope becomes a new version and counts from now on; corrections and decisions go over to it, and corrections of cells that
    are printed otherwise now are marked. Bulk reading that understands a stored document otherwise, as newer readers may, changes
    nothing: the difference is shown where a person has the report read anew. A deleted report comes back when it is handed in
    again; bulk reading, which passes by the same files again and again, leaves it deleted unless the document is a new one.

    Returns:
        For each report what came of it, or ``StoreError("unplaced")`` where organ or year are not known.
    """
    placed = [report for report in reports if report.place is not None]
    organs = admit(connection, (report.place for report in placed if report.place), act)
    identities = [_identity(report, organs) for report in placed]
    keep_documents(connection, placed, act)
    held = hold(connection, dict(zip(identities, placed, strict=True)), [report.sha256 for report in placed], act)
    items = [
        _settled(report, organs[report.place.organ_id], held[identity])  # type: ignore[union-attr]
        for report, identity in zip(placed, identities, strict=True)
    ]
    _write(connection, items, act)
    results = iter(items)
    return [_refused(report) if report.place is None else _accepted(next(results)) for report in reports]


def _identity(report: Prepared, organs: dict[str, ShownOrgan]) -> Identity:
    assert report.place is not None
    return Identity(organs[report.place.organ_id].organ_id, report.place.report_year, report.place.scope)


def _settled(report: Prepared, organ: ShownOrgan, held: Held) -> _Item:
    """Decide what a report is beside what is held under its identity, and note it there."""
    number = held.number_of(report)
    if number is not None:
        held.comes_back |= held.is_deleted and report.origin != "ingest"
        return _Item(report, organ, held, number, "same")
    if report.origin == "ingest" and not held.is_deleted and held.is_made_of(report):
        return _Item(report, organ, held, held.current, "same", is_read_otherwise=True)  # a person has to see the difference
    number = held.add(report)
    held.comes_back |= held.is_deleted
    return _Item(report, organ, held, number, "new" if number == 1 else "version")


def _write(connection: sa.Connection, items: Iterable[_Item], act: Act) -> None:
    added = [item for item in items if item.outcome != "same"]
    insert_rows(connection, schema.versions, [_version_row(item, act) for item in added])
    changed = {item.held.report_id: item.held for item in items if item.outcome == "version" or item.held.comes_back}
    _point_to_newest(connection, list(changed.values()))
    note_rows(connection, [_audit_row(item, act) for item in added])
    returned = [held for held in changed.values() if held.comes_back]
    note_rows(connection, [note_row(act, "undeleted", report_id=held.report_id) for held in returned])
    last = {item.held.report_id: item for item in added}
    edited = _edited(connection, changed) | {report_id for report_id, item in last.items() if item.is_elsewhere}
    alone = [item for report_id, item in last.items() if report_id not in edited]
    _conclude(connection, alone)
    for report_id in sorted(edited | {held.report_id for held in returned} - last.keys()):
        if report_id in last:
            carry_over(connection, report_id, last[report_id].prepared.report, act)
        derive.derive(connection, report_id, spreads=False)
    _look_around(
        connection, alone, {item.held.report_id: item.held for item in items if item.outcome != "same" or item.held.comes_back}
    )


def _look_around(connection: sa.Connection, alone: Sequence[_Item], changed: dict[int, Held]) -> None:
    """Check a few reports at once beside those around them; many wait for it, so that storing them stays quick."""
    at_once = len(changed) <= _FEW and all(item.prepared.origin != "ingest" for item in alone)
    if at_once:
        for item in alone:
            derive.check_again(connection, item.held.report_id, was_alone=True)
    derive.spread(connection, [held.identity for held in changed.values()], at_once=at_once)


def _conclude(connection: sa.Connection, items: Sequence[_Item]) -> None:
    """Write what was concluded where the reports were read."""
    derive.forget(connection, [item.held.report_id for item in items if item.outcome == "version"])
    concluded = []
    for item in items:
        found, place = item.prepared.conclusions, item.prepared.place
        assert found is not None
        assert place is not None
        row = shown_as(found.row, place, item.organ, item.number)
        concluded.append((item.held.report_id, item.held.identity.report_year, found.with_row(row)))
    derive.write(connection, concluded, ALONE)
    derive.queue(connection, [(i.held.report_id, i.held.identity.report_year, key_of(*i.held.identity)) for i in items])


def _point_to_newest(connection: sa.Connection, changed: Sequence[Held]) -> None:
    if not changed:
        return
    table = schema.reports
    statement = (
        sa.update(table)
        .where(table.c.report_id == sa.bindparam("of"))
        .values(current=sa.bindparam("newest"), changes=table.c.changes + 1, deleted_at=None, deleted_by=None, deleted_why=None)
    )
    connection.execute(statement, [{"of": held.report_id, "newest": held.current} for held in changed])


def _edited(connection: sa.Connection, report_ids: Iterable[int]) -> set[int]:
    """Those of the reports for which a person set something that may bear on what follows from them."""
    found: set[int] = set()
    for some in in_parts(report_ids):
        for table in (schema.corrections, schema.decisions):
            query = sa.select(table.c.report_id).where(table.c.report_id.in_(some), table.c.undone_at.is_(None)).distinct()
            found.update(connection.scalars(query))
    return found


def _version_row(item: _Item, act: Act) -> dict[str, Any]:
    report = item.prepared
    return {
        "report_id": item.held.report_id,
        "number": item.number,
        "sha256": report.sha256,
        "part": report.part,
        "origin": report.origin,
        "reader": report.reader,
        "format": FORMAT,
        "content": report.content,
        "why": report.why or act.why,
        "at": act.at,
        "by": act.by,
    }


def _audit_row(item: _Item, act: Act) -> dict[str, Any]:
    action = "accepted" if item.outcome == "new" else "version_added"
    return note_row(
        act, action, report_id=item.held.report_id, version=item.number, origin=item.prepared.origin, sha256=item.prepared.sha256
    )


def _accepted(item: _Item) -> Accepted:
    return Accepted(item.held.report_id, item.number, key_of(*item.held.identity), item.outcome, item.is_read_otherwise)


def _refused(report: Prepared) -> StoreError:
    return StoreError("unplaced", **report.refusal)
