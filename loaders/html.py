"""Web pages: saved HTML as lines of text and grids. Nothing is fetched; what a browser would not show is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.characters import printed
from loaders.encoding import decode
from loaders.errors import CannotReadError
from loaders.flow import DEEPEST, LINE_END, DraftCell, DraftTable, Flow, blocks
from loaders.grid import Pages
from loaders.origin import page_origin

MEDIA_TYPE = "text/html"
_UNSEEN = frozenset(
    ["script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select", "textarea", "datalist", "rt", "rp"]
)
# fmt: off
_LINES_OF_THEIR_OWN = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "ul",
])
# fmt: on
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)""", re.IGNORECASE)
_WINDOWS_MARKS = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
"""``&#150;`` means a dash in every browser (HTML standard, numeric character references), not a control character."""
_WIDEST = 1000
_TALLEST = 65534
"""Limits of ``colspan`` and ``rowspan`` in the HTML standard."""


def read(data: bytes, name: str) -> Pages:
    """Read a saved web page.

    Tables are numbered over the whole document and cells inside their ``<tr>``, both from 1; lines of prose by a running
    number. A table that only arranges the page (one cell, or little but other tables) is read as prose.

    Raises:
        CannotReadError: ``unknown_encoding``; ``damaged`` where no element is found; ``too_nested``.
    """
    mark = _DECLARED.search(data[:4096])
    declared = (mark[1] or mark[2]).decode("ascii") if mark else None
    text = decode(data, declared).replace("\x00", "")
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except etree.LxmlError as error:
        raise CannotReadError("damaged", reason=str(error)) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise CannotReadError("too_nested")  # the parser drops what lies deeper than 2048 elements
    if root is None:
        raise CannotReadError("damaged", reason="no element")
    return Pages(media_type=MEDIA_TYPE, blocks=blocks(_Walk().through(root)), title=_title(root), origin=page_origin(text))


def _title(root: etree._Element) -> str:
    """The first ``<title>`` with words; pages pieced together from several carry more than one."""
    titles = (" ".join(printed(element.text or "").split()) for element in root.iter("title"))
    return next((title for title in titles if title), "")


@dataclass
class _OpenTable:
    """A table being read: where the next row and cell go, and which columns cells of rows above still cover."""

    draft: DraftTable
    row: int = -1
    cell: int = 0
    free_from: list[int] = field(default_factory=list)
    """For each column, the first row in which it is free."""
    section_start: int = 0
    in_row: bool = False
    cells: list[Flow] = field(default_factory=list)

    def start_row(self) -> None:
        self.row += 1
        self.cell = 0
        self.in_row = True

    def end_section(self) -> None:
        """A merged cell ends with its ``<thead>``, ``<tbody>`` or ``<tfoot>`` at the latest."""
        for cell in self.draft.cells:
            if cell.row >= self.section_start:
                cell.rowspan = min(cell.rowspan, self.row + 1 - cell.row)
        self.free_from = []
        self.section_start = self.row + 1

    def place(self, element: etree._Element) -> Flow:
        """Put a cell into the first free columns of the row."""
        if not self.in_row:
            self.start_row()
        colspan = min(_span(element, "colspan") or 1, _WIDEST)
        rowspan = _span(element, "rowspan")
        rowspan = _TALLEST if rowspan == 0 else min(rowspan or 1, _TALLEST)
        column = 0
        while any(first > self.row for first in self.free_from[column : column + colspan]):
            column += 1
        self.free_from += [0] * (column + colspan - len(self.free_from))
        self.free_from[column : column + colspan] = [self.row + rowspan] * colspan
        self.cell += 1
        flow = Flow(collapse=True)
        self.draft.cells.append(
            DraftCell(flow=flow, row=self.row, column=column, rowspan=rowspan, colspan=colspan, number=self.cell)
        )
        return flow


def _span(element: etree._Element, name: str) -> int | None:
    """A span attribute as browsers read it: its leading digits; ``None`` where it is missing or no number."""
    digits = re.match(r"\s*\+?(\d{1,6})", element.get(name, ""))
    return int(digits[1]) if digits else None


class _Walk:
    """One way through the elements of a page, from start tag to end tag."""

    def __init__(self) -> None:
        self.flows = [Flow(collapse=True)]
        self.tables: list[_OpenTable] = []
        self.count = 0
        self.preformatted = 0

    def through(self, root: etree._Element) -> Flow:
        """Collect everything a browser would show."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            unseen = not tag or _unseen(element, tag)
            if event == "start":
                if unseen:
                    walk.skip_subtree()
                    continue
                self.open(element, tag)
                self.say(element.text)
            else:
                if not unseen:
                    self.close(element, tag)
                self.say(element.tail)
        return self.flows[0]

    def say(self, text: str | None) -> None:
        if text:
            text = text.translate(_WINDOWS_MARKS)
            self.flows[-1].add(text.replace("\n", LINE_END) if self.preformatted else text)

    def open(self, element: etree._Element, tag: str) -> None:
        table = self.tables[-1] if self.tables else None
        if tag == "table":
            if len(self.tables) >= DEEPEST:
                raise CannotReadError("too_nested")
            self.count += 1
            self.tables.append(_OpenTable(DraftTable(self.count)))
        elif tag == "tr" and table:
            self.leave_cell(table)
            table.start_row()
        elif tag in {"td", "th"} and table:
            self.leave_cell(table)
            flow = table.place(element)
            table.cells.append(flow)
            self.flows.append(flow)
        elif tag in _LINES_OF_THEIR_OWN:
            self.flows[-1].add(LINE_END)
        self.preformatted += tag == "pre"

    def close(self, element: etree._Element, tag: str) -> None:
        table = self.tables[-1] if self.tables else None
        if tag == "table" and table:
            self.leave_cell(table)
            table.end_section()
            self.tables.pop()
            self.flows[-1].parts.append(table.draft)
        elif tag in {"td", "th"} and table:
            self.leave_cell(table)
        elif tag == "tr" and table:
            table.in_row = False
        elif tag in {"thead", "tbody", "tfoot"} and table:
            table.end_section()
        elif tag in _LINES_OF_THEIR_OWN and tag != "br":
            self.flows[-1].add(LINE_END)
        self.preformatted -= tag == "pre"

    def leave_cell(self, table: _OpenTable) -> None:
        """End the open cell of this table, whether its end tag is there or not."""
        if table.cells and self.flows[-1] is table.cells[-1]:
            table.cells.pop()
            self.flows.pop()


def _unseen(element: etree._Element, tag: str) -> bool:
    return tag in _UNSEEN or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))
