"""From reconsideration to the court: how many reviews a year ended, and how many suits followed one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ogi.charts.breaks import Breaks, draw_breaks
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import sequence
from ogi.charts.stacks import hatched
from ogi.charts.tally import Number, Tally
from ogi.charts.theme import layout, side_labels, value_axis, year_axis
from ogi.charts.words import axis_title, coverage_column, coverage_note, drawn, nothing, percent, sentence_of, table_of, written
from ogi.indicators import SMALLEST_BASE
from ogi.labels import Labels

STEPS = ("reconsideration.total", "reconsideration.closed", "litigation_after_reconsideration.total")
"""New and old reviews of the year, those of them that ended, suits after a review."""
_PLOT = 250


def review_chain(frame: pd.DataFrame, *, labels: Labels, breaks: Breaks = None) -> Chart:
    """Return three bars a year: reviews, reviews concluded, suits after a review; and suits per concluded review in words.

    The suits of a year may follow reviews of the year before, so they are no part of the reviews beside them; that is always
    said. Sums are of the organs that have all three numbers; years in which not all have them are hatched.

    Args:
        frame: long frame with the cells of the table of disputes.
        labels: language.
        breaks: see :mod:`ogi.charts`.
    """
    tally = Tally(frame, STEPS)
    title = labels("charts.chain.title")
    sums = {year: tally.total(year, complete=True) for year in tally.years}
    counts: dict[str, list[Number | None]] = {
        key: [sums[year][key] if sums[year].known else None for year in sums] for key in STEPS
    }
    if all(number is None for numbers in counts.values() for number in numbers):
        return nothing(labels, title=title, filename="review_chain")
    names = {key: labels(f"charts.chain.{key.replace('.', '_')}") for key in STEPS}
    unit = labels.unit("jian")
    values = value_axis(axis_title(labels, labels("charts.axis.count"), unit), drawn([n for row in counts.values() for n in row]))
    ends = [(names[key], sequence()[place], _last(counts[key])) for place, key in enumerate(STEPS)]
    notes, right = side_labels(ends, values["range"], _PLOT)
    shape = layout(
        height=340, right=right, bargap=0.25, barmode="group", annotations=notes, yaxis=values,
        xaxis=year_axis(tally.years, labels("charts.axis.year"), _gaps(counts, tally, labels), tally.incomplete),
    )  # fmt: skip
    marks = draw_breaks(shape, breaks, STEPS, tally.years, labels)
    sentence = sentence_of(labels, _sentence(counts, tally, labels), labels("charts.chain.caution"), coverage_note(labels, tally))
    columns: dict[str, Sequence] = {labels("charts.column.year"): list(tally.years)}
    columns |= {names[key]: counts[key] for key in STEPS} | {labels("charts.column.coverage"): coverage_column(tally)}
    return Chart(
        figure={"data": [_bars(tally, key, counts[key], names[key], place) for place, key in enumerate(STEPS)], "layout": shape},
        title=title,
        unit=unit,
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence_of(labels, sentence, *marks)),
        table=table_of(columns),
        filename="review_chain",
    )


def _last(numbers: Sequence[Number | None]) -> float:
    return float(next((number for number in reversed(numbers) if number is not None), 0))


def _gaps(counts: dict[str, list[Number | None]], tally: Tally, labels: Labels) -> dict[int, str]:
    return {year: labels("charts.axis.missing") for place, year in enumerate(tally.years) if counts[STEPS[0]][place] is None}


def _bars(tally: Tally, key: str, numbers: Sequence[Number | None], name: str, place: int) -> dict:
    return {
        "type": "bar",
        "name": name,
        "x": list(tally.years),
        "y": drawn(numbers),
        "marker": {"color": sequence()[place], "pattern": hatched(tally)},
        "hovertext": [f"{year} · {name}: {written(number)}" for year, number in zip(tally.years, numbers, strict=True)],
        "hoverinfo": "text",
        **stands_for(years=tally.years),
    }


def _sentence(counts: dict[str, list[Number | None]], tally: Tally, labels: Labels) -> str:
    """The newest year with numbers: suits per concluded review, from a base of ten."""
    place = max(place for place, number in enumerate(counts[STEPS[1]]) if number is not None)
    total, closed, suits = (counts[key][place] or 0 for key in STEPS)
    words = {"year": tally.years[place], "total": written(total), "closed": written(closed), "suits": written(suits)}
    if closed < SMALLEST_BASE:
        return labels("charts.chain.sentence_counts", **words)
    return labels("charts.chain.sentence", **words, rate=percent(suits, closed))
