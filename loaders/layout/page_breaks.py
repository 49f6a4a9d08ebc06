"""Rows cut in two by a page end: the label on one page, its values or the rest of the label on the next.

Two printed rows become one only where nothing else is possible: the last row of a grid and the first of the next one, with
values in one of the two only, and a label of the form in one of them or made of both.
"""

from __future__ import annotations

import msgspec

from loaders.grid import GridCell
from loaders.layout.index import FormIndex
from loaders.layout.printed import PrintedRow, is_wordy
from loaders.normalise import caption_key, label_key, plain

_MOST_LINES_BETWEEN = 4
"""Running head, page number, address and date of a printed web page."""
_FEWEST_HEADS = 3


def joined_rows(rows: list[PrintedRow], index: FormIndex) -> list[PrintedRow]:
    """Return the rows with those that a page end cut in two put together; a joined row stands where its values stand."""
    joined: list[PrintedRow] = []
    first_block: dict[tuple[str, ...], int] = {}
    for row in rows:
        upper = _last_of_other_grid(joined, row, first_block, index)
        one = _one_row(joined[upper], row, index) if upper is not None else None
        if row.placed:
            first_block.setdefault(_texts(row), row.block)
        if one is None or upper is None:
            joined.append(row)
        elif one.block == row.block:
            del joined[upper]
            joined.append(one)
        else:
            joined[upper] = one
    return joined


def _texts(row: PrintedRow) -> tuple[str, ...]:
    return tuple(plain(cell.text) for cell in row.filled)


def _last_of_other_grid(
    before: list[PrintedRow], row: PrintedRow, first_block: dict[tuple[str, ...], int], index: FormIndex
) -> int | None:
    """Where the last row of the grid before ends, if ``row`` begins a grid and only lines of the page margin stand between.

    Heads printed anew on each page are no beginning: the row below them goes on with the one above the page end.
    """
    if not row.placed:
        return None
    lines = 0
    for place in range(len(before) - 1, -1, -1):
        above = before[place]
        if above.block == row.block:
            if above.has_values or first_block.get(_texts(above), row.block) == row.block:
                return None
            continue
        if above.placed:
            return place
        lines += 1
        text = above.cells[0].text if len(above.cells) == 1 else ""
        if lines > _MOST_LINES_BETWEEN or label_key(text) in index.sections or caption_key(text) in index.captions:
            return None
    return None


def _one_row(upper: PrintedRow, lower: PrintedRow, index: FormIndex) -> PrintedRow | None:
    """The row the two make, or ``None``. Cells are paired from the right: merged cells may be missing on the left."""
    if upper.has_values and lower.has_values:
        return None
    if not upper.has_values and not lower.has_values and (heads := _heads(upper, lower, index)):
        return heads
    kept, other = (lower, upper) if lower.has_values else (upper, lower)
    pairs = list(zip(reversed(upper.cells), reversed(lower.cells), strict=False))
    own = next((i for i, pair in enumerate(pairs) if any(is_wordy(cell.text) for cell in pair)), None)
    if not own or not (_is_broken_label(pairs[own], index) or (_is_bare(kept) and _is_label(other, own, index))):
        return None
    cells = [msgspec.structs.replace(k, text=_text(u, w)) for k, u, w in _triples(kept, upper, pairs)]
    longer = [cell for cell in other.cells[: -len(pairs)] if plain(cell.text)]
    rest = kept.cells[: -len(pairs)]
    cells = [*(rest or longer), *reversed(cells)]
    end = len(cells) - own
    return PrintedRow(cells=cells, placed=True, block=kept.block, line=None, label_end=end)


def _heads(upper: PrintedRow, lower: PrintedRow, index: FormIndex) -> PrintedRow | None:
    """A row of heads cut in two, 结果 above the page end and 维持 below: both together are exactly heads of one table."""
    pairs = list(zip(upper.cells, lower.cells, strict=False))
    if len(upper.cells) != len(lower.cells) or len(upper.filled) < _FEWEST_HEADS or not lower.filled:
        return None
    keys = {key for u, w in pairs if (key := label_key(u.text + w.text))}
    if not any(keys <= set(table.column_spellings) for table in index.tables.values()):
        return None
    cells = [msgspec.structs.replace(w, text=u.text + w.text) for u, w in pairs]
    return PrintedRow(cells=cells, placed=True, block=lower.block, label_end=len(cells))


def _triples(
    kept: PrintedRow, upper: PrintedRow, pairs: list[tuple[GridCell, GridCell]]
) -> list[tuple[GridCell, GridCell, GridCell]]:
    return [(u if kept is upper else w, u, w) for u, w in pairs]


def _text(upper: GridCell, lower: GridCell) -> str:
    return upper.text + lower.text if plain(upper.text) and plain(lower.text) else upper.text or lower.text


def _is_broken_label(pair: tuple[GridCell, GridCell], index: FormIndex) -> bool:
    """Whether both together are the label of a row, and the first part alone does not already tell which."""
    upper, lower = (cell.text for cell in pair)
    if not (plain(upper) and plain(lower)) or not any(t.row_keys_exactly(upper + lower) for t in index.tables.values()):
        return False
    known = [keys for table in index.tables.values() if (keys := table.row_keys(upper))]
    return len(known) != 1 or len(known[0]) != 1


def _is_bare(row: PrintedRow) -> bool:
    return row.has_values and not row.has_words


def _is_label(row: PrintedRow, own: int, index: FormIndex) -> bool:
    """Whether the row shows the label of a row and nothing behind it."""
    return not row.has_values and any(table.row_keys(row.cells[-1 - own].text) for table in index.tables.values())
