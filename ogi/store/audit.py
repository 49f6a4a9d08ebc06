"""The audit: what was done, by whom, when and why; written in the transaction that does it, and never changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.act import Act


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
    connection.execute(sa.insert(schema.audit), note_row(act, action, report_id=report_id, subject=subject, **detail))


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
