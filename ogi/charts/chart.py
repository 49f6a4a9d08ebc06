"""A chart as it leaves this package: a plain Plotly dict together with everything a reader needs beside the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

CONFIG: dict[str, Any] = {
    "displayModeBar": "hover",
    "displaylogo": False,
    "responsive": True,
    "toImageButtonOptions": {"format": "png", "scale": 2},
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "sendChartToCloud", "sendDataToCloud"],
    "plotlyServerURL": "",
}
"""Options for ``st.plotly_chart(config=…)``, the same for every chart.

Plotly shows a “share” button that sends the data to its cloud unless it is taken away: no number leaves this machine.
"""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart with its title, reading, alternative text and the data behind it.

    Attributes:
        figure: Plotly figure as a plain dict (``data``, ``layout``); its own title is empty, the page prints ``title``.
        title: Heading, without the unit.
        unit: Word of the unit in the language of the reader; empty where there is none.
        sentence: One sentence that reads the chart, computed from the same numbers.
        alt: Text for readers who do not see the picture.
        table: The data behind, columns labelled in the language of the reader; a missing number is ``<NA>``, never 0.
        filename: Stem for downloads, ASCII, without suffix.
        is_empty: Whether there was nothing to show; the figure then says why.
    """

    figure: dict[str, Any]
    title: str
    unit: str
    sentence: str
    alt: str
    table: pd.DataFrame
    filename: str
    is_empty: bool = False

    def csv(self) -> bytes:
        """Return the table as CSV in UTF-8 with byte-order mark, so that Excel shows Chinese.

        Text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers.
        """
        safe = self.table.map(_neutral)
        safe.columns = [_neutral(str(column)) for column in self.table.columns]
        return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _neutral(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
