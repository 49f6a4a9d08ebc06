"""Names, numbers and standing phrases of the charts in the language of the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import takewhile

import pandas as pd

from ogi.charts.chart import Chart
from ogi.charts.tally import Number, Tally
from ogi.charts.theme import MISSING, PLACE_ENDS, empty_figure
from ogi.checks.plan import rules_of
from ogi.form import load_form
from ogi.labels import Labels, messages

_LISTED = 3
"""More incomplete years than this are not listed one by one; the table has them."""


def written(number: Number | float | None) -> str:
    """Return a number with thousands separators, whole numbers without decimals, a dash where it is missing."""
    if number is None:
        return MISSING
    if isinstance(number, int) or number == int(number):
        return f"{int(number):,}"
    return f"{number:,.4f}".rstrip("0").rstrip(".")


def percent(part: Number, whole: Number) -> str:
    """Return a share in per cent with one decimal; ``whole`` must not be 0."""
    return f"{Decimal(part) * 100 / Decimal(whole):.1f}%"


def short_name(labels: Labels, key: str) -> str:
    """Return the short label of a row, column or group; what has none keeps the label of the form."""
    name = f"charts.short.{key}"
    if name in messages():
        return labels(name)
    for edition in load_form().editions.values():
        for table in edition.tables:
            for line in (*table.rows, *table.columns):
                if line.key == key:
                    return line.label(labels.lang)
    return labels.field(key)


def measure_name(labels: Labels, key: str) -> str:
    """Return the name of a cell, a derived figure or an indicator."""
    form = load_form()
    if key in form.indicators:
        return form.indicators[key].label(labels.lang)
    if variants := rules_of(form).variants.get(key):
        name = _of_block(labels, variants[0].of.get("block", "")) + variants[0].rule.label(labels.lang)
        column = variants[0].of.get("col", "total")
        return name if column == "total" else f"{name} · {short_name(labels, column)}"
    cell = form.cell(key)
    if cell is not None and cell.table.id == "t3_requests":
        row = short_name(labels, cell.row.key)
        return row if cell.column.key == "total" else f"{row} · {short_name(labels, cell.column.key)}"
    return labels.field(key)


def _of_block(labels: Labels, block: str) -> str:
    """The name of a dispute block in front of a figure; empty where there is none."""
    name = f"charts.short.{block}"
    return f"{labels(name)} · " if name in messages() else ""


def measure_unit(key: str) -> str | None:
    """Return the unit key of a cell, a derived figure or an indicator."""
    form = load_form()
    if key in form.indicators:
        return form.indicators[key].unit
    if variants := rules_of(form).variants.get(key):
        return variants[0].rule.unit
    cell = form.cell(key)
    return cell.unit if cell else None


def axis_title(labels: Labels, name: str, unit: str) -> str:
    """Return an axis title with its unit."""
    return labels("charts.axis.with_unit", name=name, unit=unit) if unit else name


def sentence_of(labels: Labels, *parts: str) -> str:
    """Join sentences, leaving out empty ones."""
    return ("" if labels.lang == "zh" else " ").join(part for part in parts if part)


def coverage_note(labels: Labels, *tallies: Tally) -> str:
    """Say which years do not hold the numbers of all organs; empty where none is incomplete.

    Several tallies are those of one chart whose editions ask for different cells.
    """
    known = {year: tally.totals[year].known for tally in tallies for year in tally.incomplete}
    of, note = len(tallies[0].organs), ""
    if len(known) > _LISTED:
        counts = "–".join(map(str, sorted({min(known.values()), max(known.values())})))
        note = labels("charts.coverage.note_many", known=counts, of=of)
    elif known:
        parts = [labels("charts.coverage.year", year=year, known=known[year], of=of) for year in sorted(known)]
        note = labels("charts.coverage.note", parts=labels("charts.join").join(parts))
    return sentence_of(labels, note, scope_note(labels, tallies[0]))


def year_coverage(labels: Labels, tally: Tally, known: int) -> str:
    """Say how many organs a chart of one year holds; empty where it holds all."""
    of = len(tally.organs)
    note = labels("charts.coverage.one_year", known=known, of=of) if known < of else ""
    return sentence_of(labels, note, scope_note(labels, tally))


def scope_note(labels: Labels, tally: Tally) -> str:
    """Say how many series were not added because their scope is another; empty where all were."""
    return labels("charts.coverage.left_out", n=tally.left_out) if tally.left_out else ""


def coverage_column(tally: Tally) -> list[str]:
    """Return “18/21” for each year: organs with all numbers, organs in the selection."""
    return [f"{tally.totals[year].known}/{len(tally.organs)}" for year in tally.years]


def column(numbers: Sequence[Number | None]) -> pd.Series:
    """Return a column of the data table: whole numbers as Int64, others as Float64, missing as ``<NA>``."""
    whole = all(number is None or isinstance(number, int) for number in numbers)
    values = [None if number is None else (number if whole else float(number)) for number in numbers]
    return pd.Series(pd.array(values, dtype="Int64" if whole else "Float64"))


def table_of(columns: Mapping[str, Sequence]) -> pd.DataFrame:
    """Return a table; sequences of numbers become nullable number columns, others stay text."""
    return pd.DataFrame({name: _series(values) for name, values in columns.items()})


def _series(values: Sequence) -> pd.Series:
    if all(value is None or isinstance(value, int | Decimal) for value in values):
        return column(values)
    return pd.Series(list(values), dtype="str")


def drawn(numbers: Sequence[Number | None]) -> list[int | float | None]:
    """Return numbers as Plotly takes them; a missing one stays ``None`` and leaves a gap."""
    return [None if number is None else (number if isinstance(number, int) else float(number)) for number in numbers]


def nothing(labels: Labels, *, title: str, filename: str, reason: str = "", columns: Sequence[str] = ()) -> Chart:
    """Return a chart that says in words why it shows nothing."""
    text = labels("charts.nothing.text", reason=reason or labels("charts.nothing.reason"))
    return Chart(
        figure=empty_figure(text),
        title=title,
        unit="",
        sentence=text,
        alt=labels("charts.alt", title=title, sentence=text),
        table=pd.DataFrame({name: pd.Series(dtype="str") for name in columns}),
        filename=filename,
        is_empty=True,
    )


def common_place(names: Sequence[str]) -> str:
    """Return the place that begins all names (示例市…), so that labels may leave it out; empty where there is none."""
    first, last = min(names, default=""), max(names, default="")
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    shared = "".join(character for character, _ in alike) if first != last else ""
    end = max((shared.rfind(mark) for mark in PLACE_ENDS), default=-1) + 1
    return shared[:end] if end >= 2 and all(len(name) - end >= 2 for name in names) else ""
