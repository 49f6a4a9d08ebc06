"""A report with the corrections of misread and keyed-in cells: what checks and figures go by. Pure; nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ogi.form import Form, load_form
from ogi.report import Number, Reading, Report, TableReading
from ogi.store.edits import Correction

RULE = "corrected"
"""The rule of a reading a person set."""
_NOT_READ = frozenset({"unreadable", "missing_page"})


def corrected(report: Report, corrections: Iterable[Correction], form: Form | None = None) -> Report:
    """Return the report with what people read in place of what the program read.

    The printed text of a cell stays; an amended figure changes nothing, since it stands nowhere in the document.

    Args:
        report: as read.
        corrections: those in force.
        form: the dictionary.
    """
    replacing = [correction for correction in corrections if correction.kind != "amended"]
    if not replacing:
        return report
    cells = dict(report.cells)
    for correction in replacing:
        cells[correction.key] = _reading(cells.get(correction.key), correction)
    return msgspec.structs.replace(
        report, cells=cells, tables=_tables(report, cells, (c.key for c in replacing), form or load_form())
    )


def amended_values(corrections: Iterable[Correction]) -> dict[str, Number]:
    """Return the right figures of cells in which the organ's own is wrong."""
    return {c.key: c.value for c in corrections if c.kind == "amended" and c.value is not None}


def _reading(reading: Reading | None, correction: Correction) -> Reading:
    if reading is None:
        return Reading(key=correction.key, raw="", value=correction.value, state=correction.state, rule=RULE)
    unit = None if correction.kind == "keyed" else reading.unit
    return msgspec.structs.replace(
        reading, value=correction.value, state=correction.state, confidence=1.0, doubts=(), rule=RULE, unit=unit
    )


def _tables(report: Report, cells: dict[str, Reading], keys: Iterable[str], form: Form) -> dict[str, TableReading]:
    """The tables as they are now: one whose last missing cell was filled in is complete."""
    tables = dict(report.tables)
    for key in keys:
        edition = _edition(report, key, form)
        cell = form.cell(key, edition)
        if cell is None or edition is None:
            continue
        found = tables.get(cell.table.id)
        if found is not None and found.status == "complete":
            continue
        wanted = [other for other, place in form.editions[edition].cells.items() if place.table.id == cell.table.id]
        is_whole = all(other in cells and cells[other].state not in _NOT_READ for other in wanted)
        tables[cell.table.id] = TableReading(edition=edition, status="complete" if is_whole else "partial")
    return tables


def _edition(report: Report, key: str, form: Form) -> str | None:
    """The edition a cell is keyed in for: that of its table, else the one made for the year, else the newest that has it."""
    possible = form.editions_of(key)
    found = {report.edition_of(cell.table.id) for edition in possible if (cell := form.cell(key, edition))}
    wanted = [edition for edition in possible if edition in found]
    expected = form.expected_edition(report.report_year) if report.report_year is not None else None
    return next(iter(wanted), expected if expected in possible else next(iter(possible), None))
