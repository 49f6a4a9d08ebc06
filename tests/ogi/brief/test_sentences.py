"""The rule-written text, sentence by sentence, against figures computed by hand.

The figures of 宿迁市 for 2023 and 2024 are those of the domain specification, section 12.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ogi.brief.sentences import (
    Past,
    absent_sentence,
    change_sentence,
    movers_sentence,
    peer_sentence,
    record_sentence,
    run_sentence,
)
from ogi.comparison.organ_grid import organ_grid
from ogi.facts import build_facts
from ogi.labels import Labels, messages
from ogi.library import entry_from
from ogi.report import OrganName, Report
from ogi.selection import Selection, select
from ogi.view import View

ZH, EN = Labels("zh"), Labels("en")
NEW, CLOSED = "applications.received.total", "applications.result_total.total"
RATE, REVIEW = "I04_grant_rate", "I23_review_corrected_rate"
MakeReport = Callable[..., Report]


def selected(*reports: Report, **view: object) -> Selection:
    entries = [entry_from(report, (), "published") for report in reports]
    return select(build_facts(entries, "published"), View(**view))  # type: ignore[arg-type]


def said(selection: Selection, key: str, labels: Labels = ZH, state: str = "") -> str:
    row = selection.headline([key]).to_dict("records")[0]
    return change_sentence(row, labels, who="某机关", state=state).text


def bureau(make_report: MakeReport, name: str, year: int, cells: dict[str, str], rest: str = "0") -> Report:
    return make_report(cells, year=year, organ=OrganName(name=name, level="city", kind="department"), scope="own", rest=rest)


def test_count_rises_in_its_unit_and_in_percent(suqian: MakeReport) -> None:
    """3525 − 3511 = 14; 14 / 3511 = 0.399 %."""
    shown = selected(suqian(2023), suqian(2024))
    assert said(shown, NEW) == "本年新收：2024年3,525件，比2023年的3,511件增加14件（+0.4%）。"
    assert said(shown, NEW, EN) == "New applications: 3,525 in 2024, 14 more than the 3,511 of 2023 (+0.4%)."


def test_count_falls(suqian: MakeReport) -> None:
    """170 − 440 = −270; 270 / 440 = 61.36 %."""
    assert said(selected(suqian(2023), suqian(2024)), "reconsideration.total").endswith(
        "2024年170件，比2023年的440件减少270件（−61.4%）。"
    )


def test_rate_changes_in_percentage_points_with_both_bases(suqian: MakeReport) -> None:
    """(1431 + 471) / 3521 = 54.02 %; (1191 + 328) / 3486 = 43.57 %; the difference is 10.44 points."""
    shown = selected(suqian(2023), suqian(2024))
    assert said(shown, RATE) == (
        "予以公开率（含部分公开）：2024年54.0%（1,902/3,521），比2023年的43.6%（1,519/3,486）上升10.4个百分点。"
    )
    assert "10.4 percentage points above the 43.6% (1,519 of 3,486) of 2023" in said(shown, RATE, EN)


def test_every_number_of_a_sentence_has_key_formula_and_year(suqian: MakeReport) -> None:
    row = selected(suqian(2023), suqian(2024)).headline([NEW]).to_dict("records")[0]
    numbers = change_sentence(row, ZH, who="宿迁市人民政府").numbers
    assert [(n.text, n.year, n.formula) for n in numbers] == [
        ("3,525件", 2024, ""),
        ("3,511件", 2023, ""),
        ("+14件", 2024, f"{NEW}[2024] - {NEW}[2023]"),
        ("+0.4%", 2024, f"({NEW}[2024] - {NEW}[2023]) / {NEW}[2023]"),
    ]


def test_small_earlier_figure_gives_no_percentage(make_report: MakeReport) -> None:
    shown = selected(bureau(make_report, "甲局", 2023, {NEW: "9"}), bureau(make_report, "甲局", 2024, {NEW: "12"}))
    assert said(shown, NEW) == "本年新收：2024年12件，比2023年的9件增加3件（上期不足10，不写百分比）。"


def test_base_below_ten_gives_counts_only(make_report: MakeReport) -> None:
    """Of 7 concluded reviews 3 were corrected."""
    cells = {"reconsideration.corrected": "3", "reconsideration.upheld": "4", "reconsideration.total": "7"}
    assert said(selected(bureau(make_report, "甲局", 2024, cells)), REVIEW) == ("复议纠正率：2024年3/7，基数不足10，只列件数。")


def test_base_of_nothing_is_not_computed(make_report: MakeReport) -> None:
    assert said(selected(bureau(make_report, "甲局", 2024, {})), REVIEW) == "复议纠正率：2024年基数为0，不计算。"


def test_base_of_ten_to_twenty_nine_is_marked(make_report: MakeReport) -> None:
    """12 of 24 and 10 of 40: 50 % against 25 %."""
    now = {"applications.granted.total": "12", CLOSED: "24"}
    before = {"applications.granted.total": "10", CLOSED: "40"}
    shown = selected(bureau(make_report, "甲局", 2023, before), bureau(make_report, "甲局", 2024, now))
    assert "50.0%（12/24，样本偏少），比2023年的25.0%（10/40）上升25.0个百分点" in said(shown, RATE)


def test_earlier_base_below_ten_is_not_compared(make_report: MakeReport) -> None:
    shown = selected(
        bureau(make_report, "甲局", 2023, {"applications.granted.total": "3", CLOSED: "6"}),
        bureau(make_report, "甲局", 2024, {"applications.granted.total": "30", CLOSED: "60"}),
    )
    assert said(shown, RATE).endswith("2024年50.0%（30/60）；本年或2023年基数不足10，不比较。")


def test_missing_number_is_said_with_its_reason(make_report: MakeReport) -> None:
    shown = selected(bureau(make_report, "甲局", 2024, {NEW: ""}, rest=""))
    assert said(shown, NEW, state="blank") == "本年新收：2024年没有数字（原文空白），不按0计。"


def test_year_without_report_before_it_is_not_compared(make_report: MakeReport) -> None:
    assert (
        said(selected(bureau(make_report, "甲局", 2024, {NEW: "5"})), NEW) == "本年新收：2024年5件；2023年没有可比数字，不比较。"
    )


def test_figure_of_another_form_is_compared_with_care_or_not_at_all(make_report: MakeReport) -> None:
    """其他处理 is one row in the form of 2019 and three in that of 2021: 20 → 30. A fee item is no amount of money."""
    other = "applications.other_all.total"
    old = make_report({"applications.other_handling.total": "20", "fees.items_prev": "4"}, edition="gf2019", year=2020)
    rows = {f"applications.other_{row}.total": "10" for row in ("no_correction", "fee_unpaid", "misc")}
    shown = selected(old, make_report({**rows, "fees.amount_wan_yuan": "3"}, year=2021))
    assert said(shown, other).endswith("2021年30件，比2020年的20件增加10件（+50.0%）（两年格式不同，谨慎比较）。")
    assert said(shown, "fees.amount_wan_yuan").endswith("2021年3万元；2020年没有可比数字，不比较。")
    row = shown.headline(["fees.amount_wan_yuan"]).to_dict("records")[0] | {"reason": "not_comparable"}
    assert change_sentence(row, ZH, who="某机关").text.endswith("2021年3万元；与2020年口径不同，不比较。")


def test_sum_is_compared_over_the_agencies_of_both_years(make_report: MakeReport) -> None:
    """2024: 30 + 100; only 甲局 reported in 2023 (20)."""
    shown = selected(
        bureau(make_report, "甲局", 2023, {NEW: "20"}),
        bureau(make_report, "甲局", 2024, {NEW: "30"}),
        bureau(make_report, "乙局", 2024, {NEW: "100"}),
    )
    assert said(shown, NEW) == (
        "本年新收：2024年130件（2/2个机关有数）；两年都有可比数字的1个机关为30件，比2023年的20件增加10件（+50.0%）。"
    )


def test_same_number_is_no_change(make_report: MakeReport) -> None:
    shown = selected(bureau(make_report, "甲局", 2023, {NEW: "20"}), bureau(make_report, "甲局", 2024, {NEW: "20"}))
    assert said(shown, NEW) == "本年新收：2024年20件，与2023年相同。"


def test_change_that_would_be_printed_as_zero_is_named(make_report: MakeReport) -> None:
    """5000 / 10000 and 5001 / 10000 differ by 0.01 points; 10001 is 0.01 % more than 10000."""
    before, now = (
        bureau(make_report, "甲局", year, {"applications.granted.total": granted, CLOSED: "10000", NEW: new})
        for year, granted, new in ((2023, "5000", "10000"), (2024, "5001", "10001"))
    )
    assert "上升不到0.05个百分点" in said(selected(before, now), RATE)
    assert "增加1件（变动不到0.05%）" in said(selected(before, now), NEW)


def test_largest_of_four_years_is_named_with_the_next() -> None:
    past = [Past(2021, 10), Past(2022, 30), Past(2023, 20), Past(2024, 40)]
    found = record_sentence(NEW, past, ZH, who="甲局")
    assert found is not None
    assert found.text == "本年新收：2024年40件，是2021年以来4个可比年份中最多的；其次是2022年的30件。"


def test_smallest_is_named_and_a_shared_one_is_not() -> None:
    least = [Past(2021, 10), Past(2022, 30), Past(2023, 20), Past(2024, 9)]
    found = record_sentence(NEW, least, ZH, who="甲局")
    assert found is not None
    assert "最少的；其次是2021年的10件" in found.text
    assert record_sentence(NEW, [*least[:3], Past(2024, 10)], ZH, who="甲局") is None
    assert record_sentence(NEW, least[1:], ZH, who="甲局") is None


def test_rate_on_a_small_base_is_no_record() -> None:
    past = [Past(2021, 10, 10, 100), Past(2022, 20, 20, 100), Past(2023, 30, 30, 100), Past(2024, 50, 10, 20)]
    assert record_sentence(RATE, past, ZH, who="甲局") is None
    found = record_sentence(RATE, [*past[:3], Past(2024, 50, 50, 100)], ZH, who="甲局")
    assert found is not None
    assert "4个基数满30的可比年份中最高的；其次是2023年的30.0%（30/100）" in found.text


def test_three_rises_in_a_row_are_a_run_and_a_gap_ends_it() -> None:
    past = [Past(2021, 1), Past(2022, 2), Past(2023, 3), Past(2024, 5)]
    found = run_sentence(NEW, past, ZH, who="甲局")
    assert found is not None
    assert found.text == "本年新收：连续3年上升：2021年1件 → 2022年2件 → 2023年3件 → 2024年5件。"
    assert run_sentence(NEW, [Past(2020, 1), *past[1:]], ZH, who="甲局") is None
    assert run_sentence(NEW, [*past[:2], Past(2023, 2), past[3]], ZH, who="甲局") is None


def test_falling_run_after_a_rise_counts_only_the_falls() -> None:
    past = [Past(2020, 1), Past(2021, 9), Past(2022, 8), Past(2023, 7), Past(2024, 6)]
    found = run_sentence(NEW, past, EN, who="x")
    assert found is not None
    assert found.text == "New applications: fell in each of the last 3 years: 9 in 2021 → 8 in 2022 → 7 in 2023 → 6 in 2024."


def among(make_report: MakeReport, cells: list[dict[str, str]]) -> Selection:
    return selected(*(bureau(make_report, f"{letter}局", 2024, own) for letter, own in zip("甲乙丙丁戊己", cells, strict=False)))


def test_first_of_five_peers_stands_out_with_the_median(make_report: MakeReport) -> None:
    shown = among(make_report, [{NEW: n} for n in ("90", "10", "20", "30", "40")])
    first = shown.series.set_index("organ_name")["organ_id"]
    found = peer_sentence(organ_grid(shown, NEW), first["甲局"], 2024, ZH)
    assert found is not None
    assert found.text == "本年新收：2024年90件，在有数字的5个同类机关（共5个）中由多到少排第1；中位数30件。"
    assert found.numbers[1].formula == f"median({NEW})"
    assert peer_sentence(organ_grid(shown, NEW), first["丙局"], 2024, ZH) is None


def test_peers_with_a_small_base_take_no_part_in_a_rate(make_report: MakeReport) -> None:
    """Five bureaus, one with 20 closed applications: four are left, too few for anybody to stand out."""
    cells = [{"applications.granted.total": "10", CLOSED: base} for base in ("100", "50", "40", "30", "20")]
    shown = among(make_report, cells)
    first = shown.series.set_index("organ_name")["organ_id"]
    assert peer_sentence(organ_grid(shown, RATE), first["甲局"], 2024, ZH) is None
    more = among(make_report, [*cells[:4], {"applications.granted.total": "20", CLOSED: "32"}])
    found = peer_sentence(organ_grid(more, RATE), first["甲局"], 2024, ZH)
    assert found is not None
    # 10 %, 20 %, 25 %, 33.3 %, 62.5 %
    assert "2024年10.0%（10/100），在基数满30的5个同类机关（共5个）中由高到低排第5；中位数25.0%" in found.text


def test_change_of_a_sum_is_told_by_agency(make_report: MakeReport) -> None:
    reports = [
        bureau(make_report, name, year, {NEW: n}, rest="" if not n else "0")
        for name, numbers in {"甲局": ("10", "50"), "乙局": ("30", "10"), "丙局": ("7", "")}.items()
        for year, n in zip((2023, 2024), numbers, strict=True)
    ]
    shown = selected(*reports)
    found = movers_sentence(organ_grid(shown, NEW, "change", 2023), 2024, 2023, ZH)
    assert found is not None
    assert found.text == "本年新收，2024年比2023年（2/3个机关可比）：增加最多的有甲局（+40件）；减少最多的有乙局（−20件）。"
    absent = absent_sentence(organ_grid(shown, NEW), 2024, ZH)
    assert absent is not None
    assert absent.text == "本年新收：2024年1/3个机关没有数字，不按0计：丙局（原文空白）。"


def test_changes_of_rates_are_not_ranked(suqian: MakeReport) -> None:
    with pytest.raises(ValueError, match="not ranked"):
        movers_sentence(organ_grid(selected(suqian(2023), suqian(2024)), RATE, "change", 2023), 2024, 2023, ZH)


def test_no_wording_praises_or_blames() -> None:
    chinese = ["显著", "明显", "大幅", "良好", "优秀", "较好", "较差", "突出", "可喜", "严重"]
    words = [*chinese, "significant", "remarkable", "excellent", "good", "poor", "bad", "sharp", "strong", "weak"]
    found = [
        (key, word)
        for key, texts in messages().items()
        if key.startswith(("brief.text.", "brief.number."))
        for word in words
        if word in f"{texts['zh']} {texts['en']}".lower()
    ]
    assert found == []
