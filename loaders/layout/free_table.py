"""Tables in no official form, of the years before there was one: indicator, unit and values, kept as found.

Such a table is known by its heads (指标名称, 计量单位, 本年数, 历年累计). Nothing in it is mapped to a key.
"""

from __future__ import annotations

from loaders.cells import read_cell
from loaders.layout.entries import Entry, cells_of, entries_of
from loaders.layout.index import FormIndex
from loaders.layout.printed import PrintedRow, is_wordy
from loaders.normalise import label_key, plain
from loaders.words import load_words
from ogi.report import FreeRow

_FEWEST_ROWS = 3
_MOST_HEADS = 8
_LONGEST_LABEL = 80
_KINDS = ("count", "amount")


def find_free_rows(index: FormIndex, rows: list[PrintedRow]) -> tuple[FreeRow, ...]:
    """Return the lines of all such tables of a document, in printed order; they are marked as used."""
    found: list[FreeRow] = []
    place = 0
    while place < len(rows):
        heads, end = _heads(rows, place)
        if not heads:
            place += 1
            continue
        until = _end(rows, end)
        entries = entries_of(rows[end:until], index.unit_words, lambda _: False)
        lines = [(entry, line) for entry in entries if (line := _line(entry, heads)) is not None]
        if len(lines) >= _FEWEST_ROWS:
            found += [line for _, line in lines]
            for row in [*rows[place:end], *(row for entry, _ in lines for row in entry.rows)]:
                row.used = True
        place = max(until, end)
    return tuple(found)


def _heads(rows: list[PrintedRow], place: int) -> tuple[tuple[str, ...], int]:
    """The words above the values of a table whose heads begin at ``place``, and where its rows begin; else no words.

    Heads stand in one row, or each in a line of its own.
    """
    words = load_words()
    row = rows[place]
    texts = [plain(cell.text) for cell in cells_of(row) if plain(cell.text)]
    if not texts or label_key(texts[0]) not in words.label_heads or row.has_values:
        return (), place
    end = place + 1
    if len(texts) == 1:
        while end < len(rows) and end <= place + _MOST_HEADS and _is_head(rows[end]):
            texts += [plain(cell.text) for cell in rows[end].filled]
            end += 1
    again = next((i for i, text in enumerate(texts[1:], start=1) if label_key(text) in words.label_heads), len(texts))
    behind = texts[1:again]
    named = [text for text in behind if label_key(text) in (*words.unit_heads, *words.value_heads)]
    return (tuple(text for text in behind if label_key(text) not in words.unit_heads), end) if named else ((), place)


def _is_head(row: PrintedRow) -> bool:
    words = load_words()
    known = (*words.unit_heads, *words.value_heads)
    return len(row.filled) == 1 and any(label_key(word) in known for word in (row.filled[0].text,))


def _end(rows: list[PrintedRow], start: int) -> int:
    """Where the table ends: with its grid, or at the first line that is a sentence."""
    place = start
    while place < len(rows):
        row = rows[place]
        if row.placed and rows[start].placed and row.block != rows[start].block and row.has_words and not row.has_values:
            break
        if any(len(plain(cell.text)) > _LONGEST_LABEL for cell in row.filled if is_wordy(cell.text)):
            break
        place += 1
    return place


def _line(entry: Entry, heads: tuple[str, ...]) -> FreeRow | None:
    """The line of an entry that shows a number."""
    if not any(read_cell(cell.text, kind).value is not None for cell in entry.filled for kind in _KINDS):
        return None
    values = tuple(plain(cell.text) for cell in entry.values)
    if len(values) != len(heads):
        values = tuple(plain(cell.text) for cell in entry.filled)
    return FreeRow(
        label=plain(entry.label.text),
        unit=entry.unit,
        values=values,
        heads=heads if len(heads) == len(values) else (),
        source=entry.label.source,
    )
