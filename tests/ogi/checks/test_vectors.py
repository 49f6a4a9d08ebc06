"""Published reports whose outcome is known: 宿迁市 2023 and 2024, 张店区综合行政执法局 2020, 上海市人民政府办公厅 2019.

The figures and the expected outcomes are those of the domain specification (sections 6.4, 10 and 12), read from documents.
"""

from __future__ import annotations

from collections import Counter

import pytest
from msgspec import structs

from ogi.checks import Figures, Finding, check_report, message, problems
from ogi.form import load_form
from ogi.organs import describe_organ
from ogi.report import Report

FORM = load_form()
PERSON_ROWS = {
    "granted": "258 12 . . 1 1", "partially_granted": "3 . . . . .", "denied_state_secret": "14 . . . . .",
    "denied_internal_affairs": "5 . . . . .", "denied_process_info": "3 1 . . . .", "denied_query_matter": "10 2 . . . .",
    "unable_not_held": "252 12 . . 1 .", "unable_need_creation": "44 3 . . . .", "unable_still_unclear": "25 . . . . .",
    "not_processed_petition": "148 1 . . . .", "not_processed_duplicate": "5 4 . . . .",
}  # fmt: skip
SHANGHAI = PERSON_ROWS | {
    "received": "821 35 . . 2 1 859", "carried_in": "18 . . . . . 18", "result_total": "767 35 . . 2 1 805",
    "carried_over": "72 . . . . . 72",
}  # fmt: skip


def outcomes(findings: tuple[Finding, ...], check: str) -> dict[tuple[str, ...], str]:
    return {f.place[1:]: f.status for f in findings if f.check.startswith(f"{check}_")}


@pytest.fixture
def zhangdian(make_report) -> Report:
    """The report whose pages between the header of 第二十条第（六）项 and 三（四） are lost."""
    lost = [
        key
        for key in FORM.editions["gf2019"].cells
        if key.startswith(("penalty.", "coercion.", "fees.", "procurement."))
        or key.startswith(tuple(f"applications.{row}." for row in ("received", "carried_in", "granted", "partially_granted")))
        or key.startswith("applications.denied_")
    ]
    printed = dict.fromkeys(lost, "?") | {
        "licensing.items_prev": "31", "licensing.items_delta": "+30", "licensing.decisions": "61",
        "applications.result_total.natural_person": "1", "applications.result_total.total": "1",
    }  # fmt: skip
    return make_report(
        printed, edition="gf2019", year=2020, organ=describe_organ("张店区综合行政执法局"),
        partial=("t2_art20_6", "t2_art20_8", "t2_art20_9", "t3_requests"),
    )  # fmt: skip


@pytest.fixture
def shanghai(make_report) -> Report:
    """The applications of the Shanghai report: most totals are blank, most zeros too."""
    printed = {}
    for row, numbers in SHANGHAI.items():
        columns = [key for key in FORM.editions["gf2019"].cells if key.startswith(f"applications.{row}.")]
        found = ["" if number == "." else number for number in numbers.split()]
        printed |= dict(zip(columns, found + [""] * (7 - len(found)), strict=True))
    blank = {key: "" for key in FORM.editions["gf2019"].cells if key.startswith("applications.")}
    return make_report(blank | printed, edition="gf2019", year=2019)


@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize(("check", "places"), [("R01", 25), ("R02", 7), ("R03", 7), ("L01", 3)])
def test_suqian_balances_in_both_years(suqian, year: int, check: str, places: int) -> None:
    assert Counter(outcomes(check_report(suqian(year), FORM), check).values()) == {"pass": places}


def test_suqian_agrees_with_the_year_before(suqian) -> None:
    findings = check_report(suqian(2024), FORM, previous=suqian(2023))
    assert set(outcomes(findings, "Y01").values()) == {"pass"}
    assert Counter(outcomes(findings, "Y02").values()) == {"pass": 7}
    assert outcomes(findings, "Y03") == {("rules",): "pass", ("normative_documents",): "pass"}


def test_suqian_has_no_problem_in_2024(suqian) -> None:
    assert problems(check_report(suqian(2024), FORM, previous=suqian(2023))) == ()


def test_checks_of_two_years_wait_for_the_other_year(suqian) -> None:
    carry = next(f for f in check_report(suqian(2024), FORM) if f.check == "Y01_carry_matches")
    assert (carry.status, carry.missing) == ("not_assessable", ("prev(applications.carried_over.total)",))


def test_report_of_another_year_or_scope_is_not_last_years(suqian) -> None:
    again = check_report(suqian(2024), FORM, previous=suqian(2024))
    assert set(outcomes(again, "Y01").values()) == {"not_assessable"}
    own = structs.replace(suqian(2023), scope="own")
    assert set(outcomes(check_report(suqian(2024), FORM, previous=own), "Y01").values()) == {"not_assessable"}


def test_printed_balance_that_breaks_is_found_with_both_sides(suqian) -> None:
    findings = check_report(suqian(2024, {"applications.carried_over.total": "126"}), FORM)
    balance = next(f for f in findings if f.check == "R02_balance" and f.status == "fail")
    assert (balance.left, balance.right, balance.difference) == (3646, 3647, -1)
    assert message(balance, "zh") == "“总计”列：本年新收加上年结转是3646，办理结果总计加结转下年度是3647，两边应当相等，相差1。"
    assert "new plus carried-in is 3646, results plus carried-over is 3647" in message(balance, "en")


def test_zhangdian_has_the_two_warnings_a_person_finds(zhangdian: Report) -> None:
    found = problems(check_report(zhangdian, FORM))
    assert [(f.check, f.severity, f.place[1:]) for f in found] == [
        ("S02_missing_table", "warning", ()),
        ("B04_decisions_mistaken_for_items", "warning", ("licensing",)),
    ]
    assert found[0].params["list"] == ("t2_art20_6", "t2_art20_8", "t2_art20_9", "t3_requests")
    assert message(found[0], "zh").startswith("有4张表没有读到或没有读全")
    assert found[1].left == 61
    assert found[1].cells == ("licensing.decisions", "licensing.items_prev", "licensing.items_delta")


def test_zhangdian_checks_of_lost_pages_are_not_assessable(zhangdian: Report) -> None:
    findings = check_report(zhangdian, FORM)
    assert Counter(outcomes(findings, "R02").values()) == {"not_assessable": 7}
    assert Counter(outcomes(findings, "R04").values()) == {"not_assessable": 7}
    assert outcomes(findings, "R03") == {}
    # 一, 二, 三（一）, （二） and the eight of （三） are lost; 三（四）… and 四 are there.
    assert Counter(outcomes(findings, "R01").values()) == {"not_assessable": 12, "pass": 11}
    assert Counter(outcomes(findings, "L01").values()) == {"pass": 3}
    assert outcomes(findings, "A03") == {(): "pass"}
    assert outcomes(findings, "S03") == {(): "pass"}
    assert outcomes(findings, "B04")[("penalty",)] == "not_assessable"


def test_shanghai_columns_balance_with_totals_that_are_not_printed(shanghai: Report) -> None:
    findings = check_report(shanghai, FORM)
    sums = {f.place[1]: f for f in findings if f.check == "R04_result_sum_2019"}
    columns = ["natural_person", "commercial_enterprise", "legal_service_organisation", "other_organisation", "total"]
    assert [(sums[c].status, sums[c].left) for c in columns] == [("pass", n) for n in (767, 35, 2, 1, 805)]
    assert sums["total"].flags == ("blank_as_zero", "uses_derived")
    assert [sums[c].status for c in ("research_institution", "social_welfare_organisation")] == ["not_assessable"] * 2
    assert Counter(outcomes(findings, "R02").values()) == {"pass": 7}


def test_shanghai_derived_totals_are_those_of_the_specification(shanghai: Report) -> None:
    figures = Figures(shanghai, FORM)
    keys = ("granted", "partially_granted", "unable_all", "denied_all", "not_processed_all")
    assert [figures.get(f"applications.{key}.total").value for key in keys] == [272, 3, 337, 35, 158]


def test_total_is_not_compared_with_the_parts_it_was_added_up_from(shanghai: Report) -> None:
    rows = outcomes(check_report(shanghai, FORM), "R01")
    printed = {("received",), ("carried_in",), ("result_total",), ("carried_over",)}
    assert {row for row, status in rows.items() if status == "pass"} == printed
    assert set(rows.values()) == {"pass", "not_assessable"}


def test_blank_totals_are_named_once_each(shanghai: Report) -> None:
    found = [f for f in check_report(shanghai, FORM) if f.check == "R06_total_column_blank" and f.status == "fail"]
    assert {f.place[1] for f in found} == set(PERSON_ROWS)
    assert message(found[0], "zh") == "“予以公开”这一行的总计栏没有填写。按各列相加推算为：272。"


def test_blank_template_fails_nothing_but_says_it_is_blank(make_report) -> None:
    findings = check_report(make_report(rest="", year=None), FORM)
    assert [(f.check, f.left) for f in findings if f.status == "fail"] == [("S06_blank_cells", 200)]
    arithmetic = Counter(f.status for f in findings if f.check[:3] in ("R01", "R02", "R03", "L01"))
    assert arithmetic == {"not_assessable": 42}


def test_row_with_only_a_printed_zero_total_holds(make_report) -> None:
    blank = {key: "" for key in FORM.editions["gf2019"].cells if key.startswith("applications.received.")}
    report = make_report(blank | {"applications.received.total": "0"}, edition="gf2019", year=2020)
    row = next(f for f in check_report(report, FORM) if f.check == "R01_row_sum" and f.place[1] == "received")
    assert (row.status, row.flags, row.left, row.right) == ("pass", ("blank_as_zero",), 0, 0)
