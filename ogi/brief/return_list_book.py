"""The lists that go back to organs as a workbook: one organ alone, or all of them with an overview in front."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ogi.brief.return_list import ReturnList, place_words
from ogi.checks.fix_lines import FixLine
from ogi.checks.plan import SEVERITIES
from ogi.exchange.book import Book, put
from ogi.labels import Labels
from ogi.spreadsheet import HIGHEST_ROW, sheet_name

_WIDTHS = {
    "number": 6, "year": 7, "severity": 8, "table": 20, "row": 24, "column": 18, "printed": 18, "wrong": 44, "do": 36,
    "answer": 22,
}  # fmt: skip
_LINE = Side(style="thin", color="808080")
_POINTS, _WIDE_FROM = 14.5, 0x2E80


def write_return_book(content: ReturnList, labels: Labels) -> bytes:
    """Return the list of one organ as a workbook of one sheet."""
    book = Book(labels)
    _list(book.new_sheet(labels("return_list.column.sheet")), content, labels)
    return book.finished()


def write_return_books(contents: Sequence[ReturnList], labels: Labels) -> bytes:
    """Return the lists of all organs in one workbook: an overview, then a sheet for each."""
    book = Book(labels)
    overview = book.new_sheet(labels("return_list.overview"))
    names: list[str] = []
    for content in contents:
        names.append(sheet_name(content.organ.replace("'", " "), (overview.title, *names)))  # a link quotes the name
    _overview(overview, contents, names, labels)
    for content, name in zip(contents, names, strict=True):
        _list(book.create_sheet(name), content, labels)
    return book.finished()


def _overview(sheet: Worksheet, contents: Sequence[ReturnList], names: Sequence[str], labels: Labels) -> None:
    sheet.append([labels("return_list.all_title")])
    sheet["A1"].font = Font(bold=True, size=14)
    heads = [labels(f"return_list.column.{name}") for name in ("number", "organ", "year")]
    heads += [labels(f"checks.severity.{severity}") for severity in SEVERITIES] + [labels("return_list.column.count")]
    sheet.append(heads)
    _head(sheet, 2, len(heads))
    for number, (content, name) in enumerate(zip(contents, names, strict=True), 1):
        years = labels("return_list.years_join").join(dict.fromkeys(str(report.year) for report in content.reports))
        sheet.append([number, _text(sheet, content.organ), years, *content.counted().values(), content.count])
        cell = sheet.cell(sheet.max_row, 2)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1")  # type: ignore[union-attr]  no merged cell
        cell.style = "Hyperlink"
        _lined(sheet, sheet.max_row, len(heads), left=(2,))
    sums = [sum(content.counted()[severity] for content in contents) for severity in SEVERITIES]
    sheet.append(["", labels("return_list.sum"), "", *sums, sum(sums)])
    _lined(sheet, sheet.max_row, len(heads), left=(2,))
    for place, width in zip("ABCDEFG", (7, 40, 34, 10, 10, 10, 10), strict=True):
        sheet.column_dimensions[place].width = width
    sheet.freeze_panes = "A3"
    _printing(sheet, 2)


def _list(sheet: Worksheet, content: ReturnList, labels: Labels) -> None:
    columns = tuple(_WIDTHS)
    sheet.append([labels("return_list.title")])
    sheet.append([_text(sheet, labels("return_list.to", organ=content.organ))])
    sheet.append([_text(sheet, content.introduction(labels))])
    for row in (1, 2, 3):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(columns))
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if row == 1 else "left")
    sheet["A1"].font = Font(bold=True, size=16)
    sheet.row_dimensions[1].height, sheet.row_dimensions[3].height = 28, 34
    sheet.append([labels(f"return_list.column.{name}") for name in columns])
    _head(sheet, 4, len(columns))
    for report in content.reports:
        for line in report.lines:
            sheet.append([_value(sheet, line, report.year, name, labels) for name in columns])
            _lined(sheet, sheet.max_row, len(columns), left=range(4, len(columns) + 1))
            sheet.row_dimensions[sheet.max_row].height = _height(sheet, sheet.max_row)
    sheet.append([])
    sheet.append([_text(sheet, content.closing(labels))])
    for cell, width in zip(next(sheet.iter_rows(min_row=4, max_row=4)), _WIDTHS.values(), strict=True):
        sheet.column_dimensions[cell.column_letter].width = width  # type: ignore[union-attr]
    sheet.freeze_panes = "A5"
    _printing(sheet, 4)


def _value(sheet: Worksheet, line: FixLine, year: int, name: str, labels: Labels) -> str | int:
    if name in ("number", "year"):
        return line.number if name == "number" else year
    texts = {
        "severity": labels(f"checks.severity.{line.severity}"), "table": line.table, "row": line.row, "column": line.column,
        "printed": place_words(line), "wrong": "\n".join((*line.wrong, *line.quotes)), "do": "\n".join(line.do),
    }  # fmt: skip
    return _text(sheet, texts.get(name, ""))


def _text(sheet: Worksheet, text: str) -> str:
    """Text that no spreadsheet takes for a formula, and that a workbook can hold."""
    return str(put(sheet, text))


def _head(sheet: Worksheet, row: int, count: int) -> None:
    for place in range(1, count + 1):
        cell = sheet.cell(row, place)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="EDEDED")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def _lined(sheet: Worksheet, row: int, count: int, left: Collection[int]) -> None:
    """Draw the lines of a row; the columns of words begin at the left, numbers stand in the middle."""
    for place in range(1, count + 1):
        cell = sheet.cell(row, place)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left" if place in left else "center")
        cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def _height(sheet: Worksheet, row: int) -> float:
    """High enough for the longest text of a row: not every program works that out by itself."""
    lines = 1
    for cell, width in zip(sheet[row], _WIDTHS.values(), strict=False):
        texts = str(cell.value or "").split("\n")
        lines = max(lines, sum(ceil(max(1, _letters(text)) / (width - 4)) for text in texts))
    return min(_POINTS * lines + 4, HIGHEST_ROW)


def _letters(text: str) -> int:
    """How many narrow letters a text is wide; Chinese ones count twice."""
    return sum(2 if ord(letter) > _WIDE_FROM else 1 for letter in text)


def _printing(sheet: Worksheet, head: int) -> None:
    """On paper: A4 across, as wide as the page, with the heads on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = f"{head}:{head}"
