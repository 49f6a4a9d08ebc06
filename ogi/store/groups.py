"""Groups of organs: kept for short links, named by people, never changed.

The id is made of the organs (:func:`ogi.view.groups.group_id`), so a link to a group always shows the very same organs. A name
that is given to other organs leaves the old ones without a name; links to them keep working.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec
import sqlalchemy as sa

from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.location import StoreError
from ogi.store.statements import insert_missing
from ogi.view.groups import group_id

_TABLE = schema.organ_groups
_LONGEST_NAME = 60


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A group with a name."""

    group_id: str
    name: str
    organs: tuple[str, ...]
    by: str
    """Who named it …"""
    at: dt.datetime
    """… and when."""


def keep(connection: sa.Connection, organs: Iterable[str], act: Act) -> str:
    """Keep organs under the id that is made of them and return it; kept once however often it is asked for."""
    found = sorted(set(organs))
    key = group_id(found)
    row = {"group_id": key, "name": "", "organs": " ".join(found), "at": act.at, "by": act.by}
    connection.execute(insert_missing(_TABLE, connection), [row])
    return key


def name_group(connection: sa.Connection, name: str, organs: Sequence[str], act: Act) -> str:
    """Keep organs under a name and return their id; a group that had this name, and a name these organs had, lose it.

    Raises:
        StoreError: ``bad_value``: no name, too long a one, or no organ.
    """
    wanted = name.strip()
    if not wanted or len(wanted) > _LONGEST_NAME or not wanted.isprintable() or not organs:
        raise StoreError("bad_value", value=name[:_LONGEST_NAME])
    key = keep(connection, organs, act)
    query = sa.select(_TABLE.c.group_id, _TABLE.c.name).where(_named(key, wanted))
    before = [list(row) for row in connection.execute(query)]
    connection.execute(sa.update(_TABLE).where(_TABLE.c.name == wanted).values(name=""))
    connection.execute(sa.update(_TABLE).where(_TABLE.c.group_id == key).values(name=wanted, at=act.at, by=act.by))
    audit.note(
        connection, act, "group_named", subject=wanted, group=key, organs=len(set(organs)), before=[list(r) for r in before]
    )
    return key


def _named(key: str, name: str) -> sa.ColumnElement[bool]:
    return sa.or_(_TABLE.c.name == name, sa.and_(_TABLE.c.group_id == key, _TABLE.c.name != ""))


def unname(connection: sa.Connection, key: str, act: Act) -> bool:
    """Take the name of a group away, so that it is no longer offered; links to it keep working. Tells whether it had one."""
    name = connection.scalar(sa.select(_TABLE.c.name).where(_TABLE.c.group_id == key))
    if not name:
        return False
    connection.execute(sa.update(_TABLE).where(_TABLE.c.group_id == key).values(name=""))
    audit.note(connection, act, "group_unnamed", subject=name, group=key)
    return True


def named(connection: sa.Connection) -> tuple[Group, ...]:
    """Return the groups with a name, by name."""
    query = sa.select(_TABLE).where(_TABLE.c.name != "").order_by(_TABLE.c.name)
    return tuple(_group(row) for row in connection.execute(query).mappings())


def organs_of(connection: sa.Connection, key: str) -> tuple[str, ...] | None:
    """Return the organs of a group; ``None`` where this store does not know it."""
    found = connection.scalar(sa.select(_TABLE.c.organs).where(_TABLE.c.group_id == key))
    return None if found is None else tuple(found.split(" "))


def _group(row: sa.RowMapping) -> Group:
    return Group(**{**row, "organs": tuple(row["organs"].split(" "))})
