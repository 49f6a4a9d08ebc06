"""How the order of organs changed between two years."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from ogi.charts.agencies.table import numbers
from ogi.charts.agencies.words import figure_name, nobody, said, short_names, unit_word
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import faint, sequence, single
from ogi.charts.theme import SMALL, layout
from ogi.charts.words import sentence_of
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.standing import ranks
from ogi.labels import Labels

_NAMED = 40


def rank_change(grid: OrganGrid, *, labels: Labels, pair: tuple[int, int], focus: str | None = None) -> Chart:
    """Return the places of organs in two years, joined where an organ has both.

    Places are among the organs with a number in *both* years, so that nobody falls because others joined.

    Args:
        grid: the figure.
        labels: language.
        pair: the earlier and the later year.
        focus: id of an organ to stand out.
    """
    before, after = pair
    title = labels("charts.agencies.ranks", measure=figure_name(grid, labels), before=before, after=after)
    filename = f"ranks_{grid.key.replace('.', '_')}_{before}_{after}"
    both = ~np.isnan(grid.of_year(before)) & ~np.isnan(grid.of_year(after))
    if not both.any() or before == after:
        return nobody(grid, title, filename, after, labels)
    shown = grid.take(both)
    first, last = ranks(shown.of_year(before)), ranks(shown.of_year(after))
    moved = first - last
    table = _table(shown, pair, first, last, labels)
    words = {"count": len(shown.organs), "expected": len(grid.organs), "before": before, "after": after}
    parts = [labels("charts.agencies.ranked", **words)]
    for key, row in (("charts.agencies.rose", int(np.argmax(moved))), ("charts.agencies.fell", int(np.argmin(moved)))):
        if moved[row]:
            parts.append(labels(key, organ=shown.names[row], first=int(first[row]), last=int(last[row])))
    sentence = sentence_of(labels, *parts)
    return Chart(
        figure=_figure(shown, pair, (first, last), focus, labels),
        title=title,
        unit=unit_word(grid, labels),
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=table,
        filename=filename,
    )


def _figure(grid: OrganGrid, pair: tuple[int, int], places: tuple[Any, Any], focus: str | None, labels: Labels) -> dict:
    first, last = places
    count = len(grid.organs)
    few = count <= _NAMED
    xs: list[int | None] = []
    ys: list[float | None] = []
    hover: list[str] = []
    values = [grid.of_year(year).tolist() for year in pair]
    for row, name in enumerate(grid.names):
        xs += [0, 1, None]
        ys += [float(first[row]), float(last[row]), None]
        words = [
            f"{name} · {year}: {int(at[row])}. ({said(grid, v[row], labels)})"
            for year, at, v in zip(pair, (first, last), values, strict=True)
        ]
        hover += [*words, ""]
    colour = single() if few else faint()
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": xs,
        "y": ys,
        "hovertext": hover,
        "hoverinfo": "text",
        "cliponaxis": False,
        **stands_for(
            organs=[one for organ in grid.organs for one in (organ, organ, None)], years=[*pair, None] * len(grid.organs)
        ),
        "line": {"color": colour, "width": 1.6 if few else 0.8},
        "marker": {"color": colour, "size": 7 if few else 3},
    }
    traces = [trace, *_focus(grid, first, last, focus)]
    notes = []
    if few:
        names = short_names(grid.names)
        for at, x, anchor in ((first, 0, "right"), (last, 1, "left")):
            notes += _names(names, at, x, anchor)
    years = {
        "tickmode": "array",
        "tickvals": [0, 1],
        "ticktext": [str(year) for year in pair],
        "range": [-0.02, 1.02],
        "side": "top",
        "fixedrange": True,
        "showgrid": False,
    }
    order = {"range": [count + 0.6, 0.4], "fixedrange": True, "showgrid": False, "showticklabels": not few, "zeroline": False}
    shape = layout(
        height=70 + 22 * count if few else 640, top=36, right=150 if few else 24, xaxis=years, yaxis=order, annotations=notes
    )
    shape["margin"]["l"] = 150 if few else 40
    return {"data": traces, "layout": shape}


def _focus(grid: OrganGrid, first: Any, last: Any, focus: str | None) -> list[dict]:
    if focus not in grid.organs:
        return []
    row = grid.organs.index(str(focus))
    look = {"color": sequence()[1], "width": 3}
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [0, 1],
            "y": [float(first[row]), float(last[row])],
            "hoverinfo": "skip",
            "line": look,
            "marker": {"color": sequence()[1], "size": 9},
        }
    ]


def _names(names: list[str], places: Any, x: int, anchor: str) -> list[dict]:
    """Names beside their place; organs that share one share the line."""
    shared: dict[int, list[str]] = {}
    for name, place in zip(names, places.tolist(), strict=True):
        shared.setdefault(int(place), []).append(name)
    return [
        {
            "x": x,
            "y": place,
            "text": f"{place}. {'、'.join(found[:2])}{'…' if len(found) > 2 else ''}",
            "showarrow": False,
            "xanchor": anchor,
            "xshift": -8 if anchor == "right" else 8,
            "font": {"size": SMALL},
        }
        for place, found in shared.items()
    ]


def _table(grid: OrganGrid, pair: tuple[int, int], first: Any, last: Any, labels: Labels) -> pd.DataFrame:
    order = np.argsort(last, kind="stable")
    columns: dict[str, Any] = {labels("charts.column.organ"): [grid.names[row] for row in order]}
    for year, places in zip(pair, (first, last), strict=True):
        columns[labels("charts.agencies.value_in", year=year)] = numbers(grid.of_year(year)[order])
        columns[labels("charts.agencies.rank_in", year=year)] = numbers(places[order])
    return pd.DataFrame(columns)
