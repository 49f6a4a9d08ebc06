"""The review desk over stored reports.

宿迁市 2024 has 3525 new applications in all, and 3526 are written here: the row no longer adds up (R01 of the row), the column
neither (R02 of the column of totals).
"""

from __future__ import annotations

import pytest

from ogi.desk import DeskFilter
from ogi.store.accepting import accept
from ogi.store.corrections import correct
from ogi.store.decisions import decide
from ogi.store.deleting import delete
from ogi.store.desk import groups, page, report_number
from ogi.store.reports import stored

TOTAL = "applications.received.total"
ERRORS = DeskFilter(severities=("error",))


@pytest.fixture
def report_id(records, paper, suqian, act) -> int:
    with records.writing() as c:
        accept(c, paper(suqian(2023), "另一份"), act)
        return accept(c, paper(suqian(2024, {TOTAL: "3526"})), act).report_id


def row_finding(report):
    return next(finding for finding in report.findings if finding.check == "R01_row_sum")


def test_open_errors_are_counted_and_listed(records, report_id) -> None:
    with records.reading() as c:
        counted = {(one.report_year, one.check): one.count for one in groups(c, ERRORS)}
        found = page(c, ERRORS)
    assert counted == {(2024, "R01_row_sum"): 1, (2024, "R02_balance"): 1}
    assert [(line.check, line.standing) for line in found.lines] == [("R01_row_sum", "open"), ("R02_balance", "open")]
    assert found.total == 2
    assert found.lines[0].finding is not None
    assert (found.lines[0].finding.left, found.lines[0].finding.right) == (3525, 3526)


def test_pages_follow_each_other(records, report_id) -> None:
    with records.reading() as c:
        pages = [page(c, ERRORS, offset=number, limit=1) for number in range(3)]
    assert [[line.check for line in one.lines] for one in pages] == [["R01_row_sum"], ["R02_balance"], []]
    assert {one.total for one in pages} == {2}


@pytest.mark.parametrize("verdict", ["confirmed", "returned", "dismissed"])
def test_decision_is_shown_and_filtered_by(records, report_id, act, verdict) -> None:
    with records.writing() as c:
        decide(c, report_id, row_finding(stored(c, report_id)), verdict, act=act)
        decided = page(c, DeskFilter(standings=(verdict,)))
        left = page(c, DeskFilter(severities=("error",), standings=("open",)))
        shown = {line.check for line in page(c, ERRORS).lines}
    assert [(line.check, line.standing, line.finding is None) for line in decided.lines] == [
        ("R01_row_sum", verdict, verdict == "dismissed")
    ]
    assert [line.check for line in left.lines] == ["R02_balance"]
    assert shown == ({"R02_balance"} if verdict == "dismissed" else {"R01_row_sum", "R02_balance"})


def test_decision_whose_cell_changed_comes_first_whether_or_not_the_check_still_fails(records, report_id, act) -> None:
    with records.writing() as c:
        for finding in stored(c, report_id).findings:
            if finding.check in ("R01_row_sum", "R02_balance"):
                decide(c, report_id, finding, "dismissed" if finding.check == "R01_row_sum" else "confirmed", act=act)
        correct(c, report_id, TOTAL, kind="misread", value=3527, act=act, changes=None)
        still = page(c, ERRORS)
        correct(c, report_id, TOTAL, kind="misread", value=3525, act=act, changes=None)
        mended = page(c, ERRORS)
    assert [(line.check, line.standing, line.finding is None) for line in still.lines] == [
        ("R01_row_sum", "changed", False),
        ("R02_balance", "changed", False),
    ]
    assert [(line.check, line.standing, line.finding is None) for line in mended.lines] == [
        ("R01_row_sum", "changed", True),
        ("R02_balance", "changed", True),
    ]


def test_filters_by_organ_year_check_and_scope(records, report_id) -> None:
    with records.reading() as c:
        line = page(c, ERRORS).lines[0]
        by = {
            "organ": page(c, DeskFilter(severities=("error",), organ_ids=[line.organ_id])).total,
            "another organ": page(c, DeskFilter(severities=("error",), organ_ids=["oaaaaaaaaaa"])).total,
            "year": page(c, DeskFilter(severities=("error",), years=[2023])).total,
            "check": page(c, DeskFilter(checks=["R02_balance"])).total,
            "scope": page(c, DeskFilter(severities=("error",), scopes=[line.scope])).total,
        }
        assert report_number(c, line) == report_id
    assert by == {"organ": 2, "another organ": 0, "year": 0, "check": 1, "scope": 2}


def test_deleted_report_has_nothing_on_the_desk(records, report_id, act) -> None:
    with records.writing() as c:
        decide(c, report_id, row_finding(stored(c, report_id)), "confirmed", act=act)
        delete(c, report_id, act, changes=None)
        assert page(c, ERRORS).total == 0
        assert groups(c, ERRORS) == ()
