"""Organs through time: the same one under two names, and one that follows another.

*Merging* says that two organs of the records are one and the same; their reports then stand together. A *link* says that one
organ followed another (renamed, merged, split): both keep their reports, and the comparison of years goes from one to the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from ogi.organs import id_of
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.claiming import all_or_nothing
from ogi.store.derive import check_again, derive, queue, spread, waits
from ogi.store.identity import move
from ogi.store.location import StoreError
from ogi.store.placing import key_of
from ogi.store.reports import version_report
from ogi.store.statements import in_parts

LinkKind = Literal["renamed", "merged", "split"]
_FEW = 40
"""So many reports are checked anew at once when a link changes; the others a little later."""


class OrganLink(msgspec.Struct, frozen=True, kw_only=True):
    """One organ that followed another."""

    before_id: str
    after_id: str
    kind: LinkKind
    first_year: int
    """The first report year of the successor."""
    at: dt.datetime
    by: str


@all_or_nothing
def merge_organs(connection: sa.Connection, organ_id: str, into_id: str, act: Act) -> list[int]:
    """Say that an organ is the same as another one; its reports, and those handed in later, go to that one.

    Returns:
        The numbers of the reports that moved.

    Raises:
        StoreError: ``no_organ``; ``bad_value``: both are one already; ``merged_already``; ``merge_collides`` with the reports
            that both have of the same year and scope.
    """
    merged = _merged(connection, [organ_id, into_id])
    if merged[organ_id] is not None:
        raise StoreError("merged_already")
    into = merged[into_id] or into_id
    if into == organ_id:
        raise StoreError("bad_value", value=into_id)
    own = _reports(connection, organ_id)
    there = {(row.report_year, row.scope) for row in _reports(connection, into) if row.deleted_at is None}
    twice = [row for row in own if row.deleted_at is None and (row.report_year, row.scope) in there]
    if twice:
        raise StoreError("merge_collides", reports="、".join(f"{row.report_year} {row.scope}" for row in twice))
    organs = schema.organs
    same = sa.or_(organs.c.organ_id == organ_id, organs.c.merged_into == organ_id)
    connection.execute(sa.update(organs).where(same).values(merged_into=into))
    moved = [row.report_id for row in own]
    for row in own:
        _move(connection, row, into)
    audit.note(connection, act, "organs_merged", subject=organ_id, into=into, reports=moved)
    return moved


@all_or_nothing
def split(connection: sa.Connection, organ_id: str, act: Act) -> list[int]:
    """Take a merging back: the reports that came from the organ, or that name it, go back to it.

    Returns:
        The numbers of the reports that moved.

    Raises:
        StoreError: ``no_organ``; ``not_merged``.
    """
    into = _merged(connection, [organ_id])[organ_id]
    if into is None:
        raise StoreError("not_merged")
    lines, organs = schema.audit, schema.organs
    last = (
        sa.select(lines.c.detail)
        .where(lines.c.action == "organs_merged", lines.c.subject == organ_id)
        .order_by(lines.c.audit_id.desc())
        .limit(1)
    )
    came = set((connection.scalar(last) or {}).get("reports", ()))
    connection.execute(sa.update(organs).where(organs.c.organ_id == organ_id).values(merged_into=None))
    back = [row for row in _reports(connection, into) if row.report_id in came or _names(connection, row, organ_id)]
    for row in back:
        _move(connection, row, organ_id)
    moved = [row.report_id for row in back]
    audit.note(connection, act, "organs_split", subject=organ_id, out_of=into, reports=moved)
    return moved


@all_or_nothing
def link(connection: sa.Connection, before_id: str, after_id: str, kind: LinkKind, *, first_year: int, act: Act) -> None:
    """Say that an organ followed another one, from a report year on; a link between the two is replaced.

    Several organs with the kind ``merged`` went into one; one organ with the kind ``split`` went into several. Organs are named
    by their ids, whether reports of them are stored or not.

    Raises:
        StoreError: ``bad_value``: it is one organ, or the kind is none.
    """
    if before_id == after_id or kind not in ("renamed", "merged", "split"):
        raise StoreError("bad_value", value=after_id if before_id == after_id else kind)
    _unlink(connection, before_id, after_id)
    row = {"before_id": before_id, "after_id": after_id, "kind": kind, "first_year": first_year, "at": act.at, "by": act.by}
    connection.execute(sa.insert(schema.organ_links).values(row))
    _looks_again(connection, before_id, after_id)
    audit.note(connection, act, "organs_linked", subject=after_id, before=before_id, kind=kind, first_year=first_year)


@all_or_nothing
def unlink(connection: sa.Connection, before_id: str, after_id: str, act: Act) -> None:
    """Take a link away.

    Raises:
        StoreError: ``no_link``.
    """
    if not _unlink(connection, before_id, after_id):
        raise StoreError("no_link")
    _looks_again(connection, before_id, after_id)
    audit.note(connection, act, "organs_unlinked", subject=after_id, before=before_id)


def predecessors(connection: sa.Connection, organ_ids: Iterable[str] | None = None) -> dict[str, tuple[OrganLink, ...]]:
    """Return for organs, or for all, the links to those they followed directly; an organ without any is left out."""
    table = schema.organ_links
    query = sa.select(table).order_by(table.c.after_id, table.c.first_year, table.c.before_id)
    queries = [query] if organ_ids is None else [query.where(table.c.after_id.in_(some)) for some in in_parts(organ_ids)]
    found: dict[str, tuple[OrganLink, ...]] = {}
    for one in queries:
        for row in connection.execute(one).mappings():
            found[row["after_id"]] = (*found.get(row["after_id"], ()), OrganLink(**row))
    return found


def other_names(connection: sa.Connection, organ_id: str) -> list[str]:
    """Return the other names under which an organ appears, with those of organs merged into it."""
    organs, names = schema.organs, schema.organ_names
    own = sa.select(names.c.name).where(names.c.organ_id == organ_id)
    merged = sa.select(organs.c.name).where(organs.c.merged_into == organ_id)
    of_merged = (
        sa.select(names.c.name).join(organs, organs.c.organ_id == names.c.organ_id).where(organs.c.merged_into == organ_id)
    )
    return sorted(set(connection.scalars(sa.union(own, merged, of_merged))))


def _merged(connection: sa.Connection, organ_ids: list[str]) -> dict[str, str | None]:
    """The organs these were merged into; locked, so that nobody merges them otherwise meanwhile."""
    organs = schema.organs
    query = sa.select(organs.c.organ_id, organs.c.merged_into).where(organs.c.organ_id.in_(organ_ids))
    found = {row.organ_id: row.merged_into for row in connection.execute(query.order_by(organs.c.organ_id).with_for_update())}
    for organ_id in organ_ids:
        if organ_id not in found:
            raise StoreError("no_organ", organ=organ_id)
    return found


def _reports(connection: sa.Connection, organ_id: str) -> list[Any]:
    table = schema.reports
    columns = (table.c.report_id, table.c.report_year, table.c.scope, table.c.current, table.c.deleted_at, table.c.organ_id)
    query = sa.select(*columns).where(table.c.organ_id == organ_id).order_by(table.c.report_id).with_for_update()
    return list(connection.execute(query))


def _move(connection: sa.Connection, row: Any, organ_id: str) -> None:
    table = schema.reports
    counted = sa.update(table).where(table.c.report_id == row.report_id).values(changes=table.c.changes + 1)
    connection.execute(counted)
    identity = (organ_id, row.report_year, row.scope)
    if row.deleted_at is None:
        move(connection, row.report_id, identity)
        old = key_of(row.organ_id, row.report_year, row.scope)
        queue(connection, [(row.report_id, row.report_year, old)], removed=True)
        spread(connection, [(row.organ_id, row.report_year, row.scope)])
        derive(connection, row.report_id)
    else:
        connection.execute(sa.update(table).where(table.c.report_id == row.report_id).values(organ_id=organ_id))


def _names(connection: sa.Connection, row: Any, organ_id: str) -> bool:
    """Whether the document of a report names the organ."""
    return id_of(version_report(connection, row.report_id, row.current).organ) == organ_id


def _looks_again(connection: sa.Connection, before_id: str, after_id: str) -> None:
    """The comparison of years is another one for the successor, and for the others that followed the same organ."""
    organs, links, reports = schema.organs, schema.organ_links, schema.reports
    others = sa.select(links.c.after_id).where(links.c.before_id == before_id)
    named = sa.or_(organs.c.organ_id == after_id, organs.c.organ_id.in_(others))
    heads = sa.select(sa.func.coalesce(organs.c.merged_into, organs.c.organ_id)).where(named)
    query = sa.select(reports.c.report_id).where(reports.c.organ_id.in_(heads), reports.c.deleted_at.is_(None))
    numbers = sorted(connection.scalars(query))
    waits(connection, numbers)
    for number in numbers[:_FEW]:
        check_again(connection, number)


def _unlink(connection: sa.Connection, before_id: str, after_id: str) -> bool:
    table = schema.organ_links
    gone = connection.execute(sa.delete(table).where(table.c.before_id == before_id, table.c.after_id == after_id))
    return gone.rowcount > 0
