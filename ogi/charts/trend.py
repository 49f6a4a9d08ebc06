"""One measure over years, a line per organ."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ogi.charts.breaks import Breaks, draw_breaks
from ogi.charts.by_organ import MeasureByOrgan, extremes, measure_by_organ
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import faint, sequence, single
from ogi.charts.tally import Number, Series, exact
from ogi.charts.theme import layout, shortened, side_labels, value_axis, year_axis
from ogi.charts.words import axis_title, common_place, drawn, nothing, sentence_of, table_of, written
from ogi.indicators import FULL_BASE
from ogi.labels import Labels
from ogi.selection import FEW_SERIES

_HEIGHT = 360
_PLOT = 270


def trend(frame: pd.DataFrame, *, labels: Labels, key: str, breaks: Breaks = None) -> Chart:
    """Return one measure over years, a line per organ; a gap stays a gap.

    Up to eight organs have a colour and a name at the end of their line. More are drawn as one pale trace with gaps, with
    their median in front; the table names them all.

    Args:
        frame: long frame or frame of rates that holds ``key``.
        labels: language.
        key: cell, derived figure or indicator.
        breaks: see :mod:`ogi.charts`.
    """
    data = measure_by_organ(frame, key, labels)
    title = labels("charts.trend.title", measure=data.name)
    if not data.numbers:
        return nothing(labels, title=title, filename=f"trend_{key.replace('.', '_')}")
    shown = [series for series in data.names if any(number is not None for number in data.row(series))]
    values = value_axis(
        axis_title(labels, "" if data.is_rate else labels("charts.axis.count"), data.unit),
        drawn(list(data.numbers.values())),
        percent=data.unit == "%",
    )
    values["title"]["text"] = axis_title(labels, shortened(data.name, 14), data.unit)
    few = len(shown) <= FEW_SERIES
    middle = [] if few else _medians(data)
    traces, ends = _few(data, shown) if few else _many(data, shown, middle, labels)
    notes, right = side_labels(ends, values["range"], _PLOT)
    gaps = {year: labels("charts.axis.missing") for year in data.years if all((s, year) not in data.numbers for s in shown)}
    axis = year_axis(data.years, labels("charts.axis.year"), gaps)
    shape = layout(height=_HEIGHT, right=right, xaxis=axis, yaxis=values, annotations=notes)
    marks = draw_breaks(shape, breaks, [key], data.years, labels)
    sentence = _trend_sentence(data, shown, labels)
    columns: dict[str, Sequence] = {labels("charts.column.year"): list(data.years)}
    columns |= {_column_name(data, series): data.row(series) for series in data.names}
    if not few:
        columns[labels("charts.column.median")] = middle
    return Chart(
        figure={"data": traces, "layout": shape},
        title=title,
        unit=data.unit,
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence_of(labels, sentence, *marks)),
        table=table_of(columns),
        filename=f"trend_{key.replace('.', '_')}",
    )


def _column_name(data: MeasureByOrgan, series: Series) -> str:
    name = data.names[series]
    return name if list(data.names.values()).count(name) == 1 else f"{name} ({series[1]}, {series[0]})"


def _few(data: MeasureByOrgan, shown: Sequence[Series]) -> tuple[list[dict], list[tuple[str, str, float]]]:
    place = common_place([data.names[series] for series in shown])
    traces, ends = [], []
    for index, series in enumerate(shown):
        colour = sequence()[index % len(sequence())]
        numbers = data.row(series)
        traces.append(_line(data, series, colour))
        last = [number for number in numbers if number is not None][-1]
        ends.append((shortened(data.names[series].removeprefix(place), 8), colour, float(last)))
    return traces, ends


def _line(data: MeasureByOrgan, series: Series, colour: str) -> dict:
    numbers = data.row(series)
    bases = [data.bases.get((series, year)) for year in data.years]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": data.names[series],
        **stands_for(organs=series[0], years=data.years),
        "x": list(data.years),
        "y": drawn(numbers),
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": colour, "width": 2},
        "marker": {
            "color": colour,
            "size": 8,
            "symbol": ["circle-open" if b is not None and b < FULL_BASE else "circle" for b in bases],
        },
        "hovertext": [
            ""
            if n is None
            else f"{data.names[series]} · {year}: {data.written(n)}" + (f" (n={written(b)})" if b is not None else "")
            for year, n, b in zip(data.years, numbers, bases, strict=True)
        ],
        "hoverinfo": "text",
    }


def _medians(data: MeasureByOrgan) -> list[Number | None]:
    found: list[Number | None] = []
    for year in data.years:
        numbers = [float(number) for (_, of), number in data.numbers.items() if of == year]
        found.append(exact(pd.Series(numbers).median()) if numbers else None)
    return found


def _many(
    data: MeasureByOrgan, shown: Sequence[Series], middle: Sequence[Number | None], labels: Labels
) -> tuple[list[dict], list[tuple[str, str, float]]]:
    """All organs as one pale trace broken between them, and their median."""
    xs: list[int | None] = []
    ys: list[int | float | None] = []
    texts: list[str] = []
    for series in shown:
        numbers = data.row(series)
        xs += [*data.years, None]
        ys += [*drawn(numbers), None]
        texts += [f"{data.names[series]} · {year}: {written(n)}" for year, n in zip(data.years, numbers, strict=True)] + [""]
    name = labels("charts.column.median")
    pale = {"color": faint(), "width": 1}
    shared = {"type": "scatter", "connectgaps": False, "hoverinfo": "text", "mode": "lines+markers"}
    marks = {"color": faint(), "size": 4}
    front = {"color": single(), "width": 3}
    said = [f"{name} · {year}: {written(n)}" for year, n in zip(data.years, middle, strict=True)]
    points = stands_for(
        organs=[one for organ, _ in shown for one in (*[organ] * len(data.years), None)], years=[*data.years, None] * len(shown)
    )
    traces = [
        {
            **shared,
            **points,
            "name": "",
            "x": xs,
            "y": ys,
            "line": pale,
            "marker": marks,
            "opacity": 0.6,
            "hovertext": texts,
        },
        {**shared, "name": name, "x": list(data.years), "y": drawn(middle), "line": front, "hovertext": said},
    ]
    last = [number for number in middle if number is not None][-1]
    return traces, [(name, single(), float(last))]


def _trend_sentence(data: MeasureByOrgan, shown: Sequence[Series], labels: Labels) -> str:
    missing = len(data.names) * len(data.years) - len(data.numbers)
    gaps = labels("charts.trend.gaps", n=missing) if missing else ""
    if len(shown) == 1:
        known = [(year, n) for year, n in zip(data.years, data.row(shown[0]), strict=True) if n is not None]
        (first_year, first), (last_year, last) = known[0], known[-1]
        words = {"organ": data.names[shown[0]], "first_year": first_year, "last_year": last_year}
        return sentence_of(
            labels, labels("charts.trend.sentence_one", **words, first=data.written(first), last=data.written(last)), gaps
        )
    year = max(of for _, of in data.numbers)
    known = sorted(((n, data.names[series]) for (series, of), n in data.numbers.items() if of == year), key=lambda pair: -pair[0])
    return sentence_of(labels, labels("charts.trend.sentence_many", year=year, n=len(known), **extremes(data, known)), gaps)
