"""Reports as files for other programs: JSON (one object per report), CSV in long form, an Excel workbook.

The JSON is a contract: keys and their order stay; new ones are only added. Numbers keep the precision they were printed with.
Text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from ogi.checks import Finding, message
from ogi.form import Form, load_form
from ogi.labels import Labels
from ogi.organs import id_of
from ogi.report import Notice, Reading, Report, Source
from ogi.spreadsheet import in_field

CSV_COLUMNS = (
    "document", "sha256", "organ_id", "organ", "level", "kind", "region", "report_year", "scope", "table", "edition", "key",
    "label_zh", "label_en", "value", "raw", "state", "unit", "confidence", "remark",
    "page", "x0", "top", "x1", "bottom", "source_table", "source_row", "source_cell", "source_line", "rule", "doubts",
    "media_type", "pages",
)  # fmt: skip


def report_to_dict(report: Report, findings: Sequence[Finding] = (), form: Form | None = None) -> dict[str, Any]:
    """Return a report as plain data, in the order of the printed form. A cell that is not ``reported`` has value ``None``."""
    return {
        "document": msgspec.structs.asdict(report.document),
        "organ": {**msgspec.structs.asdict(report.organ), "id": id_of(report.organ)},
        "report_year": report.report_year,
        "scope": report.scope,
        "tables": {table: {"edition": found.edition, "status": found.status} for table, found in report.tables.items()},
        "cells": {key: _cell(reading) for key, reading in report.cells.items()},
        "narrative": [msgspec.structs.asdict(section) for section in report.narrative],
        "findings": [_finding(finding, form) for finding in findings],
        "notices": [_notice(notice) for notice in report.notices],
        "meta": dict(report.meta),
        "local_rows": [
            {"table": row.table, "label": row.label, "values": list(row.values), "source": _source(row.source)}
            for row in report.local_rows
        ],
        "free_rows": [msgspec.structs.asdict(row) | {"source": _source(row.source)} for row in report.free_rows],
        "facts": [msgspec.structs.asdict(fact) | {"source": _source(fact.source)} for fact in report.facts],
    }


def report_to_json(report: Report, findings: Sequence[Finding] = (), form: Form | None = None) -> bytes:
    """Return :func:`report_to_dict` as one line of JSON in UTF-8, without a line end."""
    return msgspec.json.Encoder(decimal_format="number").encode(report_to_dict(report, findings, form))


def _cell(reading: Reading) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "value": reading.value if reading.state == "reported" else None,
        "raw": reading.raw,
        "state": reading.state,
        "source": _source(reading.source),
        "confidence": reading.confidence,
    }
    more = {"unit": reading.unit, "remark": reading.remark, "rule": reading.rule, "doubts": list(reading.doubts)}
    cell |= {name: value for name, value in more.items() if value}
    return cell | ({"keyed": reading.value} if reading.state == "keyed" else {})


def _source(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    found = {name: getattr(source, name) for name in source.__struct_fields__ if getattr(source, name) is not None}
    return found | ({"bbox": list(source.bbox)} if source.bbox else {})


def _finding(finding: Finding, form: Form | None) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "status": finding.status,
        "cells": list(finding.cells),
        "left": finding.left,
        "right": finding.right,
        "difference": finding.difference,
        "message_zh": message(finding, "zh", form),
        "message_en": message(finding, "en", form),
        "sentence": finding.stated.sentence if finding.stated else None,
        "definition": finding.bases[0].formula if finding.status == "pass" and finding.bases else None,
        "quotes": list(finding.quotes),
        "missing": list(finding.missing),
        "other_reports": [msgspec.structs.asdict(other) for other in finding.others],
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "code": notice.code,
        "message_zh": Labels("zh").notice(notice),
        "message_en": Labels("en").notice(notice),
        "cells": list(notice.keys),
        "params": dict(notice.params),
    }


def to_csv(reports: Iterable[Report], form: Form | None = None) -> bytes:
    """Return every reading of every report, one per line, as CSV in UTF-8 with byte order mark (Excel needs it)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for report in reports:
        writer.writerows([safe(value) for value in row] for row in csv_rows(report, form or load_form()))
    return text.getvalue().encode("utf-8-sig")


def csv_rows(report: Report, form: Form) -> Iterator[tuple[Any, ...]]:
    """Yield the readings of one report as rows of :data:`CSV_COLUMNS`."""
    name = report.organ.name
    head = (
        report.document.name, report.document.sha256, id_of(report.organ), name, report.organ.level,
        report.organ.kind, report.organ.region, report.report_year, report.scope,
    )  # fmt: skip
    places = _places(report, form)
    for key, reading in report.cells.items():
        table, edition = places.get(key, ("", None))
        cell = form.cell(key, edition) or form.cell(key)
        source = reading.source or Source()
        yield (
            *head, table, edition, key, cell.label("zh") if cell else key, cell.label("en") if cell else key,
            reading.value, reading.raw, reading.state, reading.unit or (cell.unit if cell else None), reading.confidence,
            reading.remark, source.page, *(source.bbox or (None,) * 4), source.table, source.row, source.cell, source.line,
            reading.rule, " ".join(reading.doubts), report.document.media_type, report.document.pages,
        )  # fmt: skip


def _places(report: Report, form: Form) -> dict[str, tuple[str, str]]:
    """The table and edition each cell of a report stands in."""
    found: dict[str, tuple[str, str]] = {}
    for table_id, reading in report.tables.items():
        edition = form.editions.get(reading.edition or "")
        table = edition.table(table_id) if edition else None
        if edition and table:
            found |= {cell.key: (table_id, edition.id) for cell in table.cells}
    return found


def to_xlsx(reports: Iterable[Report], form: Form | None = None) -> bytes:
    """Return a workbook: a sheet of values (one row per report, one column per cell) and a sheet of readings.

    In the values sheet a cell without a number is empty, never 0; the readings sheet says why.
    """
    from ogi.exchange.book import Book, put  # noqa: PLC0415 - openpyxl is slow to import and only needed here

    form, reports = form or load_form(), tuple(reports)
    labels = Labels("zh")
    book = Book(labels, write_only=True)
    values = book.new_sheet(labels("export.sheet_values"))
    values.freeze_panes = "F3"
    keys = _keys(reports, form)
    heads = ("document", "organ", "report_year", "scope", "region")
    values.append([*(labels(f"export.column.{name}") for name in heads), *(_label(key, form) for key in keys)])
    values.append([*heads, *keys])
    for report in reports:
        known = (report.document.name, report.organ.name, report.report_year, labels(f"export.scope.{report.scope}"))
        row = (*known, report.organ.region, *(report.value(key) for key in keys))
        values.append([put(values, value, keep_numbers=True) for value in row])
    readings = book.new_sheet(labels("export.sheet_readings"))
    readings.freeze_panes = "A2"
    readings.append(CSV_COLUMNS)
    for report in reports:
        for row in csv_rows(report, form):
            readings.append([put(readings, value, keep_numbers=True) for value in row])
    return book.finished()


def _keys(reports: Sequence[Report], form: Form) -> list[str]:
    """The cell keys any report has, newest edition first, in the order of the form; unknown ones last."""
    present = dict.fromkeys(key for report in reports for key in report.cells)
    ordered = dict.fromkeys(key for edition in form.editions.values() for key in edition.cells if key in present)
    return list(ordered | present)


def _label(key: str, form: Form) -> str:
    cell = form.cell(key)
    return cell.label("zh") if cell else key


def safe(value: Any) -> Any:
    """Return a value as a field of CSV: no spreadsheet takes it for a formula; nothing is cut."""
    return in_field(value, keep_numbers=True)
