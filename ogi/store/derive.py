"""Writing down what follows from a report, and telling the snapshot: part of every transaction that changes one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.conclusions import Conclusions, conclude, made_by
from ogi.store.edits import dismissed_places
from ogi.store.reports import stored
from ogi.store.statements import in_parts, insert_plain

_FACTS = ("report_id", "report_year", "row", "made_by", "read_status", "errors", "warnings", "hints", "marked")
_FINDINGS = ("report_id", "place", "check_id", "severity", "content")
_PASSAGES = ("report_id", "section", "text")
_TABLES = (schema.report_facts, schema.open_findings, schema.passages)


def derive(connection: sa.Connection, report_id: int) -> None:
    """Work out anew what follows from a report and put it into the snapshot's queue; of a deleted one everything is taken away.

    Raises:
        StoreError: ``no_report``; ``damaged``.
    """
    report = stored(connection, report_id)
    forget(connection, [report_id])
    is_deleted = report.deleted_at is not None
    if not is_deleted:
        found = conclude(
            report.effective,
            report.place,
            version=report.current,
            amended=report.amended,
            dismissed=dismissed_places(report.decisions, report.effective),
        )
        write(connection, [(report_id, report.place.report_year, found)])
    queue(connection, [(report_id, report.place.report_year, report.key)], removed=is_deleted)


def forget(connection: sa.Connection, report_ids: Iterable[int]) -> None:
    """Take away what was derived from reports."""
    for some in in_parts(report_ids):
        for table in _TABLES:
            connection.execute(sa.delete(table).where(table.c.report_id.in_(some)))


def write(connection: sa.Connection, concluded: Sequence[tuple[int, int, Conclusions]]) -> None:
    """Write what follows from reports of which nothing is written: number of the report, its year, and the conclusions."""
    made = made_by()
    facts = [
        (number, year, found.row, made, found.read_status, found.errors, found.warnings, found.hints, found.marked)
        for number, year, found in concluded
    ]
    insert_plain(connection, schema.report_facts, _FACTS, facts)
    findings = [(number, f.place, f.check, f.severity, f.content) for number, _, found in concluded for f in found.findings]
    insert_plain(connection, schema.open_findings, _FINDINGS, findings)
    passages = [(number, *passage) for number, _, found in concluded for passage in found.passages]
    insert_plain(connection, schema.passages, _PASSAGES, passages)


def queue(connection: sa.Connection, reports: Iterable[tuple[int, int, str]], *, removed: bool = False) -> None:
    """Tell the snapshot of changed reports: number, year and key under which they are (or, ``removed``, no longer are)."""
    rows = [(*report, removed) for report in reports]
    insert_plain(connection, schema.snapshot_queue, ("report_id", "report_year", "key", "removed"), rows)


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
