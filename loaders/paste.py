"""Text out of the clipboard as a file: HTML of a table or page, cells copied from a spreadsheet, or plain text."""

from __future__ import annotations

import csv
import html
import io
import re

_CLIPBOARD_HEAD = re.compile(r"\AVersion:\d.*?(?=<)", re.DOTALL)
"""What Windows puts before HTML in the clipboard (CF_HTML): positions in the text that follows."""
_HTML = re.compile(r"<(?:!doctype html|(?:html|body|table|tbody|tr|td|th|div|p|h[1-6]|span)\b[^<>]*>)", re.IGNORECASE)
_CELLS = re.compile(r"<t[rdh]\b", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_CELL_OF_LINES = re.compile(r'(?:^|\t)"[^"\t]*\n', re.MULTILINE)


def read_pasted(text: str) -> tuple[bytes, str]:
    """Return pasted text as the content and the name of a file, ready for the readers; its kind is told by its content.

    HTML stays HTML, rows or cells without their table are put into one. A spreadsheet writes a cell of several lines in
    quotation marks; such rows become a table of HTML, so that the lines stay in their cell. Everything else is plain text.
    """
    text = _CLIPBOARD_HEAD.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _HTML.search(text):
        bare = _CELLS.search(text) and not _TABLE.search(text)
        return (f"<table>{text}</table>" if bare else f"<div>{text}</div>").encode(errors="replace"), "pasted.html"
    if _CELL_OF_LINES.search(text):
        rows = csv.reader(io.StringIO(text, newline=""), dialect="excel-tab")
        return "".join(("<table>", *map(_row, rows), "</table>")).encode(errors="replace"), "pasted.html"
    return text.encode(errors="replace"), "pasted.txt"


def _row(cells: list[str]) -> str:
    inside = "".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in cells)
    return f"<tr>{inside}</tr>"
