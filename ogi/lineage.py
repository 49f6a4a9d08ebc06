"""Who stood in an organ's place before it was renamed, merged or split off: whose reports are its columns of earlier years.

One predecessor lends its figures. Several that were merged are added up, and a sum that lacks one of them is not compared with
the whole. An organ that went into several, or that still reports itself, is shown beside and not joined: a part is no whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from ogi.once import once

SuccessionKind = Literal["renamed", "merged", "split"]
Way = Literal["own", "renamed", "merged", "split", "still_reports"]
"""How a column came about: the organ's own report, that of the one predecessor, a sum, or what is not joined and why not."""
NOT_JOINED: tuple[Way, ...] = ("split", "still_reports")
WAYS: tuple[Way, ...] = ("split", "still_reports", "merged")
"""What is to be said where a change goes from one side of a link to the other; a plain renaming is as good as no change."""


class Succession(NamedTuple):
    """One organ that followed another; ids of organs as they are now."""

    before: str
    after: str
    kind: SuccessionKind
    first_year: int
    """The first report year of the successor."""


class Stand(NamedTuple):
    """Whose figures stand in a year."""

    organs: tuple[str, ...]
    """All that belong into the column, whether their reports are at hand or not."""
    way: Way

    @property
    def is_joined(self) -> bool:
        """Whether the column may be compared with those of the organ itself."""
        return self.way not in NOT_JOINED


@dataclass(frozen=True)
class Lineage:
    """An organ with those it came from."""

    organ: str
    links: tuple[Succession, ...]
    """Every link on the way back, and every other one that leaves an organ on the way."""
    reporting: Mapping[str, Collection[int]]
    """Organ → the years of which a report of it is at hand."""
    names: Mapping[str, str]

    @once
    def organs(self) -> tuple[str, ...]:
        """The organ and all it came from, nearest first."""
        return ancestors(self.organ, self.links)

    @once
    def years(self) -> tuple[int, ...]:
        """The years in which any of those who stand in its place has a report, oldest first."""
        every = sorted({year for organ in self.organs for year in self.reporting.get(organ, ())})
        return tuple(year for year in every if self.reports(year))

    def stand(self, year: int) -> Stand:
        """Return whose figures are the organ's in a year; its own where it reported alone."""
        organs, way = self._stand(self.organ, year, frozenset())
        return Stand(tuple(dict.fromkeys(organs)), way)

    def carried_on(self, year: int) -> Stand:
        """Return whose figures of the year before the organ's own report of ``year`` carries on.

        What became of the organ after ``year`` does not matter: its report is its own and no part of a later sum.
        """
        links = tuple(link for link in self.links if link.first_year <= year or link.after not in self.organs)
        return replace(self, links=links).stand(year - 1)

    def reports(self, year: int) -> tuple[str, ...]:
        """Return those of :meth:`stand` whose report is at hand."""
        return tuple(organ for organ in self.stand(year).organs if year in self.reporting.get(organ, ()))

    def missing(self, year: int) -> tuple[str, ...]:
        """Return those of :meth:`stand` whose report is not at hand."""
        return tuple(organ for organ in self.stand(year).organs if year not in self.reporting.get(organ, ()))

    def between(self, one: int, other: int) -> Way:
        """Return what lies between two years: why they are not joined, ``merged`` where care is needed, else ``own``."""
        sides = self.stand(one), self.stand(other)
        ways: tuple[Way, ...] = () if sides[0] == sides[1] else (sides[0].way, sides[1].way)
        return _first(WAYS, ways) or "own"

    def name(self, organ: str) -> str:
        """What an organ is called; its id where nobody knows."""
        return self.names.get(organ, organ)

    def _stand(self, organ: str, year: int, seen: frozenset[str]) -> tuple[list[str], Way]:
        own = year in self.reporting.get(organ, ())
        links = [link for link in self.links if link.after == organ]
        later = [link for link in links if link.first_year > year]
        if not later or organ in seen or (own and all(link.kind == "renamed" for link in later)):
            return [organ], "own"
        was_there = own or len(later) < len(links)
        organs = [organ] if was_there else []
        ways: set[Way] = set()
        for link in later:
            way = self._way(link)
            ways.add(way)
            if way in NOT_JOINED and was_there:
                continue
            before, inner = self._stand(link.before, year, seen | {organ})
            organs += before
            if inner != "own":
                ways.add(inner)
        refused = _first(NOT_JOINED, ways)
        if refused == "still_reports" and was_there:
            ways.discard(refused)
            refused = None
        if refused:
            return organs, refused
        if len(set(organs)) > 1:
            return organs, "merged"
        if organs == [organ]:
            return organs, "own"
        way: Way = "merged" if "merged" in ways else "renamed"
        return organs, way

    def _way(self, link: Succession) -> Way:
        """What a link makes of the years before it."""
        after = {other.after for other in self.links if other.before == link.before}
        if link.kind == "split" or len(after) > 1:
            return "split"
        if any(year >= link.first_year for year in self.reporting.get(link.before, ())):
            return "still_reports"
        return link.kind


def _first(ways: Sequence[Way], found: Collection[Way]) -> Way | None:
    """The one of ``ways`` that weighs most among those found."""
    return next((way for way in ways if way in found), None)


def ancestors(organ: str, links: Iterable[Succession]) -> tuple[str, ...]:
    """Return an organ and all it came from, however far back; links that go round in a circle are followed once."""
    of: dict[str, list[str]] = {}
    for link in links:
        of.setdefault(link.after, []).append(link.before)
    found = {organ: None}
    todo: list[str] = [organ]
    while todo:
        for before in of.get(todo.pop(0), ()):
            if before not in found:
                found[before] = None
                todo.append(before)
    return tuple(found)


def runs_of(lineage: Lineage, years: Sequence[int]) -> list[tuple[Stand, tuple[int, ...]]]:
    """Return the years that are not the organ's own alone, those with the same stand together, oldest first."""
    found: dict[Stand, list[int]] = {}
    for year in sorted(years):
        stand = lineage.stand(year)
        if stand != Stand((lineage.organ,), "own"):
            found.setdefault(stand, []).append(year)
    return [(stand, tuple(each)) for stand, each in found.items()]
