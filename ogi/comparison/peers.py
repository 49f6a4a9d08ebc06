"""Organs like a given one: of the same level and kind, and of about the same workload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
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
    identity, sizes = facts.identity, facts.printed(SIZE)
    mine = identity.loc[identity["organ_id"] == organ, ["level", "kind", "report_year", "scope"]]
    if mine.empty:
        return Peers(organ, (), "", "", None, None, by_kind=False, by_size=False)
    newest = mine.sort_values("report_year").iloc[-1]
    level, kind, scope = newest["level"], newest["kind"], newest["scope"]
    scopes = ["own", "unknown"] if scope in ("own", "unknown") else [scope]
    comparable = identity["scope"].isin(scopes).to_numpy()
    level_only = comparable & (identity["level"] == level).to_numpy()
    alike = level_only & (identity["kind"] == kind).to_numpy()
    by_kind = len(of_kind := _organs(identity, alike)) >= _FEWEST_OF_KIND
    alike, everyone = (alike, of_kind) if by_kind else (level_only, _organs(identity, level_only))
    mine = mine.assign(**{SIZE: sizes[mine.index]})
    known = mine.loc[mine[SIZE].notna() & comparable[mine.index]]
    if year is not None:
        known = known.loc[known["report_year"] == year]
    if known.empty:
        return Peers(organ, everyone, level, kind, year, None, by_kind=by_kind, by_size=False)
    latest = known.sort_values("report_year").iloc[-1]
    of_year, size = int(latest["report_year"]), int(latest[SIZE])
    near = alike & (identity["report_year"].to_numpy() == of_year) & (sizes >= size / _BAND) & (sizes <= size * _BAND)
    of_size = _organs(identity, near)
    by_size = len(of_size) >= FEWEST and len(of_size) < len(everyone)
    chosen = tuple(sorted({*of_size, organ})) if by_size else everyone
    return Peers(organ, chosen, level, kind, of_year, size, by_kind=by_kind, by_size=by_size)


def _organs(identity: pd.DataFrame, rows: np.ndarray) -> tuple[str, ...]:
    """The organs of the rows of a mask, in the order of their ids."""
    column = cast(pd.Categorical, identity["organ_id"].array)
    there = np.flatnonzero(np.bincount(column.codes[rows], minlength=1))
    return tuple(sorted(column.categories[there].tolist()))
