"""How a figure spreads over organs, and where one of them lies."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ogi.charts.agencies.references import HERE, Mark, marks_of, top_for, upright, why_no_line
from ogi.charts.agencies.table import year_table
from ogi.charts.agencies.words import covers, figure_axis, figure_name, nobody, of_year, said, small_words, unit_word
from ogi.charts.chart import Chart
from ogi.charts.palette import single
from ogi.charts.theme import layout, shortened, value_axis
from ogi.charts.words import sentence_of
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.reference import Reference
from ogi.comparison.standing import percentile
from ogi.labels import Labels

_MOST_BARS = 24


def spread(
    grid: OrganGrid, *, labels: Labels, year: int, focus: str | None = None, references: Sequence[Reference] = ()
) -> Chart:
    """Return how many organs lie in each span of the figure, with median, quarters and one organ's percentile.

    Args:
        grid: the figure.
        labels: language.
        year: report year.
        focus: id of the organ whose percentile is said.
        references: lines to hold organs against, beside the median of those shown.
    """
    title = labels("charts.agencies.spread", year=year, measure=figure_name(grid, labels))
    filename = f"spread_{grid.key.replace('.', '_')}_{year}"
    at = of_year(grid, year)
    if not at.known:
        return nobody(grid, title, filename, year, labels)
    values = grid.of_year(year)
    known = values[~np.isnan(values)]
    edges = _edges(known, whole=bool((known == np.floor(known)).all()))
    counts, _ = np.histogram(known, bins=edges)
    mine = float(values[grid.organs.index(focus)]) if focus in grid.organs else float("nan")
    parts = [covers(grid, at, labels), small_words(grid, year, labels)]
    if focus in grid.organs:
        place, name = percentile(values, mine), grid.names[grid.organs.index(str(focus))]
        key = "charts.agencies.lacks" if place is None else "charts.agencies.percentile"
        parts.append(labels(key, organ=name, value=said(grid, mine, labels), place=f"{place or 0:.0f}", known=at.known))
    sentence = sentence_of(labels, *parts, *why_no_line(references, labels))
    middles, widths = (edges[:-1] + edges[1:]) / 2, np.diff(edges)
    hover = [
        labels("charts.agencies.span", low=said(grid, low, labels), high=said(grid, high, labels), count=count)
        for low, high, count in zip(edges[:-1].tolist(), edges[1:].tolist(), counts.tolist(), strict=True)
    ]
    bars = {
        "type": "bar",
        "x": middles.tolist(),
        "y": counts.tolist(),
        "width": (widths * 0.96).tolist(),
        "hovertext": hover,
        "hoverinfo": "text",
        "marker": {"color": single()},
    }
    axis = figure_axis(grid, [], labels)
    axis |= {"range": [float(edges[0]), float(edges[-1])]}
    axis.pop("dtick", None)
    up = value_axis(labels("charts.agencies.organs"), counts.tolist())
    shape = layout(height=340, right=20, top=44, xaxis=axis, yaxis=up, bargap=0)
    marks = marks_of(grid, year, at.median, references, labels)
    if not np.isnan(mine):
        organ = shortened(grid.names[grid.organs.index(str(focus))], 10)
        marks.append(Mark(HERE, mine, labels("charts.agencies.here", organ=organ, median=said(grid, mine, labels))))
    shape["margin"]["t"] = 16 + top_for(marks)
    shape |= upright(marks)
    return Chart(
        figure={"data": [bars], "layout": shape},
        title=title,
        unit=unit_word(grid, labels),
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=year_table(grid, year, labels),
        filename=filename,
    )


def _edges(known: np.ndarray, *, whole: bool) -> np.ndarray:
    """Edges of at most :data:`_MOST_BARS` spans of equal width; of whole numbers none narrower than one."""
    low, high = float(known.min()), float(known.max())
    if low == high:
        return np.array([low - 0.5, high + 0.5])
    count = int(min(_MOST_BARS, max(5, np.ceil(np.sqrt(len(known))))))
    if whole:
        width = max(1.0, np.ceil((high - low + 1) / count))
        return np.arange(low - 0.5, high + width, width)
    return np.linspace(low, high, count + 1)
