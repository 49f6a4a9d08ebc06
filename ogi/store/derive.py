"""Writing down what follows from a report, and telling the snapshot: part of every transaction that changes one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from ogi.checks.context import Beside
from ogi.store import schema
from ogi.store.conclusions import Conclusions, conclude, made_by
from ogi.store.edits import dismissed_places
from ogi.store.followers import told
from ogi.store.neighbours import beside, touched
from ogi.store.reports import StoredReport, place_at, stored
from ogi.store.schema.derived import AGAIN, SETTLED
from ogi.store.statements import in_parts, insert_plain

_FEW = 12
"""So many reports are checked anew in the transaction that changes one."""
_FACTS = ("report_id", "report_year", "row", "made_by", "read_status", "errors", "warnings", "hints", "marked", "waiting")
_FINDINGS = ("report_id", "place", "check_id", "severity", "content")
_PASSAGES = ("report_id", "section", "text")
_TABLES = (schema.report_facts, schema.open_findings, schema.passages)


def derive(connection: sa.Connection, report_id: int, *, spreads: bool = True) -> None:
    """Work out anew what follows from a report and put it into the snapshot's queue; of a deleted one everything is taken away.

    Args:
        connection: a writing transaction.
        report_id: the report.
        spreads: whether what it prints may have changed, so that those whose checks look at it are checked anew.

    Raises:
        StoreError: ``no_report``; ``damaged``.
    """
    report = stored(connection, report_id)
    forget(connection, [report_id])
    is_deleted = report.deleted_at is not None
    if not is_deleted:
        write(
            connection,
            [(report_id, report.place.report_year, _concluded(report, beside(connection, report.place)))],
            _state(connection),
        )
    queue(connection, [(report_id, report.place.report_year, report.key)], removed=is_deleted)
    if spreads:
        place = report.place
        spread(connection, [(place.organ_id, place.report_year, place.scope)])


def spread(connection: sa.Connection, changed: Iterable[tuple[str, int, str]], *, at_once: bool = True) -> None:
    """Have the reports checked anew whose checks look at changed ones (organ, year, scope).

    Where ``at_once``, the few that carry them on are checked now; all others wait for :func:`ogi.store.settling.settle`.

    Raises:
        StoreError: ``damaged``.
    """
    found = touched(connection, changed)
    waits(connection, (*found.later, *found.above, *found.alike))
    if at_once:
        for report_id in (found.later + found.alike + found.above)[:_FEW]:
            check_again(connection, report_id)


def waits(connection: sa.Connection, report_ids: Iterable[int]) -> None:
    """Note that reports have to be checked anew beside those around them."""
    facts = schema.report_facts
    for some in in_parts(report_ids):
        mine = facts.c.report_id.in_(some)
        if connection.dialect.name != "sqlite":  # in one order, so that two writers wait for each other and not for ever
            connection.execute(sa.select(facts.c.report_id).where(mine).order_by(facts.c.report_id).with_for_update()).all()
        connection.execute(sa.update(facts).where(mine, facts.c.waiting < AGAIN).values(waiting=AGAIN))


def check_again(connection: sa.Connection, report_id: int, *, was_alone: bool = False) -> bool:
    """Check a report anew beside those around it; what did not change is left alone. Returns whether anything did.

    One that was just checked alone (``was_alone``) is not checked again where nothing is around it. The row of its facts is
    changed, never replaced: who wants to note that it waits again must find it.

    Raises:
        StoreError: ``no_report``; ``damaged``.
    """
    facts, findings = schema.report_facts, schema.open_findings
    mine = facts.c.report_id == report_id
    before = connection.execute(sa.select(facts.c.row, facts.c.made_by).where(mine).with_for_update()).one_or_none()
    if before is None:
        return False
    around = beside(connection, place_at(connection, report_id))
    if was_alone and around is None:
        connection.execute(sa.update(facts).where(mine).values(waiting=SETTLED))
        return False
    report = stored(connection, report_id)
    found = _concluded(report, around)
    known = set(connection.execute(sa.select(findings.c.place, findings.c.content).where(findings.c.report_id == report_id)))
    new = [(report_id, f.place, f.check, f.severity, f.content) for f in found.findings]
    is_same = before == (found.row, made_by()) and known == {(place, content) for _, place, _, _, content in new}
    values = {"row": found.row, "made_by": made_by(), **{name: getattr(found, name) for name in _FACTS[4:-1]}}
    connection.execute(sa.update(facts).where(mine).values(waiting=SETTLED, **({} if is_same else values)))
    if not is_same:
        connection.execute(sa.delete(findings).where(findings.c.report_id == report_id))
        insert_plain(connection, findings, _FINDINGS, new)
        queue(connection, [(report_id, report.place.report_year, report.key)])
    return not is_same


def _concluded(report: StoredReport, around: Beside | None) -> Conclusions:
    return conclude(
        report.effective,
        report.place,
        version=report.current,
        amended=report.amended,
        dismissed=dismissed_places(report.decisions, report.effective),
        beside=around,
    )


def _state(connection: sa.Connection) -> int:
    """How a report stands that was just checked beside the others.

    Another server of PostgreSQL may be storing one of those at this moment, unseen until it is done: then it is looked at again.
    """
    return SETTLED if connection.dialect.name == "sqlite" else AGAIN


def forget(connection: sa.Connection, report_ids: Iterable[int]) -> None:
    """Take away what was derived from reports."""
    for some in in_parts(report_ids):
        for table in _TABLES:
            connection.execute(sa.delete(table).where(table.c.report_id.in_(some)))


def write(connection: sa.Connection, concluded: Sequence[tuple[int, int, Conclusions]], waiting: int) -> None:
    """Write what follows from reports of which nothing is written: number of the report, its year, and the conclusions."""
    made = made_by()
    facts = [
        (number, year, found.row, made, found.read_status, found.errors, found.warnings, found.hints, found.marked, waiting)
        for number, year, found in concluded
    ]
    insert_plain(connection, schema.report_facts, _FACTS, facts)
    findings = [(number, f.place, f.check, f.severity, f.content) for number, _, found in concluded for f in found.findings]
    insert_plain(connection, schema.open_findings, _FINDINGS, findings)
    passages = [(number, *passage) for number, _, found in concluded for passage in found.passages]
    insert_plain(connection, schema.passages, _PASSAGES, passages)


def queue(connection: sa.Connection, reports: Iterable[tuple[int, int, str]], *, removed: bool = False) -> None:
    """Tell the snapshot of changed reports: number, year and key under which they are (or, ``removed``, no longer are)."""
    folders = told(connection)
    rows = [(*report, removed, folder) for report in reports for folder in folders]
    insert_plain(connection, schema.snapshot_queue, ("report_id", "report_year", "key", "removed", "folder"), rows)


def outdated(connection: sa.Connection, limit: int | None = None) -> list[int]:
    """Return the reports whose conclusions were drawn by another version of the rules, or never."""
    reports, facts = schema.reports, schema.report_facts
    query = (
        sa.select(reports.c.report_id)
        .outerjoin(facts, facts.c.report_id == reports.c.report_id)
        .where(reports.c.deleted_at.is_(None), facts.c.made_by.is_distinct_from(made_by()))
        .order_by(reports.c.report_id)
        .limit(limit)
    )
    return list(connection.scalars(query))
