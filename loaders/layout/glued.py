"""Lines in which the cells of a row run together: ``信息内容本年新制作数量本年新公开数量``, ``规章000``, ``行政许可 39``.

Words can be told apart where the whole line is made of labels of one table. Digits are parted from the label first, and from
each other only where one way alone is possible: all are 0, or only one way adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from loaders.grid import GridCell
from loaders.layout.index import FormTable, stub_keys
from loaders.layout.printed import PrintedRow, label_end
from loaders.layout.sums import row_adds_up
from loaders.normalise import label_key, plain
from ogi.form import Table

_LONGEST = 120
_MOST_EXTRA_DIGITS = 8
_DIGITS_AT_END = re.compile(r"^(?P<label>.*[^\d\s.,、．])\s*(?P<digits>\d+)$")

_ENDS_OF_VALUES = ("元", "件", ",")
_ONE_VALUE = re.compile(r"^(?P<label>.*\D)\s+(?P<digits>\d[\d,]*(?:\.\d+)?\s*(?:亿元|万元|元|件)?)$")


def unglued(row: PrintedRow, table: FormTable) -> PrintedRow | None:
    """Return the row with its cells parted, or ``None`` where it is not such a line of ``table``."""
    if row.line is None or len(row.cells) != 1 or len(row.line.text) > _LONGEST:
        return None
    text = plain(row.line.text)
    match = None
    if text[-1:].isdigit() or text.endswith(_ENDS_OF_VALUES):
        match = _DIGITS_AT_END.match(text) or (_ONE_VALUE.match(text) if 1 in table.widths else None)
    if match and (table.row_keys_exactly(match["label"]) or table.row_keys_in_group(match["label"])):
        return _row(row, [match["label"], match["digits"]])
    pieces = _pieces(label_key(text), table.head_spellings)
    return _row(row, pieces) if len(pieces) > 2 or (len(pieces) == 2 and pieces[0] in stub_keys()) else None


def parted_digits(text: str, table: Table) -> list[str]:
    """Return the digits of a row of ``table`` parted into its cells; empty where more than one way is possible, or none."""
    width = len(table.columns)
    if not text.isdigit() or not 1 < width <= len(text) <= width + _MOST_EXTRA_DIGITS:
        return []
    if text == "0" * width:
        return list(text)
    ways = [way for way in _ways(text, width) if row_adds_up(table, [Decimal(part) for part in way])]
    return ways[0] if len(ways) == 1 else []


def _ways(text: str, width: int) -> Iterator[list[str]]:
    for cuts in combinations(range(1, len(text)), width - 1):
        parts = [text[start:end] for start, end in zip((0, *cuts), (*cuts, len(text)), strict=True)]
        if all(len(part) == 1 or part[0] != "0" for part in parts):
            yield parts


def _pieces(text: str, labels: tuple[str, ...]) -> list[str]:
    """Cut the text into labels, the longest first; empty where something is left over."""
    if not text.startswith(labels):
        return []
    pieces = []
    while text:
        label = next((label for label in labels if text.startswith(label)), None)
        if label is None:
            return []
        pieces.append(label)
        text = text[len(label) :]
    return pieces


def _row(row: PrintedRow, texts: list[str]) -> PrintedRow:
    cells = [GridCell(text=text, row=0, column=column, source=row.cells[0].source) for column, text in enumerate(texts)]
    return PrintedRow(cells=cells, placed=False, block=row.block, line=row.line, label_end=label_end(cells))
