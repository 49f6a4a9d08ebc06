"""Decisions (条例第二十条第（五）（六）项) and fees (第（八）项): one bar a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from ogi.charts import keys
from ogi.charts.breaks import Breaks, draw_breaks, within
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import colours
from ogi.charts.stacks import hatched
from ogi.charts.tally import Number, Tally
from ogi.charts.theme import layout, value_axis, year_axis
from ogi.charts.words import (
    axis_title,
    coverage_column,
    coverage_note,
    drawn,
    nothing,
    sentence_of,
    short_name,
    table_of,
    written,
)
from ogi.form import load_form
from ogi.labels import Labels


@dataclass(frozen=True)
class Amount:
    """What the bars stand for, in words."""

    name: str
    title: str
    axis: str
    unit: str
    colour: str
    filename: str


def decisions_by_year(
    frame: pd.DataFrame,
    *,
    labels: Labels,
    decision: Literal["licensing", "penalty", "coercion"] = "licensing",
    breaks: Breaks = None,
) -> Chart:
    """Return how many decisions of one kind were made, by year; each kind has a chart and an axis of its own.

    Licences, penalties and coercive measures differ by a thousand times, so one axis for all would hide two of them.
    """
    tally = Tally(frame, keys.decisions(decision))
    name = short_name(labels, decision)
    shown = Amount(
        name=name,
        title=labels("charts.decisions.title", decision=name),
        axis=labels("charts.axis.count"),
        unit=labels.unit("jian"),
        colour=colours("amounts")[decision],
        filename=f"{decision}_by_year",
    )
    if tally.is_empty:
        return nothing(labels, title=shown.title, filename=shown.filename)
    broken = {mark.year for mark in within(breaks, tally.keys, tally.years, labels)}
    caution = labels("charts.decisions.caution") if broken else ""
    sentence = sentence_of(labels, _change(tally, _numbers(tally), name, labels, broken), coverage_note(labels, tally), caution)
    return _chart(tally, shown, sentence, labels=labels, breaks=breaks)


def fees_by_year(frame: pd.DataFrame, *, labels: Labels, breaks: Breaks = None) -> Chart:
    """Return the fees charged (万元), by year. The form of 2019 asks for item types only: no amount, not 0."""
    tally = Tally(frame, keys.fees())
    name = short_name(labels, "fees")
    shown = Amount(
        name=name,
        title=labels("charts.fees.title"),
        axis=name,
        unit=labels.unit("wan_yuan"),
        colour=colours("amounts")["fees"],
        filename="fees_by_year",
    )
    silent = _not_asked(frame, tally)
    note = labels("charts.fees.not_asked", years=labels("charts.join").join(map(str, silent))) if silent else ""
    if tally.is_empty:
        return nothing(labels, title=shown.title, filename=shown.filename, reason=note.rstrip("。."))
    numbers = dict(zip(tally.years, _numbers(tally), strict=True))
    last = max(year for year, number in numbers.items() if number is not None)
    said = labels("charts.fees.sentence", year=last, n=written(numbers[last]))
    sentence = sentence_of(labels, said, note, coverage_note(labels, tally))
    notes = dict.fromkeys(silent, labels("charts.axis.not_asked"))
    return _chart(tally, shown, sentence, labels=labels, breaks=breaks, notes=notes)


def _not_asked(frame: pd.DataFrame, tally: Tally) -> list[int]:
    """The years without an amount in which a report was there, but no edition in use asks for the cell."""
    key, form = tally.keys[0], load_form()
    asking = set(form.editions_of(key))
    used: dict[int, set[str]] = {}
    pairs = frame[["report_year", "edition"]].dropna().drop_duplicates()
    for year, edition in zip(pairs["report_year"], pairs["edition"], strict=True):
        used.setdefault(int(year), set()).update({edition} - {""})
    silent = [year for year, editions in used.items() if editions and not editions & asking]
    return sorted(year for year in silent if tally.totals[year][key] is None)


def _numbers(tally: Tally) -> list[Number | None]:
    return [tally.totals[year][tally.keys[0]] for year in tally.years]


def _chart(
    tally: Tally, shown: Amount, sentence: str, *, labels: Labels, breaks: Breaks, notes: Mapping[int, str] | None = None
) -> Chart:
    """Draw the one key of ``tally``; ``notes`` stand under years that have another reason than a missing number."""
    numbers = _numbers(tally)
    missing = {y: labels("charts.axis.missing") for y, n in zip(tally.years, numbers, strict=True) if n is None}
    axis = year_axis(tally.years, labels("charts.axis.year"), missing | dict(notes or {}), tally.incomplete)
    values = value_axis(axis_title(labels, shown.axis, shown.unit), drawn(numbers))
    shape = layout(height=300, xaxis=axis, yaxis=values, bargap=0.35, uniformtext={"minsize": 9, "mode": "hide"})
    marks = draw_breaks(shape, breaks, tally.keys, tally.years, labels)
    columns: dict[str, Sequence] = {
        labels("charts.column.year"): list(tally.years),
        labels("charts.column.value", name=shown.name, unit=shown.unit): numbers,
        labels("charts.column.coverage"): coverage_column(tally),
    }
    return Chart(
        figure={"data": [_bars(tally, numbers, shown)], "layout": shape},
        title=shown.title,
        unit=shown.unit,
        sentence=sentence,
        alt=labels("charts.alt", title=shown.title, sentence=sentence_of(labels, sentence, *marks)),
        table=table_of(columns),
        filename=shown.filename,
    )


def _bars(tally: Tally, numbers: Sequence[Number | None], shown: Amount) -> dict[str, Any]:
    return {
        "type": "bar",
        "name": shown.name,
        "x": list(tally.years),
        **stands_for(years=tally.years),
        "y": drawn(numbers),
        "text": ["" if n is None else written(round(n, 1)) for n in numbers],
        "textposition": "outside",
        "textfont": {"size": 11},
        "cliponaxis": False,
        "marker": {"color": shown.colour, "pattern": hatched(tally)},
        "hovertext": [f"{year}: {written(n)} {shown.unit}" for year, n in zip(tally.years, numbers, strict=True)],
        "hoverinfo": "text",
    }


def _change(tally: Tally, numbers: Sequence[Number | None], name: str, labels: Labels, broken: set[int]) -> str:
    """The newest number, against the year before where both hold all organs and no break stands between them."""
    years = tally.years
    last = max(place for place, number in enumerate(numbers) if number is not None)
    now = numbers[last]
    before = numbers[last - 1] if last else None
    unlike = years[last] in broken or {years[last], years[last] - 1} & set(tally.incomplete)
    if now is None or before is None or unlike:
        return labels("charts.decisions.sentence", year=years[last], decision=name, n=written(now))
    word = "more" if now > before else "fewer" if now < before else "equal"
    change = labels(f"charts.decisions.{word}", n=written(abs(now - before)))
    return labels(
        "charts.decisions.sentence_change", year=years[last], decision=name, n=written(now), before=years[last - 1], change=change
    )
