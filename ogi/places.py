"""The place words at the beginning of a name, from province to township, looked up in the gazetteer.

A name carries its places in order (江苏省淮安市清江浦区…), leaves some out (清江浦区…) or shortens them (淮安海关, 广西南宁市…).
What the gazetteer does not know is told by its ending (X县, X镇); zones have no code and belong to the place before them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ogi.data_files import read_data
from ogi.divisions import NO_END, Division, Divisions, division, divisions_called, divisions_named, today
from ogi.han import HAN
from ogi.report import Level


class Place(NamedTuple):
    """One place word."""

    name: str
    """As printed."""
    level: Level
    """``unknown`` where the word alone does not tell: a 市 in no list."""
    divisions: Divisions = ()
    """The divisions it may be; several where the name is not unique, none where the gazetteer does not have it."""
    is_short: bool = False
    """Whether it is printed without its ending (淮安海关)."""


class Placed(NamedTuple):
    """A name with its place words read."""

    places: tuple[Place, ...]
    rest: str

    @property
    def divisions(self) -> Divisions:
        """What the smallest place with a code may be; a town or zone has none and counts to the place before it.

        Empty where the name carries no place or one that should have a code and is not in the gazetteer.
        """
        coded = next((place for place in reversed(self.places) if place.level not in ("township", "zone")), None)
        return coded.divisions if coded else ()

    @property
    def printed(self) -> str:
        """The place words as printed, without what follows."""
        return "".join(place.name for place in self.places)


_LONGEST = 15
"""Characters of the longest name of a division (积石山保安族东乡族撒拉族自治县)."""
_GOVERNMENT = "人民政府"
_NO_BORDER = "局委办厅院署处"
_TOWN_GOES_ON = re.compile(r"街道|[镇乡](?:人民政府|政府|$)|办事处")
"""What after a place word shows that it is part of a longer name: 西区街道 is no 西区."""
_CITY = re.compile(rf"(?P<place>{HAN}{{1,4}}?市)(?![场政容民区市])")
_COUNTY = re.compile(rf"(?P<place>{HAN}{{1,8}}?(?:自治县|自治旗|林区|特区|县|区|旗))(?![区县镇乡街市])")
_CORPS = re.compile(
    r"(?P<sure>(?:新疆生产建设兵团|兵团)?第|新疆生产建设兵团|兵团)?(?P<number>[一二三四五六七八九十]{1,2})师(?!范)"
)
_FREE_TRADE = re.compile(rf"中国\((?P<place>{HAN}{{2,3}})\)自由贸易试验区(?:{HAN}{{2,6}}片区)?")
_REGIMENT = re.compile(r"第?[\d一二三四五六七八九十〇零百]{1,6}团场?")


@lru_cache(maxsize=4096)
def read_places(name: str, year: int | None = None) -> Placed:
    """Read the place words of a name from the left.

    Args:
        name: the name in simplified characters without white space.
        year: the report year; of several places of one name those of its time are taken.
    """
    corps = _corps(name)
    places = list(corps)
    rest = name[sum(len(place.name) for place in places) :]
    if not corps:
        rest = _divisions(name, places)
    if places and rest.startswith(_GOVERNMENT) and _town(rest[len(_GOVERNMENT) :], places):
        rest = rest[len(_GOVERNMENT) :]  # 市南区人民政府香港中路街道办事处
    for read in (_unlisted_city, _zone, _unlisted_county, _town):
        place = read(rest, places)
        if place:
            places.append(place)
            rest = rest[len(place.name) :]
    return Placed(tuple(_settled(place, year) for place in _narrowed(places)), rest)


def _divisions(name: str, places: list[Place]) -> str:
    """Append the divisions at the beginning of ``name`` to ``places`` and return what is left of it."""
    rest = name
    while True:
        if places and places[-1].level == "city" and not places[-1].divisions:
            return rest  # of a city in no list: a district of the same name elsewhere is another one
        found = _owned_zone(rest, places)
        if not found:
            place = _listed(rest, _inside(places)) or _shortened(rest, places)
            found = [place] if place else []
        if not found:
            return rest
        places += found
        rest = rest[sum(len(place.name) for place in found) :]


def _owned_zone(text: str, before: list[Place]) -> list[Place]:
    """A zone of national rank with the division it belongs to, where the name does not carry it: 贵安新区, 湖南湘江新区."""
    if before and before[-1].level != "province":
        return []
    trade = _FREE_TRADE.match(text)
    owners = divisions_called(trade["place"]) if trade else ()
    name, code = (trade[0], owners[0].code) if trade and owners else ("", "")
    for zone, owner_code in read_data("organs.yaml")["zones_of"].items():
        if text.startswith(zone):
            name, code = zone, owner_code
    owner = division(code)
    if owner is None or not all(owner == outer or owner.lies_in(outer) for outer in _inside(before)):
        return []
    known = [] if owner in _inside(before) else [Place("", owner.level, (owner,))]
    return [*known, Place(name, "zone")]


def _inside(places: list[Place]) -> Divisions:
    return places[-1].divisions if places else ()


def _listed(text: str, inside: Divisions) -> Place | None:
    """The longest name of the gazetteer ``text`` begins with, inside ``inside`` where that is given."""
    for size in range(min(len(text), _LONGEST), 1, -1):
        found = divisions_named(text[:size])
        if inside:
            found = tuple(one for one in found if any(one.lies_in(outer) for outer in inside))
        if found and not _TOWN_GOES_ON.match(text, size):
            return Place(text[:size], found[0].level, found)
    return None if inside else _fictional(text)


def is_fictional(text: str) -> bool:
    """Whether a name begins with a place of the sample reports, which stands in no gazetteer on purpose."""
    return _fictional(text) is not None


def _fictional(text: str) -> Place | None:
    names = read_data("organs.yaml")["fictional_cities"].split()
    return next((Place(f"{name}市", "city") for name in names if text.startswith(f"{name}市")), None)


def _shortened(text: str, before: list[Place]) -> Place | None:
    """A place without its ending, where what follows shows that it is one: 广西南宁市…, 淮安海关, 昆山经济技术开发区…."""
    if before and before[-1].level != "province":
        return None
    data = read_data("organs.yaml")
    words, seats = data["after_short_places"], data["other_seats"]
    ways = (("city", _in_a_province), ("zone", _gives_its_name), ("province", _large))
    for size in range(min(len(text) - 1, 8), 1, -1):
        stem, rest = text[:size], text[size:]
        seat = division(seats[stem]) if stem in seats else None
        found = tuple(one for one in today(divisions_called(stem)) if one.until == NO_END) or ((seat,) if seat else ())
        if before:
            found = tuple(one for one in found if any(one.lies_in(outer) for outer in before[-1].divisions))
        for follows, may_be in ways:
            fitting = tuple(one for one in found if may_be(one))
            if fitting and (re.match(words[follows], rest) or (may_be is _large and _listed(rest, fitting))):
                return Place(stem, _highest(fitting)[0].level, _highest(fitting), is_short=True)
    return None


def _in_a_province(one: Division) -> bool:
    return one.level != "province" or one.is_municipality


def _gives_its_name(one: Division) -> bool:
    """Whether zones are called after it: cities and counties, not districts."""
    return _in_a_province(one) and (one.level != "county" or not one.name.endswith("区"))


def _large(one: Division) -> bool:
    return one.level != "county"


def _highest(found: Divisions) -> Divisions:
    """Of places of one short name those of the highest level: 吉林证监局 is the province's, 朝阳气象局 the city's."""
    order = ("province", "city", "county")
    top = min(order.index(one.level) for one in found)
    return tuple(one for one in found if order.index(one.level) == top)


def _corps(name: str) -> tuple[Place, ...]:
    """The Production and Construction Corps of Xinjiang, its divisions (师) and regiments (团)."""
    found = _CORPS.match(name)
    places: list[Place] = []
    rest = name
    code = read_data("organs.yaml")["corps_divisions"].get(found["number"]) if found else None
    city = division(code) if code else None
    with_city = bool(found and city and name.startswith(city.name, found.end()))
    if found and (found["sure"] or with_city):
        printed = found[0] + (city.name if city and with_city else "")
        places.append(Place(printed, "city", (city,) if city else ()))
        rest = name[len(printed) :]
    elif name.startswith("新疆生产建设兵团"):
        places.append(Place(name[:8], "province"))
        rest = name[8:]
    regiment = _REGIMENT.match(rest) if places else None
    return (*places, Place(regiment[0], "township")) if regiment else tuple(places)


def _narrowed(places: list[Place]) -> list[Place]:
    """Leave of each place only what holds the next one: of two 毕节市 the one with 黔西县 in it."""
    for index in range(len(places) - 2, -1, -1):
        inner = places[index + 1].divisions
        kept = tuple(outer for outer in places[index].divisions if any(one.lies_in(outer) for one in inner))
        if kept:
            places[index] = places[index]._replace(divisions=kept, level=kept[0].level)
    return places


def _settled(place: Place, year: int | None) -> Place:
    """Choose among places of one name by the year, and today's where the others are the same place under another rank."""
    found = place.divisions
    if len(found) > 1 and year:
        found = tuple(one for one in found if one.existed(year)) or found
    found = today(found)
    now = tuple(one for one in found if one.until == NO_END)
    if len(now) == 1 and len({one.code[:2] for one in found}) == 1 and not year and _one_seat(found):
        found = now
    return place._replace(divisions=found, level=found[0].level if len(place.divisions) > 1 else place.level)


def _one_seat(found: Divisions) -> bool:
    """Whether places of one name in a province are one place whose rank changed: 毕节市 of the county, then of the city level."""
    return len({one.level for one in found}) > 1 or len({one.code[:4] for one in found}) == 1


def _unlisted_city(text: str, before: list[Place]) -> Place | None:
    if before and before[-1].level not in ("city", "province"):
        return None
    found = _CITY.match(text)
    if not found or not _is_place(text, found["place"]):
        return None
    return Place(found["place"], "county" if before else "unknown")


def _unlisted_county(text: str, before: list[Place]) -> Place | None:
    if before and before[-1].level not in ("city", "province"):
        return None
    found = _COUNTY.match(text)
    if not found or not _is_place(text, found["place"]) or _TOWN_GOES_ON.match(text, found.end()):
        return None
    return Place(found["place"], "county")


def _zone(text: str, before: list[Place]) -> Place | None:
    del before
    found = _zone_pattern().match(text)
    return Place(found[0], "zone") if found and _is_place(text, found[0]) else None


@lru_cache(maxsize=1)
def _zone_pattern() -> re.Pattern[str]:
    data = read_data("organs.yaml")
    listed = "|".join(data["zones_of"])
    whole = "|".join(sorted(data["zone_endings"]["whole"], key=len, reverse=True))
    named = "|".join(sorted(data["zone_endings"]["named"], key=len, reverse=True))
    return re.compile(f"(?:{listed}|{HAN}{{0,10}}?(?:{whole})|{HAN}{{1,10}}?(?:{named}))(?![区县镇乡街市])")


def _town(text: str, before: list[Place]) -> Place | None:
    del before
    found = _town_pattern().match(text)
    return Place(found["place"], "township") if found and _is_place(text, found["place"]) else None


@lru_cache(maxsize=1)
def _town_pattern() -> re.Pattern[str]:
    after = "|".join(read_data("organs.yaml")["after_towns"])
    return re.compile(rf"(?P<place>{HAN}{{1,12}}?(?:镇|乡|苏木|街道))(?={after}|$)")


def _is_place(text: str, name: str) -> bool:
    """Whether ``name`` may be a place: it runs over no other ending and is no everyday word such as 城市 or 社区."""
    if any(letter in _NO_BORDER for letter in name[:-1]):
        return False
    return not any(
        text.find(word, 0, len(name) + len(word) - 1) in range(len(name)) and word[0] in name
        for word in read_data("organs.yaml")["not_places"]
    )
