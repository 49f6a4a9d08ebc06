"""Small multiples: one small line per organ, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ogi.charts.agencies.references import colour_of, line_words, why_no_line
from ogi.charts.agencies.table import order_of, years_table
from ogi.charts.agencies.words import covers, figure_name, held, nobody, of_year, said, short_names, unit_word, without_gaps
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import sequence, single
from ogi.charts.theme import SMALL, layout
from ogi.charts.words import sentence_of
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.reference import Reference
from ogi.labels import Labels

MOST = 60
_ACROSS = 5
_GAP = 0.9


def multiples(
    grid: OrganGrid, *, labels: Labels, sort: str = "value", focus: str | None = None, references: Sequence[Reference] = ()
) -> Chart:
    """Return a small line for each organ, drawn as one trace with gaps over a sheet of panels with the same scale.

    The first sixty in the order of the newest year are drawn; the table has all. A missing year is a gap in the line.

    Args:
        grid: the figure.
        labels: language.
        sort: ``value`` (of the newest year with numbers) or ``name``.
        focus: id of an organ to stand out.
        references: lines to hold organs against, dotted in every panel and named in the first.
    """
    title = labels("charts.agencies.multiples", measure=figure_name(grid, labels))
    filename = f"multiples_{grid.key.replace('.', '_')}"
    known = [year for year in grid.years if (~np.isnan(grid.of_year(year))).any()]
    if not known:
        return nobody(grid, title, filename, None, labels)
    year = known[-1]
    ordered = grid.take(order_of(grid.of_year(year), grid.names, by=sort))
    shown = ordered.take(np.arange(min(MOST, len(ordered.organs))))
    lines = {one.line: np.array([np.nan if v is None else v for v in one.values]) for one in references if one.why is None}
    everything = np.concatenate([shown.values, *(line[None, :] for line in lines.values())])
    low, high = min(0.0, float(np.nanmin(everything))), float(np.nanmax(everything)) or 1.0
    cut = labels("charts.ranking.cut", n=MOST) if len(ordered.organs) > MOST else ""
    scale = labels("charts.agencies.one_scale", low=said(grid, low, labels), high=said(grid, high, labels))
    newest = labels("charts.agencies.newest", year=year)
    column = grid.column(year)
    dotted = [
        labels("charts.agencies.line.dotted", line=line_words(one, column, said(grid, one.values[column], labels), labels))
        for one in references
        if one.why is None and one.values[column] is not None
    ]
    whole = covers(grid, of_year(grid, year), labels)
    sentence = sentence_of(labels, scale, newest, whole, *dotted, *why_no_line(references, labels), cut)
    figure = _sheet(shown, low, high, focus, labels)
    _draw_lines(figure, shown, lines, (low, high), labels)
    return Chart(
        figure=figure,
        title=title,
        unit=unit_word(grid, labels),
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=years_table(ordered, labels),
        filename=filename,
    )


def _sheet(grid: OrganGrid, low: float, high: float, focus: str | None, labels: Labels) -> dict:
    """Panels from left to right and down; each is one unit high and as wide as the years, and the numbers are moved into it."""
    years, names = len(grid.years), short_names(grid.names, 9)
    across = min(_ACROSS, len(names))
    width = max(years - 1, 1) + _GAP
    xs: list[float | None] = []
    ys: list[float | None] = []
    hover: list[str] = []
    notes, floors = [], []
    last: dict[str, list] = {"x": [], "y": [], "text": []}
    for panel, name in enumerate(names):
        left, bottom = (panel % across) * width, -(panel // across) * 1.7
        heights = without_gaps(np.round(bottom + (grid.values[panel] - low) / ((high - low) or 1), 4))
        xs += [*(left + place for place in range(years)), None]
        ys += [*heights, None]
        hover += [
            f"{grid.names[panel]} · {y}: {said(grid, v, labels)} {held(grid, panel, column)}".rstrip()
            for column, (y, v) in enumerate(zip(grid.years, grid.values[panel].tolist(), strict=True))
        ]
        hover.append("")
        notes.append(
            {
                "x": left,
                "y": bottom + 1.32,
                "text": name,
                "showarrow": False,
                "xanchor": "left",
                "font": _font(grid, panel, focus),
            }
        )
        floor = bottom + (0 - low) / ((high - low) or 1)
        floors.append((left, left + max(years - 1, 1), floor))
        _end(last, heights, left, [said(grid, v, labels) for v in grid.values[panel].tolist()])
    line: dict[str, Any] = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": xs,
        "y": ys,
        "connectgaps": False,
        **stands_for(
            organs=[one for organ in grid.organs for one in (*[organ] * years, None)], years=[*grid.years, None] * len(names)
        ),
        "hovertext": hover,
        "hoverinfo": "text",
        "line": {"color": single(), "width": 1.6},
        "marker": {"size": 4, "color": single()},
    }
    ends = {
        "type": "scatter",
        "mode": "text",
        "textposition": "top center",
        "textfont": {"size": SMALL - 1},
        "hoverinfo": "skip",
        **last,
    }
    ground = {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "line": {"width": 1, "color": "rgba(128,128,128,0.45)"},
        "x": [x for a, b, _ in floors for x in (a, b, None)],
        "y": [y for *_, f in floors for y in (f, f, None)],
    }
    lines = -(-len(names) // across)
    hidden = {"visible": False, "fixedrange": True}
    below = {"y": -(lines - 1) * 1.7 - 0.22, "showarrow": False, "font": {"size": SMALL - 1}, "opacity": 0.75}
    notes += [
        {**below, "x": column * width + place, "text": str(grid.years[place])}
        for column in range(across)
        for place in sorted({0, years - 1})
    ]
    shape = layout(
        height=60 + 105 * lines,
        right=8,
        top=8,
        annotations=notes,
        xaxis={**hidden, "range": [-0.35, across * width - _GAP + 0.5]},
        yaxis={**hidden, "range": [-(lines - 1) * 1.7 - 0.45, 1.55]},
    )
    return {"data": [ground, line, ends], "layout": shape}


def _font(grid: OrganGrid, panel: int, focus: str | None) -> dict[str, Any]:
    return {"size": SMALL, "color": sequence()[1], "weight": 700} if grid.organs[panel] == focus else {"size": SMALL}


def _draw_lines(figure: dict, grid: OrganGrid, lines: dict[str, Any], ends: tuple[float, float], labels: Labels) -> None:
    """Lay each reference line over every panel, and write its name in a panel of its own, where there are enough."""
    years, count = len(grid.years), len(grid.organs)
    across, (low, high) = min(_ACROSS, count), ends
    width = max(years - 1, 1) + _GAP
    for place, (line, values) in enumerate(lines.items()):
        first = place % across
        heights = (values - low) / ((high - low) or 1)
        xs = [x for panel in range(count) for x in (*((panel % across) * width + place for place in range(years)), None)]
        ys = [y for panel in range(count) for y in (*without_gaps(np.round(heights - (panel // across) * 1.7, 4)), None)]
        look = {"color": colour_of(line), "width": 1.2, "dash": "dot"}
        figure["data"].insert(1, {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": look, "hoverinfo": "skip"})
        there = np.flatnonzero(~np.isnan(heights))
        name = labels(f"charts.agencies.line.name.{line}")
        spot = {"x": first * width + int(there[0]), "y": float(heights[there[0]]), "xanchor": "left", "yanchor": "bottom"}
        text = f'<span style="color:{colour_of(line)}">■</span> {name}'
        words = {"text": text, "showarrow": False, "font": {"size": SMALL - 1}}
        figure["layout"]["annotations"].append(spot | words)


def _end(last: dict[str, list], heights: list[float | None], left: float, words: list[str]) -> None:
    """Write the newest figure of a panel at its point."""
    there = [place for place, height in enumerate(heights) if height is not None]
    if there:
        last["x"].append(left + there[-1])
        last["y"].append(heights[there[-1]])
        last["text"].append(words[there[-1]])
