"""Tables of values back into reports: our own CSV and Excel exports, and tables people keep by hand.

Long form has one row per figure, wide form one row per report. Nothing in such a table is dropped silently: columns and keys that
are not understood are named in a notice of every report, and so is the file the figures were taken from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from loaders.cells import read_cell
from loaders.errors import CannotReadError
from loaders.sheet import Sheet
from loaders.value_columns import Columns, columns_of, is_total, scope_of, value_words
from loaders.value_reading import reading_of_figure
from ogi.form import Edition, Form
from ogi.organs import describe_organ
from ogi.report import Document, Notice, OrganName, Reading, Report, Source, TableReading
from ogi.spreadsheet import as_written

_FIRST_ROWS = 10
"""Among so many rows of a sheet its heads are looked for."""
_ONE_REPORT = ("document", "sha256", "organ", "report_year", "scope")
"""Rows of a long table that agree in these columns belong to one report."""
_NAMED = 8
"""So many of the columns or keys that were not understood are called by name."""


class File(NamedTuple):
    """The file a table stands in."""

    name: str
    sha256: str
    media_type: str


class _Row(NamedTuple):
    """A row with what is known of its columns."""

    sheet: Sheet
    number: int
    columns: Columns
    texts: dict[int, str]

    def get(self, field: str) -> str:
        """The text in the column of a field; empty where there is none."""
        return as_written(self.texts.get(self.columns.fields.get(field, 0), "")).strip()


class _Found(NamedTuple):
    """The head of a sheet."""

    row: int
    columns: Columns


def read_sheets(
    sheets: Sequence[Sheet], data: bytes, file_name: str, media_type: str, form: Form
) -> list[Report | CannotReadError]:
    """Return the reports in sheets of values; empty where no sheet is one.

    A workbook with both forms, such as our own export, is read from its long form, and that is said.
    """
    heads = [(sheet, found) for sheet in sheets if (found := _head(sheet))]
    if not heads:
        return []
    file = File(file_name, hashlib.sha256(data).hexdigest(), media_type)
    long = [(sheet, found) for sheet, found in heads if found.columns.is_long]
    chosen = long or heads
    notices = [notice for sheet in sheets for notice in sheet.notices]
    left = [sheet.name for sheet in sheets if sheet.cells and sheet not in [sheet for sheet, _ in chosen]]
    if left:
        notices.append(Notice(code="sheets_not_read", params={"names": "、".join(left)}))
    unknown = [head for _, found in chosen for head in _unread(found.columns)]
    if unknown:
        notices.append(Notice(code="columns_not_read", params={"count": len(unknown), "names": _listed(unknown)}))
    rows = [
        _Row(sheet, number, found.columns, texts)
        for sheet, found in chosen
        for number, texts in sheet.rows().items()
        if number > found.row
    ]
    made = list(_long(rows, file, form) if long else _wide(rows, file, form))
    return [item if isinstance(item, CannotReadError) else _with(item, notices) for item in made]


def _head(sheet: Sheet) -> _Found | None:
    """The row among the first whose heads say most; the lower one of two below each other: our own export has labels and keys."""
    best: _Found | None = None
    for row, texts in list(sheet.rows().items())[:_FIRST_ROWS]:
        columns = columns_of(texts)
        if (columns.is_long or columns.is_wide) and (best is None or columns.known > best.columns.known - (row == best.row + 1)):
            best = _Found(row, columns)
    return best


def _unread(columns: Columns) -> list[str]:
    """Heads of columns that are not read: unknown ones, and those of single figures in a row of many."""
    figure = () if columns.is_long else value_words().figure_columns
    return [*columns.unknown.values(), *(name for name in columns.fields if name in figure)]


def _listed(names: Iterable[str]) -> str:
    names = [name[:40] for name in names]
    return "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")


def _with(report: Report, notices: list[Notice]) -> Report:
    return msgspec.structs.replace(report, notices=(*report.notices, *notices))


def _long(rows: list[_Row], file: File, form: Form) -> Iterator[Report | CannotReadError]:
    """One report for all rows of the same document, organ, year and scope."""
    groups: dict[tuple[str, ...], list[_Row]] = {}
    for row in rows:
        groups.setdefault(tuple(map(row.get, _ONE_REPORT)), []).append(row)
    for number, group in enumerate(groups.values(), start=1):
        cells: dict[str, Reading] = {}
        editions: dict[str, str] = {}
        unknown: list[str] = []
        for row in group:
            key, edition = row.get("key"), row.get("edition")
            cell = form.cell(key, edition or None)
            if cell and edition:
                editions[key] = edition
            cell = cell or form.cell(key)
            if cell is None:
                unknown.append(key)
                continue
            texts = {name: row.texts.get(at, "") for name, at in row.columns.fields.items()}
            reading = reading_of_figure(texts, cell, _source(row))
            cells[key] = _twice(cells[key], reading) if key in cells else reading
        notices = [Notice(code="keys_not_read", params={"count": len(unknown), "names": _listed(unknown)})] if unknown else []
        document = _document(group[0], file, number if len(groups) > 1 else 0)
        tables = _tables(cells, editions, _year(group[0].get("report_year")), form)
        yield _report(group[0], cells, tables, document, notices)


def _source(row: _Row, column: int | None = None) -> Source:
    """Where a figure stands in the file."""
    return Source(table=row.sheet.number, row=row.number, cell=column)


def _twice(one: Reading, other: Reading) -> Reading:
    """A figure given twice: once where both agree, else unreadable, for nobody knows which is meant."""
    if (one.value, one.state, one.raw) == (other.value, other.state, other.raw):
        return one
    return msgspec.structs.replace(one, raw=f"{one.raw} | {other.raw}", value=None, state="unreadable", rule="given_twice")


def _wide(rows: list[_Row], file: File, form: Form) -> Iterator[Report | CannotReadError]:
    """One report for each row that names an organ or a document."""
    rows = [row for row in rows if not _is_head_again(row)]
    for number, row in enumerate(rows, start=1):
        if is_total(row.get("organ")):
            yield CannotReadError("total_row", row=row.number, name=row.get("organ"))
            continue
        if not row.get("organ") and not row.get("document"):
            yield CannotReadError("row_without_organ", row=row.number)
            continue
        cells: dict[str, Reading] = {}
        for column, key in row.columns.cells.items():
            cell = form.cell(key)
            text = row.texts.get(column, "")
            found = read_cell(text, cell.kind if cell else "count")
            cells[key] = Reading(
                key=key,
                raw=text,
                value=found.value,
                state=found.state,
                source=_source(row, column),
                unit=found.unit,
                remark=found.remark,
            )
        editions = dict.fromkeys(cells, row.get("edition")) if row.get("edition") in form.editions else {}
        tables = _tables(cells, editions, _year(row.get("report_year")), form)
        yield _report(row, cells, tables, _document(row, file, number if len(rows) > 1 else 0), [])


def _is_head_again(row: _Row) -> bool:
    """Whether a row repeats the heads, as after a page end."""
    columns = columns_of(row.texts)
    return columns.is_wide and columns.known * 2 > len(row.texts)


def _report(
    row: _Row, cells: dict[str, Reading], tables: dict[str, TableReading], document: Document, notices: list[Notice]
) -> Report:
    """The report of a row, or of the first row of several, which all say the same of the report as a whole."""
    name, year = row.get("organ") or None, _year(row.get("report_year"))
    unknown = [Notice(code="organ_unknown", keys=("meta.organ_name",))] if name is None else []
    unknown += [Notice(code="year_unknown", keys=("meta.report_year",))] if year is None else []
    scope = scope_of(row.get("scope"))
    return Report(
        document=document,
        organ=_organ(row, name, year),
        report_year=year,
        scope=scope or "unknown",
        tables=tables,
        cells=cells,
        meta={"meta.organ_name": name, "meta.report_year": year},
        notices=(Notice(code="imported"), *notices, *unknown),
    )


def _document(row: _Row, file: File, number: int) -> Document:
    """The document the figures were first read from, else the file itself; one of several in it by its number."""
    pages = row.get("pages")
    digest = hashlib.sha256(f"{file.sha256}#{number}".encode()).hexdigest() if number else file.sha256
    return Document(
        name=row.get("document") or (f"{file.name}#{number}" if number else file.name),
        sha256=row.get("sha256") or digest,
        media_type=row.get("media_type") or file.media_type,
        pages=int(pages) if pages.isdecimal() and len(pages) < 6 else None,
    )


def _organ(row: _Row, name: str | None, year: int | None) -> OrganName:
    """The organ as the file has it; what it leaves open is told by its name."""
    organ = describe_organ(name, year=year)
    given: dict[str, Any] = {field: row.get(field) for field in ("level", "kind", "region") if row.get(field)}
    try:
        return msgspec.convert({**msgspec.to_builtins(organ), **given}, OrganName)
    except msgspec.ValidationError:  # a level in words of its own
        return organ


def _year(text: str) -> int | None:
    digits = text.removesuffix("年").removesuffix("年度").removesuffix(".0").strip()
    return int(digits) if len(digits) == 4 and digits.isdecimal() else None


def _tables(cells: dict[str, Reading], given: dict[str, str], year: int | None, form: Form) -> dict[str, TableReading]:
    """The tables the figures belong to: in the edition given for a figure, else in that which has most of them.

    Of several the edition made for the year is taken; tables of that edition without a figure are missing.
    """
    expected = form.expected_edition(year) if year else None
    found: dict[str, TableReading] = {}
    for key in cells:
        choices = [e for e in form.editions.values() if key in e.cells and given.get(key, e.id) == e.id]
        table = choices[0].cells[key].table.id if choices else None
        if table is None or table in found:
            continue
        keys = {e.id: _keys(e, table) for e in choices}
        best = max(keys, key=lambda e: (len(keys[e] & cells.keys()), e == expected))
        found[table] = TableReading(edition=best, status=_status(keys[best], cells))
    for table in form.editions[expected].tables if expected else ():
        found.setdefault(table.id, TableReading(edition=None, status="missing"))
    return found


def _keys(edition: Edition, table_id: str) -> set[str]:
    table = edition.table(table_id)
    return {cell.key for cell in table.cells} if table else set()


def _status(keys: set[str], cells: dict[str, Reading]) -> Any:
    complete = all(key in cells and cells[key].state != "missing_page" for key in keys)
    return "complete" if complete else "partial"
