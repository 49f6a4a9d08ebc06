"""Charts of the table of applications: composition of outcomes, grounds of denial, kinds of applicant.

The table is 三、收到和处理政府信息公开申请情况 of 国办公开办函〔2019〕60号 and 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from ogi.charts import keys
from ogi.charts.breaks import Breaks, draw_breaks
from ogi.charts.chart import Chart
from ogi.charts.palette import colours
from ogi.charts.stacks import (
    Basis,
    Part,
    Stack,
    bars,
    base_notes,
    ends,
    small_notes,
    stack_of,
    tallest,
)
from ogi.charts.tally import Number, Tally
from ogi.charts.theme import MISSING, layout, side_labels, value_axis, year_axis
from ogi.charts.words import (
    axis_title,
    coverage_column,
    coverage_note,
    drawn,
    nothing,
    percent,
    sentence_of,
    short_name,
    table_of,
    written,
    year_coverage,
)
from ogi.form import load_form
from ogi.indicators import FULL_BASE, SMALLEST_BASE
from ogi.labels import Labels

_HEIGHT = 380
_PLOT = 270


def outcomes_by_year(
    frame: pd.DataFrame, *, labels: Labels, applicant: str = "total", basis: Basis = "count", breaks: Breaks = None
) -> Chart:
    """Return how applications were answered, one stacked bar a year.

    Args:
        frame: long frame with ``applications.*.{applicant}``; derived groups are computed where the frame lacks them.
        labels: language.
        applicant: column of the table, for example ``natural_person``.
        basis: ``count``, or ``share`` of the reported total of results (only organs with every part; no bar below 10).
        breaks: see :mod:`ogi.charts`.
    """
    parts = [Part(f"applications.{row}.{applicant}", short_name(labels, row), c) for row, c in colours("outcomes").items()]
    base = f"applications.result_total.{applicant}"
    tally = Tally(frame, keys.outcomes(applicant))
    title = labels("charts.outcomes.title_share" if basis == "share" else "charts.outcomes.title")
    if applicant != "total":
        title = axis_title(labels, title, short_name(labels, applicant))
    return _composition(
        tally,
        parts,
        base,
        basis=basis,
        breaks=breaks,
        labels=labels,
        title=title,
        base_name=short_name(labels, "result_total"),
        subject="outcomes",
    )


def applicants_by_year(
    frame: pd.DataFrame, *, labels: Labels, row: str = "received", basis: Basis = "count", breaks: Breaks = None
) -> Chart:
    """Return who applied, one stacked bar a year; ``row`` is a row of the table, ``basis`` as in :func:`outcomes_by_year`."""
    parts = [Part(f"applications.{row}.{column}", short_name(labels, column), c) for column, c in colours("applicants").items()]
    base = f"applications.{row}.total"
    tally = Tally(frame, keys.applicants(row))
    name = short_name(labels, row)
    return _composition(
        tally,
        parts,
        base,
        basis=basis,
        breaks=breaks,
        labels=labels,
        title=labels("charts.applicants.title", row=name),
        base_name=name,
        subject="applicants",
    )


def _composition(
    tally: Tally,
    parts: Sequence[Part],
    base: str,
    *,
    basis: Basis,
    breaks: Breaks,
    labels: Labels,
    title: str,
    base_name: str,
    subject: str,
) -> Chart:
    filename = f"{subject}_by_year"
    if tally.is_empty:
        return nothing(labels, title=title, filename=filename)
    stack = stack_of(tally, parts, base, basis)
    top = tallest(stack, parts)
    unit = "%" if basis == "share" else labels.unit("jian")
    values = value_axis(axis_title(labels, labels(f"charts.axis.{basis}"), unit), [top], percent=basis == "share")
    notes, right = side_labels(ends(stack, parts), values["range"], _PLOT)
    years = year_axis(
        stack.years, labels("charts.axis.year_base", name=base_name), base_notes(stack, labels), marked=tally.incomplete
    )
    shape = layout(height=_HEIGHT, right=right, barmode="stack", bargap=0.3, xaxis=years, yaxis=values, annotations=notes)
    marks = draw_breaks(shape, breaks, tally.keys, stack.years, labels)
    sentence = sentence_of(
        labels, _composition_sentence(stack, parts, labels, subject), *small_notes(stack, labels), coverage_note(labels, tally)
    )
    return Chart(
        figure={"data": bars(stack, parts, tally), "layout": shape},
        title=title,
        unit=unit,
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence_of(labels, sentence, *marks)),
        table=_composition_table(stack, parts, tally, base_name, labels),
        filename=filename,
    )


def _composition_sentence(stack: Stack, parts: Sequence[Part], labels: Labels, subject: str) -> str:
    """Read the newest year that has a base and at least one part."""
    for place in range(len(stack.years) - 1, -1, -1):
        base = stack.bases[place]
        known = [(count, part.name) for part in parts if (count := stack.counts[part.key][place]) is not None]
        if base is None or len(known) < 2:
            continue
        (first_n, first), (second_n, second) = sorted(known, key=lambda pair: -pair[0])[:2]
        words = {"year": stack.years[place], "base": written(base), "closed": written(base), "first": first, "second": second}
        if stack.basis == "share" and base >= SMALLEST_BASE:
            shares = {"first_share": percent(first_n, base), "second_share": percent(second_n, base)}
            return labels(f"charts.{subject}.sentence_share", **words, **shares)
        return labels(f"charts.{subject}.sentence", **words, first_n=written(first_n), second_n=written(second_n))
    return ""


def _composition_table(stack: Stack, parts: Sequence[Part], tally: Tally, base_name: str, labels: Labels) -> pd.DataFrame:
    columns: dict[str, Sequence] = {labels("charts.column.year"): list(stack.years)}
    columns |= {part.name: stack.counts[part.key] for part in parts}
    if stack.basis == "share":
        columns |= {labels("charts.column.share_of", name=part.name): _exact(stack.values(part.key)) for part in parts}
    columns[base_name] = stack.bases
    columns[labels("charts.column.coverage")] = coverage_column(tally)
    return table_of(columns)


def _exact(values: Sequence[int | float | None]) -> list[Number | None]:
    return [None if value is None else Decimal(str(value)) for value in values]


def denial_grounds(frame: pd.DataFrame, *, labels: Labels, year: int, applicant: str = "total") -> Chart:
    """Return the eight grounds of （三）不予公开 in one year, most frequent first.

    Counts; a share of all denials is added from a base of 10. A ground without a number has no bar and says so.
    """
    rows = load_form().sets["denied"]
    tally = Tally(frame, keys.grounds(applicant))
    title = labels("charts.grounds.title", year=year)
    if applicant != "total":
        title = axis_title(labels, title, short_name(labels, applicant))
    total = tally.total(year)
    counts = {short_name(labels, row): total[f"applications.{row}.{applicant}"] for row in rows}
    if all(count is None for count in counts.values()):
        reason = labels("charts.nothing.reason_year", year=year)
        return nothing(labels, title=title, filename=f"denial_grounds_{year}", reason=reason)
    base = total[f"applications.denied_all.{applicant}"]
    ordered = sorted(counts.items(), key=lambda pair: (pair[1] is None, -(pair[1] or 0)))
    shares = [percent(n, base) if n is not None and base and base >= SMALLEST_BASE else "" for _, n in ordered]
    sentence = sentence_of(labels, _grounds_sentence(ordered, base, year, labels), year_coverage(labels, tally, total.known))
    unit = labels.unit("jian")
    return Chart(
        figure={"data": [_ground_bars(ordered, shares)], "layout": _ground_layout(ordered, labels, unit)},
        title=title,
        unit=unit,
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=table_of(
            {
                labels("charts.column.item"): [name for name, _ in ordered],
                labels("charts.column.count"): [n for _, n in ordered],
                labels("charts.column.share"): [share.rstrip("%") for share in shares],
            }
        ),
        filename=f"denial_grounds_{year}",
    )


def _ground_bars(ordered: Sequence[tuple[str, Number | None]], shares: Sequence[str]) -> dict:
    texts = [f"{written(n)} ({share})" if share else written(n) for (_, n), share in zip(ordered, shares, strict=True)]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [name for name, _ in ordered],
        "x": drawn([n for _, n in ordered]),
        "text": [text if n is not None else "" for text, (_, n) in zip(texts, ordered, strict=True)],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {"color": colours("outcomes")["denied_all"]},
        "hovertext": [f"{name}: {text}" for (name, _), text in zip(ordered, texts, strict=True)],
        "hoverinfo": "text",
    }


def _ground_layout(ordered: Sequence[tuple[str, Number | None]], labels: Labels, unit: str) -> dict:
    numbers = value_axis(axis_title(labels, labels("charts.axis.count"), unit), drawn([n for _, n in ordered]))
    numbers["range"][1] *= 1.25  # room for the number at the end of the longest bar
    names = {"autorange": "reversed", "automargin": True, "fixedrange": True, "tickfont": {"size": 12}, "type": "category"}
    missing = [
        {"x": 0, "y": name, "xref": "x", "yref": "y", "xanchor": "left", "showarrow": False, "text": f"{MISSING} {word}"}
        for name, n in ordered
        if n is None
        for word in [labels("charts.axis.missing")]
    ]
    return layout(height=76 + 34 * len(ordered), right=16, xaxis=numbers, yaxis=names, annotations=missing, bargap=0.35)


def _grounds_sentence(ordered: Sequence[tuple[str, Number | None]], base: Number | None, year: int, labels: Labels) -> str:
    first, first_n = ordered[0]
    if base is None:
        return labels("charts.grounds.sentence_unknown", year=year, first=first, first_n=written(first_n))
    if base == 0:
        return labels("charts.grounds.sentence_none", year=year)
    words = {"year": year, "base": written(base), "first": first, "first_n": written(first_n)}
    if base < SMALLEST_BASE or first_n is None:
        return labels("charts.grounds.sentence", **words) + labels("charts.grounds.counts_only")
    text = labels("charts.grounds.sentence_share", **words, share=percent(first_n, base))
    return text if base >= FULL_BASE else sentence_of(labels, text, labels("charts.grounds.small", base=written(base)))
