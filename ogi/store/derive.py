"""Writing down what follows from a report, and telling the snapshot: part of every transaction that changes one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.conclusions import Conclusions, conclude, made_by
from ogi.store.edits import dismissed_places
from ogi.store.reports import stored
from ogi.store.statements import in_parts, insert_rows

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
    facts: list[dict[str, Any]] = []
    findings: list[dict[str, Any]] = []
    passages: list[dict[str, Any]] = []
    made = made_by()
    for report_id, year, found in concluded:
        facts.append(
            {
                "report_id": report_id,
                "report_year": year,
                "row": found.row,
                "made_by": made,
                "read_status": found.read_status,
                "errors": found.errors,
                "warnings": found.warnings,
                "hints": found.hints,
                "marked": found.marked,
            }
        )
        findings += [
            {"report_id": report_id, "place": f.place, "check_id": f.check, "severity": f.severity, "content": f.content}
            for f in found.findings
        ]
        passages += [{"report_id": report_id, "section": section, "text": text} for section, text in found.passages]
    for table, rows in zip(_TABLES, (facts, findings, passages), strict=True):
        insert_rows(connection, table, rows)


def queue(connection: sa.Connection, reports: Sequence[tuple[int, int, str]], *, removed: bool = False) -> None:
    """Tell the snapshot of changed reports: number, year and key under which they are (or, ``removed``, no longer are)."""
    rows = [{"report_id": report_id, "report_year": year, "key": key, "removed": removed} for report_id, year, key in reports]
    insert_rows(connection, schema.snapshot_queue, rows)


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
