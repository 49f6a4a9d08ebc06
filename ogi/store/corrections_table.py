"""Corrections as a table: all in force, or the cells of one report, going out; checked and applied as a whole, coming back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from ogi.exchange.corrections_rows import Active, Checked, CheckedRow, Known, check_rows
from ogi.exchange.table_file import Row
from ogi.form import Form, load_form
from ogi.labels import Labels, Lang
from ogi.report import Reading
from ogi.store import schema
from ogi.store.act import Act
from ogi.store.claiming import all_or_nothing
from ogi.store.corrections import CellCorrection, correct_many, undo
from ogi.store.edits import Correction, correction_from, corrections_of
from ogi.store.location import StoreError
from ogi.store.placing import key_of
from ogi.store.reports import StoredReport, find, stored


def exported(connection: sa.Connection, lang: Lang = "zh") -> Iterator[dict[str, Any]]:
    """Yield every correction in force of the reports in force, by report and cell, as a row of the table."""
    corrections, reports, organs = schema.corrections, schema.reports, schema.organs
    place = (reports.c.organ_id, reports.c.report_year, reports.c.scope, organs.c.name.label("organ_name"))
    joined = corrections.join(reports, reports.c.report_id == corrections.c.report_id).join(
        organs, organs.c.organ_id == reports.c.organ_id
    )
    query = sa.select(corrections, *place).select_from(joined)
    query = query.where(corrections.c.undone_at.is_(None), reports.c.deleted_at.is_(None))
    query = query.order_by(organs.c.name, reports.c.report_year, reports.c.scope, corrections.c.key, corrections.c.correction_id)
    labels = Labels(lang)
    names = {column.name for column in corrections.columns}
    for row in connection.execute(query).mappings():
        found = correction_from({name: row[name] for name in names})  # type: ignore[arg-type]
        key = key_of(row["organ_id"], row["report_year"], row["scope"])
        yield {
            **_place(key, row["organ_name"], row["report_year"], row["scope"], labels),
            **_cell_names(found.key, labels),
            "printed": found.raw,
            "read": found.read_value,
            "read_state": labels(f"state.{found.read_state}"),
            **_filled(found, labels),
        }


def cells_of(connection: sa.Connection, report_id: int, lang: Lang = "zh") -> Iterator[dict[str, Any]]:
    """Yield every cell of a report as a row of the table, those corrected already with what is in force.

    Raises:
        StoreError: ``no_report``; ``damaged``.
    """
    report = stored(connection, report_id)
    labels, form = Labels(lang), load_form()
    place = report.place
    for key in dict.fromkeys((*_asked(report, form), *report.printed.cells, *(c.key for c in report.corrections))):
        head = {**_place(report.key, place.organ.name or "", place.report_year, place.scope, labels), **_cell_names(key, labels)}
        reading = report.printed.cells.get(key)
        own = [correction for correction in report.corrections if correction.key == key]
        for correction in own or [None]:
            yield {**head, **_reading(reading, labels), **(_filled(correction, labels) if correction else {})}


def check(connection: sa.Connection, rows: Sequence[Row]) -> Checked:
    """Check a table that came back against the records as they are now; nothing is changed."""
    return check_rows(rows, lambda key: _known(connection, key))


@all_or_nothing
def apply(connection: sa.Connection, checked: Checked, act: Act) -> int:
    """Apply a checked table, all of it or nothing.

    Args:
        connection: a writing transaction.
        checked: from :func:`check`; rows a person decided to pass over are taken out of it before.
        act: who and when; each row has its own reason.

    Returns:
        How many corrections were set or taken back.

    Raises:
        StoreError: ``rows_wrong`` as long as a row has a problem; ``changed_meanwhile``: a report was changed since the check.
    """
    if checked.problems:
        raise StoreError("rows_wrong", count=len(checked.problems), line=checked.problems[0].line)
    by_report: dict[int, list[CheckedRow]] = {}
    for row in checked.effective:
        by_report.setdefault(row.report_id, []).append(row)
    for report_id, rows in by_report.items():
        cells = [_cell(row) for row in rows if row.outcome != "undone"]
        if cells:
            correct_many(connection, report_id, cells, act, checked.changes[report_id])
        else:
            _need_unchanged(connection, report_id, checked.changes[report_id])
        for row in rows:
            if row.outcome == "undone" and row.correction_id is not None:
                undo(connection, row.correction_id, dataclasses.replace(act, why=row.why or act.why))
    return len(checked.effective)


def _cell(row: CheckedRow) -> CellCorrection:
    return CellCorrection(key=row.key, kind=row.kind, value=row.value, state=row.state, why=row.why)  # type: ignore[arg-type]


def _need_unchanged(connection: sa.Connection, report_id: int, changes: int) -> None:
    table = schema.reports
    found = connection.scalar(sa.select(table.c.changes).where(table.c.report_id == report_id).with_for_update())
    if found != changes:
        raise StoreError("table_outdated")


def _known(connection: sa.Connection, key: str) -> Known | None:
    """A report in force by its key."""
    parts = key.split(".")
    if len(parts) != 3 or not parts[1].isdecimal() or len(parts[1]) != 4:
        return None
    report_id = find(connection, parts[0], int(parts[1]), parts[2])  # type: ignore[arg-type]
    if report_id is None:
        return None
    report = stored(connection, report_id)
    if report.deleted_at is not None:
        return None
    active: dict[str, tuple[Active, ...]] = {}
    for c in corrections_of(connection, report_id):
        one = Active(correction_id=c.correction_id, kind=c.kind, value=c.value, state=c.state, why=c.why)
        active[c.key] = (*active.get(c.key, ()), one)
    printed = {cell: reading.raw for cell, reading in report.printed.cells.items()}
    return Known(report_id=report_id, changes=report.changes, printed=printed, active=active)


def _asked(report: StoredReport, form: Form) -> Iterator[str]:
    """The cells the editions of the report ask for, in the order of the form."""
    for edition in form.editions.values():
        for table in edition.tables:
            if report.effective.edition_of(table.id) == edition.id:
                yield from (cell.key for cell in table.cells)


def _place(key: str, organ: str, year: int, scope: str, labels: Labels) -> dict[str, Any]:
    return {"report": key, "organ": organ, "report_year": year, "scope": labels(f"view.scope.{scope}")}


def _cell_names(cell: str, labels: Labels) -> dict[str, Any]:
    found = load_form().cell(cell)
    label, unit = (found.label(labels.lang), labels.unit(found.unit)) if found else (cell, "")
    return {"cell": label, "key": cell, "unit": unit}


def _reading(reading: Reading | None, labels: Labels) -> Mapping[str, Any]:
    if reading is None:
        return {"printed": "", "read_state": labels("state.not_asked")}
    return {"printed": reading.raw, "read": reading.value, "read_state": labels(f"state.{reading.state}")}


def _filled(found: Correction, labels: Labels) -> dict[str, Any]:
    return {
        "kind": labels(f"exchange.corrections.kind.{found.kind}"),
        "value": found.value,
        "state": labels(f"state.{found.state}") if found.value is None else None,
        "why": found.why,
        "correction": found.correction_id,
        "by": labels("library.by_local") if found.by == "local" else found.by,  # nobody gave a name
        "at": found.at.isoformat(sep=" ", timespec="seconds"),
        "confirmed_by": found.confirmed_by,
    }
