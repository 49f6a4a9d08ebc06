"""Corrections as a table that goes out and comes back: each row is checked before anything is applied."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from ogi.exchange.corrections_book import corrections_book, corrections_csv, problem_sentence, summary
from ogi.exchange.corrections_rows import Active, Checked, Known, check_rows, columns, needed
from ogi.exchange.table_file import Row, TableFileError, read_rows
from ogi.labels import Labels

REPORT = "oaaaaaaaaaa.2024.own"
LICENSING, PENALTY, FEES = "licensing.decisions", "penalty.decisions", "fees.amount_wan_yuan"
KNOWN = Known(
    report_id=7,
    changes=3,
    printed={LICENSING: "1 57", PENALTY: "8l", FEES: "=2+3"},
    active={PENALTY: (Active(correction_id=12, kind="misread", value=81, state="reported", why="看清了"),)},
)


def checked(*rows: dict[str, str], **more: str) -> Checked:
    plain = {"report": REPORT, "key": LICENSING, "kind": "misread", "value": "", "state": "", "why": "看清了"}
    lines = [Row(number, plain | row | more) for number, row in enumerate(rows, start=3)]
    return check_rows(lines, {REPORT: KNOWN}.get)


def outcome(**row: str) -> tuple[str, str | None]:
    (found,) = checked(row).rows
    return found.outcome, found.problem


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"report": "o2.2024.own", "value": "1"}, "unknown_report"),
        ({"key": "licensing.nothing", "value": "1"}, "unknown_key"),
        ({"kind": "mistake", "value": "1"}, "kind"),
        ({"value": "12a"}, "number"),
        ({"value": "1.5", "kind": "amended"}, "not_of_form"),
        ({"value": "-1", "kind": "keyed"}, "not_of_form"),
        ({"state": "不知道"}, "no_value"),
        ({"state": "blank", "kind": "amended"}, "no_value"),
        ({"value": "3", "state": "blank"}, "value_and_state"),
        ({"value": "3", "why": " "}, "why"),
        ({"value": "3", "printed": "158"}, "printed_changed"),
        ({"key": PENALTY, "value": "82"}, "conflict"),
        ({"key": PENALTY, "value": "82", "correction": "11"}, "gone"),
        ({"key": PENALTY, "value": "82", "correction": "x"}, "gone"),
        ({"key": PENALTY, "value": "82", "correction": "12", "kind": "amended"}, "kind_changed"),
        ({"undo": "是"}, "nothing_to_undo"),
    ],
)
def test_wrong_row_is_told(row: dict[str, str], problem: str) -> None:
    assert outcome(**row) == ("wrong", problem)
    (wrong,) = checked(row).problems
    for lang in ("zh", "en"):
        assert "3" in problem_sentence(wrong, Labels(lang))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"kind": "", "why": ""}, "untouched"),
        ({"value": "157"}, "new"),
        ({"value": "1,570", "printed": "1 57"}, "new"),
        ({"value": "157", "printed": "157"}, "new"),  # white space inside a number is no other print
        ({"kind": "识读有误", "state": "划线"}, "new"),
        ({"kind": "Amended", "value": "157"}, "new"),
        ({"kind": "keyed", "value": "157", "why": ""}, "new"),
        ({"key": PENALTY, "value": "81", "correction": "12"}, "unchanged"),
        ({"key": PENALTY, "value": "81"}, "unchanged"),
        ({"key": PENALTY, "value": "81", "correction": "12", "why": "再看过"}, "changed"),
        ({"key": PENALTY, "value": "82", "correction": "12"}, "changed"),
        ({"key": PENALTY, "value": "82", "kind": "amended"}, "new"),  # beside what is printed, not against the reading
        ({"key": PENALTY, "correction": "12", "undo": "yes"}, "undone"),
    ],
)
def test_row_says_what_it_would_do(row: dict[str, str], expected: str) -> None:
    assert outcome(**row) == (expected, None)


def test_number_and_state_are_understood() -> None:
    number, state = checked({"value": "1,570"}, {"key": FEES, "state": "无法识别"}).rows
    assert (number.value, number.state, number.report_id) == (1570, None, 7)
    assert (state.value, state.state) == (None, "unreadable")


def test_same_cell_twice_is_refused_with_the_other_line() -> None:
    found = checked({"value": "1"}, {"value": "2"}, {"value": "3", "kind": "amended"})
    assert [(row.outcome, row.problem) for row in found.rows] == [("new", None), ("wrong", "twice"), ("new", None)]
    assert found.rows[1].params == {"line": "3"}
    assert summary(found, Labels("zh")) == "新增2条，修改0条，撤销0条，不变0行，有问题1行。"


def test_rows_can_be_left_out_by_a_person() -> None:
    found = checked({"value": "1"}, {"value": "x"})
    assert [row.line for row in found.problems] == [4]
    assert found.without([4]).problems == ()
    assert [row.line for row in found.without([4]).effective] == [3]


ROWS: list[dict[str, Any]] = [
    {"report": REPORT, "organ": "示例市教育局", "report_year": 2024, "key": LICENSING, "printed": "1 57", "kind": "misread",
     "value": 157, "why": "=1+1", "correction": 12},
    {"report": REPORT, "key": FEES, "printed": "=2+3", "kind": "amended", "value": 0.25, "why": "-"},
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_workbook_comes_back_row_by_row(lang) -> None:
    back = read_rows(corrections_book(ROWS, lang), columns(), needed())
    assert [row.line for row in back] == [3, 4]
    assert [row.fields["printed"] for row in back] == ["1 57", "=2+3"]
    assert [row.fields["value"] for row in back] == ["157", "0.25"]
    assert [row.fields["why"] for row in back] == ["=1+1", "-"]


def test_csv_comes_back_row_by_row_also_as_excel_saves_it_in_china() -> None:
    data = corrections_csv(ROWS)
    assert b"\r\noaaaaaaaaaa" in data
    expected = read_rows(data, columns(), needed())
    assert [(row.line, row.fields["why"]) for row in expected] == [(2, "=1+1"), (3, "-")]
    text = data.decode("utf-8-sig")
    assert read_rows(text.encode("gb18030"), columns(), needed()) == expected
    assert read_rows(text.replace(",", "\t").encode("utf-16"), columns(), needed()) == expected


def test_nothing_in_the_files_is_a_formula() -> None:
    for data in (corrections_book(ROWS), corrections_csv(ROWS)):
        if data[:2] != b"PK":
            assert b",'=1+1" in data
            continue
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(data))["更正"].iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert "'=1+1" in [cell.value for cell in cells]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 no zip", "damaged"),
        ("机关,年度\n甲,2024\n".encode(), "no_heads"),
        (b"report,key,kind,value\n\xff\xff,,,\n", "encoding"),
        (b'report,key,kind,value\n"a,,,\n', "damaged"),
        (b"", "no_heads"),
    ],
)
def test_file_that_is_no_such_table_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(TableFileError) as refused:
        read_rows(data, columns(), needed())
    assert refused.value.code == code
    assert Labels("zh")(f"exchange.file.error.{code}", **refused.value.params)


def test_missing_columns_are_named() -> None:
    with pytest.raises(TableFileError) as refused:
        read_rows("报告编号,代码,类型\n".encode(), columns(), needed())
    assert refused.value.params == {"names": "数值"}
