"""Frames as an Excel workbook: one sheet each, the sentence that says what is shown above, gaps empty and never 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ogi.exchange.book import Book, put
from ogi.labels import Labels

_WIDEST = 48


def workbook_of(frames: Mapping[str, pd.DataFrame], *, labels: Labels, title: str, notes: Sequence[str] = ()) -> bytes:
    """Return a workbook.

    Text that begins like a formula is written so that no spreadsheet takes it for one; a missing number is an empty cell.

    Args:
        frames: sheets by name; a name is cut to what Excel takes.
        labels: the words of the file's language.
        title: first line of every sheet.
        notes: lines under the title: what is shown, where it comes from.
    """
    book = Book(labels, write_only=True)
    for name, frame in frames.items():
        sheet = book.new_sheet(name)
        head = 2 + len(notes)
        sheet.freeze_panes = f"B{head + 1}"
        for place, column in enumerate(frame.columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = _width(str(column), frame[column])
        sheet.append([_cell(sheet, title, bold=True, size=14)])
        for note in notes:
            sheet.append([_cell(sheet, note)])
        sheet.append([_cell(sheet, str(column), bold=True, wrap=True) for column in frame.columns])
        columns = [frame[column].astype(object).where(frame[column].notna(), None).tolist() for column in frame.columns]
        for row in zip(*columns, strict=True):
            sheet.append([put(sheet, value) for value in row])
    return book.finished()


def _cell(sheet: Any, value: str, *, bold: bool = False, size: int = 11, wrap: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, value=put(sheet, value))
    cell.font = Font(bold=bold, size=size)
    cell.alignment = Alignment(wrap_text=wrap, vertical="top")
    return cell


def _width(name: str, column: Any) -> float:
    """As wide as the longest of the first texts, Chinese characters counted twice."""
    texts = [name[:16], *(str(value) for value in column.head(50) if value is not pd.NA)]
    return min(_WIDEST, 3 + max(sum(2 if ord(letter) > 0x2E80 else 1 for letter in text) for text in texts))
