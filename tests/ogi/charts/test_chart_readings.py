"""What single charts must get right, with numbers worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from ogi import charts
from ogi.charts import keys
from ogi.labels import Labels

ZH = Labels("zh")


def trace_of(chart: charts.Chart, name: str) -> dict:
    return next(trace for trace in chart.figure["data"] if trace["name"] == name)


def year_ticks(chart: charts.Chart, axis: str = "xaxis") -> list[str]:
    return chart.figure["layout"][axis]["ticktext"]


def disputes(total: int | None, corrected: int | None, pending: int | None, block: str = "reconsideration") -> dict:
    return {f"{block}.total": total, f"{block}.corrected": corrected, f"{block}.pending": pending}


def test_flow_ends_at_what_is_carried_over(city_frame) -> None:
    bars = charts.flow(city_frame, labels=ZH, year=2024).figure["data"][0]
    assert bars["x"] == [3525, 121, 1431, 471, 92, 941, 117, 469, 125]
    assert bars["base"] == [0, 3525, 2215, 1744, 1652, 711, 594, 125, 0]


def test_flow_says_when_the_two_sides_differ(make_frame, city_cells) -> None:
    chart = charts.flow(make_frame({("市", 2023): city_cells[0]}), labels=ZH, year=2023)
    assert "相差" not in chart.sentence
    wrong = make_frame({("市", 2023): city_cells[0] | {"applications.carried_over.total": 120}})
    assert "两边相差1件" in charts.flow(wrong, labels=ZH, year=2023).sentence


def test_flow_of_an_incomplete_table_draws_only_what_was_read(make_frame) -> None:
    cells = {"applications.carried_over.total": 0, "applications.result_total.total": 1, "applications.received.total": None}
    chart = charts.flow(make_frame({("局", 2020): cells}), labels=ZH, year=2020)
    assert chart.figure["data"][0]["x"] == [None] * 8 + [0]
    assert "不完整" in chart.sentence
    assert "本年新收" in chart.sentence
    assert len(chart.table["件数"].dropna()) == 2


def test_flow_adds_only_organs_with_every_number(make_frame, city_cells) -> None:
    part = city_cells[0] | {"applications.granted.total": None}
    chart = charts.flow(make_frame({("甲", 2023): city_cells[0], ("乙", 2023): part}), labels=ZH, year=2023)
    assert chart.figure["data"][0]["x"][0] == 3511
    assert "只含2个机关中的1个" in chart.sentence


def test_shares_are_of_the_reported_total(city_frame) -> None:
    chart = charts.outcomes_by_year(city_frame, labels=ZH, basis="share")
    assert trace_of(chart, "予以公开")["y"] == [None, pytest.approx(34.1652, abs=1e-4), pytest.approx(40.6419, abs=1e-4)]
    assert chart.figure["layout"]["yaxis"]["ticksuffix"] == "%"
    assert year_ticks(chart) == ["2022<br>缺", "2023<br>3,486", "2024<br>3,521"]


def test_small_bases_show_counts_only_or_pale_bars(make_frame) -> None:
    rows = ("granted", "partially_granted", "denied_all", "unable_all", "not_processed_all", "other_all")

    def answered(number: int) -> dict[str, int]:
        cells = {f"applications.{row}.total": 0 for row in rows}
        return cells | {"applications.granted.total": number, "applications.result_total.total": number}

    frame = make_frame({("甲", 2022): answered(9), ("甲", 2023): answered(10), ("甲", 2024): answered(30)})
    chart = charts.outcomes_by_year(frame, labels=ZH, basis="share")
    granted = trace_of(chart, "予以公开")
    assert granted["y"] == [None, 100.0, 100.0]
    assert granted["marker"]["opacity"][1] < granted["marker"]["opacity"][2] == 1.0
    assert "2022年基数不足10件" in chart.sentence
    assert "2023年基数为10至29件，样本偏少" in chart.sentence


def test_incomplete_year_is_hatched_starred_and_said(make_frame, city_cells) -> None:
    frame = make_frame({("甲", 2023): city_cells[0], ("甲", 2024): city_cells[1], ("乙", 2024): city_cells[1]})
    chart = charts.outcomes_by_year(frame, labels=ZH)
    assert trace_of(chart, "予以公开")["marker"]["pattern"]["shape"] == ["/", ""]
    assert year_ticks(chart)[0].startswith("2023*")
    assert "2023年1/2个机关" in chart.sentence
    assert chart.table["有数字的机关"].tolist() == ["1/2", "2/2"]


def test_grounds_are_ordered_and_carry_shares_from_a_base_of_ten(make_frame, city_frame) -> None:
    chart = charts.denial_grounds(city_frame, labels=ZH, year=2023)
    bars = chart.figure["data"][0]
    assert bars["y"][0] == "第三方合法权益"
    assert bars["x"] == [38, 27, 21, 21, 20, 9, 6, 0]
    assert bars["text"][0] == "38 (26.8%)"
    few = make_frame({("甲", 2023): dict.fromkeys(keys.grounds()[:-1], 1)})
    assert charts.denial_grounds(few, labels=ZH, year=2023).figure["data"][0]["text"][0] == "1"


def test_ground_without_a_number_has_no_bar_and_no_share(make_frame, city_cells) -> None:
    cells = city_cells[0] | {"applications.denied_state_secret.total": None}
    chart = charts.denial_grounds(make_frame({("甲", 2023): cells}), labels=ZH, year=2023)
    assert chart.figure["data"][0]["x"][-1] is None
    assert chart.figure["data"][0]["text"][0] == "38"
    assert any("缺" in note["text"] for note in chart.figure["layout"]["annotations"])


def test_documents_of_two_editions_are_separate_lines(make_frame, city_cells) -> None:
    kind = "normative_documents"
    old = make_frame({("甲", 2020): {f"{kind}.newly_made": 20, f"{kind}.published_total": 300}}, edition="gf2019")
    chart = charts.documents_by_year(pd.concat([old, make_frame({("甲", 2021): city_cells[0]})]), labels=ZH)
    assert trace_of(chart, "对外公开总数")["y"] == [300, None]
    assert trace_of(chart, "现行有效")["y"] == [None, 597]
    assert trace_of(chart, "本年新制作")["y"] == [20, None]
    assert trace_of(chart, "本年制发")["y"] == [None, 109]
    assert "不相连" in chart.sentence
    assert "*" not in "".join(year_ticks(chart))
    assert [shape["x0"] for shape in chart.figure["layout"]["shapes"]] == [2020.5]


def test_year_whose_form_asks_no_amount_is_told_from_a_missing_one(make_frame) -> None:
    old = make_frame({("甲", 2020): {"fees.items_prev": 4}}, edition="gf2019")
    new = make_frame({("甲", 2021): {"fees.amount_wan_yuan": None}, ("甲", 2022): {"fees.amount_wan_yuan": 1.5}})
    chart = charts.fees_by_year(pd.concat([old, new]), labels=ZH)
    assert chart.figure["data"][0]["y"] == [None, None, 1.5]
    assert year_ticks(chart) == ["2020<br>没有金额", "2021<br>缺", "2022"]
    assert "2020年的格式只填项目数，没有金额" in chart.sentence
    assert "2022年收费1.5万元" in chart.sentence


def test_correction_rate_follows_the_rules_of_the_base(make_frame) -> None:
    reports = {
        ("甲", 2021): disputes(10, 1, 1),
        ("甲", 2022): disputes(31, 3, 2),
        ("甲", 2023): disputes(440, 17, 26),
        ("甲", 2024): disputes(170, 18, None),
    }
    chart = charts.correction_rate(make_frame(reports), labels=ZH)
    (line,) = chart.figure["data"]
    assert line["y"] == [None, pytest.approx(10.3448, abs=1e-4), pytest.approx(4.1063, abs=1e-4), None]
    assert line["marker"]["symbol"][1:3] == ["circle-open", "circle"]
    assert [note["text"] for note in chart.figure["layout"]["annotations"][:3]] == ["1/9", "3/29", "17/414"]
    assert chart.table["说明"].tolist() == ["基数不足10，不算比例", "样本偏少", "", "缺"]
    assert "2023年审结414件，结果纠正17件，纠正率4.1%" in chart.sentence


def test_blocks_have_their_own_axes(city_frame) -> None:
    chart = charts.dispute_blocks(city_frame, labels=ZH)
    upheld = [trace for trace in chart.figure["data"] if trace["name"] == "结果维持"]
    assert [trace["y"] for trace in upheld] == [[None, 309, 88], [None, 1, 7], [None, 13, 33]]
    assert [trace["yaxis"] for trace in upheld] == ["y", "y2", "y3"]
    assert [trace["showlegend"] for trace in upheld] == [True, False, False]


def test_ranking_lists_missing_organs_without_rank_and_does_not_draw_them(make_frame) -> None:
    key = "applications.received.total"
    frame = make_frame({("甲", 2024): {key: 3}, ("乙", 2024): {key: None}, ("丙", 2024): {key: 7}, ("丁", 2024): {key: 3}})
    chart = charts.ranking(frame, labels=ZH, key=key, year=2024)
    assert chart.figure["data"][0]["x"] == [7, 3, 3]
    assert chart.table["机关"].tolist() == ["丙", "丁", "甲", "乙"]
    assert chart.table["位次"].tolist()[:3] == [1, 2, 2]
    assert chart.table.iloc[3, [0, 2]].isna().all()
    assert "1个机关缺数字" in chart.sentence


def test_ranking_of_rates_has_intervals_and_dots_hollow_where_the_base_is_small(make_frame) -> None:
    """Wilson's 95 % interval of 50/100 is 40.38–59.62 %, that of 5/20 11.19–46.87 %."""
    key = "I05_full_grant_rate"
    frame = make_frame({("甲", 2024): {key: 0.5}, ("乙", 2024): {key: 0.25}, ("丙", 2024): {key: None}})
    frame["numerator"], frame["denominator"] = [50, 5, 1], [100, 20, 4]
    chart = charts.ranking(frame, labels=ZH, key=key, year=2024)
    lines, texts, dots = chart.figure["data"]
    assert lines["x"] == [40.38, 59.62, None, 11.19, 46.87, None]
    assert chart.table["95%区间上限（%）"].tolist()[:2] == ["59.62", "46.87"]
    assert texts["x"] == [59.62, 46.87]
    assert dots["x"] == [50, 25]
    assert dots["marker"]["symbol"] == ["circle", "circle-open"]
    assert texts["text"] == ["50.0% (n=100)", "25.0% (n=20)"]
    assert chart.unit == "%"
    assert chart.table["说明"].tolist() == ["", "样本偏少", "基数不足10，不算比例"]


def test_trend_keeps_gaps_and_names_lines_without_their_common_place(make_frame) -> None:
    key = "applications.received.total"
    frame = make_frame({("示例市财政局", 2021): {key: 4}, ("示例市财政局", 2023): {key: 0}, ("示例市公安局", 2022): {key: 8}})
    chart = charts.trend(frame, labels=ZH, key=key)
    assert trace_of(chart, "示例市财政局")["y"] == [4, None, 0]
    ends = [note["text"].rsplit(" ", 1)[-1] for note in chart.figure["layout"]["annotations"]]
    assert sorted(ends) == ["公安局", "财政局"]
    assert "缺3个数字" in chart.sentence


def test_trend_of_many_organs_is_one_trace_with_gaps_and_their_median(make_frame) -> None:
    key = "applications.received.total"
    frame = make_frame({(f"局{place}", year): {key: place} for place in range(9) for year in (2022, 2023)})
    chart = charts.trend(frame, labels=ZH, key=key)
    everyone, middle = chart.figure["data"]
    assert everyone["y"][:4] == [0, 0, None, 1]
    assert middle["y"] == [4, 4]
    assert chart.table.shape == (2, 11)


def test_breaks_given_by_the_page_replace_those_of_the_dictionary(city_frame) -> None:
    none = charts.correction_rate(city_frame, labels=ZH, breaks=())
    assert "shapes" not in none.figure["layout"]
    own = charts.correction_rate(city_frame, labels=ZH, breaks=[(2023, "机构改革"), (2019, "早"), (2030, "晚")])
    assert [shape["x0"] for shape in own.figure["layout"]["shapes"]] == [2022.5]
    assert "机构改革" in own.alt
    law = charts.correction_rate(city_frame, labels=ZH)
    assert [shape["x0"] for shape in law.figure["layout"]["shapes"]] == [2023.5]


def test_coverage_shows_status_by_symbol_and_colour() -> None:
    index = pd.MultiIndex.from_tuples([("a", "own", "甲"), ("b", "own", "乙")], names=["organ_id", "scope", "organ_name"])
    frame = pd.DataFrame([["read", "missing"], ["partial", "unreadable"]], index=index, columns=[2023, 2024])
    chart = charts.coverage_matrix(frame, labels=ZH)
    (heat,) = chart.figure["data"]
    assert heat["text"] == [["✓", "–"], ["◐", "✕"]]
    assert heat["z"] == [[0, 3], [1, 2]]
    assert chart.table.values.tolist() == [["甲", "完整读取", "没有报告"], ["乙", "部分读取", "没有数字"]]
    assert "应有" not in chart.sentence  # nobody knows that each organ had to report in each year
    assert "1格没有报告" in chart.sentence
    assert chart.sentence.startswith("2个机关 × 2个年度")
    taller = charts.coverage_matrix(pd.concat([frame] * 5), labels=ZH)
    assert taller.figure["layout"]["height"] > chart.figure["layout"]["height"]


def test_coverage_counts_an_organ_with_two_scopes_once() -> None:
    pairs = [("a", "own", "甲"), ("a", "region_total", "甲（本地区汇总）"), ("b", "own", "乙")]
    index = pd.MultiIndex.from_tuples(pairs, names=["organ_id", "scope", "organ_name"])
    chart = charts.coverage_matrix(pd.DataFrame([["read"]] * 3, index=index, columns=[2024]), labels=ZH)
    assert chart.sentence.startswith("2个机关（本级与汇总分列，共3行） × 1个年度：完整读取3份")


def test_keys_are_those_the_charts_read(make_frame, city_cells) -> None:
    wanted = {key: city_cells[1].get(key, 1) for key in keys.outcomes("natural_person")}
    chart = charts.outcomes_by_year(make_frame({("甲", 2024): wanted}), labels=ZH, applicant="natural_person")
    assert trace_of(chart, "予以公开")["y"] == [1408]
    assert "自然人" in chart.title


def test_change_is_not_told_against_a_year_that_holds_other_organs(make_frame) -> None:
    key = "penalty.decisions"
    whole = {("甲", 2023): {key: 5}, ("乙", 2023): {key: 5}, ("甲", 2024): {key: 9}, ("乙", 2024): {key: 9}}
    told = charts.decisions_by_year(make_frame(whole), labels=ZH, decision="penalty").sentence
    assert "18件，比2023年增加8件" in told
    part = charts.decisions_by_year(make_frame(whole | {("乙", 2023): {key: None}}), labels=ZH, decision="penalty").sentence
    assert "18件。" in part
    assert "增加" not in part


def test_change_is_not_told_across_a_break(make_frame) -> None:
    frame = make_frame({("甲", 2020): {"penalty.decisions": 3}, ("甲", 2021): {"penalty.decisions": 90}})
    chart = charts.decisions_by_year(frame, labels=ZH, decision="penalty")
    assert "增加" not in chart.sentence
    assert "对比需谨慎" in chart.sentence


def test_break_beside_decisions_is_told_to_who_cannot_see_it(make_frame) -> None:
    frame = make_frame({("甲", 2020): {"licensing.decisions": 3}, ("甲", 2021): {"licensing.decisions": 90}})
    chart = charts.decisions_by_year(frame, labels=ZH)
    assert "2021年" in chart.alt.removeprefix(f"图：{chart.title}。{chart.sentence}")
    assert len(chart.figure["layout"]["shapes"]) == 1


def test_many_incomplete_years_are_told_as_a_range(make_frame) -> None:
    reports = {("甲", year): {"penalty.decisions": 1} for year in range(2021, 2026)} | {("乙", 2020): {"penalty.decisions": 1}}
    sentence = charts.decisions_by_year(make_frame(reports), labels=ZH, decision="penalty").sentence
    assert "2个机关中只有1个有数字" in sentence
