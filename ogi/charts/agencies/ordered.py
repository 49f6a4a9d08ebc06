"""One figure in one year, the organs in its order: bars for counts, dots with an interval for rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ogi.charts.agencies.references import Mark, level, marks_of, top_for, upright, why_no_line
from ogi.charts.agencies.table import order_of, year_table
from ogi.charts.agencies.words import (
    base_words,
    covers,
    figure_axis,
    figure_name,
    many_said,
    names_in_lines,
    nobody,
    of_year,
    small_words,
    unit_word,
    without_gaps,
)
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import faint, sequence, single
from ogi.charts.theme import SMALL, layout
from ogi.charts.words import sentence_of
from ogi.comparison.interval import wilson
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.reference import Reference
from ogi.labels import Labels

NAMED = 60
"""Up to so many organs stand one below the other with their names; more stand side by side, named by the pointer."""


def ordered(
    grid: OrganGrid,
    *,
    labels: Labels,
    year: int,
    sort: str = "value",
    focus: str | None = None,
    references: Sequence[Reference] = (),
) -> Chart:
    """Return the organs in the order of a figure.

    A rate carries Wilson's 95 % interval; one of 10–29 cases is hollow, one of fewer is not shown. Organs without a number are
    named in the sentence and the table, never drawn as 0.

    Args:
        grid: the figure.
        labels: language.
        year: report year.
        sort: ``value``, or ``name``.
        focus: id of an organ to stand out.
        references: lines to hold organs against, beside the median of those shown.
    """
    title = labels("charts.ranking.title", year=year, measure=figure_name(grid, labels))
    filename = f"agencies_{grid.key.replace('.', '_')}_{year}"
    at = of_year(grid, year)
    if not at.known:
        return nobody(grid, title, filename, year, labels)
    values = grid.of_year(year)
    order = order_of(values, grid.names, by=sort)
    shown = grid.take(order[~np.isnan(values[order])])
    draw = _rows if len(shown.organs) <= NAMED else _strip
    sentence = sentence_of(labels, covers(grid, at, labels), small_words(grid, year, labels), *why_no_line(references, labels))
    marks = marks_of(grid, year, at.median, references, labels)
    if grid.is_share:
        sentence = sentence_of(labels, sentence, labels("charts.agencies.interval"))
    return Chart(
        figure=draw(shown, year, marks, focus, labels),
        title=title,
        unit=unit_word(grid, labels),
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=year_table(grid, year, labels),
        filename=filename,
    )


def _look(grid: OrganGrid, year: int, focus: str | None) -> dict[str, Any]:
    usual = {True: sequence()[2], False: single()}
    groups = grid.is_group.tolist()
    colours = [sequence()[1] if organ == focus else usual[group] for organ, group in zip(grid.organs, groups, strict=True)]
    small = grid.is_small[:, grid.column(year)].tolist()
    return {"color": colours, "symbol": ["circle-open" if is_small else "circle" for is_small in small]}


def _hatched(grid: OrganGrid, year: int) -> dict[str, Any]:
    """The bar of a group that does not hold all of its organs is hatched; nothing where there is no such group."""
    if not grid.is_group.any():
        return {}
    column = grid.column(year)
    whole = [not group or grid.counted[row, column] == grid.asked[grid.organs[row]] for row, group in enumerate(grid.is_group)]
    return {"pattern": {"shape": ["" if is_whole else "/" for is_whole in whole], "fillmode": "overlay", "solidity": 0.25}}


def _interval(grid: OrganGrid, year: int, places: list[int], *, across: bool) -> list[dict]:
    """All intervals as one trace with gaps."""
    if not grid.is_share:
        return []
    column = grid.column(year)
    low, high = wilson(grid.numerators[:, column], grid.denominators[:, column])
    ends: list[float | None] = []
    spots: list[int | None] = []
    for place, one, other in zip(places, without_gaps(low.round(4) * 100), without_gaps(high.round(4) * 100), strict=True):
        ends += [one, other, None]
        spots += [place, place, None]
    axes = {"x": ends, "y": spots} if across else {"x": spots, "y": ends}
    return [{"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"color": faint(), "width": 2}, **axes}]


def _reach(grid: OrganGrid, year: int) -> list[float]:
    """How far the intervals reach up, so that none is cut off at the end of the axis."""
    if not grid.is_share:
        return []
    column = grid.column(year)
    high = wilson(grid.numerators[:, column], grid.denominators[:, column])[1] * 100
    return high[~np.isnan(high)].tolist()


def _texts(grid: OrganGrid, year: int, labels: Labels) -> list[str]:
    values = many_said(grid, grid.of_year(year), labels)
    return [f"{value}{base}" for value, base in zip(values, base_words(grid, year), strict=True)]


def _rows(grid: OrganGrid, year: int, marks: list[Mark], focus: str | None, labels: Labels) -> dict:
    values = grid.of_year(year).tolist()
    places = list(range(len(values)))
    texts = _texts(grid, year, labels)
    hover = [f"{name}: {text}" for name, text in zip(grid.names, texts, strict=True)]
    shared = {
        "x": values,
        "y": places,
        "text": texts,
        "hovertext": hover,
        "hoverinfo": "text",
        "cliponaxis": False,
        **stands_for(organs=grid.organs, years=year),
    }
    if grid.is_rate or grid.basis in ("change", "index"):
        look = {**_look(grid, year, focus), "size": 10, "line": {"width": 2}}
        trace = {**shared, "type": "scatter", "mode": "markers", "marker": look}
    else:
        trace = {
            **shared,
            "type": "bar",
            "orientation": "h",
            "textposition": "outside",
            "marker": {"color": _look(grid, year, focus)["color"], **_hatched(grid, year)},
        }
    axis = figure_axis(grid, [*values, *_reach(grid, year)], labels)
    if trace["type"] == "bar":
        axis["range"][1] *= 1.15
    shown = names_in_lines(grid.names)
    names = {
        "tickmode": "array",
        "tickvals": places,
        "ticktext": shown,
        "range": [len(values) - 0.4, -0.6],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
    }
    top = top_for(marks)
    shape = layout(
        height=62 + top + (33 if any("<br>" in name for name in shown) else 24) * len(values),
        right=24,
        top=top,
        bargap=0.35,
        xaxis=axis,
        yaxis=names,
    )
    shape |= upright(marks)
    return {"data": [*_interval(grid, year, places, across=True), trace], "layout": shape}


def _strip(grid: OrganGrid, year: int, marks: list[Mark], focus: str | None, labels: Labels) -> dict:
    """Organs from left to right, too many for names."""
    values = grid.of_year(year).tolist()
    places = list(range(1, len(values) + 1))
    hover = [f"{place}. {name}: {text}" for place, name, text in zip(places, grid.names, _texts(grid, year, labels), strict=True)]
    look = {**_look(grid, year, focus), "size": 5 if len(values) < 500 else 4}
    if focus in grid.organs:
        look["size"] = [12 if organ == focus else look["size"] for organ in grid.organs]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": places,
        "y": values,
        "hovertext": hover,
        "hoverinfo": "text",
        **stands_for(organs=grid.organs, years=year),
        "marker": look,
    }
    axis = figure_axis(grid, [*values, *_reach(grid, year)], labels)
    across = {
        "title": {"text": labels("charts.agencies.place"), "font": {"size": SMALL}},
        "range": [0, len(values) + 1],
        "fixedrange": True,
        "showgrid": False,
        "tickformat": "d",
        "nticks": 8,
    }
    shape = layout(height=380, right=24, xaxis=across, yaxis=axis)
    shape |= level(marks)
    return {"data": [*_interval(grid, year, places, across=False), trace], "layout": shape}
