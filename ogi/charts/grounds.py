"""Why applications were denied, year by year: grounds × years."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ogi.charts import keys
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import scale
from ogi.charts.tally import Number, Tally
from ogi.charts.theme import INK, SMALL, layout
from ogi.charts.words import coverage_column, coverage_note, nothing, percent, sentence_of, short_name, table_of, written
from ogi.form import load_form
from ogi.indicators import SMALLEST_BASE
from ogi.labels import Labels

_UNTOLD = "#E3E5E8"


def grounds_by_year(frame: pd.DataFrame, *, labels: Labels, applicant: str = "total") -> Chart:
    """Return the eight grounds of （三）不予公开 over years: the number in the cell, its share of the year's denials as colour.

    A year with fewer than ten denials has numbers on grey; a missing number is an empty cell with a dash and never 0; a
    year in which not every organ has all numbers carries an asterisk and is said.

    Args:
        frame: long frame with :func:`ogi.charts.keys.grounds`.
        labels: language.
        applicant: kind of applicant.
    """
    rows = load_form().sets["denied"]
    tally = Tally(frame, keys.grounds(applicant))
    title = labels("charts.grounds.by_year")
    of = {row: f"applications.{row}.{applicant}" for row in rows}
    counts = {row: [tally.totals[year][of[row]] for year in tally.years] for row in rows}
    if all(number is None for numbers in counts.values() for number in numbers):
        return nothing(labels, title=title, filename="denial_grounds_by_year")
    bases = [tally.totals[year][f"applications.denied_all.{applicant}"] for year in tally.years]
    names = {row: short_name(labels, row) for row in rows}
    sentence = sentence_of(labels, labels("charts.grounds.by_year_sentence"), coverage_note(labels, tally))
    columns: dict[str, Sequence] = {labels("charts.column.year"): list(tally.years)}
    columns |= {names[row]: counts[row] for row in rows} | {short_name(labels, "denied_all"): bases}
    columns[labels("charts.column.coverage")] = coverage_column(tally)
    return Chart(
        figure=_figure(counts, bases, names, tally),
        title=title,
        unit=labels.unit("jian"),
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=table_of(columns),
        filename="denial_grounds_by_year",
    )


def _figure(counts: dict[str, list[Number | None]], bases: Sequence[Number | None], names: dict[str, str], tally: Tally) -> dict:
    shares = [[_share(number, base) for number, base in zip(row, bases, strict=True)] for row in counts.values()]
    hover = [
        [f"{year} · {names[row]}: {_said(number, base)}" for year, number, base in zip(tally.years, numbers, bases, strict=True)]
        for row, numbers in counts.items()
    ]
    years = [f"{year}*" if year in tally.incomplete else str(year) for year in tally.years]
    trace = {
        "type": "heatmap",
        "x": years,
        "y": list(names.values()),
        "z": [[-1 if share is None else share for share in row] for row in shares],
        "zmin": -1,
        "zmax": max([10.0, *(share for row in shares for share in row if share is not None)]),
        "colorscale": _colours(),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "text": [["–" if number is None else written(number) for number in row] for row in counts.values()],
        "texttemplate": "%{text}",
        "textfont": {"size": 12, "color": INK},
        "hovertext": hover,
        "hoverinfo": "text",
        **stands_for(years=tally.years),
    }
    across = {"type": "category", "side": "top", "fixedrange": True, "showgrid": False, "tickfont": {"size": SMALL}}
    down = {"type": "category", "autorange": "reversed", "fixedrange": True, "showgrid": False, "automargin": True}
    return {"data": [trace], "layout": layout(height=60 + 34 * len(names), top=36, xaxis=across, yaxis=down)}


def _colours() -> list[list[float | str]]:
    """The usual scale, below it grey for cells whose share is not told: the ink must be read on a dark page, too."""
    usual = [[0.001 + 0.999 * float(place), colour] for place, colour in scale("pale")]
    return [[0, _UNTOLD], [0.001, _UNTOLD], *usual]


def _share(number: Number | None, base: Number | None) -> float | None:
    return None if number is None or not base or base < SMALLEST_BASE else round(100.0 * float(number) / float(base), 2)


def _said(number: Number | None, base: Number | None) -> str:
    if number is None or not base or base < SMALLEST_BASE:
        return written(number)
    return f"{written(number)} ({percent(number, base)}, n={written(base)})"
