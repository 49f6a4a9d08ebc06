"""Excel workbooks: the official tables on one sheet or three, numbers as they are shown, and what is hidden or missing said."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Border, Font, Side

from loaders import xlsx, xlsx_sheet
from loaders.errors import CannotReadError
from loaders.grid import Grid, Pages
from loaders.kind import read_pages
from loaders.read import read_report
from ogi.labels import Labels
from ogi.report import Source

TITLE = "示例市教育局2024年政府信息公开工作年度报告"
DISCLOSURE = (
    ("第二十条第（一）项",),
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", 0, None, 3),
    ("行政规范性文件", 8, 1, 57),
    ("第二十条第（五）项",),
    ("信息内容", "本年处理决定数量"),
    ("行政许可", 1573179),
    ("第二十条第（六）项",),
    ("信息内容", "本年处理决定数量"),
    ("行政处罚", 2676474),
    ("行政强制", None),
    ("第二十条第（八）项",),
    ("信息内容", "本年收费金额（单位：万元）"),
    ("行政事业性收费", 72701.2578),
)
ROWS = """一、本年新收政府信息公开申请数量
二、上年结转政府信息公开申请数量
（一）予以公开|（二）部分公开（区分处理的，只计这一情形，不计其他情形）
1.属于国家秘密|2.其他法律行政法规禁止公开|3.危及“三安全一稳定”|4.保护第三方合法权益|5.属于三类内部事务信息|6.属于四类过程性信息
7.属于行政执法案卷|8.属于行政查询事项|1.本机关不掌握相关政府信息|2.没有现成信息需要另行制作|3.补正后申请内容仍不明确
1.信访举报投诉类申请|2.重复申请|3.要求提供公开出版物|4.无正当理由大量反复申请|5.要求行政机关确认或重新出具已获取信息
1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请|3.其他
（七）总计|四、结转下年度继续办理"""
LABELS = re.split(r"[|\n]", ROWS)
GROUPS = {4: "（三）不予公开", 12: "（四）无法提供", 15: "（五）不予处理", 20: "（六）其他处理"}
GROUP_ENDS = (12, 15, 20, 23)
THIN = Border(*[Side(style="thin")] * 4)


def write_requests(sheet, top: int) -> None:
    """The table of applications from row ``top`` on: row r of it, from 0, holds 100r, 100r+1 … 100r+6."""
    heads = [
        ((0, 0), "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"),
        ((0, 3), "申请人情况"),
        ((1, 3), "自然人"),
    ]
    heads += [((1, 4), "法人或其他组织"), ((1, 9), "总计")]
    heads += [((2, 4 + i), name) for i, name in enumerate(("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))]
    for (row, column), text in heads:
        sheet.cell(top + row, 1 + column, text)
    for area in ("A0:C2", "D0:J0", "D1:D2", "E1:I1", "J1:J2"):
        sheet.merge_cells(re.sub(r"\d+", lambda found: str(top + int(found[0])), area))
    first = top + 3
    for number, label in enumerate(LABELS):
        row = first + number
        if number in (0, 1, len(LABELS) - 1):
            sheet.cell(row, 1, label)
            sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        elif number in (2, 3, len(LABELS) - 2):
            sheet.cell(row, 2, label)
            sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3)
        else:
            sheet.cell(row, 3, label)
        for column in range(7):
            sheet.cell(row, 4 + column, 100 * number + column)
    sheet.cell(first + 2, 1, "三、本年度办理结果")
    sheet.merge_cells(start_row=first + 2, end_row=first + len(LABELS) - 2, start_column=1, end_column=1)
    for (start, text), end in zip(GROUPS.items(), GROUP_ENDS, strict=True):
        sheet.cell(first + start, 2, text)
        sheet.merge_cells(start_row=first + start, end_row=first + end - 1, start_column=2, end_column=2)


def write_disputes(sheet, top: int) -> None:
    results = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    sheet.cell(top, 1, "行政复议")
    sheet.cell(top, 6, "行政诉讼")
    sheet.cell(top + 1, 6, "未经复议直接起诉")
    sheet.cell(top + 1, 11, "复议后起诉")
    for column, result in enumerate(results):
        sheet.cell(top + 1, 1 + column, result)
        sheet.cell(top + 2, 6 + column, result)
        sheet.cell(top + 2, 11 + column, result)
        sheet.merge_cells(start_row=top + 1, end_row=top + 2, start_column=1 + column, end_column=1 + column)
    for first, last, row in ((1, 5, 0), (6, 15, 0), (6, 10, 1), (11, 15, 1)):
        sheet.merge_cells(start_row=top + row, end_row=top + row, start_column=first, end_column=last)
    for column in range(15):
        sheet.cell(top + 3, 1 + column, column % 5 if column % 5 < 4 else 6)


def write_disclosure(sheet, top: int) -> int:
    for number, texts in enumerate(DISCLOSURE):
        for column, text in enumerate(texts):
            sheet.cell(top + number, 1 + column, text)
        if len(texts) < 3:
            sheet.merge_cells(start_row=top + number, end_row=top + number, start_column=max(len(texts), 1), end_column=4)
    return top + len(DISCLOSURE)


def border(sheet) -> None:
    """Rule every cell from the first table row on, as people do."""
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.border = THIN


def one_sheet(*, gaps: bool, borders: bool) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = TITLE
    sheet["A2"] = "二、主动公开政府信息情况"
    after = write_disclosure(sheet, 3) + gaps
    sheet.cell(after, 1, "三、收到和处理政府信息公开申请情况")
    write_requests(sheet, after + 1)
    after += 4 + len(LABELS) + gaps
    sheet.cell(after, 1, "四、政府信息公开行政复议、行政诉讼情况")
    write_disputes(sheet, after + 1)
    if borders:
        border(sheet)
    return saved(book)


def three_sheets() -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "主动公开"
    first["A1"] = TITLE
    write_disclosure(first, 3)
    write_requests(book.create_sheet("依申请公开"), 1)
    write_disputes(book.create_sheet("复议诉讼"), 1)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        one_sheet(gaps=True, borders=True),
        one_sheet(gaps=True, borders=False),
        one_sheet(gaps=False, borders=True),
        one_sheet(gaps=False, borders=False),
        three_sheets(),
    ],
    ids=["bordered", "plain", "tight-bordered", "tight", "three-sheets"],
)
def test_official_tables_are_read_whole(data: bytes) -> None:
    report = read_report(data, "a.xlsx")
    assert (report.organ.name, report.report_year) == ("示例市教育局", 2024)
    assert {table: found.status for table, found in report.tables.items()} == dict.fromkeys(
        ("t2_art20_1", "t2_art20_5", "t2_art20_6", "t2_art20_8", "t3_requests", "t4_disputes"), "complete"
    )
    cells = {key: (cell.value, cell.state) for key, cell in report.cells.items()}
    assert cells["rules.issued"] == (0, "reported")
    assert cells["rules.repealed"] == (None, "blank")
    assert cells["normative_documents.in_force"] == (57, "reported")
    assert cells["licensing.decisions"] == (1573179, "reported")
    assert cells["coercion.decisions"] == (None, "blank")
    assert cells["fees.amount_wan_yuan"] == (Decimal("72701.2578"), "reported")
    requests = [value for key, (value, _) in cells.items() if key.startswith("applications.")]
    assert requests == [100 * row + column for row in range(len(LABELS)) for column in range(7)]
    disputes = [value for key, (value, _) in cells.items() if key.startswith(("reconsideration", "litigation"))]
    assert disputes == [0, 1, 2, 3, 6] * 3


def test_sources_are_those_excel_shows() -> None:
    report = read_report(three_sheets(), "a.xlsx")
    assert report.cells["rules.in_force"].source == Source(table=1, row=5, cell=4)
    assert report.cells["applications.received.total"].source == Source(table=2, row=4, cell=10)


def book_of(*values: object) -> tuple[openpyxl.Workbook, object]:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    for column, value in enumerate(values, start=1):
        sheet.cell(1, column, value)
    return book, sheet


def texts(data: bytes) -> list[str]:
    return [cell.text for block in read_pages(data, "a.xlsx").blocks if isinstance(block, Grid) for cell in block.cells]


def said(pages: Pages) -> list[tuple[str, object]]:
    for notice in pages.notices:
        assert Labels("zh").notice(notice)
    return [(notice.code, notice.params.get("cells") or notice.params.get("names")) for notice in pages.notices]


def test_numbers_are_read_as_their_format_shows_them() -> None:
    formats = {"#,##0": 1234, "General": 59237.2449, "0.00": 59237.2449, "0_ ": 7, '0"件"': 5, "0;-0;;@": 0, "@": 12, "0.0": 2}
    book, sheet = book_of(*formats.values())
    for column, number_format in enumerate(formats, start=1):
        sheet.cell(1, column).number_format = number_format
    data = saved(book)
    assert texts(data) == ["1,234", "59237.2449", "59237.24", "7", "5件", "", "12", "2.0"]
    assert said(read_pages(data, "a.xlsx")) == [("figures_rounded", "C1"), ("zeros_hidden", "F1")]


def test_number_in_a_format_that_is_not_understood_is_unsure() -> None:
    book, sheet = book_of("甲", 7)
    sheet["B1"].number_format = "[>5]0;0.0"
    (grid,) = read_pages(saved(book), "a.xlsx").blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.confidence) for cell in grid.cells] == [("甲", 1.0), ("7", 0.8)]


def test_float_noise_is_not_shown() -> None:
    book, _ = book_of(0.1 + 0.2, 4068.208, 1e15, 96171.6)
    assert texts(saved(book)) == ["0.3", "4068.208", "1000000000000000", "96171.6"]


def test_dates_errors_and_truth_are_no_numbers() -> None:
    book, _ = book_of(dt.datetime(2024, 1, 26), dt.date(2024, 12, 31), True, "#DIV/0!", "007", " 12 ")
    assert texts(saved(book)) == ["2024-01-26", "2024-12-31", "TRUE", "#DIV/0!", "007", " 12 "]


def test_marks_beside_a_figure_keep_their_look() -> None:
    mark = TextBlock(InlineFont(vertAlign="superscript"), "1")
    gone = TextBlock(InlineFont(strike=True), "5")
    book, sheet = book_of(CellRichText("22", mark), CellRichText(gone, "6"), 7)
    sheet["C1"].font = Font(strike=True)
    assert texts(saved(book)) == ["22¹", "5\u03366", "7\u0336"]


def test_formula_counts_with_its_stored_value_and_is_unreadable_without() -> None:
    book, _ = book_of("合计", "=1+1", "=2+2")
    data = saved(book)
    assert texts(data) == ["合计", "\ufffd", "\ufffd"]
    assert said(read_pages(data, "a.xlsx")) == [("formulas_without_value", "B1、C1")]
    assert texts(changed(data, "xl/worksheets/sheet1.xml", "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")) == ["合计", "2", "\ufffd"]


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """The package with some text of one part replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                text = content.decode().replace("<v />", "<v></v>").replace("<v/>", "<v></v>")
                assert old in text
                content = text.replace(old, new).encode()
            copy.writestr(name, content)
    return target.getvalue()


def test_hidden_sheets_rows_and_columns_are_left_out_and_said() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 5):
        for column in range(1, 4):
            sheet.cell(row, column, f"{row}{column}")
    sheet.merge_cells("A2:A4")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("底稿").sheet_state = "hidden"
    pages = read_pages(saved(book), "a.xlsx")
    (grid,) = pages.blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.row, cell.column, cell.rowspan, cell.source.row, cell.source.cell) for cell in grid.cells] == [
        ("11", 0, 0, 1, 1, 1),
        ("13", 0, 1, 1, 1, 3),
        ("21", 1, 0, 2, 2, 1),
        ("23", 1, 1, 1, 2, 3),
        ("43", 2, 1, 1, 4, 3),
    ]
    assert said(pages) == [("hidden_cells", "B1、B2、B3、C3、B4"), ("hidden_sheets", "底稿")]


def test_blank_cells_of_a_table_stand_in_it_and_empty_rows_part_tables() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, values in enumerate([("甲", None, 1), ("乙", 2, None), (), ("丙", 3)], start=1):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)
    sheet["C2"].border = THIN
    first, second = (block for block in read_pages(saved(book), "a.xlsx").blocks if isinstance(block, Grid))
    assert [(cell.text, cell.row, cell.column) for cell in first.cells] == [
        ("甲", 0, 0), ("", 0, 1), ("1", 0, 2), ("乙", 1, 0), ("2", 1, 1), ("", 1, 2),
    ]  # fmt: skip
    assert [(cell.text, cell.row, cell.source.row) for cell in second.cells] == [("丙", 0, 4), ("3", 0, 4)]


def refusal(data: bytes) -> str:
    xlsx.sheets_of.cache_clear()
    with pytest.raises(CannotReadError) as caught:
        read_pages(data, "a.xlsx")
    assert Labels("en")(f"error.{caught.value.code}", **caught.value.params)
    return caught.value.code


def test_hostile_workbooks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(book_of("甲", 1)[0])
    bomb = '<!DOCTYPE x [<!ENTITY a "x">]><worksheet '
    assert refusal(changed(data, "xl/worksheets/sheet1.xml", "<worksheet ", bomb)) == "unsafe_xml"
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert refusal(changed(data, "xl/worksheets/sheet1.xml", "</sheetData>", merged)) == "sheet_too_large"
    assert refusal(changed(data, "xl/worksheets/sheet1.xml", "</sheetData>", "")) == "damaged"
    assert refusal(data[: len(data) // 2]) == "damaged"
    monkeypatch.setattr(xlsx, "_LARGEST_PART", 200)
    assert refusal(data) == "too_large_unpacked"
    monkeypatch.undo()
    monkeypatch.setattr(xlsx_sheet, "_MOST_CELLS", 1)
    assert refusal(data) == "sheet_too_large"


def test_cell_at_the_far_end_costs_nothing() -> None:
    book, sheet = book_of("甲", 1)
    sheet["XFD1048576"] = "远"
    assert texts(saved(book))[::2] == ["甲", "远"]
