"""All compared cells as one flat table, for files and for readers who sort and filter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import pandas as pd

from ogi.comparison.cells import ComparedCell, Number
from ogi.comparison.layout import Block
from ogi.comparison.reasons import why_apart
from ogi.labels import Labels


def comparison_table(
    blocks: Iterable[Block],
    cells: Mapping[str, ComparedCell],
    years: Sequence[int],
    labels: Labels,
    *,
    heads: Mapping[int, str] | None = None,
    said: Sequence[str] = (),
) -> pd.DataFrame:
    """Return one row per cell: where it stands, its figure in each year with the reason of each gap, and the change.

    Numbers are numbers and gaps are empty; why a number is missing stands in a column of its own beside it.
    Where a year has figures of predecessors, a column says so (``heads``), and the last column says it in words (``said``).
    """
    rows = [(block, line, cells[line.key]) for block in blocks for line in block.lines if line.key in cells]

    def name(key: str, **params: object) -> str:
        return labels(f"comparison.column.{key}", **params)

    columns: dict[str, pd.Series] = {
        name("table"): _texts([block.title for block, _, _ in rows]),
        name("applicant"): _texts([block.column_title for block, _, _ in rows]),
        name("heading"): _texts([" · ".join(line.headings) for _, line, _ in rows]),
        name("item"): _texts([line.label for _, line, _ in rows]),
        name("unit"): _texts([labels.unit(line.unit) for _, line, _ in rows]),
        name("key"): _texts([line.key for _, line, _ in rows]),
    }
    for year in years:
        figures = [cell.figures.get(year) for _, _, cell in rows]
        columns[str(year)] = _numbers([figure.value if figure else None for figure in figures])
        states = [labels(f"selection.reason.{f.state}") if f and f.state != "reported" else "" for f in figures]
        columns[name("state", year=year)] = _texts(states)
        if heads and year in heads:
            columns[labels("lineage.column", year=year)] = _texts([heads[year]] * len(rows))
        if any(figure and figure.expected > 1 for figure in figures):
            columns[name("coverage", year=year)] = _texts([f"{f.known}/{f.expected}" if f else "" for f in figures])
    changes = [cell.change for _, _, cell in rows]
    pair = {"before": changes[0].before, "after": changes[0].after} if changes else {"before": "", "after": ""}
    columns[name("change", **pair)] = _numbers([change.amount for change in changes])
    columns[name("percent")] = _numbers([_rounded(change.fraction, 100) for change in changes])
    columns[name("points")] = _numbers([_rounded(change.points) for change in changes])
    columns[name("organs")] = _numbers([change.organs for change in changes])
    columns[name("reason")] = _texts([labels(f"selection.reason.{c.reason}") if c.reason else "" for c in changes])
    columns[name("note")] = _texts(
        [
            labels("charts.semicolon").join(dict.fromkeys(why_apart(line.key, status, labels) for status in cell.apart.values()))
            for _, line, cell in rows
        ]
    )
    if said:
        columns[labels("lineage.column_words")] = _texts([" ".join(said)] * len(rows))
    return pd.DataFrame(columns)


def _rounded(number: float | None, factor: int = 1) -> Number | None:
    return None if number is None else Decimal(f"{number * factor:.4f}")


def _numbers(values: Sequence[Number | None]) -> pd.Series:
    whole = all(value is None or isinstance(value, int) for value in values)
    return pd.Series([None if v is None else float(v) for v in values], dtype="Float64").astype("Int64" if whole else "Float64")


def _texts(values: Sequence[str]) -> pd.Series:
    return pd.Series(list(values), dtype="str")
