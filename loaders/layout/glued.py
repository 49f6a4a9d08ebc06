"""Lines in which the cells of a row run together: ``信息内容本年新制作数量本年新公开数量``, ``规章000``, ``行政许可 39``.

Words can be told apart where the whole line is made of labels of one table. Digits are only parted from the label here; whether
they can be parted from each other is for :mod:`loaders.layout.draft` to decide.
"""

from __future__ import annotations

import re

from loaders.grid import GridCell
from loaders.layout.index import FormTable
from loaders.layout.printed import PrintedRow, label_end
from loaders.normalise import label_key, plain
from loaders.words import load_words

_LONGEST = 120
_DIGITS_AT_END = re.compile(r"^(?P<label>.*[^\d\s.,、.．)）])\s*(?P<digits>\d+)$")

_ONE_VALUE = re.compile(r"^(?P<label>.*\D)\s+(?P<digits>\d[\d,]*(?:\.\d+)?\s*(?:亿元|万元|元|件)?)$")


def unglued(row: PrintedRow, table: FormTable) -> PrintedRow | None:
    """Return the row with its cells parted, or ``None`` where it is not such a line of ``table``."""
    if row.line is None or len(row.cells) != 1 or len(row.line.text) > _LONGEST:
        return None
    text = plain(row.line.text)
    match = _DIGITS_AT_END.match(text) or (_ONE_VALUE.match(text) if 1 in table.widths else None)
    if match and table.row_keys_exactly(match["label"]):
        return _row(row, [match["label"], match["digits"]])
    stubs = tuple(map(label_key, load_words().stubs))
    pieces = _pieces(label_key(text), (*table.column_spellings, *table.column_groups, *stubs))
    return _row(row, pieces) if len(pieces) > 2 or (len(pieces) == 2 and pieces[0] in stubs) else None


def _pieces(text: str, labels: tuple[str, ...]) -> list[str]:
    """Cut the text into labels, the longest first; empty where something is left over."""
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
