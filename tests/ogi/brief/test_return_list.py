"""The list that goes back to an organ, read back from Word and Excel.

宿迁市 2024 has 3525 new applications in all, and 3526 are written here: the row adds up to 3525, the column of totals is off by
one, and one change of one cell (3526 → 3525) mends both, so it is one point.
"""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from msgspec import structs
from openpyxl import load_workbook

from ogi.brief.return_list import ReturnedReport, ReturnList
from ogi.brief.return_list_book import write_return_book, write_return_books
from ogi.brief.return_list_document import write_return_list
from ogi.checks import check_report
from ogi.checks.fix_lines import FixLine, fix_lines
from ogi.checks.fix_list import fix_list
from ogi.checks.repair import propose_repairs
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import StatedFact

ZH = Labels("zh")
TOTAL = "applications.received.total"


@pytest.fixture
def lines(suqian) -> tuple[FixLine, ...]:
    form, report = load_form(), suqian(2024, {TOTAL: "3526"})
    errors = [finding for finding in check_report(report, form) if finding.is_problem and finding.severity == "error"]
    return fix_lines(fix_list(errors, propose_repairs(report, form)), report, ZH, form)


def content(lines, organ: str = "宿迁市人民政府", **given) -> ReturnList:
    return ReturnList(organ=organ, reports=[ReturnedReport(year=2024, lines=lines)], **given)


def test_line_names_table_row_column_what_is_printed_what_is_wrong_and_what_to_do(lines) -> None:
    (line,) = lines
    assert (line.number, line.severity, line.todo) == (1, "error", "figures")
    assert line.table == "收到和处理政府信息公开申请情况"
    assert (line.row, line.column, line.printed) == ("本年新收政府信息公开申请数量", "总计", "3526")
    assert len(line.wrong) == 2
    assert "六类申请人之和是3525，总计栏写的是3526" in line.wrong[0]
    assert line.do == ("建议改为：本年新收政府信息公开申请数量 · 总计：3526 → 3525。",)


def test_document_has_addressee_deadline_and_every_column(lines) -> None:
    document = Document(BytesIO(write_return_list(content(lines, deadline="2026年3月20日", contact="王某 123"), ZH)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "宿迁市人民政府：" in text
    assert "2024年度政府信息公开工作年度报告有1处需要核实修改" in text
    assert "于2026年3月20日前报回" in text
    assert "联系方式：王某 123" in text
    head, row = ([cell.text for cell in row.cells] for row in document.tables[0].rows)
    assert head == ["序号", "表或部分", "行", "列", "原填", "问题", "处理", "反馈"]
    assert row[:5] == ["1", "收到和处理政府信息公开申请情况", "本年新收政府信息公开申请数量", "总计", "3526"]
    assert row[7] == ""


def test_sentence_of_the_prose_stands_under_what_is_wrong_and_the_cell_beside_it(suqian) -> None:
    form, sentence = load_form(), "全市新收申请3526件。"
    fact = StatedFact(key="text.requests_new", value=3526, sentence=sentence, words="新收申请3526件", unit="jian", section="s1")
    report = structs.replace(suqian(2024), facts=(fact,))
    found = [finding for finding in check_report(report, form) if finding.check == "N02_requests_new"]
    (line,) = fix_lines(fix_list(found), report, ZH, form)
    assert (line.printed, line.quotes) == ("3525", ("原文：“全市新收申请3526件。”",))
    document = Document(BytesIO(write_return_list(content([line]), ZH)))
    cells = [cell.text for cell in document.tables[0].rows[1].cells]
    assert cells[4] == "3525"
    assert cells[5].endswith("原文：“全市新收申请3526件。”")


def test_deadline_nobody_gave_is_a_blank_to_fill_in(lines) -> None:
    document = Document(BytesIO(write_return_list(content(lines), ZH)))
    assert any("　　年　　月　　日前报回" in paragraph.text for paragraph in document.paragraphs)


def test_workbook_of_one_organ(lines) -> None:
    sheet = load_workbook(BytesIO(write_return_book(content(lines), ZH))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=5)]
    assert rows[0] == ["序号", "年度", "程度", "表或部分", "行", "列", "原填", "问题", "处理", "反馈"]
    assert rows[1][:7] == [1, 2024, "错误", "收到和处理政府信息公开申请情况", "本年新收政府信息公开申请数量", "总计", "3526"]


def test_workbook_of_all_organs_has_an_overview_and_a_sheet_each_even_for_like_names(lines) -> None:
    organs = ["甲" * 40 + "一", "甲" * 40 + "二", "乙/丙:丁", "汇总"]
    book = load_workbook(BytesIO(write_return_books([content(lines, organ) for organ in organs], ZH)))
    assert book.sheetnames == ["汇总", "甲" * 31, "甲" * 27 + " (2)", "乙 丙 丁", "汇总 (2)"]
    overview = [[cell.value for cell in row] for row in book["汇总"].iter_rows(min_row=3, max_row=7)]
    assert overview[2] == [3, "乙/丙:丁", "2024", 1, 0, 0, 1]
    assert overview[4][3:] == [4, 0, 0, 4]


def test_organ_like_a_formula_is_text(lines) -> None:
    book = load_workbook(BytesIO(write_return_books([content(lines, "=1+1")], ZH)))
    cell = book["汇总"]["B3"]
    assert cell.data_type == "s"
    assert str(cell.value).endswith("=1+1")
