"""A chart of a brief as a native chart of Office: PowerPoint draws it, Word takes its parts; the reader can edit the data."""

from __future__ import annotations

from typing import Any, NamedTuple

from pptx import Presentation
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Length, Pt

from ogi.brief.content import BriefChart

LATIN, CHINESE = "Arial", "微软雅黑"
_TYPES = {
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
}
_GREY = RGBColor(0x59, 0x59, 0x59)
_PALE = RGBColor(0xD9, 0xD9, 0xD9)
_FEW_LABELS = 16
"""Up to so many numbers stand at their bars; more would cover each other."""


class ChartParts(NamedTuple):
    """What another program of Office needs to hold the chart."""

    xml: bytes
    workbook: bytes
    """The data, as an embedded workbook."""
    relation: str
    """The id by which ``xml`` names the workbook."""


def draw_chart(shapes: Any, chart: BriefChart, place: tuple[Length, Length, Length, Length], *, points: float = 12) -> Chart:
    """Add a chart to the shapes of a slide and return it; gaps stay gaps.

    Args:
        shapes: of a slide.
        chart: the data.
        place: left, top, width, height.
        points: size of the text.
    """
    data = CategoryChartData(number_format="0.0" if chart.is_share else "#,##0")
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, series.values)
    drawn: Chart = shapes.add_chart(_TYPES[chart.shape], *place, data).chart
    _text(drawn, points)
    _axes(drawn, chart)
    _series(drawn, chart, points)
    drawn.has_title = False
    drawn.has_legend = len(chart.series) > 1
    if drawn.has_legend and drawn.legend is not None:
        drawn.legend.position = XL_LEGEND_POSITION.BOTTOM
        drawn.legend.include_in_layout = False
    return drawn


def parts_of(chart: BriefChart, *, points: float) -> ChartParts:
    """Return a chart as its parts, for a program that is not PowerPoint."""
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    drawn = draw_chart(slide.shapes, chart, (Emu(0), Emu(0), Emu(3_600_000), Emu(2_400_000)), points=points)
    part: Any = drawn.part
    no_frame = f"<c:spPr {nsdecls('c', 'a')}><a:ln><a:noFill/></a:ln></c:spPr>"
    part._element.find(qn("c:chart")).addnext(parse_xml(no_frame))
    relation = part._element.find(qn("c:externalData")).get(qn("r:id"))
    return ChartParts(part.blob, part.chart_workbook.xlsx_part.blob, relation)


def _text(drawn: Chart, points: float) -> None:
    drawn.font.size, drawn.font.name, drawn.font.color.rgb = Pt(points), LATIN, _GREY
    element: Any = drawn.font._element
    element.find(qn("a:latin")).addnext(parse_xml(f'<a:ea {nsdecls("a")} typeface="{CHINESE}"/>'))


def _axes(drawn: Chart, chart: BriefChart) -> None:
    values: Any = drawn.value_axis
    categories: Any = drawn.category_axis
    values.major_gridlines.format.line.color.rgb = _PALE
    values.format.line.fill.background()
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "#,##0", False
    if all((value or 0) >= 0 for series in chart.series for value in series.values):
        values.minimum_scale = 0
    categories.format.line.color.rgb = _PALE
    categories.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if chart.shape == "bars":
        categories.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        values.has_major_gridlines = False


def _series(drawn: Chart, chart: BriefChart, points: float) -> None:
    plot: Any = drawn.plots[0]
    if chart.shape != "line":
        plot.gap_width = 60
        plot.overlap = 100 if chart.shape == "stacked" else 0
    few = len(chart.series) * len(chart.categories) <= _FEW_LABELS
    for series, shown in zip(chart.series, plot.series, strict=True):
        colour = RGBColor.from_string(series.colour.removeprefix("#"))
        if chart.shape == "line":
            shown.smooth = False
            shown.format.line.color.rgb, shown.format.line.width = colour, Pt(2)
            shown.marker.format.fill.solid()
            shown.marker.format.fill.fore_color.rgb = colour
            shown.marker.format.line.color.rgb = colour
        else:
            shown.format.fill.solid()
            shown.format.fill.fore_color.rgb = colour
        if few and chart.shape != "stacked":
            labels = shown.data_labels
            labels.show_value, labels.number_format_is_linked = True, False
            labels.number_format = "0.0" if chart.is_share else "#,##0"
            labels.font.size = Pt(points - 1)
            labels.position = XL_LABEL_POSITION.ABOVE if chart.shape == "line" else XL_LABEL_POSITION.OUTSIDE_END
