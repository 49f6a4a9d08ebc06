"""Which reports are there: series × year, with how well each was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ogi.facts import CODE, STATES, cell_columns
from ogi.selection.measure import REPORTED

if TYPE_CHECKING:
    from ogi.selection.selected import Selection

_LOST = np.isin(np.arange(len(STATES)), [CODE[state] for state in ("unreadable", "missing_page", "text", "not_whole")])
"""By code whether a figure is there that could not be read."""


def has_numbers(selection: Selection) -> bool:
    """Whether any cell of any report shown holds a number; where none does, nothing could be checked."""
    facts, rows = selection.facts, selection.rows
    return any(bool((facts.codes(key)[rows] == REPORTED).any()) for key in cell_columns())


def coverage(selection: Selection) -> pd.DataFrame:
    """Return the matrix of reports: index ``organ_id, scope, organ_name`` in the order of the series, one column per year.

    ``read``: every table complete and every cell understood. ``partial``: a table is incomplete or missing, or a cell
    could not be read. ``unreadable``: a report is there, but not one number of it. ``missing``: no report at hand.
    """
    places, _ = selection.grid()
    facts = selection.facts
    whole = facts.identity["is_complete"].to_numpy()
    any_number, any_lost = np.zeros((2, len(facts)), dtype=bool)
    for key in cell_columns():
        codes = facts.codes(key)
        any_number |= codes == REPORTED
        any_lost |= _LOST[codes]
    status = np.select([~any_number, whole & ~any_lost], ["unreadable", "read"], default="partial")
    index = pd.MultiIndex.from_frame(selection.series.drop(columns="level"))
    matrix = np.append(status, "missing")[places].reshape(len(index), len(selection.years))
    return pd.DataFrame(matrix, index=index, columns=pd.Index(selection.years, name="report_year"), dtype="str")
