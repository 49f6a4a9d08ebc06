"""Values separated by commas, semicolons or tabs: a table of values, or the official tables as a spreadsheet saves them."""

from __future__ import annotations

import csv
import io
from itertools import groupby

from loaders.encoding import decode
from loaders.errors import CannotReadError
from loaders.grid import Pages
from loaders.sheet import Sheet, SheetCell, pages_of
from loaders.value_columns import may_be_heads
from loaders.values import read_sheets
from ogi.form import Form
from ogi.report import Report

MEDIA_TYPE = "text/csv"
_DELIMITERS = (",", ";", "\t")
_FIRST_LINES = 10
_EVEN_SHARE = 0.8
"""Such a share of the lines of a table saved by a spreadsheet have one number of cells; prose never has."""


def is_values(text: str) -> bool:
    """Whether the beginning of a text is that of a table of values."""
    for line in text.lstrip("\ufeff").split("\n", _FIRST_LINES)[:_FIRST_LINES]:
        if any(line.count(mark) and may_be_heads(_cells(line, mark)) for mark in _DELIMITERS):
            return True
    return False


def is_table(text: str) -> bool:
    """Whether the beginning of a text is a table with commas, as spreadsheets save any sheet."""
    lines = [line for line in text.split("\n")[:-1] or [text] if line.strip()]
    if sum(line.count(",") > 1 for line in lines) < _EVEN_SHARE * len(lines):
        return False
    counts = [len(_cells(line, ",")) for line in lines]
    return len(lines) > 2 and sum(count == max(counts) for count in counts) >= _EVEN_SHARE * len(counts)


def read(data: bytes, name: str) -> Pages:
    """Read the official tables out of separated values; rows without an empty one between are one grid.

    Sources give row and column, from 1.

    Raises:
        CannotReadError: ``unknown_encoding``.
    """
    return pages_of([_sheet(data)], MEDIA_TYPE)


def read_values(data: bytes, name: str, form: Form) -> list[Report | CannotReadError]:
    """Return the reports of a table of values; empty where it is none.

    Raises:
        CannotReadError: ``unknown_encoding``.
    """
    return read_sheets([_sheet(data)], data, name, MEDIA_TYPE, form)


def _sheet(data: bytes) -> Sheet:
    """The cells; a row ends with the last text of the rows around it, for spreadsheets fill up all rows with empty cells."""
    cells: list[SheetCell] = []
    rows = list(enumerate(_rows(decode(data)), start=1))
    for is_filled, group in groupby(rows, key=lambda row: any(text.strip() for text in row[1])):
        around = list(group)
        width = max((column for _, texts in around for column, text in enumerate(texts, start=1) if text.strip()), default=0)
        for row, texts in around if is_filled else ():
            places = enumerate(texts[:width], start=1)
            cells += [SheetCell(text=text, row=row, column=at, last_row=row, last_column=at) for at, text in places]
    return Sheet(number=1, cells=tuple(cells))


def _rows(text: str) -> list[list[str]]:
    """The rows, parted by the mark that makes most heads of the first lines understood, else that which is most frequent."""
    text = text.lstrip("\ufeff").replace("\x00", "")
    lines = text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    by_heads = [mark for mark in _DELIMITERS if any(may_be_heads(_cells(line, mark)) for line in lines)]
    mark = max(by_heads or _DELIMITERS, key=lambda mark: sum(line.count(mark) for line in lines))
    return _parsed(text, mark)


def _cells(line: str, mark: str) -> list[str]:
    return next(iter(_parsed(line, mark)), [])


def _parsed(text: str, mark: str) -> list[list[str]]:
    """Rows of cells; a quotation mark that is never closed ends with the text."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
