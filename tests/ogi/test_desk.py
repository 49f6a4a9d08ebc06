"""How findings stand, and the desk over reports nobody can decide on."""

from __future__ import annotations

import pytest

from ogi.checks import check_report
from ogi.desk import DeskFilter, groups_of, page_of, standing_of
from ogi.form import load_form
from ogi.library import entry_from

TOTAL = "applications.received.total"


@pytest.mark.parametrize(
    ("verdict", "fails", "is_outdated", "expected"),
    [
        (None, True, False, "open"),
        ("confirmed", True, False, "confirmed"),
        ("returned", True, False, "returned"),
        ("dismissed", False, False, "dismissed"),
        ("dismissed", True, True, "changed"),
        ("dismissed", False, True, "changed"),
        ("confirmed", True, True, "changed"),
        ("returned", False, False, "changed"),  # the organ mended it: somebody closes the case
    ],
)
def test_standing_follows_decision_and_figures(verdict, fails, is_outdated, expected) -> None:
    assert standing_of(verdict, fails=fails, is_outdated=is_outdated) == expected


@pytest.fixture
def entries(suqian):
    reports = [suqian(2023), suqian(2024, {TOTAL: "3526"})]
    return [entry_from(report, check_report(report, load_form()), "fictional") for report in reports]


def test_findings_of_samples_are_open_and_the_worst_come_first(entries) -> None:
    found = page_of(entries, DeskFilter(severities=("error", "warning")))
    assert [line.check for line in found.lines[:2]] == ["R01_row_sum", "R02_balance"]
    assert {line.standing for line in found.lines} == {"open"}
    counted = {(one.report_year, one.check): one.count for one in groups_of(entries, DeskFilter(severities=("error",)))}
    assert counted == {(2024, "R01_row_sum"): 1, (2024, "R02_balance"): 1}


def test_nothing_of_samples_was_ever_decided(entries) -> None:
    assert page_of(entries, DeskFilter(standings=("confirmed", "dismissed"))).total == 0
    assert page_of(entries, DeskFilter(severities=("error",), years=[2023])).total == 0
