"""How a figure spreads over organs, and where one of them lies."""

from __future__ import annotations

import numpy as np

from ogi.charts.agencies.table import year_table
from ogi.charts.agencies.words import covers, figure_axis, figure_name, nobody, of_year, said, small_words, unit_word
from ogi.charts.chart import Chart
from ogi.charts.palette import sequence, single
from ogi.charts.theme import SMALL, layout, shortened, value_axis
from ogi.charts.words import sentence_of
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.standing import percentile
from ogi.labels import Labels

_MOST_BARS = 24


def spread(grid: OrganGrid, *, labels: Labels, year: int, focus: str | None = None) -> Chart:
    """Return how many organs lie in each span of the figure, with median, quarters and one organ's percentile.

    Args:
        grid: the figure.
        labels: language.
        year: report year.
        focus: id of the organ whose percentile is said.
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
    sentence = sentence_of(labels, *parts)
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
    marks = [("charts.agencies.median", at.median, "rgba(128,128,128,0.9)", "dot", 1.0)]
    if not np.isnan(mine):
        marks.append(("charts.agencies.here", mine, sequence()[1], "solid", 1.1))
    shape["shapes"] = [
        {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": {"color": colour, "width": 2, "dash": dash}}
        for _, x, colour, dash, _ in marks
        if x is not None
    ]
    shape["annotations"] = [
        {
            "x": x,
            "y": y,
            "yref": "paper",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": SMALL},
            "text": labels(
                key,
                median=said(grid, x, labels),
                organ=shortened(grid.names[grid.organs.index(str(focus))], 10) if focus in grid.organs else "",
            ),
        }
        for key, x, _, _, y in marks
        if x is not None
    ]
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
