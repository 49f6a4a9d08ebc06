"""Heads of a text in another order than their values.

Heads stand in two rows on the form, 自然人, 法人或其他组织, 总计 above 商业企业 … 其他. A converter that writes both as one
gives 自然人, 总计, 商业企业 …, while each row of values keeps the order of the page. Sums tell which order the values are in.
"""

from __future__ import annotations

from decimal import Decimal

from loaders.cells import read_cell
from loaders.layout.columns import Head
from loaders.layout.index import EditionTable
from loaders.layout.match import MatchedRow
from loaders.layout.sums import row_adds_up
from loaders.normalise import plain

_MOST = 0.8
"""So many of the rows with numbers must add up: a report may have a wrong total or two of its own."""


def settle_order(rows: list[MatchedRow], edition: EditionTable) -> None:
    """Let sums decide where heads of a text are printed in another order than on the form; without proof there are no heads."""
    width = len(edition.table.columns)
    if edition.table.sums is None or not any(column.group for column in edition.table.columns):
        return
    heads = {id(row.head): row.head for row in rows if row.head is not None}
    for head in heads.values():
        below = [row for row in rows if row.head is head]
        numbers = [found for row in below if (found := _numbers(row, width)) is not None and any(found)]
        unsure = not head.in_order or not (head.slots or head.spans)
        if not unsure or not numbers:
            continue
        as_on_the_form = sum(1 for row in numbers if row_adds_up(edition.table, row)) / len(numbers)
        if sorted(head.printed) == list(range(width)) != head.printed:
            _settle(head, numbers, as_on_the_form, edition)
        elif len(head.found) < width and as_on_the_form >= _MOST:
            head.in_order = True


def _settle(head: Head, numbers: list[list[Decimal]], as_on_the_form: float, edition: EditionTable) -> None:
    as_printed = sum(1 for row in numbers if row_adds_up(edition.table, _reordered(row, head.printed))) / len(numbers)
    if as_on_the_form >= _MOST and as_on_the_form > as_printed:
        head.slots, head.spans, head.in_order = [], {}, True
    elif as_printed >= _MOST and as_printed > as_on_the_form:
        head.slots, head.spans = list(head.printed), {}
    elif head.slots or head.spans:
        head.found, head.in_order = set(), False


def _numbers(row: MatchedRow, width: int) -> list[Decimal] | None:
    """The numbers of a row of a text that shows one in every column."""
    cells = [cell for cell in row.item.values if plain(cell.text)]
    if len(cells) != width or any(cell.source.line is None for cell in cells):
        return None
    values = [read_cell(cell.text).value for cell in cells]
    return [Decimal(value) for value in values if value is not None] if None not in values else None


def _reordered(row: list[Decimal], order: list[int]) -> list[Decimal]:
    placed = dict(zip(order, row, strict=True))
    return [placed[place] for place in range(len(order))]
