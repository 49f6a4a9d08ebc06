"""One report as a workbook in the layout of the official form: as printed, or with what people set."""

from __future__ import annotations

from collections.abc import Mapping

from ogi.exchange.book import Book, put
from ogi.exchange.official_sheet import Shown, draw_form
from ogi.form import Edition, Form, Table, load_form
from ogi.labels import Labels
from ogi.report import Number, Report

_TITLE = "{organ}{year}年政府信息公开工作年度报告"
"""Printed so on reports; in Chinese, because the form is."""


def tables_of(report: Report, form: Form) -> list[tuple[Table, Edition]]:
    """Return the tables found in a report, each in its own edition, in the order of the form."""
    found = [
        (table, form.editions[reading.edition])
        for table_id, reading in report.tables.items()
        if reading.edition in form.editions and (table := form.editions[reading.edition].table(table_id)) is not None
    ]
    return sorted(found, key=lambda pair: (pair[0].section, pair[1].tables.index(pair[0])))


def report_book(report: Report, amended: Mapping[str, Number] | None = None) -> bytes:
    """Return a workbook with the report in the official layout; our readers read the same report back from it.

    A cell without a number shows what is printed there, and a note says its state; nothing becomes 0. Amended figures stand in a
    second sheet beside the printed ones, never in their place.
    """
    book = Book(Labels("zh"))
    add_report(book, report, _name(report))
    if amended:
        _add_amended(book, report, amended)
    return book.finished()


def add_report(book: Book, report: Report, name: str) -> None:
    """Add a sheet with a report in the official layout."""
    form = load_form()
    found = tables_of(report, form)
    edition = found[-1][1] if found else next(iter(form.editions.values()))
    labels = Labels("zh")
    prose: dict[str, str] = {}
    for part in report.narrative:
        prose[part.section] = f"{prose[part.section]}\n{part.text}" if part.section in prose else part.text
    missing = [table for table, status in report.tables.items() if status.status == "missing"]
    names = [t.zh for m in missing if (t := next((t for e in form.editions.values() if (t := e.table(m))), None))]
    remarks = [labels("exchange.book.missing_tables", names="、".join(names))] if names else []
    draw_form(
        book.new_sheet(name),
        title_of(report),
        edition.sections,
        [table for table, _ in found],
        lambda key: _shown(report, key, labels),
        prose=prose,
        remarks=remarks,
    )


def title_of(report: Report) -> str:
    """Return the title as such reports bear it."""
    title = report.meta.get("meta.title")
    if isinstance(title, str) and title.strip():
        return title
    return _TITLE.format(organ=report.organ.name or "", year=report.report_year or "")


def _name(report: Report) -> str:
    return f"{report.report_year or ''} {report.organ.name or report.document.name}".strip()


def _shown(report: Report, key: str, labels: Labels) -> Shown:
    reading = report.cells.get(key)
    if reading is None:
        return Shown(None, "state", labels("state.missing_page"))
    if reading.value is None:
        quiet = reading.state == "blank"
        return Shown(reading.raw.strip() or None, "" if quiet else "state", "" if quiet else labels(f"state.{reading.state}"))
    if reading.state == "keyed" or reading.rule == "corrected":
        return Shown(reading.value, "set", labels("exchange.book.set", raw=reading.raw.strip() or "—"))
    # A cell that says more than its number keeps its words, so that the unit and the remark are not lost.
    return Shown(reading.raw.strip() if reading.unit or reading.remark else reading.value)


def _add_amended(book: Book, report: Report, amended: Mapping[str, Number]) -> None:
    labels = Labels("zh")
    sheet = book.new_sheet(labels("exchange.book.amended"))
    sheet.append([labels(f"exchange.book.{name}") for name in ("cell", "key", "printed", "amended_value")])
    for key, value in amended.items():
        reading = report.cells.get(key)
        sheet.append([put(sheet, v) for v in (labels.field(key), key, reading.raw if reading else "", value)])
