"""Which value of a row belongs to which column of the form.

Real columns (HTML, Word, PDF) are compared with the columns of the heads; a text only has an order, and there a row counts
only if it is complete. A row that leaves two readings gets none: its cells become unreadable, never shifted.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

import msgspec

from loaders.grid import GridCell
from loaders.layout.index import EditionTable, Match
from loaders.layout.printed import PrintedRow
from loaders.normalise import label_key, plain
from loaders.words import load_words

Interval = tuple[int, int]


class Head(msgspec.Struct, kw_only=True):
    """The column heads of a table as found in one edition."""

    found: set[int] = set()
    """Columns whose head was recognised."""
    unknown: int = 0
    """Heads that name no column of the edition."""
    slots: list[int | None] = []
    """Columns in printed order where the heads stand in one row; ``None`` for a head that is no column."""
    spans: dict[int, Interval] = {}
    """Grid columns each head covers, where they are real."""
    others: list[Interval] = []
    """Grid columns of heads that name no column of the form."""
    in_order: bool = True
    """Whether the recognised heads stand in the order of the form."""
    block: int = -1
    rule: str = ""
    confidence: float = 1.0


class Aligned(msgspec.Struct, kw_only=True):
    """The cell of each column of a row."""

    cells: list[GridCell | None]
    left_over: list[GridCell] = []
    """Values under heads that name no column of the form."""
    rule: str = ""
    confidence: float = 1.0


def read_heads(rows: list[PrintedRow], table: EditionTable) -> Head:
    """Recognise the columns in consecutive rows of heads."""
    head = Head(found=set(), slots=[], spans={}, others=[], block=rows[0].block)
    official = _official(rows, table)
    for row in rows:
        found = [(cell, _head_match(cell, table, official)) for cell in row.cells]
        cells, places = _places(found, len(table.table.columns), table, head)
        for cell, place in zip(cells, places, strict=True):
            span = (cell.column, cell.column + cell.colspan)
            if place is not None:
                head.found.add(place)
                if row.placed:
                    head.spans[place] = span
            elif row.placed and plain(cell.text):
                head.others.append(span)
        known = [place for place in places if place is not None]
        head.in_order &= known == sorted(known)
        if len(head.found) == len(table.table.columns) and len(rows) == 1:
            head.slots = places
    _join_broken(rows, table, head)
    if not head.slots and len(head.found) == len(table.table.columns):
        head.slots = _order_of_spans(head) or (_printed_order(rows, table) if _line_by_line(rows, table) else [])
    head.others = [span for span in head.others if not any(_overlap(span, known) for known in head.spans.values())]
    return head


def _official(rows: list[PrintedRow], table: EditionTable) -> set[int]:
    """Columns whose head is printed in the official words; no other words are taken for them as well (小计 beside 总计)."""
    keys = {label_key(cell.text) for row in rows for cell in row.filled}
    return {place for place, column in enumerate(table.table.columns) if label_key(column.zh) in keys}


def _head_match(cell: GridCell, table: EditionTable, official: set[int]) -> Match | None:
    match = table.columns.match(cell.text)
    if match is None or not official.issuperset(match.places):
        return match
    own = {label_key(table.table.columns[place].zh) for place in match.places}
    return match if label_key(cell.text) in own else None


def _overlap(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and one[1] > other[0]


def _order_of_spans(head: Head) -> list[int | None]:
    """Columns by their place on the page, where heads of several rows stand side by side without overlapping."""
    if len(head.spans) != len(head.found):
        return []
    order = sorted(head.spans, key=lambda place: head.spans[place])
    apart = all(head.spans[a][1] <= head.spans[b][0] for a, b in pairwise(order))
    return list(order) if apart else []


def _places(
    found: list[tuple[GridCell, Match | None]], width: int, table: EditionTable, head: Head
) -> tuple[list[GridCell], list[int | None]]:
    """Give each head of one row its column. Heads cut to the same words are told apart by their order."""
    cells = list(found)
    if cells and cells[0][1] is None and (len(cells) > 1 or label_key(cells[0][0].text) in load_words().stubs):
        cells = cells[1:]
    while cells and not plain(cells[-1][0].text):
        cells.pop()
    named = sum(1 for _, match in cells if match)
    taken: set[int] = set()
    places: list[int | None] = []
    for cell, match in cells:
        place, rule = _place(match, taken, named == width)
        if place is not None:
            taken.add(place)
        elif plain(cell.text):
            head.unknown += 1
        if rule:
            head.rule, head.confidence = rule, 0.95
        places.append(place)
    _name_the_last(cells, places, width, table, head)
    return [cell for cell, _ in cells], places


def _place(match: Match | None, taken: set[int], complete: bool) -> tuple[int | None, str]:
    if match is None:
        return None, ""
    free = [place for place in match.places if place not in taken]
    if free:
        return free[0], "" if match.exact and len(match.places) == 1 else "header_cut"
    next_one = max(taken) + 1
    return (next_one, "header_repeated") if complete and next_one not in taken else (None, "")


def _name_the_last(
    cells: list[tuple[GridCell, Match | None]], places: list[int | None], width: int, table: EditionTable, head: Head
) -> None:
    """A single misprinted head among recognised ones is the one column left, if it stands there and looks like it."""
    missing = sorted(set(range(width)) - {place for place in places if place is not None})
    if len(places) != width or len(missing) != 1 or width < 2 or places.index(None) != missing[0]:
        return
    printed = label_key(cells[missing[0]][0].text)
    official = label_key(table.table.columns[missing[0]].zh)
    if SequenceMatcher(None, printed, official).ratio() >= 0.6:
        places[missing[0]] = missing[0]
        head.unknown -= 1
        head.rule, head.confidence = "header_order", 0.9


def _join_broken(rows: list[PrintedRow], table: EditionTable, head: Head) -> None:
    """Heads printed as 商业 above 企业 in two cells of the same column."""
    for upper, lower in pairwise(rows):
        if not (upper.placed and lower.placed):
            continue
        for cell in upper.cells:
            below = next((c for c in lower.cells if (c.column, c.colspan) == (cell.column, cell.colspan)), None)
            if below is None or not plain(cell.text) or not plain(below.text):
                continue
            match = table.columns.match(cell.text + below.text)
            if match and match.exact and len(match.places) == 1:
                head.spans = {p: s for p, s in head.spans.items() if s != (cell.column, cell.column + cell.colspan)}
                head.found.add(match.places[0])
                head.spans[match.places[0]] = (cell.column, cell.column + cell.colspan)


def _line_by_line(rows: list[PrintedRow], table: EditionTable) -> bool:
    """One head per line; with heads over heads the order of the lines is not that of the columns."""
    return all(len(row.filled) <= 1 for row in rows) and not any(column.group for column in table.table.columns)


def _printed_order(rows: list[PrintedRow], table: EditionTable) -> list[int | None]:
    found = [(cell, table.columns.match(cell.text)) for row in rows for cell in row.filled]
    return _places(found, len(table.table.columns), table, Head(found=set()))[1]


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
        cells = _by_spans(values, head, row, width)
        return Aligned(cells=cells or (list(values) if len(values) == width else [None] * width))
    order: list[int | None] = head.slots if head and head.slots else list(range(width))
    cells = None
    if row.placed:
        cells = _by_spans(values, head, row, width) or _by_order(values, order, width) or _trimmed(values, order, width)
    else:
        for candidate in (values[:own_line], values):
            cells = cells or _complete(candidate, order, width)
        if cells is None and blanks_kept and own_line == len(order) == width and plain(values[0].text):
            cells, rule, confidence = _by_order(values[:own_line], order, width), "blank_at_end", 0.9
    if not cells:
        return None
    used = {id(cell) for cell in cells}
    left_over = [cell for cell in values if id(cell) not in used and plain(cell.text)]
    return Aligned(cells=cells, left_over=left_over, rule=rule, confidence=confidence)


def _by_spans(values: list[GridCell], head: Head | None, row: PrintedRow, width: int) -> list[GridCell | None] | None:
    """Place values under the heads that cover the same grid columns; only without any contradiction."""
    if head is None or not row.placed or row.block != head.block or len(head.spans) != width:
        return None
    spans = [head.spans[place] for place in range(width)]
    if any(_overlap(a, b) for a, b in pairwise(sorted(spans))):
        return None
    cells: list[GridCell | None] = []
    for start, end in spans:
        over = [cell for cell in values if _overlap((cell.column, cell.column + cell.colspan), (start, end))]
        if len(over) != 1:
            return None
        cells.append(over[0])
    used = {id(cell) for cell in cells}
    loose = [(c.column, c.column + c.colspan) for c in values if id(c) not in used and plain(c.text)]
    if not all(any(_overlap(span, other) for other in head.others) for span in loose):
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
