"""Organs of which reports are stored: each once, with the other names under which it appears."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from ogi.organs import organ_id
from ogi.report import OrganName
from ogi.store import schema
from ogi.store.act import Act
from ogi.store.conclusions import ShownOrgan
from ogi.store.placing import Place
from ogi.store.statements import in_parts, insert_missing

_SHOWN = tuple(schema.organs.c[name] for name in ShownOrgan._fields)


def admit(connection: sa.Connection, places: Iterable[Place], act: Act) -> dict[str, ShownOrgan]:
    """Make sure that the organs of these places are there, and return them by id.

    Of an organ that was merged into another one, that other one is returned under its id.
    """
    wanted = {place.organ_id: place.organ for place in places}
    known = _known(connection, wanted)
    if missing := sorted(wanted.keys() - known.keys()):
        connection.execute(insert_missing(schema.organs, connection), [_row(number, wanted[number], act) for number in missing])
        known |= _known(connection, missing)
    names = {(known[number][0].organ_id, organ.name) for number, organ in wanted.items() if organ.name != known[number][0].name}
    if names:
        rows = [{"organ_id": number, "name": name, "at": act.at, "by": act.by} for number, name in sorted(names)]
        connection.execute(insert_missing(schema.organ_names, connection), rows)
    merged = {number for _, number in known.values() if number is not None}
    heads = {number: shown for number, (shown, _) in _known(connection, merged).items()} if merged else {}
    return {number: heads[into] if into is not None else shown for number, (shown, into) in known.items()}


def organ(connection: sa.Connection, number: str) -> ShownOrgan | None:
    """Return an organ, or the one it was merged into; ``None`` where no report of it was ever stored."""
    found = _known(connection, [number]).get(number)
    if found is None:
        return None
    shown, into = found
    return shown if into is None else _known(connection, [into])[into][0]


def _known(connection: sa.Connection, numbers: Iterable[str]) -> dict[str, tuple[ShownOrgan, str | None]]:
    organs = schema.organs
    found: dict[str, tuple[ShownOrgan, str | None]] = {}
    for some in in_parts(numbers):
        for *shown, into in connection.execute(sa.select(*_SHOWN, organs.c.merged_into).where(organs.c.organ_id.in_(some))):
            found[shown[0]] = (ShownOrgan(*shown), into)
    return found


def _row(number: str, organ: OrganName, act: Act) -> dict[str, Any]:
    return {
        "organ_id": number,
        "name": organ.name,
        "full_name": organ.full_name or organ.name,
        "level": organ.level,
        "kind": organ.kind,
        "region": organ.region,
        "region_code": organ.region_code,
        "parent_id": organ_id(organ.parent) if organ.parent else None,
        "at": act.at,
        "by": act.by,
    }
