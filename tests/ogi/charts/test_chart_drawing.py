"""A chart is handed to Plotly as it is, and that changes nothing of what is drawn."""

from __future__ import annotations

import json

import plotly.io
import pytest
from plotly.tools import return_figure_from_figure_or_data

from ogi import charts
from ogi.charts import Chart
from ogi.labels import Labels


@pytest.fixture
def chart(city_frame) -> Chart:
    return charts.outcomes_by_year(city_frame, labels=Labels("zh"))


def test_drawing_is_sent_like_the_validated_figure(chart: Chart) -> None:
    """What Streamlit does with a figure: the same JSON comes out of the short way and of the long one."""
    sent, validated = (
        json.loads(plotly.io.to_json(return_figure_from_figure_or_data(figure, validate_figure=True), validate=False))
        for figure in (chart.drawing, chart.figure)
    )
    assert sent == validated
    assert sent["data"][0]["x"] == [2022, 2023, 2024]


def test_drawing_is_not_validated_again(chart: Chart) -> None:
    assert return_figure_from_figure_or_data(chart.drawing, validate_figure=True) is chart.figure


def test_drawing_does_not_change_the_figure_it_is_made_of(chart: Chart) -> None:
    before = json.dumps(chart.figure)
    plotly.io.to_json(chart.drawing.to_dict(), validate=False)
    assert json.dumps(chart.figure) == before
