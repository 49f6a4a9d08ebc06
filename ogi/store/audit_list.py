"""The audit as administrators look through it: who did what to which report, newest first; and who has an account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.accounts import Account, accounts

_LINES, _REPORTS, _ORGANS, _SIGN_INS = schema.audit, schema.reports, schema.organs, schema.sign_ins
_WITH_REPORTS = _LINES.outerjoin(_REPORTS, _REPORTS.c.report_id == _LINES.c.report_id).outerjoin(
    _ORGANS, _ORGANS.c.organ_id == _REPORTS.c.organ_id
)


class AuditLine(NamedTuple):
    """One thing that was done."""

    at: dt.datetime
    by: str
    action: str
    """A message ``store.action.<action>``."""
    organ_name: str | None
    """Of the report it was done to; ``None`` where it was done to none."""
    report_year: int | None
    subject: str
    """The cell, organ, account or document; empty where the report says it all."""
    why: str
    detail: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class AuditFilter:
    """Which lines; empty means all."""

    by: str = ""
    """Part of the name of who did it."""
    actions: Sequence[str] = ()
    text: str = ""
    """Part of the organ's name, of what was changed, or of the reason."""


class Standing(NamedTuple):
    """An account and who is signed in to it."""

    account: Account
    browsers: int
    """Signed in now."""
    scripts: int
    """Tokens of scripts that hold now."""
    last: dt.datetime | None
    """When somebody last signed in with a password or a token was made; ``None``: never."""


def audit_lines(
    connection: sa.Connection, wanted: AuditFilter, *, offset: int = 0, limit: int = 50
) -> tuple[list[AuditLine], int]:
    """Return lines of the audit from ``offset`` on, newest first, and how many there are."""
    conditions = _conditions(wanted)
    source = _WITH_REPORTS if wanted.text else _LINES
    total = connection.scalar(sa.select(sa.func.count()).select_from(source).where(*conditions)) or 0
    columns = [*(_LINES.c[name] for name in ("at", "by", "action", "subject", "why", "detail"))]
    query = sa.select(*columns, _ORGANS.c.name.label("organ_name"), _REPORTS.c.report_year).select_from(_WITH_REPORTS)
    query = query.where(*conditions).order_by(_LINES.c.audit_id.desc()).offset(offset).limit(limit)
    return [AuditLine(**row) for row in connection.execute(query).mappings()], total


def standings(connection: sa.Connection, now: dt.datetime) -> list[Standing]:
    """Return every account by name, closed ones too, with who is signed in to it at a moment."""
    table = _SIGN_INS.c
    holds = sa.and_(table.ended_at.is_(None), table.expires_at > now)
    counts = [
        sa.func.sum(sa.case((sa.and_(holds, table.kind == kind), 1), else_=0)).label(kind) for kind in ("browser", "script")
    ]
    query = sa.select(table.name, *counts, sa.func.max(table.at).label("last")).group_by(table.name)
    rows = connection.execute(query).mappings()
    found = {row["name"]: (int(row["browser"]), int(row["script"]), row["last"]) for row in rows}
    return [Standing(account, *found.get(account.name, (0, 0, None))) for account in accounts(connection)]


def _conditions(wanted: AuditFilter) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if wanted.by:
        found.append(_LINES.c.by.icontains(wanted.by, autoescape=True))
    if wanted.actions:
        found.append(_LINES.c.action.in_(wanted.actions))
    if wanted.text:
        places = (_ORGANS.c.name, _LINES.c.subject, _LINES.c.why)
        found.append(sa.or_(*(place.icontains(wanted.text, autoescape=True) for place in places)))
    return found
