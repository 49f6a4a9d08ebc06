"""Corrections out to Excel and back: what comes back is applied as a whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Mapping

import openpyxl
import pytest

from ogi.exchange.corrections_book import corrections_book
from ogi.exchange.corrections_rows import columns, needed
from ogi.exchange.table_file import read_rows
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.corrections import correct
from ogi.store.corrections_table import apply, cells_of, check, exported
from ogi.store.edits import corrections_of
from ogi.store.location import StoreError
from ogi.store.reports import stored

RECEIVED, PENALTY, RULES, FEES = "applications.received.total", "penalty.decisions", "rules.issued", "fees.amount_wan_yuan"


@pytest.fixture
def report_id(records, paper, suqian, act) -> int:
    """宿迁市 2024 with a wrong total, a penalty misread as 2676479 and its fees amended."""
    with records.writing() as c:
        found = accept(c, paper(suqian(2024, {RECEIVED: "3526", PENALTY: "267647g"})), act).report_id
        correct(c, found, PENALTY, kind="misread", value=2676474, act=act, changes=None)
        correct(c, found, FEES, kind="amended", value=72701, act=act, changes=None)
    return found


def edited(data: bytes, changes: Mapping[str, Mapping[str, object]]) -> bytes:
    """The workbook with fields of the rows of some cells filled in, as a person would."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    places = {str(cell.value): number for number, cell in enumerate(sheet[2], start=1)}
    for row in range(3, sheet.max_row + 1):
        for field, value in changes.get(str(sheet.cell(row, places["key"]).value), {}).items():
            sheet.cell(row, places[field]).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def in_force(records, report_id: int) -> dict[str, tuple[str, object, str]]:
    with records.reading() as c:
        return {one.key: (one.kind, one.value, one.why) for one in corrections_of(c, report_id)}


def test_what_goes_out_comes_back_as_no_change(records, report_id) -> None:
    with records.reading() as c:
        for lang in ("zh", "en"):
            rows = list(exported(c, lang))
            assert [(row["key"], row["value"], row["printed"]) for row in rows] == [
                (FEES, 72701, "72701.2578"),
                (PENALTY, 2676474, "267647g"),
            ]
            checked = check(c, read_rows(corrections_book(rows, lang), columns(), needed()))
            assert [row.outcome for row in checked.rows] == ["unchanged", "unchanged"]


def test_cells_of_a_report_are_filled_in_and_applied(records, report_id, act) -> None:
    with records.reading() as c:
        book = corrections_book(cells_of(c, report_id))
        book = edited(
            book,
            {
                RECEIVED: {"kind": "识读有误", "value": 3525, "why": "看原件"},
                RULES: {"kind": "识读有误", "state": "空白", "why": "没有印数字"},
                PENALTY: {"value": 2676475, "why": "再看原件"},
                FEES: {"undo": "是"},
            },
        )
        checked = check(c, read_rows(book, columns(), needed()))
    assert checked.problems == ()
    assert {row.key: row.outcome for row in checked.effective} == {
        RECEIVED: "new", RULES: "new", PENALTY: "changed", FEES: "undone",
    }  # fmt: skip
    with records.writing() as c:
        assert apply(c, checked, Act(by="王五", why="导入")) == 4
    assert in_force(records, report_id) == {
        RECEIVED: ("misread", 3525, "看原件"),
        RULES: ("misread", None, "没有印数字"),
        PENALTY: ("misread", 2676475, "再看原件"),
    }
    with records.reading() as c:
        assert stored(c, report_id).effective.state(RULES) == "blank"


def test_one_wrong_row_keeps_all_others_out(records, report_id) -> None:
    before = in_force(records, report_id)
    with records.reading() as c:
        book = edited(
            corrections_book(cells_of(c, report_id)),
            {RECEIVED: {"kind": "misread", "value": 3525, "why": "看原件"}, RULES: {"kind": "misread", "value": "x", "why": "y"}},
        )
        checked = check(c, read_rows(book, columns(), needed()))
    with pytest.raises(StoreError) as refused, records.writing() as c:
        apply(c, checked, Act(by="王五"))
    assert refused.value.code == "rows_wrong"
    assert in_force(records, report_id) == before
    with records.writing() as c:
        assert apply(c, checked.without(row.line for row in checked.problems), Act(by="王五")) == 1


def test_change_between_check_and_import_is_noticed(records, report_id, act) -> None:
    for changes in ({RECEIVED: {"kind": "misread", "value": 3525, "why": "看原件"}}, {PENALTY: {"undo": "是"}}):
        with records.reading() as c:
            checked = check(c, read_rows(edited(corrections_book(cells_of(c, report_id)), changes), columns(), needed()))
        with records.writing() as c:
            correct(c, report_id, RULES, kind="misread", value=3, act=act, changes=None)
        with pytest.raises(StoreError) as refused, records.writing() as c:
            apply(c, checked, Act(by="王五"))
        assert refused.value.code in ("changed_meanwhile", "table_outdated")
        assert set(in_force(records, report_id)) == {PENALTY, FEES, RULES}


def test_new_version_that_prints_otherwise_is_told_before_import(records, report_id, paper, suqian, act) -> None:
    with records.reading() as c:
        book = edited(corrections_book(cells_of(c, report_id)), {RECEIVED: {"kind": "misread", "value": 3527, "why": "看原件"}})
    with records.writing() as c:
        accept(c, paper(suqian(2024, {PENALTY: "267647g"}), "新版"), act)
    with records.reading() as c:
        (problem,) = check(c, read_rows(book, columns(), needed())).problems
    assert (problem.key, problem.problem, problem.params) == (RECEIVED, "printed_changed", {"was": "3526", "now": "3525"})


def test_report_nobody_has_is_told(records, report_id) -> None:
    lines = ("report,key,kind,value,why", "o.2024.own,rules.issued,misread,1,y", "nonsense,rules.issued,misread,1,y")
    with records.reading() as c:
        rows = read_rows("\n".join(lines).encode(), columns(), needed())
        assert [row.problem for row in check(c, rows).rows] == ["unknown_report", "unknown_report"]
