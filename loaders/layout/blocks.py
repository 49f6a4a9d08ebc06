"""A table whose rows stand side by side in one printed row: three blocks of five results in the table of disputes.

All blocks have the same column heads, so the row of values counts as a whole: complete, or not at all. Some documents print
the blocks as rows; then each is read by its label.
"""

from __future__ import annotations

from loaders.grid import GridCell
from loaders.layout.align import align
from loaders.layout.draft import Draft, Problem, draft_grid, reading_of
from loaders.layout.index import EditionTable
from loaders.layout.items import Item, Region
from loaders.layout.printed import PrintedRow
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
    for item in _whole_rows(_without_empty(data), len(cells)):
        values = _values(item, heads, len(cells))
        if values is None or order is None:
            continue
        if not draft.readings:
            _read(cells, values, item, bool(heads), draft)
        else:
            _compare(cells, values, draft)
    if not draft.readings:
        _read_parts(region, edition, draft)
    if not draft.readings and any(_filled(item) for item in data):
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
    """Rows with all values; where a text prints one value per line, the lines put together."""
    whole = [item for item in data if len(item.values) >= count]
    lines = [item for item in data if not item.row.placed and len(item.values) < count]
    even = len({len(item.values) for item in lines}) == 1
    if not whole and even and len(lines) * len(lines[0].values) == count:
        values = [value for item in lines for value in item.values]
        return [Item(row=lines[0].row, values=values, own_line=len(values))]
    return whole


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
    rule, confidence = ("", 1.0) if has_heads else ("no_header", 0.9)
    for cell, value in zip(cells, values, strict=True):
        sure = min(confidence, value.confidence if value else 1.0)
        draft.readings[cell.key], problem = reading_of(cell, value, source, rule, sure)
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
