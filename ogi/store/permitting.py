"""Changes held to what their author may change: checked by what the audit of the same transaction says was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa

from ogi.access.roles import Visitor
from ogi.store import schema
from ogi.store.location import StoreError

T = TypeVar("T")
_LINES, _REPORTS, _ORGANS = schema.audit, schema.reports, schema.organs
_OF_ONE_REPORT = frozenset(
    {
        "accepted",
        "version_added",
        "version_restored",
        "corrected",
        "correction_undone",
        "correction_confirmed",
        "correction_kept",
        "correction_marked",
        "decided",
        "decision_undone",
        "deleted",
        "undeleted",
    }
)
"""What an editor with limits may do, to reports within them. Organs, lists and identities belong to those without limits."""
_OF_NO_REPORT = frozenset({"share_made", "share_revoked", "group_named", "group_unnamed", "texts_compared"})
"""What changes no report."""


def permitted(connection: sa.Connection, visitor: Visitor, make: Callable[[Any], T]) -> T:
    """Make a change if the visitor may make it; else nothing of it stays, because the transaction is given up.

    Args:
        connection: the transaction of the change.
        visitor: who makes it.
        make: makes it; every change writes the audit.

    Raises:
        StoreError: ``not_allowed``, ``outside_limit``.
    """
    if not visitor.may_edit:
        raise StoreError("not_allowed")
    if not visitor.is_limited:
        return make(connection)
    last = connection.scalar(sa.select(sa.func.max(_LINES.c.audit_id))) or 0
    made = make(connection)
    since = sa.select(_LINES.c.action, _LINES.c.report_id).where(_LINES.c.audit_id > last, _LINES.c.by == visitor.name)
    reports: set[int] = set()
    for action, report_id in connection.execute(since):
        if action in _OF_NO_REPORT:
            continue
        if action not in _OF_ONE_REPORT or report_id is None:
            raise StoreError("not_allowed")
        reports.add(report_id)
    of = sa.select(_ORGANS.c.organ_id, _ORGANS.c.region_code).join(_REPORTS, _REPORTS.c.organ_id == _ORGANS.c.organ_id)
    for report_id in reports:
        organ_id, region_code = connection.execute(of.where(_REPORTS.c.report_id == report_id)).one()
        if not visitor.may_edit_organ(organ_id, region_code):
            raise StoreError("outside_limit")
    return made
