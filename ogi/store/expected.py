"""Who must report, and who has: lists of organs against the reports in the records, year by year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

import msgspec
import sqlalchemy as sa

from ogi.exchange.organ_list import ExpectedOrgan
from ogi.labels import Labels
from ogi.report import Scope
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.location import StoreError
from ogi.store.schema.derived import AGAIN
from ogi.store.statements import insert_rows

Standing = Literal["received", "errors", "partial", "missing", "not_due"]
"""``received``: read completely, no errors. ``errors``: read completely, checks found errors. ``partial``: not read completely.
``missing``: no report. ``not_due``: the organ need not report on that year."""
_LONGEST_NAME = 255
_EXPECTED, _REPORTS, _FACTS, _ORGANS = schema.expected_organs, schema.reports, schema.report_facts, schema.organs


class YearStanding(msgspec.Struct, frozen=True, kw_only=True):
    """How an organ stands in a year."""

    standing: Standing
    report_id: int | None = None
    """Of several reports (own figures, region total) the one that stands worst."""
    errors: int = 0


class OrganStanding(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the matrix."""

    organ: ExpectedOrgan
    years: dict[int, YearStanding]


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """Organs × years."""

    list_name: str
    years: tuple[int, ...]
    rows: tuple[OrganStanding, ...]

    def missing(self, year: int) -> tuple[ExpectedOrgan, ...]:
        """Return the organs that must report on a year and have not."""
        return tuple(row.organ for row in self.rows if row.years[year].standing == "missing")

    def count(self, year: int) -> dict[Standing, int]:
        """Return how many organs stand how in a year."""
        found: dict[Standing, int] = dict.fromkeys(("received", "errors", "partial", "missing", "not_due"), 0)
        for row in self.rows:
            found[row.years[year].standing] += 1
        return found


def list_names(connection: sa.Connection) -> dict[str, int]:
    """Return the lists with the number of their organs."""
    query = sa.select(_EXPECTED.c.list, sa.func.count()).group_by(_EXPECTED.c.list).order_by(_EXPECTED.c.list)
    return {row[0]: row[1] for row in connection.execute(query)}


def organs_of(connection: sa.Connection, list_name: str) -> tuple[ExpectedOrgan, ...]:
    """Return the organs of a list by name; none where there is no such list."""
    columns = [_EXPECTED.c[name] for name in ("organ_id", "name", "first_year", "last_year", "contact")]
    query = sa.select(*columns).where(_EXPECTED.c.list == list_name).order_by(_EXPECTED.c.name, _EXPECTED.c.organ_id)
    return tuple(ExpectedOrgan(**row) for row in connection.execute(query).mappings())


def replace_list(connection: sa.Connection, list_name: str, organs: Sequence[ExpectedOrgan], act: Act) -> None:
    """Set the organs of a list; one that is there already is replaced as a whole, an empty one is taken away.

    Raises:
        StoreError: ``bad_value``: the list has no name, or too long a one.
    """
    name = list_name.strip()
    if not name or len(name) > _LONGEST_NAME:
        raise StoreError("bad_value", value=list_name[:40])
    before = connection.execute(sa.delete(_EXPECTED).where(_EXPECTED.c.list == name)).rowcount
    rows = [{"list": name, **msgspec.structs.asdict(organ), "at": act.at, "by": act.by} for organ in organs]
    insert_rows(connection, _EXPECTED, rows)
    totals = sa.select(_REPORTS.c.report_id).where(_REPORTS.c.scope == "region_total", _REPORTS.c.deleted_at.is_(None))
    facts = schema.report_facts  # region totals are checked against the sum of who must report
    connection.execute(sa.update(facts).where(facts.c.report_id.in_(totals)).values(waiting=AGAIN))
    audit.note(connection, act, "list_set", subject=name, before=before, after=len(organs))


def organs_with_reports(
    connection: sa.Connection, *, years: Collection[int] = (), region_code: str = "", levels: Collection[str] = ()
) -> tuple[ExpectedOrgan, ...]:
    """Return the organs that have a report, to make a list of them.

    Args:
        connection: a connection.
        years: with a report on one of these years; any year where none is given.
        region_code: the beginning of the code of their division.
        levels: of these levels.
    """
    conditions: list[sa.ColumnElement[bool]] = [_REPORTS.c.deleted_at.is_(None)]
    if years:
        conditions.append(_REPORTS.c.report_year.in_(list(years)))
    if region_code:
        conditions.append(_ORGANS.c.region_code.startswith(region_code, autoescape=True))
    if levels:
        conditions.append(_ORGANS.c.level.in_(list(levels)))
    joined = _REPORTS.join(_ORGANS, _ORGANS.c.organ_id == _REPORTS.c.organ_id)
    query = sa.select(_ORGANS.c.organ_id, _ORGANS.c.name).distinct().select_from(joined).where(*conditions)
    return tuple(ExpectedOrgan(organ_id=i, name=n) for i, n in connection.execute(query.order_by(_ORGANS.c.name)))


def matrix(connection: sa.Connection, list_name: str, years: Sequence[int], scopes: Collection[Scope] = ()) -> Matrix:
    """Return how every organ of a list stands in every year.

    A report of an organ merged into another one is found under that one. Deleted reports do not count.

    Args:
        connection: a connection.
        list_name: the list.
        years: the report years.
        scopes: only reports of these scopes count; all where none is given.
    """
    organs = organs_of(connection, list_name)
    found = _reports(connection, list_name, years, scopes)
    rows = []
    for organ in organs:
        standings = {year: _standing(organ, year, found.get((organ.organ_id, year))) for year in years}
        rows.append(OrganStanding(organ=organ, years=standings))
    return Matrix(list_name=list_name, years=tuple(years), rows=tuple(rows))


def _standing(organ: ExpectedOrgan, year: int, found: YearStanding | None) -> YearStanding:
    if found is not None:
        return found
    return YearStanding(standing="missing" if organ.is_due(year) else "not_due")


def _reports(
    connection: sa.Connection, list_name: str, years: Sequence[int], scopes: Collection[Scope]
) -> dict[tuple[str, int], YearStanding]:
    """By expected organ and year the report that stands worst."""
    merged = sa.func.coalesce(_ORGANS.c.merged_into, _EXPECTED.c.organ_id)
    conditions = [_EXPECTED.c.list == list_name, _REPORTS.c.deleted_at.is_(None), _REPORTS.c.report_year.in_(list(years))]
    if scopes:
        conditions.append(_REPORTS.c.scope.in_(list(scopes)))
    joined = (
        _EXPECTED.outerjoin(_ORGANS, _ORGANS.c.organ_id == _EXPECTED.c.organ_id)
        .join(_REPORTS, _REPORTS.c.organ_id == merged)
        .outerjoin(_FACTS, _FACTS.c.report_id == _REPORTS.c.report_id)
    )
    columns = (_EXPECTED.c.organ_id, _REPORTS.c.report_year, _REPORTS.c.report_id, _FACTS.c.read_status, _FACTS.c.errors)
    query = sa.select(*columns).select_from(joined).where(*conditions).order_by(_REPORTS.c.report_id)
    order: tuple[Standing, ...] = ("received", "errors", "partial")
    found: dict[tuple[str, int], YearStanding] = {}
    for organ_id, year, report_id, read_status, errors in connection.execute(query):
        standing: Standing = "partial" if read_status != "complete" else "errors" if errors else "received"
        one = YearStanding(standing=standing, report_id=report_id, errors=errors or 0)
        other = found.get((organ_id, year))
        if other is None or order.index(standing) > order.index(other.standing):
            found[organ_id, year] = one
    return found


def missing_text(found: Matrix, year: int, labels: Labels) -> str:
    """Return who has not reported, as text to copy: a line that counts, then one line for each organ."""
    organs = found.missing(year)
    due = sum(standing != "not_due" for row in found.rows if (standing := row.years[year].standing))
    if not organs:
        return labels("exchange.expected.none_missing", name=found.list_name, year=year, due=due)
    head = labels("exchange.expected.missing", name=found.list_name, year=year, due=due, count=len(organs))
    stop = "，" if labels.lang == "zh" else ", "
    return "\n".join([head, *(stop.join(filter(None, (organ.name, organ.contact))) for organ in organs)])


def matrix_rows(found: Matrix, labels: Labels) -> list[list[str]]:
    """Return the matrix with its heads, as rows for CSV and Excel."""
    heads = [labels("exchange.corrections.column.organ"), *map(str, found.years), labels("exchange.expected.contact")]
    rows = [
        [row.organ.name, *(labels(f"exchange.expected.standing.{row.years[y].standing}") for y in found.years), row.organ.contact]
        for row in found.rows
    ]
    return [heads, *rows]
