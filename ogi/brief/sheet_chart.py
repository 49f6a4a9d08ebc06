"""A chart of a brief in a worksheet: its data as cells with their keys in comments, and a native chart drawn of them."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from ogi.brief.content import BriefChart
from ogi.brief.number import formula_of
from ogi.exchange.book import put
from ogi.labels import Labels

_WIDTH, _HEIGHT = 20.0, 8.5
"""Centimetres."""
_ROWS = 20
"""Rows a chart covers, its data not counted."""


def add_chart(sheet: Worksheet, row: int, chart: BriefChart, labels: Labels) -> int:
    """Write the data of a chart from ``row`` on, draw the chart below, and return the next free row; a gap is an empty cell."""
    title = sheet.cell(row, 1, put(sheet, f"{chart.title} ({chart.unit})" if chart.unit else chart.title))
    title.font = Font(bold=True, size=12)
    head = row + 1
    sheet.cell(head, 1, put(sheet, labels("brief.page.year") if chart.shape != "bars" else labels("brief.page.who"))).font = Font(
        bold=True
    )
    for place, series in enumerate(chart.series, 2):
        cell = sheet.cell(head, place, put(sheet, series.name))
        cell.font = Font(bold=True)
        cell.comment = key_comment(series.key, formula_of(series.key), labels)
    for line, category in enumerate(chart.categories, head + 1):
        sheet.cell(line, 1, put(sheet, category))
        for place, series in enumerate(chart.series, 2):
            cell = sheet.cell(line, place, series.values[line - head - 1])
            cell.number_format = "0.0" if chart.is_share else "#,##0.####"
            if cell.value is not None:
                cell.comment = key_comment(series.key, formula_of(series.key), labels)
    last = head + len(chart.categories)
    if chart.note:
        sheet.cell(last + 1, 1, put(sheet, chart.note)).font = Font(italic=True, color="FF595959")
    sheet.add_chart(_drawn(sheet, chart, head, last), f"A{last + 3}")
    return last + 3 + _ROWS


def key_comment(key: str, formula: str, labels: Labels, more: str = "") -> Comment:
    """Return the comment of a cell: key, formula, and what else there is to say."""
    lines = [
        f"{labels('brief.page.key')}: {key}",
        f"{labels('brief.page.formula')}: {formula or labels('brief.page.as_printed')}",
    ]
    text = "\n".join([*lines, *([more] if more else [])])
    return Comment(text, "ogi", width=340, height=40 + 16 * (1 + len(text) // 45))


def _drawn(sheet: Worksheet, chart: BriefChart, head: int, last: int) -> Any:
    drawn: Any = LineChart() if chart.shape == "line" else BarChart()
    if chart.shape != "line":
        drawn.type = "bar" if chart.shape == "bars" else "col"
        drawn.grouping = "stacked" if chart.shape == "stacked" else "clustered"
        drawn.overlap = 100 if chart.shape == "stacked" else 0
        drawn.gapWidth = 60
    drawn.add_data(Reference(sheet, min_col=2, max_col=1 + len(chart.series), min_row=head, max_row=last), titles_from_data=True)
    drawn.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=last))
    drawn.title, drawn.width, drawn.height = None, _WIDTH, _HEIGHT
    drawn.x_axis.delete = drawn.y_axis.delete = False
    drawn.y_axis.scaling.min, drawn.y_axis.number_format = 0, "#,##0"
    drawn.display_blanks = "gap"
    if chart.shape == "bars":
        drawn.x_axis.scaling.orientation = "maxMin"
    if len(chart.series) > 1:
        drawn.legend.position = "b"
    else:
        drawn.legend = None
    for series, shown in zip(chart.series, drawn.series, strict=True):
        colour = series.colour.removeprefix("#")
        if chart.shape == "line":
            shown.graphicalProperties.line.solidFill, shown.smooth = colour, False
            shown.marker.symbol, shown.marker.size = "circle", 6
            shown.marker.graphicalProperties.solidFill = colour
        else:
            shown.graphicalProperties.solidFill = colour
    return drawn
