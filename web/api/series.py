"""What the charts of a page draw: every series in every year, gaps included with their reason."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ogi.library import Library
from web.api.answer import Rows
from web.api.asked import Asked
from web.api.facts import number
from web.api.shown import about, refuse_wide, selected

SERIES_COLUMNS = (
    "organ_id", "organ_name", "scope", "report_year", "key", "value", "state", "edition", "derived", "flags", "report_id",
)  # fmt: skip


def series_rows(asked: Asked, library: Library) -> Rows:
    """Return one row per series, year and figure; ``limit`` and ``offset`` count rows.

    Raises:
        Problem: so many reports are selected that they are only added up.
    """
    selection = selected(asked, library)
    refuse_wide(asked, selection)
    keys = asked.keys or tuple(dict.fromkeys((selection.key(asked.view.measure), *asked.view.figures)))
    frame = selection.long(keys)
    part = frame.iloc[asked.offset : asked.offset + asked.limit]
    columns = [part[name].tolist() for name in SERIES_COLUMNS]
    rows = [_row(dict(zip(SERIES_COLUMNS, values, strict=True))) for values in zip(*columns, strict=True)]
    there = (selection.coverage != "missing").sum(axis=0)
    coverage = {
        str(year): {"series_with_report": int(count), "series": len(selection.coverage)}
        for year, count in zip(there.index, there.tolist(), strict=True)
    }
    return Rows(
        columns=SERIES_COLUMNS, rows=rows, total=len(frame), about={**about(asked, library, selection), "coverage": coverage}
    )


def _row(row: dict[str, Any]) -> dict[str, Any]:
    value = row["value"]
    flags = row["flags"].split(",") if row["flags"] else []
    return {**row, "value": None if pd.isna(value) else number(value), "flags": flags}
