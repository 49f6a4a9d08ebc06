"""Heat maps: one figure of many organs over years, and many figures of many organs in one year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ogi.charts.agencies.table import numbers, order_of, years_table
from ogi.charts.agencies.words import (
    covers,
    figure_name,
    held,
    many_said,
    nobody,
    of_year,
    reason_words,
    said,
    short_names,
    unit_word,
    without_gaps,
)
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import scale
from ogi.charts.theme import SMALL, layout, shortened
from ogi.charts.words import axis_title, sentence_of
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.standing import percentiles
from ogi.labels import Labels

_NAMED = 60
_SKEWED = 20
"""Where the largest count is more than so many times the median, colours follow the logarithm, or only one organ would have
one."""


def years_heat(grid: OrganGrid, *, labels: Labels, sort: str = "value") -> Chart:
    """Return organs × years as colours; a missing figure is an empty cell with a small mark that tells the reason.

    Args:
        grid: the figure.
        labels: language.
        sort: ``value`` (of the newest year with numbers) or ``name``.
    """
    title = labels("charts.agencies.heat", measure=figure_name(grid, labels))
    filename = f"heat_{grid.key.replace('.', '_')}"
    known = [year for year in grid.years if (~np.isnan(grid.of_year(year))).any()]
    if not known:
        return nobody(grid, title, filename, None, labels)
    year = known[-1]
    order = order_of(grid.of_year(year), grid.names, by=sort)
    shown = grid.take(order)
    colours, ticks = _colours(shown)
    trace: dict[str, Any] = {
        "type": "heatmap",
        "z": _gaps(colours.round(3)),
        "x": [str(year) for year in grid.years],
        "y": _rows_of(shown),
        "hoverongaps": False,
        "xgap": 1,
        "ygap": 1 if len(shown.organs) <= _NAMED else 0,
        "colorbar": ticks,
        "colorscale": scale("diverging" if grid.basis == "change" else "sequential"),
        **_hover(shown, labels),
        **stands_for(organs=shown.organs, years=grid.years),
    }
    if grid.basis == "change":
        trace["zmid"] = 0
    sentence = sentence_of(labels, labels("charts.agencies.newest", year=year), covers(grid, of_year(grid, year), labels))
    return Chart(
        figure={"data": [trace, *_missing(shown, labels)], "layout": _layout(shown, labels)},
        title=title,
        unit=unit_word(grid, labels),
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=years_table(shown, labels),
        filename=filename,
    )


def _rows_of(grid: OrganGrid) -> list[str]:
    """A name for each row, told apart by its id where two organs share one."""
    shared = {name for name in grid.names if grid.names.count(name) > 1} if len(set(grid.names)) < len(grid.names) else set()
    return [f"{name} ({organ})" if name in shared else name for name, organ in zip(grid.names, grid.organs, strict=True)]


def _hover(grid: OrganGrid, labels: Labels) -> dict[str, Any]:
    """What pointing at a cell says: written out for few organs, put together by the browser for thousands."""
    if len(grid.organs) > _NAMED:
        unit = "%" if grid.unit == "percent" else ""
        number = ",.1f" if grid.unit in ("percent", "per100", "pp", "index") else ",~f"
        return {
            "customdata": _gaps(grid.values.round(4)),
            "hovertemplate": f"%{{y}} · %{{x}}: %{{customdata:{number}}}{unit}<extra></extra>",
        }
    width = len(grid.years)
    words = many_said(grid, grid.values.ravel(), labels)
    texts = [
        [f"{name} · {year}: {words[row * width + c]}{_held(grid, row, c)}" for c, year in enumerate(grid.years)]
        for row, name in enumerate(grid.names)
    ]
    return {"text": texts, "hoverinfo": "text"}


def _held(grid: OrganGrid, row: int, column: int) -> str:
    """How many organs the number of a group holds, in brackets."""
    return f" [{held(grid, row, column)}]" if grid.is_group[row] else ""


def _colours(grid: OrganGrid) -> tuple[Any, dict[str, Any]]:
    """What colours follow, and the bar that explains them in the figure's own unit."""
    bar: dict[str, Any] = {"thickness": 10, "outlinewidth": 0, "tickfont": {"size": SMALL}, "len": 0.9}
    known = grid.values[~np.isnan(grid.values)]
    middle = float(np.median(known)) if len(known) else 0.0
    if grid.unit in ("percent", "per100", "pp", "index") or grid.basis == "change" or known.min() < 0:
        return grid.values, bar | ({"ticksuffix": "%"} if grid.unit == "percent" else {})
    if known.max() <= max(middle, 1.0) * _SKEWED:
        return grid.values, bar
    marks = [0, *(10**power for power in range(int(np.log10(known.max())) + 1))]
    ticks = {
        "tickmode": "array",
        "tickvals": [float(np.log10(1 + mark)) for mark in marks],
        "ticktext": [f"{mark:,}" for mark in marks],
    }
    return np.log10(1 + grid.values), bar | ticks


def _gaps(values: Any) -> list[list[float | None]]:
    return [without_gaps(row) for row in values]


def _missing(grid: OrganGrid, labels: Labels) -> list[dict]:
    """A mark in each empty cell, as one trace; pointing at it tells the reason."""
    rows, columns = np.nonzero(np.isnan(grid.values))
    if not len(rows):
        return []
    reasons = reason_words(grid.states[rows, columns], labels)
    names = _rows_of(grid)
    texts = [
        f"{grid.names[row]} · {grid.years[column]}: {reason}"
        for row, column, reason in zip(rows.tolist(), columns.tolist(), reasons, strict=True)
    ]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [str(grid.years[column]) for column in columns.tolist()],
            "y": [names[row] for row in rows.tolist()],
            "hovertext": texts,
            "hoverinfo": "text",
            **stands_for(
                organs=[grid.organs[row] for row in rows.tolist()], years=[grid.years[column] for column in columns.tolist()]
            ),
            "marker": {"symbol": "x-thin", "size": 6, "line": {"width": 1, "color": "#808080"}},
        }
    ]


def _layout(grid: OrganGrid, labels: Labels) -> dict:
    count = len(grid.organs)
    few = count <= _NAMED
    names: dict[str, Any] = {
        "type": "category",
        "range": [count - 0.5, -0.5],
        "fixedrange": True,
        "showgrid": False,
        "automargin": True,
    }
    if few:
        names |= {
            "tickmode": "array",
            "tickvals": list(range(count)),
            "ticktext": short_names(grid.names),
            "tickfont": {"size": SMALL},
        }
    else:
        names |= {
            "showticklabels": False,
            "title": {"text": labels("charts.agencies.rows", count=count), "font": {"size": SMALL}},
        }
    years = {"type": "category", "side": "top", "fixedrange": True, "showgrid": False, "tickfont": {"size": SMALL}}
    return layout(height=80 + 22 * count if few else 640, right=8, top=36, xaxis=years, yaxis=names)


def figures_heat(grids: Sequence[OrganGrid], *, labels: Labels, year: int, title: str = "") -> Chart:
    """Return organs × figures of one year: the colour is the place among the organs shown, the text the figure itself.

    Figures of different units share no scale, so each column is coloured by percentile (0 the lowest, 100 the highest).

    Args:
        grids: figures of the same organs in the same order.
        labels: language.
        year: report year.
        title: another heading.
    """
    title = title or labels("charts.agencies.figures", year=year)
    filename = f"figures_{year}"
    if not grids or not any((~np.isnan(grid.of_year(year))).any() for grid in grids):
        return nobody(grids[0], title, filename, year, labels)
    order = order_of(grids[0].of_year(year), grids[0].names)
    shown = [grid.take(order) for grid in grids]
    names = [figure_name(grid, labels) for grid in shown]
    values = [grid.of_year(year) for grid in shown]
    places = [without_gaps(percentiles(np.where(shown[0].is_group, np.nan, column)).round(1)) for column in values]
    words = [many_said(grid, column, labels) for grid, column in zip(shown, values, strict=True)]
    reasons = [reason_words(grid.states[:, grid.column(year)], labels) for grid in shown]
    count = len(order)
    hover = [
        [f"{shown[0].names[row]} · {name}: {reasons[c][row] or words[c][row]}" for c, name in enumerate(names)]
        for row in range(count)
    ]
    few = count <= _NAMED
    trace = {
        "type": "heatmap",
        "z": [[column[row] for column in places] for row in range(count)],
        "x": list(range(len(names))),
        "y": _rows_of(shown[0]),
        "hovertext": hover,
        "hoverinfo": "text",
        **stands_for(organs=shown[0].organs, years=year),
        "colorscale": scale("pale"),
        "showscale": False,
        "zmin": 0,
        "zmax": 100,
        "xgap": 1,
        "ygap": 1 if few else 0,
    }
    if few:
        trace |= {
            "text": [[column[row] for column in words] for row in range(count)],
            "texttemplate": "%{text}",
            "textfont": {"size": SMALL},
        }
    shape = _layout(shown[0], labels)
    heads = ["<br>".join(_broken(name)) for name in names]
    shape["xaxis"] = {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": heads,
        "side": "top",
        "fixedrange": True,
        "showgrid": False,
        "tickangle": 0,
        "automargin": True,
        "tickfont": {"size": SMALL - 1},
    }
    shape["margin"]["t"] = 70
    shape["height"] += 40
    table: dict[str, Any] = {labels("charts.column.organ"): list(shown[0].names)}
    for grid, column, name in zip(shown, values, names, strict=True):
        table[axis_title(labels, name, unit_word(grid, labels))] = numbers(column)
    tops = [_top(grid, column, name, labels) for grid, column, name in zip(shown[:3], values, names, strict=False)]
    sentence = sentence_of(labels, labels("charts.agencies.percentiles"), *tops)
    return Chart(
        figure={"data": [trace], "layout": shape},
        title=title,
        unit="",
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=pd.DataFrame(table),
        filename=filename,
    )


def _top(grid: OrganGrid, values: Any, name: str, labels: Labels) -> str:
    if np.isnan(values).all():
        return ""
    row = int(np.nanargmax(values))
    return labels("charts.agencies.top", name=name, organ=grid.names[row], value=said(grid, values[row], labels))


def _broken(name: str) -> list[str]:
    """A heading in lines of about six characters."""
    text = shortened(name, 18)
    if text.isascii():
        return text.split(" ")
    return [text[start : start + 6] for start in range(0, len(text), 6)]
