"""Who belongs to a region: its own departments, and the governments directly below with everything under them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ogi.checks.context import Relations
from ogi.report import Level, Number, OrganKind, Report, Scope

GOVERNMENTS = frozenset({"government", "subdistrict", "zone_committee"})
"""Organs that answer for a place."""
_WANTED: Mapping[bool, tuple[Scope, ...]] = {True: ("region_total", "own", "unknown"), False: ("own", "unknown")}


@dataclass(frozen=True, kw_only=True)
class Member:
    """One organ whose report belongs into a sum, with the report if it is there."""

    organ_id: str
    name: str
    level: Level = "unknown"
    kind: OrganKind = "unknown"
    region: str | None = None
    """The places it acts in, in full; see :class:`ogi.report.OrganName`."""
    report: Report | None = None
    """Its report of the year, misread cells put right; ``None`` where it did not hand in."""
    scope: Scope | None = None
    """The scope of the report as it counts; a person may have set it."""
    amended: Mapping[str, Number] = field(default_factory=dict)
    """Figures a person set in place of the organ's own wrong ones, in the unit of the form."""

    @property
    def is_government_below(self) -> bool:
        """Whether it answers for a place, so that its region total belongs into the sum."""
        return self.kind in GOVERNMENTS

    @property
    def has_organs_below(self) -> bool:
        """Whether its own figures and those of its region differ: not so in a town, which is one organ."""
        return self.is_government_below and self.level != "township"


@dataclass(frozen=True, kw_only=True)
class Membership:
    """The organs of a region, sorted by how they take part in its sum. Every organ of the region is in exactly one field."""

    members: tuple[Member, ...]
    """Departments of the region itself, and governments directly below."""
    vertical: tuple[Member, ...] = ()
    """Organs led by their own ministry (气象局, 税务局): in no total of a government unless somebody puts them in."""
    below: tuple[Member, ...] = ()
    """Organs under one of the members; their figures are in its region total."""
    unattached: tuple[Member, ...] = ()
    """Organs in a part of the region for which no government is known, and branches: where they belong a person must say."""


def members_of(head: Member, organs: Iterable[Member]) -> Membership:
    """Return who belongs to the region of ``head``, by kind and place of each organ.

    Args:
        head: the government of the region, itself in no sum.
        organs: organs at hand, with or without report, one entry an organ; those outside the region are passed over.
    """
    region = head.region or ""
    inside = [o for o in organs if o.organ_id != head.organ_id and region and (o.region or "").startswith(region)]
    below = [o for o in inside if o.region != region]
    governments = [o for o in below if o.is_government_below]
    direct = [g for g in governments if not any(_is_inside(g, other) for other in governments)]
    members, vertical, deeper, unattached = [], [], [], []
    for organ in inside:
        if organ.kind == "vertical":
            vertical.append(organ)
        elif organ.region == region:
            (members if organ.kind != "branch" else unattached).append(organ)
        elif organ in direct:
            members.append(organ)
        elif organ.kind != "branch" and any(organ.region == d.region or _is_inside(organ, d) for d in direct):
            deeper.append(organ)
        else:
            unattached.append(organ)
    return Membership(members=tuple(members), vertical=tuple(vertical), below=tuple(deeper), unattached=tuple(unattached))


def _is_inside(organ: Member, other: Member) -> bool:
    return bool(other.region) and organ.region != other.region and (organ.region or "").startswith(other.region or "")


def wanted_scopes(member: Member) -> tuple[Scope, ...]:
    """Return the scopes in which the report of an organ belongs into a sum, the best first."""
    return _WANTED[member.is_government_below]


def chosen_scope(member: Member, present: Iterable[str]) -> Scope | None:
    """Return which of the reports an organ has for a year belongs into the sum; ``None`` where it has none.

    A report in no wanted scope is returned all the same, so that :func:`ogi.consolidation.consolidate` can refuse it by name.
    """
    found = list(present)
    best = next((scope for scope in wanted_scopes(member) if scope in found), None)
    return best or next(iter(found), None)  # type: ignore[return-value]


def relations_of(heads: Mapping[str, Iterable[Member]]) -> Relations:
    """Return what the checks between reports (H01–H06, ``child_sum``) need: by organ, those that report to it.

    Args:
        heads: id of a government → its members (:func:`members_of`).
    """
    found = {head: tuple(members) for head, members in heads.items()}
    return Relations(
        children={head: tuple(member.organ_id for member in members) for head, members in found.items()},
        names={member.organ_id: member.name for members in found.values() for member in members},
    )
