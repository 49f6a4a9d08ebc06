"""Two years and what lies between them: a line per outcome, or per organ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ogi.charts import keys
from ogi.charts.chart import Chart
from ogi.charts.palette import colours
from ogi.charts.stacks import Basis
from ogi.charts.tally import Number, Tally
from ogi.charts.theme import SMALL, layout, side_labels, text_width, value_axis
from ogi.charts.words import axis_title, nothing, percent, sentence_of, short_name, table_of, written
from ogi.indicators import FULL_BASE, SMALLEST_BASE
from ogi.labels import Labels

_HEIGHT, _PLOT = 360, 300


@dataclass(frozen=True)
class _Line:
    name: str
    colour: str
    counts: tuple[Number | None, Number | None]
    values: tuple[float | None, float | None]
    """What is drawn: counts or per cent."""


def outcome_slope(
    frame: pd.DataFrame, *, labels: Labels, pair: tuple[int, int], applicant: str = "total", basis: Basis = "count"
) -> Chart:
    """Return the outcomes of two years, a line each; an outcome without a number in one of them is a point and no line.

    Args:
        frame: long frame that holds :func:`ogi.charts.keys.outcomes`.
        labels: language.
        pair: the earlier and the later year.
        applicant: column of the table.
        basis: ``count``, or ``share`` of the outcomes of the year (no share of a base below 10).
    """
    tally = Tally(frame, keys.outcomes(applicant))
    title = labels("charts.slope.title_share" if basis == "share" else "charts.slope.title", before=pair[0], after=pair[1])
    filename = f"slope_{pair[0]}_{pair[1]}"
    totals = [tally.total(year, complete=True) for year in pair]
    bases = [total[f"applications.result_total.{applicant}"] for total in totals]
    lines = []
    for row, colour in colours("outcomes").items():
        counts = [total[f"applications.{row}.{applicant}"] for total in totals]
        values = [_value(count, base, basis) for count, base in zip(counts, bases, strict=True)]
        lines.append(_Line(short_name(labels, row), colour, (counts[0], counts[1]), (values[0], values[1])))
    if all(value is None for line in lines for value in line.values):
        reason = labels("charts.slope.no_share" if any(base is not None for base in bases) else "charts.nothing.reason")
        return nothing(labels, title=title, filename=filename, reason=reason)
    notes = [] if totals[0].known == totals[1].known else [_covers(totals, pair, labels)]
    if basis == "share" and any(base is not None and SMALLEST_BASE <= base < FULL_BASE for base in bases):
        notes.append(labels("charts.slope.small"))
    sentence = sentence_of(labels, _sentence(lines, bases, pair, labels, basis), *notes)
    unit = "%" if basis == "share" else labels.unit("jian")
    return Chart(
        figure=_figure(lines, pair, labels, unit),
        title=title,
        unit=unit,
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=_table(lines, bases, pair, labels),
        filename=filename,
    )


def _value(count: Number | None, base: Number | None, basis: Basis) -> float | None:
    if count is None or basis == "count":
        return None if count is None else float(count)
    return None if base is None or base < SMALLEST_BASE else round(float(count) * 100 / float(base), 4)


def _figure(lines: Sequence[_Line], pair: tuple[int, int], labels: Labels, unit: str) -> dict:
    traces = []
    for line in lines:
        texts = [
            f"{year} · {line.name}: {written(count)}" + (f" ({value:.1f}%)" if unit == "%" and value is not None else "")
            for year, count, value in zip(pair, line.counts, line.values, strict=True)
        ]
        look = {"color": line.colour, "width": 2.5}
        traces.append(
            {
                "type": "scatter", "mode": "lines+markers", "name": line.name, "x": [0, 1], "y": list(line.values),
                "connectgaps": False, "cliponaxis": False, "line": look, "marker": {"color": line.colour, "size": 9},
                "hovertext": texts, "hoverinfo": "text",
            }
        )  # fmt: skip
    every = [value for line in lines for value in line.values]
    axis = value_axis(axis_title(labels, labels("charts.axis.share" if unit == "%" else "charts.axis.count"), unit), every)
    axis |= {
        "showgrid": False,
        "showticklabels": False,
        "title": {"text": ""},
        "range": [-axis["range"][1] * 0.04, axis["range"][1]],
    }
    ends = [(f"{line.name} {_short(line.values[1], unit)}", line.colour, line.values[1]) for line in lines]
    starts = [(_short(line.values[0], unit), line.colour, line.values[0]) for line in lines]
    right_notes, right = side_labels([e for e in ends if e[2] is not None], axis["range"], _PLOT)  # type: ignore[misc]
    left_notes, _ = side_labels([s for s in starts if s[2] is not None], axis["range"], _PLOT)  # type: ignore[misc]
    left = max((text_width(text) for text, _, _ in starts), default=0) + 26
    for note in left_notes:
        note |= {"x": 0, "xanchor": "right", "xshift": -4, "align": "right"}
    years = {
        "tickmode": "array", "tickvals": [0, 1], "ticktext": [str(year) for year in pair], "range": [0, 1], "fixedrange": True,
        "showgrid": True, "side": "top", "tickfont": {"size": SMALL + 1},
    }  # fmt: skip
    shape = layout(
        height=_HEIGHT, right=right, top=34, bottom=26, xaxis=years, yaxis=axis, annotations=[*right_notes, *left_notes]
    )
    shape["margin"]["l"] = left
    return {"data": traces, "layout": shape}


def _short(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    return f"{value:.1f}%" if unit == "%" else written(value)


def _sentence(lines: Sequence[_Line], bases: Sequence[Number | None], pair: tuple[int, int], labels: Labels, basis: Basis) -> str:
    known = [line for line in lines if line.values[0] is not None and line.values[1] is not None]
    if not known or bases[0] is None or bases[1] is None:
        return labels("charts.slope.one_year", before=pair[0], after=pair[1])
    largest = max(known, key=lambda line: abs((line.values[1] or 0) - (line.values[0] or 0)))
    words = {"name": largest.name, "before": pair[0], "after": pair[1]}
    if basis == "share":
        shown = [percent(count or 0, base or 1) for count, base in zip(largest.counts, bases, strict=True)]
        points = (largest.values[1] or 0) - (largest.values[0] or 0)
        return labels("charts.slope.sentence_share", **words, first=shown[0], last=shown[1], points=f"{points:+.1f}")
    return labels("charts.slope.sentence", **words, first=written(largest.counts[0]), last=written(largest.counts[1]))


def _covers(totals: Sequence, pair: tuple[int, int], labels: Labels) -> str:
    return labels("charts.slope.covers", before=pair[0], first=totals[0].known, after=pair[1], last=totals[1].known)


def _table(lines: Sequence[_Line], bases: Sequence[Number | None], pair: tuple[int, int], labels: Labels) -> pd.DataFrame:
    columns: dict[str, list] = {
        labels("charts.column.item"): [*(line.name for line in lines), short_name(labels, "result_total")]
    }
    for place, year in enumerate(pair):
        columns[str(year)] = [*(line.counts[place] for line in lines), bases[place]]
    for place, year in enumerate(pair):
        shares = [_value(line.counts[place], bases[place], "share") for line in lines]
        columns[labels("charts.slope.share_in", year=year)] = [*shares, None]
    return table_of(columns)
