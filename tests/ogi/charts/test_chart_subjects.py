"""Streams of applications and grounds for denial over years. Numbers of 宿迁市, taken from its reports."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from ogi.charts import flow, grounds_by_year, keys
from ogi.charts.agencies import years_heat
from ogi.comparison.organ_grid import organ_grid
from ogi.facts import build_facts
from ogi.labels import Labels
from ogi.library import entry_from
from ogi.selection import select
from ogi.view import View

RECEIVED, CARRIED_IN, GRANTED = 3525, 121, 1431


def test_streams_carry_the_numbers_of_the_waterfall(city_frame) -> None:
    chart = flow(city_frame, labels=Labels("zh"), year=2024, as_streams=True)
    go.Figure(**chart.figure)
    trace = chart.figure["data"][0]
    by_name = dict(zip(trace["link"]["customdata"], trace["link"]["value"], strict=True))
    assert by_name["本年新收 3,525"] == RECEIVED
    assert by_name["上年结转 121"] == CARRIED_IN
    assert by_name["予以公开 1,431"] == GRANTED
    assert trace["node"]["label"][-1] == "应办 3,646"
    into = sum(v for v, target in zip(trace["link"]["value"], trace["link"]["target"], strict=True) if target == len(by_name))
    assert into == RECEIVED + CARRIED_IN
    assert sum(trace["link"]["value"]) - into == into  # what is due goes somewhere: the form adds up


def test_step_without_a_number_has_no_stream_and_is_named(city_frame, city_cells, make_frame) -> None:
    cells = {**city_cells[1], "applications.carried_in.total": None}
    chart = flow(make_frame({("宿迁市", 2024): cells}), labels=Labels("zh"), year=2024, as_streams=True)
    assert not any(name.startswith("上年结转") for name in chart.figure["data"][0]["link"]["customdata"])
    assert "上年结转" in chart.figure["layout"]["annotations"][0]["text"]


def test_grounds_stand_by_year_with_counts_as_text_and_shares_as_colour(city_frame) -> None:
    chart = grounds_by_year(city_frame, labels=Labels("zh"))
    go.Figure(**chart.figure)
    trace = chart.figure["data"][0]
    row = trace["y"].index("第三方合法权益")
    assert trace["x"] == ["2022", "2023", "2024"]
    assert trace["text"][row] == ["–", "38", "17"]
    assert trace["z"][row] == [-1, pytest.approx(100 * 38 / 142, abs=0.01), pytest.approx(100 * 17 / 92, abs=0.01)]
    assert (
        chart.table.loc[chart.table["报告年度"] == 2022].drop(columns="报告年度").select_dtypes(["Int64"]).isna().all(axis=None)
    )


def test_year_with_few_denials_has_counts_and_no_colour(make_frame) -> None:
    cells = dict.fromkeys(keys.grounds(), 0) | {"applications.denied_third_party.total": 4, "applications.denied_all.total": 4}
    trace = grounds_by_year(make_frame({("甲局", 2024): cells}), labels=Labels("zh")).figure["data"][0]
    assert {z for row in trace["z"] for z in row} == {-1}
    assert trace["text"][trace["y"].index("第三方合法权益")] == ["4"]


def test_year_in_which_an_organ_lacks_numbers_carries_an_asterisk_and_is_said(make_frame) -> None:
    whole = dict.fromkeys(keys.grounds(), 2) | {"applications.denied_all.total": 16}
    part = {**whole, "applications.denied_third_party.total": None}
    chart = grounds_by_year(make_frame({("甲局", 2024): whole, ("乙局", 2024): part}), labels=Labels("zh"))
    assert chart.figure["data"][0]["x"] == ["2024*"]
    assert "2024" in chart.sentence


def test_heat_map_over_years_marks_changes_of_law_between_their_years(make_report) -> None:
    reports = [make_report({"reconsideration.total": "5"}, year=year, scope="own") for year in (2023, 2024)]
    entries = [entry_from(report, (), "fictional", organ_name="示例市教育局") for report in reports]
    grid = organ_grid(select(build_facts(entries, "fictional"), View()), "reconsideration.total")
    chart = years_heat(grid, labels=Labels("zh"))
    assert [(line["x0"], line["line"]["dash"]) for line in chart.figure["layout"]["shapes"]] == [(0.5, "dash")]
    assert "2024年：新《行政复议法》施行" in chart.sentence
