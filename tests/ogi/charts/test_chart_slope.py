"""Two years and what lies between them."""

from __future__ import annotations

from ogi.charts import flow, outcome_slope, same_scale
from ogi.labels import Labels

ZH = Labels("zh")


def test_outcome_without_a_number_in_one_year_has_no_line(make_frame, city_cells) -> None:
    blank = {**city_cells[1], "applications.granted.total": None}
    frame = make_frame({("宿迁市", 2023): city_cells[0], ("宿迁市", 2024): blank})
    chart = outcome_slope(frame, labels=ZH, pair=(2023, 2024))
    assert [trace["y"][1] for trace in chart.figure["data"]] == [None] * 6  # no organ has every outcome of 2024
    assert "至少一年数字不全" in chart.sentence


def test_share_of_fewer_than_ten_is_not_drawn(make_frame) -> None:
    rows = ("granted", "partially_granted", "denied_all", "unable_all", "not_processed_all", "other_all")
    cells = {f"applications.{row}.total": 1 for row in rows} | {"applications.result_total.total": 6}
    chart = outcome_slope(make_frame({("甲", 2023): cells, ("甲", 2024): cells}), labels=ZH, pair=(2023, 2024), basis="share")
    assert chart.is_empty
    assert "基数不足10件" in chart.sentence


def test_sums_of_different_agencies_are_not_called_a_change_of_the_same(make_frame, city_cells) -> None:
    frame = make_frame({("甲", 2023): city_cells[0], ("甲", 2024): city_cells[1], ("乙", 2024): city_cells[1]})
    assert "2023年含1个机关，2024年含2个机关" in outcome_slope(frame, labels=ZH, pair=(2023, 2024)).sentence


def test_flows_side_by_side_have_one_scale(make_frame, city_cells) -> None:
    small = {key: None if number is None else number // 10 for key, number in city_cells[0].items()}
    frame = make_frame({("甲", 2023): small, ("甲", 2024): city_cells[1]})
    charts = same_scale([flow(frame, labels=ZH, year=year) for year in (2023, 2024)])
    ranges = [chart.figure["layout"]["xaxis"]["range"][1] for chart in charts]
    assert ranges[0] == ranges[1] >= 3646  # 3525 received and 121 carried in
