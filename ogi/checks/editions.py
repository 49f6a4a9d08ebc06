"""Which edition each table of a report has to be understood by, including the tables that were not found."""

from __future__ import annotations

from collections import Counter

from ogi.form import Edition, Form
from ogi.report import Report


def table_editions(report: Report, form: Form) -> dict[str, str]:
    """Return table id → edition for every table the report has or should have.

    A table that was found keeps the edition in which it was found. A table that is missing takes the edition most tables
    of its section have, else most tables of the report, else the edition made for the report year, else the newest: what
    is missing can then be named, and its checks are not assessable instead of absent.
    """
    found = {
        table: reading.edition
        for table, reading in report.tables.items()
        if reading.edition in form.editions and form.editions[reading.edition].table(table)
    }
    fallback = _most(found) or expected_edition(report, form) or next(iter(form.editions))
    sections = {section for edition in form.editions.values() for section in _sections(edition)}
    for section in sorted(sections):
        here = {t: e for t, e in found.items() if (table := form.editions[e].table(t)) and table.section == section}
        edition = form.editions[_most(here) or fallback]
        for table in edition.tables:
            if table.section == section:
                found.setdefault(table.id, edition.id)
    order = {table.id: place for edition in reversed(form.editions.values()) for place, table in enumerate(edition.tables)}
    return dict(sorted(found.items(), key=lambda item: (order[item[0]], item[0])))


def expected_edition(report: Report, form: Form) -> str | None:
    """Return the edition made for the report year; ``None`` where the year is not known or no edition covers it."""
    return form.expected_edition(report.report_year) if report.report_year is not None else None


def found_editions(report: Report, form: Form) -> tuple[str, ...]:
    """Return the editions the report visibly uses, newest first.

    A table that looks the same in several editions says nothing about the edition and is left out.
    """
    telling = {
        reading.edition
        for table_id, reading in report.tables.items()
        if reading.edition in form.editions and not _is_shared(form, table_id)
    }
    return tuple(edition for edition in form.editions if edition in telling)


def unread_tables(report: Report, editions: dict[str, str]) -> tuple[str, ...]:
    """Return the tables the report should have that are missing or read in part."""
    read = {table for table, reading in report.tables.items() if reading.status == "complete"}
    return tuple(table for table in editions if table not in read)


def _is_shared(form: Form, table_id: str) -> bool:
    known = vars(form).setdefault("_shared_tables", {})  # kept with the form, as its rules are
    if table_id not in known:
        known[table_id] = _looks_alike(form, table_id)
    return known[table_id]


def _looks_alike(form: Form, table_id: str) -> bool:
    shapes = [frozenset(c.key for c in table.cells) for e in form.editions.values() if (table := e.table(table_id))]
    return len(shapes) > 1 and len(set(shapes)) == 1


def _sections(edition: Edition) -> set[str]:
    return {table.section for table in edition.tables}


def _most(found: dict[str, str]) -> str | None:
    return Counter(found.values()).most_common(1)[0][0] if found else None
