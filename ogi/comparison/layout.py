"""The tables of the form as lines, so that years can stand beside them as columns.

Every official cell is one line: of tables of few cells the rows become headings, of the table of applications each kind of
applicant is a block of its own with the same lines. Editions are united: the newest one gives the order, and lines
only an older one has stand behind the line they follow there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ogi.form import Edition, Form, Table, load_form
from ogi.form import Line as FormLine


@dataclass(frozen=True, kw_only=True)
class Line:
    """One official cell."""

    key: str
    headings: tuple[str, ...]
    """What the cell stands under, outermost first, as printed: ``三、本年度办理结果``, ``（三）不予公开``."""
    label: str
    unit: str | None
    """Key of the unit, ``None`` where the form prints none."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """Lines that belong together: a table, or one kind of applicant of the table of applications."""

    table: str
    """Id of the table; blocks of one table follow each other."""
    title: str
    column: str
    """The kind of applicant (``total``, ``natural_person`` …); ``""`` for tables that have none."""
    column_title: str
    lines: tuple[Line, ...]


def keys_of(blocks: Iterable[Block]) -> list[str]:
    """Return the keys of all lines, in their order."""
    return [line.key for block in blocks for line in block.lines]


@lru_cache(maxsize=32)
def blocks_of(editions: tuple[str, ...], lang: str) -> tuple[Block, ...]:
    """Return the blocks of the tables of these editions.

    Args:
        editions: ids of editions; unknown ones are passed over.
        lang: ``zh`` or ``en``.
    """
    form = load_form()
    chosen = [edition for edition in form.editions.values() if edition.id in editions]
    ids = _merged([[table.id for table in edition] for edition in chosen])
    blocks: list[Block] = []
    for table_id in ids:
        tables = [(edition, table) for edition in chosen if (table := edition.table(table_id)) is not None]
        blocks += _by_column(form, tables, lang) if _has_applicants(tables[0][1]) else [_one(form, tables, lang)]
    return tuple(blocks)


def _has_applicants(table: Table) -> bool:
    """Whether rows and columns both matter so much that each column is a block: its sums name a row."""
    return table.sums is not None and table.sums.row is not None


def _by_column(form: Form, tables: Sequence[tuple[Edition, Table]], lang: str) -> list[Block]:
    newest = tables[0][1]
    rows = _merged([[row.key for row in table.rows] for _, table in tables])
    columns = _merged([[column.key for column in table.columns] for _, table in tables])
    total = newest.sums.column if newest.sums else ""
    columns.sort(key=lambda column: column != total)
    blocks = []
    for column in columns:
        lines = []
        for row in rows:
            table = next(t for _, t in tables if any(line.key == row for line in t.rows))
            line = next(line for line in table.rows if line.key == row)
            lines.append(
                Line(
                    key=table.cell_key(row, column),
                    headings=headings_of(form, line, lang),
                    label=f"{_ordinal(form, line)}{line.label(lang)}",
                    unit=line.unit,
                )
            )
        title = next(line.label(lang) for _, t in tables for line in t.columns if line.key == column)
        blocks.append(Block(table=newest.id, title=newest.label(lang), column=column, column_title=title, lines=tuple(lines)))
    return blocks


def _one(form: Form, tables: Sequence[tuple[Edition, Table]], lang: str) -> Block:
    """A table of few cells: its rows are headings, or it is a list already."""
    newest = tables[0][1]
    rows = _merged([[row.key for row in table.rows] for _, table in tables])
    columns = _merged([[column.key for column in table.columns] for _, table in tables])
    cells = {(c.row.key, c.column.key): c for edition, table in reversed(tables) for c in table.cells if c.key in edition.cells}
    lines = []
    for cell in (cells[row, column] for row in rows for column in columns if (row, column) in cells):
        if newest.layout == "one_value_per_row":
            headings, label = (), f"{cell.row.ordinal} {cell.row.label(lang)}".strip()
        else:
            row = next(line for _, table in tables for line in table.rows if line.key == cell.row.key)
            headings, label = (*headings_of(form, row, lang), row.label(lang)), cell.column.label(lang)
        lines.append(Line(key=cell.key, headings=headings, label=label, unit=cell.unit))
    return Block(table=newest.id, title=newest.label(lang), column="", column_title="", lines=tuple(lines))


def headings_of(form: Form, row: FormLine, lang: str) -> tuple[str, ...]:
    """Return the headings of the form a row stands under, outermost first."""
    outer = [g for g in form.groups.values() if g.ordinal and row.ordinal.startswith(g.ordinal) and row.ordinal != g.ordinal]
    groups = [*outer, *([form.groups[row.group]] if row.group else [])]
    return tuple(f"{g.ordinal}{'' if not g.ordinal or g.ordinal.endswith('）') else '、'}{g.label(lang)}" for g in groups)


def _ordinal(form: Form, row: FormLine) -> str:
    """The ordinal behind what its headings say already: 三（三）1 is printed as 1."""
    ordinal = row.ordinal
    for group in form.groups.values():
        if group.ordinal and ordinal != group.ordinal:
            ordinal = ordinal.removeprefix(group.ordinal)
    stop = "" if not ordinal or ordinal.endswith("）") else ". " if ordinal.isdigit() else "、"
    return f"{ordinal}{stop}"


def _merged(lists: Sequence[Sequence[str]]) -> list[str]:
    """Unite lists: the first gives the order, what only a later one has stands behind its predecessor there, or at the end."""
    merged = list(lists[0]) if lists else []
    for other in lists[1:]:
        before: str | None = None
        for item in other:
            if item not in merged:
                merged.insert(len(merged) if before is None else merged.index(before) + 1, item)
            before = item
    return merged
