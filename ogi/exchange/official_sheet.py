"""A sheet of a workbook in the layout of the official form: title, sections, tables with merged cells, marks and notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ogi.exchange.book import put
from ogi.exchange.official_layout import Box, boxes_of, size_of
from ogi.form import Section, Table
from ogi.report import Number
from ogi.spreadsheet import HIGHEST_ROW

Mark = Literal["", "gap", "nothing", "differs", "state", "set"]
_THIN = Side(style="thin", color="FF7F7F7F")
_LINE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD = PatternFill("solid", fgColor="FFEDEDED")
FILLS: Mapping[Mark, PatternFill] = {
    "gap": PatternFill("solid", fgColor="FFFCE4B5"),
    "nothing": PatternFill("solid", fgColor="FFD9D9D9"),
    "differs": PatternFill("solid", fgColor="FFF4B6A6"),
    "state": PatternFill("solid", fgColor="FFD9D9D9"),
    "set": PatternFill("solid", fgColor="FFC9E2F4"),
}
"""Light enough for black figures; every mark is also said in the note of its cell."""
_WIDTHS = (11, 16, 34)
_NUMBER_WIDTH = 11


@dataclass(frozen=True)
class Shown:
    """What stands in the place of a number."""

    value: Number | str | None
    mark: Mark = ""
    note: str = ""
    """A sentence attached to the cell."""


def draw_form(
    sheet: Worksheet,
    title: str,
    sections: Sequence[Section],
    tables: Sequence[Table],
    shown: Callable[[str], Shown],
    *,
    prose: Mapping[str, str] | None = None,
    remarks: Sequence[str] = (),
) -> None:
    """Draw a whole report.

    Args:
        sheet: an empty sheet.
        title: the title of the report, in its first row.
        sections: the numbered sections, in their order.
        tables: the tables, each in the edition it is of.
        shown: what stands in a cell, by its key.
        prose: the text of a section, where there is one.
        remarks: sentences under everything, such as what the marks mean.
    """
    boxes = {table.id: boxes_of(table) for table in tables}
    width = max((size_of(found)[1] for found in boxes.values()), default=10)
    for number in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(number)].width = (
            _WIDTHS[number - 1] if number <= len(_WIDTHS) else _NUMBER_WIDTH
        )
    row = _line(sheet, 1, title, width, Font(bold=True, size=14))
    for section in sections:
        own = [table for table in tables if table.section == section.key]
        text = (prose or {}).get(section.key, "")
        if not own and not text:
            continue
        row = _line(sheet, row + 1, f"{section.ordinal}、{section.zh}", width, Font(bold=True, size=12))
        for paragraph in filter(str.strip, text.split("\n")):
            row = _line(sheet, row, paragraph, width, Font())
        for table in own:
            row = _table(sheet, row, boxes[table.id], shown)
    for remark in remarks:
        row = _line(sheet, row + 1, remark, width, Font(italic=True))


def _line(sheet: Worksheet, row: int, text: str, width: int, font: Font) -> int:
    cell = sheet.cell(row, 1, put(sheet, text))
    cell.font = font
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    # Excel does not fit the height of merged cells by itself; some 55 characters go into a line.
    sheet.row_dimensions[row].height = min(16.0 * max(1, -(-len(text) // 55)), HIGHEST_ROW)
    return row + 1


def _table(sheet: Worksheet, top: int, boxes: Sequence[Box], shown: Callable[[str], Shown]) -> int:
    for box in boxes:
        row, column = top + box.row, box.column + 1
        for r in range(row, row + box.height):
            for c in range(column, column + box.width):
                sheet.cell(r, c).border = _LINE
        cell = sheet.cell(row, column)
        if box.height > 1 or box.width > 1:
            sheet.merge_cells(start_row=row, end_row=row + box.height - 1, start_column=column, end_column=column + box.width - 1)
        if box.key is not None:
            fill(cell, shown(box.key))
            continue
        cell.value = put(sheet, box.text)
        cell.alignment = Alignment(
            wrap_text=True, vertical="center", horizontal="center" if box.kind in ("head", "title") else "left"
        )
        if box.kind in ("head", "title"):
            cell.fill, cell.font = _HEAD, Font(bold=True)
    return top + size_of(boxes)[0]


def fill(cell: Any, shown: Shown) -> None:
    """Write what is shown into a cell, with its mark and note."""
    cell.value = put(cell.parent, shown.value)
    cell.alignment = Alignment(horizontal="right", vertical="center")
    if shown.mark:
        cell.fill = FILLS[shown.mark]
    if shown.note:
        cell.comment = Comment(put(cell.parent, shown.note), "ogi", width=320, height=90)
