"""The organs of the newest year with the headline figures, as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ogi.labels import Labels
from ogi.selection import Selection
from ogi.shares.content import Table
from ogi.shares.drawings import organs_in
from ogi.shares.plan import figure_name, figures_of

_LISTED = 100


def organ_table(selection: Selection, labels: Labels, year: int | None) -> Table | None:
    """Return one row per organ; ``None`` where there is one organ, or so many reports that no frame of them is made."""
    if year is None or selection.is_wide or organs_in(selection.identity) < 2:
        return None
    keys = {key: selection.key(key) for key in figures_of(selection.view)}
    frame = selection.long_added(list(keys.values()))
    lines_of_year: list[Any] = frame.loc[frame["report_year"] == year].to_dict("records")
    rows: dict[str, dict[str, Any]] = {}
    for row in lines_of_year:
        if row["report_id"]:
            rows.setdefault(str(row["organ_name"]), {})[str(row["key"])] = row
    lines = tuple(
        (name, *(_cell(cells.get(key), labels, is_rate=plain.startswith("I")) for plain, key in keys.items()))
        for name, cells in rows.items()
    )
    columns = (labels("share.organ"), *(figure_name(key, labels) for key in keys))
    return Table(columns=columns, rows=lines[:_LISTED], more=max(0, len(lines) - _LISTED))


def _cell(row: dict[str, Any] | None, labels: Labels, *, is_rate: bool) -> str:
    """A figure, or in words why there is none; a missing one is never 0."""
    if row is None:
        return labels("selection.reason.no_report")
    if pd.isna(row["value"]):
        return labels(f"selection.reason.{row['state']}")
    if is_rate:
        return f"{row['value'] * 100:.1f}%"
    number = float(row["value"])
    return f"{number:,.0f}" if number == int(number) else f"{number:,.2f}"
