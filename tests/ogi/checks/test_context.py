"""Which reports stand around a report: last year's, those of predecessors, subordinates, other versions."""

from __future__ import annotations

import pytest
from msgspec import structs

from ogi.checks import message
from ogi.checks.context import Context, Relations, ReportKey
from ogi.form import load_form
from ogi.lineage import Succession

FORM = load_form()


def row(name: str, count: int) -> dict[str, str]:
    return {f"applications.{name}.natural_person": str(count), f"applications.{name}.total": str(count)}


@pytest.fixture
def report(make_report):
    return lambda year, **rows: make_report({k: v for name, n in rows.items() for k, v in row(name, n).items()}, year=year)


def key(organ: str, year: int) -> ReportKey:
    return ReportKey(organ, year, "own")


def follows(*links: tuple[str, str, str, int]) -> Relations:
    return Relations(links=tuple(Succession(*link) for link in links), names={"a": "甲局", "b": "乙局", "old": "原局"})  # type: ignore[arg-type]


MERGED = follows(("a", "new", "merged", 2024), ("b", "new", "merged", 2024))


def why(context: Context, organ: str, year: int = 2024) -> str:
    found = context.check(key(organ, year), FORM)
    return next(message(finding, "zh") for finding in found if finding.check == "Y01_carry_matches")


def carry(context: Context, organ: str, year: int = 2024) -> list[tuple[str, int | None]]:
    found = context.check(key(organ, year), FORM)
    return [(finding.status, finding.right) for finding in found if finding.check == "Y01_carry_matches"]  # type: ignore[misc]


def test_merged_organ_carries_on_the_sum_of_its_predecessors(report) -> None:
    """5 = 2 + 3 cases carried over by the two organs that were merged."""
    reports = [
        (key("a", 2023), report(2023, carried_over=2)), (key("b", 2023), report(2023, carried_over=3)),
        (key("new", 2024), report(2024, carried_in=5)),
    ]  # fmt: skip
    assert carry(Context(reports, MERGED), "new") == [("pass", 5)]
    assert carry(Context(reports), "new") == [("not_assessable", None)]


def test_organ_that_took_another_in_carries_on_both(report) -> None:
    reports = [
        (key("a", 2023), report(2023, carried_over=2)), (key("b", 2023), report(2023, carried_over=3)),
        (key("a", 2024), report(2024, carried_in=2)),
    ]  # fmt: skip
    assert carry(Context(reports, follows(("b", "a", "merged", 2024))), "a") == [("fail", 5)]


def test_part_of_a_divided_organ_is_not_compared_with_the_whole(report) -> None:
    reports = [(key("old", 2023), report(2023, carried_over=9)), (key("one", 2024), report(2024, carried_in=4))]
    relations = follows(("old", "one", "split", 2024), ("old", "two", "split", 2024))
    assert carry(Context(reports, relations), "one") == [("not_assessable", None)]


def test_predecessor_whose_report_is_missing_leaves_the_year_before_unknown(report) -> None:
    reports = [(key("a", 2023), report(2023, carried_over=2)), (key("new", 2024), report(2024, carried_in=5))]
    assert carry(Context(reports, MERGED), "new") == [("not_assessable", None)]


def test_year_before_the_merger_is_compared_with_the_organs_own_alone(report) -> None:
    """a took b in from 2024 on; in 2023 it says 4 carried in, 2022 it carried over 4 itself and b 3."""
    reports = [
        (key("a", 2022), report(2022, carried_over=4)), (key("b", 2022), report(2022, carried_over=3)),
        (key("a", 2023), report(2023, carried_in=4, carried_over=6)), (key("b", 2023), report(2023, carried_over=1)),
        (key("a", 2024), report(2024, carried_in=7, carried_over=2)), (key("a", 2025), report(2025, carried_in=2)),
    ]  # fmt: skip
    context = Context(reports, follows(("b", "a", "merged", 2024)))
    assert [carry(context, "a", year) for year in (2023, 2024, 2025)] == [[("pass", 4)], [("pass", 7)], [("pass", 2)]]


def test_merged_organ_is_not_compared_with_one_predecessor_alone_and_the_missing_one_is_named(report) -> None:
    reports = [(key("a", 2023), report(2023, carried_over=2)), (key("new", 2024), report(2024, carried_in=5))]
    assert why(Context(reports, MERGED), "new") == "无法判断：缺少前身乙局的上年报告（前身不全，不作年度间核对）。"


def test_sum_of_predecessors_names_each_with_its_figure_and_says_so(report) -> None:
    reports = [
        (key("a", 2023), report(2023, carried_over=2)), (key("b", 2023), report(2023, carried_over=3)),
        (key("new", 2024), report(2024, carried_in=6)),
    ]  # fmt: skip
    found = next(f for f in Context(reports, MERGED).check(key("new", 2024), FORM) if f.check == "Y01_carry_matches")
    assert (found.left, found.right, [other.value for other in found.others], found.flags) == (6, 5, [2, 3], ("summed_before",))
    assert message(found, "zh").endswith("（上年数为合并前各机关之和）")


def test_why_a_part_is_not_compared_is_said(report) -> None:
    reports = [
        (key("old", 2023), report(2023, carried_over=9)), (key("one", 2023), report(2023, carried_over=4)),
        (key("one", 2024), report(2024, carried_in=4)),
    ]  # fmt: skip
    split = Context(reports, follows(("old", "one", "split", 2024)))
    assert why(split, "one") == "无法判断：缺少可比的上年数字（前身原局分立，部分与整体不比较）。"
    still = [reports[0], (key("old", 2025), report(2025)), (key("new", 2024), report(2024, carried_in=9))]
    assert why(Context(still, follows(("old", "new", "renamed", 2024))), "new").endswith("（前身原局仍单独报告，不相接）。")


def test_renamed_organ_carries_on_its_predecessor_also_where_that_does_not_tell_its_scope(report) -> None:
    reports = [(ReportKey("old", 2023, "unknown"), report(2023, carried_over=5)), (key("new", 2024), report(2024, carried_in=5))]
    assert carry(Context(reports, follows(("old", "new", "renamed", 2024))), "new") == [("pass", 5)]


def test_report_of_another_scope_is_not_last_years(report) -> None:
    reports = [(ReportKey("a", 2023, "region_total"), report(2023, carried_over=2)), (key("a", 2024), report(2024, carried_in=5))]
    assert carry(Context(reports), "a") == [("not_assessable", None)]


def test_missing_subordinates_are_named_and_sums_not_assessed(make_report, report) -> None:
    parent = make_report(row("received", 9), scope="region_total")
    key_of_parent = ReportKey("city", 2024, "region_total")
    reports = [(key_of_parent, parent), (key("a", 2024), report(2024, received=4))]
    relations = Relations(children={"city": ("a", "b", "c")}, lifetimes={"c": (2025, None)}, names={"b": "乙局"})
    found = {f.place: f for f in Context(reports, relations).check(key_of_parent, FORM)}
    missing = found["H01_children_complete",]
    assert (missing.status, missing.left, missing.right, missing.params["list"]) == ("fail", 1, 2, ("乙局",))
    assert found["H02_sum_requests", "received"].status == "not_applicable"


def test_sum_over_subordinates_shows_what_each_contributes(make_report, report) -> None:
    key_of_parent = ReportKey("city", 2024, "region_total")
    reports = [
        (key_of_parent, make_report(row("received", 9), scope="region_total")),
        (key("a", 2024), report(2024, received=4)), (key("b", 2024), report(2024, received=3)),
    ]  # fmt: skip
    found = {f.place: f for f in Context(reports, Relations(children={"city": ("a", "b")})).check(key_of_parent, FORM)}
    total = found["H02_sum_requests", "received"]
    assert (total.left, total.right, [other.value for other in total.others]) == (9, 7, [4, 3])


def test_cells_that_differ_between_versions_are_named(report) -> None:
    first, second = report(2024, received=4), report(2024, received=5)
    other = structs.replace(first, document=structs.replace(first.document, sha256="1" * 64))
    found = Context([(key("a", 2024), other), (key("a", 2024), second)]).check(key("a", 2024), FORM)
    conflict = next(f for f in found if f.check == "S14_versions_conflict")
    assert conflict.params["list"] == ("applications.received.natural_person", "applications.received.total")


def test_figure_of_last_year_keeps_its_document(report) -> None:
    reports = [(key("a", 2023), report(2023, carried_over=2)), (key("a", 2024), report(2024, carried_in=5))]
    found = next(f for f in Context(reports).check(key("a", 2024), FORM) if f.check == "Y01_carry_matches")
    (other,) = found.others
    assert (other.relation, other.key, other.value, other.report_year) == ("previous", "applications.carried_over.total", 2, 2023)
    assert other.sha256 == "0" * 64
