"""Rules and normative documents issued, repealed and in force (条例第二十条第（一）项), a line per figure of each edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from ogi.charts import keys
from ogi.charts.breaks import Breaks, draw_breaks
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import colours
from ogi.charts.tally import Number, Tally
from ogi.charts.theme import layout, side_labels, value_axis, year_axis
from ogi.charts.words import (
    axis_title,
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
    whole = Tally(frame, wanted)
    for edition in form.editions.values():
        own = [key for key in left if key in edition.cells]
        left = [key for key in left if key not in own]
        if own:
            tallies.append(whole.part(own))
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
        **stands_for(years=years),
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
