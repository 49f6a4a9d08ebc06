"""The gazetteer: the divisions of China down to the county level, today's and those abolished or renamed since 2008.

The facts are ``ogi/data/divisions.tsv``; its head says where they come from and what the columns mean. Towns and development
zones are not in it: they have no code of their own here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from ogi.data_files import DATA, read_data
from ogi.report import Level

Divisions = tuple["Division", ...]
NO_END = 9999
"""The last year of a division of today."""
_LONG_ENDINGS = ("特别行政区", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "自治州", "自治县", "自治旗")
_OF_LONG_NAMES = ("新区", "矿区", "林区", "特区", "地区")
"""Endings of names of four characters and more: 滨海新区 is called 滨海, but 碑林区 is called 碑林."""
_SHORT_ENDINGS = ("省", "州", "盟", "市", "县", "区", "旗")
_ENDINGS = re.compile(f"(?:{'|'.join(_LONG_ENDINGS)}|(?<=..)(?:{'|'.join(_OF_LONG_NAMES)})|{'|'.join(_SHORT_ENDINGS)})$")


class Division(NamedTuple):
    """One division under one code."""

    code: str
    """Six digits after GB/T 2260."""
    name: str
    since: int
    """The year from which it existed; 0 where it did at the end of 2007."""
    until: int
    """The last year in which it existed; ``NO_END`` for one of today."""
    now: str
    """Of a former code: the code of the same unit, of the same name, today; else empty."""
    site: str
    """The pinyin of a province or prefecture, as in the address of its site; else empty."""

    @property
    def level(self) -> Level:
        """``province``, ``city`` or ``county``, by the code."""
        return "province" if self.code.endswith("0000") else "city" if self.code.endswith("00") else "county"

    @property
    def is_municipality(self) -> bool:
        """Whether it is one of the four municipalities, whose districts have no prefecture between."""
        return self.code in ("110000", "120000", "310000", "500000")

    def lies_in(self, other: Division) -> bool:
        """Whether it is a part of ``other`` by its code; nothing lies in itself."""
        return self.code != other.code and self.code.startswith(_stem_of_code(other))

    def existed(self, year: int) -> bool:
        """Whether a report on ``year`` may name it: it existed then or when the report was written, give or take a year."""
        return self.since - 2 <= year <= self.until + 1


def _stem_of_code(division: Division) -> str:
    return division.code[: {"province": 2, "city": 4}.get(division.level, 6)]


class _Gazetteer(NamedTuple):
    """The rows of the file as they stand; only what is looked up is taken apart."""

    by_code: dict[str, list[str]]
    """The rows of a code, a former one before that of today."""
    by_name: dict[str, list[str]]
    """Those of a name: in full, the everyday one of autonomous places without the peoples (峨边县), or a special one (巴州)."""


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    codes: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}
    shorter = read_data("organs.yaml")["short_places"]
    peoples = _peoples(read_data("organs.yaml")["peoples"].split())
    for row in (DATA / "divisions.tsv").read_text(encoding="utf-8").splitlines():
        if row[0] == "#":
            continue
        name = row[7:].partition("\t")[0]
        codes.setdefault(row[:6], []).append(row)
        names.setdefault(name, []).append(row)
        if name in shorter:
            names.setdefault(shorter[name], []).append(row)
        elif "自治" in name and not name.endswith("自治区"):
            names.setdefault(peoples.sub("", name).replace("自治", ""), []).append(row)
    return _Gazetteer(codes, names)


@cache  # at most the rows of the file
def _division(row: str) -> Division:
    code, name, since, until, now, site = [*row.split("\t"), "", "", "", ""][:6]
    return Division(code, name, int(since or 0), int(until or NO_END), now, site)


def _peoples(names: Iterable[str]) -> re.Pattern[str]:
    """The peoples before 自治: 彝族回族苗族, and without 族 the longer names (锡伯, 维吾尔)."""
    long = sorted(names, key=len, reverse=True)
    return re.compile(f"(?:(?:{'|'.join(long)})族)+(?=自治)|(?:{'|'.join(name for name in long if len(name) > 1)})(?=自治)")


def divisions_named(name: str) -> Divisions:
    """Return every division of this full or everyday name, former ones too; empty where there is none."""
    return tuple(map(_division, _gazetteer().by_name.get(name, ())))


def division(code: str) -> Division | None:
    """Return the division under a code, of several over the years the latest; ``None`` where there is none."""
    found = _gazetteer().by_code.get(code)
    return _division(found[-1]) if found else None


def today(found: Iterable[Division]) -> Divisions:
    """Return the divisions with former codes replaced by those the same units have today, each once."""
    return tuple(dict.fromkeys((division(one.now) if one.now else None) or one for one in found))


def renamed(one: Division) -> Division:
    """Return the unit as it is called today where nothing but its name changed (襄樊市 → 襄阳市), else the division itself.

    A code that went to a larger unit (万盛区, now a part of 綦江区) is no new name; those are in ``organs.yaml``.
    """
    later = division(one.code)
    if later is None or one.until == NO_END or one.code in read_data("organs.yaml")["codes_of_merged_units"].split():
        return one
    return later


def above(one: Division) -> Divisions:
    """Return the divisions a division lies in, the province first; of several over the years the one of its own time."""
    codes = [code for code in (f"{one.code[:2]}0000", f"{one.code[:4]}00") if code != one.code]
    found = (_gazetteer().by_code.get(code, ()) for code in dict.fromkeys(codes))
    return tuple(_of_time(tuple(map(_division, rows)), one) for rows in found if rows)


def _of_time(candidates: Divisions, one: Division) -> Division:
    """Of the divisions a code stood for, the one that existed together with ``one`` the longest."""
    return max(candidates, key=lambda c: min(c.until, one.until) - max(c.since, one.since))


def full_path(one: Division) -> str:
    """Return the name with everything above it: 江苏省淮安市清江浦区."""
    return "".join(part.name for part in (*above(one), one))


def stem_of(name: str) -> str:
    """Return a name without its ending: 淮安市 → 淮安, 内蒙古自治区 → 内蒙古, 浦东新区 → 浦东."""
    return _ENDINGS.sub("", name) if len(name) > 2 else name


def divisions_called(stem: str) -> Divisions:
    """Return the divisions of a name without its ending (淮安, 鼓楼); names of one character are not found so."""
    if len(stem) < 2:
        return ()
    endings = (*_LONG_ENDINGS, *_OF_LONG_NAMES, *_SHORT_ENDINGS)
    names = (stem + ending for ending in endings if stem_of(stem + ending) == stem)
    return tuple(dict.fromkeys(one for name in names for one in divisions_named(name)))


def one_character_off(name: str) -> Divisions:
    """Return the divisions whose full name differs from ``name`` in exactly one character, not the last one."""
    if len(name) < 3:
        return ()
    near = {other for blurred in _blurred(name) for other in _by_blurred_name().get(blurred, ()) if other != name}
    order = _place_in_gazetteer()
    return today(one for other in sorted(near, key=order.__getitem__) for one in divisions_named(other))


def _blurred(name: str) -> list[str]:
    """The name with one of its characters hidden, once for each but the last."""
    return [f"{name[:at]}\0{name[at + 1 :]}" for at in range(len(name) - 1)]


@cache
def _by_blurred_name() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in _gazetteer().by_name:
        for blurred in _blurred(name):
            found.setdefault(blurred, []).append(name)
    return found


@cache
def _place_in_gazetteer() -> dict[str, int]:
    return {name: at for at, name in enumerate(_gazetteer().by_name)}
