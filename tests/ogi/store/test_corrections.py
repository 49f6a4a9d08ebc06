"""Correcting cells: three values stay apart, everything can be taken back, nobody overwrites unseen."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import msgspec
import pytest
import sqlalchemy as sa

from ogi.store import corrections, schema
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.audit import history
from ogi.store.corrections import CellCorrection, correct, correct_many
from ogi.store.deleting import delete
from ogi.store.identity import set_identity
from ogi.store.location import StoreError
from ogi.store.reports import stored
from ogi.store.snapshot.row import decode

TOTAL = "applications.received.total"


@pytest.fixture
def wrong(records, paper, suqian, act) -> int:
    """The report of 宿迁市 for 2024 with 3526 for its 3525 requests, stored; its one wrong sum is that of the row."""
    with records.writing() as c:
        return accept(c, paper(suqian(2024, {TOTAL: "3526"})), act).report_id


def facts_of(connection: sa.Connection, report_id: int):
    table = schema.report_facts
    return decode(connection.scalars(sa.select(table.c.row).where(table.c.report_id == report_id)).one())


def wrong_sums(report) -> list[str]:
    return [finding.check for finding in report.findings if TOTAL in finding.cells and finding.severity == "error"]


def test_misread_cell_takes_the_place_of_the_reading_and_checks_run_on_it(records, wrong, act) -> None:
    with records.reading() as c:
        before = stored(c, wrong)
    assert wrong_sums(before) != []
    with records.writing() as c:
        made = correct(c, wrong, TOTAL, kind="misread", value=3525, act=act, changes=0)
        report = stored(c, wrong)
        row = facts_of(c, wrong)
    assert (made.raw, made.read_value, made.value, made.why, made.by) == ("3526", 3526, 3525, "核对原件", "李四")
    assert (report.printed.value(TOTAL), report.effective.value(TOTAL)) == (3526, 3525)
    assert report.effective.cells[TOTAL].raw == "3526"
    assert wrong_sums(report) == []
    assert (row.numbers[TOTAL], row.amended) == (3525, {})
    assert report.changes == 1


def test_amended_cell_leaves_checks_and_printed_figures_as_they_are(records, wrong, act) -> None:
    with records.reading() as c:
        before = stored(c, wrong)
    with records.writing() as c:
        correct(c, wrong, TOTAL, kind="amended", value=3525, act=act, changes=0)
        report = stored(c, wrong)
        row = facts_of(c, wrong)
    assert report.effective == report.printed == before.printed
    assert report.findings == before.findings
    assert report.amended == {TOTAL: 3525}
    assert (row.numbers[TOTAL], row.amended[TOTAL]) == (3526, 3525)


def test_misread_and_amended_stand_side_by_side(records, wrong, act) -> None:
    with records.writing() as c:
        correct(c, wrong, TOTAL, kind="misread", value=3520, act=act, changes=0)
        correct(c, wrong, TOTAL, kind="amended", value=3525, act=act, changes=1)
        report, row = stored(c, wrong), facts_of(c, wrong)
    assert (report.printed.value(TOTAL), report.effective.value(TOTAL), report.amended[TOTAL]) == (3526, 3520, 3525)
    assert (row.numbers[TOTAL], row.amended[TOTAL]) == (3520, 3525)


def test_second_correction_of_a_cell_takes_the_first_back_and_both_are_remembered(records, wrong, act) -> None:
    with records.writing() as c:
        correct(c, wrong, TOTAL, kind="misread", value=3520, act=act, changes=0)
        correct(c, wrong, TOTAL, kind="keyed", value=3525, act=act, changes=1)
        report = stored(c, wrong)
        told = corrections.history(c, wrong, TOTAL)
    assert [(correction.kind, correction.value, correction.counts) for correction in told] == [
        ("misread", 3520, False),
        ("keyed", 3525, True),
    ]
    assert [correction.value for correction in report.corrections] == [3525]
    assert report.effective.state(TOTAL) == "keyed"


def test_undoing_brings_the_reading_back(records, wrong, act) -> None:
    with records.writing() as c:
        before = stored(c, wrong)
        made = correct(c, wrong, TOTAL, kind="misread", value=3525, act=act, changes=0)
        corrections.undo(c, made.correction_id, Act(by="王五", why="又看了一遍"))
        after = stored(c, wrong)
        told = corrections.history(c, wrong)
        assert facts_of(c, wrong).numbers[TOTAL] == 3526
    assert (after.effective, after.findings, after.corrections) == (before.effective, before.findings, ())
    assert [(correction.undone_by, correction.undone_why) for correction in told] == [("王五", "又看了一遍")]
    with records.writing() as c, pytest.raises(StoreError) as refused:
        corrections.undo(c, made.correction_id, act)
    assert refused.value.code == "no_correction"


def test_every_change_says_who_when_and_why(records, wrong, act) -> None:
    with records.writing() as c:
        made = correct(c, wrong, TOTAL, kind="misread", value=3525, act=act, changes=0)
        corrections.undo(c, made.correction_id, act)
    with records.reading() as c:
        lines = history(c, report_id=wrong)
    assert [line["action"] for line in lines] == ["correction_undone", "corrected", "accepted"]
    assert {(line["by"], line["why"], line["at"]) for line in lines} == {("李四", "核对原件", act.at)}
    assert lines[1]["subject"] == TOTAL
    assert lines[1]["detail"] == {
        "kind": "misread", "printed": "3526", "read": "3526", "before": None, "value": "3525", "state": "reported",
    }  # fmt: skip


def test_change_of_a_report_somebody_else_just_changed_is_refused(records, wrong, act) -> None:
    with records.writing() as c:
        correct(c, wrong, TOTAL, kind="misread", value=3525, act=dataclasses.replace(act, by="王五"), changes=0)
    with records.writing() as c, pytest.raises(StoreError) as refused:
        correct(c, wrong, "rules.issued", kind="misread", value=9, act=act, changes=0)
    assert refused.value.code == "changed_meanwhile"
    assert refused.value.params == {"by": "王五", "at": f"{act.at:%Y-%m-%d %H:%M} UTC"}
    with records.reading() as c:
        assert [correction.key for correction in corrections.history(c, wrong)] == [TOTAL]


def test_printed_dash_that_was_read_as_a_number_has_no_number(records, wrong, act) -> None:
    with records.writing() as c:
        correct(c, wrong, "rules.issued", kind="misread", value=None, state="dash", act=act, changes=0)
        report, row = stored(c, wrong), facts_of(c, wrong)
    assert (report.effective.value("rules.issued"), report.effective.state("rules.issued")) == (None, "dash")
    assert "rules.issued" not in row.numbers


def test_saying_that_a_doubtful_reading_is_right_takes_its_mark_away(records, paper, suqian, act) -> None:
    report = suqian(2024)
    doubtful = msgspec.structs.replace(report.cells[TOTAL], doubts=("uncertain",), confidence=0.5)
    report = msgspec.structs.replace(report, cells=report.cells | {TOTAL: doubtful})
    with records.writing() as c:
        number = accept(c, paper(report), act).report_id
        assert facts_of(c, number).marked == 1
        correct(c, number, TOTAL, kind="misread", value=3525, act=act, changes=0)
        assert facts_of(c, number).marked == 0


def test_keyed_cells_complete_a_partly_read_report(records, paper, suqian, act) -> None:
    cells = [k for k in suqian(2024).cells if k.startswith("reconsideration.")]
    partly = suqian(2024, dict.fromkeys(cells, "?"), partial=("t4_disputes",))
    values = dict(zip(cells, (88, 18, 28, 36, 170), strict=True))
    with records.writing() as c:
        number = accept(c, paper(partly), act).report_id
        before = c.scalar(sa.select(schema.report_facts.c.read_status))
        wanted = [CellCorrection(key=key, kind="keyed", value=value) for key, value in values.items()]
        correct_many(c, number, wanted[:-1], Act(by="录入员"), 0)
        nearly = c.scalar(sa.select(schema.report_facts.c.read_status))
        correct_many(c, number, wanted[-1:], Act(by="录入员"), 1)
        report = stored(c, number)
        assert (before, nearly, c.scalar(sa.select(schema.report_facts.c.read_status))) == ("partial", "partial", "complete")
    assert {key: report.effective.value(key) for key in cells} == values
    assert {report.effective.state(key) for key in cells} == {"keyed"}
    assert {report.printed.state(key) for key in cells} == {"missing_page"}


def test_second_person_confirms(records, wrong, act) -> None:
    with records.writing() as c:
        made = correct(c, wrong, TOTAL, kind="keyed", value=3525, act=Act(by="录入员"), changes=0)
        with pytest.raises(StoreError) as refused:
            corrections.confirm(c, made.correction_id, Act(by="录入员"))
        corrections.confirm(c, made.correction_id, act)
        report = stored(c, wrong)
    assert refused.value.code == "same_person"
    assert [(correction.confirmed_by, correction.confirmed_at) for correction in report.corrections] == [("李四", act.at)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (CellCorrection(key="no.such.cell", kind="misread", value=1), "unknown_key"),
        (CellCorrection(key=TOTAL, kind="amended", value=None, state="blank"), "bad_value"),
        (CellCorrection(key=TOTAL, kind="misread", value=None), "bad_value"),
        (CellCorrection(key=TOTAL, kind="misread", value=1, state="blank"), "bad_value"),
        (CellCorrection(key=TOTAL, kind="misread", value=Decimal("NaN")), "bad_value"),
        (CellCorrection(key=TOTAL, kind="misread", value=10**30), "bad_value"),
        (CellCorrection(key=TOTAL, kind="misread", value=True), "bad_value"),
    ],
)
def test_what_cannot_stand_in_a_cell_is_refused_and_nothing_of_the_lot_is_set(records, wrong, act, cell, code) -> None:
    good = CellCorrection(key="rules.issued", kind="misread", value=9)
    with records.writing() as c, pytest.raises(StoreError) as refused:
        correct_many(c, wrong, [good, cell], act, 0)
    assert refused.value.code == code
    with records.reading() as c:
        assert (stored(c, wrong).changes, corrections.history(c, wrong)) == (0, [])


def test_correction_without_reason_is_refused_but_keying_in_needs_none(records, wrong) -> None:
    with records.writing() as c, pytest.raises(StoreError) as refused:
        correct(c, wrong, TOTAL, kind="misread", value=3525, act=Act(by="李四", why=" "), changes=0)
    assert refused.value.code == "why_needed"
    with records.writing() as c:
        correct(c, wrong, TOTAL, kind="keyed", value=3525, act=Act(by="李四"), changes=0)


def test_deleted_or_unknown_report_cannot_be_corrected(records, wrong, act) -> None:
    with records.writing() as c:
        delete(c, wrong, act, 0)
    for number, code in ((wrong, "is_deleted"), (wrong + 7, "no_report")):
        with records.writing() as c, pytest.raises(StoreError) as refused:
            correct(c, number, TOTAL, kind="misread", value=1, act=act, changes=1)
        assert refused.value.code == code


def test_money_is_kept_to_the_last_digit(records, wrong, act) -> None:
    with records.writing() as c:
        correct(c, wrong, "fees.amount_wan_yuan", kind="misread", value=Decimal("72701.2587"), act=act, changes=0)
        assert stored(c, wrong).effective.value("fees.amount_wan_yuan") == Decimal("72701.2587")


def test_refused_change_leaves_nothing_behind_where_the_transaction_goes_on(records, wrong, paper, suqian, act) -> None:
    with records.writing() as c:
        accept(c, paper(suqian(2023), "二三"), act)
        with pytest.raises(StoreError):
            set_identity(c, wrong, organ_name="宿迁市人民政府", report_year=2023, act=act, changes=0)
        correct(c, wrong, TOTAL, kind="misread", value=3525, act=act, changes=0)
    with records.reading() as c:
        assert (stored(c, wrong).changes, stored(c, wrong).place.report_year) == (1, 2024)
