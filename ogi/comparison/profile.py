"""Where one organ stands among others, figure by figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ogi.comparison.organ_grid import OrganGrid, organ_grid
from ogi.comparison.standing import percentile, ranks, standing
from ogi.selection import Selection


@dataclass(frozen=True)
class Place:
    """One figure of one organ beside those of its peers, in one year."""

    grid: OrganGrid
    value: float | None
    """``None`` where the organ has no number; ``state`` says why."""
    state: str
    base: float | None
    """The base of a rate."""
    is_small: bool
    median: float | None
    """Of the peers with a number, the organ among them; not said of fewer than three."""
    percentile: float | None
    rank: int | None
    """1 for the largest; neither good nor bad."""
    known: int
    expected: int


def places_of(selection: Selection, organ: str, keys: Sequence[str], year: int) -> list[Place]:
    """Return the place of an organ among those shown.

    Args:
        selection: the organ and its peers.
        organ: its id.
        keys: cells, derived figures, indicators.
        year: report year.
    """
    return [_place(organ_grid(selection, key), organ, year) for key in keys]


def _place(grid: OrganGrid, organ: str, year: int) -> Place:
    at = standing(grid, year)
    if organ not in grid.organs or year not in grid.years:
        return Place(grid, None, "no_report", None, False, at.median, None, None, at.known, at.expected)
    row, column = grid.organs.index(organ), grid.column(year)
    values = grid.of_year(year)
    value, base = float(values[row]), float(grid.denominators[row, column])
    there = not np.isnan(value)
    return Place(
        grid=grid,
        value=value if there else None,
        state=str(grid.states[row, column]),
        base=None if np.isnan(base) else base,
        is_small=bool(grid.is_small[row, column]),
        median=at.median,
        percentile=percentile(values, value) if there and at.known >= 3 else None,
        rank=int(ranks(values)[row]) if there else None,
        known=at.known,
        expected=at.expected,
    )
