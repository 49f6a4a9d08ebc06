"""Deciding on findings: a decision holds for a finding as long as the cells it looked at are as they were."""

from __future__ import annotations

import sqlalchemy as sa

from ogi.checks import Finding
from ogi.checks.evidence import others_mark
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.claiming import all_or_nothing, claim, need_reason
from ogi.store.conclusions import place_name
from ogi.store.derive import derive
from ogi.store.edits import Decision, Verdict, cell_of, cells_text, decisions_of
from ogi.store.location import StoreError
from ogi.store.reports import stored


@all_or_nothing
def decide(
    connection: sa.Connection, report_id: int, finding: Finding, decision: Verdict, *, act: Act, changes: int | None = None
) -> Decision:
    """Note what a person decided about a finding; an older decision on it is taken back.

    A dismissed finding is no longer open, until a cell it looks at is corrected or printed otherwise in a later version.

    Args:
        connection: a writing transaction.
        report_id: the report.
        finding: the finding; it is known again by its check, what it was applied to, and the report.
        decision: what was decided.
        act: who, when, why; a dismissal needs a reason.
        changes: the report's count of changes as it was seen; ``None`` where it does not matter.

    Raises:
        StoreError: ``why_needed``, ``bad_value``, ``no_report``, ``is_deleted``, ``changed_meanwhile``.
    """
    if decision not in ("confirmed", "dismissed", "returned"):
        raise StoreError("bad_value", value=decision)
    if decision == "dismissed":
        need_reason(act)
    claim(connection, report_id, changes)
    report = stored(connection, report_id)
    place = place_name(finding)
    table = schema.decisions
    before = [old for old in report.decisions if old.place == place]
    _take_back(connection, [old.decision_id for old in before], act)
    row = {
        "report_id": report_id,
        "place": place,
        "decision": decision,
        "cells": cells_text({key: cell_of(report.effective.cells.get(key)) for key in finding.cells}, others_mark(finding)),
        "why": act.why,
        "at": act.at,
        "by": act.by,
    }
    connection.execute(sa.insert(table).values(row))
    audit.note(
        connection,
        act,
        "decided",
        report_id=report_id,
        subject=place,
        decision=decision,
        before=before[-1].decision if before else None,
    )
    derive(connection, report_id, spreads=False)
    return next(made for made in decisions_of(connection, report_id) if made.place == place)


@all_or_nothing
def undo_decision(connection: sa.Connection, decision_id: int, act: Act) -> None:
    """Take a decision back; the finding is open again.

    Raises:
        StoreError: ``no_decision``: there is none, or it was taken back already; ``is_deleted``.
    """
    table = schema.decisions
    query = sa.select(table).where(table.c.decision_id == decision_id, table.c.undone_at.is_(None)).with_for_update()
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise StoreError("no_decision")
    claim(connection, row["report_id"], None)
    _take_back(connection, [decision_id], act)
    audit.note(connection, act, "decision_undone", report_id=row["report_id"], subject=row["place"], decision=row["decision"])
    derive(connection, row["report_id"], spreads=False)


def decision_history(connection: sa.Connection, report_id: int) -> list[Decision]:
    """Return every decision on findings of a report, oldest first, also those taken back."""
    return decisions_of(connection, report_id, undone=True)


def _take_back(connection: sa.Connection, numbers: list[int], act: Act) -> None:
    table = schema.decisions
    values = {"undone_at": act.at, "undone_by": act.by, "undone_why": act.why}
    if numbers:
        connection.execute(sa.update(table).where(table.c.decision_id.in_(numbers)).values(values))
