"""Two figures of many organs against each other, a third as size."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ogi.charts.agencies.table import numbers
from ogi.charts.agencies.words import figure_axis, figure_name, nobody, said, unit_word
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import sequence, single
from ogi.charts.theme import layout
from ogi.charts.words import axis_title, sentence_of
from ogi.comparison.organ_grid import OrganGrid
from ogi.labels import Labels

_LARGEST = 34.0
"""Diameter of the largest point in pixels; areas follow the third figure."""


def scatter(
    across: OrganGrid, up: OrganGrid, *, labels: Labels, year: int, size: OrganGrid | None = None, focus: str | None = None
) -> Chart:
    """Return a point for each organ that has both figures; who lacks one is counted and listed in the table.

    No line is laid through the points and no cause is named: two figures of the same organs only stand side by side here.

    Args:
        across: the figure from left to right.
        up: the figure from bottom to top, of the same organs in the same order.
        labels: language.
        year: report year.
        size: a count that gives points their area; an organ without it is drawn small and hollow.
        focus: id of an organ to stand out.
    """
    names = figure_name(across, labels), figure_name(up, labels)
    title = labels("charts.agencies.scatter", year=year, across=names[0], up=names[1])
    filename = f"scatter_{across.key.replace('.', '_')}_{up.key.replace('.', '_')}_{year}"
    both = ~np.isnan(across.of_year(year)) & ~np.isnan(up.of_year(year))
    if not both.any():
        return nobody(across if np.isnan(across.of_year(year)).all() else up, title, filename, year, labels)
    grids = [across, up, *([size] if size is not None else [])]
    parts = [labels("charts.agencies.both", count=int(both.sum()), expected=len(both))]
    if size is not None:
        parts.append(labels("charts.agencies.size", name=figure_name(size, labels)))
    sentence = sentence_of(labels, *parts)
    return Chart(
        figure=_figure([grid.take(both) for grid in grids], year, focus, labels),
        title=title,
        unit="",
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=_table(grids, year, labels),
        filename=filename,
    )


def _figure(grids: list[OrganGrid], year: int, focus: str | None, labels: Labels) -> dict:
    across, up = grids[0], grids[1]
    xs, ys = across.of_year(year), up.of_year(year)
    texts = [
        [f"{figure_name(grid, labels)}: {said(grid, value, labels)}" for value in grid.of_year(year).tolist()] for grid in grids
    ]
    hover = ["<br>".join([name, *(column[row] for column in texts)]) for row, name in enumerate(across.names)]
    colours = [sequence()[1] if organ == focus else single() for organ in across.organs]
    marker: dict[str, Any] = {"color": colours, "size": 8, "opacity": 0.75, "line": {"width": 1}}
    if len(grids) > 2:
        marker |= _sizes(grids[2].of_year(year))
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": xs.tolist(),
        "y": ys.tolist(),
        "hovertext": hover,
        "hoverinfo": "text",
        **stands_for(organs=across.organs, years=year),
        "marker": marker,
        "cliponaxis": False,
    }
    axes = [figure_axis(grid, values.tolist(), labels) for grid, values in zip((across, up), (xs, ys), strict=True)]
    return {"data": [trace], "layout": layout(height=460, right=20, xaxis=axes[0], yaxis=axes[1])}


def _sizes(values: Any) -> dict[str, Any]:
    known = np.where(np.isnan(values), 0.0, np.abs(values))
    largest = known.max() or 1.0
    sizes = np.maximum(5.0, _LARGEST * np.sqrt(known / largest)).round(1)
    return {"size": sizes.tolist(), "symbol": ["circle-open" if gap else "circle" for gap in np.isnan(values).tolist()]}


def _table(grids: list[OrganGrid], year: int, labels: Labels) -> pd.DataFrame:
    columns: dict[str, Any] = {labels("charts.column.organ"): list(grids[0].names)}
    for grid in grids:
        columns[axis_title(labels, figure_name(grid, labels), unit_word(grid, labels))] = numbers(grid.of_year(year))
    return pd.DataFrame(columns)
