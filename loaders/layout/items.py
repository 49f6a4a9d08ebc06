"""One printed row seen as a row of a table: its own label, the labels before it, its values."""

from __future__ import annotations

import msgspec

from loaders.grid import GridCell
from loaders.layout.index import FormTable
from loaders.layout.printed import PrintedRow
from loaders.normalise import label_key, plain
from loaders.words import load_words


class Item(msgspec.Struct, kw_only=True):
    """A row of column heads (``is_header``), or a row with its own label, the labels before it, and its values."""

    row: PrintedRow
    is_header: bool = False
    is_loose: bool = False
    """Values in a line of their own that follow no row label."""
    own: GridCell | None = None
    before: list[GridCell] = []
    values: list[GridCell] = []
    row_keys: frozenset[str] = frozenset()
    rule: str = ""
    """The rule that gave the row its values, where their place alone did not."""
    own_line: int = 0
    """Number of values that stand in the row of the label; the others stand in lines of their own."""


class Region(msgspec.Struct, kw_only=True):
    """All rows of one printed copy of one table."""

    table: FormTable
    items: list[Item] = []
    blocks: set[int] = set()
    breaks: set[int] = set()
    """Before which items words stand that are no part of the table."""
    keeps_blanks: bool = False
    """Whether the text is proven to give empty cells lines of their own (:mod:`loaders.layout.text_columns`)."""

    @property
    def strays(self) -> list[GridCell]:
        """Values in lines of their own that follow no row label."""
        return [cell for item in self.items if item.is_loose for cell in item.row.filled]

    @property
    def values_first(self) -> bool:
        """Whether such values stand before the first row label: then no label may take the values of the next lines."""
        data = next((i for i, item in enumerate(self.items) if _is_data(item)), len(self.items))
        above = sum(len(item.row.filled) for item in self.items[:data] if item.is_loose)
        return above >= max(1, min(2, *self.table.widths))

    @property
    def has_data(self) -> bool:
        """Whether a row with values or a row label was found."""
        return any(_is_data(item) for item in self.items)

    def knows(self, keys: frozenset[str]) -> bool:
        """Whether rows with these keys were found before the last one: a second copy begins."""
        data = [item for item in self.items if item.row_keys]
        return bool(keys) and any(item.row_keys == keys for item in data[:-1])


def _is_data(item: Item) -> bool:
    return not item.is_header and not item.is_loose and bool(item.row_keys or width_of(item.values))


def item_of(row: PrintedRow, table: FormTable) -> Item | None:
    """Tell the row's own label from what stands before and after it; ``None`` where no label of the table is found."""
    cells = row.cells
    if table.is_blocks and not row.label_end:
        return Item(row=row, values=cells, own_line=len(cells)) if not row.has_words else None
    last_wordy = row.label_end - 1
    for index in range(last_wordy, -1, -1):
        text = cells[index].text
        if not plain(text):
            continue
        keys = (
            table.row_keys(text) or table.row_keys_in_group(text)
            if not table.is_blocks or table.row_keys_exactly(text)
            else frozenset()
        )
        group = table.is_group(text)
        if not keys and not group:
            continue
        if index < last_wordy and group and not table.is_blocks:
            return None
        values = cells[index + 1 :]
        return Item(row=row, own=cells[index], before=cells[:index], values=list(values), row_keys=keys, own_line=len(values))
    return None


def is_stub(text: str) -> bool:
    """Whether the text is a word of a table that is neither row nor column nor value."""
    words = load_words()
    key = label_key(text)
    return key in words.stubs or any(key.startswith(label_key(start)) for start in words.note_starts)


def width_of(values: list[GridCell]) -> int:
    """Return the number of values up to the last that is not empty, without empty cells before the first."""
    filled = [index for index, cell in enumerate(values) if plain(cell.text)]
    return filled[-1] - filled[0] + 1 if filled else 0
