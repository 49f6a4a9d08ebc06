"""Figures of reports, one row for each report and figure: what a reader of the tables would write down, with its state."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from ogi.library import Library
from ogi.selection import Selection
from ogi.selection.lines import REASONS, base_class, figures_at
from ogi.selection.measure import Measured
from web.api.answer import Rows
from web.api.asked import Asked
from web.api.shown import about, selected

FACT_COLUMNS = (
    "report_id", "organ_id", "organ_name", "level", "kind", "region", "region_code", "report_year", "scope", "key", "value",
    "state", "unit", "edition", "derived", "flags", "numerator", "denominator", "base_class",
)  # fmt: skip
_IDENTITY = FACT_COLUMNS[1:9]


def facts_rows(asked: Asked, library: Library) -> Rows:
    """Return the figures asked for, by default those of the view; ``limit`` and ``offset`` count reports.

    A figure without a number has value ``null`` and the state that tells why; it is never 0. Rates whose base is below ten have
    only numerator and denominator.
    """
    selection = selected(asked, library)
    keys = asked.keys or tuple(dict.fromkeys((selection.key(asked.view.measure), *asked.view.figures)))
    rows = selection.rows[asked.offset : asked.offset + asked.limit]
    figures = [_figures(selection.measure(key), rows) for key in keys]
    found = [{**identity, **figure[place]} for place, identity in enumerate(identities(selection, rows)) for figure in figures]
    return Rows(columns=FACT_COLUMNS, rows=found, total=len(selection.rows), about=about(asked, library, selection))


def identities(selection: Selection, rows: Any) -> list[dict[str, Any]]:
    """Return who reports in these rows of the facts."""
    frame = selection.facts.identity.iloc[rows]
    columns = [[known(value) for value in frame[name].tolist()] for name in _IDENTITY]
    ids = selection.facts.report_ids(rows)
    return [
        {"report_id": str(report_id), **dict(zip(_IDENTITY, values, strict=True))}
        for report_id, *values in zip(ids, *columns, strict=True)
    ]


def _figures(item: Measured, rows: Any) -> list[dict[str, Any]]:
    """One figure in these rows."""
    found = figures_at(item, rows)
    is_rate = item.kind == "rate"
    classes = base_class(item.denominator[rows]).tolist() if is_rate else [None] * len(rows)
    parts = (item.numerator[rows], item.denominator[rows])
    columns = [
        column.tolist() for column in (found.value, REASONS[found.state], found.edition, found.derived, found.flags, *parts)
    ]
    return [
        {
            "key": item.key,
            "value": number(value),
            "state": state,
            "unit": item.unit,
            "edition": edition or None,
            "derived": derived,
            "flags": flags.split(",") if flags else [],
            "numerator": number(numerator),
            "denominator": number(base),
            "base_class": class_,
        }
        for class_, value, state, edition, derived, flags, numerator, base in zip(classes, *columns, strict=True)
    ]


def known(value: Any) -> Any:
    """Return a value, or nothing where a frame holds a gap."""
    return None if pd.isna(value) else value


def number(value: float) -> int | float | None:
    """Return a number as it is written: whole where it is whole, nothing where it is unknown."""
    if math.isnan(value):
        return None
    return int(value) if value == int(value) else round(float(value), 10)
