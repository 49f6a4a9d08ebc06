"""Lists of reports: searched, filtered, sorted, a page at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Literal

import msgspec
import sqlalchemy as sa

from ogi.report import Level, OrganKind, Scope
from ogi.store import schema
from ogi.store.placing import key_of

Sort = Literal["newest", "organ", "year", "errors", "marked"]


class ReportFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which reports are meant; what is left open does not narrow."""

    text: str = ""
    """Words in the organ's name, another name of it, or its region; all of them."""
    organ_ids: Collection[str] = ()
    years: Collection[int] = ()
    scopes: Collection[Scope] = ()
    levels: Collection[Level] = ()
    region_code: str = ""
    """The beginning of the code of a division: ``32`` is 江苏省, ``3213`` 宿迁市."""
    read_status: Collection[str] = ()
    """``complete``, ``partial``, ``missing``."""
    severity: Literal["", "error", "warning", "hint"] = ""
    """With at least one open finding of this weight."""
    check: str = ""
    """With this check among the open findings."""
    corrected: bool | None = None
    """With or without corrections in force."""
    flagged: bool = False
    """With a correction on a figure that a later version prints otherwise."""
    marked: bool | None = None
    """With or without readings a person should look at."""
    deleted: bool = False
    """Deleted ones instead of those in force. Nothing is worked out of them, so they have no status and no findings."""


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a list."""

    report_id: int
    organ_id: str
    organ_name: str
    level: Level
    kind: OrganKind
    region: str | None
    report_year: int
    scope: Scope
    version: int
    read_status: str | None
    errors: int | None
    warnings: int | None
    hints: int | None
    marked: int | None
    corrections: int
    flagged: int
    document_name: str | None
    media_type: str | None
    at: dt.datetime
    by: str
    changes: int
    deleted_at: dt.datetime | None
    deleted_by: str | None
    deleted_why: str | None

    @property
    def key(self) -> str:
        """``organ.year.scope``."""
        return key_of(self.organ_id, self.report_year, self.scope)


class ReportPage(msgspec.Struct, frozen=True):
    """A page of a list."""

    rows: tuple[ReportRow, ...]
    total: int
    """How many there are on all pages."""


_REPORTS, _ORGANS, _FACTS = schema.reports, schema.organs, schema.report_facts
_CORRECTIONS, _VERSIONS, _DOCUMENTS = schema.corrections, schema.versions, schema.documents


def list_reports(
    connection: sa.Connection,
    wanted: ReportFilter | None = None,
    *,
    sort: Sort = "newest",
    descending: bool | None = None,
    offset: int = 0,
    limit: int = 50,
) -> ReportPage:
    """Return a page of the reports that are wanted.

    Args:
        connection: a connection.
        wanted: which reports; all in force where nothing is said.
        sort: by what; equal ones by organ, then year, then scope.
        descending: the other way round; left open, the newest, latest and worst come first, and organs from the front.
        offset: how many are passed over.
        limit: how many are returned at most.
    """
    conditions = _conditions(wanted or ReportFilter())
    total = connection.scalar(sa.select(sa.func.count()).select_from(_joined()).where(*conditions)) or 0
    chosen = sa.select(*_columns()).select_from(_joined().outerjoin(_VERSIONS, _current()).outerjoin(_DOCUMENTS, _document()))
    order = _order(connection, sort, sort != "organ" if descending is None else descending)
    rows = connection.execute(chosen.where(*conditions).order_by(*order).offset(offset).limit(limit)).mappings()
    return ReportPage(tuple(ReportRow(**row) for row in rows), total)


def years_of(connection: sa.Connection) -> list[int]:
    """Return the years of which there are reports in force, newest first."""
    query = sa.select(_REPORTS.c.report_year).where(_REPORTS.c.deleted_at.is_(None)).distinct()
    return list(connection.scalars(query.order_by(_REPORTS.c.report_year.desc())))


def _joined() -> sa.Join:
    return _REPORTS.join(_ORGANS, _ORGANS.c.organ_id == _REPORTS.c.organ_id).outerjoin(
        _FACTS, _FACTS.c.report_id == _REPORTS.c.report_id
    )


def _current() -> sa.ColumnElement[bool]:
    return sa.and_(_VERSIONS.c.report_id == _REPORTS.c.report_id, _VERSIONS.c.number == _REPORTS.c.current)


def _document() -> sa.ColumnElement[bool]:
    return _DOCUMENTS.c.sha256 == _VERSIONS.c.sha256


def _columns() -> list[sa.ColumnElement]:
    reports = [_REPORTS.c[n] for n in ("report_id", "organ_id", "report_year", "scope", "at", "by", "changes")]
    deleted = [_REPORTS.c[n] for n in ("deleted_at", "deleted_by", "deleted_why")]
    organs = [_ORGANS.c.name.label("organ_name"), *(_ORGANS.c[n] for n in ("level", "kind", "region"))]
    facts = [_FACTS.c[n] for n in ("read_status", "errors", "warnings", "hints", "marked")]
    documents = [_DOCUMENTS.c.name.label("document_name"), _DOCUMENTS.c.media_type]
    counts = [_count().label("corrections"), _count(_CORRECTIONS.c.printed_changed).label("flagged")]
    return [*reports, *deleted, *organs, *facts, *documents, *counts, _REPORTS.c.current.label("version")]


def _count(*conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(_CORRECTIONS).where(_in_force(), *conditions).scalar_subquery()


def _in_force() -> sa.ColumnElement[bool]:
    return sa.and_(_CORRECTIONS.c.report_id == _REPORTS.c.report_id, _CORRECTIONS.c.undone_at.is_(None))


def _conditions(wanted: ReportFilter) -> list[sa.ColumnElement[bool]]:
    found = [_REPORTS.c.deleted_at.is_not(None) if wanted.deleted else _REPORTS.c.deleted_at.is_(None)]
    found += [mentions(word) for word in wanted.text.split()]
    for column, values in (
        (_REPORTS.c.organ_id, wanted.organ_ids),
        (_REPORTS.c.report_year, wanted.years),
        (_REPORTS.c.scope, wanted.scopes),
        (_ORGANS.c.level, wanted.levels),
        (_FACTS.c.read_status, wanted.read_status),
    ):
        if values:
            found.append(column.in_(list(values)))
    if wanted.region_code:
        found.append(_ORGANS.c.region_code.startswith(wanted.region_code, autoescape=True))
    if wanted.severity:
        found.append(_FACTS.c[f"{wanted.severity}s"] > 0)
    if wanted.check:
        findings = schema.open_findings
        here = sa.and_(findings.c.report_id == _REPORTS.c.report_id, findings.c.check_id == wanted.check)
        found.append(sa.exists().where(here))
    if wanted.corrected is not None:
        any_correction = sa.exists().where(_in_force())
        found.append(any_correction if wanted.corrected else ~any_correction)
    if wanted.flagged:
        found.append(sa.exists().where(_in_force(), _CORRECTIONS.c.printed_changed))
    if wanted.marked is not None:
        found.append(_FACTS.c.marked > 0 if wanted.marked else _FACTS.c.marked == 0)
    return found


def mentions(word: str) -> sa.ColumnElement[bool]:
    """Whether an organ is called so, was printed so, lies there, or is one of those merged into one called so."""
    names, merged = schema.organ_names, _ORGANS.alias()
    other = sa.exists().where(names.c.organ_id == _ORGANS.c.organ_id, names.c.name.contains(word, autoescape=True))
    same = sa.exists().where(merged.c.merged_into == _ORGANS.c.organ_id, merged.c.name.contains(word, autoescape=True))
    own = (_ORGANS.c.name, _ORGANS.c.full_name, _ORGANS.c.region)
    return sa.or_(*(column.contains(word, autoescape=True) for column in own), other, same)


def _order(connection: sa.Connection, sort: Sort, descending: bool) -> list[sa.ColumnElement]:
    # Character by character on both databases, whatever the language of the server is.
    name = _ORGANS.c.name.collate("C") if connection.dialect.name == "postgresql" else _ORGANS.c.name
    first = {
        "newest": _REPORTS.c.report_id,
        "organ": name,
        "year": _REPORTS.c.report_year,
        "errors": sa.func.coalesce(_FACTS.c.errors, -1),
        "marked": sa.func.coalesce(_FACTS.c.marked, -1),
    }[sort]
    year = _REPORTS.c.report_year.desc()
    return [first.desc() if descending else first.asc(), name, year, _REPORTS.c.scope, _REPORTS.c.report_id]
