"""Residents by region and year, brought along with their source; figures per 10 000 residents (I19) are made of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

import sqlalchemy as sa

from ogi.exchange.population_table import Population
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.derive import queue
from ogi.store.placing import key_of
from ogi.store.statements import in_parts, insert_rows

_TABLE = schema.populations


def put(connection: sa.Connection, populations: Sequence[Population], act: Act) -> int:
    """Store populations; what is there of the same region and year is replaced, and the audit keeps it.

    Returns:
        How many took the place of another number or source.
    """
    before = {(p.region_code, p.year): p for p in listed(connection, [p.region_code for p in populations])}
    replaced = [old for new in populations if (old := before.get((new.region_code, new.year))) is not None and old != new]
    for one in populations:
        place = (_TABLE.c.region_code == one.region_code, _TABLE.c.year == one.year)
        connection.execute(sa.delete(_TABLE).where(*place))
    fields = ("region_code", "year", "people", "source")
    rows = [{**{name: getattr(one, name) for name in fields}, "at": act.at, "by": act.by} for one in populations]
    insert_rows(connection, _TABLE, rows)
    _told(connection, [(one.region_code, one.year) for one in populations])
    detail = [[old.region_code, old.year, old.people, old.source] for old in replaced]
    audit.note(connection, act, "populations_set", count=len(populations), before=detail)
    return len(replaced)


def remove(connection: sa.Connection, region_code: str, year: int, act: Act) -> bool:
    """Take a population away; tells whether there was one."""
    place = (_TABLE.c.region_code == region_code, _TABLE.c.year == year)
    old = connection.execute(sa.select(_TABLE.c.people, _TABLE.c.source).where(*place)).one_or_none()
    if old is None:
        return False
    connection.execute(sa.delete(_TABLE).where(*place))
    _told(connection, [(region_code, year)])
    audit.note(connection, act, "population_removed", subject=f"{region_code} {year}", before=list(old))
    return True


def listed(connection: sa.Connection, region_codes: Collection[str] | None = None) -> list[Population]:
    """Return populations by region and year; all, or those of some regions."""
    columns = [_TABLE.c[name] for name in ("region_code", "year", "people", "source")]
    query = sa.select(*columns).order_by(_TABLE.c.region_code, _TABLE.c.year)
    if region_codes is None:
        return [Population(**row) for row in connection.execute(query).mappings()]
    found: list[Population] = []
    for some in in_parts(region_codes):
        found += (Population(**row) for row in connection.execute(query.where(_TABLE.c.region_code.in_(some))).mappings())
    return found


def population_of(connection: sa.Connection, organ_id: str, year: int) -> Population | None:
    """Return the residents of the region of an organ in a year, with their source; ``None`` where they are not known."""
    organs = schema.organs
    query = sa.select(*(_TABLE.c[name] for name in ("region_code", "year", "people", "source"))).select_from(
        organs.join(_TABLE, _TABLE.c.region_code == organs.c.region_code)
    )
    row = connection.execute(query.where(organs.c.organ_id == organ_id, _TABLE.c.year == year)).mappings().one_or_none()
    return None if row is None else Population(**row)


def residents(connection: sa.Connection) -> dict[tuple[str, int], float]:
    """Return by region and year how many live there, in ten thousands, as the snapshot gives them to reports of regions."""
    rows = connection.execute(sa.select(_TABLE.c.region_code, _TABLE.c.year, _TABLE.c.people))
    return {(code, year): people / 10_000 for code, year, people in rows}


def _told(connection: sa.Connection, places: Collection[tuple[str, int]]) -> None:
    """Have the region totals of these regions and years published anew: figures per head are made of them."""
    reports, organs, wanted = schema.reports, schema.organs, set(places)
    columns = (reports.c.report_id, reports.c.organ_id, reports.c.report_year, organs.c.region_code)
    joined = reports.join(organs, organs.c.organ_id == reports.c.organ_id)
    changed = []
    for some in in_parts(dict.fromkeys(code for code, _ in places)):
        query = sa.select(*columns).select_from(joined).where(organs.c.region_code.in_(some))
        query = query.where(reports.c.scope == "region_total", reports.c.deleted_at.is_(None))
        changed += [
            (number, year, key_of(organ, year, "region_total"))
            for number, organ, year, code in connection.execute(query)
            if (code, year) in wanted
        ]
    queue(connection, changed)


def people_10k(connection: sa.Connection, region_code: str | None, year: int) -> Decimal | None:
    """Return the residents of a region in ten thousands, the value of ``meta.population_10k``; ``None`` where it is not known.

    Only that very year counts: another year's number would make a rate nobody could check.
    """
    if region_code is None:
        return None
    query = sa.select(_TABLE.c.people).where(_TABLE.c.region_code == region_code, _TABLE.c.year == year)
    people = connection.scalar(query)
    return None if people is None else Decimal(people) / 10_000
