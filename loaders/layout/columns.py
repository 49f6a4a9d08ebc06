"""Which column of the form each printed head names, and which columns of the page it covers."""

from __future__ import annotations

from itertools import pairwise

import msgspec

from loaders.cells import unit_in_label
from loaders.grid import GridCell
from loaders.layout.index import EditionTable
from loaders.layout.misprints import likeness, most_like
from loaders.layout.printed import PrintedRow
from loaders.layout.spellings import Match
from loaders.normalise import label_key, plain
from loaders.words import load_words

_LIKE_ENOUGH_IN_PLACE = 0.6
"""How like a head must be to the one column left, in whose place it stands."""

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
    printed: list[int] = []
    """Columns in the order in which their heads are printed, row by row."""
    in_order: bool = True
    """Whether the recognised heads stand in the order of the form."""
    block: int = -1
    units: dict[int, str] = {}
    """Units of money the heads name."""
    misprints: dict[int, str] = {}
    """Columns told by likeness, with what is printed."""
    rule: str = ""
    confidence: float = 1.0


def read_heads(rows: list[PrintedRow], table: EditionTable) -> Head:
    """Recognise the columns in consecutive rows of heads.

    Heads cut in two by a page end have columns of two grids; only those of the last grid can be compared with the values.
    """
    head = Head(found=set(), slots=[], spans={}, others=[], printed=[], block=rows[-1].block, units={}, misprints={})
    official = _official(rows, table)
    for row in rows:
        found = [(cell, _head_match(cell, table, official)) for cell in _without_repetition(row, table)]
        placed = row.placed and row.block == head.block
        cells, places = _places(found, len(table.table.columns), table, head)
        _tell_misprints(cells, places, table, head, official)
        for cell, place in zip(cells, places, strict=True):
            span = (cell.column, cell.column + cell.colspan)
            if place is not None:
                head.found.add(place)
                if unit := unit_in_label(cell.text):
                    head.units[place] = unit
                if placed:
                    head.spans[place] = span
            elif placed and plain(cell.text):
                head.others.append(span)
        known = [place for place in places if place is not None]
        head.printed += known
        head.in_order &= known == sorted(known)
        if len(head.found) == len(table.table.columns) and len(rows) == 1:
            head.slots = places
    _join_broken(rows, table, head)
    if _spans_are_lost(rows, table, head.block):
        head.spans, head.others = {}, []
    if not head.slots and len(head.found) == len(table.table.columns):
        head.slots = _order_of_spans(head) or (_printed_order(rows, table) if _line_by_line(rows, table) else [])
    head.others = [span for span in head.others if not any(overlap(span, known) for known in head.spans.values())]
    return head


def _spans_are_lost(rows: list[PrintedRow], table: EditionTable, block: int) -> bool:
    """Whether heads reach farther to the right than those above them, which then no longer say how many columns they cover."""
    edge = 0
    for row in rows:
        if not row.placed or row.block != block:
            continue
        named = [cell.column + cell.colspan for cell in row.cells if table.columns.match(cell.text)]
        if named and edge and max(named) > edge:
            return True
        if len(named) > 1:
            edge = max(edge, *(cell.column + cell.colspan for cell in row.cells))
    return False


def _without_repetition(row: PrintedRow, table: EditionTable) -> list[GridCell]:
    """The cells of a row of heads; a head said again in each column it covers, as converters do, stands once.

    Not where there are no more heads than columns: then the second one is a misprint or cut short.
    """
    named = [cell for cell in row.cells if table.columns.match(cell.text)]
    if not row.placed or len(named) <= len(table.table.columns):
        return row.cells
    cells: list[GridCell] = []
    for cell in row.cells:
        last = cells[-1] if cells else None
        if last and label_key(cell.text) and label_key(cell.text) == label_key(last.text):
            cells[-1] = msgspec.structs.replace(last, colspan=cell.column + cell.colspan - last.column)
        else:
            cells.append(cell)
    return cells


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


def overlap(one: Interval, other: Interval) -> bool:
    """Whether two spans of grid columns share one."""
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
    while len(cells) > width and cells[0][1] is None and _is_above_labels(cells[0][0]):
        cells = cells[1:]  # rows with a group beside their label have two cells before the first value
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
    return [cell for cell, _ in cells], places


def _is_above_labels(cell: GridCell) -> bool:
    return not plain(cell.text) or label_key(cell.text) in load_words().stubs


def _place(match: Match | None, taken: set[int], complete: bool) -> tuple[int | None, str]:
    if match is None:
        return None, ""
    free = [place for place in match.places if place not in taken]
    if free:
        return free[0], "" if match.exact and len(match.places) == 1 else "header_cut"
    next_one = max(taken) + 1
    return (next_one, "header_repeated") if complete and next_one not in taken else (None, "")


def _tell_misprints(cells: list[GridCell], places: list[int | None], table: EditionTable, head: Head, official: set[int]) -> None:
    """Name the columns of misprinted heads: like one column only, or the one column left and in its place."""
    columns = table.table.columns
    for number, cell in enumerate(cells):
        if places[number] is not None or not plain(cell.text):
            continue
        taken = head.found | official | {place for place in places if place is not None}
        free = [(place, column) for place, column in enumerate(columns) if place not in taken]
        place = most_like(cell.text, free, [columns[place] for place in taken])
        if place is None and len(free) == 1 and len(places) == len(columns) > 1 and number == free[0][0]:
            like = likeness(label_key(cell.text), columns[number].spellings, _LIKE_ENOUGH_IN_PLACE)
            place = number if like else None
        if place is not None:
            places[number] = place
            head.misprints[place] = plain(cell.text)
            head.unknown -= 1


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
