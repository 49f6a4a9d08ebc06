"""From drafts to the tables of the report: which edition, which copy, what is missing, and what must be told."""

from __future__ import annotations

from collections import Counter

import msgspec

from loaders.layout.blocks import draft_blocks
from loaders.layout.draft import Draft, Problem, draft_grid
from loaders.layout.index import EditionTable, FormIndex
from loaders.layout.walk import Region
from ogi.form import Table
from ogi.report import LocalRow, Notice, Reading, TableReading

_TOLD_ONE_BY_ONE = 3
"""Up to so many problems of one kind in a table get a notice each."""
VALUES_LOST = "values_lost"
_NOT_READ = ("unreadable", "missing_page")


class Chosen(msgspec.Struct, kw_only=True):
    """One table as it will be reported."""

    table: EditionTable
    draft: Draft
    copies: list[Draft]


def choose(index: FormIndex, regions: list[Region]) -> list[Chosen]:
    """Choose the edition of each table that was found, in printed-form order."""
    candidates: dict[str, list[tuple[float, list[Draft]]]] = {}
    for table_id, form_table in index.tables.items():
        found = [region for region in regions if region.table is form_table]
        if not found:
            continue
        read = draft_blocks if form_table.is_blocks else draft_grid
        tried = [[read(region, edition) for region in found] for edition in form_table.editions]
        candidates[table_id] = [(sum(draft.score for draft in drafts), drafts) for drafts in tried]
    votes: Counter[str] = Counter()
    for tried in candidates.values():
        top = max(score for score, _ in tried)
        winners = [drafts for score, drafts in tried if score == top]
        if len(winners) == 1:
            votes[winners[0][0].table.edition.id] += 1
    chosen = []
    for tried in candidates.values():
        _, drafts = max(tried, key=lambda t: (t[0], votes[t[1][0].table.edition.id]))
        base = _best_copy(drafts)
        if base.rows or base.local_rows or _has_header(drafts, regions):
            chosen.append(Chosen(table=base.table, draft=_filled_up(base, drafts), copies=drafts))
    return chosen


def majority(chosen: list[Chosen]) -> str | None:
    """The edition most tables are printed in, or ``None`` where no table was found."""
    votes = Counter(item.table.edition.id for item in chosen if not item.table.is_blocks)
    votes = votes or Counter(item.table.edition.id for item in chosen)
    return votes.most_common(1)[0][0] if votes else None


def _has_header(drafts: list[Draft], regions: list[Region]) -> bool:
    ids = {draft.table.table.id for draft in drafts}
    return any(region.table.id in ids and any(item.is_header for item in region.items) for region in regions)


def _best_copy(drafts: list[Draft]) -> Draft:
    """The first copy among those that show most rows."""
    most = max(len(draft.rows) for draft in drafts)
    return next(draft for draft in drafts if len(draft.rows) == most)


def _filled_up(base: Draft, drafts: list[Draft]) -> Draft:
    """Take rows the base does not show from other parts of the document; tell where two copies differ."""
    table = base.table.table
    for other in drafts:
        if other is base:
            continue
        differ = tuple(k for k, r in other.readings.items() if _differs(r, base.readings.get(k)))
        if differ:
            base.problems.append(Problem(code="copies_differ", keys=differ))
        missing = other.rows - base.rows
        keys = [cell.key for cell in table.cells if cell.row.key in missing and cell.key in other.readings]
        base.readings.update({key: other.readings[key] for key in keys})
        base.rows |= missing
        base.unsure_blanks |= other.unsure_blanks & set(keys)
        base.lost_values |= other.lost_values
        base.problems += [p for p in other.problems if not p.keys or set(p.keys) & set(keys)]
        base.local_rows += other.local_rows
    return base


def _differs(other: Reading, base: Reading | None) -> bool:
    return base is not None and base.state == other.state == "reported" and base.value != other.value


def finished_cells(item: Chosen, text_lost_values: bool) -> dict[str, Reading]:
    """All cells of a table in printed-form order; rows that are not in the document are ``missing_page``."""
    cells: dict[str, Reading] = {}
    for cell in item.table.table.cells:
        reading = item.draft.readings.get(cell.key)
        if reading is None:
            reading = Reading(key=cell.key, raw="", value=None, state="missing_page")
        elif cell.key in item.draft.unsure_blanks and text_lost_values:
            reading = msgspec.structs.replace(reading, state="unreadable", confidence=0.0, rule=VALUES_LOST)
        cells[cell.key] = reading
    return cells


def status_of(item: Chosen, cells: dict[str, Reading]) -> TableReading:
    """A table is complete when every cell of its edition was found and could be read, be it as a blank."""
    complete = all(reading.state not in _NOT_READ for reading in cells.values())
    return TableReading(edition=item.table.edition.id, status="complete" if complete else "partial")


def notices_of(item: Chosen, cells: dict[str, Reading]) -> list[Notice]:
    """What must be told about one table."""
    table = item.table.table
    notices = []
    if lost := tuple(key for key, reading in cells.items() if reading.rule == VALUES_LOST):
        notices.append(Notice(code=VALUES_LOST, keys=lost, params=_titles(table) | {"cells": len(lost)}))
    shown = item.draft.rows | {cell.row.key for cell in table.cells if cell.key in item.draft.readings}
    missing = [row for row in table.rows if row.key not in shown]
    if missing:
        keys = tuple(cell.key for cell in table.cells if cell.row.key not in shown)
        rows_zh, rows_en = "、".join(r.zh for r in missing), "; ".join(r.en for r in missing)
        notices.append(Notice(code="table_incomplete", keys=keys, params=_titles(table) | {"rows": rows_zh, "rows_en": rows_en}))
    for problem in _gathered(item.draft.problems):
        params = _titles(table) | {
            "label": problem.label,
            "label_en": problem.label_en or problem.label,
            "text": problem.text,
        }
        notices.append(Notice(code=problem.code, keys=problem.keys, params=params))
    return notices


def _gathered(problems: list[Problem]) -> list[Problem]:
    """One problem for many of one kind: a table full of them would bury what else there is to say."""
    by_code: dict[str, list[Problem]] = {}
    for problem in problems:
        by_code.setdefault(problem.code, []).append(problem)
    gathered = []
    for code, same in by_code.items():
        if len(same) <= _TOLD_ONE_BY_ONE:
            gathered += same
            continue
        shown, rest = same[:_TOLD_ONE_BY_ONE], len(same) - _TOLD_ONE_BY_ONE
        labels, labels_en = [p.label for p in shown], [p.label_en or p.label for p in shown]
        gathered.append(
            Problem(
                code=code,
                label=f"{'、'.join(labels)} 等{len(same)}处",
                label_en=f"{', '.join(labels_en)} and {rest} more",
                text="；".join(p.text for p in shown) + "…",
                keys=tuple(key for p in same for key in p.keys),
            )
        )
    return gathered


def _titles(table: Table) -> dict[str, str | int | float]:
    return {"table": table.zh, "table_en": table.en}


def missing_tables(index: FormIndex, chosen: list[Chosen]) -> list[Table]:
    """Tables the report should have and has not: those of its edition, or of all editions where none is known."""
    found = {item.table.table.id for item in chosen}
    edition = majority(chosen)
    tables = []
    for table_id, form_table in index.tables.items():
        editions = {e.edition.id: e.table for e in form_table.editions}
        expected = edition in editions if edition else len(editions) == len(index.read)
        if expected and table_id not in found:
            tables.append(editions[edition] if edition else form_table.editions[0].table)
    return tables


def local_rows_of(chosen: list[Chosen]) -> tuple[LocalRow, ...]:
    """Rows places added to the form."""
    return tuple(row for item in chosen for row in item.draft.local_rows)
