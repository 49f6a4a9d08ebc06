"""A document under construction: running text with tables in it, whose cells are running text again.

Web pages and Word files are built this way. The table becomes a :class:`~loaders.grid.Grid` at the end, when it is known
whether it holds data or only arranges the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

import msgspec

from loaders.characters import printed
from loaders.errors import CannotReadError
from loaders.grid import Block, Grid, GridCell, TextLine
from ogi.report import Source

LINE_END = "\x0b"
"""Stands for a printed line end inside a flow, where a plain line feed may be mere layout of the source file."""
DEEPEST = 40
"""Tables nested deeper than this are an attack or an accident, not a report."""
_SOURCE_BLANKS = re.compile(r"[ \t\n\r\f]+")


class Flow(msgspec.Struct):
    """Text and tables in reading order."""

    collapse: bool = False
    """Whether runs of blanks and line feeds of the source are one blank, as in HTML. U+00A0 and U+3000 are no such blanks."""
    parts: list[str | DraftTable] = []
    tables: list[DraftTable] = []
    """Those among the parts."""

    def add(self, text: str | None) -> None:
        """Append text as it stands in the source."""
        if text:
            self.parts.append(text)

    def add_table(self, table: DraftTable) -> None:
        """Append a table that is read to its end."""
        self.parts.append(table)
        self.tables.append(table)

    def extend(self, other: Flow) -> None:
        """Append everything in another flow."""
        self.parts += other.parts
        self.tables += other.tables

    def lines(self) -> Iterator[str | DraftTable]:
        """The printed lines that are not empty, and the tables between them."""
        text: list[str] = []
        for part in (*self.parts, None):
            if isinstance(part, str):
                text.append(part)
                continue
            yield from self._split("".join(text))
            text = []
            if part is not None:
                yield part

    def _split(self, text: str) -> list[str]:
        found: list[str] = []
        for part in text.split(LINE_END):
            line = part
            if not part.isprintable():
                line = printed(_SOURCE_BLANKS.sub(" ", part) if self.collapse else part)
            elif self.collapse and "  " in part:
                line = _SOURCE_BLANKS.sub(" ", part)
            if line := line.strip(" ") if self.collapse else line:
                found.append(line)
        return found

    def text(self) -> str:
        """The flow's own text, without that of tables in it."""
        if not self.tables:  # nearly every cell
            return "\n".join(self._split("".join(cast(list[str], self.parts))))
        return "\n".join(line for line in self.lines() if isinstance(line, str))


class DraftCell(msgspec.Struct):
    """A cell with its place in the grid; ``rowspan`` grows while the rows below are read."""

    flow: Flow
    row: int
    column: int
    rowspan: int
    colspan: int
    number: int
    """Its number in its row, from 1."""


class DraftTable(msgspec.Struct):
    """A table whose cells are placed as they come."""

    number: int
    """Its number in the document, from 1, counted where it begins."""
    cells: list[DraftCell] = []

    def holds_data(self) -> bool:
        """Whether this is a table of data, not one cell around text or a frame that arranges the page."""
        if len(self.cells) < 2:
            return False
        if not any(cell.flow.tables for cell in self.cells):
            return True
        plain = [cell.row for cell in self.cells if not cell.flow.tables]
        return sum(plain.count(row) > 1 for row in set(plain)) > 1

    def grid(self) -> Grid:
        """The table as a grid; tables inside its cells are not in it."""
        ordered = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        return Grid(
            cells=tuple(
                GridCell(
                    text=cell.flow.text(),
                    row=cell.row,
                    column=cell.column,
                    rowspan=cell.rowspan,
                    colspan=cell.colspan,
                    source=Source(table=self.number, row=cell.row + 1, cell=cell.number),
                )
                for cell in ordered
            )
        )


def blocks(flow: Flow) -> tuple[Block, ...]:
    """The finished document: a table inside another follows it as a grid of its own; lines of prose are numbered from 1."""
    found: list[Block] = []
    count = 0
    for item in _unfold(flow, 0):
        if isinstance(item, Grid):
            found.append(item)
        elif item.strip():
            count += 1
            found.append(TextLine(text=item, source=Source(line=count)))
    return tuple(found)


def _unfold(flow: Flow, depth: int) -> Iterator[str | Grid]:
    if depth > DEEPEST:
        raise CannotReadError("too_nested")
    for item in flow.lines():
        if isinstance(item, str):
            yield item
        elif item.holds_data():
            yield item.grid()
            for cell in item.cells:
                for inner in cell.flow.tables:
                    yield from _unfold(Flow(parts=[inner], tables=[inner]), depth + 1)
        else:
            for cell in item.cells:
                yield from _unfold(cell.flow, depth + 1)
