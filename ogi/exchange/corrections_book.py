"""Corrections as a workbook or CSV that comes back: all corrections in force, or all cells of one report to be filled in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ogi.exchange.book import Book, put
from ogi.exchange.corrections_rows import FIELDS, KINDS, STATES, Checked, CheckedRow
from ogi.labels import Labels, Lang
from ogi.spreadsheet import neutral

_TO_FILL = frozenset({"kind", "value", "state", "why", "undo"})
_WIDTHS = {"report": 26, "organ": 24, "cell": 40, "key": 40, "printed": 16, "why": 36, "at": 20}
_FILL = PatternFill("solid", fgColor="FFE6F2D9")
_SPARE_ROWS = 500
"""Rows below the data that offer the choices too."""


def corrections_book(rows: Iterable[Mapping[str, Any]], lang: Lang = "zh") -> bytes:
    """Return the rows as a workbook with choices for kind and state, and a sheet that says how to fill it in.

    Args:
        rows: one mapping per row, by :data:`ogi.exchange.corrections_rows.FIELDS`; a field that is not there is empty.
        lang: the language of heads and explanations; the file comes back in either.
    """
    labels = Labels(lang)
    book = Book(labels)
    sheet = book.new_sheet(labels("exchange.corrections.sheet"))
    sheet.append([labels(f"exchange.corrections.column.{field}") for field in FIELDS])
    sheet.append(list(FIELDS))
    for row in rows:
        sheet.append([put(sheet, row.get(field)) for field in FIELDS])
    for place, field in enumerate(FIELDS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(field, 13)
        sheet.cell(1, place).font = Font(bold=True)
        if field in _TO_FILL:
            sheet.cell(1, place).fill = sheet.cell(2, place).fill = _FILL
    last = sheet.max_row + _SPARE_ROWS
    kinds = [labels(f"exchange.corrections.kind.{kind}") for kind in KINDS]
    _choices(sheet, "kind", kinds, last)
    _choices(sheet, "state", [labels(f"state.{state}") for state in STATES], last)
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(FIELDS))}{sheet.max_row}"
    explained = book.new_sheet(labels("exchange.corrections.sheet_help"))
    explained.column_dimensions["A"].width = 110
    for number in range(1, 8):
        explained.append([labels(f"exchange.corrections.help_{number}")])
    return book.finished()


def corrections_csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return the rows as CSV in UTF-8 with byte-order mark; it comes back like the workbook."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(FIELDS)
    writer.writerows([neutral("" if (v := row.get(field)) is None else v) for field in FIELDS] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _choices(sheet: Any, field: str, words: Sequence[str], last: int) -> None:
    letter = get_column_letter(FIELDS.index(field) + 1)
    # Not strict: codes are understood too.
    rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
    rule.add(f"{letter}3:{letter}{last}")
    sheet.add_data_validation(rule)


def problem_sentence(row: CheckedRow, labels: Labels) -> str:
    """Return what is wrong with a row, with the line in which it stands; of a row without problem, what it would do."""
    if row.problem is None:
        return labels("exchange.corrections.line", line=row.line, said=labels(f"exchange.corrections.outcome.{row.outcome}"))
    said = labels(f"exchange.corrections.problem.{row.problem}", **row.params)
    return labels("exchange.corrections.line", line=row.line, said=said)


def summary(checked: Checked, labels: Labels) -> str:
    """Return in one sentence what the table would do."""
    count = {outcome: sum(row.outcome == outcome for row in checked.rows) for outcome in ("new", "changed", "undone", "wrong")}
    same = sum(row.outcome in ("unchanged", "untouched") for row in checked.rows)
    return labels("exchange.corrections.summary", **count, same=same)
