"""A chart as it leaves this package: a plain Plotly dict together with everything a reader needs beside the picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from plotly.basedatatypes import BaseFigure

from ogi.spreadsheet import csv_of

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


class ReadyFigure(BaseFigure):
    """A figure that is taken as it is: nothing but its dict, which is not validated and copied once more at every drawing.

    Whoever takes a dict of Plotly builds every object of it to see whether it is valid (2 to 17 ms a chart, many times what
    making it costs) and then sends the very same dict. Our figures are validated by the tests. Only :meth:`to_dict` works.
    """

    def __init__(self, figure: dict[str, Any]) -> None:
        """Take a figure; it is shared, so do not change it."""
        self._ready = figure  # and no more: what the class above would prepare is not used

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as it was given."""
        return self._ready

    def __repr__(self) -> str:
        return f"ReadyFigure({len(self._ready['data'])} traces)"


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

    @property
    def drawing(self) -> ReadyFigure:
        """The figure for ``st.plotly_chart``, which would validate the plain dict again at every run."""
        return ReadyFigure(self.figure)

    def csv(self) -> bytes:
        """Return the table as CSV. Made only when called: give the method itself to a download button."""
        return csv_of(self.table)
