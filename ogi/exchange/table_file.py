"""A table a person hands in, as Excel or CSV: its rows by field, each with the line in which a person finds it.

Files come from strangers: call these functions in a worker process (``loaders.sandbox``) where a server reads them.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ogi.spreadsheet import as_written

MOST_ROWS = 200_000
_LARGEST = 64 * 2**20
_LOOKED_THROUGH = 12
"""Rows in which the heads may stand."""
_SPACE = re.compile(r"[\s*＊:：]+")
Columns = Mapping[str, tuple[str, ...]]
"""Field → words its head may bear, besides the field's own name."""


class TableFileError(Exception):
    """The file is no such table; ``code`` names the message ``exchange.file.error.<code>``."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class Row(NamedTuple):
    """One line of the table."""

    line: int
    """As Excel counts it, from 1."""
    fields: dict[str, str]
    """Texts by field, without white space around them; empty where nothing stands."""


def read_rows(data: bytes, columns: Columns, required: Iterable[str]) -> list[Row]:
    """Return the rows of the first sheet that has all required columns; empty lines are passed over.

    Args:
        data: an Excel workbook (xlsx) or CSV: UTF-8, UTF-16 or GB 18030, separated by comma, semicolon or tab.
        columns: the fields and how their heads may be spelt.
        required: fields without which it is another table.

    Raises:
        TableFileError: ``damaged``, ``encoding``, ``no_heads`` with the columns that are wanting, ``too_many``.
    """
    if len(data) > _LARGEST:
        raise TableFileError("too_large", megabytes=_LARGEST // 2**20)
    spelt = {_plain(word): field for field, words in columns.items() for word in (field, *words)}
    wanted = tuple(required)
    best: list[str] = list(wanted)
    for sheet in _sheets(data):
        found = _heads(sheet, spelt, wanted)
        if isinstance(found, list):
            best = min(best, found, key=len)
            continue
        start, places = found
        rows = [Row(start + number, _fields(values, places)) for number, values in enumerate(sheet[start:], start=1)]
        return [row for row in rows if any(row.fields.values())]
    raise TableFileError("no_heads", names="、".join((columns.get(name) or (name,))[0] for name in best))


def _heads(sheet: list[list[str]], spelt: Mapping[str, str], wanted: tuple[str, ...]) -> tuple[int, dict[str, int]] | list[str]:
    """How many rows come before the data and where each field stands; else the fields that are missing.

    Heads may take two rows, the words above the names of the fields; the last row of heads counts.
    """
    best: list[str] = list(wanted)
    last: tuple[int, dict[str, int]] | None = None
    for number, values in enumerate(sheet[:_LOOKED_THROUGH]):
        places: dict[str, int] = {}
        for place, text in enumerate(values):
            field = spelt.get(_plain(text))
            if field is not None:
                places.setdefault(field, place)
        missing = [field for field in wanted if field not in places]
        if not missing:
            last = (number + 1, places)
        elif last is not None:
            break
        best = min(best, missing, key=len)
    return last or best


def _plain(text: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def _fields(values: list[str], places: Mapping[str, int]) -> dict[str, str]:
    return {field: values[place].strip() if place < len(values) else "" for field, place in places.items()}


def _sheets(data: bytes) -> Iterator[list[list[str]]]:
    if data[:4] == b"PK\x03\x04":
        yield from _workbook(data)
    else:
        yield _delimited(data)


def _workbook(data: bytes) -> Iterator[list[list[str]]]:
    import openpyxl  # noqa: PLC0415 - slow to import, and CSV does without

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            rows: list[list[str]] = []
            for values in sheet.iter_rows(values_only=True):
                _count(rows)
                rows.append([_text(value) for value in values])
            yield rows
    except TableFileError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part happens to cause
        raise TableFileError("damaged", reason=type(error).__name__) from error


def _count(rows: list[list[str]]) -> None:
    if len(rows) >= MOST_ROWS:
        raise TableFileError("too_many", most=MOST_ROWS)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        number = Decimal(repr(value))
        return str(int(number)) if number == number.to_integral_value() else f"{number:f}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return as_written(str(value))


def _delimited(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    rows: list[list[str]] = []
    try:
        for values in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            _count(rows)
            rows.append([as_written(value) for value in values])
    except csv.Error as error:
        raise TableFileError("damaged", reason=str(error)) from error
    return rows


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise TableFileError("encoding")
