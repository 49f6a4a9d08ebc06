"""A heat map of one figure of many organs over years."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogi.charts.agencies.table import order_of, years_table
from ogi.charts.agencies.words import (
    covers,
    figure_name,
    held,
    many_said,
    nobody,
    of_year,
    reason_words,
    short_names,
    unit_word,
    without_gaps,
)
from ogi.charts.breaks import within
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import scale
from ogi.charts.theme import SMALL, layout
from ogi.charts.words import sentence_of
from ogi.comparison.organ_grid import OrganGrid
from ogi.indicators import RATE_DECIMALS
from ogi.labels import Labels

NAMED = 60
"""Up to so many organs have their name at the row."""
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
        "y": row_names(shown),
        "hoverongaps": False,
        "xgap": 1,
        "ygap": 1 if len(shown.organs) <= NAMED else 0,
        "colorbar": ticks,
        "colorscale": scale("diverging" if grid.basis == "change" else "sequential"),
        **_hover(shown, labels),
        **stands_for(organs=shown.organs, years=grid.years),
    }
    if grid.basis == "change":
        trace["zmid"] = 0
    shape = heat_layout(shown, labels)
    laws = _law_changes(shape, grid, labels)
    newest = labels("charts.agencies.newest", year=year)
    sentence = sentence_of(labels, newest, covers(grid, of_year(grid, year), labels), laws)
    return Chart(
        figure={"data": [trace, *_missing(shown, labels)], "layout": shape},
        title=title,
        unit=unit_word(grid, labels),
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=years_table(shown, labels),
        filename=filename,
    )


def _law_changes(shape: dict, grid: OrganGrid, labels: Labels) -> str:
    """Draw a dashed line before the first year under another rule; return what changed as a sentence."""
    marks = within(None, [grid.key], grid.years, labels) if len(grid.years) > 1 else []
    for year in sorted({mark.year for mark in marks}):
        place, line = grid.years.index(year) - 0.5, {"dash": "dash", "width": 1.5, "color": "rgba(128,128,128,1)"}
        shape.setdefault("shapes", []).append(
            {"type": "line", "x0": place, "x1": place, "y0": 0, "y1": 1, "yref": "paper", "line": line}
        )
    if not marks:
        return ""
    changes = labels("charts.semicolon").join(dict.fromkeys(mark.full for mark in marks))
    return labels("charts.agencies.laws", changes=changes)


def row_names(grid: OrganGrid) -> list[str]:
    """A name for each row, told apart by its id where two organs share one."""
    shared = {name for name in grid.names if grid.names.count(name) > 1} if len(set(grid.names)) < len(grid.names) else set()
    return [f"{name} ({organ})" if name in shared else name for name, organ in zip(grid.names, grid.organs, strict=True)]


def _hover(grid: OrganGrid, labels: Labels) -> dict[str, Any]:
    """What pointing at a cell says: written out for few organs, put together by the browser for thousands."""
    if len(grid.organs) > NAMED:
        unit = "%" if grid.unit == "percent" else ""
        number = f",.{RATE_DECIMALS.get(grid.unit, 1)}f" if grid.unit in (*RATE_DECIMALS, "index") else ",~f"
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
    if grid.unit in (*RATE_DECIMALS, "index") or grid.basis == "change" or known.min() < 0:
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
    names = row_names(grid)
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


def heat_layout(grid: OrganGrid, labels: Labels) -> dict:
    """Return the layout of a heat map with the organs down the side."""
    count = len(grid.organs)
    few = count <= NAMED
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
