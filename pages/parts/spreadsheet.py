"""A table as CSV for a spreadsheet."""

from __future__ import annotations

import pandas as pd

from ogi.charts import Chart


def csv_of(table: pd.DataFrame) -> bytes:
    """Return the table in UTF-8 with byte-order mark, so that Excel shows Chinese, and safe against formulas."""
    return Chart(figure={}, title="", unit="", sentence="", alt="", table=table, filename="table").csv()
