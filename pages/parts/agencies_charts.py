"""The charts of the page that compares agencies, as the reader asked for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from ogi.charts import Chart
from ogi.charts.agencies import figures_heat, funnel, multiples, ordered, rank_change, scatter, spread, years_heat
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.reference import Reference, reference_line
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
    labels, grid, year, sort = at.labels, asked.grid, asked.year, "name" if at.view.sort == "name" else "value"
    if chart in ("scatter", "slope", "figures"):
        return _of_two(at, chart, asked)
    if chart == "heatmap":
        return years_heat(grid, labels=labels, sort=sort)
    if chart == "funnel":
        return funnel(grid.single, labels=labels, year=year, focus=asked.focus)
    lines = {"focus": asked.focus, "references": choose_lines(at, grid, asked.focus)}
    if chart == "multiples":
        return multiples(grid, labels=labels, sort=sort, **lines)
    if chart == "distribution":
        return spread(grid.single, labels=labels, year=year, **lines)
    return ordered(grid, labels=labels, year=year, sort=sort, **lines)


def _of_two(at: Stage, chart: str, asked: Asked) -> Chart:
    labels, grid, year = at.labels, asked.grid.single, asked.year
    if chart == "scatter":
        return _scatter(at, asked)
    if chart == "slope":
        return rank_change(grid, labels=labels, pair=(choose_before(at, grid.years, year), year), focus=asked.focus)
    return figures_heat([asked.kept(grid_of(at, key)) for key in figures_of(at)], labels=labels, year=year)


def choose_lines(at: Stage, grid: OrganGrid, focus: str | None) -> list[Reference]:
    """Let the reader lay lines over the chart to hold agencies against; return those chosen."""
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
    return [reference_line(at.library, at.selection, grid, line, focus) for line in at.view.lines]


def _scatter(at: Stage, asked: Asked) -> Chart:
    labels, view = at.labels, at.view
    against = view.against or ("I04_grant_rate" if view.measure != "I04_grant_rate" else "I09_unable_rate")
    left, right = st.columns(2)
    with left:
        choose_figure(at, "against", against, label=labels("agencies.against"))
    with right:
        choose_figure(at, "bubble", view.bubble or "", label=labels("agencies.bubble"), none="")
    size = asked.kept(grid_of(at, view.bubble)).single if view.bubble else None
    other = asked.kept(grid_of(at, against)).single
    return scatter(asked.grid.single, other, labels=labels, year=asked.year, size=size, focus=asked.focus)
