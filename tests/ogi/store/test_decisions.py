"""Decisions on findings hold as long as the cells they looked at are as they were."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ogi.checks.finding import Finding, OtherFigure
from ogi.store import schema
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.corrections import correct
from ogi.store.decisions import decide, decision_history, undo_decision
from ogi.store.location import StoreError
from ogi.store.reports import stored

TOTAL = "applications.received.total"


@pytest.fixture
def report_id(records, paper, suqian, act) -> int:
    """The report of 宿迁市 for 2024 with one request too many in the total."""
    with records.writing() as c:
        return accept(c, paper(suqian(2024, {TOTAL: "3526"})), act).report_id


def finding_of(report):
    return next(finding for finding in report.findings if TOTAL in finding.cells and finding.severity == "error")


def errors(connection: sa.Connection) -> int | None:
    return connection.scalar(sa.select(schema.report_facts.c.errors))


def test_dismissed_finding_is_no_longer_open(records, report_id, act) -> None:
    with records.writing() as c:
        finding, before = finding_of(stored(c, report_id)), errors(c)
        made = decide(c, report_id, finding, "dismissed", act=act, changes=0)
        report = stored(c, report_id)
        assert errors(c) == before - 1
    assert (made.decision, made.why, made.by) == ("dismissed", "核对原件", "李四")
    assert made.cells[TOTAL] == ("3526", "reported")
    assert finding.place not in [f.place for f in report.findings]
    assert (report.decisions, report.changes) == ((made,), 1)


@pytest.mark.parametrize("decision", ["confirmed", "returned"])
def test_confirmed_or_returned_finding_stays_open(records, report_id, act, decision) -> None:
    with records.writing() as c:
        before = stored(c, report_id).findings
        decide(c, report_id, finding_of(stored(c, report_id)), decision, act=act)
        assert stored(c, report_id).findings == before


def test_finding_is_open_again_when_a_cell_it_looked_at_has_changed(records, report_id, act) -> None:
    with records.writing() as c:
        finding = finding_of(stored(c, report_id))
        decide(c, report_id, finding, "dismissed", act=act)
        correct(c, report_id, TOTAL, kind="misread", value=3527, act=act, changes=1)
        report = stored(c, report_id)
    assert finding.place in [f.place for f in report.findings]
    assert [decision.is_outdated(report.effective) for decision in report.decisions] == [True]


def test_change_of_another_cell_leaves_the_decision_in_force(records, report_id, act) -> None:
    with records.writing() as c:
        finding = finding_of(stored(c, report_id))
        decide(c, report_id, finding, "dismissed", act=act)
        correct(c, report_id, "rules.issued", kind="misread", value=5, act=act, changes=1)
        report = stored(c, report_id)
    assert finding.place not in [f.place for f in report.findings]
    assert [decision.is_outdated(report.effective) for decision in report.decisions] == [False]


def test_decision_can_be_taken_back_and_replaced(records, report_id, act) -> None:
    with records.writing() as c:
        finding = finding_of(stored(c, report_id))
        decide(c, report_id, finding, "confirmed", act=act)
        second = decide(c, report_id, finding, "dismissed", act=act)
        assert [d.decision for d in stored(c, report_id).decisions] == ["dismissed"]
        undo_decision(c, second.decision_id, act)
        report = stored(c, report_id)
        told = decision_history(c, report_id)
        with pytest.raises(StoreError) as refused:
            undo_decision(c, second.decision_id, act)
    assert refused.value.code == "no_decision"
    assert report.decisions == ()
    assert finding.place in [f.place for f in report.findings]
    assert [(d.decision, d.undone_by) for d in told] == [("confirmed", "李四"), ("dismissed", "李四")]


def test_dismissal_without_reason_is_refused(records, report_id) -> None:
    with records.writing() as c, pytest.raises(StoreError) as refused:
        decide(c, report_id, finding_of(stored(c, report_id)), "dismissed", act=Act(by="李四"))
    assert refused.value.code == "why_needed"


def test_confirmed_finding_is_outdated_when_a_figure_of_the_other_report_changed(records, report_id, act) -> None:
    def beside(value: int) -> Finding:
        other = OtherFigure(
            relation="previous", key=TOTAL, value=value, sha256="0" * 64, organ="宿迁市人民政府", report_year=2023
        )
        return Finding(check="Y01_carry_matches", severity="error", status="fail", cells=(TOTAL,), others=(other,))

    with records.writing() as c:
        made = decide(c, report_id, beside(13), "confirmed", act=act)
        report = stored(c, report_id)
    assert made.cells == {TOTAL: ("3526", "reported")}
    assert [made.is_outdated(report.effective, finding) for finding in (None, beside(13), beside(14))] == [False, False, True]
