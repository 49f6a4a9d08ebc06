"""What the name of an organ tells: its places, level, kind, a canonical spelling and a stable id.

The rules are data (``ogi/data/organs.yaml``). Nothing is guessed: a place that stands in no list and under no listed place
leaves the level ``unknown``. Two organs of the same name in different places (鼓楼区…) share an id until a gazetteer
resolves them; the name must carry its place to be told apart.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from opencc import OpenCC

from ogi.data_files import read_data
from ogi.report import Level, OrganKind, OrganName


class Place(NamedTuple):
    """One place word of a name. ``level`` is ``unknown`` where the word alone does not tell (a 市 in no list)."""

    name: str
    level: Level


_STATE_NAME = "中华人民共和国"
_OWN_LEVEL = re.compile(r"[(（](本级机关|机关本级|本机关|本级|机关|汇总)[)）]")
_SEAT = re.compile(r"局(?P<seat>[\u4e00-\u9fff]+?)分局$")
_OFFICES = ("办公室", "办公厅")
_NO_BORDER = "局委办厅院署处"
_CITY = re.compile(r"(?P<city>[\u4e00-\u9fff]{1,4}?市)(?![场政容民区市])")
_COUNTY = re.compile(r"(?P<county>[\u4e00-\u9fff]{1,8}?(?:自治县|自治旗|林区|特区|县|区|旗))(?![区县镇乡街市])")
_TOWN = re.compile(r"(?P<town>[\u4e00-\u9fff]{1,12}?(?:镇|乡|苏木|街道))(?=人民政府|政府|办事处|街道办|党政|便民|综合|$)")


@lru_cache(maxsize=1)
def _traditional() -> OpenCC:
    return OpenCC("t2s")


def canonical_name(name: str) -> str:
    """Return the spelling by which an organ is the same organ in all its documents.

    White space, the name of the state, remarks such as （本级机关） and differences between full and half width or
    traditional and simplified characters are taken away; a name that is only a place is completed to its government
    (淮安市 → 淮安市人民政府, X街道 → X街道办事处).
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    text = _traditional().convert(text)
    text = _OWN_LEVEL.sub("", text)
    if text.startswith(_STATE_NAME) and len(text) > len(_STATE_NAME):
        text = text[len(_STATE_NAME) :]
    text = text.strip("-—_·,，、。:：《》“”\"'")
    places, rest = split_places(text)
    if places and rest == "":
        return text + ("办事处" if text.endswith("街道") else "人民政府")
    if places and rest == "政府":
        return text.removesuffix("政府") + "人民政府"
    return text


def organ_id(name: str) -> str:
    """Return the stable id of an organ: ``o`` and ten characters a–z, 2–7, the same on every machine."""
    digest = hashlib.sha256(canonical_name(name).encode("utf-8")).digest()
    return "o" + base64.b32encode(digest).decode("ascii").lower()[:10]


def describe_organ(name: str | None) -> OrganName:
    """Return what the name tells; the name itself is kept as printed, without white space."""
    if not name or not name.strip():
        return OrganName(name=None)
    shown = re.sub(r"\s+", "", name)
    canonical = canonical_name(name)
    kind = organ_kind(canonical)
    return OrganName(name=shown, level=_level(canonical, kind), kind=kind, region=region_of(canonical))


def may_be_same_organ(one: str, other: str) -> bool:
    """Whether two names may mean one organ: the same, one shortened, or a government and the office that signs for it.

    So they stand in one report: a signature often leaves out the place or 人民政府, and an office signs for its government.
    """
    short, long = sorted((canonical_name(one), canonical_name(other)), key=len)
    stems = (long, *(long.removesuffix(office) for office in _OFFICES))
    return bool(short) and any(stem.endswith((short, short.removesuffix("人民政府") or short)) for stem in stems)


def region_of(name: str) -> str | None:
    """Return the place words of a canonical name, for example ``江苏省淮安市``; ``None`` where it has none."""
    return "".join(place.name for place in _where(name)) or None


@lru_cache(maxsize=4096)
def organ_kind(name: str) -> OrganKind:
    """Return the kind by the ending of a canonical name; ``unknown`` where no rule fits."""
    if name in read_data("organs.yaml")["national_organs"]:
        return "department"
    for rule in read_data("organs.yaml")["kinds"]:
        if "starts" in rule and not name.startswith(tuple(rule["starts"])):
            continue
        if "contains" in rule and not any(word in name for word in rule["contains"]):
            continue
        if name.endswith(tuple(rule["ends"])):
            return rule["kind"]
    return "unknown"


def can_make_rules(name: str, level: Level, kind: OrganKind) -> bool | None:
    """Whether the organ may issue 规章; ``None`` where level or kind is not known.

    State Council departments (立法法 2023, art. 91); governments of provinces, cities with districts and autonomous
    prefectures (art. 93), with the offices that publish their reports. 地区 and 盟 have no such government.
    """
    data = read_data("organs.yaml")
    if canonical_name(name) in data["national_organs"]:
        return True
    if kind == "unknown" or (level == "unknown" and kind in ("government", "government_office")):
        return None
    if kind not in ("government", "government_office") or level not in ("province", "city"):
        return False
    places, _ = split_places(canonical_name(name))
    return not any(place.name in data["prefectures_and_leagues"].split() for place in places)


def _level(name: str, kind: OrganKind) -> Level:
    if name in read_data("organs.yaml")["national_organs"]:
        return "national"
    if kind == "zone_committee":
        return "zone"
    places = _where(name)
    # “X市公安局Y分局” acts in a part of X; without the ending of the place its level is not known.
    if kind == "branch" and _SEAT.search(name) and not _seat(name):
        return "unknown"
    return places[-1].level if places else "unknown"


def _where(name: str) -> tuple[Place, ...]:
    """The places of a name; of a branch (X市公安局Y区分局) also the one it acts in."""
    places, _ = split_places(_without_ministry(name))
    return places + _seat(name)


def _seat(name: str) -> tuple[Place, ...]:
    seat = _SEAT.search(name)
    return split_places(seat["seat"])[0] if seat else ()


def _without_ministry(name: str) -> str:
    """Take the ministry away from names of vertical organs: 国家税务总局淮安市税务局 → 淮安市税务局."""
    for ministry in read_data("organs.yaml")["national_organs"]:
        if name.startswith(ministry) and len(name) > len(ministry):
            return name[len(ministry) :]
    return name


@lru_cache(maxsize=4096)
def split_places(name: str) -> tuple[tuple[Place, ...], str]:
    """Read the place words from the left, province to township; return them and the rest of the name."""
    places: list[Place] = []
    rest = name
    for read in (_province, _city, _county, _town):
        place = read(rest, tuple(places))
        if place:
            places.append(place)
            rest = rest[len(place.name) :]
    return tuple(places), rest


def _province(text: str, before: tuple[Place, ...]) -> Place | None:
    del before
    names = read_data("organs.yaml")["provinces"]
    found = next((full for full in names if text.startswith(full)), None)
    return Place(found, "province") if found else None


def _city(text: str, before: tuple[Place, ...]) -> Place | None:
    listed = next((name for name in _city_names() if text.startswith(name)), None)
    if listed:
        return Place(listed, "city")
    found = _CITY.match(text)
    if found and _is_place(text, found["city"]):
        # Under a municipality there are no cities; elsewhere a 市 in no list may be of the county level or abolished.
        county = found["city"].removesuffix("市") in read_data("organs.yaml")["county_cities"].split()
        return Place(found["city"], "county" if county else "unknown")
    del before
    return None


def _county(text: str, before: tuple[Place, ...]) -> Place | None:
    if before and before[-1].level in ("city", "province"):
        city = _CITY.match(text)
        if city and _is_place(text, city["city"]):
            return Place(city["city"], "county")
    for name in read_data("organs.yaml")["new_area_districts"].split():
        if text.startswith(name):
            return Place(name, "county")
    found = _COUNTY.match(text)
    if not found or not _is_place(text, found["county"]):
        return None
    zone = found["county"].endswith(tuple(read_data("organs.yaml")["zone_endings"]))
    return Place(found["county"], "zone" if zone else "county")


def _town(text: str, before: tuple[Place, ...]) -> Place | None:
    del before
    found = _TOWN.match(text)
    return Place(found["town"], "township") if found and _is_place(text, found["town"]) else None


def _is_place(text: str, name: str) -> bool:
    """Whether ``name`` may be a place: it runs over no other ending and is no everyday word such as 城市 or 社区."""
    if any(letter in _NO_BORDER for letter in name[:-1]):
        return False
    return not any(
        text.find(word, 0, len(name) + len(word) - 1) in range(len(name)) and word[0] in name
        for word in read_data("organs.yaml")["not_places"]
    )


@lru_cache(maxsize=1)
def _city_names() -> tuple[str, ...]:
    data = read_data("organs.yaml")
    cities = [f"{city}市" for names in data["prefecture_cities"].values() for city in names.split()]
    fictional = [f"{city}市" for city in data["fictional_cities"].split()]
    states = [name for pair in data["autonomous_prefectures"].items() for name in pair]
    return tuple(sorted((*cities, *fictional, *states, *data["prefectures_and_leagues"].split()), key=len, reverse=True))
