"""What a point of a chart stands for, and what stands out in the other charts of a page."""

from __future__ import annotations

import pytest

from ogi.charts.clicks import emphasised, stands_for
from ogi.comparison.cells_behind import cells_behind


def test_points_tell_organ_and_year() -> None:
    assert stands_for(organs=("oa", "ob"), years=2024) == {"meta": {"organs": ["oa", "ob"], "years": 2024}}
    assert stands_for(years=(2023, 2024)) == {"meta": {"organs": None, "years": [2023, 2024]}}


def figure() -> dict:
    line = {"type": "scatter", "x": [2023, 2024], "line": {"width": 2}, **stands_for(organs="oa", years=(2023, 2024))}
    bars = {"type": "bar", "marker": {"color": "#123456"}, **stands_for(organs=("oa", "ob"), years=2024)}
    return {"data": [line, bars], "layout": {"xaxis": {"tickvals": [2023, 2024]}, "xaxis2": {"tickvals": [0, 1]}}}


def test_year_chosen_elsewhere_lies_on_a_band_of_the_axis_that_has_it() -> None:
    shapes = emphasised(figure(), None, 2024)["layout"]["shapes"]
    assert [(shape["xref"], shape["x0"], shape["x1"]) for shape in shapes] == [("x", 2023.5, 2024.5)]
    assert "shapes" not in emphasised(figure(), None, 2019)["layout"]


def test_organ_chosen_elsewhere_has_a_thick_line_and_a_framed_bar() -> None:
    found = emphasised(figure(), "oa", None)["data"]
    assert found[0]["line"]["width"] == 4
    assert found[1]["marker"]["line"]["width"] == [2.5, 0]
    assert emphasised(figure(), "ob", None)["data"][0]["line"]["width"] == 2


def test_figure_given_stays_as_it_is() -> None:
    before = figure()
    emphasised(before, "oa", 2024)
    assert before == figure()


@pytest.mark.parametrize(
    ("key", "cells"),
    [
        ("rules.issued", ("rules.issued",)),
        ("litigation_all.total", ("litigation_direct.total", "litigation_after_reconsideration.total")),
        ("I05_full_grant_rate", ("applications.granted.total", "applications.result_total.total")),
        (
            "I21_lit_per100",
            ("litigation_direct.total", "litigation_after_reconsideration.total", "applications.result_total.total"),
        ),
    ],
)
def test_figure_leads_to_the_cells_it_is_made_of(key: str, cells: tuple[str, ...]) -> None:
    assert cells_behind(key) == cells


def test_heat_map_frames_the_row_of_the_agency_and_the_column_of_the_year() -> None:
    heat = {"type": "heatmap", **stands_for(organs=("oa", "ob"), years=(2023, 2024))}
    shapes = emphasised({"data": [heat], "layout": {}}, "ob", 2023)["layout"]["shapes"]
    assert [(shape["x0"], shape["x1"], shape["y0"], shape["y1"]) for shape in shapes] == [(0, 1, 0.5, 1.5), (-0.5, 0.5, 0, 1)]
