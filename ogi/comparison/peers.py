"""Organs like a given one: of the same level and kind, and of about the same workload."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ogi.facts import FactsSource

SIZE = "applications.received.total"
_BAND = 2.0
"""A peer has at least half and at most twice the new applications of the organ."""
_FEWEST_OF_KIND = 3
FEWEST = 5
"""With fewer organs of that size all of the level and kind are peers, and that is said."""


@dataclass(frozen=True)
class Peers:
    """The peers of an organ, itself among them."""

    organ: str
    organs: tuple[str, ...]
    level: str
    kind: str
    year: int | None
    """The year whose workload was compared."""
    size: int | None
    """New applications of the organ in that year; ``None`` where unknown."""
    by_kind: bool
    """Whether they are all of its kind; with fewer than three of those, all of its level are peers."""
    by_size: bool
    """Whether the workload narrowed them; not where the organ's own is unknown or too few are of its size."""


def peers_of(facts: FactsSource, organ: str, year: int | None = None) -> Peers:
    """Return the peers of an organ within a collection.

    Only own figures (and reports that do not tell their scope) are taken for the workload, so that a region's total is never held
    against a bureau's own. An organ without a number in the year is no peer by size.

    Args:
        facts: the collection.
        organ: its id; one the collection does not hold has no peers.
        year: the year of the workload; the newest one with a number of the organ if not given.
    """
    return facts.kept.get(("peers", organ, year), lambda: _found(facts, organ, year))


def _found(facts: FactsSource, organ: str, year: int | None) -> Peers:
    frame = facts.identity[["organ_id", "level", "kind", "report_year", "scope"]].assign(**{SIZE: facts.printed(SIZE)})
    mine = frame.loc[frame["organ_id"] == organ]
    if mine.empty:
        return Peers(organ, (), "", "", None, None, by_kind=False, by_size=False)
    newest = mine.sort_values("report_year").iloc[-1]
    level, kind, scope = newest["level"], newest["kind"], newest["scope"]
    scopes = ["own", "unknown"] if scope in ("own", "unknown") else [scope]
    comparable = pd.Series(frame["scope"], index=frame.index).isin(scopes)
    level_only = frame.loc[(frame["level"] == level) & comparable]
    alike = level_only.loc[level_only["kind"] == kind]
    by_kind = alike["organ_id"].nunique() >= _FEWEST_OF_KIND
    alike = alike if by_kind else level_only
    everyone = tuple(sorted(set(alike["organ_id"])))
    known = mine.loc[mine[SIZE].notna() & comparable.loc[mine.index]]
    if year is not None:
        known = known.loc[known["report_year"] == year]
    if known.empty:
        return Peers(organ, everyone, level, kind, year, None, by_kind=by_kind, by_size=False)
    latest = known.sort_values("report_year").iloc[-1]
    of_year, size = int(latest["report_year"]), int(latest[SIZE])
    numbers = alike.loc[(alike["report_year"] == of_year) & alike[SIZE].notna()]
    near = set(numbers.loc[numbers[SIZE].between(size / _BAND, size * _BAND), "organ_id"].astype(str))
    by_size = len(near) >= FEWEST and len(near) < len(everyone)
    chosen = tuple(sorted({*near, organ})) if by_size else everyone
    return Peers(organ, chosen, level, kind, of_year, size, by_kind=by_kind, by_size=by_size)
