"""Conditions on figures applied to the organs shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ogi.comparison.organ_grid import OrganGrid, organ_grid
from ogi.selection import Selection
from ogi.view.conditions import Condition


class Filtered(NamedTuple):
    """What conditions leave of the organs."""

    organs: frozenset[str]
    """Those that meet all conditions."""
    asked: int
    """Organs that stand side by side before."""
    missing: int
    """Organs left out because a figure is missing where a condition asks for a number; they are never taken for 0."""


def apply_conditions(selection: Selection, conditions: Sequence[Condition], year: int) -> Filtered:
    """Return the organs that meet all conditions in a year. Limits of rates are in the unit shown (43.6 for 43.6 %).

    Args:
        selection: what is shown.
        conditions: all must hold; an organ with several series meets one if any of them does.
        year: report year.
    """
    grids = [organ_grid(selection, item.key) for item in conditions]
    organs = {organ for grid in grids for organ in grid.organs}
    left, missing = set(organs), set()
    for item, grid in zip(conditions, grids, strict=True):
        held = meets(grid, item, year)
        left &= {organ for organ, holds in zip(grid.organs, held.tolist(), strict=True) if holds}
        if item.operator != "missing":
            gaps = np.isnan(grid.of_year(year)).tolist()
            missing |= {organ for organ, gap in zip(grid.organs, gaps, strict=True) if gap}
    return Filtered(frozenset(left), len(organs), len(missing - left))


def meets(grid: OrganGrid, item: Condition, year: int) -> Any:
    """Return for each organ of the grid whether it meets one condition; a missing figure meets only ``missing``."""
    values = grid.of_year(year)
    if item.operator == "missing":
        return np.isnan(values)
    first, last = float(item.limits[0]), float(item.limits[-1])
    with np.errstate(invalid="ignore"):
        return {
            "over": values > first,
            "under": values < first,
            "equals": np.isclose(values, first, rtol=0, atol=1e-9),
            "between": (values >= first) & (values <= last),
        }[item.operator]
