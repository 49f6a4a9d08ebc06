"""The organs under a given one, among those at hand."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pandas as pd

from ogi.consolidation.members import Member, members_of
from ogi.facts import FactsSource
from ogi.organs import canonical_name, describe_organ, places_of

_OF_A_PLACE = ("government", "government_office", "subdistrict", "zone_committee")
_known: WeakKeyDictionary[FactsSource, dict[str, Children]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Children:
    """The subordinates of an organ; itself is not among them."""

    organ: str
    organs: tuple[str, ...]
    name: str
    """Of the organ, as shown; empty where it is not at hand."""
    is_of_a_place: bool
    """A government: its departments and the governments directly below. Else the same line of business below, and branches."""
    vertical: int = 0
    """Organs of the place that are led by their own ministry, and are nobody's subordinates here."""


def children_of(facts: FactsSource, organ: str) -> Children:
    """Return the organs under an organ within a collection, as names and places tell (:func:`ogi.consolidation.members_of`).

    Of a government or its office: the departments of the place and the governments directly below; of another organ: the organs
    of the same line of business in the places directly below (市教育局: 县教育局) and its own branches. An organ the collection
    does not hold, or whose place is not known, has no children. Found once for the same facts.
    """
    known = _known.setdefault(facts, {})
    if organ not in known:
        known[organ] = _children(facts.identity, organ)
    return known[organ]


def _children(identity: pd.DataFrame, organ: str) -> Children:
    mine = identity.loc[identity["organ_id"] == organ]
    if mine.empty:
        return Children(organ, (), "", is_of_a_place=False)
    head = _members(mine)[0]
    is_of_a_place = head.kind in _OF_A_PLACE
    if not head.region:
        return Children(organ, (), head.name, is_of_a_place=is_of_a_place)
    regions = identity["region"].astype("category")
    inside = [region for region in regions.cat.categories if str(region).startswith(head.region)]
    near = _members(identity.loc[regions.isin(inside) & (identity["organ_id"] != organ)])
    if not is_of_a_place:
        return Children(organ, _of_business(head, near), head.name, is_of_a_place=False)
    found = members_of(head, near)
    taken = [m.organ_id for m in found.members if m.region != head.region or m.kind not in _OF_A_PLACE]
    return Children(organ, tuple(sorted(taken)), head.name, is_of_a_place=True, vertical=len(found.vertical))


def _members(rows: pd.DataFrame) -> list[Member]:
    """The organs of some reports, each as its newest report names it."""
    newest = rows.sort_values("report_year", kind="stable").drop_duplicates("organ_id", keep="last")
    columns = (newest[name].tolist() for name in ("organ_id", "organ_name", "level", "kind", "region"))
    return [
        Member(organ_id=organ, name=name, level=level, kind=kind, region=region if isinstance(region, str) else None)
        for organ, name, level, kind, region in zip(*columns, strict=True)
    ]


def _of_business(head: Member, near: list[Member]) -> tuple[str, ...]:
    """The same line of business in the places directly below, and the branches that name the organ as theirs."""
    business, own = places_of(head.name).rest, canonical_name(head.name)
    alike = [m for m in near if m.region != head.region and m.kind == head.kind and places_of(m.name).rest == business]
    direct = [m for m in alike if not any(_lies_in(m, other) for other in alike)]
    branches = [m for m in near if m.kind == "branch" and describe_organ(m.name).parent == own]
    return tuple(sorted({m.organ_id for m in (*direct, *branches)}))


def _lies_in(organ: Member, other: Member) -> bool:
    return bool(other.region) and organ.region != other.region and str(organ.region).startswith(str(other.region))
