"""Plain text and Markdown: lines of prose, and tables written with tabs or bars.

Copied page text keeps a table as lines whose cells are parted by tabs or by bars (``规章 | 0 | 0 | 0 |``). Which column a
cell belonged to on the page is lost; its number in the line is all that is known, and all that is claimed.

What crawlers leave of HTML and Markdown (``&nbsp;``, ``<o:p>``, ``**``, escaped dots) was never printed and is taken away.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.characters import printed
from loaders.encoding import decode
from loaders.grid import Block, Grid, GridCell, Pages, TextLine
from ogi.report import Source

MEDIA_TYPE = "text/plain"
_LINE_ENDS = re.compile(r"\r\n|[\r\n\f]")
_BARS = "|｜│┃"
_BAR = re.compile(rf"(?<!\\)[{_BARS}]")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:o:p|p|span|font|strong|b|em|i|u|s|a|div|center|sub|tt|t[drh]|tbody|thead|table|h[1-6])\b[^<>]{0,300}>", re.I
)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#[xX][\da-fA-F]{1,5});")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~=])")
_EMPHASIS = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_RULE = re.compile(r"[\s|｜│┃:+=\-─━┄┌┐└┘├┤┬┴┼]+")
_RULED = re.compile(r"(?=.*[|｜│┃+┌┐└┘├┤┬┴┼]).*(?:-{2}|={2}|[─━┄]{2})")
_LONE_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*")
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
    is_empty_cell: bool = False
    """Nothing but blanks that a crawler wrote as ``&nbsp;``: an empty paragraph or cell that was there."""
    has_bars: bool = False
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
    texts = enumerate(_LINE_ENDS.split(decode(data)), start=1)
    lines = [line for number, text in texts for line in _lines(number, printed(text))]
    return Pages(media_type=MEDIA_TYPE, blocks=tuple(_blocks(lines)))


def _blocks(lines: list[_Line]) -> Iterator[Block]:
    closed = _is_closed([line for line in lines if line.cells and line.has_bars])
    position = 0
    while position < len(lines):
        end = _run_end(lines, position)
        if end > position and (grid := _grid(lines[position:end], closed)):
            yield grid
            position = end
            continue
        for line in lines[position : max(end, position + 1)]:
            if (line.text.strip() or line.is_empty_cell) and not line.is_rule:
                yield TextLine(text=_HEADING_MARK.sub("", line.text, count=1), source=Source(line=line.number))
        position = max(end, position + 1)


def _lines(number: int, text: str) -> list[_Line]:
    """The lines one line of the file stands for: ``<br>`` ends a line of prose, but not a row of cells."""
    if "<" not in text or _BAR.search(text) or "\t" in text:
        return [_line(number, text)]
    return [_line(number, part) for part in _LINE_BREAK.split(text)]


def _line(number: int, text: str) -> _Line:
    """Tell rows from prose. One leading tab is an indent, not a cell."""
    if (_RULE.fullmatch(text) and _RULED.match(text)) or _LONE_RULE.fullmatch(text):
        bars = bool(_BAR.search(text))
        return _Line(number, text, (), is_rule=True, has_bars=bars, starts_with_bar=text.strip()[0] in _BARS)
    shown = _without_marks(text)
    if _BAR.search(text):
        bare = text.strip()
        cells = _BAR.split(bare)
        if len(cells) > 1:
            ends = {"starts_with_bar": not cells[0], "ends_with_bar": not cells[-1]}
            return _Line(number, shown, tuple(map(_cell, cells)), has_bars=True, **ends)
    if (text.strip(" \t") and "\t" in text.lstrip(" \t")) or text.count("\t") > 1:
        return _Line(number, shown, tuple(_cell(cell) for cell in text.split("\t")))
    return _Line(number, shown, None, is_empty_cell=shown != text and not shown.strip())


def _cell(text: str) -> str:
    """The text of a cell, without the marks Markdown and HTML leave in it."""
    return _without_marks(_LINE_BREAK.sub("\n", text)).replace("\\|", "|").strip(" \t")


def _without_marks(text: str) -> str:
    """Take away what was markup on the page: blanks written as entities stay blanks."""
    if "&" in text and _ENTITY.search(text):
        text = printed(html.unescape(text))
    if "<" in text:
        text = _TAG.sub("", text)
    if "**" in text or "__" in text:
        text = _EMPHASIS.sub(lambda found: found[1] or found[2], text)
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


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
    bars = [line for line in lines if line.cells is not None and line.has_bars]
    bordered = bool(bars) and all(line.starts_with_bar for line in bars)
    rows = [line for line in lines if not line.is_rule]
    cells: list[GridCell] = []
    for row, line in enumerate(rows):
        texts = (line.text.strip(" "),) if line.cells is None else line.cells
        if line.cells and line.has_bars:
            texts = texts[bordered and len(texts) > 1 :]
            texts = texts[:-1] if closed and line.ends_with_bar and len(texts) > 1 else texts
        cells += [
            GridCell(text=text, row=row, column=column, source=Source(line=line.number, cell=column + 1))
            for column, text in enumerate(texts)
        ]
    filled = [cell for cell in cells if cell.text]
    widest = max((cell.column + 1 for cell in cells), default=0)
    tabs = any(line.cells is not None and not line.has_bars for line in rows)
    enough = len(rows) > 1 or (tabs and len(filled) > 2)
    return Grid(cells=tuple(cells)) if enough and widest > 1 and len(filled) > 1 else None
