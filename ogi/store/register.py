"""The register of organs: what each is and was called, where it belongs, which followed which, what is stored of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import msgspec
import sqlalchemy as sa

from ogi.organs import describe_organ, id_of
from ogi.report import OrganName
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.admitting import admit
from ogi.store.listing import mentions
from ogi.store.organs import LinkKind
from ogi.store.placing import Place
from ogi.store.statements import in_parts

_ORGANS, _NAMES, _LINKS, _REPORTS = schema.organs, schema.organ_names, schema.organ_links, schema.reports
_OF_A_PLACE = ("government", "subdistrict", "zone_committee")
"""Kinds that answer for a place, so that the one above them is that of a larger place."""
_COLUMNS = ("organ_id", "name", "full_name", "level", "kind", "region", "region_code")


class Linked(NamedTuple):
    """An organ before or after another one."""

    organ_id: str
    name: str
    """Its name; its id where it is in no register."""
    kind: LinkKind
    first_year: int
    """The first report year of the successor."""


class RegisteredOrgan(msgspec.Struct, frozen=True, kw_only=True):
    """One organ of the register."""

    organ_id: str
    name: str
    full_name: str
    level: str
    kind: str
    region: str | None
    region_code: str | None
    other_names: tuple[str, ...] = ()
    """As its documents call it otherwise."""
    merged: tuple[tuple[str, str], ...] = ()
    """Id and name of those of which a person said that they are this one."""
    before: tuple[Linked, ...] = ()
    after: tuple[Linked, ...] = ()
    reports: int = 0
    """Reports in force."""
    first_year: int | None = None
    last_year: int | None = None
    parent: str | None = None
    """The organ above it: the one its name tells, else the registered government of its place, or of the place around it."""


class RegisterPage(msgspec.Struct, frozen=True):
    """A page of the register."""

    rows: tuple[RegisteredOrgan, ...]
    total: int
    """How many there are on all pages."""


def registered(
    connection: sa.Connection,
    text: str = "",
    *,
    levels: Collection[str] = (),
    kinds: Collection[str] = (),
    offset: int = 0,
    limit: int = 50,
) -> RegisterPage:
    """Return a page of the organs, by place and name; one merged into another is found under that one.

    Args:
        connection: a connection.
        text: words that all must be in its name, another name of it, or its region.
        levels: of these levels; all where none is given.
        kinds: of these kinds; all where none is given.
        offset: how many are passed over.
        limit: how many are returned at most.
    """
    conditions = [_ORGANS.c.merged_into.is_(None), *(mentions(word) for word in text.split())]
    conditions += [column.in_(list(wanted)) for column, wanted in ((_ORGANS.c.level, levels), (_ORGANS.c.kind, kinds)) if wanted]
    total = connection.scalar(sa.select(sa.func.count()).select_from(_ORGANS).where(*conditions)) or 0
    # Organs of an unknown place come last, on both databases.
    order = (_ORGANS.c.region_code.is_(None), _ORGANS.c.region_code, _ORGANS.c.region, _ORGANS.c.name)
    query = sa.select(*(_ORGANS.c[name] for name in _COLUMNS)).where(*conditions).order_by(*order).offset(offset).limit(limit)
    return RegisterPage(_with_rest(connection, connection.execute(query).mappings().all()), total)


def registered_organ(connection: sa.Connection, organ_id: str) -> RegisteredOrgan | None:
    """Return one organ, or the one it was merged into; ``None`` where it is not in the register."""
    into = sa.select(sa.func.coalesce(_ORGANS.c.merged_into, _ORGANS.c.organ_id)).where(_ORGANS.c.organ_id == organ_id)
    query = sa.select(*(_ORGANS.c[name] for name in _COLUMNS)).where(_ORGANS.c.organ_id == into.scalar_subquery())
    found = _with_rest(connection, connection.execute(query).mappings().all())
    return found[0] if found else None


def missing_of(connection: sa.Connection, organ_ids: Iterable[str]) -> set[str]:
    """Return those that are not in the register."""
    wanted = set(organ_ids)
    known: set[str] = set()
    for some in in_parts(sorted(wanted)):
        known.update(connection.scalars(sa.select(_ORGANS.c.organ_id).where(_ORGANS.c.organ_id.in_(some))))
    return wanted - known


def add_organs(connection: sa.Connection, described: Mapping[str, OrganName], act: Act) -> int:
    """Add organs by what their names tell; those that are there stay as they are. Returns how many were new.

    Args:
        connection: a writing transaction.
        described: by id, from :func:`ogi.organs.describe_organ`, the place settled.
        act: who, when, why.
    """
    new = sorted(missing_of(connection, described))
    if new:
        admit(connection, [Place(organ=described[one], organ_id=one, report_year=0, scope="unknown") for one in new], act)
        audit.note(connection, act, "organs_added", count=len(new), names=[described[one].name for one in new])
    return len(new)


class Moving(NamedTuple):
    """What merging one organ into another would do."""

    reports: int
    """Reports that would go over, deleted ones left aside."""
    twice: tuple[tuple[int, str], ...]
    """Year and scope of reports that both have; as long as there are any, the two cannot be merged."""


def would_move(connection: sa.Connection, organ_id: str, into_id: str) -> Moving:
    """Return what merging would do; nothing is changed."""
    query = sa.select(_REPORTS.c.organ_id, _REPORTS.c.report_year, _REPORTS.c.scope).where(
        _REPORTS.c.deleted_at.is_(None), _REPORTS.c.organ_id.in_([organ_id, into_id])
    )
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for organ, year, scope in connection.execute(query):
        found[organ].add((year, scope))
    return Moving(len(found[organ_id]), tuple(sorted(found[organ_id] & found[into_id])))


def named(name: str) -> tuple[str | None, OrganName]:
    """Return the id of the organ a person named and what the name tells; no id where it is none or that of several organs."""
    found = describe_organ(name)
    return (None if found.candidates else id_of(found)), found


def _with_rest(connection: sa.Connection, rows: Iterable[Mapping]) -> tuple[RegisteredOrgan, ...]:
    """The organs with other names, links and what is stored of each."""
    plain = {row["organ_id"]: dict(row) for row in rows}
    if not plain:
        return ()
    ids = list(plain)
    names: dict[str, list[str]] = defaultdict(list)
    for organ_id, name in connection.execute(sa.select(_NAMES.c.organ_id, _NAMES.c.name).where(_NAMES.c.organ_id.in_(ids))):
        names[organ_id].append(name)
    merged: dict[str, list[tuple[str, str]]] = defaultdict(list)
    query = sa.select(_ORGANS.c.merged_into, _ORGANS.c.organ_id, _ORGANS.c.name).where(_ORGANS.c.merged_into.in_(ids))
    for into, organ_id, name in connection.execute(query.order_by(_ORGANS.c.name)):
        merged[into].append((organ_id, name))
    before, after = _links(connection, ids)
    parents = _parents(connection, plain.values())
    counts = {row[0]: row[1:] for row in connection.execute(_counted(ids))}
    found = []
    for organ_id, row in plain.items():
        reports, first, last = counts.get(organ_id, (0, None, None))
        rest = {"before": tuple(before[organ_id]), "after": tuple(after[organ_id]), "merged": tuple(merged[organ_id])}
        stored = {"reports": reports, "first_year": first, "last_year": last}
        other_names = tuple(sorted(names[organ_id]))
        found.append(RegisteredOrgan(**row, **rest, **stored, other_names=other_names, parent=parents.get(organ_id)))
    return tuple(found)


def _parents(connection: sa.Connection, rows: Iterable[Mapping]) -> dict[str, str]:
    """By organ the name of the one above it, where that is known."""
    found, placed = {}, []
    for row in rows:
        told = describe_organ(row["full_name"]).parent
        if told:
            found[row["organ_id"]] = told
        elif row["region"]:
            placed.append(row)
    # A region is written with everything around it (江苏省宿迁市沭阳县), so the places around it are its beginnings.
    around = {row["region"][:end] for row in placed for end in range(1, len(row["region"]) + 1)}
    governments: dict[str, tuple[str, str]] = {}
    for some in in_parts(sorted(around)):
        query = sa.select(_ORGANS.c.region, _ORGANS.c.organ_id, _ORGANS.c.name).where(
            _ORGANS.c.kind == "government", _ORGANS.c.merged_into.is_(None), _ORGANS.c.region.in_(some)
        )
        governments |= {region: (organ_id, name) for region, organ_id, name in connection.execute(query)}
    for row in placed:
        region = row["region"]
        ends = range(len(region) - (row["kind"] in _OF_A_PLACE), 0, -1)
        above = next((governments[region[:end]] for end in ends if region[:end] in governments), None)
        if above is not None and above[0] != row["organ_id"]:
            found[row["organ_id"]] = above[1]
    return found


def _counted(ids: list[str]) -> sa.Select:
    years = (sa.func.min(_REPORTS.c.report_year), sa.func.max(_REPORTS.c.report_year))
    query = sa.select(_REPORTS.c.organ_id, sa.func.count(), *years).where(_REPORTS.c.deleted_at.is_(None))
    return query.where(_REPORTS.c.organ_id.in_(ids)).group_by(_REPORTS.c.organ_id)


def _links(connection: sa.Connection, ids: list[str]) -> tuple[dict[str, list[Linked]], dict[str, list[Linked]]]:
    """By organ those before it, and those after it."""
    query = sa.select(_LINKS).where(sa.or_(_LINKS.c.before_id.in_(ids), _LINKS.c.after_id.in_(ids)))
    rows = connection.execute(query.order_by(_LINKS.c.first_year, _LINKS.c.before_id)).mappings().all()
    others = {row[end] for row in rows for end in ("before_id", "after_id")}
    names = dict(connection.execute(sa.select(_ORGANS.c.organ_id, _ORGANS.c.name).where(_ORGANS.c.organ_id.in_(others))).all())
    before: dict[str, list[Linked]] = defaultdict(list)
    after: dict[str, list[Linked]] = defaultdict(list)
    for row in rows:
        for own, other, found in (("after_id", "before_id", before), ("before_id", "after_id", after)):
            name = names.get(row[other], row[other])
            found[row[own]].append(Linked(row[other], name, row["kind"], row["first_year"]))
    return before, after
