"""The figures of a shared view as a table for spreadsheets."""

from __future__ import annotations

import pandas as pd

from ogi.labels import Labels
from ogi.shares.content import Content
from ogi.spreadsheet import csv_of


def figures_csv(content: Content) -> bytes:
    """Return every figure shown: where, what, of which year or organ, the number and its unit; a gap stays empty."""
    labels = Labels(content.lang)
    head, year = labels("overview.headline", year=content.year or ""), str(content.year or "")
    rows = [(head, figure.name, year, figure.value, "", figure.text, figure.change) for figure in content.figures]
    rows += [
        (drawing.title, one.name, label, value, drawing.unit, "", "")
        for drawing in content.drawings
        for one in drawing.series
        for label, value in zip(drawing.labels, one.values, strict=True)
    ]
    names = ("part", "figure", "of", "value", "unit", "text", "change")
    return csv_of(pd.DataFrame(rows, columns=pd.Index([labels(f"share.csv.{name}") for name in names])))
