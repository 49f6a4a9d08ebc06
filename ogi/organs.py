"""What the name of an organ tells: its places, level, kind, a canonical spelling and a stable id.

The rules are data (``ogi/data/organs.yaml``), the places those of the gazetteer (:mod:`ogi.divisions`). Nothing is guessed: a
district whose name is not unique (鼓楼区) leaves the region open and lists the candidates, until the text or a person names one.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from ogi.data_files import read_data
from ogi.divisions import NO_END, Division, above, divisions_called, full_path, stem_of, today
from ogi.han import HAN
from ogi.place_spelling import canonical_place, region_path
from ogi.places import Place, Placed, read_places
from ogi.report import Level, OrganKind, OrganName
from ogi.traditional import simplified

_STATE_NAME = "中华人民共和国"
_OWN_LEVEL = re.compile(r"[(（](本级机关|机关本级|本机关|本级|机关|汇总|本部)[)）]|(?<=[局委厅办府])(?:机关)?本级$")
_SEAT = re.compile(rf"(?:局|委员会|总队|支队)(?P<seat>{HAN}{{2,}}?)(?:区域)?分局$")
_DISTRICT_BRANCH = re.compile(rf"(?P<bureau>{HAN}{{2,}})分局$")
_OFFICES = ("办公室", "办公厅")
_EDGES = "-—_·,，、。:：《》“”\"'"


class _Name(NamedTuple):
    """A name taken apart: 国家税务总局 · 淮安市 · 税务局."""

    ministry: str
    placed: Placed
    rest: str

    @property
    def spelt(self) -> str:
        return self.ministry + canonical_place(self.placed) + self.rest


def canonical_name(name: str, *, year: int | None = None, within: str | None = None) -> str:
    """Return the spelling by which an organ is the same organ in all its documents.

    White space, the name of the state, remarks such as （本级机关） and differences between full and half width or
    traditional and simplified characters are taken away; the place is completed to city and county where it is unique, and the
    province is left out (张店区财政局 and 山东省淄博市张店区财政局 → 淄博市张店区财政局); everyday forms are written in full
    (政府办 → 人民政府办公室); a name that is only a place is completed to its government (X街道 → X街道办事处).

    Args:
        name: the name as printed.
        year: the report year, which tells places apart that existed one after the other.
        within: the code of the division to take where the place is not unique.
    """
    return _taken_apart(name, year, within).spelt


def organ_id(name: str) -> str:
    """Return the stable id of an organ: ``o`` and ten characters a–z, 2–7, the same on every machine."""
    return _id(canonical_name(name))


def id_of(organ: OrganName) -> str | None:
    """Return the id of an organ as it was described, its place settled; ``None`` where it has no name."""
    if organ.full_name:
        return _id(organ.full_name)
    return organ_id(organ.name) if organ.name else None


def _id(canonical: str) -> str:
    digest = hashlib.sha256(canonical.encode("utf-8")).digest()
    return "o" + base64.b32encode(digest).decode("ascii").lower()[:10]


def describe_organ(name: str | None, *, year: int | None = None, within: str | None = None) -> OrganName:
    """Return what the name tells; the name itself is kept as printed, without white space.

    Args:
        name: the name as printed.
        year: the report year, which tells places apart that existed one after the other.
        within: the code of the division to take where the place is not unique, for example by what the text says.
    """
    if not name or not name.strip():
        return OrganName(name=None)
    parts = _taken_apart(name, year, within)
    kind = organ_kind(parts.spelt)
    placed = _acting_in(parts, kind)
    found = placed.divisions
    return OrganName(
        name=re.sub(r"\s+", "", name),
        full_name=parts.spelt,
        level=_level(parts, kind, placed),
        kind=kind,
        region=region_path(placed),
        region_code=found[0].code if len(found) == 1 else None,
        parent=_parent(parts, kind),
        candidates=_candidates(parts, placed),
    )


def may_be_same_organ(one: str, other: str) -> bool:
    """Whether two names may mean one organ: the same, one shortened, or a government and the office that signs for it.

    So they stand in one report: a signature often leaves out the place or 人民政府, and an office signs for its government.
    """
    short, long = sorted((canonical_name(one), canonical_name(other)), key=len)
    stems = (long, *(long.removesuffix(office) for office in _OFFICES))
    return bool(short) and any(stem.endswith((short, short.removesuffix("人民政府") or short)) for stem in stems)


def region_of(name: str) -> str | None:
    """Return the places of a name in full, for example ``江苏省淮安市``; ``None`` where it has none."""
    return describe_organ(name).region


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

    State Council departments (立法法 2023, art. 91); governments of provinces, cities with districts (with the four that have
    none) and autonomous prefectures (art. 93), with the offices that publish their reports. 地区, 盟 and the Corps have no such
    government.
    """
    if canonical_name(name) in read_data("organs.yaml")["national_organs"]:
        return True
    if kind == "unknown" or (level == "unknown" and kind in ("government", "government_office")):
        return None
    if kind not in ("government", "government_office") or level not in ("province", "city"):
        return False
    places = _taken_apart(name, None, None).placed.places
    return not any(place.name.endswith(("地区", "盟", "师", "兵团")) or "师" in place.name for place in places)


def places_of(name: str, *, year: int | None = None) -> Placed:
    """Return the place words of the name of an organ, with what follows them; a ministry before them is left out."""
    return _taken_apart(name, year, None).placed


def _taken_apart(name: str, year: int | None, within: str | None) -> _Name:
    return _parts_of(_cleaned(name), year, within)


def _cleaned(name: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    text = _OWN_LEVEL.sub("", simplified(text))
    if text.startswith(_STATE_NAME) and len(text) > len(_STATE_NAME):
        text = text[len(_STATE_NAME) :]
    return text.strip(_EDGES)


@lru_cache(maxsize=4096)
def _parts_of(text: str, year: int | None, within: str | None) -> _Name:
    ministry = _ministry(text)
    placed = read_places(text[len(ministry) :], year)
    if within and len(placed.divisions) > 1:
        placed = _placed_within(placed, within)
    return _Name(ministry, placed, _in_full(placed, placed.rest))


def _ministry(text: str) -> str:
    """What stands before the place: the ministry of a vertical organ (国家税务总局淮安市税务局), the Party."""
    names = (*read_data("organs.yaml")["national_organs"], "中共", "中国共产党")
    return max((name for name in names if text.startswith(name) and len(name) < len(text)), key=len, default="")


def _placed_within(placed: Placed, code: str) -> Placed:
    """Leave of the candidates for the smallest place the one with this code."""
    places = [
        place._replace(divisions=(chosen,), level=chosen.level)
        if place.divisions == placed.divisions and (chosen := next((d for d in place.divisions if d.code == code), None))
        else place
        for place in placed.places
    ]
    return placed._replace(places=tuple(places))


def _in_full(placed: Placed, rest: str) -> str:
    """What follows the places, everyday words in full: 政府办 → 人民政府办公室, nothing → 人民政府 or 办事处."""
    if not placed.places:
        return rest
    if not rest:
        if placed.places[-1].name.endswith(("团", "团场", "师")):
            return ""
        return "办事处" if placed.places[-1].name.endswith("街道") else "人民政府"
    if rest == "政府":
        return "人民政府"
    data = read_data("organs.yaml")["full_words"]
    office = data["government_office"]
    if rest in office:
        return "人民政府办公厅" if placed.places[-1].level == "province" else "人民政府办公室"
    return next((rest.removesuffix(short) + full for short, full in data["endings"].items() if rest.endswith(short)), rest)


def _acting_in(parts: _Name, kind: OrganKind) -> Placed:
    """The places of a name; of a branch (X市公安局Y分局) with the one it acts in."""
    placed = parts.placed
    seat = _SEAT.search(parts.rest) if kind == "branch" else None
    found = _seat(seat["seat"], placed) if seat else None
    return placed._replace(places=(*placed.places, found)) if found else placed


def _seat(name: str, placed: Placed) -> Place | None:
    """The place a branch acts in, looked for in the place of its bureau: 鼓楼 in 南京市 is 鼓楼区."""
    outer = placed.divisions
    called = [d for d in divisions_called(stem_of(name)) if d.name == name or stem_of(d.name) == name]
    inside = today(d for d in called if any(d.lies_in(o) for o in outer)) if outer else today(called)
    inside = tuple(d for d in inside if d.level == "county" and d.until == NO_END) or inside
    if inside:
        return Place(name, inside[0].level, inside)
    places = read_places(name).places
    return places[0] if len(places) == 1 and places[0].level in ("county", "zone", "township") else None


def _level(parts: _Name, kind: OrganKind, placed: Placed) -> Level:
    if parts.spelt in read_data("organs.yaml")["national_organs"]:
        return "national"
    if kind == "zone_committee":
        return "zone"
    # “X市公安局Y分局” acts in a part of X; where that part is in no list, its level is not known.
    if kind == "branch" and _SEAT.search(parts.rest) and placed is parts.placed:
        return "unknown"
    levels = {d.level for d in placed.divisions} if len(placed.divisions) > 1 else set()
    if len(levels) > 1:
        return "unknown"
    return placed.places[-1].level if placed.places else "unknown"


def _parent(parts: _Name, kind: OrganKind) -> str | None:
    """The organ it belongs to, where the name tells: of a branch its bureau, of a vertical organ the national authority."""
    if kind == "branch":
        seat = _SEAT.search(parts.rest)
        if seat:
            return canonical_place(parts.placed) + parts.rest[: seat.start("seat")]
        bureau, found = _DISTRICT_BRANCH.fullmatch(parts.rest), parts.placed.divisions
        if bureau and len(found) == 1 and found[0].level == "county" and (outer := _city_of(found[0])):
            return f"{outer.name}{bureau['bureau']}局"
    if kind == "vertical":
        if parts.ministry:
            return parts.ministry
        rules = read_data("organs.yaml")["authorities"].items()
        return next((name for name, ends in rules if parts.rest.endswith(tuple(ends))), None)
    return None


def _city_of(county: Division) -> Division | None:
    upper = above(county)[-1:]
    return upper[0] if upper and (upper[0].level == "city" or upper[0].is_municipality) else None


def _candidates(parts: _Name, placed: Placed) -> tuple[str, ...]:
    """The full names of the organs it may be, where its place is not unique; empty otherwise."""
    found = placed.divisions
    if len(found) < 2 or found != parts.placed.divisions:
        return ()
    index = next(i for i, place in enumerate(parts.placed.places) if place.divisions == found)
    after = "".join(place.name for place in parts.placed.places[index + 1 :])
    return tuple(parts.ministry + full_path(one) + after + parts.rest for one in found)
