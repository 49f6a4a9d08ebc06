"""Where an organ is whose name does not say it alone: 鼓楼区 of which city, 川主乡 of which county.

The document is asked: the fuller name of the signature, the names of site and portal, the address of the page, then the places
its prose names. One answer settles the place and is said, with what it rests on; more than one, or none, leaves it open, and the
candidates are listed for a person. Nothing is settled silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from loaders.compact import compact
from loaders.origin import Origin
from ogi.data_files import read_data
from ogi.divisions import Divisions, above, full_path, one_character_off
from ogi.han import HAN, NOT_HAN
from ogi.organs import describe_organ, places_of
from ogi.places import Place, Placed, is_fictional
from ogi.report import Notice, OrganName
from ogi.towns import homes_of_town

_MOST_LISTED = 12
"""Candidates a notice names; the organ itself carries all of them."""
_MOST_NEAR = 5
_HOSTED_BY = re.compile(rf"(?:主办|承办|版权所有)(?:单位)?[:：]?(?P<host>{HAN}{{4,24}})")
_BETWEEN = re.compile(r"[\s_|｜\-–—>·:：]")


class Evidence(NamedTuple):
    """What a document says of places beside the name of its organ."""

    names: tuple[str, ...] = ()
    """Other names of the organ in it: signature, publishing organ."""
    sites: tuple[str, ...] = ()
    """Names of site, portal and column, title of the page, name of the file."""
    host: str = ""
    """Host of the address of the page."""
    prose: str = ""
    """The prose in the form of :func:`loaders.compact.compact`."""


class Located(NamedTuple):
    """An organ with its place, how sure it is (0 where it is open), and what a person must know of it."""

    organ: OrganName
    confidence: float
    notices: tuple[Notice, ...] = ()


def evidence_of(
    origin: Origin, *, names: Iterable[str | None], sites: Iterable[str | None], foot: Iterable[str], prose: str
) -> Evidence:
    """Bring together what a document says of places.

    Args:
        origin: what a web page says of its own publication.
        names: other names of the organ.
        sites: lines that may hold the name of the site.
        foot: the last lines of the page, which say who runs the site.
        prose: the prose in the form of :func:`loaders.compact.compact`.
    """
    told = (origin.site, origin.organ, origin.title, *sites)
    hosts = (found["host"] for line in foot if (found := _HOSTED_BY.search(compact(line))))
    return Evidence(tuple(filter(None, names)), (*(compact(site) for site in told if site), *hosts), origin.host, prose)


def locate(organ: OrganName, year: int | None, evidence: Evidence) -> Located:
    """Settle the place of an organ by the rest of the document, or say what is open.

    Args:
        organ: the organ by its name alone.
        year: the report year.
        evidence: what the document says of places.
    """
    if organ.name is None:
        return Located(organ, 0.0)
    if _carries_its_place(organ):
        return Located(organ, _sure("name"), _of_former_years(organ.name, year))
    fuller = _by_fuller_name(organ, year, evidence.names)
    if fuller:
        return Located(fuller, _sure("signature"))
    placed = places_of(organ.name, year=year)
    options = _options(organ, placed, year)
    if options:
        return _among(organ, options, year, evidence)
    unlisted = _unlisted(placed)
    return _unknown_place(organ, placed, unlisted, evidence.prose) if unlisted else _without_place(organ, year, evidence)


class _Option(NamedTuple):
    """One organ a name may mean, and the places whose names in the document speak for it, the nearest first."""

    organ: OrganName
    places: Divisions


def _options(organ: OrganName, placed: Placed, year: int | None) -> tuple[_Option, ...]:
    """What a name may mean: its district in each of the cities that have one, its town in each of the counties."""
    name = organ.name or ""
    if organ.candidates:
        found = placed.divisions
        return tuple(_Option(describe_organ(name, year=year, within=one.code), above(one)[::-1]) for one in found)
    if len(placed.places) != 1 or placed.places[0].level != "township":
        return ()
    homes = homes_of_town(placed.printed)
    return tuple(_Option(describe_organ(full_path(one) + name, year=year), (one, *above(one)[::-1])) for one in homes)


def _sure(source: str) -> float:
    return read_data("identity.yaml")["confidence"]["region"][source]


def _carries_its_place(organ: OrganName) -> bool:
    """Whether the name alone tells the place, or there is none to tell: ministries, the Corps, the fictional city."""
    region = organ.region or ""
    return bool(organ.region_code) or organ.level == "national" or region.startswith("新疆生产建设兵团") or is_fictional(region)


def _of_former_years(name: str, year: int | None) -> tuple[Notice, ...]:
    """Say that a place was abolished or renamed before the report year: the year or the name may be wrong."""
    found = places_of(name, year=year).divisions
    if year is None or len(found) != 1 or found[0].until + 1 >= year:
        return ()
    params: dict[str, str | int | float] = {"place": found[0].name, "until": found[0].until, "year": year}
    return (Notice(code="place_abolished", params=params, keys=("meta.organ_name", "meta.report_year")),)


def _by_fuller_name(organ: OrganName, year: int | None, names: Sequence[str]) -> OrganName | None:
    """The organ with the place another name of it in the document carries; its own name stays as printed."""
    own = organ.full_name or ""
    fuller = (other for name in names if (other := describe_organ(name, year=year)).region_code)
    same = (other for other in fuller if other.full_name != own and (other.full_name or "").endswith(own))
    found = next(same, None)
    return msgspec.structs.replace(found, name=organ.name) if found else None


def _among(organ: OrganName, options: Sequence[_Option], year: int | None, evidence: Evidence) -> Located:
    """Choose among the options by the document; open where it names none of their places or those of more than one."""
    for source, supported in _supported(options, evidence):
        if len(supported) == 1:
            ((chosen, word),) = supported
            settled = msgspec.structs.replace(chosen.organ, name=organ.name)
            params: dict[str, str | int | float] = {"place": organ.region or "", "word": word, "region": settled.region or ""}
            return Located(settled, _sure(source), (Notice(code="region_from_text", params=params, keys=("meta.organ_name",)),))
        if supported:
            break
    by_site = () if organ.candidates else _by_sites(organ, year, evidence)  # a town of former years is in no table
    candidates = (*by_site, *(organ.candidates or (_full_name(option.organ) for option in options)))
    organ = msgspec.structs.replace(organ, candidates=tuple(dict.fromkeys(candidates)))
    if by_site or len(options) == 1:
        return Located(organ, 0.0, (_proposal(organ),))
    regions = [option.organ.region or "" for option in options]
    listed = "、".join(regions[:_MOST_LISTED]) + ("……" if len(regions) > _MOST_LISTED else "")
    open_place: dict[str, str | int | float] = {"place": organ.region or "", "count": len(options), "candidates": listed}
    return Located(organ, 0.0, (Notice(code="region_ambiguous", params=open_place, keys=("meta.organ_name",)),))


def _full_name(organ: OrganName) -> str:
    """The name with the whole region before it: 陕西省榆林市佳县螅镇人民政府."""
    return f"{organ.region or ''}{places_of(organ.full_name or '').rest}"


def _proposal(organ: OrganName) -> Notice:
    listed = "、".join(organ.candidates[:_MOST_LISTED])
    return Notice(code="region_proposed", params={"organ": organ.name or "", "candidates": listed}, keys=("meta.organ_name",))


_Supported = list[tuple[_Option, str]]


def _supported(options: Sequence[_Option], evidence: Evidence) -> Iterator[tuple[str, _Supported]]:
    """For each kind of evidence, the most trusted first, the options whose places it names, with the word."""
    yield "site", _named_in("\n".join((*evidence.names, *evidence.sites)), options)
    yield "site", _by_host(evidence.host, options)
    yield "text", _named_in(evidence.prose, options)


def _named_in(text: str, options: Sequence[_Option]) -> _Supported:
    """The options with a place named in ``text``, the nearest that any of them has: county, else city, else province.

    A place that more than one option lies in speaks for all of them.
    """
    deepest = max((len(option.places) for option in options), default=0)
    for depth in range(deepest):
        named = [(option, option.places[depth].name) for option in options if depth < len(option.places)]
        found = [(option, name) for option, name in named if _is_named(name, text)]
        if found:
            return found
    return []


def _is_named(place: str, text: str) -> bool:
    """Whether a text names a place; one of two characters only where nothing stands before it: 召开县级会议 is not about 开县."""
    if len(place) > 2:
        return place in text
    return re.search(rf"(?:^|{NOT_HAN}|[省市州盟区]){place}", text, re.MULTILINE) is not None


def _by_host(host: str, options: Sequence[_Option]) -> _Supported:
    """The options whose city or province has the pinyin of a part of the host: www.huaian.gov.cn."""
    parts = set(host.split("."))
    return [(option, host) for option in options if any(place.site and place.site in parts for place in option.places)]


def _unlisted(placed: Placed) -> Place | None:
    """The place word that should stand in the gazetteer and does not."""
    return next(
        (place for place in placed.places if not place.divisions and place.level in ("unknown", "city", "county")),
        None,
    )


def _unknown_place(organ: OrganName, placed: Placed, unlisted: Place, prose: str) -> Located:
    """Say that a place is in no gazetteer, with the names it may be a misprint of."""
    outer = next((place.divisions for place in placed.places if place.divisions), ())
    near = [one for one in one_character_off(unlisted.name) if not outer or any(one.lies_in(o) for o in outer)]
    likely = [one for one in near if one.name in prose or _look_alike(one.name, unlisted.name)]
    if outer and len(near) == 1:
        likely = near
    params: dict[str, str | int | float] = {"place": unlisted.name}
    if likely:
        params["near"] = "、".join(full_path(one) for one in likely[:_MOST_NEAR])
    code = "place_misprinted" if likely else "place_unknown"
    return Located(organ, 0.0, (Notice(code=code, params=params, keys=("meta.organ_name",)),))


def _look_alike(one: str, other: str) -> bool:
    """Whether the characters in which two names differ are often taken for each other."""
    if len(one) != len(other):  # known by its everyday name: 长阳县 is 长阳土家族自治县
        return False
    pair = {letter for a, b in zip(one, other, strict=True) if a != b for letter in (a, b)}
    return any(pair <= set(group) for group in read_data("identity.yaml")["look_alikes"])


def _without_place(organ: OrganName, year: int | None, evidence: Evidence) -> Located:
    """An organ that names no city or county: what the places named by site and file would make of it is proposed, not taken."""
    organ = msgspec.structs.replace(organ, candidates=_by_sites(organ, year, evidence))
    missing = Notice(code="region_missing", params={"organ": organ.name or ""}, keys=("meta.organ_name",))
    return Located(organ, 0.0, (_proposal(organ) if organ.candidates else missing,))


def _by_sites(organ: OrganName, year: int | None, evidence: Evidence) -> tuple[str, ...]:
    """The full names the organ would have in the places named by other names of it, the site and the file."""
    places = (place for text in (*evidence.names, *evidence.sites) for place in _places_named(text))
    proposed: dict[str, str] = {}
    for other in (describe_organ(f"{place}{organ.name}", year=year) for place in places):
        if other.region_code:
            proposed.setdefault(other.region_code, _full_name(other))
    if organ.level == "township":  # a town lies in a county; a city named beside it says less
        proposed = {code: full for code, full in proposed.items() if not code.endswith("00")} or proposed
    return tuple(proposed.values())


def _places_named(text: str) -> list[str]:
    """The places at the beginning of the names in a text that the gazetteer knows: 佳县 of 佳县人民政府门户网站."""
    found = []
    for start in (0, *(match.end() for match in _BETWEEN.finditer(text))):
        placed = places_of(text[start : start + 40])
        inner = [place for place in placed.places if place.divisions and place.level in ("city", "county", "province")]
        if inner and len(inner[-1].divisions) == 1:
            found.append(full_path(inner[-1].divisions[0]))
    return list(dict.fromkeys(found))
