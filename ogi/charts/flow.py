"""The way of the applications of one year: what came in, how it was answered, what was carried over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from ogi.charts import keys
from ogi.charts.chart import Chart
from ogi.charts.palette import colours
from ogi.charts.sankey import streams
from ogi.charts.tally import Number, Tally, Total
from ogi.charts.theme import layout, value_axis
from ogi.charts.words import (
    axis_title,
    drawn,
    nothing,
    sentence_of,
    short_name,
    table_of,
    written,
    year_coverage,
)
from ogi.labels import Labels

_IN = ("received", "carried_in")


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall: where it begins and how long it is; no number, no bar."""

    row: str
    name: str
    number: Number | None
    start: Number


def flow(frame: pd.DataFrame, *, labels: Labels, year: int, applicant: str = "total", as_streams: bool = False) -> Chart:
    """Return the waterfall of one year: new and carried in, down through the outcomes, to carried over; or the same as streams.

    Several organs are added where all numbers are there; if no report is whole, whatever was read is drawn and said so.
    The identity (新收 + 上年结转 = 办理结果 + 结转下年度) is the form's own; where it does not hold the gap shows.
    """
    tally = Tally(frame, keys.flow(applicant))
    title = labels("charts.flow.title", year=year)
    if applicant != "total":
        title = labels("charts.flow.title_applicant", year=year, applicant=short_name(labels, applicant))
    total = tally.total(year, complete=True)
    if not total.known:
        total = tally.total(year)
    numbers = {key.split(".")[1]: total[key] for key in keys.flow(applicant)}
    closed = numbers.pop("result_total")
    if all(number is None for number in numbers.values()):
        reason = labels("charts.nothing.reason_year", year=year)
        return nothing(labels, title=title, filename=f"flow_{year}", reason=reason)
    steps = _steps(numbers, labels)
    sentence = sentence_of(labels, _sentence(numbers, closed, year, labels), _coverage(tally, total, labels))
    unit = labels.unit("jian")
    return Chart(
        figure=streams(steps, labels) if as_streams else {"data": [_bars(steps)], "layout": _layout(steps, labels, unit)},
        title=title,
        unit=unit,
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=_table(steps, closed, labels),
        filename=f"flow_{year}",
    )


def _steps(numbers: dict[str, Number | None], labels: Labels) -> list[Step]:
    """Stack what came in upwards, take the outcomes off from the top; what is carried over stands on zero."""
    received, carried_in = (numbers[row] for row in _IN)
    falling = [number for row, number in numbers.items() if row not in _IN and number is not None]
    whole = received is not None and carried_in is not None
    level: Number = (received or 0) + (carried_in or 0) if whole else sum(falling)
    steps, below = [], 0
    for row, number in numbers.items():
        name = short_name(labels, row)
        if row in _IN:
            steps.append(Step(row, name, number, below))
            below += number or 0
        elif row == "carried_over":
            steps.append(Step(row, name, number, 0))
        else:
            level -= number or 0
            steps.append(Step(row, name, number, level))
    return steps


def _bars(steps: Sequence[Step]) -> dict:
    colour = colours("outcomes") | colours("flow")
    signs = ["+" if step.row in _IN else "−" if step.row != "carried_over" else "" for step in steps]
    texts = [
        "" if step.number is None else f"{sign if step.number else ''}{written(step.number)}"
        for sign, step in zip(signs, steps, strict=True)
    ]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [step.name for step in steps],
        "x": drawn([step.number for step in steps]),
        "base": drawn([step.start for step in steps]),
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": [colour[step.row] for step in steps]},
        "hovertext": [f"{step.name}: {written(step.number)}" for step in steps],
        "hoverinfo": "text",
    }


def _layout(steps: Sequence[Step], labels: Labels, unit: str) -> dict:
    ends = [float(step.start + (step.number or 0)) for step in steps]
    numbers = value_axis(axis_title(labels, labels("charts.axis.count"), unit), ends)
    numbers["range"][1] *= 1.12  # room for the number at the end of the longest bar
    names = {"autorange": "reversed", "automargin": True, "fixedrange": True, "tickfont": {"size": 12}, "type": "category"}
    missing = [
        {"x": 0, "y": step.name, "xref": "x", "yref": "y", "xanchor": "left", "showarrow": False, "text": text}
        for step in steps
        if step.number is None
        for text in [labels("charts.axis.missing")]
    ]
    return layout(height=76 + 34 * len(steps), right=16, xaxis=numbers, yaxis=names, annotations=missing, bargap=0.3)


def _sentence(numbers: dict[str, Number | None], closed: Number | None, year: int, labels: Labels) -> str:
    lacking = [short_name(labels, row) for row, number in numbers.items() if number is None]
    if lacking or closed is None:
        join = labels("charts.join")
        items = labels("charts.missing_items", items=join.join(lacking or [short_name(labels, "result_total")]))
        known = [f"{short_name(labels, row)} {written(n)}" for row, n in numbers.items() if n is not None]
        return sentence_of(labels, labels("charts.flow.partial_sentence", year=year, known=join.join(known)), items)
    known = {row: number for row, number in numbers.items() if number is not None}
    due = known["received"] + known["carried_in"]
    largest = max(colours("outcomes"), key=lambda row: known[row])
    text = labels(
        "charts.flow.sentence",
        year=year,
        received=written(known["received"]),
        carried_in=written(known["carried_in"]),
        due=written(due),
        closed=written(closed),
        largest=short_name(labels, largest),
        largest_n=written(known[largest]),
        carried_over=written(known["carried_over"]),
    )
    difference = due - sum(known[row] for row in colours("outcomes")) - known["carried_over"]
    off = labels("charts.balance_off", difference=written(abs(difference))) if difference else ""
    return sentence_of(labels, text, off)


def _coverage(tally: Tally, total: Total, labels: Labels) -> str:
    return year_coverage(labels, tally, total.known)


def _table(steps: Sequence[Step], closed: Number | None, labels: Labels) -> pd.DataFrame:
    rows = [(step.name, step.number) for step in steps]
    rows.insert(len(rows) - 1, (short_name(labels, "result_total"), closed))
    states = [labels("charts.state.missing" if number is None else "charts.state.printed") for _, number in rows]
    return table_of(
        {
            labels("charts.column.item"): [name for name, _ in rows],
            labels("charts.column.count"): [number for _, number in rows],
            labels("charts.column.state"): states,
        }
    )


def same_scale(charts: Sequence[Chart]) -> list[Chart]:
    """Return flow charts drawn to one scale, so that a longer bar is a larger number in all of them; empty ones stay."""
    ends = [chart.figure["layout"]["xaxis"]["range"][1] for chart in charts if not chart.is_empty]
    found = []
    for chart in charts:
        if chart.is_empty:
            found.append(chart)
            continue
        shape = chart.figure["layout"]
        axis = {**shape["xaxis"], "range": [shape["xaxis"]["range"][0], max(ends)]}
        found.append(replace(chart, figure={**chart.figure, "layout": {**shape, "xaxis": axis}}))
    return found
