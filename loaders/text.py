"""Plain text and Markdown: lines of prose, and tables written with tabs or bars.

Copied page text keeps a table as lines whose cells are parted by tabs or by bars (``规章 | 0 | 0 | 0 |``). Which column a
cell belonged to on the page is lost; its number in the line is all that is known, and all that is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.characters import printed
from loaders.encoding import decode
from loaders.grid import Block, Grid, GridCell, Pages, TextLine
from ogi.report import Source

MEDIA_TYPE = "text/plain"
_LINE_ENDS = re.compile(r"\r\n|[\r\n\f]")
_BAR = re.compile(r"(?<!\\)\|")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLANK_ENTITY = re.compile(r"&(?:nbsp|ensp|emsp|#160|#12288);")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*")
_HEADING_MARK = re.compile(r"#{1,6}\s+")
_SECTION = re.compile(r"\s*[一二三四五六七八九十]{1,3}[、.．]")
_DIGIT = re.compile(r"\d")
_HEADS = 3
"""So many cells with words and without digits in one line are a row of heads."""
_LONGEST_STRAY = 40
"""A line without tab or bar between two lines of a table is a row of it when it has at most this many characters."""


@dataclass(frozen=True)
class _Line:
    """A line of the file: a row of cells, or prose where ``cells`` is ``None``."""

    number: int
    text: str
    cells: tuple[str, ...] | None
    is_rule: bool = False
    starts_with_bar: bool = False
    ends_with_bar: bool = False


def read(data: bytes, name: str) -> Pages:
    """Read plain text or Markdown.

    Lines with tabs or bars that follow each other are one grid; a short line without them in between stays in the grid as
    a row of one cell, a numbered section heading does not. ``|---|`` lines are no row. Empty cells stay. Sources give the
    line and, in tables, the cell, from 1. A leading bar is an empty first cell, except where every line of the table starts
    with one, as Markdown has it.

    Raises:
        CannotReadError: ``unknown_encoding``.
    """
    lines = [_line(number, printed(text)) for number, text in enumerate(_LINE_ENDS.split(decode(data)), start=1)]
    return Pages(media_type=MEDIA_TYPE, blocks=tuple(_blocks(lines)))


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    closed = _is_closed([line for line in lines if line.cells and "|" in line.text])
    position = 0
    while position < len(lines):
        end = _run_end(lines, position)
        if end > position and (grid := _grid(lines[position:end], closed)):
            yield grid
            position = end
            continue
        for line in lines[position : max(end, position + 1)]:
            if line.text.strip() and not line.is_rule:
                yield TextLine(text=_HEADING_MARK.sub("", line.text, count=1), source=Source(line=line.number))
        position = max(end, position + 1)


def _line(number: int, text: str) -> _Line:
    """Tell rows from prose. One leading tab is an indent, not a cell."""
    if "|" in text:
        bare = text.strip()
        if _RULE.fullmatch(bare):
            return _Line(number, text, (), is_rule=True, starts_with_bar=bare.startswith("|"))
        cells = _BAR.split(bare)
        if len(cells) > 1:
            return _Line(number, text, tuple(map(_cell, cells)), starts_with_bar=not cells[0], ends_with_bar=not cells[-1])
    if text.strip(" \t") and "\t" in text.lstrip(" \t"):
        return _Line(number, text, tuple(cell.strip(" ") for cell in text.split("\t")))
    if text.count("\t") > 1:
        return _Line(number, text, tuple(cell.strip(" ") for cell in text.split("\t")))
    return _Line(number, text, None)


def _cell(text: str) -> str:
    """The text of a cell between bars, without the marks Markdown and HTML leave in it."""
    text = _BLANK_ENTITY.sub("\u00a0", _LINE_BREAK.sub("\n", text)).replace("\\|", "|")
    return _EMPHASIS.sub(lambda found: found[1] or found[2], text).strip(" \t")


def _run_end(lines: list[_Line], start: int) -> int:
    """Where the table beginning at ``start`` ends; ``start`` itself when there is none."""
    end = start
    while end < len(lines) and (lines[end].cells is not None or (end > start and _is_stray_row(lines, end))):
        end += 1
    return end


def _is_stray_row(lines: list[_Line], position: int) -> bool:
    text = lines[position].text
    if not text.strip() or len(text) > _LONGEST_STRAY or _SECTION.match(text):
        return False
    return position + 1 < len(lines) and lines[position + 1].cells is not None


def _is_closed(lines: list[_Line]) -> bool:
    """Whether the bars at the ends of these lines belong to the frame; if not, an empty last cell stands behind each.

    Lines broken in two end without it in any table. A row of heads tells: its last cell is never empty.
    """
    open_ones = [line for line in lines if not line.ends_with_bar]
    heads = [line for line in open_ones if len([c for c in line.cells or () if c and not _DIGIT.search(c)]) >= _HEADS]
    return bool(lines) and 2 * len(open_ones) <= len(lines) and not heads


def _grid(lines: list[_Line], closed: bool) -> Grid | None:
    """The rows as a grid; ``None`` for a lone line with a bar or an indent, which is prose."""
    bars = [line for line in lines if line.cells is not None and "|" in line.text]
    bordered = bool(bars) and all(line.starts_with_bar for line in bars)
    rows = [line for line in lines if not line.is_rule]
    cells: list[GridCell] = []
    for row, line in enumerate(rows):
        texts = (line.text.strip(" "),) if line.cells is None else line.cells
        if line.cells and "|" in line.text:
            texts = texts[bordered and len(texts) > 1 :]
            texts = texts[:-1] if closed and line.ends_with_bar and len(texts) > 1 else texts
        cells += [
            GridCell(text=text, row=row, column=column, source=Source(line=line.number, cell=column + 1))
            for column, text in enumerate(texts)
        ]
    filled = [cell for cell in cells if cell.text]
    widest = max((cell.column + 1 for cell in cells), default=0)
    tabs = any(line.cells is not None and "\t" in line.text for line in rows)
    enough = len(rows) > 1 or (tabs and len(filled) > 2)
    return Grid(cells=tuple(cells)) if enough and widest > 1 and len(filled) > 1 else None
