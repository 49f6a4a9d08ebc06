"""Sums over subordinate reports: what each covers, what must not be added, and whose figure breaks a sum. Worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from ogi.checks.context import Context, ReportKey
from ogi.consolidation import ConsolidationError, Member, compare, consolidate, coverage_sentence, members_of, relations_of
from ogi.form import load_form
from ogi.labels import Labels
from ogi.organs import describe_organ, id_of
from ogi.report import Report

MakeReport = Callable[..., Report]
CITY = "示例市人民政府"


@pytest.fixture(scope="module")
def member(make_report: MakeReport) -> Callable[..., Member]:
    """An organ by its name, with a report of these printed cells (all others 0), or without one (``report=False``)."""

    def make(name: str, printed: dict[str, str] | None = None, *, report: bool = True, **options: object) -> Member:
        organ = describe_organ(name)
        found = make_report(printed, organ=organ, **options) if report else None
        return Member(
            organ_id=id_of(organ) or "", name=name, level=organ.level, kind=organ.kind, region=organ.region, report=found
        )

    return make


def total(consolidated, key: str) -> tuple[object, int, int]:
    cell = consolidated.cells[key]
    return cell.value, cell.given, cell.expected


def test_numbers_of_all_organs_are_a_total(member) -> None:
    found = consolidate(
        CITY, 2024, [member("示例市教育局", {"penalty.decisions": "3"}), member("示例市公安局", {"penalty.decisions": "40"})]
    )
    assert total(found, "penalty.decisions") == (43, 2, 2)
    assert found.cells["penalty.decisions"].is_complete


def test_kinds_of_missing_numbers_are_kept_apart(member) -> None:
    cells = {"一局": "5", "二局": "", "三局": "/", "四局": "*", "五局": "不适用", "六局": "见附件"}
    members = [member(f"示例市{name}", {"licensing.decisions": text}) for name, text in cells.items()]
    members += [member("示例市七局", report=False), member("示例市八局", missing=("t2_art20_5",))]
    cell = consolidate(CITY, 2024, members).cells["licensing.decisions"]
    ids = {m.name[3:]: (m.organ_id,) for m in members}
    assert (cell.value, cell.given, cell.expected) == (5, 1, 8)
    assert cell.gaps == {
        "blank": ids["二局"], "dash": ids["三局"], "unreadable": ids["四局"], "not_applicable": ids["五局"], "text": ids["六局"],
        "missing_report": ids["七局"], "missing_page": ids["八局"],
    }  # fmt: skip


def test_sum_with_gaps_says_so_and_is_no_child_sum(member) -> None:
    members = [member("示例市教育局", {"coercion.decisions": "7"}), member("示例市公安局", report=False)]
    found = consolidate(CITY, 2024, members)
    cell = found.cells["coercion.decisions"]
    assert not cell.is_complete
    assert found.child_sum("coercion.decisions").value is None
    assert coverage_sentence(cell, found, Labels("zh")) == "合计不完整：2家中只有1家有数字。没有收到报告1家（示例市公安局）。"
    assert (
        coverage_sentence(cell, found, Labels("en"))
        == "Not a total: only 1 of 2 agencies give a number. no report: 1 (示例市公安局)."
    )


def test_cell_without_any_number_has_no_sum(member) -> None:
    found = consolidate(CITY, 2024, [member("示例市教育局", {"rules.issued": ""}), member("示例市公安局", {"rules.issued": "/"})])
    assert total(found, "rules.issued") == (None, 0, 2)


def test_fees_in_yuan_are_converted_exactly(member) -> None:
    key = "fees.amount_wan_yuan"
    found = consolidate(CITY, 2024, [member("示例市教育局", {key: "12345元"}), member("示例市公安局", {key: "0.7655"})])
    assert total(found, key) == (Decimal("2.0000"), 2, 2)


def test_amount_whose_unit_nobody_prints_is_not_added(member) -> None:
    key = "procurement.amount"
    members = [
        member("示例市教育局", {key: "20000元"}, edition="gf2019", year=2020),
        member("示例市公安局", {key: "3万元"}, edition="gf2019", year=2020),
        member("示例市民政局", {key: "500"}, edition="gf2019", year=2020),
    ]
    cell = consolidate(CITY, 2020, members).cells[key]
    assert (cell.value, cell.given, cell.gaps) == (Decimal(5), 2, {"no_unit": (members[2].organ_id,)})


def test_editions_are_joined_only_where_the_dictionary_allows(member) -> None:
    new = [
        member(f"示例市{name}局", {"penalty.decisions": "1", "fees.amount_wan_yuan": "9", "normative_documents.issued": "2"})
        for name in "一二"
    ]
    old = member(
        "示例市三局",
        {
            "penalty.decisions": "10",
            "fees.items_prev": "4",
            "normative_documents.newly_made": "5",
            "applications.other_handling.total": "6",
        },
        edition="gf2019",
    )
    found = consolidate(CITY, 2024, [*new, old])
    assert found.editions["t2_art20_8"] == "gf2021"
    assert total(found, "penalty.decisions") == (12, 3, 3)
    assert found.cells["penalty.decisions"].cautious == (old.organ_id,)
    assert total(found, "normative_documents.issued") == (9, 3, 3)  # 本年新制作 stands for 本年制发, with a remark
    assert found.cells["fees.amount_wan_yuan"].gaps == {"not_comparable": (old.organ_id,)}  # the number of fees is no amount
    assert found.cells["applications.other_misc.total"].gaps == {"not_asked": (old.organ_id,)}


def test_one_row_of_2019_takes_the_three_rows_of_2021_together(member) -> None:
    key = "applications.other_handling.total"
    rows = ("other_no_correction", "other_fee_unpaid", "other_misc")
    printed = {f"applications.{row}.{column}": "4" for row in rows for column in ("natural_person", "total")}
    old = [
        member(f"示例市{name}局", {key: "1", "applications.other_handling.natural_person": "1"}, edition="gf2019", year=2020)
        for name in "一二"
    ]
    found = consolidate(CITY, 2020, [*old, member("示例市三局", printed, year=2020)])
    assert total(found, key) == (14, 3, 3)


def test_mixed_scopes_are_refused_by_name(member) -> None:
    east = member("示例市东湖区人民政府", scope="region_total")
    west = member("示例市云岭县人民政府", scope="own")
    with pytest.raises(ConsolidationError) as refused:
        consolidate(CITY, 2024, [east, west, member("示例市教育局")])
    assert (refused.value.code, refused.value.params["names"], refused.value.params["totals"]) == (
        "mixed_scopes",
        west.name,
        east.name,
    )
    allowed = consolidate(CITY, 2024, [east, west], leave_out=[west.organ_id])
    assert allowed.cells["penalty.decisions"].gaps == {"other_scope": (west.organ_id,)}
    assert allowed.handed_in == 1


def test_department_reporting_for_its_whole_system_is_refused(member) -> None:
    with pytest.raises(ConsolidationError) as refused:
        consolidate(CITY, 2024, [member("示例市教育局", scope="system_total")])
    assert refused.value.code == "mixed_scopes"


def test_towns_are_one_organ_and_mix_with_nothing(member) -> None:
    towns = [member("示例市云岭县青石镇人民政府", {"penalty.decisions": "2"}), member("示例市云岭县人民政府办公室")]
    assert total(consolidate("示例市云岭县人民政府", 2024, towns), "penalty.decisions") == (2, 2, 2)


def test_region_inside_a_summed_region_is_refused(member) -> None:
    county, town = member("示例市云岭县人民政府", scope="region_total"), member("示例市云岭县青石镇人民政府")
    with pytest.raises(ConsolidationError) as refused:
        consolidate(CITY, 2024, [county, town])
    assert (refused.value.code, refused.value.params) == ("overlap", {"name": county.name, "names": town.name})


def test_members_are_found_by_place_and_kind(member) -> None:
    names = (
        CITY, "示例市教育局", "示例市人民政府办公室", "示例市气象局", "示例市东湖区人民政府", "示例市东湖区教育局",
        "示例市东湖区湖滨街道办事处", "示例市云岭县教育局", "异地市教育局",
    )  # fmt: skip
    head, *organs = (member(name, report=False) for name in names)
    found = members_of(head, organs)
    assert [m.name for m in found.members] == ["示例市教育局", "示例市人民政府办公室", "示例市东湖区人民政府"]
    assert [m.name for m in found.vertical] == ["示例市气象局"]
    assert [m.name for m in found.below] == ["示例市东湖区教育局", "示例市东湖区湖滨街道办事处"]
    assert [m.name for m in found.unattached] == ["示例市云岭县教育局"]  # nobody answers for 云岭县


def test_organ_left_out_of_the_region_total_is_named(member, make_report: MakeReport) -> None:
    education = member("示例市教育局", {"licensing.decisions": "5", "penalty.decisions": "2"})
    police = member("示例市公安局", {"licensing.decisions": "100", "penalty.decisions": "30", "coercion.decisions": "4"})
    own = make_report({"licensing.decisions": "5", "penalty.decisions": "2"}, organ=describe_organ(CITY), scope="region_total")
    found = compare(consolidate(CITY, 2024, [education, police]), own)
    assert {cell.key: (cell.status, cell.difference) for cell in found.broken} == {
        "licensing.decisions": ("differs", -100), "penalty.decisions": ("differs", -30), "coercion.decisions": ("differs", -4),
    }  # fmt: skip
    first = found.suspects[0]
    assert (first.organ_id, first.reason, first.is_whole, len(first.cells)) == (police.organ_id, "left_out", True, 3)


def test_organ_that_fits_one_difference_by_chance_is_not_whole(member, make_report: MakeReport) -> None:
    a = member("示例市教育局", {"licensing.decisions": "5", "penalty.decisions": "8"})
    own = make_report({"licensing.decisions": "10", "penalty.decisions": "8"}, organ=describe_organ(CITY), scope="region_total")
    (suspect,) = compare(consolidate(CITY, 2024, [a]), own).suspects
    assert (suspect.reason, suspect.cells, suspect.is_whole) == ("counted_twice", ("licensing.decisions",), False)


def test_organ_whose_own_sums_break_is_named(member, make_report: MakeReport) -> None:
    key = "applications.granted.total"
    right = {"applications.granted.natural_person": "7", key: "7"}
    wrong = member("示例市公安局", right | {key: "17"})
    good = member("示例市教育局", right)
    own = make_report({"applications.granted.natural_person": "14", key: "14"}, organ=describe_organ(CITY), scope="region_total")
    found = compare(consolidate(CITY, 2024, [wrong, good]), own)
    assert [(s.organ_id, s.reason) for s in found.suspects_of(key)] == [(wrong.organ_id, "own_sum")]


def test_what_is_missing_may_explain_less_but_never_more(member, make_report: MakeReport) -> None:
    members = [
        member("示例市教育局", {"licensing.decisions": "5", "penalty.decisions": "8", "coercion.decisions": "1"}),
        member("示例市公安局", report=False),
    ]
    own = make_report(
        {"licensing.decisions": "9", "penalty.decisions": "7", "coercion.decisions": "1", "rules.issued": ""},
        organ=describe_organ(CITY), scope="region_total",
    )  # fmt: skip
    found = compare(consolidate(CITY, 2024, members), own)
    keys = ("licensing.decisions", "penalty.decisions", "coercion.decisions", "rules.issued")
    assert [found.cells[key].status for key in keys] == ["gaps_may_explain", "exceeds", "equal_with_gaps", "not_given"]
    assert [s.organ_id for s in found.suspects_of("licensing.decisions") if s.reason == "gap"] == [members[1].organ_id]


def test_report_of_the_government_itself_is_no_region_total(member, make_report: MakeReport) -> None:
    with pytest.raises(ConsolidationError) as refused:
        compare(consolidate(CITY, 2024, [member("示例市教育局")]), make_report(organ=describe_organ(CITY), scope="own"))
    assert refused.value.code == "not_region_total"


def test_members_feed_the_checks_between_reports(member, make_report: MakeReport) -> None:
    """H04: the members' licences add to 12, the region's own report says 11."""
    head = member(CITY, {"licensing.decisions": "11"}, scope="region_total")
    members = [member("示例市教育局", {"licensing.decisions": "5"}), member("示例市公安局", {"licensing.decisions": "7"})]
    reports = [(ReportKey(m.organ_id, 2024, m.report.scope), m.report) for m in (head, *members)]
    context = Context(reports, relations_of({head.organ_id: members}))
    found = {
        f.params["item"]: (f.status, f.left, f.right)
        for f in context.check(ReportKey(head.organ_id, 2024, "region_total"), load_form())
        if f.check == "H04_sum_decisions"
    }
    assert found["licensing"] == ("fail", 11, 12)
    assert found["penalty"][0] == "pass"
