"""Which reports stand around a report: last year's, those of predecessors, subordinates, other versions."""

from __future__ import annotations

import pytest
from msgspec import structs

from ogi.checks.context import Context, Relations, ReportKey
from ogi.form import load_form

FORM = load_form()


def row(name: str, count: int) -> dict[str, str]:
    return {f"applications.{name}.natural_person": str(count), f"applications.{name}.total": str(count)}


@pytest.fixture
def report(make_report):
    return lambda year, **rows: make_report({k: v for name, n in rows.items() for k, v in row(name, n).items()}, year=year)


def key(organ: str, year: int) -> ReportKey:
    return ReportKey(organ, year, "own")


def carry(context: Context, organ: str) -> list[tuple[str, int | None]]:
    found = context.check(key(organ, 2024), FORM)
    return [(finding.status, finding.right) for finding in found if finding.check == "Y01_carry_matches"]  # type: ignore[misc]


def test_merged_organ_carries_on_the_sum_of_its_predecessors(report) -> None:
    """5 = 2 + 3 cases carried over by the two organs that were merged."""
    reports = [
        (key("a", 2023), report(2023, carried_over=2)), (key("b", 2023), report(2023, carried_over=3)),
        (key("new", 2024), report(2024, carried_in=5)),
    ]  # fmt: skip
    assert carry(Context(reports, Relations(predecessors={"new": ("a", "b")})), "new") == [("pass", 5)]
    assert carry(Context(reports), "new") == [("not_assessable", None)]


def test_organ_that_took_another_in_carries_on_both(report) -> None:
    reports = [
        (key("a", 2023), report(2023, carried_over=2)), (key("b", 2023), report(2023, carried_over=3)),
        (key("a", 2024), report(2024, carried_in=2)),
    ]  # fmt: skip
    assert carry(Context(reports, Relations(predecessors={"a": ("b",)})), "a") == [("fail", 5)]


def test_part_of_a_divided_organ_is_not_compared_with_the_whole(report) -> None:
    reports = [(key("old", 2023), report(2023, carried_over=9)), (key("one", 2024), report(2024, carried_in=4))]
    relations = Relations(predecessors={"one": ("old",), "two": ("old",)})
    assert carry(Context(reports, relations), "one") == [("not_assessable", None)]


def test_predecessor_whose_report_is_missing_leaves_the_year_before_unknown(report) -> None:
    reports = [(key("a", 2023), report(2023, carried_over=2)), (key("new", 2024), report(2024, carried_in=5))]
    assert carry(Context(reports, Relations(predecessors={"new": ("a", "b")})), "new") == [("not_assessable", None)]


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
