"""Which value of a row belongs to which column of the form.

Real columns (HTML, Word, PDF) are compared with the columns of the heads; a text only has an order, and there a row counts
only if it is complete. A row that leaves two readings gets none: its cells become unreadable, never shifted.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec

from loaders.grid import GridCell
from loaders.layout.columns import Head, Interval, overlap
from loaders.layout.printed import PrintedRow
from loaders.normalise import plain


class Aligned(msgspec.Struct, kw_only=True):
    """The cell of each column of a row."""

    cells: list[GridCell | None]
    left_over: list[GridCell] = []
    """Values under heads that name no column of the form."""
    rule: str = ""
    confidence: float = 1.0


def keeps_blanks(values: list[GridCell], own_line: int, width: int) -> bool:
    """Whether a row of a text proves that empty cells keep their place: one between values, and the last column filled."""
    texts = [plain(cell.text) for cell in values[:own_line]]
    return len(texts) == width and bool(texts[-1]) and not all(texts[texts.index(next(filter(None, texts))) :])


def align(
    values: list[GridCell], row: PrintedRow, own_line: int, head: Head | None, width: int, *, blanks_kept: bool = False
) -> Aligned | None:
    """Give each of ``width`` columns its cell; ``None`` where the values cannot be placed with certainty.

    ``blanks_kept`` says that another row of the text proved that empty cells keep their place, so those at the end do too.
    ``head`` is ``None`` where the heads are lost; that is allowed only for tables whose columns are the same in all editions.
    """
    rule = (head.rule if head else "") or ("" if head else "no_header")
    confidence = (head.confidence if head else 0.95) if rule else 1.0
    if not any(plain(cell.text) for cell in values):
        cells = _by_spans(values, head, width) if head and row.placed and row.block == head.block else None
        return Aligned(cells=cells or (list(values) if len(values) == width else [None] * width))
    order: list[int | None] = head.slots if head and head.slots else list(range(width))
    cells = under_heads = None
    if row.placed:
        cells = under_heads = _by_spans(values, head, width) if head and row.block == head.block else None
        if cells is None and (head is None or head.slots or head.in_order):
            cells = None if _may_be_shifted(values, row, head, width) else _by_order(values, order, width)
            cells = cells or _trimmed(values, order, width)
    elif row.kept:
        cells, rule, confidence = _by_kept_order(values[:own_line], order, width), rule or "blanks_kept", min(confidence, 0.95)
    else:
        for candidate in (values[:own_line], values):
            cells = cells or _complete(candidate, order, width)
        if cells is None and blanks_kept and own_line == len(order) == width and plain(values[0].text):
            cells, rule, confidence = _by_order(values[:own_line], order, width), "blank_at_end", 0.9
    if not cells:
        return None
    used = {id(cell) for cell in cells}
    left_over = [cell for cell in values if id(cell) not in used and plain(cell.text)]
    if head and under_heads:
        left_over = [cell for cell in left_over if any(overlap(_span(cell), other) for other in head.others)]
    return Aligned(cells=cells, left_over=left_over, rule=rule, confidence=confidence)


def _may_be_shifted(values: list[GridCell], row: PrintedRow, head: Head | None, width: int) -> bool:
    """Whether a row that does not stand under its heads begins with an empty cell, which may be a part of the label.

    Then a value is missing somewhere, and the others would move by one column.
    """
    under = head is not None and row.block == head.block and len(head.spans) == width
    return under and bool(values) and not plain(values[0].text)


def _span(cell: GridCell) -> Interval:
    return (cell.column, cell.column + cell.colspan)


def _by_spans(values: list[GridCell], head: Head, width: int) -> list[GridCell | None] | None:
    """Place values under the heads that cover the same grid columns; only without any contradiction."""
    if len(head.spans) != width:
        return None
    spans = [head.spans[place] for place in range(width)]
    if any(overlap(a, b) for a, b in pairwise(sorted(spans))):
        return None
    cells: list[GridCell | None] = []
    used: set[int] = set()
    for start, end in spans:
        over = [cell for cell in values if overlap(_span(cell), (start, end))]
        if len({plain(cell.text) for cell in over} - {""}) > 1 or not over:
            return None  # a merged value may be said again in each column it covers, or leave them empty
        cells.append(next((cell for cell in over if plain(cell.text)), over[0]))
        used |= {id(cell) for cell in over}
    loose = [_span(cell) for cell in values if id(cell) not in used and plain(cell.text)]
    if not all(any(overlap(span, other) for other in head.others) for span in loose):
        return None
    for cell in cells:
        if cell is not None and sum(1 for other in cells if other is cell) > 1 and any(c.isdigit() for c in plain(cell.text)):
            return None
    return cells


def _by_order(values: list[GridCell], order: list[int | None], width: int) -> list[GridCell | None] | None:
    cells = list(values)
    while len(cells) > len(order) and not plain(cells[-1].text) and plain(cells[0].text):
        cells.pop()
    if len(cells) != len(order):
        return list(cells) if len(cells) == width and None not in order and order == list(range(width)) else None
    placed: list[GridCell | None] = [None] * width
    for place, cell in zip(order, cells, strict=True):
        if place is not None:
            placed[place] = cell
    return placed


def _by_kept_order(values: list[GridCell], order: list[int | None], width: int) -> list[GridCell | None] | None:
    """Place the values of a text that keeps its empty cells; behind the last column only empty ones may follow."""
    if len(values) < len(order) or any(plain(cell.text) for cell in values[len(order) :]):
        return None
    return _by_order(values[: len(order)], order, width)


def _trimmed(values: list[GridCell], order: list[int | None], width: int) -> list[GridCell | None] | None:
    """A row shifted by the span of its label: drop empty cells on one side, if only one side has them."""
    if len(values) <= width or order != list(range(width)):
        return None
    leading, trailing = _empty_ends(values)
    extra = len(values) - width
    if leading >= extra and not trailing:
        return list(values[extra:])
    if trailing >= extra and not leading:
        return list(values[:-extra])
    return None


def _complete(values: list[GridCell], order: list[int | None], width: int) -> list[GridCell | None] | None:
    """Place the values of a text: the first and the last are printed, so their number must be that of the columns.

    Empty cells at the end prove nothing, since converters drop empty cells and fill the row up. Empty cells before the
    first value count only if the last column is filled and nothing follows.
    """
    leading, trailing = _empty_ends(values)
    if leading and trailing and len(values) > width:
        return None
    cells = list(values[: len(values) - trailing])
    while order and order[-1] is None:
        order = order[:-1]
    if len(cells) > len(order) and leading >= len(cells) - len(order):
        cells = cells[len(cells) - len(order) :]
    if len(cells) != len(order):
        return None
    placed: list[GridCell | None] = [None] * width
    for place, cell in zip(order, cells, strict=True):
        if place is not None:
            placed[place] = cell
    return placed


def _empty_ends(values: list[GridCell]) -> tuple[int, int]:
    filled = [index for index, cell in enumerate(values) if plain(cell.text)]
    return (filled[0], len(values) - 1 - filled[-1]) if filled else (len(values), 0)
