"""One table read under one edition: rows by their labels within their groups, values by their columns.

Every edition that has the table is tried; the draft that explains most of what is printed wins (see
:mod:`loaders.layout.choose`). So a mixed report gets the edition of each table from its own labels.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from loaders.cells import read_cell, unit_in_label
from loaders.grid import GridCell
from loaders.layout.align import Aligned, align, keeps_blanks
from loaders.layout.glued import parted_digits
from loaders.layout.head_order import settle_order
from loaders.layout.index import EditionTable, FormTable
from loaders.layout.items import Item, Region
from loaders.layout.match import MISPRINTED, MatchedRow, match_rows
from loaders.layout.printed import PrintedRow
from loaders.layout.sequence import RULE, place_by_order
from loaders.layout.sums import row_adds_up
from loaders.normalise import plain
from ogi.form import Cell, Line, Table
from ogi.report import SURE, LocalRow, Reading, Source

SUM_DIFFERS = "sum_differs"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something in a table that must be told; ``code`` is a notice code."""

    code: str
    label: str = ""
    label_en: str = ""
    """Label for the English sentence; that of the document where empty."""
    text: str = ""
    keys: tuple[str, ...] = ()


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """How the values of a row came to their columns: the rule that had to decide, if any, and what it is worth."""

    rule: str = ""
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()


HEADER_GUESSED = Trust(rule="header_misprinted", confidence=0.8, doubts=("header_misprinted",))


class Draft(msgspec.Struct, kw_only=True):
    """A table as one edition would read it."""

    table: EditionTable
    readings: dict[str, Reading] = {}
    rows: set[str] = set()
    """Keys of the rows that were found."""
    score: float = 0.0
    problems: list[Problem] = []
    local_rows: list[LocalRow] = []
    unsure_blanks: set[str] = set()
    """Cells of a text that show nothing at all: blank, unless the text elsewhere lost values."""
    blanks_kept: bool = False
    """Whether a row of a text proves that empty cells keep their place there."""
    taken: list[PrintedRow] = []
    """Lines of values that only their order gave to a row."""
    lost_values: bool = False
    """Whether a row of a text shows fewer values than the form has columns."""


def draft_grid(region: Region, edition: EditionTable) -> Draft:
    """Read ``region`` as the table of ``edition``."""
    draft = Draft(table=edition, readings={}, rows=set(), problems=[], local_rows=[], unsure_blanks=set())
    matched, draft.score = match_rows(region, edition)
    settle_order(matched, edition)
    rows = place_by_order(matched, region, edition)
    _told_by_order(rows, matched, draft)
    if rows is matched and region.values_first:
        for row in rows:
            row.item.values = row.item.values[: row.item.own_line]
    strays = [cell for row in rows if row.item.is_loose for cell in row.item.row.filled]
    if len(strays) >= min(2, *region.table.widths):
        draft.lost_values = True
        text = " ".join(plain(cell.text) for cell in strays)[:80]
        draft.problems.append(Problem(code="values_without_label", text=text))
    width = len(edition.table.columns)
    draft.blanks_kept = any(keeps_blanks(r.item.values, r.item.own_line, width) for r in rows if not r.item.row.placed)
    for row in rows:
        if row.item.is_loose:
            continue
        if row.place is None:
            _unplaced(row, draft)
        else:
            _read_row(row, region.table, draft)
    return draft


def _told_by_order(rows: list[MatchedRow], matched: list[MatchedRow], draft: Draft) -> None:
    """Say which rows only the order told, and that the lines of their values are part of the table."""
    lines = [draft.table.table.rows[row.place] for row in rows if row.rule == RULE and row.place is not None]
    if not lines:
        return
    kept = {id(row.item) for row in rows}
    draft.taken = [row.item.row for row in matched if id(row.item) not in kept]
    zh, en = "、".join(line.zh for line in lines), "; ".join(line.en for line in lines)
    keys = tuple(key for line in lines for key in _row_cells(line.key, draft))
    draft.problems.append(Problem(code="placed_by_order", label=zh, label_en=en, keys=keys))


def _unplaced(row: MatchedRow, draft: Draft) -> None:
    """A row no label of the edition explains: kept as a local row if it is labelled, told in any case."""
    item = row.item
    texts = tuple(plain(cell.text) for cell in item.values)
    if not any(texts):
        return
    draft.score -= 1
    label = plain(item.own.text) if item.own else ""
    source = (item.own or item.values[0]).source
    if not label or row.is_group_head:
        text = " ".join(filter(None, texts))[:80]
        keys = _unlabelled_rows(row, text, source, draft)
        draft.problems.append(Problem(code="values_without_label", label=label, text=text, keys=keys))
        return
    draft.local_rows.append(LocalRow(table=draft.table.table.id, label=label, values=texts, source=source))
    if draft.table.local.match(label) is None:
        draft.problems.append(Problem(code="row_not_in_form", label=label, text=" ".join(filter(None, texts))[:80]))


def _unlabelled_rows(row: MatchedRow, text: str, source: Source, draft: Draft) -> tuple[str, ...]:
    """Values follow the head of a group without labels: the rows of the group are printed, but cannot be told apart."""
    if not row.is_group_head:
        return ()
    lines = [line for line in draft.table.table.rows if line.group == row.group and line.key not in draft.rows]
    keys = tuple(key for line in lines for key in _row_cells(line.key, draft))
    for key in keys:
        draft.readings[key] = Reading(
            key=key, raw=text, value=None, state="unreadable", source=source, confidence=0.0, rule="values_without_label"
        )
    return keys


def _read_row(row: MatchedRow, form_table: FormTable, draft: Draft) -> None:
    item, table = row.item, draft.table.table
    line = table.rows[row.place or 0]
    blank = not any(plain(cell.text) for cell in item.values)
    if not item.row.placed and not row.exact and not item.values:
        return  # the text is cut off inside the label
    if line.key in draft.rows and not (row.exact and not blank and _is_blank(line.key, draft)):
        return _repeated(row, draft)
    draft.rows.add(line.key)
    if item.row.placed or not blank:
        draft.score += 1
    cells = [Cell(table.cell_key(line.key, column.key), table, line, column) for column in table.columns]
    usable = row.head is not None and len(row.head.found) == len(cells)
    without = form_table.same_columns and (row.head is None or row.head.in_order)
    aligned = None
    if usable or without or blank:
        head = row.head if usable else None
        aligned = align(item.values, item.row, item.own_line, head, len(cells), blanks_kept=draft.blanks_kept)
        aligned = aligned or _glued(item, table)
    if aligned is None:
        draft.lost_values |= not item.row.placed
        return _unreadable(row, cells, "row_unclear" if usable or without else "header_lost", draft)
    if blank and not item.row.placed and len(item.values) < len(cells):
        draft.unsure_blanks.update(cell.key for cell in cells)
    return _read_cells(row, cells, aligned, draft)


def _read_cells(row: MatchedRow, cells: list[Cell], aligned: Aligned, draft: Draft) -> None:
    item, line = row.item, cells[0].row
    if aligned.left_over:
        text = " ".join(plain(cell.text) for cell in aligned.left_over)[:80]
        draft.problems.append(_row_problem("column_not_in_form", line, text, ()))
    if row.rule == MISPRINTED and item.own:
        keys = tuple(cell.key for cell in cells)
        draft.problems.append(_row_problem(MISPRINTED, line, plain(item.own.text), keys))
    own = item.own.source if item.own else (item.values[0].source if item.values else Source())
    sure = min(aligned.confidence, row.confidence)
    trust = Trust(rule=row.rule or aligned.rule, confidence=sure, doubts=_doubts(row, aligned, draft))
    misprints = row.head.misprints if row.head else {}
    for place, (cell, printed) in enumerate(zip(cells, aligned.cells, strict=True)):
        guessed = place in misprints and not trust.rule
        reading, problem = reading_of(cell, printed, own, HEADER_GUESSED if guessed else trust)
        if place in misprints:
            _tell_misprinted_head(cell, misprints[place], draft)
        reading = _with_unit(reading, cell, row, place, draft)
        draft.readings[cell.key] = reading
        if problem:
            draft.problems.append(problem)
        if draft.table.is_other_unit(reading.unit, cell.unit):
            shown = plain(reading.raw) if read_cell(reading.raw, cell.kind).unit else f"{plain(reading.raw)} {reading.unit}"
            draft.problems.append(_row_problem("unit_differs", line, shown, (cell.key,)))


def _with_unit(reading: Reading, cell: Cell, row: MatchedRow, place: int, draft: Draft) -> Reading:
    """An amount without a unit of its own has the one its head or its label names, where the form prints another or none."""
    if cell.kind != "amount" or reading.value is None or reading.unit is not None:
        return reading
    named = (row.head.units.get(place) if row.head else None) or (unit_in_label(row.item.own.text) if row.item.own else None)
    if named is None or (cell.unit is not None and not draft.table.is_other_unit(named, cell.unit)):
        return reading
    return msgspec.structs.replace(reading, unit=named)


def _tell_misprinted_head(cell: Cell, printed: str, draft: Draft) -> None:
    """Once for a table, not once for a row."""
    column = cell.column
    for number, problem in enumerate(draft.problems):
        if problem.code == HEADER_GUESSED.rule and problem.label == column.zh:
            draft.problems[number] = msgspec.structs.replace(problem, keys=(*problem.keys, cell.key))
            return
    draft.problems.append(Problem(code=HEADER_GUESSED.rule, label=column.zh, label_en=column.en, text=printed, keys=(cell.key,)))


def _doubts(row: MatchedRow, aligned: Aligned, draft: Draft) -> tuple[str, ...]:
    """What a person should look at: a row whose place was guessed, values of a text, of which only the order is known."""
    doubts = (row.rule,) if row.confidence < SURE else (aligned.rule,) if aligned.confidence < SURE else ()
    if row.item.row.placed or doubts:
        return doubts
    numbers = [read_cell(cell.text).value if cell else None for cell in aligned.cells]
    adds_up = row_adds_up(draft.table.table, [None if number is None else Decimal(number) for number in numbers])
    return (SUM_DIFFERS,) if adds_up is False else ()


def _glued(item: Item, table: Table) -> Aligned | None:
    """``规章000``: digits run together are told apart only where one way is possible."""
    filled = [cell for cell in item.values if plain(cell.text)]
    parts = parted_digits(plain(filled[0].text), table) if len(filled) == 1 else []
    if not parts:
        return None
    cells: list[GridCell | None] = [msgspec.structs.replace(filled[0], text=part) for part in parts]
    zeros = not any(part != "0" for part in parts)
    return Aligned(cells=cells, rule="glued_zeros" if zeros else "glued_digits", confidence=0.9 if zeros else 0.8)


def _repeated(row: MatchedRow, draft: Draft) -> None:
    """The row is printed again after a page end; other values than before must be told."""
    line = draft.table.table.rows[row.place or 0]
    old = [plain(draft.readings[key].raw) for key in _row_cells(line.key, draft) if key in draft.readings]
    new = [plain(cell.text) for cell in row.item.values]
    if any(new) and [text for text in old if text] != [text for text in new if text]:
        keys = _row_cells(line.key, draft)
        draft.problems.append(_row_problem("row_twice", line, " ".join(filter(None, new)), keys))


def _is_blank(row_key: str, draft: Draft) -> bool:
    """Whether nothing stands in the row as read so far: a label alone, before the row itself."""
    found = [draft.readings[key] for key in _row_cells(row_key, draft) if key in draft.readings]
    return all(reading.state == "blank" for reading in found)


def _row_problem(code: str, line: Line, text: str, keys: tuple[str, ...]) -> Problem:
    return Problem(code=code, label=line.zh, label_en=line.en, text=text, keys=keys)


def _row_cells(row_key: str, draft: Draft) -> tuple[str, ...]:
    table = draft.table.table
    return tuple(table.cell_key(row_key, column.key) for column in table.columns)


def _unreadable(row: MatchedRow, cells: list[Cell], code: str, draft: Draft) -> None:
    item = row.item
    raw = " | ".join(plain(cell.text) for cell in item.values if plain(cell.text))
    source = (item.own or item.values[0]).source
    for cell in cells:
        draft.readings[cell.key] = Reading(
            key=cell.key, raw=raw, value=None, state="unreadable", source=source, confidence=0.0, rule=code
        )
    draft.problems.append(_row_problem(code, cells[0].row, raw[:80], tuple(cell.key for cell in cells)))


def reading_of(cell: Cell, printed: GridCell | None, own: Source, trust: Trust) -> tuple[Reading, Problem | None]:
    """Read one printed cell as a cell of the form; ``printed`` is ``None`` where nothing stands in its place."""
    text = printed.text if printed else ""
    found = read_cell(text, cell.kind)
    reading = Reading(
        key=cell.key,
        raw=text,
        value=found.value,
        state=found.state,
        source=printed.source if printed else own,
        confidence=min(trust.confidence, printed.confidence if printed else 1.0),
        rule=trust.rule,
        unit=found.unit,
        remark=found.remark,
        doubts=trust.doubts if found.value is not None else (),
    )
    problem = None
    if found.problem:
        zh, en = (f"{cell.row.label(lang)} · {cell.column.label(lang)}" for lang in ("zh", "en"))
        problem = Problem(code=found.problem, label=zh, label_en=en, text=plain(text)[:80], keys=(cell.key,))
    return reading, problem
