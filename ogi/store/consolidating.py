"""The organs of a region and their reports of a year from the records, ready to be added up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Any, NamedTuple

import sqlalchemy as sa

from ogi.consolidation import Comparison, Consolidated, Member, Membership, compare, consolidate, members_of
from ogi.consolidation.members import chosen_scope
from ogi.consolidation.totals import Values
from ogi.exchange.organ_list import ExpectedOrgan
from ogi.organs import describe_organ
from ogi.store import schema
from ogi.store.expected import list_names, organs_of
from ogi.store.location import StoreError
from ogi.store.reports import stored
from ogi.store.statements import in_parts

_ORGANS, _REPORTS, _LINKS = schema.organs, schema.reports, schema.organ_links
_SIZES = {level: place for place, level in enumerate(("national", "province", "city", "county", "zone", "township"))}

_TRIED = 20
"""So many regions are looked into for one to open on; each takes a query."""


@dataclass(frozen=True, kw_only=True)
class Region:
    """A government and those who belong to its region in one year."""

    head: Member
    """The government; its report is the one for its region, where it gave one."""
    report_year: int
    membership: Membership
    """Everybody with the report of the year, but for those ``below``: their figures come with their government's report."""

    def added_up(
        self, members: Iterable[Member] | None = None, *, values: Values = "printed", leave_out: Collection[str] = ()
    ) -> tuple[Consolidated, Comparison | None]:
        """Return the sums, and how they compare with the government's own report for its region where there is one.

        Args:
            members: whose reports are added; the members of the region where nothing is given.
            values: ``amended`` takes what a person set in place of the organ's own wrong figures.
            leave_out: ids of organs whose report may be passed over because of its scope.

        Raises:
            ConsolidationError: as :func:`ogi.consolidation.consolidate`.
        """
        own = self.head.report
        editions = {table: found.edition for table, found in own.tables.items() if found.edition} if own else None
        chosen = self.membership.members if members is None else tuple(members)
        found = consolidate(self.head.name, self.report_year, chosen, editions=editions, values=values, leave_out=leave_out)
        return found, compare(found, own) if own is not None else None


class Head(NamedTuple):
    """A government for whose region reports can be added up."""

    organ_id: str
    name: str
    level: str
    region: str


def heads(connection: sa.Connection) -> list[Head]:
    """Return the organs for whose region reports can be added up, those of larger places first.

    They are governments above the towns, and other organs that gave a report for their region. An organ merged into another one
    is not among them, nor one of which no place is known.
    """
    totals = sa.select(_REPORTS.c.organ_id).where(_REPORTS.c.scope == "region_total", _REPORTS.c.deleted_at.is_(None))
    is_government = sa.and_(_ORGANS.c.kind.in_(("government", "zone_committee")), _ORGANS.c.level != "township")
    query = sa.select(*(_ORGANS.c[name] for name in Head._fields)).where(
        _ORGANS.c.merged_into.is_(None), _ORGANS.c.region.is_not(None), sa.or_(is_government, _ORGANS.c.organ_id.in_(totals))
    )
    found = [Head(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda head: (_SIZES.get(head.level, len(_SIZES)), head.region, head.name))


def first_with_members(connection: sa.Connection, found: Iterable[Head], report_year: int) -> str | None:
    """Return the first government in whose region there is something to add up in a year; ``None`` where there is none.

    Members gave a report of the year or an earlier one; what only reports through a government below is not added up.
    """
    reported = sa.select(_REPORTS.c.organ_id).where(_REPORTS.c.deleted_at.is_(None), _REPORTS.c.report_year == report_year)
    query = sa.select(_ORGANS.c.region, _ORGANS.c.organ_id).where(
        _ORGANS.c.organ_id.in_(reported), _ORGANS.c.region.is_not(None), _ORGANS.c.merged_into.is_(None)
    )
    here = sorted((str(place), str(organ)) for place, organ in connection.execute(query))
    now, tried = {organ for _, organ in here}, 0
    for head in found:
        inside = islice(here, bisect_left(here, (head.region, "")), None)
        if not any(organ != head.organ_id for _, organ in takewhile(lambda one, at=head.region: one[0].startswith(at), inside)):
            continue
        rows = [_plain(row) for row in _inside(connection, head.region, report_year) if row["organ_id"] != head.organ_id]
        own = Member(organ_id=head.organ_id, name=head.name, level=head.level, kind="government", region=head.region)  # type: ignore[arg-type]
        if any(member.organ_id in now for member in members_of(own, rows).members):
            return head.organ_id
        tried += 1
        if tried == _TRIED:
            break
    return None


def region(connection: sa.Connection, organ_id: str, report_year: int, list_name: str | None = None) -> Region:
    """Return the organs of the region of a government with their reports of a year.

    An organ belongs to it if it has a report of the year; or of an earlier one, its report then being missing, unless another
    organ followed it. A list of organs that must report says it better: with ``list_name`` exactly those that are due belong.

    Raises:
        StoreError: ``no_organ``; ``no_region``: nothing is known of the place of the government.
    """
    row = connection.execute(sa.select(_ORGANS).where(_ORGANS.c.organ_id == organ_id)).mappings().one_or_none()
    if row is None:
        raise StoreError("no_organ", organ=organ_id)
    if not row["region"]:
        raise StoreError("no_region", organ=row["name"])
    rows = (
        _listed(connection, list_name, report_year) if list_name is not None else _inside(connection, row["region"], report_year)
    )
    organs = members_of(_plain(dict(row)), [_plain(one) for one in rows if one["organ_id"] != organ_id])
    counted = [*organs.members, *organs.vertical, *organs.unattached]
    reports = _reports(connection, [organ_id, *(one.organ_id for one in counted)], report_year)

    def with_reports(members: Iterable[Member]) -> tuple[Member, ...]:
        return tuple(_with_report(connection, one, reports.get(one.organ_id, {})) for one in members)

    membership = Membership(
        members=with_reports(organs.members),
        vertical=with_reports(organs.vertical),
        below=organs.below,
        unattached=with_reports(organs.unattached),
    )
    totals = {scope: number for scope, number in reports.get(organ_id, {}).items() if scope == "region_total"}
    head = _with_report(connection, _plain(dict(row)), totals)
    return Region(head=head, report_year=report_year, membership=membership)


def listed_members(connection: sa.Connection, head: Member, report_year: int) -> tuple[Member, ...]:
    """Return who must report in the region of a government as the lists of organs say, without their reports.

    Nobody where no list names any of them: then it is not known who is missing, and a sum over those at hand says nothing about
    the region's own report (domain specification, section 8: “if and only if all children are present”). Of several lists the
    one that names most of the region counts.
    """
    named = (_listed(connection, name, report_year) for name in list_names(connection))
    found = [members_of(head, [_plain(row) for row in rows if row["organ_id"] != head.organ_id]).members for rows in named]
    return max(found, key=len, default=())


def _inside(connection: sa.Connection, region_name: str, report_year: int) -> list[dict[str, Any]]:
    reported = sa.select(_REPORTS.c.organ_id).where(_REPORTS.c.deleted_at.is_(None), _REPORTS.c.report_year <= report_year)
    now = reported.where(_REPORTS.c.report_year == report_year)
    followed = sa.select(_LINKS.c.before_id).where(_LINKS.c.first_year <= report_year)
    query = sa.select(_ORGANS).where(
        _ORGANS.c.region.startswith(region_name, autoescape=True),
        _ORGANS.c.merged_into.is_(None),
        _ORGANS.c.organ_id.in_(reported),
        sa.or_(_ORGANS.c.organ_id.in_(now), _ORGANS.c.organ_id.not_in(followed)),
    )
    return [dict(row) for row in connection.execute(query.order_by(_ORGANS.c.name)).mappings()]


def _listed(connection: sa.Connection, list_name: str, report_year: int) -> list[dict[str, Any]]:
    """The organs of a list that are due; one that is not in the records is described by its name."""
    due = [organ for organ in organs_of(connection, list_name) if organ.is_due(report_year)]
    known = _settled(connection, [organ.organ_id for organ in due])
    found: dict[str, dict[str, Any]] = {}
    for organ in due:
        row = known.get(organ.organ_id) or _described(organ)
        found.setdefault(row["organ_id"], row)
    return list(found.values())


def _settled(connection: sa.Connection, organ_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By id the organ it is now: of one merged into another, that one."""
    found: dict[str, dict[str, Any]] = {}
    into = _ORGANS.alias("into")
    joined = _ORGANS.join(into, into.c.organ_id == sa.func.coalesce(_ORGANS.c.merged_into, _ORGANS.c.organ_id))
    for some in in_parts(organ_ids):
        query = sa.select(_ORGANS.c.organ_id.label("given"), into).select_from(joined).where(_ORGANS.c.organ_id.in_(some))
        found |= {row["given"]: dict(row) for row in connection.execute(query).mappings()}
    return found


def _described(organ: ExpectedOrgan) -> dict[str, Any]:
    name = describe_organ(organ.name)
    return {"organ_id": organ.organ_id, "name": organ.name, "level": name.level, "kind": name.kind, "region": name.region}


def _reports(connection: sa.Connection, organ_ids: Iterable[str], report_year: int) -> dict[str, dict[str, int]]:
    """By organ and scope the report of the year."""
    found: dict[str, dict[str, int]] = {}
    columns = (_REPORTS.c.organ_id, _REPORTS.c.scope, _REPORTS.c.report_id)
    for some in in_parts(organ_ids):
        query = sa.select(*columns).where(_REPORTS.c.deleted_at.is_(None), _REPORTS.c.report_year == report_year)
        for organ_id, scope, report_id in connection.execute(query.where(_REPORTS.c.organ_id.in_(some))):
            found.setdefault(organ_id, {})[scope] = report_id
    return found


def _plain(row: Mapping[str, Any]) -> Member:
    return Member(organ_id=row["organ_id"], name=row["name"], level=row["level"], kind=row["kind"], region=row["region"])


def _with_report(connection: sa.Connection, member: Member, reports: Mapping[str, int]) -> Member:
    scope = chosen_scope(member, reports)
    if scope is None:
        return member
    report = stored(connection, reports[scope])
    return replace(member, report=report.effective, scope=scope, amended=report.amended)
