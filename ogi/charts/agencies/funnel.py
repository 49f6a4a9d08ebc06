"""A funnel instead of a league table: rates against their base, with the limits in which chance alone would leave them."""

from __future__ import annotations

from math import isnan

import numpy as np

from ogi.charts.agencies.table import year_table
from ogi.charts.agencies.words import (
    base_words,
    covers,
    figure_axis,
    figure_name,
    many_said,
    nobody,
    of_year,
    said,
    small_words,
    unit_word,
)
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import sequence, single
from ogi.charts.theme import layout
from ogi.charts.words import nothing, sentence_of
from ogi.comparison.interval import Z_95, Z_998, funnel_limits
from ogi.comparison.organ_grid import OrganGrid
from ogi.indicators import SMALLEST_BASE
from ogi.labels import Labels

_STEPS = 60


def funnel(grid: OrganGrid, *, labels: Labels, year: int, focus: str | None = None) -> Chart:
    """Return each organ's rate over its base around the rate of all together, with limits of 95 % and 99.8 %.

    A point inside says nothing; one outside differs by more than chance and asks for a look at why, no more. Only shares of a
    whole have such limits.

    Args:
        grid: the figure.
        labels: language.
        year: report year.
        focus: id of an organ to stand out.
    """
    title = labels("charts.agencies.funnel", year=year, measure=figure_name(grid, labels))
    filename = f"funnel_{grid.key.replace('.', '_')}_{year}"
    at = of_year(grid, year)
    if not at.known:
        return nobody(grid, title, filename, year, labels)
    if not grid.is_share:
        return nothing(labels, title=title, filename=filename, reason=labels("charts.agencies.no_funnel"))
    column = grid.column(year)
    shown = grid.take(~np.isnan(grid.of_year(year)))
    top, base = shown.numerators[:, column], shown.denominators[:, column]
    share = at.whole / 100 if at.whole is not None else float(top.sum() / base.sum())
    values = shown.of_year(year)
    outside = _outside(values / 100, base, share)
    parts = [covers(grid, at, labels), small_words(grid, year, labels)]
    parts.append(labels("charts.agencies.centre", share=f"{share:.1%}"))
    names = [shown.names[row] for row in np.flatnonzero(outside)]
    listed = labels("charts.join").join(names[:8]) + ("…" if len(names) > 8 else "")
    parts.append(labels("charts.agencies.outside", count=len(names), names=listed) if names else labels("charts.agencies.inside"))
    sentence = sentence_of(labels, *parts)
    texts = [
        f"{name}: {value}{pair}"
        for name, value, pair in zip(shown.names, many_said(shown, values, labels), base_words(shown, year), strict=True)
    ]
    colours = [sequence()[1] if organ == focus else single() for organ in shown.organs]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": base.tolist(),
        "y": values.tolist(),
        "hovertext": texts,
        "hoverinfo": "text",
        **stands_for(organs=shown.organs, years=year),
        "cliponaxis": False,
        "marker": {
            "color": colours,
            "size": [10 if far else 7 for far in outside.tolist()],
            "symbol": ["diamond" if far else "circle" for far in outside.tolist()],
        },
    }
    axis = figure_axis(grid, values.tolist(), labels)
    across = {
        "type": "log",
        "title": {"text": labels("charts.agencies.base")},
        "fixedrange": True,
        "tickformat": ",d",
        "tickmode": "array",
        "tickvals": [step * 10**power for power in range(1, 7) for step in (1, 3)],
        "range": [float(np.log10(max(base.min() * 0.8, 1))), float(np.log10(base.max() * 1.25))],
        "showgrid": False,
    }
    return Chart(
        figure={"data": [*_limits(base, share), points], "layout": layout(height=420, right=20, xaxis=across, yaxis=axis)},
        title=title,
        unit=unit_word(grid, labels),
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=year_table(grid, year, labels).assign(
            **{labels("charts.agencies.limits"): _said_limits(grid, year, share, labels)}
        ),
        filename=filename,
    )


def _outside(rates: np.ndarray, base: np.ndarray, share: float) -> np.ndarray:
    low, high = funnel_limits(share, base, Z_998)
    return (rates < low) | (rates > high)


def _limits(base: np.ndarray, share: float) -> list[dict]:
    """The limits as one trace with gaps for each level, and the centre."""
    xs = np.geomspace(max(float(base.min()) * 0.8, SMALLEST_BASE / 2), float(base.max()) * 1.25, _STEPS)
    lines = []
    for z, dash in ((Z_95, "dot"), (Z_998, "solid")):
        low, high = funnel_limits(share, xs, z)
        ys = [*(low * 100).round(2).tolist(), None, *(high * 100).round(2).tolist()]
        look = {"color": "rgba(128,128,128,0.8)", "width": 1.2, "dash": dash}
        lines.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [*xs.tolist(), None, *xs.tolist()],
                "y": ys,
                "line": look,
                "hoverinfo": "skip",
            }
        )
    centre = {
        "type": "scatter",
        "mode": "lines",
        "x": [float(xs[0]), float(xs[-1])],
        "y": [share * 100] * 2,
        "hoverinfo": "skip",
        "line": {"color": "rgba(128,128,128,0.9)", "width": 1.5},
    }
    return [*lines, centre]


def _said_limits(grid: OrganGrid, year: int, share: float, labels: Labels) -> list[str]:
    """The 99.8 % limits for each organ's base, in the order of the table."""
    values = grid.of_year(year)
    order = np.argsort(np.where(np.isnan(values), np.inf, -values), kind="stable")
    base = grid.denominators[order, grid.column(year)]
    low, high = funnel_limits(share, np.where(base >= SMALLEST_BASE, base, np.nan), Z_998)
    pairs = zip((low * 100).tolist(), (high * 100).tolist(), strict=True)
    return ["" if isnan(one) else f"{said(grid, one, labels)}–{said(grid, other, labels)}" for one, other in pairs]
