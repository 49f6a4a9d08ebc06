"""Residents by region and year with their source, as a table that is read row by row and goes out again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from ogi.divisions import Division, division, divisions_named, full_path, today
from ogi.exchange.organ_list import RowProblem
from ogi.exchange.table_file import Columns, Row
from ogi.organs import describe_organ

COLUMNS: Columns = {
    "region": ("地区", "地区名称", "行政区划", "region"),
    "region_code": ("地区代码", "行政区划代码", "区划代码", "region code", "code"),
    "year": ("年度", "年份", "年", "year"),
    "people": ("人口", "人口数", "常住人口", "常住人口（人）", "人口（人）", "residents", "population"),
    "people_10k": ("人口（万人）", "常住人口（万人）", "万人", "residents (10k)"),
    "source": ("来源", "数据来源", "出处", "source"),
}
NEEDED = ("year", "source")
"""Besides one of ``region`` and ``region_code``, and one of ``people`` and ``people_10k``."""
FIELDS = ("region_code", "region", "year", "people", "source")
_YEARS = range(1949, 2100)
_MOST_PEOPLE = 2_000_000_000
_TEN_THOUSAND = Decimal(10_000)


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """How many people lived in a region at the end of a year."""

    region_code: str
    """Six digits after GB/T 2260."""
    year: int
    people: int
    source: str
    """Where the number stands, so that a reader can look it up."""

    @property
    def people_10k(self) -> Decimal:
        """In ten thousands, as ``meta.population_10k`` of the dictionary."""
        return Decimal(self.people) / _TEN_THOUSAND


class PopulationTable(NamedTuple):
    """A table as it was read. As long as there are problems nothing should be stored."""

    populations: tuple[Population, ...]
    problems: tuple[RowProblem, ...]


class _Wrong(Exception):  # noqa: N818  it is not raised out of this module
    def __init__(self, code: str, /, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def population_table(rows: Sequence[Row]) -> PopulationTable:
    """Return the populations of a table (:func:`ogi.exchange.table_file.read_rows` with :data:`COLUMNS`)."""
    found: dict[tuple[str, int], Population] = {}
    lines: dict[tuple[str, int], int] = {}
    problems: list[RowProblem] = []
    for row in rows:
        try:
            one = _population(row.fields)
            place = (one.region_code, one.year)
            if place in found:
                raise _Wrong("twice", line=str(lines[place]), name=region_name(one.region_code))
        except _Wrong as wrong:
            problems.append(RowProblem(row.line, wrong.code, wrong.params))
            continue
        found[place], lines[place] = one, row.line
    return PopulationTable(tuple(found.values()), tuple(problems))


def _population(fields: dict[str, str]) -> Population:
    year = re.sub(r"年(度|末)?$", "", fields.get("year", ""))
    if not re.fullmatch(r"\d{4}", year, re.ASCII) or int(year) not in _YEARS:
        raise _Wrong("year", text=fields.get("year", "") or "—")
    source = fields.get("source", "")
    if not source:
        raise _Wrong("no_source")
    return Population(region_code=_code(fields), year=int(year), people=_people(fields), source=source)


def _code(fields: dict[str, str]) -> str:
    """The division of a row; name and code must not contradict each other."""
    code, name = fields.get("region_code", ""), fields.get("region", "")
    if not code and not name:
        raise _Wrong("no_region")
    by_code = division(code) if re.fullmatch(r"\d{6}", code, re.ASCII) else None
    if code and by_code is None:
        raise _Wrong("unknown_code", code=code)
    if not name:
        assert by_code is not None
        return by_code.code
    found = _called(name)
    if by_code is not None:
        if found and by_code.code not in {one.code for one in found}:
            raise _Wrong("code_and_name", code=code, name=name)
        return by_code.code
    if len(found) != 1:
        raise _Wrong("ambiguous" if found else "unknown_region", name=name, candidates="、".join(map(full_path, found[:5])))
    return found[0].code


def _called(name: str) -> tuple[Division, ...]:
    found = today(divisions_named(name))
    if found:
        return found
    known = describe_organ(name).region_code  # with the places above it: 江苏省淮安市清江浦区
    one = division(known) if known else None
    return (one,) if one is not None and name.endswith(one.name) else ()


def _people(fields: dict[str, str]) -> int:
    plain, ten_thousands = fields.get("people", ""), fields.get("people_10k", "")
    text = plain or ten_thousands
    number = re.sub(r"[\s,，]", "", text)
    factor = Decimal(1) if plain else _TEN_THOUSAND
    if number.endswith(("万", "万人")):
        number, factor = re.sub(r"万人?$", "", number), _TEN_THOUSAND
    number = number.removesuffix("人")
    if not re.fullmatch(r"\d{1,10}(\.\d{1,6})?", number, re.ASCII):
        raise _Wrong("people", text=text or "—")
    people = Decimal(number) * factor
    if people != people.to_integral_value() or not 0 < people <= _MOST_PEOPLE:
        raise _Wrong("people", text=text)
    return int(people)


def region_name(code: str) -> str:
    """Return the name of a region with everything above it; the code itself where it is in no gazetteer."""
    one = division(code)
    return full_path(one) if one else code


def table_rows(populations: Sequence[Population]) -> list[tuple[object, ...]]:
    """Return the rows of :data:`FIELDS`, as they come back."""
    return [(p.region_code, region_name(p.region_code), p.year, p.people, p.source) for p in populations]
