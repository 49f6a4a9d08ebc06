"""The whole takeout: written beside its place and moved there when it is complete."""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import ogi
from ogi.exchange.report_book import report_book
from ogi.export import CSV_COLUMNS, csv_rows, report_to_json, safe
from ogi.form import load_form
from ogi.store import schema
from ogi.store.location import StoreError
from ogi.store.records import Records
from ogi.store.reports import StoredReport, stored
from ogi.store.snapshot.row import FactsRow, decode
from ogi.store.takeout.about import write_dictionary, write_readme
from ogi.store.takeout.tables import TABLES, write_table
from ogi.store.takeout.wide import write_wide

Takeout = dict[str, int]
"""Name of each file → rows, reports or files in it."""
_NO_FILE_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*\s]+')
_TIDY = ("report", *CSV_COLUMNS, "read_value", "read_state", "amended")


def export_all(records: Records, folder: Path, *, with_workbooks: bool = True) -> Takeout:
    """Write everything that is in the records into an empty folder; all of one moment.

    Deleted reports are left out of the figures, and are in ``reports.csv`` with who deleted them. The documents themselves are in
    the backup.

    Args:
        records: open records.
        folder: where to; must not be there yet, or be empty.
        with_workbooks: also one Excel workbook per report in the official layout, which takes some 50 ms each.

    Raises:
        StoreError: ``export_not_empty``, ``export_not_written``; nothing is left in the folder then.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError("export_not_empty", folder=str(folder))
    unfinished = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        unfinished.mkdir(parents=True)
        with records.reading() as connection:
            counts = _write(connection, unfinished, with_workbooks)
        write_readme(unfinished / "README.md", counts, ogi.__version__)
        if folder.exists():
            folder.rmdir()
        unfinished.replace(folder)
    except OSError as error:
        raise StoreError("export_not_written", folder=str(folder), reason=error.strerror or type(error).__name__) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return counts


def _write(connection: sa.Connection, folder: Path, with_workbooks: bool) -> Takeout:
    counts: Takeout = {}
    counts["facts.parquet"] = write_wide(_facts(connection), folder / "facts.parquet", folder / "facts.csv")
    counts["facts.csv"] = counts["facts.parquet"]
    counts["cells.csv"], counts["reports.jsonl"] = _each(connection, folder, with_workbooks)
    if with_workbooks:
        counts["excel/"] = counts["reports.jsonl"]
    counts["dictionary.csv"] = write_dictionary(folder / "dictionary.csv")
    for table in TABLES:
        name = f"{table.name}.csv"
        counts[name] = write_table(connection, table, folder / name)
    return counts


def _facts(connection: sa.Connection) -> Iterator[FactsRow]:
    table, reports = schema.report_facts, schema.reports
    joined = table.join(reports, reports.c.report_id == table.c.report_id)
    query = sa.select(table.c.row).select_from(joined).where(reports.c.deleted_at.is_(None))
    query = query.order_by(table.c.report_year, reports.c.organ_id, reports.c.scope)
    yield from (decode(row) for row in connection.scalars(query))


def _each(connection: sa.Connection, folder: Path, with_workbooks: bool) -> tuple[int, int]:
    """Cells one by one, reports as JSON, and workbooks: what needs each report as a whole."""
    reports = schema.reports
    query = sa.select(reports.c.report_id).where(reports.c.deleted_at.is_(None))
    numbers = connection.scalars(query.order_by(reports.c.report_year, reports.c.organ_id, reports.c.scope)).all()
    cells = 0
    form = load_form()
    with ExitStack() as stack:
        text = stack.enter_context((folder / "cells.csv").open("w", encoding="utf-8-sig", newline=""))
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow(_TIDY)
        objects = stack.enter_context((folder / "reports.jsonl").open("wb"))
        for report_id in numbers:
            report = stored(connection, report_id)
            objects.write(report_to_json(report.effective, report.findings, form) + b"\n")
            for row in _tidy(report):
                lines.writerow(row)
                cells += 1
            if with_workbooks:
                _workbook(report, folder)
    return cells, len(numbers)


def _tidy(report: StoredReport) -> Iterator[list[Any]]:
    place = CSV_COLUMNS.index("key")
    for row in csv_rows(report.effective, load_form()):
        read = report.printed.cells.get(row[place])
        more = (read.value if read else None, read.state if read else "not_asked", report.amended.get(row[place]))
        yield [safe(value) for value in (report.key, *row, *more)]


def _workbook(report: StoredReport, folder: Path) -> None:
    place = report.place
    name = _NO_FILE_NAME.sub("_", place.organ.name or place.organ_id)[:60].strip("._ ") or place.organ_id
    target = folder / "excel" / str(place.report_year) / f"{name}_{place.organ_id}_{place.scope}.xlsx"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(report_book(report.effective, report.amended))
