"""Charts of the tables of proactive disclosure: documents, decisions, fees (条例第二十条第（一）（五）（六）（八）项)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from ogi.charts import keys
from ogi.charts.breaks import Breaks, draw_breaks
from ogi.charts.chart import Chart
from ogi.charts.palette import colours
from ogi.charts.tally import Number, Tally
from ogi.charts.theme import layout, side_labels, value_axis, year_axis
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

_HEIGHT = 340
_PLOT = 240


@dataclass(frozen=True)
class Line:
    """One series over years; it ends where its edition ends."""

    name: str
    colour: str
    numbers: Sequence[Number | None]
    is_present: bool
    """Whether the newest edition of the form asks for it; an older one is drawn with hollow marks."""


def documents_by_year(
    frame: pd.DataFrame,
    *,
    labels: Labels,
    document: Literal["rules", "normative_documents"] = "normative_documents",
    breaks: Breaks = None,
) -> Chart:
    """Return how many documents were issued, repealed and in force, by year.

    Each edition has its own lines: 对外公开总数量 (2019) and 现行有效件数 (2021) count different things and are never joined,
    nor are 新制作 and 制发 (``ogi/data/comparability.yaml``).
    """
    name = short_name(labels, document)
    title = labels("charts.documents.title", document=name)
    tallies = _by_edition(frame, keys.documents(document))
    lines = {}
    for tally in tallies:
        for key in tally.keys:
            column = key.rsplit(".", 1)[-1]
            numbers = [tally.totals[year][key] for year in tally.years]
            if any(number is not None for number in numbers):
                lines[key] = Line(short_name(labels, column), colours("documents")[column], numbers, tally is tallies[0])
    if not lines:
        return nothing(labels, title=title, filename=f"{document}_by_year")
    years, unit = tallies[0].years, labels.unit("jian")
    marked = sorted({year for tally in tallies for year in tally.incomplete})
    values = value_axis(axis_title(labels, labels("charts.axis.count"), unit), _all(lines))
    symbols = ["■" if line.is_present else "○" for line in lines.values()]
    notes, right = side_labels([_end(line) for line in lines.values()], values["range"], _PLOT, symbols)
    axis = year_axis(years, labels("charts.axis.year"), _missing(years, lines, labels), marked)
    shape = layout(height=_HEIGHT, right=right, xaxis=axis, yaxis=values, annotations=notes)
    marks = draw_breaks(shape, breaks, list(lines), years, labels)
    sentence = sentence_of(labels, _document_sentence(lines, years, labels), coverage_note(labels, *tallies))
    table = {labels("charts.column.year"): list(years)} | {line.name: line.numbers for line in lines.values()}
    return Chart(
        figure={"data": [_trace(line, years) for line in lines.values()], "layout": shape},
        title=title,
        unit=unit,
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence_of(labels, sentence, *marks)),
        table=table_of(table | {labels("charts.column.coverage"): _best_coverage(tallies)}),
        filename=f"{document}_by_year",
    )


def _by_edition(frame: pd.DataFrame, wanted: Sequence[str]) -> list[Tally]:
    """One tally per edition, newest first, with the keys it asks for; so a year is complete by the edition it used."""
    form, left, tallies = load_form(), list(wanted), []
    for edition in form.editions.values():
        own = [key for key in left if key in edition.cells]
        left = [key for key in left if key not in own]
        if own:
            tallies.append(Tally(frame, own))
    return tallies


def _all(lines: Mapping[str, Line]) -> list[float | None]:
    return [number for line in lines.values() for number in drawn(line.numbers)]


def _missing(years: Sequence[int], lines: Mapping[str, Line], labels: Labels) -> dict[int, str]:
    blank = [year for place, year in enumerate(years) if all(line.numbers[place] is None for line in lines.values())]
    return dict.fromkeys(blank, labels("charts.axis.missing"))


def _end(line: Line) -> tuple[str, str, float]:
    return line.name, line.colour, float([number for number in line.numbers if number is not None][-1])


def _trace(line: Line, years: Sequence[int]) -> dict:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": line.name,
        "x": list(years),
        "y": drawn(line.numbers),
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": line.colour, "width": 2, "dash": "solid" if line.is_present else "dot"},
        "marker": {"color": line.colour, "size": 8, "symbol": "circle" if line.is_present else "circle-open"},
        "hovertext": [f"{year} · {line.name}: {written(n)}" for year, n in zip(years, line.numbers, strict=True)],
        "hoverinfo": "text",
    }


def _document_sentence(lines: Mapping[str, Line], years: Sequence[int], labels: Labels) -> str:
    last = max(place for line in lines.values() for place, n in enumerate(line.numbers) if n is not None)
    parts = [
        labels("charts.documents.part", name=line.name, n=written(line.numbers[last]))
        for line in lines.values()
        if line.numbers[last] is not None
    ]
    text = labels("charts.documents.sentence", year=years[last], parts=labels("charts.join").join(parts))
    both = {"in_force", "published_total"} <= {key.rsplit(".", 1)[-1] for key in lines}
    return sentence_of(labels, text, labels("charts.documents.not_joined") if both else "")


def _best_coverage(tallies: Sequence[Tally]) -> list[str]:
    years, of = tallies[0].years, len(tallies[0].organs)
    return [f"{max(tally.totals[year].known for tally in tallies)}/{of}" for year in years]


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
    title = labels("charts.decisions.title", decision=name)
    unit = labels.unit("jian")
    chart = _bars(
        tally,
        labels,
        title=title,
        name=name,
        unit=unit,
        colour=colours("amounts")[decision],
        breaks=breaks,
        filename=f"{decision}_by_year",
    )
    if chart.is_empty:
        return chart
    numbers = [tally.totals[year][tally.keys[0]] for year in tally.years]
    crossed = bool(chart.figure["layout"].get("shapes"))
    caution = labels("charts.decisions.caution") if crossed else ""
    return _told(
        chart,
        labels,
        _change(tally, numbers, name, labels, {shape["x1"] + 0.5 for shape in chart.figure["layout"].get("shapes", [])}),
        coverage_note(labels, tally),
        caution,
    )


def fees_by_year(frame: pd.DataFrame, *, labels: Labels, breaks: Breaks = None) -> Chart:
    """Return the fees charged (万元), by year. The form of 2019 asks for item types only: no amount, not 0."""
    tally = Tally(frame, keys.fees())
    name, unit = short_name(labels, "fees"), labels.unit("wan_yuan")
    title = labels("charts.fees.title")
    silent = _not_asked(frame, tally)
    note = labels("charts.fees.not_asked", years=labels("charts.join").join(map(str, silent))) if silent else ""
    notes = dict.fromkeys(silent, labels("charts.axis.not_asked"))
    chart = _bars(
        tally,
        labels,
        title=title,
        name=name,
        unit=unit,
        colour=colours("amounts")["fees"],
        breaks=breaks,
        filename="fees_by_year",
        notes=notes,
    )
    if chart.is_empty:
        return nothing(labels, title=title, filename=chart.filename, reason=note.rstrip("。.")) if note else chart
    numbers = {year: tally.totals[year][tally.keys[0]] for year in tally.years}
    last = max(year for year, number in numbers.items() if number is not None)
    said = labels("charts.fees.sentence", year=last, n=written(numbers[last]))
    return _told(chart, labels, said, note, coverage_note(labels, tally))


def _not_asked(frame: pd.DataFrame, tally: Tally) -> list[int]:
    """The years without an amount in which a report was there, but no edition in use asks for the cell."""
    key, form = tally.keys[0], load_form()
    asking = set(form.editions_of(key))
    found = []
    for year in tally.years:
        editions = {e for e in frame.loc[frame["report_year"] == year, "edition"].dropna() if e}
        if editions and not editions & asking and tally.totals[year][key] is None:
            found.append(year)
    return found


def _bars(
    tally: Tally,
    labels: Labels,
    *,
    title: str,
    name: str,
    unit: str,
    colour: str,
    breaks: Breaks,
    filename: str,
    notes: Mapping[int, str] | None = None,
) -> Chart:
    """One bar a year for a single key, the number on top; the sentence is still to be told."""
    if tally.is_empty:
        return nothing(labels, title=title, filename=filename)
    numbers = [tally.totals[year][tally.keys[0]] for year in tally.years]
    missing = {y: labels("charts.axis.missing") for y, n in zip(tally.years, numbers, strict=True) if n is None}
    axis = year_axis(tally.years, labels("charts.axis.year"), missing | dict(notes or {}), tally.incomplete)
    values = value_axis(
        axis_title(labels, labels("charts.axis.count") if unit == labels.unit("jian") else name, unit), drawn(numbers)
    )
    shape = layout(height=300, xaxis=axis, yaxis=values, bargap=0.35, uniformtext={"minsize": 9, "mode": "hide"})
    draw_breaks(shape, breaks, tally.keys, tally.years, labels)
    hatch = ["/" if year in tally.incomplete else "" for year in tally.years]
    trace = {
        "type": "bar",
        "name": name,
        "x": list(tally.years),
        "y": drawn(numbers),
        "text": ["" if n is None else written(round(n, 1)) for n in numbers],
        "textposition": "outside",
        "textfont": {"size": 11},
        "cliponaxis": False,
        "marker": {
            "color": colour,
            "pattern": {"shape": hatch, "fillmode": "overlay", "size": 6, "solidity": 0.25, "fgcolor": "rgba(255,255,255,0.8)"},
        },
        "hovertext": [f"{year}: {written(n)} {unit}" for year, n in zip(tally.years, numbers, strict=True)],
        "hoverinfo": "text",
    }
    columns = {labels("charts.column.year"): list(tally.years), labels("charts.column.value", name=name, unit=unit): numbers}
    table = table_of(columns | {labels("charts.column.coverage"): coverage_column(tally)})
    figure = {"data": [trace], "layout": shape}
    return Chart(figure=figure, title=title, unit=unit, sentence="", alt="", table=table, filename=filename)


def _told(chart: Chart, labels: Labels, *parts: str) -> Chart:
    sentence = sentence_of(labels, *parts)
    alt = labels("charts.alt", title=chart.title, sentence=sentence)
    return Chart(**{**vars(chart), "sentence": sentence, "alt": alt})


def _change(tally: Tally, numbers: Sequence[Number | None], name: str, labels: Labels, broken: set[float]) -> str:
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
