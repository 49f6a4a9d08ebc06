"""Workbooks in the layout of the official form: our own readers read every figure back from its place."""

from __future__ import annotations

import io
from collections.abc import Callable

import msgspec
import openpyxl
import pytest

from loaders.read import read_report
from ogi.exchange.official_layout import boxes_of, size_of
from ogi.exchange.report_book import report_book
from ogi.form import load_form
from ogi.organs import describe_organ
from ogi.report import NarrativeSection, Report
from ogi.spreadsheet import sheet_name

MakeReport = Callable[..., Report]
FORM = load_form()
TABLES = [(edition.id, table) for edition in FORM.editions.values() for table in edition.tables]
IDS = [f"{edition}-{table.id}" for edition, table in TABLES]


@pytest.mark.parametrize(("edition", "table"), TABLES, ids=IDS)
def test_boxes_fill_the_grid_once(edition: str, table) -> None:
    boxes = boxes_of(table)
    rows, columns = size_of(boxes)
    covered = [(r, c) for b in boxes for r in range(b.row, b.row + b.height) for c in range(b.column, b.column + b.width)]
    assert sorted(covered) == [(r, c) for r in range(rows) for c in range(columns)]
    assert [box.key for box in sorted(boxes, key=lambda b: (b.row, b.column)) if box.key] == [cell.key for cell in table.cells]


def numbered(edition: str) -> dict[str, str]:
    """Every cell holds another number, so that none can be taken for its neighbour."""
    return {key: str(1001 + place) for place, key in enumerate(FORM.editions[edition].cells)}


@pytest.mark.parametrize(("edition", "year"), [("gf2021", 2024), ("gf2019", 2020), ("st2014", 2016)])
def test_workbook_is_read_back_cell_by_cell(make_report: MakeReport, edition: str, year: int) -> None:
    printed = numbered(edition)
    report = make_report(printed, edition=edition, year=year, organ=describe_organ("示例市教育局"))
    back = read_report(report_book(report), "x.xlsx")
    assert (back.organ.name, back.report_year) == ("示例市教育局", year)
    assert {key: str(reading.value) for key, reading in back.cells.items()} == printed


def test_what_is_no_number_stays_what_it_is(make_report: MakeReport) -> None:
    cells = {"rules.issued": "", "rules.repealed": "/", "rules.in_force": "不适用", "fees.amount_wan_yuan": "12345.67元"}
    report = make_report(cells, organ=describe_organ("示例市教育局"))
    back = read_report(report_book(report), "x.xlsx")
    assert [back.state(key) for key in cells] == ["blank", "dash", "not_applicable", "reported"]
    assert back.cells["fees.amount_wan_yuan"].unit == "元"
    assert back.state("penalty.decisions") == "reported"


def test_prose_stands_in_its_section(make_report: MakeReport) -> None:
    prose = (NarrativeSection(section="s1", title="一、总体情况", text="全年主动公开信息128条。\n=HYPERLINK(1)"),)
    report = msgspec.structs.replace(make_report(organ=describe_organ("示例市教育局")), narrative=prose)
    sheet = openpyxl.load_workbook(io.BytesIO(report_book(report))).active
    assert sheet is not None
    column = [row[0] for row in sheet.iter_rows(max_col=1, values_only=True) if row[0] is not None]
    first = column.index("一、总体情况")
    assert column[first + 1 : first + 4] == ["全年主动公开信息128条。", "'=HYPERLINK(1)", "二、主动公开政府信息情况"]


def test_amended_figure_stands_beside_the_printed_one(make_report: MakeReport) -> None:
    report = make_report({"penalty.decisions": "12"}, organ=describe_organ("示例市教育局"))
    book = openpyxl.load_workbook(io.BytesIO(report_book(report, {"penalty.decisions": 21})))
    assert [cell.value for cell in book["更正后的数字"][2]] == ["行政处罚 · 本年处理决定数量", "penalty.decisions", "12", 21]
    assert read_report(report_book(report), "x.xlsx").value("penalty.decisions") == 12


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("2024/教育局", [], "2024 教育局"),
        ("", [], "1"),
        ("a", ["A"], "a (2)"),
        ("长" * 40, ["长" * 31], "长" * 27 + " (2)"),
    ],
)
def test_sheet_names_are_such_as_excel_takes(wanted: str, taken: list[str], name: str) -> None:
    assert sheet_name(wanted, taken) == name
