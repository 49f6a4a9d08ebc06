"""A decision on a finding holds while its figures are the same, however the report was read again."""

from __future__ import annotations

from msgspec import structs

from ogi.checks import check_report
from ogi.checks.evidence import evidence
from ogi.form import load_form
from ogi.report import Report, Source

FORM = load_form()
KEY = "applications.granted.natural_person"


def row_sum(report: Report, previous: Report | None = None, place: tuple[str, ...] = ("R01_row_sum", "granted")) -> str:
    found = next(f for f in check_report(report, FORM, previous) if f.place == place)
    return evidence(found, report)


def test_same_figures_read_from_another_place_are_the_same_evidence(suqian) -> None:
    report = suqian(2024, {KEY: "1480"})
    moved = structs.replace(report.cells[KEY], source=Source(page=9), confidence=0.5, raw=" 1480")
    assert row_sum(structs.replace(report, cells=report.cells | {KEY: moved})) == row_sum(report)


def test_another_figure_is_other_evidence_even_if_the_check_still_fails(suqian) -> None:
    assert row_sum(suqian(2024, {KEY: "1481"})) != row_sum(suqian(2024, {KEY: "1480"}))


def test_blank_and_zero_are_different_evidence(suqian) -> None:
    blank, zero = (suqian(2024, {"applications.granted.research_institution": text}) for text in ("", "0"))
    assert row_sum(blank) != row_sum(zero)


def test_figure_that_does_not_belong_to_the_finding_does_not_matter(suqian) -> None:
    assert row_sum(suqian(2024, {KEY: "1480", "rules.issued": "9"})) == row_sum(suqian(2024, {KEY: "1480"}))


def test_last_years_figure_is_part_of_the_evidence(suqian) -> None:
    now = suqian(2024, {"applications.carried_in.total": "7"})
    before = [suqian(2023), suqian(2023, {"applications.carried_over.total": "8"})]
    one, other = (row_sum(now, last, ("Y01_carry_matches",)) for last in before)
    assert one != other
