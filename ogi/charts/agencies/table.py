"""The table twin of the charts of many organs: every organ, its figure, why it is missing, base, interval, rank."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pandas as pd

from ogi.charts.agencies.words import figure_name, held, reason_words, unit_word
from ogi.charts.words import axis_title
from ogi.comparison.interval import wilson
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.standing import ranks
from ogi.labels import Labels


def year_table(grid: OrganGrid, year: int, labels: Labels) -> pd.DataFrame:
    """Return one row per organ in the order of the figure, those without a number at the end with the reason."""
    values = grid.of_year(year)
    order = order_of(values, grid.names)
    column = grid.column(year) if year in grid.years else None
    columns: dict[str, Any] = {
        labels("charts.column.rank"): pd.array(_integers(ranks(np.where(grid.is_group, np.nan, values))[order]), dtype="Int64"),
        labels("charts.column.organ"): [grid.names[row] for row in order],
        axis_title(labels, figure_name(grid, labels), unit_word(grid, labels)): numbers(values[order]),
    }
    if column is not None and grid.is_rate:
        columns[labels("charts.agencies.numerator")] = numbers(grid.numerators[order, column])
        base = "residents" if grid.unit == "per10k" else "denominator"
        columns[labels(f"charts.agencies.{base}")] = numbers(grid.denominators[order, column])
    if column is not None and grid.is_share:
        low, high = wilson(grid.numerators[order, column], grid.denominators[order, column])
        hidden = np.isnan(values[order])
        columns[labels("charts.agencies.low")] = numbers(np.where(hidden, np.nan, np.round(low * 100, 2)))
        columns[labels("charts.agencies.high")] = numbers(np.where(hidden, np.nan, np.round(high * 100, 2)))
    if column is not None and grid.is_group.any():
        columns[labels("charts.column.coverage")] = [held(grid, row, column) for row in order.tolist()]
    if column is not None:
        columns[labels("charts.column.state")] = reason_words(grid.states[order, column], labels)
    return pd.DataFrame(columns)


def years_table(grid: OrganGrid, labels: Labels) -> pd.DataFrame:
    """Return one row per organ and one column per year, with the reasons of its gaps in a last column."""
    columns: dict[str, Any] = {labels("charts.column.organ"): list(grid.names)}
    for place, year in enumerate(grid.years):
        columns[str(year)] = numbers(grid.values[:, place])
    gaps = []
    for row in range(len(grid.organs)):
        known: dict[str, list[str]] = {}
        for place in np.flatnonzero(np.isnan(grid.values[row])).tolist():
            known.setdefault(grid.states[row, place], []).append(str(grid.years[place]))
        sums = [f"{year}: {held(grid, row, place)}" for place, year in enumerate(grid.years)] if grid.is_group[row] else []
        words = sums + [f"{', '.join(years)}: {labels(f'selection.reason.{state}')}" for state, years in known.items()]
        gaps.append(labels("charts.semicolon").join(words))
    columns[labels("charts.column.state")] = gaps
    return pd.DataFrame(columns)


def order_of(values: Any, names: tuple[str, ...], *, by: str = "value") -> Any:
    """Return the order of organs: largest first, those without a number last; or by name."""
    if by == "name":
        return np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
    return np.argsort(np.where(np.isnan(values), np.inf, -values), kind="stable")


def numbers(values: Any) -> Any:
    """Return numbers as a nullable column: whole ones without decimals, a gap as ``<NA>``."""
    known = values[~np.isnan(values)]
    gaps = np.isnan(values)
    if (known == np.floor(known)).all():
        return pd.arrays.IntegerArray(np.where(gaps, 0, values).astype(np.int64), gaps)
    return pd.arrays.FloatingArray(np.round(np.where(gaps, 0.0, values), 4), gaps)


def _integers(values: Any) -> list[int | None]:
    return [None if isnan(value) else int(value) for value in values.tolist()]
