"""The charts of the page that compares agencies, as the reader asked for them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from ogi.charts import Chart
from ogi.charts.agencies import figures_heat, funnel, multiples, ordered, rank_change, scatter, spread, years_heat
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.reference import reference_line
from ogi.view.state import CHOICES
from pages.parts.agencies_parts import choose_figure, figures_of, grid_of
from pages.parts.compared import choose_before
from pages.parts.stage import Stage
from pages.parts.widgets import draw


@dataclass(frozen=True)
class Asked:
    """What is to be drawn."""

    grid: OrganGrid
    year: int
    focus: str | None
    kept: Callable[[OrganGrid], OrganGrid]
    """Takes the agencies that meet the conditions out of another grid."""


def chart_of(at: Stage, chart: str, asked: Asked) -> Chart:
    """Return the chart the reader chose; those of two figures or years ask for the second one first."""
    if chart == "scatter":
        return _scatter(at, asked)
    pair = (choose_before(at, asked.grid.years, asked.year), asked.year) if chart == "slope" else None
    if chart in ("bars", "multiples", "distribution"):
        choose_lines(at)
    return _kept(at, asked, (chart, pair), lambda: _made(at, chart, asked, pair))


def _kept(at: Stage, asked: Asked, name: tuple[Hashable, ...], make: Callable[[], Chart]) -> Chart:
    """Make a chart once for all runs of the same view."""
    return at.kept_chart((at.shown, asked.grid.key, asked.grid.basis, asked.year, asked.focus, *name), make)


def _made(at: Stage, chart: str, asked: Asked, pair: tuple[int, int] | None) -> Chart:
    labels, grid, year, sort = at.labels, asked.grid, asked.year, "name" if at.view.sort == "name" else "value"
    if pair is not None:
        return rank_change(grid.single, labels=labels, pair=pair, focus=asked.focus)
    if chart == "heatmap":
        return years_heat(grid, labels=labels, sort=sort)
    if chart == "funnel":
        return funnel(grid.single, labels=labels, year=year, focus=asked.focus)
    if chart == "figures":
        return figures_heat([asked.kept(grid_of(at, key)) for key in figures_of(at)], labels=labels, year=year)
    return _with_lines(at, chart, asked, sort)


def _with_lines(at: Stage, chart: str, asked: Asked, sort: Literal["name", "value"]) -> Chart:
    labels, grid, year = at.labels, asked.grid, asked.year
    references = [reference_line(at.library, at.selection, grid, line, asked.focus) for line in at.view.lines]
    if chart == "multiples":
        return multiples(grid, labels=labels, sort=sort, focus=asked.focus, references=references)
    if chart == "distribution":
        return spread(grid.single, labels=labels, year=year, focus=asked.focus, references=references)
    return ordered(grid, labels=labels, year=year, sort=sort, focus=asked.focus, references=references)


def choose_lines(at: Stage) -> None:
    """Let the reader lay lines over the chart to hold agencies against."""
    labels = at.labels
    draw(
        st.pills,
        "lines",
        list(at.view.lines),
        label=labels("agencies.lines"),
        help=labels("agencies.lines_tip"),
        options=list(CHOICES["lines"]),
        format_func=lambda line: labels(f"charts.agencies.line.name.{line}"),
        selection_mode="multi",
    )


def _scatter(at: Stage, asked: Asked) -> Chart:
    labels, view = at.labels, at.view
    against = view.against or ("I04_grant_rate" if view.measure != "I04_grant_rate" else "I09_unable_rate")
    left, right = st.columns(2)
    with left:
        choose_figure(at, "against", against, label=labels("agencies.against"))
    with right:
        choose_figure(at, "bubble", view.bubble or "", label=labels("agencies.bubble"), none="")

    def made() -> Chart:
        size = asked.kept(grid_of(at, view.bubble)).single if view.bubble else None
        other = asked.kept(grid_of(at, against)).single
        return scatter(asked.grid.single, other, labels=labels, year=asked.year, size=size, focus=asked.focus)

    return _kept(at, asked, ("scatter", against), made)
