"""Where organs stand in one year: rank, median, percentile, the sum with what it covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ogi.comparison.organ_grid import OrganGrid
from ogi.indicators import RATE_DECIMALS, RATE_FACTORS, SMALLEST_BASE


@dataclass(frozen=True)
class Standing:
    """One figure of all organs shown, in one year. Organs without a number take no part in anything here."""

    known: int
    """Organs with a number …"""
    expected: int
    """… of those shown."""
    median: float | None
    low: float | None
    """A quarter of the organs lie below."""
    high: float | None
    whole: float | None
    """The sum of counts; of a rate the rate of all taken together. ``None`` for changes, indices, totals of regions (which may
    contain each other), mixed scopes, and where nothing is known."""
    counted: int
    """Organs in ``whole``: of a rate also those whose own base is too small to show theirs."""
    missing: tuple[str, ...]
    """Names of the organs without a number; a rate hidden because its base is below ten is not missing."""


def standing(grid: OrganGrid, year: int) -> Standing:
    """Return the middle, the quarters and the whole of a year; the median of fewer than three organs is not said.

    Groups of organs take no part: their organs are not counted twice.
    """
    grid = grid.single
    values = grid.of_year(year)
    there = ~np.isnan(values)
    known = values[there]
    quarters = np.percentile(known, [25, 50, 75]).tolist() if len(known) >= 3 else [None, None, None]
    hidden = grid.states[:, grid.column(year)] == "counts_only" if year in grid.years else np.zeros(len(values), dtype=bool)
    missing = tuple(grid.names[row] for row in np.flatnonzero(~there & ~hidden))
    whole, counted = _whole(grid, year, known)
    return Standing(
        known=len(known),
        expected=len(values),
        median=quarters[1],
        low=quarters[0],
        high=quarters[2],
        whole=whole,
        counted=counted,
        missing=missing,
    )


def ranks(values: Any) -> Any:
    """Return the rank of each value, 1 for the largest; equal values share the better rank, NaN has none (NaN)."""
    there = ~np.isnan(values)
    found = np.full(len(values), np.nan)
    ordered = np.sort(values[there])
    found[there] = 1 + len(ordered) - np.searchsorted(ordered, values[there], side="right")
    return found


def percentiles(values: Any) -> Any:
    """Return :func:`percentile` of each of the values among them; NaN where a value is missing."""
    known = np.sort(values[~np.isnan(values)])
    below, upto = (np.searchsorted(known, values, side=side) for side in ("left", "right"))
    with np.errstate(invalid="ignore"):
        return np.where(np.isnan(values), np.nan, 50.0 * (below + upto) / max(len(known), 1))


def percentile(values: Any, value: float) -> float | None:
    """Return the share of the known values below ``value`` (equal ones half), 0–100; ``None`` without any."""
    known = values[~np.isnan(values)]
    if not len(known) or np.isnan(value):
        return None
    return float(100.0 * ((known < value).sum() + 0.5 * (known == value).sum()) / len(known))


def _whole(grid: OrganGrid, year: int, known: Any) -> tuple[float | None, int]:
    if not len(known) or grid.basis in ("change", "index") or not may_add(grid):
        return None, 0
    if grid.unit not in RATE_DECIMALS:
        return float(known.sum()), len(known)
    top, base = (matrix[:, grid.column(year)] for matrix in (grid.numerators, grid.denominators))
    both = ~np.isnan(top) & ~np.isnan(base)
    total = base[both].sum()
    return (
        (float(RATE_FACTORS.get(grid.unit, 100.0) * top[both].sum() / total), int(both.sum()))
        if total >= SMALLEST_BASE
        else (None, 0)
    )


def may_add(grid: OrganGrid) -> bool:
    """Whether the organs may be taken together: own figures (and reports that do not tell their scope), or one organ."""
    single = grid.single
    return len(single.organs) == 1 or {*single.scopes} <= {"own", "unknown"}
