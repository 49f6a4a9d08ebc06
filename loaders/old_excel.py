"""Workbooks of other formats (.xls, .et, .xlsb, XML of 2003, OpenDocument): converted by LibreOffice, then read as new ones."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from loaders.errors import CannotReadError
from loaders.grid import Pages
from loaders.kind import BINARY_EXCEL, EXCEL_XML, OLD_EXCEL, OPEN_SHEET, kind_of
from loaders.libreoffice import convert
from loaders.sheet import pages_of
from loaders.values import read_sheets
from loaders.xlsx import sheets_of
from ogi.form import Form
from ogi.report import Notice, Report

_SUFFIXES = {OLD_EXCEL: "xls", BINARY_EXCEL: "xlsb", OPEN_SHEET: "ods", EXCEL_XML: "xml"}


def read(data: bytes, name: str) -> Pages:
    """Read the official tables of a workbook, as :func:`loaders.xlsx.read`.

    Raises:
        CannotReadError: the reasons of :func:`loaders.libreoffice.convert` and of :func:`loaders.xlsx.read`.
    """
    kind = kind_of(data, name)
    pages = pages_of(sheets_of(_converted(data, kind)), kind)
    return msgspec.structs.replace(pages, notices=(_notice(kind), *pages.notices))


def read_values(data: bytes, name: str, form: Form) -> list[Report | CannotReadError]:
    """Return the reports of a workbook that holds tables of values; empty where it holds none.

    Raises:
        CannotReadError: as :func:`read`.
    """
    kind = kind_of(data, name)
    found = read_sheets(sheets_of(_converted(data, kind)), data, name, kind, form)
    notice = _notice(kind)
    return [
        item if isinstance(item, CannotReadError) else msgspec.structs.replace(item, notices=(*item.notices, notice))
        for item in found
    ]


@lru_cache(maxsize=1)
def _converted(data: bytes, kind: str) -> bytes:
    """Kept for the reader that asks next: whether it holds values is known only after the conversion."""
    return convert(data, _SUFFIXES[kind], "xlsx")


def _notice(kind: str) -> Notice:
    return Notice(code="converted", params={"suffix": f".{_SUFFIXES[kind]}"})
