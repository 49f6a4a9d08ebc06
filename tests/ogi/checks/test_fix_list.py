"""The list a clerk works through: one item for one slip, and what is left of it after the draft was mended."""

from __future__ import annotations

from msgspec import structs

from ogi.checks import check_report
from ogi.checks.fix_list import FixList, fix_list, progress
from ogi.checks.fix_words import as_text, fix_words
from ogi.checks.repair import propose_repairs
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Source, StatedFact

FORM = load_form()
A = "applications."
ZH, EN = Labels("zh"), Labels("en")


def listed(report, previous=None) -> FixList:
    return fix_list(check_report(report, FORM, previous), propose_repairs(report, FORM, previous))


def test_one_wrong_cell_is_one_item_although_two_sums_break(suqian) -> None:
    found = listed(suqian(2024, {A + "granted.natural_person": "1480"}))
    (item,) = found.items
    assert [finding.check for finding in item.findings] == ["R01_row_sum", "R03_result_sum_2021"]
    assert [change.proposed for change in item.repairs[0].changes] == [1408]
    assert item.severity == "error"


def test_sound_report_has_nothing_to_mend(suqian) -> None:
    found = listed(suqian(2024))
    assert found.items == ()
    assert as_text(found, suqian(2024), ZH, FORM).startswith("没有需要修改之处。")


def test_reminders_are_kept_apart(suqian) -> None:
    found = listed(suqian(2024))
    assert {finding.check for finding in found.reminders} == {"L05_codefendant_reminder", "L06_review_first_since_2024"}
    assert "提醒（2条，不计入问题）：" in as_text(found, suqian(2024), ZH, FORM)


def test_errors_stand_before_warnings_and_hints(suqian) -> None:
    report = suqian(2024, {"rules.issued": "/", "rules.in_force": "11", "reconsideration.total": "171"})
    severities = [item.severity for item in listed(report, suqian(2023)).items]
    assert severities == sorted(severities, key=("error", "warning", "hint").index)
    assert set(severities) == {"error", "warning", "hint"}


def test_mended_draft_is_set_against_the_list_before(suqian) -> None:
    """Two slips; one is mended, one stays, and a third one is made."""
    first = listed(suqian(2024, {"reconsideration.total": "171", "litigation_direct.total": "26"}))
    second = listed(suqian(2024, {"reconsideration.total": "171", "litigation_after_reconsideration.total": "53"}))
    found = progress(first, second)
    assert [item.findings[0].place[1] for item in found.solved] == ["litigation_direct"]
    assert [item.findings[0].place[1] for item in found.open] == ["reconsideration"]
    assert [item.findings[0].place[1] for item in found.new] == ["litigation_after_reconsideration"]


def test_item_says_table_cell_both_sides_page_and_proposal(suqian) -> None:
    report = suqian(2024, {"reconsideration.total": "171"})
    cell = structs.replace(report.cells["reconsideration.total"], source=Source(page=3))
    report = structs.replace(report, cells=report.cells | {"reconsideration.total": cell})
    (item,) = listed(report).items
    words = fix_words(item, report, ZH, FORM)
    assert words.place == "政府信息公开行政复议、行政诉讼情况"
    assert words.sentences == ("“行政复议”：维持、纠正、其他、尚未审结之和是170，总计写的是171，相差1。",)
    assert any("行政复议 · 总计：171 → 170" in text for text in words.repairs)
    assert words.where == "原文第3页"
    assert any("171 → 170" in text for text in fix_words(item, report, EN, FORM).repairs)


def test_all_equally_small_repairs_are_shown(suqian) -> None:
    """The total may be one too high, or any of the four parts one too low."""
    (item,) = listed(suqian(2024, {"reconsideration.total": "171"})).items
    words = fix_words(item, suqian(2024), ZH, FORM)
    assert [text.split("（")[0] for text in words.repairs] == [
        "行政复议 · 结果维持：88 → 89", "行政复议 · 结果纠正：18 → 19", "行政复议 · 其他结果：28 → 29",
        "行政复议 · 尚未审结：36 → 37", "行政复议 · 总计：171 → 170",
    ]  # fmt: skip


def test_sentence_of_the_prose_is_quoted(suqian) -> None:
    fact = StatedFact(key="text.requests_new", value=9, sentence="本年新收申请9件。", words="新收申请9件", unit="jian")
    (item,) = listed(structs.replace(suqian(2024), facts=(fact,))).items
    assert fix_words(item, suqian(2024), ZH, FORM).quotes == ("本年新收申请9件。",)


def test_last_years_document_is_named(suqian) -> None:
    found = listed(suqian(2024, {A + "carried_in.total": "120"}), suqian(2023))
    words = [fix_words(item, suqian(2024), ZH, FORM) for item in found.items]
    assert "宿迁市人民政府2023年度报告" in {word.where for word in words}


def test_checks_of_the_same_two_figures_are_one_item(suqian) -> None:
    """The carry-over in all is compared by two checks."""
    found = listed(suqian(2024, {A + "carried_in.total": "120", A + "carried_in.natural_person": "117"}), suqian(2023))
    together = [[finding.place for finding in item.findings] for item in found.items if item.findings[0].others]
    assert together == [
        [("Y01_carry_matches",), ("Y02_carry_matches_by_applicant", "total")],
        [("Y02_carry_matches_by_applicant", "natural_person")],
    ]  # fmt: skip
