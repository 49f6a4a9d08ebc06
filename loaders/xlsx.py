"""Excel workbooks as they are shown: the official tables on one sheet or several, or a table of values.

A number is read as its format shows it. Dates are no numbers. A formula counts with the value Excel kept in the file; one
without is unreadable. Hidden sheets, rows and columns are not read, and that is said.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from functools import lru_cache
from typing import Any

from loaders.errors import CannotReadError
from loaders.grid import Pages
from loaders.package import open_package
from loaders.sheet import Sheet, pages_of
from loaders.values import read_sheets
from loaders.xlsx_sheet import read_sheet
from ogi.form import Form
from ogi.report import Notice, Report

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST_PART = 48 * 2**20
"""Bytes of XML in one part; in memory it takes some forty times as much."""
_MERGED = re.compile(rb"""mergeCell[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})""")
_MOST_MERGED = 1_000_000
"""Places under merged cells of a sheet."""
_MARKUP = (".xml", ".rels", ".vml")


def read(data: bytes, name: str) -> Pages:
    """Read the official tables of a workbook; each sheet that is shown is a table of the document.

    Sources give the number of the sheet, and row and column as Excel counts them.

    Raises:
        CannotReadError: ``damaged``, ``unsafe_xml``, ``too_large_unpacked``, ``sheet_too_large``.
    """
    return pages_of(sheets_of(data), MEDIA_TYPE)


def read_values(data: bytes, name: str, form: Form) -> list[Report | CannotReadError]:
    """Return the reports of a workbook that holds tables of values; empty where it holds none.

    Raises:
        CannotReadError: as :func:`read`.
    """
    return read_sheets(sheets_of(data), data, name, MEDIA_TYPE, form)


@lru_cache(maxsize=1)
def sheets_of(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that are shown; kept for the reader that asks next.

    Raises:
        CannotReadError: as :func:`read`.
    """
    has_formulas = _looked_through(data)
    try:
        values = _workbook(data, with_values=True)
        formulas = _workbook(data, with_values=False) if has_formulas else None
        hidden = [sheet.title for sheet in values.worksheets if sheet.sheet_state != "visible"]
        sheets: list[Sheet] = []
        for number, sheet in enumerate(values.worksheets, start=1):
            if sheet.sheet_state == "visible":
                sheets.append(read_sheet(sheet, formulas[sheet.title] if formulas else None, number))
    except CannotReadError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part happens to cause
        raise CannotReadError("damaged", reason=type(error).__name__) from error
    if hidden:
        sheets.append(Sheet(number=0, notices=(Notice(code="hidden_sheets", params={"names": "、".join(hidden)[:200]}),)))
    return tuple(sheets)


def _looked_through(data: bytes) -> bool:
    """Unpack every part once within its limits, and refuse document types; tells whether there are formulas."""
    package = open_package(data)
    has_formulas = False
    for name in package.names():
        if name.lower().endswith(_MARKUP):
            content = package.read(name, _LARGEST_PART)
            if b"<!DOCTYPE" in content or b"<!\x00D\x00O" in content or b"\x00<\x00!\x00D" in content:
                raise CannotReadError("unsafe_xml")
            if sum(map(_area, _MERGED.findall(content))) > _MOST_MERGED:
                raise CannotReadError("sheet_too_large", name=name, most=_MOST_MERGED)
            has_formulas |= "/worksheets/" in name and (b"<f>" in content or b"<f " in content or b":f>" in content)
    return has_formulas


def _area(corners: tuple[bytes, bytes, bytes, bytes]) -> int:
    """How many places a merged cell covers; openpyxl makes an object for each."""
    left, top, right, bottom = corners
    return (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _workbook(data: bytes, *, with_values: bool) -> Any:
    import openpyxl  # noqa: PLC0415 - slow to import

    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # of parts it does not know; of damaged ones it even prints
        return openpyxl.load_workbook(io.BytesIO(data), data_only=with_values, keep_links=False, rich_text=True)
