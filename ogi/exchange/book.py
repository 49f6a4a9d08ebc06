"""A workbook to be taken away: text is never a formula, and what Excel cuts off is said in the cell and on a sheet of its own."""

from __future__ import annotations

import io
from collections import Counter
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment

from ogi.labels import Labels
from ogi.spreadsheet import LONGEST_CELL, cut_to, in_field, sheet_name, units


class Book(Workbook):
    """A workbook that begins without a sheet. Fill cells with :func:`put`, end with :meth:`finished`."""

    def __init__(self, labels: Labels, *, write_only: bool = False) -> None:
        """Begin a workbook that speaks of itself in the language of ``labels``; of a ``write_only`` one rows are only added."""
        super().__init__(write_only=write_only)
        for sheet in list(self.worksheets):
            self.remove(sheet)
        self._labels = labels
        self._cut: Counter[str] = Counter()

    def new_sheet(self, wanted: str) -> Any:
        """Add a sheet; its name is changed where Excel would not take it."""
        return self.create_sheet(sheet_name(wanted, self.sheetnames))

    def finished(self) -> bytes:
        """Return the file. Where texts were cut, its last sheet says how many and on which sheets."""
        if self._cut:
            self._add_notes()
        target = io.BytesIO()
        self.save(target)
        return target.getvalue()

    def cut(self, text: str, length: int, sheet: str) -> str:
        """Return as much of a text as a cell holds, ending with words that say so."""
        self._cut[sheet] += 1
        end = self._labels("cut.end", length=f"{length:,}")
        return cut_to(text, LONGEST_CELL - units(end)) + end

    def _add_notes(self) -> None:
        cut = dict(self._cut)
        lines = [self._labels("cut.said", count=sum(cut.values()), most=f"{LONGEST_CELL:,}")]
        lines += [self._labels("cut.on_sheet", sheet=name, count=count) for name, count in cut.items()]
        sheet = self.new_sheet(self._labels("cut.sheet"))
        sheet.column_dimensions["A"].width = 110
        for line in lines:
            cell = WriteOnlyCell(sheet, value=in_field(line))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.append([cell])


def put(sheet: Any, value: Any, *, keep_numbers: bool = False) -> Any:
    """Return a value as a cell or a note on a sheet of a :class:`Book` takes it.

    No formula, nothing a workbook refuses, amounts as numbers. Text longer than Excel's 32 767 characters (as it counts them, in
    UTF-16) is cut; the end of the cell says so, and so does the sheet that :meth:`Book.finished` adds.

    Args:
        sheet: where it is put.
        value: a number, a text or ``None``, which is an empty cell.
        keep_numbers: leave numbers written as text alone, such as ``-2`` as it is printed in a report.
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    safe = in_field(value, keep_numbers=keep_numbers)
    if not isinstance(safe, str) or units(safe) <= LONGEST_CELL:
        return safe
    return sheet.parent.cut(safe, len(value), sheet.title)
