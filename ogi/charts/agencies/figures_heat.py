"""A heat map of several figures of many organs in one year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ogi.charts.agencies.heat import NAMED, heat_layout, row_names
from ogi.charts.agencies.table import numbers, order_of
from ogi.charts.agencies.words import figure_name, many_said, nobody, reason_words, said, unit_word, without_gaps
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import scale
from ogi.charts.theme import INK, SMALL, shortened
from ogi.charts.words import axis_title, sentence_of
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.standing import percentiles
from ogi.labels import Labels


def figures_heat(grids: Sequence[OrganGrid], *, labels: Labels, year: int, title: str = "", by_number: bool = False) -> Chart:
    """Return organs × figures of one year: the colour is the place among the organs shown, the text the figure itself.

    Figures of different units share no scale, so each column is coloured by percentile (0 the lowest, 100 the highest).

    Args:
        grids: figures of the same organs in the same order.
        labels: language.
        year: report year.
        title: another heading.
        by_number: figures of one unit, coloured by their number and not by their place in the column.
    """
    title = title or labels("charts.agencies.figures", year=year)
    filename = f"figures_{year}"
    if not grids or not any((~np.isnan(grid.of_year(year))).any() for grid in grids):
        return nobody(grids[0], title, filename, year, labels)
    order = order_of(grids[0].of_year(year), grids[0].names)
    shown = [grid.take(order) for grid in grids]
    names = [figure_name(grid, labels) for grid in shown]
    values = [grid.of_year(year) for grid in shown]
    places = [without_gaps(column.round(1)) for column in _places(values, shown[0].is_group, by_number=by_number)]
    words = [many_said(grid, column, labels) for grid, column in zip(shown, values, strict=True)]
    reasons = [reason_words(grid.states[:, grid.column(year)], labels) for grid in shown]
    count = len(order)
    hover = [
        [f"{shown[0].names[row]} · {name}: {reasons[c][row] or words[c][row]}" for c, name in enumerate(names)]
        for row in range(count)
    ]
    few = count <= NAMED
    trace = {
        "type": "heatmap",
        "z": [[column[row] for column in places] for row in range(count)],
        "x": list(range(len(names))),
        "y": row_names(shown[0]),
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
            "textfont": {"size": SMALL, "color": INK},
        }
    shape = heat_layout(shown[0], labels)
    heads = ["<br>".join(_broken(name)) for name in names]
    shape["xaxis"] = {
        "tickmode": "array",
        "tickvals": list(range(len(names))),
        "ticktext": heads,
        "side": "top",
        "fixedrange": True,
        "showgrid": False,
        "autotickangles": [0, 90],
        "automargin": True,
        "tickfont": {"size": SMALL - 1},
    }
    shape["margin"]["t"] = 70
    shape["height"] += 40
    table: dict[str, Any] = {labels("charts.column.organ"): list(shown[0].names)}
    for grid, column, name in zip(shown, values, names, strict=True):
        table[axis_title(labels, name, unit_word(grid, labels))] = numbers(column)
    tops = [_top(grid, column, name, labels) for grid, column, name in zip(shown[:3], values, names, strict=False)]
    sentence = sentence_of(labels, labels(f"charts.agencies.{'by_number' if by_number else 'percentiles'}"), *tops)
    return Chart(
        figure={"data": [trace], "layout": shape},
        title=title,
        unit="",
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=pd.DataFrame(table),
        filename=filename,
    )


def _places(values: list[Any], is_group: Any, *, by_number: bool) -> list[Any]:
    """What colours follow, 0–100: the place in the column, or the number against the largest of all."""
    if not by_number:
        return [percentiles(np.where(is_group, np.nan, column)) for column in values]
    largest = float(np.nanmax(np.concatenate(values))) or 1.0
    return [100.0 * column / largest for column in values]


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
