"""Which reports are there: series × year, with how well each was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from ogi.facts import STATES
from ogi.library import Entry
from ogi.selection.lines import grid

if TYPE_CHECKING:
    from ogi.selection.selected import Selection

CoverageStatus = Literal["read", "partial", "unreadable", "missing"]
_LOST = ("unreadable", "missing_page", "text", "not_whole")


def coverage(selection: Selection) -> pd.DataFrame:
    """Return the matrix of reports: index ``organ_id, scope, organ_name`` in the order of the series, one column per year.

    ``read``: every table complete and every cell understood. ``partial``: a table is incomplete or missing, or a cell
    could not be read. ``unreadable``: a report is there, but not one number of it. ``missing``: no report at hand.
    """
    places, _ = grid(selection)
    facts = selection.facts
    status = np.array(
        [*(_status(entry, facts.codes[row, : len(facts.keys)]) for row, entry in enumerate(facts.entries)), "missing"],
        dtype=object,
    )
    index = pd.MultiIndex.from_frame(selection.series.drop(columns="level"))
    matrix = status[places].reshape(len(index), len(selection.years))
    return pd.DataFrame(matrix, index=index, columns=pd.Index(selection.years, name="report_year"), dtype="str")


def _status(entry: Entry, codes: np.ndarray) -> CoverageStatus:
    if not (codes == STATES.index("reported")).any():
        return "unreadable"
    tables = entry.report.tables.values()
    whole = all(table.status == "complete" for table in tables)
    lost = np.isin(codes, [STATES.index(state) for state in _LOST]).any()
    return "read" if whole and not lost else "partial"
