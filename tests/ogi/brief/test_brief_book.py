"""A brief as a workbook, read back with openpyxl: native charts, official tables, keys and formulas in comments."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment
from openpyxl.worksheet.worksheet import Worksheet

from ogi.brief.brief_book import write_book
from ogi.brief.content import BriefChart, Series
from ogi.brief.row_heights import fit_rows
from ogi.brief.sheet_chart import add_chart
from ogi.labels import Labels

ZH = Labels("zh")


@pytest.fixture(scope="module")
def book(brief: Callable[..., Any]) -> Workbook:
    return load_workbook(BytesIO(write_book(brief("zh"), ZH)))


def found(sheet: Worksheet, value: object) -> Any:
    """The first cell with this value."""
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == value)


def test_main_figures_carry_key_and_formula(book: Workbook) -> None:
    sheet = book["主要数字"]
    figure = found(sheet, "予以公开率（含部分公开）").offset(column=1)
    assert figure.value == "54.0%（1,902/3,521）"
    assert "键: I04_grant_rate" in figure.comment.text
    assert "/ applications.result_total.total" in figure.comment.text
    change = figure.offset(column=1)
    assert (change.value, "I04_grant_rate[2024] - I04_grant_rate[2023]" in change.comment.text) == ("＋10.4个百分点", True)


def test_text_like_a_formula_is_text(book: Workbook) -> None:
    """The agency of the brief is called =宿迁市."""
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(value.startswith("'=宿迁市") for value in values)
    assert [value for value in values if value.startswith(("=", "+", "-", "@"))] == []


def test_charts_are_native_and_drawn_from_cells(book: Workbook) -> None:
    sheet = book["图"]
    assert len(sheet._charts) == 4
    granted = found(sheet, "予以公开")
    assert [granted.offset(row=1).value, granted.offset(row=2).value] == [1191, 1431]
    assert "applications.granted.total" in granted.offset(row=1).comment.text


def test_official_tables_print_every_cell_with_its_key(book: Workbook) -> None:
    for year, granted in ((2023, 1191), (2024, 1431)):
        sheet = book[f"官方表格 {year}"]
        keyed = [cell for row in sheet.iter_rows() for cell in row if cell.comment is not None]
        assert len(keyed) == 200
        own = next(cell for cell in keyed if cell.comment.text == "键: applications.granted.total")
        assert own.value == granted


def test_appendix_holds_every_number(book: Workbook, brief: Callable[..., Any]) -> None:
    sheet = book["附录：每个数字的出处"]
    assert sheet.max_row == 1 + len(brief("zh").numbers)
    assert [cell.value for cell in sheet[3]][4:] == ["3,511件", "1/1", "applications.received.total", "表内原数"]


def test_gap_of_a_chart_is_an_empty_cell() -> None:
    sheet = Workbook().create_sheet()
    series = Series(name="率", key="I04_grant_rate", colour="#0068B5", values=(50.0, None))
    chart = BriefChart(
        title="图", unit="%", shape="line", categories=("2023", "2024"), series=(series,), is_share=True
    )  # fmt: skip
    add_chart(sheet, 1, chart, ZH)
    assert (sheet.cell(3, 2).value, sheet.cell(4, 2).value) == (50.0, None)
    assert sheet.cell(4, 2).comment is None


def test_wrapped_text_has_room() -> None:
    """30 Chinese letters are 60 wide: in a column of 21 that is three lines, across two of them two."""
    sheet = Workbook().create_sheet()
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 21
    for row, (text, wrapped) in enumerate((("字" * 30, True), ("字" * 30, True), ("字" * 30, False), ("字", True)), 1):
        sheet.cell(row, 1, text).alignment = Alignment(wrap_text=wrapped)
    sheet.merge_cells("A2:B2")
    fit_rows(sheet)
    assert [sheet.row_dimensions[row].height for row in range(1, 5)] == [43.5, 29.0, None, None]
