"""Where a report belongs: its organ, year and scope, as the document tells or a person says."""

from __future__ import annotations

from typing import get_args

import msgspec

from ogi.organs import describe_organ, id_of
from ogi.report import OrganName, Report, Scope
from ogi.store.location import StoreError

_LONGEST_NAME = 255
_YEARS = range(1990, 2100)
"""Years a report can be of; a number outside is a mistake of typing or reading, not a year."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """The identity of a report."""

    organ: OrganName
    """The organ, its name always there."""
    organ_id: str
    report_year: int
    scope: Scope

    @property
    def key(self) -> str:
        """``organ.year.scope``, by which the snapshot and links know the report."""
        return key_of(self.organ_id, self.report_year, self.scope)


def key_of(organ_id: str, report_year: int, scope: str) -> str:
    """Return the key of a report."""
    return f"{organ_id}.{report_year}.{scope}"


def place_of(report: Report, organ_name: str | None = None, report_year: int | None = None, scope: str | None = None) -> Place:
    """Return where a report belongs; what is given takes the place of what was read.

    Raises:
        StoreError: ``unplaced``: organ or year are not known, or the name is that of several organs.
    """
    year = report.report_year if report_year is None else report_year
    organ = described(report.organ, organ_name, year)
    organ_id = id_of(organ) if organ.name and len(organ.name) <= _LONGEST_NAME else None
    if organ_id is None or year is None or year not in _YEARS or organ.candidates:
        raise StoreError(
            "unplaced", name=report.document.name, organ="、".join(organ.candidates[:5]) or organ.name or "—", year=year or "—"
        )
    return Place(organ=organ, organ_id=organ_id, report_year=year, scope=_scope(scope) or report.scope)


def described(organ: OrganName, name: str | None, year: int | None) -> OrganName:
    """Return what is known of the organ a person named, or of the one that was read where nobody did or it is the same."""
    given = (name or "").strip()
    return organ if not given or given == organ.name else describe_organ(given, year=year)


def as_placed(report: Report, place: Place) -> Report:
    """Return the report as it is at this place: checks and facts then see the organ, year and scope a person set."""
    organ = report.organ if id_of(report.organ) == place.organ_id else place.organ
    if organ is report.organ and (report.report_year, report.scope) == (place.report_year, place.scope):
        return report
    return msgspec.structs.replace(report, organ=organ, report_year=place.report_year, scope=place.scope)


def _scope(scope: str | None) -> Scope | None:
    if scope is None:
        return None
    if scope not in get_args(Scope):
        raise StoreError("bad_value", value=scope)
    return scope  # type: ignore[return-value]
