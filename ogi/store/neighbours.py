"""The reports around a stored one: what it is checked beside, and who is checked beside it.

Two checks between reports are not made of stored reports. Whether versions of a report differ (S14) asks which one counts; of a
stored report the one taken in last does, also where bulk reading took it in, and the page of the report shows what differs.
Whether the text is that of another organ (Y09) can only be told with all texts of a year at hand, see
:mod:`ogi.checks.originality`: what many organs of a region print is nobody's own, and a report looked at beside single others
would seem copied wherever they share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa

from ogi.checks.context import Beside, Context, Relations, ReportKey
from ogi.consolidation import Member
from ogi.consolidation.members import GOVERNMENTS, wanted_scopes
from ogi.report import Report
from ogi.store import schema
from ogi.store.consolidating import listed_members
from ogi.store.placing import Place
from ogi.store.reports import effective
from ogi.store.statements import in_parts

_ORGANS, _REPORTS, _LINKS = schema.organs, schema.reports, schema.organ_links
_IDENTITY = (_REPORTS.c.organ_id, _REPORTS.c.report_year, _REPORTS.c.scope)


class Touched(NamedTuple):
    """Reports whose checks look at another one."""

    later: tuple[int, ...]
    """Those that carry it on: of the next year, and of organs that followed."""
    above: tuple[int, ...]
    """Region totals of the government it counts towards, also of later years: who has reported once is missing later."""


def beside(connection: sa.Connection, place: Place) -> Beside | None:
    """Return what a report is checked beside: last year's, also of predecessors, and those of a region that it adds up.

    ``None`` where there is nothing of the kind.

    Raises:
        StoreError: ``damaged``.
    """
    key = ReportKey(place.organ_id, place.report_year, place.scope)
    before = _predecessors(connection, key)
    members = _members(connection, place)
    years = [(organ, year) for organ in before.get(key.organ, ()) for year in (key.year, key.year - 1)]
    wanted = [ReportKey(organ, year, key.scope) for organ, year in [(key.organ, key.year - 1), *years]]
    numbers = {**_numbers(connection, wanted), **_of_members(connection, members, key.year)}
    if not numbers and not members:
        return None
    reports: list[tuple[ReportKey, Report]] = [(at, effective(connection, number)) for at, number in numbers.items()]
    children = {key.organ: tuple(member.organ_id for member in members)} if members else {}
    names = {member.organ_id: member.name for member in members}
    return Context(reports, Relations(predecessors=before, children=children, names=names)).beside(key)


def touched(connection: sa.Connection, changed: Iterable[tuple[str, int, str]]) -> Touched:
    """Return the reports whose checks look at these (organ, year, scope)."""
    places = list(dict.fromkeys(changed))
    after = _successors(connection, {organ for organ, _, _ in places})
    wanted = [(organ, year + 1, scope) for organ, year, scope in places]
    wanted += [(new, at, scope) for organ, year, scope in places for new in after.get(organ, ()) for at in (year, year + 1)]
    later = _numbers(connection, wanted).values()
    return Touched(tuple(sorted(later)), tuple(sorted(_above(connection, places))))


def without_neighbours(connection: sa.Connection, report_ids: Iterable[int]) -> set[int]:
    """Return those reports that nothing is known to be checked beside."""
    found: set[int] = set()
    for some in in_parts(report_ids):
        rows = connection.execute(sa.select(_REPORTS.c.report_id, *_IDENTITY).where(_REPORTS.c.report_id.in_(some))).all()
        last = {(at.organ, at.year) for at in _numbers(connection, [(r.organ_id, r.report_year - 1, r.scope) for r in rows])}
        followed = _followers(connection, {row.organ_id for row in rows})
        heads = _with_others_inside(connection, {row.organ_id for row in rows if row.scope == "region_total"})
        found.update(
            row.report_id
            for row in rows
            if row.organ_id not in followed
            and (row.organ_id, row.report_year - 1) not in last
            and not (row.scope == "region_total" and row.organ_id in heads)
        )
    return found


def _with_others_inside(connection: sa.Connection, organs: set[str]) -> set[str]:
    """Those in whose region there is another organ."""
    found: set[str] = set()
    for organ, region, _ in _organs(connection, _ORGANS.c.organ_id, organs):
        inside = (_ORGANS.c.region >= region, _ORGANS.c.region < f"{region}\U0010ffff", _ORGANS.c.organ_id != organ)
        if connection.dialect.name != "sqlite":  # a database that sorts by language has no such range
            inside = (_ORGANS.c.region.startswith(region, autoescape=True), _ORGANS.c.organ_id != organ)
        if connection.scalar(sa.select(_ORGANS.c.organ_id).where(*inside).limit(1)) is not None:
            found.add(organ)
    return found


def _numbers(connection: sa.Connection, wanted: Iterable[tuple[str, int, str]]) -> dict[ReportKey, int]:
    """The reports in force at these places."""
    found: dict[ReportKey, int] = {}
    for some in in_parts(tuple(one) for one in wanted):
        query = sa.select(*_IDENTITY, _REPORTS.c.report_id).where(
            sa.tuple_(*_IDENTITY).in_(some), _REPORTS.c.deleted_at.is_(None)
        )
        for organ, year, scope, number in connection.execute(query):
            found[ReportKey(organ, year, scope)] = number
    return found


def _settled(column: sa.ColumnElement[str], organs: Any) -> sa.ColumnElement[str]:
    return sa.func.coalesce(organs.c.merged_into, column)


def _links(connection: sa.Connection, *conditions: Any) -> list[tuple[str, str, int]]:
    """Links between organs as they are now, of merged ones the one they were merged into: before, after, first year."""
    old, new = _ORGANS.alias("old"), _ORGANS.alias("new")
    before, after = _settled(_LINKS.c.before_id, old), _settled(_LINKS.c.after_id, new)
    joined = _LINKS.outerjoin(old, old.c.organ_id == _LINKS.c.before_id).outerjoin(new, new.c.organ_id == _LINKS.c.after_id)
    query = sa.select(before, after, _LINKS.c.first_year).select_from(joined)
    if conditions:
        side, organs = conditions
        query = query.where((before if side == "before" else after).in_(list(organs)))
    return [(one, other, year) for one, other, year in connection.execute(query) if one != other]


def _predecessors(connection: sa.Connection, key: ReportKey) -> Mapping[str, tuple[str, ...]]:
    """By organ those it follows in this year: of the organ itself, and of all that follow the same ones."""
    own = [old for old, _, first in _links(connection, "after", [key.organ]) if first <= key.year]
    found: dict[str, tuple[str, ...]] = {}
    for old, new, first in _links(connection, "before", own) if own else ():
        if first <= key.year:
            found[new] = (*found.get(new, ()), old)
    return found


def _successors(connection: sa.Connection, organs: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for some in in_parts(organs):
        for old, new, _ in _links(connection, "before", some):
            found[old] = (*found.get(old, ()), new)
    return found


def _followers(connection: sa.Connection, organs: set[str]) -> set[str]:
    return {new for some in in_parts(organs) for _, new, _ in _links(connection, "after", some)}


def _members(connection: sa.Connection, place: Place) -> tuple[Member, ...]:
    """Who belongs to the region of a region total, where a list says who must report; see :func:`listed_members`."""
    organ = place.organ
    if place.scope != "region_total" or organ.kind not in GOVERNMENTS or not organ.region:
        return ()
    head = Member(organ_id=place.organ_id, name=organ.name or "", level=organ.level, kind=organ.kind, region=organ.region)
    return listed_members(connection, head, place.report_year)


def _of_members(connection: sa.Connection, members: Iterable[Member], year: int) -> dict[ReportKey, int]:
    """The report of each that belongs into the sum."""
    given = list(members)
    there = _numbers(connection, [(member.organ_id, year, scope) for member in given for scope in wanted_scopes(member)])
    found: dict[ReportKey, int] = {}
    for member in given:
        keys = (ReportKey(member.organ_id, year, scope) for scope in wanted_scopes(member))
        best = next((key for key in keys if key in there), None)
        if best is not None:
            found[best] = there[best]
    return found


def _above(connection: sa.Connection, places: Iterable[tuple[str, int, str]]) -> set[int]:
    """The region totals of the nearest government above each organ, from its year on."""
    first: dict[str, int] = {}
    for organ, year, _ in places:
        first[organ] = min(year, first.get(organ, year))
    organs = _organs(connection, _ORGANS.c.organ_id, first)
    regions = {region[:length] for _, region, _ in organs for length in range(2, len(region) + 1)}
    heads = [row for row in _organs(connection, _ORGANS.c.region, regions) if row[2] in GOVERNMENTS]
    since: dict[str, int] = {}
    for organ, region, kind in organs:
        is_head = kind in GOVERNMENTS
        above = [h for h in heads if h[0] != organ and region.startswith(h[1]) and not (is_head and h[1] == region)]
        if above:
            nearest = max(len(region) for _, region, _ in above)
            since |= {h[0]: min(first[organ], since.get(h[0], first[organ])) for h in above if len(h[1]) == nearest}
    found: set[int] = set()
    for some in in_parts(since):
        query = sa.select(_REPORTS.c.report_id, _REPORTS.c.organ_id, _REPORTS.c.report_year).where(
            _REPORTS.c.organ_id.in_(some), _REPORTS.c.scope == "region_total", _REPORTS.c.deleted_at.is_(None)
        )
        found.update(number for number, organ, year in connection.execute(query) if year >= since[organ])
    return found


def _organs(connection: sa.Connection, column: sa.ColumnElement[Any], values: Iterable[str]) -> list[tuple[str, str, str]]:
    """Organs with a region: id, region, kind."""
    found: list[tuple[str, str, str]] = []
    for some in in_parts(values):
        query = sa.select(_ORGANS.c.organ_id, _ORGANS.c.region, _ORGANS.c.kind)
        query = query.where(column.in_(some), _ORGANS.c.merged_into.is_(None), _ORGANS.c.region.is_not(None))
        found += [(number, region, kind) for number, region, kind in connection.execute(query)]
    return found
