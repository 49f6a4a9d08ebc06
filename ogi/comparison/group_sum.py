"""Several organs as one: the sum of a group as a row beside single organs, with how many of them it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from ogi.comparison.organ_grid import OrganGrid, organ_grid
from ogi.indicators import RATE_FACTORS, SMALLEST_BASE
from ogi.selection import Selection
from ogi.view.state import Basis


def group_row(
    selection: Selection, key: str, basis: Basis = "count", baseline: int | None = None, *, group: str, name: str, asked: int
) -> OrganGrid:
    """Return one figure of a group as a grid of one row.

    One scope is added, as everywhere (:func:`ogi.selection.sums.addable`); an organ with an own report and one of unknown scope
    in a year counts once. A gap is no 0: :attr:`OrganGrid.counted` says how many organs each number holds. A change and an index
    are of the organs with a number in both years whose editions may be compared, so that nobody's joining looks like growth.

    Args:
        selection: the organs of the group, over the years to be shown.
        key: cell, derived figure or indicator.
        basis: as :func:`ogi.comparison.organ_grid.organ_grid`.
        baseline: likewise.
        group: its id.
        name: its name, as shown.
        asked: how many organs belong to it.
    """
    grid = _of_one_scope(selection, organ_grid(selection, key, basis if basis in ("share", "per100") else "count"))
    if basis in ("change", "index"):
        changed = _of_one_scope(selection, organ_grid(selection, key, "change", _first(grid, basis, baseline)))
        return _row(_set_against(grid, changed, basis, baseline), group, name, asked)
    top, base, known = _parts(grid)
    top, base = _sum(top, known), _sum(base, known)
    return _row(_shown(grid, top, base, known), group, name, asked)


def beside(grid: OrganGrid, rows: Sequence[OrganGrid]) -> OrganGrid:
    """Return the grid with rows of groups above its organs; the years must be the same."""
    if not rows:
        return grid
    alone = replace(grid, counted=np.full(grid.values.shape, -1)) if grid.counted is None else grid
    parts = [*rows, alone]
    names = ("values", "states", "numerators", "denominators", "report_ids", "editions", "counted")
    matrices = {item: np.concatenate([getattr(part, item) for part in parts]) for item in names}
    lists = {item: tuple(x for part in parts for x in getattr(part, item)) for item in ("organs", "names", "scopes")}
    asked = {group: count for part in rows for group, count in part.asked.items()}
    return replace(grid, **matrices, **lists, asked=asked)


def _first(grid: OrganGrid, basis: Basis, baseline: int | None) -> int | None:
    """The year numbers are set against: the one asked for; of an index without one, the first shown."""
    if basis == "index" and baseline not in grid.years:
        return grid.years[0] if grid.years else None
    return baseline


def _of_one_scope(selection: Selection, grid: OrganGrid) -> OrganGrid:
    """The rows that may be added; what an organ reported twice in a year stays only in its own figures."""
    scope = selection.added.scope
    taken = ("own", "unknown") if scope == "own" else (scope,)
    kept = grid.take(np.array([one in taken for one in grid.scopes], dtype=bool))
    own = {organ: row for row, organ in enumerate(kept.organs) if kept.scopes[row] != "unknown"}
    values, top, base = kept.values.copy(), kept.numerators.copy(), kept.denominators.copy()
    for row, organ in enumerate(kept.organs):
        if kept.scopes[row] == "unknown" and organ in own:
            twice = kept.states[own[organ]] != "no_report"
            for matrix in (values, top, base):
                matrix[row, twice] = np.nan
    return replace(kept, values=values, numerators=top, denominators=base)


def _parts(grid: OrganGrid) -> tuple[Any, Any, Any]:
    """What is added: numbers, or numerators and denominators; and where an organ has them."""
    if grid.unit in RATE_FACTORS:
        return grid.numerators, grid.denominators, ~np.isnan(grid.numerators) & ~np.isnan(grid.denominators)
    return grid.values, np.ones(grid.values.shape), ~np.isnan(grid.values)


def _sum(numbers: Any, known: Any) -> Any:
    return np.where(known, np.nan_to_num(numbers), 0.0).sum(axis=0)


def _quotient(grid: OrganGrid, top: Any, base: Any) -> Any:
    """Sums as the figure is shown; NaN for a rate on a base below ten."""
    if grid.unit not in RATE_FACTORS:
        return top
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(base >= SMALLEST_BASE, RATE_FACTORS[grid.unit] * top / base, np.nan)


def _shown(grid: OrganGrid, top: Any, base: Any, known: Any) -> OrganGrid:
    counted = known.sum(axis=0)
    values = np.where(counted > 0, _quotient(grid, top, base), np.nan)
    states = np.where(counted == 0, "no_report", np.where(np.isnan(values), "counts_only", "reported")).astype(object)
    nothing = np.full(len(grid.years), np.nan)
    is_rate = grid.unit in RATE_FACTORS
    over = {"numerators": np.where(counted > 0, top, np.nan), "denominators": np.where(counted > 0, base, np.nan)}
    return _one_row(grid, values, states, counted, **(over if is_rate else {"numerators": nothing, "denominators": nothing}))


def _set_against(grid: OrganGrid, changed: OrganGrid, basis: Basis, baseline: int | None) -> OrganGrid:
    """The sum of each year against that of another, over the organs that have both."""
    first = _first(grid, basis, baseline)
    top, base, known = _parts(grid)
    columns = [
        grid.years.index(other) if (other := year - 1 if first is None else first) in grid.years else -1 for year in grid.years
    ]
    before = [np.where(np.array(columns) >= 0, matrix[:, columns], np.nan) for matrix in (top, base)]
    both = known & ~np.isnan(before[0]) & ~np.isnan(before[1]) & (changed.states != "not_comparable")
    now = _quotient(grid, _sum(top, both), _sum(base, both))
    then = _quotient(grid, _sum(before[0], both), _sum(before[1], both))
    if basis == "index":
        with np.errstate(divide="ignore", invalid="ignore"):
            values = np.where(then >= SMALLEST_BASE, 100.0 * now / then, np.nan)
        unit = "index"
    else:
        itself = np.array([column == place for place, column in enumerate(columns)])
        values, unit = np.where(itself, np.nan, now - then), "pp" if grid.unit == "percent" else grid.unit
    counted = both.sum(axis=0)
    values = np.where(counted > 0, values, np.nan)
    states = np.where(np.isnan(values), "no_previous", "reported").astype(object)
    nothing = np.full(len(grid.years), np.nan)
    found = _one_row(grid, values, states, counted, numerators=nothing, denominators=nothing)
    return replace(found, basis=basis, unit=unit)


def _one_row(grid: OrganGrid, values: Any, states: Any, counted: Any, **parts: Any) -> OrganGrid:
    empty = np.full((1, len(grid.years)), "", dtype=object)
    rows = {
        name: np.asarray(row)[None, :] for name, row in {"values": values, "states": states, "counted": counted, **parts}.items()
    }
    return replace(grid, report_ids=empty, editions=empty, **rows)


def _row(grid: OrganGrid, group: str, name: str, asked: int) -> OrganGrid:
    scope = grid.scopes[0] if grid.scopes else "own"
    return replace(grid, organs=(group,), names=(name,), scopes=(scope,), asked={group: asked})
