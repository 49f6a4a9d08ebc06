"""Whose wording stands in the report of another organ of the same year, as it was worked out (:mod:`ogi.store.comparing_texts`).

What was found holds for the versions that were compared: of a report that was stored later, or whose text or counterpart changed,
nothing is known until the year is compared again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from ogi.checks.context import Beside
from ogi.checks.finding import OtherFigure
from ogi.store import schema
from ogi.store.statements import in_parts

CHECK, FACT = "Y09_copied_from_peer", "meta.text_similarity_peer"
_REPORTS, _FOUND, _ORGANS = schema.reports, schema.likenesses, schema.organs
_PLACES = Decimal("0.0001")


class TextsOfYear(NamedTuple):
    """How far the texts of a year were compared with each other."""

    reports: int
    """With a text, as they are now."""
    compared: int
    """Of these, those whose text was compared as it is now."""
    at: dt.datetime | None
    """When last; ``None`` if never."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was stored or changed since."""
        return self.compared == self.reports


def texts_of(connection: sa.Connection, years: Iterable[int] = ()) -> dict[int, TextsOfYear]:
    """Return by year, newest first, how far texts were compared; all years with a report, or those named."""
    known = sa.case((_FOUND.c.version == _REPORTS.c.current, 1), else_=0)
    joined = _REPORTS.outerjoin(_FOUND, sa.and_(_FOUND.c.report_id == _REPORTS.c.report_id, _is_of_year()))
    query = sa.select(_REPORTS.c.report_year, sa.func.count(), sa.func.sum(known), sa.func.max(_FOUND.c.at)).select_from(joined)
    query = query.where(_REPORTS.c.deleted_at.is_(None)).group_by(_REPORTS.c.report_year).order_by(_REPORTS.c.report_year.desc())
    if wanted := list(years):
        query = query.where(_REPORTS.c.report_year.in_(wanted))
    return {year: TextsOfYear(count, int(done), at) for year, count, done, at in connection.execute(query)}


def with_peer(connection: sa.Connection, report_id: int, beside: Beside) -> Beside:
    """Return what a report is checked beside, with how much of its text stands in that of another organ, where that is known."""
    mine, other, organ = _REPORTS.alias("mine"), _REPORTS.alias("other"), _ORGANS
    joined = (
        _FOUND.join(mine, mine.c.report_id == _FOUND.c.report_id)
        .outerjoin(other, other.c.report_id == _FOUND.c.other_id)
        .outerjoin(organ, organ.c.organ_id == other.c.organ_id)
    )
    same = (
        other.c.current == _FOUND.c.other_version, other.c.deleted_at.is_(None), other.c.organ_id != mine.c.organ_id,
        other.c.report_year == mine.c.report_year,
    )  # fmt: skip
    holds = (
        _FOUND.c.report_id == report_id, _FOUND.c.share.is_not(None), _FOUND.c.version == mine.c.current,
        _FOUND.c.report_year == mine.c.report_year, sa.or_(_FOUND.c.other_id.is_(None), sa.and_(*same)),
    )  # fmt: skip
    query = sa.select(_FOUND.c.share, _FOUND.c.passages, _FOUND.c.other_id, organ.c.name, mine.c.report_year, _sha256(other))
    row = connection.execute(query.select_from(joined).where(*holds)).one_or_none()
    if row is None:
        return beside
    if row.other_id is None:
        return beside.with_fact(FACT, 0)  # so little that it was no candidate
    share = Decimal(row.share).quantize(_PLACES, ROUND_HALF_UP)
    peer = OtherFigure(
        relation="peer", key=FACT, value=share, sha256=row.sha256 or "", organ=row.name, report_year=row.report_year
    )
    passages = tuple(msgspec.json.decode(row.passages, type=list[str]))
    return beside.with_fact(FACT, Fraction(row.share), lists=(row.name,), quotes=passages, others=(peer,))


def alike_to(connection: sa.Connection, places: Iterable[tuple[str, int, str]]) -> list[int]:
    """Return the reports whose wording was found in those at these places, in force or not."""
    identity = sa.tuple_(_REPORTS.c.organ_id, _REPORTS.c.report_year, _REPORTS.c.scope)
    joined = _FOUND.join(_REPORTS, _REPORTS.c.report_id == _FOUND.c.other_id)
    found: set[int] = set()
    for some in in_parts(tuple(place) for place in places):
        found.update(connection.scalars(sa.select(_FOUND.c.report_id).select_from(joined).where(identity.in_(some))))
    return sorted(found)


def _sha256(report: Any) -> sa.ColumnElement[Any]:
    versions = schema.versions
    query = sa.select(versions.c.sha256).where(versions.c.report_id == report.c.report_id, versions.c.number == report.c.current)
    return query.scalar_subquery().label("sha256")


def _is_of_year() -> sa.ColumnElement[bool]:
    return _FOUND.c.report_year == _REPORTS.c.report_year
