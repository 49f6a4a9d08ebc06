"""Words the charts of many organs share: figures with their unit, titles, what is missing, the middle and the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan
from typing import Any

import numpy as np

from ogi.charts.chart import Chart
from ogi.charts.theme import ends_kept, in_two_lines, shortened, value_axis
from ogi.charts.words import axis_title, common_place, measure_name, nothing, sentence_of, written
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.standing import Standing, may_add, standing
from ogi.indicators import FULL_BASE, SMALLEST_BASE
from ogi.labels import Labels

_NAMED = 10
_SIGNED = ("change",)


def figure_name(grid: OrganGrid, labels: Labels) -> str:
    """Return the name of the figure with its basis: 予以公开 · 占比."""
    name = measure_name(labels, grid.key)
    return (
        name if grid.basis == "count" else labels("charts.agencies.of_basis", name=name, basis=labels(f"view.basis.{grid.basis}"))
    )


def unit_word(grid: OrganGrid, labels: Labels) -> str:
    """Return the word of the unit; an index has none."""
    return "" if grid.unit in ("", "index") else labels.unit(grid.unit)


def said(grid: OrganGrid, value: float | None, labels: Labels) -> str:
    """Return a value as it is written, with its unit where that is a rate or a change of one."""
    if value is None or np.isnan(value):
        return "–"
    sign = "+" if grid.basis in _SIGNED and value > 0 else ""
    if grid.unit == "percent":
        return f"{sign}{value:.1f}%"
    if grid.unit == "jian" and value != round(value):
        return f"{sign}{value:,.1f}"
    if grid.unit == "pp":
        return f"{sign}{value:.1f} {labels.unit('pp')}"
    if grid.unit == "per10k":
        return f"{sign}{value:,.2f}"
    return f"{sign}{value:,.1f}" if grid.unit in ("per100", "index") else f"{sign}{written(round(value, 4))}"


def many_said(grid: OrganGrid, values: Any, labels: Labels) -> list[str]:
    """Return :func:`said` of every value."""
    return [said(grid, value, labels) for value in values.tolist()]


def short_names(names: Sequence[str], longest: int = 10) -> list[str]:
    """Return names without the place they share, cut to a length in their middle."""
    return [ends_kept(name, longest) for name in _without_place(names)]


def names_in_lines(names: Sequence[str], longest: int = 12) -> list[str]:
    """Return names without the place they share, long ones in two lines, for an axis from top to bottom."""
    return [in_two_lines(name, longest) for name in _without_place(names)]


def _without_place(names: Sequence[str]) -> list[str]:
    place = common_place(list(names)) if len(names) > 1 else ""
    return [name.removeprefix(place) for name in names]


def figure_axis(grid: OrganGrid, values: Sequence[float | None], labels: Labels) -> dict:
    """Return the axis of a figure, from zero where nothing lies below it."""
    title = axis_title(labels, shortened(figure_name(grid, labels), 16), unit_word(grid, labels))
    return value_axis(title, values, percent=grid.unit == "percent")


def without_gaps(values: Any) -> list[float | None]:
    """Return an array as a list in which NaN became ``None``, as a figure needs it."""
    return [None if isnan(value) else value for value in values.tolist()]


def reason_words(states: Iterable[Any], labels: Labels) -> list[str]:
    """Return why there is no number, for each state; empty where there is one."""
    known: dict[Any, str] = {"reported": ""}
    return [known.setdefault(state, labels(f"selection.reason.{state}")) for state in states]


def base_words(grid: OrganGrid, year: int) -> list[str]:
    """Return ``（12/34）`` for each rate of a year, empty for what is none; of groups also how many organs they hold."""
    column = grid.column(year)
    found = [""] * len(grid.organs)
    if grid.is_rate:
        pairs = zip(grid.numerators[:, column].tolist(), grid.denominators[:, column].tolist(), strict=True)
        found = ["" if isnan(base) else f" ({written(top)}/{written(base)})" for top, base in pairs]
    for row in np.flatnonzero(grid.is_group).tolist():
        found[row] += f" [{held(grid, row, column)}]"
    return found


def counts_of(grid: OrganGrid, year: int, labels: Labels) -> list[str]:
    """Return ``13/24`` for each rate of a year, with the caution its base asks for; empty where there is no rate."""
    if year not in grid.years:
        return [""] * len(grid.organs)
    column = grid.column(year)
    found = []
    for top, base in zip(grid.numerators[:, column].tolist(), grid.denominators[:, column].tolist(), strict=True):
        if isnan(base) or isnan(top):
            found.append("")
            continue
        size = "tiny" if base < SMALLEST_BASE else "small" if base < FULL_BASE else "ample"
        found.append(labels(f"charts.agencies.counts.{size}", part=written(top), base=written(base)))
    return found


def held(grid: OrganGrid, row: int, column: int) -> str:
    """Return how many of its organs the number of a group holds: ``18/21``; empty for a single organ."""
    return f"{grid.counted[row, column]}/{grid.asked[grid.organs[row]]}" if grid.is_group[row] else ""


def covers(grid: OrganGrid, at: Standing, labels: Labels) -> str:
    """Return how many organs have a number, which lack one, their median, and what they are together."""
    parts = [labels("charts.agencies.known", known=at.known, expected=at.expected)]
    if at.missing:
        named = labels("charts.join").join(at.missing[:_NAMED])
        more = labels("charts.agencies.and_more", count=len(at.missing)) if len(at.missing) > _NAMED else ""
        parts.append(labels("charts.agencies.missing", names=named, more=more))
    if at.median is not None:
        words = {"median": said(grid, at.median, labels), "low": said(grid, at.low, labels), "high": said(grid, at.high, labels)}
        parts.append(labels("charts.agencies.middle", **words))
    if at.whole is not None and at.counted > 1:
        key = "charts.agencies.together" if grid.is_rate else "charts.agencies.sum"
        parts.append(labels(key, whole=said(grid, at.whole, labels), known=at.counted, expected=at.expected))
    elif at.known > 1 and not may_add(grid):
        parts.append(labels("charts.agencies.not_added"))
    return sentence_of(labels, *parts)


def small_words(grid: OrganGrid, year: int, labels: Labels) -> str:
    """Return how many rates rest on 10–29 cases and how many are not shown because of fewer."""
    if not grid.is_rate:
        return ""
    column = grid.column(year)
    grid = grid.single
    small, hidden = int(grid.is_small[:, column].sum()), int((grid.states[:, column] == "counts_only").sum())
    return sentence_of(
        labels,
        labels("charts.ranking.small", n=small) if small else "",
        labels("charts.ranking.too_small", n=hidden) if hidden else "",
    )


def nobody(grid: OrganGrid, title: str, filename: str, year: int | None, labels: Labels) -> Chart:
    """Return the chart of nothing: why no organ has a number."""
    reasons = labels("charts.join").join(dict.fromkeys(filter(None, reason_words(np.unique(grid.states.astype(str)), labels))))
    fallback = labels("charts.nothing.reason") if year is None else labels("charts.nothing.reason_year", year=year)
    return nothing(labels, title=title, filename=filename, reason=reasons or fallback)


def of_year(grid: OrganGrid, year: int) -> Standing:
    """Return the standing of a year; a year that is not shown has no organ with a number."""
    return standing(grid, year)
