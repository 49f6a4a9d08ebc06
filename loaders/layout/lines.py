"""Lines of a text inside a table: labels and values that stand in lines of their own, labels over two lines."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.layout.index import FormTable
from loaders.layout.items import Item, width_of
from loaders.layout.printed import PrintedRow


def values_follow(item: Item, table: FormTable, following: Iterable[PrintedRow]) -> bool:
    """Whether a label in a line of its own stands above just as many lines of one value as the table has columns."""
    if item.row.placed or item.values or item.own is None or not table.row_keys_exactly(item.own.text):
        return False
    lines: list[int] = []
    for row in following:
        if row.has_words or len(row.filled) > 1 or row.placed:
            break
        lines.append(len(row.filled))
    return len(lines) in table.widths or sum(lines) in table.widths


def misprinted_item(row: PrintedRow, table: FormTable) -> Item | None:
    """The item of a line with a label that is misprinted; its values follow in it or in the next lines."""
    if row.line is None or row.label_end != 1 or table.is_blocks:
        return None
    keys = table.misprinted_row(row.cells[0].text)
    values = row.cells[1:]
    return Item(row=row, own=row.cells[0], row_keys=keys, values=values, own_line=len(values)) if keys else None


def goes_on(row: PrintedRow, table: FormTable, above: Item) -> bool:
    """Whether values stand beside the second line of a label (禁止公开 0 0 0 below 2.其他法律行政法规); gives them to it."""
    if row.placed or row.line is None or above.own is None or width_of(above.values):
        return False
    words = "".join(cell.text for cell in row.cells[: row.label_end]).split()
    endings = ("".join(words[place:]) for place in range(len(words)))
    if not any(table.is_part_of_row(ending, above.row_keys) for ending in endings):
        return False
    above.values = row.cells[row.label_end :]
    above.own_line = len(above.values)
    return True
