"""Nobody overwrites unseen what somebody else just changed: who changes a report says which state of it he saw."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.act import Act
from ogi.store.location import StoreError

P = ParamSpec("P")
R = TypeVar("R")


def all_or_nothing(
    change: Callable[Concatenate[sa.Connection, P], R],
) -> Callable[Concatenate[sa.Connection, P], R]:
    """Let a change leave nothing behind where it is refused, also when its caller goes on with the transaction."""

    @wraps(change)
    def whole(connection: sa.Connection, /, *args: P.args, **given: P.kwargs) -> R:
        with connection.begin_nested():
            return change(connection, *args, **given)

    return whole


def claim(connection: sa.Connection, report_id: int, changes: int | None, *, deleted: bool = False) -> None:
    """Count one more change of a report, and keep other writers away from it until the transaction ends.

    Args:
        connection: the transaction of the change.
        report_id: the report.
        changes: its count of changes as it was seen; ``None`` for a change that is right whatever else was changed (undoing).
        deleted: whether the report must be deleted (for bringing it back) or must not be.

    Raises:
        StoreError: ``no_report``; ``changed_meanwhile`` with who did and when; ``is_deleted``; ``not_deleted``.
    """
    table = schema.reports
    statement = sa.update(table).where(table.c.report_id == report_id).values(changes=table.c.changes + 1)
    if changes is not None:
        statement = statement.where(table.c.changes == changes)
    is_claimed = connection.execute(statement).rowcount == 1
    row = connection.execute(sa.select(table.c.deleted_at).where(table.c.report_id == report_id)).one_or_none()
    if row is None:
        raise StoreError("no_report", report=report_id)
    if not is_claimed:
        raise _changed(connection, report_id)
    if (row.deleted_at is not None) != deleted:
        raise StoreError("not_deleted" if deleted else "is_deleted")


def need_reason(act: Act) -> None:
    """Insist on a reason.

    Raises:
        StoreError: ``why_needed``.
    """
    if not act.why.strip():
        raise StoreError("why_needed")


def _changed(connection: sa.Connection, report_id: int) -> StoreError:
    lines = schema.audit
    query = sa.select(lines.c.by, lines.c.at).where(lines.c.report_id == report_id).order_by(lines.c.audit_id.desc()).limit(1)
    last = connection.execute(query).one_or_none()
    by, at = (last.by, f"{last.at:%Y-%m-%d %H:%M} UTC") if last else ("—", "—")
    return StoreError("changed_meanwhile", by=by, at=at)
