"""The audit: what was done, by whom, when and why; written in the transaction that does it, and never changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from ogi.journal import tell
from ogi.store import schema
from ogi.store.act import Act
from ogi.store.statements import insert_rows

NOTED = "audit_noted"
"""Where a transaction keeps the lines it wrote, for the journal to tell of once they are kept."""
_MOST_TOLD = 20
_EVENTS = {"share_made": "share", "share_revoked": "share", "signed_in": "sign_in"}


def note(
    connection: sa.Connection, act: Act, action: str, *, report_id: int | None = None, subject: str = "", **detail: Any
) -> None:
    """Write one line of the audit.

    Args:
        connection: the transaction of the change itself.
        act: who, when, why.
        action: what was done, a message ``store.action.<action>``.
        report_id: the report it was done to.
        subject: the cell, organ or document it was done to.
        detail: what was before and after, as plain values.
    """
    note_rows(connection, [note_row(act, action, report_id=report_id, subject=subject, **detail)])


def note_rows(connection: sa.Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write many lines of the audit, made by :func:`note_row`."""
    insert_rows(connection, schema.audit, rows)
    connection.info.get(NOTED, []).extend(rows)


def note_row(act: Act, action: str, *, report_id: int | None = None, subject: str = "", **detail: Any) -> dict[str, Any]:
    """Return a line of the audit as a row, for writing many at once."""
    return {
        "at": act.at,
        "by": act.by,
        "action": action,
        "report_id": report_id,
        "subject": subject,
        "why": act.why,
        "detail": detail,
    }


def mark(connection: sa.Connection) -> int:
    """Return a number that rises with every change of the records: what was worked out of them is good as long as it stays.

    With several writers at once a change may show a moment later under a number that was given out before; so what is kept by it
    should not be kept for long.
    """
    return connection.scalar(sa.select(sa.func.max(schema.audit.c.audit_id))) or 0


def history(connection: sa.Connection, *, report_id: int | None = None, limit: int = 200) -> list[sa.RowMapping]:
    """Return lines of the audit, newest first: of one report, or of everything."""
    lines = schema.audit
    query = sa.select(lines).order_by(lines.c.audit_id.desc()).limit(limit)
    if report_id is not None:
        query = query.where(lines.c.report_id == report_id)
    return list(connection.execute(query).mappings())


def tell_noted(rows: Sequence[dict[str, Any]]) -> None:
    """Write into the journal what a transaction that is kept has changed: how often what was done, by whom, to which reports.

    Reasons, figures and names of files stay in the audit.
    """
    if not rows:
        return
    done = Counter(str(row["action"]) for row in rows)
    reports = list(dict.fromkeys(row["report_id"] for row in rows if row["report_id"] is not None))
    events = {_EVENTS.get(action, "change") for action in done}
    event = events.pop() if len(events) == 1 else "change"
    tell(event, done=dict(done), by=rows[0]["by"], reports=reports[:_MOST_TOLD] or None, report_count=len(reports) or None)
