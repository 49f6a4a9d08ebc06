"""Whom an organ came from, as far back as a person said, for comparing its years, and who followed it."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from ogi.lineage import Succession
from ogi.store import schema
from ogi.store.statements import in_parts

_LINKS, _ORGANS = schema.organ_links, schema.organs


def successions(connection: sa.Connection, organ: str) -> tuple[Succession, ...]:
    """Return the links on the way back from an organ, and every other link that leaves an organ on that way.

    Of organs that were merged as being one and the same, the one they are now is named; a link within one organ is none.
    """
    found: dict[Succession, None] = {}
    seen, ends = {organ}, {organ}
    while ends:
        back = _links(connection, "after", ends)
        found |= dict.fromkeys(back)
        ends = {link.before for link in back} - seen
        found |= dict.fromkeys(_links(connection, "before", ends)) if ends else {}
        seen |= ends
    return tuple(sorted(found, key=lambda link: (link.after, link.first_year, link.before)))


def all_successions(connection: sa.Connection) -> tuple[Succession, ...]:
    """Return every link, of merged organs those they are now."""
    ends = connection.scalars(
        sa.select(sa.func.coalesce(_ORGANS.c.merged_into, _LINKS.c.after_id))
        .select_from(_LINKS.outerjoin(_ORGANS, _ORGANS.c.organ_id == _LINKS.c.after_id))
        .distinct()
    )
    return tuple(_links(connection, "after", list(ends)))


def predecessors(connection: sa.Connection, organs: Collection[str]) -> list[Succession]:
    """Return the links to those these organs followed directly."""
    return _links(connection, "after", organs)


def successors(connection: sa.Connection, organs: Collection[str]) -> list[Succession]:
    """Return the links to those that followed these organs directly."""
    return _links(connection, "before", organs)


def names_of(connection: sa.Connection, organs: Collection[str]) -> dict[str, str]:
    """Return what organs are called in the records; one that is in none is left out."""
    found: dict[str, str] = {}
    for some in in_parts(organs):
        query = sa.select(_ORGANS.c.organ_id, _ORGANS.c.name).where(_ORGANS.c.organ_id.in_(some))
        found |= {row.organ_id: row.name for row in connection.execute(query)}
    return found


def _links(connection: sa.Connection, side: str, organs: Collection[str]) -> list[Succession]:
    """Links that lead to these organs, or leave them; without those within one organ."""
    old, new = _ORGANS.alias("old"), _ORGANS.alias("new")
    before = sa.func.coalesce(old.c.merged_into, _LINKS.c.before_id)
    after = sa.func.coalesce(new.c.merged_into, _LINKS.c.after_id)
    joined = _LINKS.outerjoin(old, old.c.organ_id == _LINKS.c.before_id).outerjoin(new, new.c.organ_id == _LINKS.c.after_id)
    query = sa.select(before, after, _LINKS.c.kind, _LINKS.c.first_year).select_from(joined)
    rows = [
        Succession(*row)
        for some in in_parts(organs)
        for row in connection.execute(query.where((before if side == "before" else after).in_(some)))
    ]
    return [row for row in rows if row.before != row.after]
