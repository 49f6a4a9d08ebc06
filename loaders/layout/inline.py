"""Lines in which several rows of a table run together, as pages without line ends give them.

``（一）予以公开 3 0 0 0 0 0 3 （二）部分公开 0 …`` is parted into rows, one for each label with the values behind it. Values
before the first label are a row without one; to which label they belong is decided later (:mod:`.sequence`).
"""

from __future__ import annotations

import re

import msgspec

from loaders.grid import GridCell, TextLine
from loaders.layout.index import FormIndex
from loaders.layout.printed import PrintedRow, has_marks, is_value, is_wordy, label_end, words_of
from loaders.normalise import plain
from ogi.han import HAN

_CANDIDATE = re.compile(rf"[\d/—-]\s+\S*{HAN}")
"""A value with a word behind it."""
_LABELS = re.compile(rf"(?:{HAN}|[）)])\s+{HAN}\S*\s")
"""Two words beside each other."""
_LONGEST_LABEL = 60
_MOST_WORDS = 4
"""A label that a line end cut into more pieces is not put together again."""
_FEWEST_VALUES = 2
"""So many values before or behind a label make a line a row of a table and no sentence."""


class _Piece(msgspec.Struct):
    """Part of a line: a label with values, column heads, or other words."""

    kind: str
    cells: list[GridCell]
    values: int = 0


def parted_rows(rows: list[PrintedRow], index: FormIndex) -> list[PrintedRow]:
    """Return the rows with such lines parted; a part keeps the source of its line."""
    parted: list[PrintedRow] = []
    for row in rows:
        pieces = _pieces(row, index) if not row.placed and _is_candidate(row) else []
        parted += [_row(row, piece) for piece in pieces] if _is_table(pieces) else [_without_scraps(row, index)]
    return parted


def _without_scraps(row: PrintedRow, index: FormIndex) -> PrintedRow:
    """Part a label from what stands to the left of it in the same printed line: pieces of a label set over many lines.

    ``（四）无 1.本机关不掌握相关政府信息 2 0 …``, with 法提供 one line below.
    """
    text = row.cells[0].text if row.line is not None and row.cells else ""
    words = text.split() if row.label_end == 1 and len(text) <= _LONGEST_LABEL else []
    if len(words) < 2 or index.is_label(text):
        return row
    for place in range(1, len(words)):
        label = "".join(words[place:])
        if (
            index.is_row(label)
            and not (index.is_column(label) and not row.has_values)
            and all(index.is_fragment(word) for word in words[:place])
        ):
            cells = [msgspec.structs.replace(row.cells[0], text=part) for part in ("".join(words[:place]), label)]
            cells = [msgspec.structs.replace(cell, column=i) for i, cell in enumerate([*cells, *row.cells[1:]])]
            return msgspec.structs.replace(row, cells=cells, label_end=2)
    return row


def _is_candidate(row: PrintedRow) -> bool:
    if row.line is not None and not has_marks(row.line.text):
        text = row.line.text
        return bool(_CANDIDATE.search(text)) or bool(_LABELS.search(text) and is_value(text.split()[-1]))
    filled = row.filled
    first = next((i for i, cell in enumerate(filled) if not is_wordy(cell.text)), len(filled))
    return any(is_wordy(cell.text) for cell in filled[first:])


def _is_table(pieces: list[_Piece]) -> bool:
    """Whether labels and values alternate at least once: two values, or one where column heads are in the line as well."""
    kinds = {piece.kind for piece in pieces}
    fewest = 1 if "heads" in kinds else _FEWEST_VALUES
    return len(pieces) > 1 and kinds & {"label", "heads"} != set() and any(piece.values >= fewest for piece in pieces)


def _pieces(row: PrintedRow, index: FormIndex) -> list[_Piece]:
    words = _words(row)
    pieces: list[_Piece] = []
    place = 0
    while place < len(words):
        length = _label_at(words, place, index)
        cell = words[place]
        if length > 1:
            cell = msgspec.structs.replace(cell, text="".join(word.text for word in words[place : place + length]))
        following = words[place + (length or 1)] if place + (length or 1) < len(words) else None
        _add(pieces, cell, bool(length), following, index)
        place += length or 1
    return pieces


def _add(pieces: list[_Piece], cell: GridCell, is_label: bool, following: GridCell | None, index: FormIndex) -> None:
    last = pieces[-1] if pieces else None
    if is_label:
        after_heads = last is not None and last.kind == "heads"
        is_head = index.is_column(cell.text) and (after_heads or not (following and is_value(following.text)))
        if is_head and last and after_heads:
            last.cells.append(cell)
        else:
            pieces.append(_Piece("heads" if is_head else "label", [cell]))
    elif not is_wordy(cell.text) and plain(cell.text) == "":
        if last and last.kind == "label":
            last.cells.append(cell)
    elif is_value(cell.text) and (last is None or last.kind != "words"):
        if last is None or last.kind == "heads":
            pieces.append(last := _Piece("values", []))
        last.cells.append(cell)
        last.values += 1
    elif last and last.kind == "label" and not last.values and plain(cell.text).startswith("("):
        last.cells[-1] = msgspec.structs.replace(last.cells[-1], text=last.cells[-1].text + cell.text)
    elif last and last.kind == "words":
        last.cells.append(cell)
    else:
        pieces.append(_Piece("words", [cell]))


def _words(row: PrintedRow) -> list[GridCell]:
    """The cells of a row, or the words of a line."""
    if row.line is None or has_marks(row.line.text):
        return row.cells
    return words_of(row.line)


def _label_at(words: list[GridCell], place: int, index: FormIndex) -> int:
    """How many words from ``place`` on are together a label of the form; 0 where there is none."""
    text = ""
    for length, word in enumerate(words[place : place + _MOST_WORDS], start=1):
        if not is_wordy(word.text) or len(text) + len(word.text) > _LONGEST_LABEL:
            return 0
        text += word.text
        if index.is_label(text):
            return length
    return 0


def _row(row: PrintedRow, piece: _Piece) -> PrintedRow:
    text = " ".join(cell.text for cell in piece.cells)
    line = TextLine(text=text, source=piece.cells[0].source) if row.line is not None else None
    cells = piece.cells
    if piece.kind == "words":
        cells = [msgspec.structs.replace(cells[0], text=text)]
    cells = [msgspec.structs.replace(cell, column=column) for column, cell in enumerate(cells)]
    return PrintedRow(cells=cells, placed=False, block=row.block, line=line, label_end=label_end(cells))
