"""One figure of many organs over years, as a matrix: what the charts and tables of the page of agencies are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ogi.checks.plan import rules_of
from ogi.comparison.wholes import whole_of
from ogi.form import load_form
from ogi.indicators import FULL_BASE, RATE_FACTORS, SMALLEST_BASE
from ogi.once import once
from ogi.selection import Selection, joined
from ogi.selection.lines import REASONS, figures_at
from ogi.selection.measure import operands_of
from ogi.view.state import Basis

CLOSED = "applications.result_total.total"


@dataclass(frozen=True, eq=False, kw_only=True)
class OrganGrid:
    """Organs × years. Rates in percent are 0–100 here; a gap is NaN and its reason stands in ``states``."""

    key: str
    basis: Basis
    """As it was computed; ``count`` where the basis asked for does not exist for the figure."""
    unit: str
    """Key of the unit: ``jian``, ``percent``, ``per100``, ``pp``, ``index`` …; ``""`` for none."""
    organs: tuple[str, ...]
    names: tuple[str, ...]
    scopes: tuple[str, ...]
    years: tuple[int, ...]
    values: Any
    states: Any
    numerators: Any
    denominators: Any
    """Both NaN for what is no rate. Known also where the base is too small for a rate to be shown."""
    report_ids: Any
    editions: Any
    """Of the table the figure stands in; ``""`` where there is none."""
    counted: Any = None
    """How many organs a number of a group holds, −1 for single organs; ``None`` where there is no group."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """How many organs belong to each group, by its id."""

    @once
    def is_group(self) -> Any:
        """Which rows are groups of organs (:mod:`ogi.comparison.group_sum`); they have no rank and no part in medians."""
        return np.array([organ.startswith("g") for organ in self.organs], dtype=bool)

    @once
    def single(self) -> OrganGrid:
        """The organs without the groups."""
        return self.take(~self.is_group) if self.is_group.any() else self

    @property
    def is_rate(self) -> bool:
        """Whether it has a base, on whose size its meaning depends."""
        return self.unit in RATE_FACTORS and bool((~np.isnan(self.denominators)).any())

    @property
    def is_share(self) -> bool:
        """Whether it is a part of a whole, so that an interval can be given."""
        return self.is_rate and self.unit == "percent"

    @once
    def is_small(self) -> Any:
        """Where a rate rests on 10–29 cases."""
        return (self.denominators >= SMALLEST_BASE) & (self.denominators < FULL_BASE)

    def column(self, year: int) -> int:
        """Return the column of a year.

        Raises:
            ValueError: the year is not among :attr:`years`.
        """
        return self.years.index(year)

    def of_year(self, year: int) -> Any:
        """Return the values of a year; NaN throughout for a year that is not shown."""
        return self.values[:, self.column(year)] if year in self.years else np.full(len(self.organs), np.nan)

    def take(self, rows: Any) -> OrganGrid:
        """Return the grid of some organs, given by number or mask."""
        places = np.flatnonzero(rows) if np.asarray(rows).dtype == bool else np.asarray(rows, dtype=np.int64)
        pick = places.tolist()
        matrices = {name: getattr(self, name)[places] for name in _MATRICES}
        if self.counted is not None:
            matrices["counted"] = self.counted[places]
        lists = {name: tuple(getattr(self, name)[place] for place in pick) for name in ("organs", "names", "scopes")}
        return replace(self, **matrices, **lists)


_MATRICES = ("values", "states", "numerators", "denominators", "report_ids", "editions")


def organ_grid(selection: Selection, key: str, basis: Basis = "count", baseline: int | None = None) -> OrganGrid:
    """Return one figure of every series that may stand side by side (:meth:`ogi.selection.Selection.side_by_side`).

    Args:
        selection: what is shown.
        key: cell, derived figure or indicator.
        basis: ``count`` (an indicator stays what it is), ``share`` of the total it is a part of, ``per100`` closed applications,
            ``change`` against the baseline year or the year before, ``index`` (baseline year, or the first one shown, = 100).
        baseline: the year of ``change`` and ``index``.

    Raises:
        KeyError: the key cannot be measured report by report.
    """
    return selection.remembered(("organ grid", key, basis, baseline), lambda: _made(selection, key, basis, baseline))


def _made(selection: Selection, key: str, basis: Basis, baseline: int | None) -> OrganGrid:
    if key in load_form().indicators:
        grid = _plain(selection, key)
    else:
        base = whole_of(key) if basis == "share" else CLOSED if basis == "per100" else None
        grid = _plain(selection, key) if base in (None, key) else _rate(selection, key, str(base), basis)
    if basis == "change":
        return _changed(grid, baseline)
    return _indexed(grid, baseline) if basis == "index" else grid


def _plain(selection: Selection, key: str) -> OrganGrid:
    """The figure itself: what :meth:`ogi.selection.Selection.side_by_side` shows of it, without a frame in between."""
    series, years, unit = selection.series, selection.years, _unit(key)
    places = selection.grid().places.reshape(len(series), len(years))
    kept = selection.stands_beside
    item, shown = selection.measure(key), kept.any(axis=1)
    found = figures_at(item, places)
    report_ids = selection.remembered(("report ids",), lambda: _report_ids(selection, places))

    def matrix(numbers: Any, nothing: Any) -> Any:
        return np.where(kept, numbers, nothing)[shown]

    organs, names, scopes = (tuple(series[name].to_numpy(dtype=object)[shown]) for name in ("organ_id", "organ_name", "scope"))
    return OrganGrid(
        key=key,
        basis="count",
        unit=unit,
        organs=organs,
        names=names,
        scopes=scopes,
        years=years,
        values=matrix(found.value, np.nan) * (100.0 if unit == "percent" else 1.0),
        states=matrix(REASONS[found.state], "no_report"),
        numerators=matrix(np.append(item.numerator, np.nan)[places], np.nan),
        denominators=matrix(np.append(item.denominator, np.nan)[places], np.nan),
        report_ids=matrix(report_ids, ""),
        editions=matrix(found.edition, ""),
    )


def _report_ids(selection: Selection, places: Any) -> Any:
    found = np.full(places.shape, "", dtype=object)
    found[places >= 0] = selection.facts.report_ids(places[places >= 0])
    return found


def _rate(selection: Selection, key: str, base: str, basis: Basis) -> OrganGrid:
    top, whole = _plain(selection, key), _plain(selection, base)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(whole.values >= SMALLEST_BASE, 100.0 * top.values / whole.values, np.nan)
    states = np.where(np.isnan(top.values), top.states, np.where(np.isnan(whole.values), whole.states, "reported"))
    both = ~np.isnan(top.values) & ~np.isnan(whole.values)
    states = np.where(both & (whole.values < SMALLEST_BASE), "counts_only", states)
    states = np.where(both & (whole.values <= 0), "undefined", states)
    return replace(
        top,
        basis=basis,
        unit="percent" if basis == "share" else "per100",
        values=np.where(both, values, np.nan),
        states=states,
        numerators=np.where(both, top.values, np.nan),
        denominators=np.where(both, whole.values, np.nan),
    )


def _changed(grid: OrganGrid, baseline: int | None) -> OrganGrid:
    earlier, before = _earlier(grid, baseline)
    values = np.where(before, grid.values - earlier, np.nan)
    return _against(grid, baseline, values, "change", "pp" if grid.unit == "percent" else grid.unit)


def _indexed(grid: OrganGrid, baseline: int | None) -> OrganGrid:
    year = baseline if baseline in grid.years else grid.years[0] if grid.years else None
    if year is None:
        return grid
    first = grid.of_year(year)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.where(first >= SMALLEST_BASE, 100.0 * grid.values / first, np.nan)
    return _against(grid, year, values, "index", "index")


def _earlier(grid: OrganGrid, baseline: int | None) -> tuple[Any, Any]:
    """The figure each year is set against, and where there is such a year."""
    if baseline is not None:
        earlier = np.repeat(grid.of_year(baseline)[:, None], len(grid.years), axis=1)
        return earlier, np.array([[year != baseline for year in grid.years]])
    earlier = np.full(grid.values.shape, np.nan)
    for place, year in enumerate(grid.years):
        if year - 1 in grid.years:
            earlier[:, place] = grid.of_year(year - 1)
    return earlier, np.array([[year - 1 in grid.years for year in grid.years]])


def _against(grid: OrganGrid, baseline: int | None, values: Any, basis: Basis, unit: str) -> OrganGrid:
    """Take away what two editions do not let compare, and say why each gap is one."""
    states = grid.states.copy()
    states[np.isnan(values) & ~np.isnan(grid.values)] = "no_previous"
    for place, year in enumerate(grid.years):
        other = year - 1 if baseline is None else baseline
        if other not in grid.years or other == year:
            continue
        before, now = grid.editions[:, grid.column(other)], grid.editions[:, place]
        for one, two in {(a, b) for a, b in zip(before, now, strict=True) if a and b and a != b}:
            if any(joined(key, one, two) in ("absent", "not_comparable") for key in operands_of(grid.key)):
                apart = (before == one) & (now == two)
                values[apart, place] = np.nan
                states[apart & ~np.isnan(grid.values[:, place]), place] = "not_comparable"
    nothing = np.full(values.shape, np.nan)
    return replace(grid, basis=basis, unit=unit, values=values, states=states, numerators=nothing, denominators=nothing)


def _unit(key: str) -> str:
    form = load_form()
    if key in form.indicators:
        return form.indicators[key].unit
    if variants := rules_of(form).variants.get(key):
        return variants[0].rule.unit or ""
    cell = form.cell(key)
    return (cell.unit or "") if cell else ""
