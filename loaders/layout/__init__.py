"""From a document's grids and lines to the tables of the form, by labels and never by position alone.

The way: printed rows (:mod:`.printed`; cut ones joined in :mod:`.page_breaks`, columns of texts proven in :mod:`.text_columns`)
→ what belongs to which table (:mod:`.walk`) → each table read under each edition (:mod:`.draft`, :mod:`.blocks`, columns in
:mod:`.columns`, values in :mod:`.align`) → the edition that explains most (:mod:`.choose`).
"""

from __future__ import annotations

import msgspec

from loaders.grid import Pages, TextLine
from loaders.layout.choose import (
    choose,
    finished_cells,
    local_rows_of,
    majority,
    missing_tables,
    notices_of,
    status_of,
)
from loaders.layout.index import FormIndex, index_of
from loaders.layout.inline import parted_rows
from loaders.layout.page_breaks import joined_rows
from loaders.layout.printed import PrintedRow, printed_rows
from loaders.layout.sequence import move_values_down
from loaders.layout.text_columns import prove_cells_in_lines, prove_columns
from loaders.layout.walk import Walk
from loaders.normalise import label_key, plain
from ogi.form import Form
from ogi.report import LocalRow, Notice, Reading, TableReading

__all__ = ["LaidOut", "lay_out"]

_ENOUGH_WORDS = 3
"""How many words of an edition's ``detect`` list make a document one of that edition."""


class LaidOut(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of a document."""

    tables: dict[str, TableReading]
    """Every table of the edition the report is printed in, and every other table found in it."""
    cells: dict[str, Reading]
    """Every cell of every table found, in printed-form order; nothing for a table that is missing."""
    local_rows: tuple[LocalRow, ...]
    notices: tuple[Notice, ...]
    prose: tuple[TextLine, ...]
    """Lines and cells that are no part of the form's tables, in order; section headings included."""


def lay_out(pages: Pages, form: Form) -> LaidOut:
    """Find the form's tables in a document. Never raises; what cannot be understood becomes a notice."""
    index = index_of(form)
    rows = parted_rows(joined_rows(printed_rows(pages), index), index)
    prove_columns(rows)
    regions = Walk(index, rows).run()
    prove_cells_in_lines(regions)
    move_values_down(regions)
    chosen = choose(index, regions)
    for row in (row for item in chosen for row in item.draft.taken):
        row.used = True
    prose = _prose(rows)
    lost_values = any(item.draft.lost_values for item in chosen)
    tables: dict[str, TableReading] = {}
    cells: dict[str, Reading] = {}
    notices: list[Notice] = []
    missing = {table.id: table for table in missing_tables(index, chosen)}
    by_id = {item.table.table.id: item for item in chosen}
    for table_id in index.tables:
        if table_id in by_id:
            found = finished_cells(by_id[table_id], lost_values)
            tables[table_id] = status_of(by_id[table_id], found)
            cells |= found
            notices += notices_of(by_id[table_id], found)
        elif table_id in missing:
            tables[table_id] = TableReading(edition=None, status="missing")
            table = missing[table_id]
            notices.append(Notice(code="table_missing", params={"table": table.zh, "table_en": table.en}))
    notices += _edition_notices(index, rows, majority(chosen))
    return LaidOut(tables=tables, cells=cells, local_rows=local_rows_of(chosen), notices=tuple(notices), prose=prose)


def _prose(rows: list[PrintedRow]) -> tuple[TextLine, ...]:
    lines: list[TextLine] = []
    for row in rows:
        if row.used:
            continue
        if row.line is not None:
            lines.append(row.line)
        else:
            lines += [TextLine(text=cell.text, source=cell.source) for cell in row.cells if plain(cell.text)]
    return tuple(lines)


def _edition_notices(index: FormIndex, rows: list[PrintedRow], found: str | None) -> list[Notice]:
    """Name an edition whose tables are recognised but not read."""
    if found is not None:
        return []
    texts = {label_key(cell.text) for row in rows for cell in row.filled if len(cell.text) <= 60}
    notices = []
    for edition in index.unread:
        hits = sum(1 for word in edition.detect if any(label_key(word) in text for text in texts))
        if hits >= _ENOUGH_WORDS:
            params: dict[str, str | int | float] = {"edition": edition.zh, "edition_en": edition.en}
            notices.append(Notice(code="edition_not_read", params=params))
    return notices
