"""A table whose rows stand side by side in one printed row: three blocks of five results in the table of disputes.

All blocks have the same column heads, so the row of values counts as a whole: complete, or not at all. Some documents print
the blocks as rows; then each is read by its label.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from loaders.cells import read_cell
from loaders.grid import GridCell
from loaders.layout.align import align
from loaders.layout.draft import SUM_DIFFERS, Draft, Problem, Trust, draft_grid, reading_of
from loaders.layout.index import EditionTable
from loaders.layout.items import Item, Region
from loaders.layout.printed import PrintedRow
from loaders.layout.sums import row_adds_up
from loaders.normalise import plain
from ogi.form import Cell
from ogi.report import Reading


def draft_blocks(region: Region, edition: EditionTable) -> Draft:
    """Read ``region`` as the table of blocks of ``edition``."""
    data = [item for item in region.items if not item.is_header]
    if any(item.row_keys for item in data):
        return draft_grid(region, edition)
    draft = Draft(table=edition, readings={}, rows=set(), problems=[], local_rows=[], unsure_blanks=set())
    heads = [item.row for item in region.items if item.is_header]
    order = _order(heads, edition)
    draft.score = float(len(heads))
    cells = [Cell(edition.table.cell_key(edition.table.rows[r].key, c.key), edition.table, edition.table.rows[r], c)
             for r in (order or range(len(edition.table.rows))) for c in edition.table.columns]  # fmt: skip
    rows = _whole_rows(_without_empty(data), len(cells)) or _joined_lines(region, len(cells), edition)
    for item in rows:
        values = _values(item, heads, len(cells))
        if values is None or order is None:
            continue
        if not draft.readings:
            _read(cells, values, item, bool(heads), draft)
        else:
            _compare(cells, values, draft)
    if not draft.readings:
        _read_parts(region, edition, draft)
    if not draft.readings and any(_filled(item) for item in data) and (heads or _looks_like_row(data, edition)):
        _unreadable(cells, data, draft)
    return draft


def _compare(cells: list[Cell], values: list[GridCell | None], draft: Draft) -> None:
    """A second row of values that says something else must be told."""
    new = [plain(value.text) if value else "" for value in values]
    if any(new) and new != [plain(draft.readings[cell.key].raw) for cell in cells]:
        keys = tuple(cell.key for cell in cells)
        label, label_en = draft.table.table.zh, draft.table.table.en
        draft.problems.append(Problem(code="row_twice", label=label, label_en=label_en, text=" ".join(new), keys=keys))


def _order(heads: list[PrintedRow], edition: EditionTable) -> list[int] | None:
    """Printed order of the blocks; ``None`` where heads contradict the form."""
    width = len(edition.table.columns)
    blocks: list[tuple[int, int]] = []
    for row in heads:
        results = [m.places[0] for cell in row.filled if (m := edition.columns.match(cell.text)) and len(m.places) == 1]
        if len(results) % width == 0 and results != list(range(width)) * (len(results) // width):
            return None
        for cell in row.filled:
            match = edition.rows.match(cell.text)
            if match and match.exact and len(match.places) == 1:
                blocks.append((cell.column if row.placed else len(blocks), match.places[0]))
    places = _in_order(blocks)
    if places == sorted(places):
        return list(range(len(edition.table.rows)))
    real = all(row.placed for row in heads)  # lines of a text may be in any order
    return places if real and len(places) == len(edition.table.rows) else None


def _in_order(blocks: list[tuple[int, int]]) -> list[int]:
    return list(dict.fromkeys(place for _, place in sorted(blocks)))


def _without_empty(data: list[Item]) -> list[Item]:
    """An empty row beside a filled one is a gap in the table."""
    return [item for item in data if _filled(item)] or data


def _read_parts(region: Region, edition: EditionTable, draft: Draft) -> None:
    """Blocks printed as tables of their own, 行政复议 and 行政诉讼: each is read whole, by the blocks its own heads name."""
    width = len(edition.table.columns)
    for heads, data in _parts(region):
        blocks: list[tuple[int, int]] = []
        results: list[int] = []
        for cell in (cell for row in heads for cell in row.filled):
            block, result = edition.rows.match(cell.text), edition.columns.match(cell.text)
            if block and block.exact and len(block.places) == 1:
                blocks.append((cell.column, block.places[0]))
            elif result and len(result.places) == 1:
                results.append(result.places[0])
        named = _in_order(blocks)
        rows = [edition.table.rows[place] for place in named]
        cells = [
            Cell(edition.table.cell_key(row.key, c.key), edition.table, row, c) for row in rows for c in edition.table.columns
        ]
        items = _whole_rows(_without_empty(data), len(cells)) if cells else []
        fits = results == list(range(width)) * len(named) and not any(cell.key in draft.readings for cell in cells)
        values = _values(items[0], heads, len(cells)) if len(items) == 1 and fits else None
        if values is not None:
            _read(cells, values, items[0], True, draft)


def _parts(region: Region) -> list[tuple[list[PrintedRow], list[Item]]]:
    """The rows of heads with the rows of values below them, each time heads begin anew."""
    parts: list[tuple[list[PrintedRow], list[Item]]] = []
    for item in region.items:
        if item.is_header and (not parts or parts[-1][1]):
            parts.append(([], []))
        if parts and item.is_header:
            parts[-1][0].append(item.row)
        elif parts:
            parts[-1][1].append(item)
    return [part for part in parts if part[1]]


def _whole_rows(data: list[Item], count: int) -> list[Item]:
    """Rows with all values."""
    return [item for item in data if len(item.values) >= count]


def _joined_lines(region: Region, count: int, edition: EditionTable) -> list[Item]:
    """A row of which a text prints one or a few values per line, the lines put together.

    Nothing may stand between them: where heads do, the lines are in an order of their own, and only sums can tell that it is
    that of the form after all.
    """
    places = [place for place, item in enumerate(region.items) if not item.is_header and not item.row.placed and item.values]
    lines = [region.items[place] for place in places]
    values = [value for item in lines for value in item.values]
    blanks = sum(1 for value in values if not plain(value.text))
    if region.keeps_blanks:
        while len(values) > count and not plain(values[-1].text):
            values.pop()
    if len(values) != count or (blanks and not region.keeps_blanks):
        return []
    between = range(places[0] + 1, places[-1] + 1)
    apart = len(places) != len(between) + 1 or not region.breaks.isdisjoint(between)
    if apart and not (_add_up(values, edition) or len({plain(value.text) for value in values}) == 1):
        return []
    lines[0].row.kept = region.keeps_blanks
    return [Item(row=lines[0].row, values=values, own_line=len(values))]


def _add_up(values: Sequence[GridCell | None], edition: EditionTable) -> bool | None:
    """Whether every block of values makes its total; ``None`` where one of them cannot be told."""
    width = len(edition.table.columns)
    numbers = [read_cell(value.text).value if value else None for value in values]
    exact = [None if number is None else Decimal(number) for number in numbers]
    found = [row_adds_up(edition.table, exact[start : start + width]) for start in range(0, len(exact), width)]
    return False if False in found else (None if None in found else True)


def _looks_like_row(data: list[Item], edition: EditionTable) -> bool:
    """Whether there are as many numbers as a block has columns: a lone one is rather that of a page."""
    return sum(1 for item in data for value in item.values if plain(value.text)) >= len(edition.table.columns)


def _values(item: Item, heads: list[PrintedRow], count: int) -> list[GridCell | None] | None:
    if not _filled(item) and len(item.values) != count:
        return None
    aligned = align(item.values, item.row, item.own_line, None, count)
    return aligned.cells if aligned else _under_heads(item, heads, count)


def _under_heads(item: Item, heads: list[PrintedRow], count: int) -> list[GridCell | None] | None:
    """Place the values under the lowest heads, where there are as many of them as values and columns are real."""
    if not item.row.placed:
        return None
    rows = [row for row in heads if row.placed and row.block == item.row.block]
    inner = {id(c) for row in rows for c in row.filled if any(_covers(c, d) for r in rows for d in r.filled if d.row > c.row)}
    leaves = sorted((c for row in rows for c in row.filled if id(c) not in inner), key=lambda c: c.column)
    if len(leaves) != count:
        return None
    found: list[GridCell | None] = []
    for leaf in leaves:
        over = [c for c in item.values if _covers(leaf, c)]
        if len(over) != 1:
            return None
        found.append(over[0])
    used = {id(cell) for cell in found}
    complete = len(used) == count and not any(id(c) not in used and plain(c.text) for c in item.values)
    return found if complete else None


def _covers(head: GridCell, cell: GridCell) -> bool:
    return cell.column < head.column + head.colspan and cell.column + cell.colspan > head.column


def _filled(item: Item) -> bool:
    return any(plain(cell.text) for cell in item.values)


def _read(cells: list[Cell], values: list[GridCell | None], item: Item, has_heads: bool, draft: Draft) -> None:
    source = item.values[0].source
    doubts = () if item.row.placed or _add_up(values, draft.table) is not False else (SUM_DIFFERS,)
    trust = Trust(rule="" if has_heads else "no_header", confidence=1.0 if has_heads else 0.9, doubts=doubts)
    for cell, value in zip(cells, values, strict=True):
        draft.readings[cell.key], problem = reading_of(cell, value, source, trust)
        if problem:
            draft.problems.append(problem)
    draft.rows |= {cell.row.key for cell in cells}
    draft.readings = {cell.key: draft.readings[cell.key] for cell in draft.table.table.cells if cell.key in draft.readings}


def _unreadable(cells: list[Cell], data: list[Item], draft: Draft) -> None:
    raw = " | ".join(plain(cell.text) for item in data for cell in item.values if plain(cell.text))
    source = data[0].values[0].source
    for cell in cells:
        draft.readings[cell.key] = Reading(
            key=cell.key, raw=raw, value=None, state="unreadable", source=source, confidence=0.0, rule="row_unclear"
        )
    draft.rows = {row.key for row in draft.table.table.rows}
    draft.problems.append(
        Problem(
            code="row_unclear",
            label=draft.table.table.zh,
            label_en=draft.table.table.en,
            text=raw[:80],
            keys=tuple(cell.key for cell in cells),
        )
    )
