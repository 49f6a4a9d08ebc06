"""The reports around a stored one: what it is checked beside, and who is checked beside it.

Besides last year's report and those of its region: the version before, where another document was taken in, and the report of
another organ of which a comparison of all texts of the year found the wording here (:mod:`ogi.store.likenesses`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import sqlalchemy as sa

from ogi.checks.before import Before, alike_scopes, before
from ogi.checks.context import Beside, Context, Relations, ReportKey
from ogi.consolidation import Member
from ogi.consolidation.members import GOVERNMENTS, wanted_scopes
from ogi.lineage import Lineage, Succession, ancestors
from ogi.report import Report
from ogi.store import schema
from ogi.store.consolidating import listed_members
from ogi.store.likenesses import alike_to, with_peer
from ogi.store.other_versions import Reading, with_version_before
from ogi.store.placing import Place
from ogi.store.reports import effective
from ogi.store.statements import in_parts
from ogi.store.successions import names_of, predecessors, successions, successors

_ORGANS, _REPORTS = schema.organs, schema.reports
_IDENTITY = (_REPORTS.c.organ_id, _REPORTS.c.report_year, _REPORTS.c.scope)


class Touched(NamedTuple):
    """Reports whose checks look at another one."""

    later: tuple[int, ...]
    """Those that carry it on: of the next year, and of organs that followed."""
    above: tuple[int, ...]
    """Region totals of the government it counts towards, also of later years: who has reported once is missing later."""
    alike: tuple[int, ...]
    """Those whose wording was found in it."""


def beside(connection: sa.Connection, place: Place, reading: Reading | None = None) -> Beside | None:
    """Return what a report is checked beside: last year's, also of predecessors, those of a region that it adds up, and versions.

    Args:
        connection: a connection.
        place: where the report stands.
        reading: what would take the place of the version that counts; ``None`` for the report as it is.

    Returns:
        ``None`` where there is nothing of the kind.

    Raises:
        StoreError: ``damaged``.
    """
    key = ReportKey(place.organ_id, place.report_year, place.scope)
    previous, why_none = carried_on(connection, key)
    found = _summing(connection, place)._replace(previous=previous, no_previous=why_none)
    number = _numbers(connection, [(key.organ, key.year, key.scope)]).get(key)
    if number is not None:
        found = with_peer(connection, number, with_version_before(connection, number, found, reading))
    return None if found == Beside() else found


def _summing(connection: sa.Connection, place: Place) -> Beside:
    """The reports that a region total adds up."""
    key, members = ReportKey(place.organ_id, place.report_year, place.scope), _members(connection, place)
    if not members:
        return Beside()
    numbers = _of_members(connection, members, key.year)
    reports = [(at, effective(connection, number)) for at, number in numbers.items()]
    children = {key.organ: tuple(member.organ_id for member in members)}
    names = {member.organ_id: member.name for member in members}
    return Context(reports, Relations(children=children, names=names)).beside(key)


def touched(connection: sa.Connection, changed: Iterable[tuple[str, int, str]]) -> Touched:
    """Return the reports whose checks look at these (organ, year, scope)."""
    places = list(dict.fromkeys(changed))
    wanted = [(organ, year + 1, scope) for organ, year, scope in places]
    wanted += _followed_by(connection, places)
    later = _numbers(connection, wanted).values()
    return Touched(tuple(sorted(later)), tuple(sorted(_above(connection, places))), tuple(alike_to(connection, places)))


def without_neighbours(connection: sa.Connection, report_ids: Iterable[int]) -> set[int]:
    """Return those reports that nothing is known to be checked beside."""
    found: set[int] = set()
    for some in in_parts(report_ids):
        query = sa.select(_REPORTS.c.report_id, *_IDENTITY, _REPORTS.c.current)
        rows = connection.execute(query.where(_REPORTS.c.report_id.in_(some))).all()
        last = {(at.organ, at.year) for at in _numbers(connection, [(r.organ_id, r.report_year - 1, r.scope) for r in rows])}
        followed = _followers(connection, {row.organ_id for row in rows})
        heads = _with_others_inside(connection, {row.organ_id for row in rows if row.scope == "region_total"})
        found.update(
            row.report_id
            for row in rows
            if row.current == 1
            and row.organ_id not in followed
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


def carried_on(connection: sa.Connection, key: ReportKey) -> Before:
    """Return what a report carries on of the year before, itself stored or not, see :mod:`ogi.checks.before`.

    Raises:
        StoreError: ``damaged``.
    """
    links, scopes = successions(connection, key.organ), alike_scopes(key.scope)
    chain = ancestors(key.organ, links)
    if len(chain) == 1:
        number = _numbers(connection, [(key.organ, key.year - 1, key.scope)])
        return Before(tuple(effective(connection, one) for one in number.values()))
    numbers: dict[tuple[str, int, str], int] = {}
    reporting: dict[str, set[int]] = {}
    for some in in_parts(chain):
        query = sa.select(*_IDENTITY, _REPORTS.c.report_id).where(
            _REPORTS.c.organ_id.in_(some), _REPORTS.c.scope.in_(scopes), _REPORTS.c.deleted_at.is_(None)
        )
        for organ, year, scope, number in connection.execute(query):
            reporting.setdefault(organ, set()).add(year)
            numbers[organ, year, scope] = number

    def report_of(organ: str) -> Report | None:
        found = (numbers.get((organ, key.year - 1, scope)) for scope in scopes)
        return next((effective(connection, number) for number in found if number is not None), None)

    return before(Lineage(key.organ, links, reporting, names_of(connection, chain)), key.year, report_of)


def _followed_by(connection: sa.Connection, places: Iterable[tuple[str, int, str]]) -> list[tuple[str, int, str]]:
    """The first reports of the organs that followed others, of which the year before has changed, or that still report."""
    found: dict[tuple[str, int, str], None] = {}
    todo, seen = list(places), set(places)
    while todo:
        after: dict[str, list[Succession]] = {}
        for link in successors(connection, {organ for organ, _, _ in todo}):
            after.setdefault(link.before, []).append(link)
        steps = [(link, y, scope) for organ, y, scope in todo for link in after.get(organ, ()) if y >= link.first_year - 1]
        found |= dict.fromkeys((link.after, link.first_year, s) for link, _, scope in steps for s in alike_scopes(scope))
        todo = [one for one in dict.fromkeys((link.after, year, scope) for link, year, scope in steps) if one not in seen]
        seen |= set(todo)
    return list(found)


def _followers(connection: sa.Connection, organs: set[str]) -> set[str]:
    return {link.after for some in in_parts(organs) for link in predecessors(connection, some)}


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
