"""From a document's grids and lines to the tables of the form, by labels and never by position alone.

The way: printed rows (:mod:`.printed`; cut ones joined in :mod:`.page_breaks`, columns of texts proven in :mod:`.text_columns`)
→ what belongs to which table (:mod:`.walk`) → each table read under each edition (:mod:`.draft`, :mod:`.blocks`, columns in
:mod:`.columns`, values in :mod:`.align`) → the edition that explains most (:mod:`.choose`). Documents of earlier years have the
statistical form (:mod:`.statistics`) or tables of their own (:mod:`.free_table`).
"""

from __future__ import annotations

import msgspec

from loaders.grid import Pages, TextLine
from loaders.layout.absent import absence_notices
from loaders.layout.choose import (
    choose,
    finished_cells,
    local_rows_of,
    missing_tables,
    notices_of,
    status_of,
)
from loaders.layout.free_table import find_free_rows
from loaders.layout.index import FormIndex, index_of
from loaders.layout.inline import parted_rows
from loaders.layout.page_breaks import joined_rows
from loaders.layout.printed import PrintedRow, is_page_mark, printed_rows
from loaders.layout.sequence import move_values_down
from loaders.layout.statistics import find_statistics
from loaders.layout.text_columns import prove_cells_in_lines, prove_columns
from loaders.layout.walk import Walk
from loaders.normalise import label_key, plain
from ogi.form import Form
from ogi.report import FreeRow, LocalRow, Notice, Reading, TableReading

__all__ = ["LaidOut", "lay_out"]


_ENOUGH_SECTIONS = 2


class LaidOut(msgspec.Struct, frozen=True, kw_only=True):
    """The tables of a document."""

    tables: dict[str, TableReading]
    """Every table of the edition the report is printed in, and every other table found in it."""
    cells: dict[str, Reading]
    """Every cell of every table found, in printed-form order; nothing for a table that is missing."""
    local_rows: tuple[LocalRow, ...]
    free_rows: tuple[FreeRow, ...] = ()
    """Lines of tables in no official form, where the document has no other; mapped to nothing."""
    notices: tuple[Notice, ...]
    prose: tuple[TextLine, ...]
    """Lines and cells that are no part of the form's tables, in order; section headings included."""


def lay_out(pages: Pages, form: Form) -> LaidOut:
    """Find the form's tables in a document. Never raises; what cannot be understood becomes a notice."""
    index = index_of(form)
    whole = joined_rows(printed_rows(pages), index)
    rows = parted_rows(whole, index)
    prove_columns(rows)
    regions = Walk(index, rows).run()
    prove_cells_in_lines(regions)
    move_values_down(regions)
    chosen = choose(index, regions)
    for row in (row for item in chosen for row in item.draft.taken):
        row.used = True
    if not chosen:
        for row in whole:
            row.used = row.line is not None and is_page_mark(row.line.text)
        return _without_the_form(index, whole)
    lost_values = any(item.draft.lost_values for item in chosen)
    prose = _prose(rows)
    missing = {table.id: table for table in missing_tables(index, chosen)}
    by_id = {item.table.table.id: item for item in chosen}
    tables: dict[str, TableReading] = {}
    cells: dict[str, Reading] = {}
    notices = absence_notices(index, list(missing.values()), by_id, prose)
    for table_id in index.tables:
        if table_id in by_id:
            found = finished_cells(by_id[table_id], lost_values)
            tables[table_id] = status_of(by_id[table_id], found)
            cells |= found
            notices += notices_of(by_id[table_id], found)
        elif table_id in missing:
            tables[table_id] = TableReading(edition=None, status="missing")
    return LaidOut(tables=tables, cells=cells, local_rows=local_rows_of(chosen), notices=tuple(notices), prose=prose)


def _without_the_form(index: FormIndex, rows: list[PrintedRow]) -> LaidOut:
    """A document of the years before the form: the table of statistics, or tables in no official form, or none at all."""
    statistics = find_statistics(index, rows)
    if statistics is not None:
        cells = finished_cells(statistics, False)
        return LaidOut(
            tables={statistics.table.table.id: status_of(statistics, cells)},
            cells=cells,
            local_rows=local_rows_of([statistics]),
            notices=tuple(notices_of(statistics, cells)),
            prose=_prose(rows),
        )
    free_rows = () if _has_sections(index, rows) else find_free_rows(index, rows)
    prose = _prose(rows)
    if free_rows:
        notice = Notice(code="no_official_form", params={"rows": len(free_rows)})
        return LaidOut(tables={}, cells={}, local_rows=(), free_rows=free_rows, notices=(notice,), prose=prose)
    missing = missing_tables(index, [])
    tables = {table.id: TableReading(edition=None, status="missing") for table in missing}
    notices = absence_notices(index, missing, (), prose)
    return LaidOut(tables=tables, cells={}, local_rows=(), notices=tuple(notices), prose=prose)


def _has_sections(index: FormIndex, rows: list[PrintedRow]) -> bool:
    """Whether the document has the sections of the form, so that its tables are lost and not of another kind."""
    found = {index.sections.get(label_key(row.filled[0].text)) for row in rows if len(row.filled) == 1}
    return sum(1 for section in found if section is not None and section.type == "table") >= _ENOUGH_SECTIONS


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
