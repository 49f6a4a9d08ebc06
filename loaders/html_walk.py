"""The way through the elements of a web page, from start tag to end tag, as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.errors import CannotReadError
from loaders.flow import DEEPEST, LINE_END, DraftCell, DraftTable, Flow
from loaders.html_style import LETTERS, hides, letters_of

_FRAMES = frozenset(["iframe", "frame", "object", "embed"])
_UNSEEN = _FRAMES | frozenset(
    ["", "script", "style", "noscript", "noframes", "template", "head", "svg", "select", "textarea", "datalist", "rt", "rp"]
)
_SOURCES = ("src", "data")
# fmt: off
_LINES_OF_THEIR_OWN = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "ul",
])
# fmt: on
_HIDDEN_ONES = etree.XPath(
    "descendant-or-self::*[@hidden]|descendant-or-self::*/@class[contains(., 'sr-only') or contains(., 'visually-hidden')]/.."
)
"""Asked for once, of the attributes that are there: asking every element takes a tenth of the way."""
_TINY = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_MARK = re.compile(r"#_?(?:ftn|edn)\d", re.IGNORECASE)
"""Where the mark of a footnote leads in pages that Word and WPS write."""
_CELLS = frozenset(["td", "th"])
_SECTIONS = frozenset(["thead", "tbody", "tfoot"])
_SPAN = re.compile(r"\s*\+?(\d{1,6})")
_UNTYPED = frozenset(["", "text", "number", "tel"])
_WINDOWS_MARKS = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
"""``&#150;`` means a dash in every browser (HTML standard, numeric character references), not a control character."""
_WINDOWS = re.compile(r"[\x80-\x9f]")
_WIDEST = 1000
_TALLEST = 65534
"""Limits of ``colspan`` and ``rowspan`` in the HTML standard."""


@dataclass
class _OpenTable:
    """A table being read: where the next row and cell go, and which columns cells of rows above still cover."""

    draft: DraftTable
    row: int = -1
    cell: int = 0
    column: int = 0
    """Where the next cell of the row may stand at the earliest."""
    free_from: list[int] = field(default_factory=list)
    """For each column, the first row in which it is free."""
    section_start: int = 0
    in_row: bool = False
    cells: list[Flow] = field(default_factory=list)

    def start_row(self) -> None:
        self.row += 1
        self.cell = self.column = 0
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
        row, column, end = self.row, self.column, self.column + colspan
        free_from = self.free_from
        while column < len(free_from) and max(free_from[column:end]) > row:
            column, end = column + 1, end + 1
        if end > len(free_from):
            free_from += [0] * (end - len(free_from))
        free_from[column:end] = [row + rowspan] * colspan
        self.column = end
        self.cell += 1
        flow = Flow(True)
        self.draft.cells.append(DraftCell(flow, row, column, rowspan, colspan, self.cell))
        return flow


def _span(element: etree._Element, name: str) -> int | None:
    """A span attribute as browsers read it: its leading digits; ``None`` where it is missing or no number."""
    text = element.get(name)
    digits = _SPAN.match(text) if text else None
    return int(digits[1]) if digits else None


class Walk:
    """One way through a page and the frames in it.

    ``frame`` gives the page behind the address of a frame, or ``None`` where the file does not hold it.
    """

    def __init__(self, frame: Callable[[str], etree._Element | None]) -> None:
        self.frame = frame
        self.frames_missing = 0
        """Frames that a reader of the page would see and that are not in the file."""
        self.pictures = 0
        self.flows = [Flow(collapse=True)]
        self.tables: list[_OpenTable] = []
        self.count = 0
        self.preformatted = 0
        self.letters: list[Callable[[str], str]] = []
        """How the characters of the open elements stand that have them in a special way, and whether each open element has."""
        self.special: list[bool] = []

    def through(self, root: etree._Element) -> Flow:
        """Collect everything a browser would show."""
        walk = etree.iterwalk(root, events=("start", "end"))
        hidden = frozenset(_HIDDEN_ONES(root))
        opened: list[str | None] = []
        for event, element in walk:
            if event == "start":
                tag = element.tag if isinstance(element.tag, str) else ""
                style = element.get("style")
                if (hidden and element in hidden) or (style and hides(style)) or (tag == "a" and _is_note_mark(element)):
                    opened.append(None)
                    walk.skip_subtree()
                elif tag in _UNSEEN:
                    opened.append(None)
                    self.stand_in(element, tag, style)
                    walk.skip_subtree()
                else:
                    opened.append(tag)
                    self.open(element, tag, style)
                    if text := element.text:
                        self.say(text)
            else:
                if (tag := opened.pop()) is not None:
                    self.close(tag)
                if text := element.tail:
                    self.say(text)
        return self.flows[0]

    def say(self, text: str | None) -> None:
        """Add text to the open cell or the page, in the style of the open elements."""
        if text:
            if not text.isprintable() and _WINDOWS.search(text):
                text = text.translate(_WINDOWS_MARKS)
            for change in self.letters:
                text = change(text)
            self.flows[-1].parts.append(text.replace("\n", LINE_END) if self.preformatted else text)

    def stand_in(self, element: etree._Element, tag: str, style: str | None) -> None:
        """Say what a browser shows in place of an element: the page in a frame, the choice of a field in a cell."""
        if tag in _FRAMES:
            if not (style and _TINY.search(style)):
                self.open_frame(element)
        elif tag == "textarea" and self.in_cell():
            self.say(element.text)
        elif tag == "select" and self.in_cell():
            options = list(element.iter("option"))
            chosen = next((option for option in options if option.get("selected") is not None), None)
            self.say("".join((options[0] if chosen is None else chosen).itertext()) if options else None)

    def open_frame(self, element: etree._Element) -> None:
        """Go through the page of a frame where it stands; one that is not there is counted, unless it was not to be seen."""
        address = next((text for name in _SOURCES if (text := element.get(name, "").strip())), "")
        if not address or address.startswith(("about:", "javascript:", "data:")):
            return
        root = self.frame(address)
        if root is not None:
            self.flows[-1].add(LINE_END)
            self.through(root)
            self.flows[-1].add(LINE_END)
        elif not {element.get("width"), element.get("height")} & {"0", "1", "0px", "1px"}:
            self.frames_missing += 1

    def in_cell(self) -> bool:
        """Whether a cell is open."""
        return len(self.flows) > 1

    def open(self, element: etree._Element, tag: str, style: str | None) -> None:
        """Take in a start tag."""
        table = self.tables[-1] if self.tables else None
        if tag in _LINES_OF_THEIR_OWN:
            self.flows[-1].parts.append(LINE_END)
            self.preformatted += tag == "pre"
        elif tag in _CELLS and table:
            self.leave_cell(table)
            flow = table.place(element)
            table.cells.append(flow)
            self.flows.append(flow)
        elif tag == "tr" and table:
            self.leave_cell(table)
            table.start_row()
        elif tag == "table":
            if len(self.tables) >= DEEPEST:
                raise CannotReadError("too_nested")
            self.count += 1
            self.tables.append(_OpenTable(DraftTable(self.count)))
        elif tag == "input" and self.in_cell() and element.get("type", "").lower() in _UNTYPED:
            self.say(element.get("value"))
        elif tag == "img":
            self.pictures += 1
        letters = LETTERS.get(tag) or (letters_of(element, style, in_cell=self.in_cell()) if style else None)
        self.special.append(letters is not None)
        if letters is not None:
            self.letters.append(letters)

    def close(self, tag: str) -> None:
        """Take in an end tag."""
        table = self.tables[-1] if self.tables else None
        if tag in _LINES_OF_THEIR_OWN:
            if tag != "br":
                self.flows[-1].parts.append(LINE_END)
            self.preformatted -= tag == "pre"
        elif table is None:
            pass
        elif tag in _CELLS:
            self.leave_cell(table)
        elif tag == "tr":
            table.in_row = False
        elif tag == "table":
            self.leave_cell(table)
            table.end_section()
            self.tables.pop()
            self.flows[-1].add_table(table.draft)
        elif tag in _SECTIONS:
            table.end_section()
        if self.special.pop():
            self.letters.pop()

    def leave_cell(self, table: _OpenTable) -> None:
        """End the open cell of this table, whether its end tag is there or not."""
        if table.cells and self.flows[-1] is table.cells[-1]:
            table.cells.pop()
            self.flows.pop()


def _is_note_mark(element: etree._Element) -> bool:
    """Whether a link is the mark of a footnote."""
    return bool(_NOTE_MARK.search(element.get("href", "")))
