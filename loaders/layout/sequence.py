"""Values apart from their labels: read by the official order of rows where count and sums leave no other reading.

Texts give labels first and numbers after them, numbers above, below or behind their labels, the numbers of a group whose
labels were lost with their list numbering, or a whole table of numbers. Only the order is left then. It is accepted for a
stretch between two rows that are certain if there are exactly as many values as cells, every row adds up, the whole table
adds up, and the same values read column by column would not. Everything else stays unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from loaders.cells import read_cell
from loaders.grid import GridCell
from loaders.layout.index import EditionTable
from loaders.layout.items import Item, Region
from loaders.layout.match import MatchedRow, match_rows
from loaders.layout.printed import PrintedRow
from loaders.layout.sums import columns_add_up, row_adds_up
from loaders.normalise import plain

RULE = "order_proven"
CONFIDENCE = 0.8
_READ_AS_NOTHING = ("blank", "dash", "not_applicable")


class _Token(msgspec.Struct):
    """One step of the text: a row that is certain, a label, the head of a group, values, or something nobody knows."""

    kind: str
    row: MatchedRow
    values: list[GridCell] = []


class _Stretch(msgspec.Struct):
    """Rows of the form and the values that are theirs if the order is kept."""

    places: list[int]
    values: list[GridCell]
    tokens: list[_Token]
    labelled: bool
    """Whether every one of the rows shows its label."""


def place_by_order(rows: list[MatchedRow], region: Region, edition: EditionTable) -> list[MatchedRow]:
    """Return the rows with those that only their order tells put in their place; ``rows`` itself where there are none."""
    width = len(edition.table.columns)
    if edition.table.sums is None or edition.table.sums.row is None or any(row.item.row.placed for row in rows):
        return rows
    tokens = list(_tokens(rows, region, width))
    if not _is_apart(tokens):
        return rows
    stretches = _stretches(tokens, edition, width)
    if not stretches or not _proven(stretches, tokens, edition, width):
        return rows
    taken = {id(token.row) for stretch in stretches for token in stretch.tokens}
    placed = [row for stretch in stretches for row in _rows(stretch, edition, width)]
    kept = [row for row in rows if id(row) not in taken]
    return sorted([*kept, *placed], key=lambda row: (row.place is None, row.place or 0))


def move_values_down(regions: list[Region]) -> None:
    """Give labels the values above them in tables without sums, where a table of the same text proves that they stand there.

    Where that leaves a label or a value over, the values belong to nobody.
    """
    if not any(_stand_above(region, edition) for region in regions if region.values_first for edition in region.table.editions):
        return
    for region in regions:
        if not region.table.is_blocks and all(edition.table.sums is None for edition in region.table.editions):
            region.items = _moved_down(region) or [part for item in region.items for part in _parted(item)]


def _stand_above(region: Region, edition: EditionTable) -> bool:
    """Whether the values of every row are proven to stand in the lines above its label."""
    matched, _ = match_rows(region, edition)
    placed = place_by_order(matched, region, edition)
    items = [row.item for row in matched if row.item.is_loose or row.place is not None]
    return placed is not matched and items[0].is_loose and all(len(row.item.values) for row in placed) and not items[-1].values


def _moved_down(region: Region) -> list[Item] | None:
    """The items with the values of each label those in the lines before it; ``None`` where one would be left without."""
    moved: list[Item] = []
    above: list[GridCell] = []
    for item in region.items:
        if item.is_header:
            moved.append(item)
        elif item.is_loose:
            above += item.row.filled
        elif len(above) not in region.table.widths or item.own_line:
            return None
        else:
            below = [cell for cell in item.values if plain(cell.text)]
            moved.append(msgspec.structs.replace(item, values=above, own_line=len(above), rule=RULE))
            above = below
    return None if above else moved


def _parted(item: Item) -> list[Item]:
    """The label and the values in the lines below it, which are not its own."""
    below = [cell for cell in item.values[item.own_line :] if plain(cell.text)]
    if item.is_header or item.is_loose or not below:
        return [item]
    values = PrintedRow(cells=below, placed=False, block=item.row.block, line=item.row.line)
    label = msgspec.structs.replace(item, values=item.values[: item.own_line])
    return [label, Item(row=values, values=below, own_line=len(below), is_loose=True)]


def _is_apart(tokens: list[_Token]) -> bool:
    return any(token.values for token in tokens if token.kind != "row")


def _tokens(rows: list[MatchedRow], region: Region, width: int) -> Iterator[_Token]:
    beside = bool(region.strays)
    """Values stand apart somewhere: then those in the lines behind a label may belong to the next one."""
    for row in rows:
        item = row.item
        filled = [cell for cell in item.values if plain(cell.text)]
        own = [cell for cell in item.values[: item.own_line] if plain(cell.text)]
        if item.is_loose:
            yield _Token("values", row, filled)
        elif row.place is not None and len(filled) == width and (len(own) == width or not beside):
            yield _Token("row", row, filled)
        elif row.place is not None:
            yield _Token("label", row, filled)
        elif row.is_group_head:
            yield _Token("group", row, filled)
        elif filled:
            yield _Token("values" if item.own is None else "unknown", row, filled)


def _stretches(tokens: list[_Token], edition: EditionTable, width: int) -> list[_Stretch]:
    """Every stretch in which values stand apart; empty where one of them leaves the order open."""
    found: list[_Stretch] = []
    low = -1
    pending: list[_Token] = []
    for token in [*tokens, None]:
        if token is not None and token.kind != "row":
            pending.append(token)
            continue
        high = token.row.place if token is not None and token.row.place is not None else len(edition.table.rows)
        if _is_apart(pending):
            parts = _between(pending, low, high, edition, width)
            if parts is None:
                return []
            found += parts
        pending = []
        low = high
    return found


def _between(tokens: list[_Token], low: int, high: int, edition: EditionTable, width: int) -> list[_Stretch] | None:
    """The values between two certain rows: all rows between, the labelled ones, or group by group."""
    whole = _stretch(tokens, list(range(low + 1, high)), width)
    if whole is not None:
        return [whole]
    parts: list[_Stretch] = []
    for head, part in _by_group(tokens):
        if not _is_apart(part):
            continue
        rows = edition.table.rows
        inside = [place for place in range(low + 1, high) if head is not None and rows[place].group == head.row.group]
        stretch = _stretch(part, inside, width) if inside else None
        if stretch is None:
            return None
        parts.append(stretch)
    return parts


def _by_group(tokens: list[_Token]) -> Iterator[tuple[_Token | None, list[_Token]]]:
    head: _Token | None = None
    part: list[_Token] = []
    for token in tokens:
        if token.kind == "group":
            yield head, part
            head, part = token, []
        part.append(token)
    yield head, part


def _stretch(tokens: list[_Token], gap: list[int], width: int) -> _Stretch | None:
    values = [cell for token in tokens for cell in token.values]
    labels = [token.row.place for token in tokens if token.kind == "label" and token.row.place is not None]
    count, rest = divmod(len(values), width)
    if rest or not count or any(token.kind == "unknown" for token in tokens):
        return None
    if labels != sorted(set(labels)) or not set(labels) <= set(gap):
        return None
    if count == len(labels):
        return _Stretch(labels, values, tokens, labelled=True)
    return _Stretch(gap, values, tokens, labelled=False) if count == len(gap) else None


def _proven(stretches: list[_Stretch], tokens: list[_Token], edition: EditionTable, width: int) -> bool:
    """Whether sums leave no other reading of the values in all stretches together."""
    table = edition.table
    read: dict[str, Sequence[Decimal | None]] = {}
    for place, values in _all_rows(stretches, tokens, width):
        numbers = _numbers(values)
        if numbers is None or table.rows[place].key in read:
            return False
        read[table.rows[place].key] = numbers
    for stretch in stretches:
        rows = [read[table.rows[place].key] for place in stretch.places]
        if not all(row_adds_up(table, row) for row in rows) or not _only_row_by_row(rows, edition):
            return False
    whole = columns_add_up(table, read)
    nothing = not any(number for stretch in stretches for place in stretch.places for number in read[table.rows[place].key])
    return bool(whole) or (whole is None and nothing and all(stretch.labelled for stretch in stretches))


def _all_rows(stretches: list[_Stretch], tokens: list[_Token], width: int) -> Iterator[tuple[int, list[GridCell]]]:
    for stretch in stretches:
        for number, place in enumerate(stretch.places):
            yield place, stretch.values[number * width : (number + 1) * width]
    for token in tokens:
        if token.kind == "row" and token.row.place is not None:
            yield token.row.place, token.values


def _numbers(cells: list[GridCell]) -> list[Decimal | None] | None:
    """The numbers of a row; ``None`` where a cell shows what is neither a number nor a mark for none."""
    numbers: list[Decimal | None] = []
    for cell in cells:
        found = read_cell(cell.text)
        if found.value is None and found.state not in _READ_AS_NOTHING:
            return None
        numbers.append(None if found.value is None else Decimal(found.value))
    return numbers


def _only_row_by_row(rows: list[Sequence[Decimal | None]], edition: EditionTable) -> bool:
    """Whether the same values taken column by column would be the same table, or none that adds up."""
    flat = [number for row in rows for number in row]
    other = [flat[start :: len(rows)] for start in range(len(rows))]
    return other == [list(row) for row in rows] or not all(row_adds_up(edition.table, row) for row in other)


def _rows(stretch: _Stretch, edition: EditionTable, width: int) -> Iterator[MatchedRow]:
    labels: Mapping[int | None, MatchedRow] = {token.row.place: token.row for token in stretch.tokens if token.kind == "label"}
    for number, place in enumerate(stretch.places):
        label = labels.get(place)
        values = stretch.values[number * width : (number + 1) * width]
        row = label.item.row if label else _line_of(values[0], stretch)
        own = label.item.own if label else None
        yield MatchedRow(
            item=Item(row=row, own=own, values=values, own_line=width),
            head=None,
            group=edition.table.rows[place].group,
            place=place,
            rule=RULE,
            confidence=CONFIDENCE,
        )


def _line_of(value: GridCell, stretch: _Stretch) -> PrintedRow:
    return next(token.row.item.row for token in stretch.tokens if any(cell is value for cell in token.values))
