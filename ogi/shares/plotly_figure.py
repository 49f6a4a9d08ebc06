"""A chart as a Plotly figure, for the file to take away: the same numbers and colours as its SVG, to point at."""

from __future__ import annotations

from html import escape
from typing import Any

from ogi.charts.theme import SMALL, layout, shortened, value_axis
from ogi.charts.words import common_place
from ogi.shares.content import Drawing, Series
from ogi.shares.svg import value_of

_HEIGHT, _ROW = 300, 26


def figure_of(drawing: Drawing) -> dict[str, Any]:
    """Return the figure as a plain dict. Plotly reads some tags out of texts, so all of ours are escaped."""
    return _bars(drawing) if drawing.kind == "bars" else _columns(drawing)


def _columns(drawing: Drawing) -> dict[str, Any]:
    names = list(drawing.labels)
    stacked = drawing.kind == "stack"
    known = [[float(v) for one in drawing.series if (v := one.values[place]) is not None] for place in range(len(names))]
    tall = [(sum(values) if stacked else max(values, default=0.0)) for values in known]
    traces = [
        {**_trace(drawing, one), "x": names, "y": list(one.values), "hovertext": _hover(drawing, one)} for one in drawing.series
    ]
    shape = layout(
        height=_HEIGHT,
        barmode="stack" if stacked else "group",
        bargap=0.3,
        showlegend=True,
        legend={"orientation": "h", "y": -0.14, "x": 0, "traceorder": "normal"},
        xaxis={"type": "category", "fixedrange": True, "showgrid": False, "tickfont": {"size": SMALL}},
        yaxis=value_axis(escape(drawing.unit), tall),
    )
    return {"data": traces, "layout": shape}


def _bars(drawing: Drawing) -> dict[str, Any]:
    series, place = drawing.series[0], common_place(drawing.labels)
    names = [escape(shortened(name.removeprefix(place), 14)) for name in drawing.labels]
    texts = [value_of(value, drawing.unit) for value in series.values]
    places = list(range(len(names)))
    trace = {
        **_trace(drawing, series), "orientation": "h", "x": list(series.values), "y": places,
        "text": texts, "textposition": "outside", "cliponaxis": False, "hovertext": _hover(drawing, series),
    }  # fmt: skip
    largest = max((float(value) for value in series.values if value is not None), default=0.0) or 1.0
    ticks = {"tickmode": "array", "tickvals": places, "ticktext": names, "autorange": "reversed", "automargin": True}
    shape = layout(
        height=60 + _ROW * len(names),
        right=64,
        xaxis={"range": [0, largest], "fixedrange": True, "zeroline": False, "showticklabels": False, "showgrid": False},
        yaxis={**ticks, "fixedrange": True, "showgrid": False, "tickfont": {"size": SMALL}},
    )
    return {"data": [trace], "layout": shape}


def _trace(drawing: Drawing, one: Series) -> dict[str, Any]:
    return {"type": "bar", "name": escape(one.name), "marker": {"color": one.colour}, "hoverinfo": "text"}


def _hover(drawing: Drawing, one: Series) -> list[str]:
    return [
        escape(f"{label} · {one.name}: {value_of(value, drawing.unit)}")
        for label, value in zip(drawing.labels, one.values, strict=True)
    ]
