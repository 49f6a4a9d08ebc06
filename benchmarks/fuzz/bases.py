"""The documents that are damaged: the samples, and the same reports in forms the samples do not come in."""

from __future__ import annotations

import io
import re
from functools import lru_cache

import openpyxl
from openpyxl.utils import get_column_letter

from loaders.grid import Grid
from loaders.kind import read_pages
from loaders.read import read_report
from ogi.export import report_to_json, to_csv, to_xlsx
from sample_reports.catalogue import sample_documents

_KIND_OF = {".html": "html", ".docx": "docx", ".pdf": "pdf", ".ofd": "ofd"}
_EVERY = 12
"""Every so many web pages are also damaged as workbooks and exports."""
_BOUNDARY = "page-and-parts"


@lru_cache(maxsize=1)
def bases() -> dict[str, list[tuple[str, bytes]]]:
    """Documents by kind, with their names."""
    found: dict[str, list[tuple[str, bytes]]] = {}
    for path in sample_documents():
        kind = _KIND_OF.get(path.suffix)
        if kind and path.stat().st_size < 300_000:
            found.setdefault(kind, []).append((path.name, path.read_bytes()))
    pages = found["html"]
    found["text"] = [(name.replace(".html", ".txt"), _crawled(data)) for name, data in pages]
    found["mht"] = [(name.replace(".html", ".mht"), _archived(data)) for name, data in pages]
    for name, data in pages[::_EVERY]:
        stem = name.removesuffix(".html")
        report = read_report(data, name)
        found.setdefault("xlsx", []).extend([(f"{stem}.xlsx", _workbook(data)), (f"{stem}-values.xlsx", to_xlsx([report]))])
        found.setdefault("csv", []).append((f"{stem}.csv", to_csv([report])))
        found.setdefault("json", []).append((f"{stem}.json", report_to_json(report)))
    return found


def _crawled(page: bytes) -> bytes:
    """The text of a page, a row of a table per line with tabs between its cells."""
    text = page.decode("utf-8", errors="replace")
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1>|<!--.*?-->", "", text)
    text = re.sub(r"\s*\n\s*", "", text)
    text = re.sub(r"(?i)</t[dh]>", "\t", re.sub(r"(?i)</(p|div|tr|h\d|li)>|<br[^>]*>", "\n", text))
    return re.sub(r"<[^>]*>", "", text).replace("&nbsp;", " ").encode()


def _archived(page: bytes) -> bytes:
    """The page as a browser saves it with its parts; not encoded, so that damage reaches the markup."""
    head = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{_BOUNDARY}"; type="text/html"\r\n\r\n'
    part = 'Content-Type: text/html; charset="utf-8"\r\nContent-Location: https://www.example.gov.cn/report.html\r\n\r\n'
    return f"{head}--{_BOUNDARY}\r\n{part}".encode() + page + f"\r\n--{_BOUNDARY}--\r\n".encode()


def _workbook(page: bytes) -> bytes:
    """The tables of a page under its title in one sheet, merged as they are there."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    blocks = read_pages(page, "page.html").blocks
    for text in [block.text for block in blocks if not isinstance(block, Grid)][:2]:
        sheet.append([text])
    for grid in (block for block in blocks if isinstance(block, Grid)):
        top = sheet.max_row + 2
        for cell in grid.cells:
            row, column = top + cell.row, cell.column + 1
            sheet.cell(row, column, int(cell.text) if cell.text.isdecimal() else cell.text)
            if cell.rowspan * cell.colspan > 1:
                last = f"{get_column_letter(cell.column + cell.colspan)}{row + cell.rowspan - 1}"
                sheet.merge_cells(f"{get_column_letter(column)}{row}:{last}")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
