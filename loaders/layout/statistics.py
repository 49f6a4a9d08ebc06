"""The statistical form of 2014–2018: one label, one unit, one value in a row, in nine blocks.

Some labels stand in two blocks (被依法纠错数 of reviews and of lawsuits); the block last opened tells which one is meant. Rows
a province added are kept as found.
"""

from __future__ import annotations

import msgspec

from loaders.cells import read_cell, unit_in_label
from loaders.grid import GridCell
from loaders.layout.choose import Chosen
from loaders.layout.draft import Draft, Problem, Trust, reading_of
from loaders.layout.entries import Entry, cells_of, entries_of
from loaders.layout.index import EditionTable, FormIndex
from loaders.layout.match import MISPRINTED
from loaders.layout.misprints import most_like, shares_ordinal
from loaders.layout.printed import PrintedRow, is_wordy
from loaders.normalise import label_key, label_keys, plain
from loaders.words import load_words
from ogi.form import Cell, Line
from ogi.report import LocalRow, Reading

_ENOUGH_ROWS = 6
"""So many rows of the form make a document one of this edition, where its heads are lost."""
_ENOUGH_WITH_HEADS = 3
_LONGEST_LOCAL = 60


class _Row(msgspec.Struct, kw_only=True):
    """An entry with the row of the form it is, if any."""

    entry: Entry
    block: str
    """Numeral of the block it stands in."""
    place: int | None = None
    trust: Trust = Trust()


def find_statistics(index: FormIndex, rows: list[PrintedRow]) -> Chosen | None:
    """Return the statistical table of a document, or ``None`` where it has none. Its rows are marked as used."""
    for table in index.statistics:
        heads = {label_key(cell.text) for row in rows for cell in row.filled} & {label_key(w) for w in table.edition.detect}
        entries = entries_of(rows, index.unit_words, lambda text, table=table: _is_known(text, table))
        known = sum(1 for entry in entries if _is_known(entry.label.text, table))
        if known >= (_ENOUGH_WITH_HEADS if heads else _ENOUGH_ROWS):
            found = _inside(_matched(entries, table))
            draft = _draft(found, rows, table)
            _use_heads_above(rows, found[0].entry.rows[0], table)
            return Chosen(table=table, draft=draft, copies=[draft])
    return None


def _is_known(text: str, table: EditionTable) -> bool:
    return any(key in table.rows.places for key in label_keys(text))


def _matched(entries: list[Entry], table: EditionTable) -> list[_Row]:
    """Each entry with its row: by its label, in the block it stands in, a misprinted one only by the rows left over."""
    lines = table.table.rows
    blocks = {label_key(spelling): section.ordinal for section in table.edition.sections for spelling in section.spellings}
    opened: list[str] = []
    found: list[_Row] = []
    for entry in entries:
        match = table.rows.match(entry.label.text)
        places = match.places if match else ()
        place = _in_block(places, opened, lines)
        block = lines[place].ordinal[:1] if place is not None else blocks.get(label_key(entry.label.text), "")
        if block and len(places) < 2:
            opened.append(block)
        trust = Trust() if match is None or match.exact else Trust(rule="label_cut", confidence=0.95)
        found.append(_Row(entry=entry, block=opened[-1] if opened else "", place=place, trust=trust))
    _tell_misprints(found, lines)
    return found


def _tell_misprints(found: list[_Row], lines: tuple[Line, ...]) -> None:
    """Rows whose label is misprinted: like one that is left in its block, or the one row left between its neighbours."""
    taken = {row.place for row in found}
    for number, row in enumerate(found):
        if row.place is not None or not row.entry.is_row:
            continue
        text = row.entry.label.text
        free = [(p, line) for p, line in enumerate(lines) if p not in taken and line.ordinal[:1] == row.block]
        place = most_like(text, free, [line for p, line in enumerate(lines) if p in taken])
        above = next((r.place for r in reversed(found[:number]) if r.place is not None), -1)
        below = next((r.place for r in found[number + 1 :] if r.place is not None), len(lines))
        if place is None and below == above + 2 and shares_ordinal(text, lines[above + 1]):
            place = above + 1
        if place is not None:
            row.place, row.trust = place, Trust(rule=MISPRINTED, confidence=0.8, doubts=(MISPRINTED,))
            taken.add(place)


def _in_block(places: tuple[int, ...], opened: list[str], lines: tuple[Line, ...]) -> int | None:
    """The one row a label stands for; of several, that of the block opened last."""
    if len(places) < 2:
        return places[0] if places else None
    by_block = {lines[place].ordinal[:1]: place for place in places}
    return next((by_block[block] for block in reversed(opened) if block in by_block), None)


def _inside(rows: list[_Row]) -> list[_Row]:
    places = [number for number, row in enumerate(rows) if row.place is not None]
    return rows[places[0] : places[-1] + 1] if places else []


def _use_heads_above(rows: list[PrintedRow], first: PrintedRow, table: EditionTable) -> None:
    """The rows of heads above the first row, and the heading of its block, are part of the table."""
    words = load_words()
    known = {label_key(word) for word in (*words.label_heads, *words.unit_heads, table.table.zh)} | set(table.columns.places)
    known |= {label_key(spelling) for section in table.edition.sections for spelling in section.spellings}
    place = next(number for number, row in enumerate(rows) if row is first)
    while place and all(label_key(cell.text) in known or not is_wordy(cell.text) for cell in cells_of(rows[place - 1])):
        place -= 1
        rows[place].used = True


def _draft(found: list[_Row], rows: list[PrintedRow], table: EditionTable) -> Draft:
    draft = Draft(table=table, readings={}, rows=set(), problems=[], local_rows=[], unsure_blanks=set())
    heads = _value_heads(rows, table)
    for row in found:
        if row.place is None:
            _local(row, table, draft)
        elif row.entry.is_row:
            _read(row, table, heads, draft)
        elif row.entry.rows[0].line is None or row.block:
            row.entry.rows[0].used = True
    return draft


def _read(row: _Row, table: EditionTable, heads: list[list[str]], draft: Draft) -> None:
    entry, line = row.entry, table.table.rows[row.place or 0]
    cell = Cell(table.table.cell_key(line.key, table.table.columns[0].key), table.table, line, table.table.columns[0])
    for printed in entry.rows:
        printed.used = True
    value = _value(entry, heads, table)
    text = " ".join(plain(cell.text) for cell in entry.filled)
    if line.key in draft.rows:
        if text and text != plain(draft.readings[cell.key].raw):
            draft.problems.append(Problem(code="row_twice", label=line.zh, label_en=line.en, text=text, keys=(cell.key,)))
        return
    draft.rows.add(line.key)
    if value is None and entry.filled:
        draft.readings[cell.key] = Reading(
            key=cell.key, raw=text, value=None, state="unreadable", source=entry.label.source, confidence=0.0, rule="row_unclear"
        )
        draft.problems.append(Problem(code="row_unclear", label=line.zh, label_en=line.en, text=text, keys=(cell.key,)))
        return
    reading, problem = reading_of(cell, value, entry.label.source, row.trust)
    unit = reading.unit or _money_unit(entry, table, line)
    draft.readings[cell.key] = msgspec.structs.replace(reading, unit=unit) if reading.value is not None else reading
    if problem is not None:
        draft.problems.append(problem)
    if row.trust.rule == MISPRINTED:
        printed_label = plain(entry.label.text)
        draft.problems.append(Problem(code=MISPRINTED, label=line.zh, label_en=line.en, text=printed_label, keys=(cell.key,)))
    if table.is_other_unit(unit, cell.unit):
        shown = f"{plain(reading.raw)} {unit}"
        draft.problems.append(Problem(code="unit_differs", label=line.zh, label_en=line.en, text=shown, keys=(cell.key,)))


def _money_unit(entry: Entry, table: EditionTable, line: Line) -> str | None:
    """The unit printed beside an amount or in its label, where it is not the one of the form."""
    if line.kind != "amount":
        return None
    unit = unit_in_label(f"({entry.unit})") if entry.unit else unit_in_label(entry.label.text)
    return unit if table.is_other_unit(unit, line.unit) else None


def _value(entry: Entry, heads: list[list[str]], table: EditionTable) -> GridCell | None:
    """The cell of the year's figure: the only one, or the one under the head the form knows."""
    if len(entry.filled) < 2:
        return entry.filled[0] if entry.filled else (entry.values[0] if entry.values else None)
    for words in heads:
        named = [place for place, word in enumerate(words) if table.columns.match(word)]
        if len(words) == len(entry.values) and len(named) == 1:
            return entry.values[named[0]]
    return None


def _value_heads(rows: list[PrintedRow], table: EditionTable) -> list[list[str]]:
    """The words above the values: what stands behind the head of the units, or of the labels, up to the next half."""
    found: list[list[str]] = []
    words = load_words()
    for row in rows:
        texts = [plain(cell.text) for cell in cells_of(row)]
        named = [place for place, text in enumerate(texts) if text and table.columns.match(text)]
        if not named or row.has_values:
            continue
        start = next((place for place in range(named[0], 0, -1) if label_key(texts[place - 1]) in words.unit_heads), named[0])
        behind = texts[start:]
        end = next((place for place, text in enumerate(behind) if label_key(text) in words.label_heads), len(behind))
        found.append(behind[:end])
    return found


def _local(row: _Row, table: EditionTable, draft: Draft) -> None:
    """A row the form does not have, or one whose block is not known: kept as found."""
    entry, label = row.entry, plain(row.entry.label.text)
    texts = tuple(plain(cell.text) for cell in entry.filled)
    if not texts or len(label) > _LONGEST_LOCAL:
        return
    for printed in entry.rows:
        printed.used = True
    if all(read_cell(text).state == "dash" for text in texts):
        return  # the heading of a block
    draft.local_rows.append(LocalRow(table=table.table.id, label=label, values=texts, source=entry.label.source))
    draft.problems.append(Problem(code="row_not_in_form", label=label, text=" ".join(texts)[:80]))
