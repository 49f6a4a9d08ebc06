"""A report keyed in by a person: what was typed into the form becomes readings of the state ``keyed``.

A field left empty is never 0. Of a table into which something was typed the empty fields are blank; a table left empty as a
whole is missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal

import msgspec

from ogi.form import Cell, Edition, Table, load_form
from ogi.organs import describe_organ
from ogi.report import Document, Number, Reading, Report, Scope, TableReading

MEDIA_TYPE = "application/x-keyed"
"""What the document of a report says that has none."""
_PLACEHOLDERS = frozenset(["-", "—", "――", "——", "/", "\\"])
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
Typed = Mapping[str, str]
"""The text in each field by the key of its cell; a field nobody touched may be left out."""


class NotANumberError(ValueError):
    """What was typed is no number the cell can hold; ``code`` names the message ``key_in.wrong.<code>``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def number_in(text: str, cell: Cell, *, as_printed: bool = False) -> Number | None:
    """Return the number typed into a field, or ``None`` where it was left empty or a placeholder (``/``, ``—``) was typed.

    Full-width digits and thousands separators are understood. With ``as_printed`` what stands in a document is typed, and that
    may be a number the form does not allow.

    Raises:
        NotANumberError: no number, a fraction or a negative number where the form counts.
    """
    typed = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if not typed or typed in _PLACEHOLDERS:
        return None
    if "," in typed:
        if not _GROUPED.fullmatch(typed):
            raise NotANumberError("number")
        typed = typed.replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,12}(?:\.\d{1,6})?", typed):
        raise NotANumberError("number")
    value = Decimal(typed)
    if not as_printed and cell.kind != "delta" and value < 0:
        raise NotANumberError("negative")
    if not as_printed and cell.kind != "amount" and value != value.to_integral_value():
        raise NotANumberError("fraction")
    return int(value) if value == value.to_integral_value() else value


def keyed_reading(cell: Cell, text: str, *, as_printed: bool = False) -> Reading:
    """Return what was typed into a field as a reading: a number, a blank, or a placeholder.

    Raises:
        NotANumberError: as :func:`number_in`.
    """
    value, typed = number_in(text, cell, as_printed=as_printed), text.strip()
    state = "keyed" if value is not None else "dash" if typed else "blank"
    return Reading(key=cell.key, raw=typed, value=value, state=state, rule="keyed")


def wrong_fields(cells: Iterable[Cell], typed: Typed) -> dict[str, str]:
    """Return the fields that hold no number of their kind, each with the code of the reason."""
    wrong: dict[str, str] = {}
    for cell in cells:
        try:
            number_in(typed.get(cell.key, ""), cell)
        except NotANumberError as error:
            wrong[cell.key] = error.code
    return wrong


def keyed_report(edition: Edition, typed: Typed, *, organ: str | None, year: int | None, scope: Scope, name: str = "") -> Report:
    """Return the report that was typed into the form of ``edition``; fields with a wrong text are unreadable.

    Args:
        edition: the form that was filled in.
        typed: what stands in its fields.
        organ: the organ as the person named it.
        year: the report year.
        scope: the scope.
        name: what the paper is called, where it has a name.
    """
    cells: dict[str, Reading] = {}
    tables: dict[str, TableReading] = {}
    for table in edition.tables:
        if not any(typed.get(cell.key, "").strip() for cell in table.cells):
            tables[table.id] = TableReading(edition=None, status="missing")
            continue
        tables[table.id] = TableReading(edition=edition.id, status="complete")
        cells |= {cell.key: _reading(cell, typed.get(cell.key, "")) for cell in table.cells}
    return Report(
        document=Document(name=name, sha256="", media_type=MEDIA_TYPE),
        organ=describe_organ(organ, year=year),
        report_year=year,
        scope=scope,
        tables=tables,
        cells=cells,
    )


FormTable = tuple[Table, Edition]


def tables_to_fill(report: Report, edition: Edition) -> list[FormTable]:
    """Return the tables of a report to fill in: those found in their own edition, the missing ones in ``edition``."""
    form = load_form()
    found: dict[str, FormTable] = {table.id: (table, edition) for table in edition.tables}
    for name, reading in report.tables.items():
        own = form.editions.get(reading.edition or "")
        if own is not None and (table := own.table(name)) is not None:
            found[name] = (table, own)
    return sorted(found.values(), key=lambda pair: pair[0].section)


def open_cells(report: Report, tables: Iterable[FormTable]) -> list[Cell]:
    """Return the cells in which the report has no number yet."""
    return [cell for table, _ in tables for cell in table.cells if report.value(cell.key) is None]


def filled_cells(report: Report, tables: Iterable[FormTable], typed: Typed) -> dict[str, Reading]:
    """Return what typing into the open cells of a report adds to it.

    Of a table that was missing and is filled in now all cells come, the empty ones as blank; of one that was read in part only
    those into which something was typed.
    """
    found: dict[str, Reading] = {}
    for table, edition in tables:
        cells = open_cells(report, [(table, edition)])
        touched = [cell for cell in cells if typed.get(cell.key, "").strip()]
        if touched:
            chosen = cells if _is_missing(report, table) else touched
            found |= {cell.key: _reading(cell, typed.get(cell.key, "")) for cell in chosen}
    return found


def completed(report: Report, tables: Iterable[FormTable], typed: Typed) -> Report:
    """Return the report with what was typed into its open cells; what was read stays."""
    tables = list(tables)
    filled = filled_cells(report, tables, typed)
    found = dict(report.tables)
    for table, edition in tables:
        if _is_missing(report, table) and any(cell.key in filled for cell in table.cells):
            found[table.id] = TableReading(edition=edition.id, status="complete")
    return msgspec.structs.replace(report, cells=report.cells | filled, tables=found)


def _is_missing(report: Report, table: Table) -> bool:
    return table.id not in report.tables or report.tables[table.id].status == "missing"


def _reading(cell: Cell, text: str) -> Reading:
    try:
        return keyed_reading(cell, text)
    except NotANumberError as error:
        return Reading(key=cell.key, raw=text.strip(), value=None, state="unreadable", rule=f"keyed_{error.code}")


def running_sums(table: Table, numbers: Mapping[str, Number | None]) -> dict[str, Number]:
    """Return for each total of a table what its parts add up to so far; a total none of whose parts is known is left out.

    The total of a row is that of its other columns, the total of a column that of its rows outside the balance
    (:class:`ogi.form.editions.Sums`).
    """
    sums = table.sums
    if sums is None:
        return {}
    found: dict[str, Number] = {}
    for row in table.rows:
        parts = [table.cell_key(row.key, column.key) for column in table.columns if column.key != sums.column]
        _add(found, table.cell_key(row.key, sums.column), parts, numbers)
    if sums.row is not None:
        outside = {sums.row, *sums.balance[0], *sums.balance[1]}
        for column in table.columns:
            parts = [table.cell_key(row.key, column.key) for row in table.rows if row.key not in outside]
            _add(found, table.cell_key(sums.row, column.key), parts, numbers)
    return found


def _add(found: dict[str, Number], total: str, parts: list[str], numbers: Mapping[str, Number | None]) -> None:
    known = [value for key in parts if (value := numbers.get(key)) is not None]
    if known:
        found[total] = sum(known)
