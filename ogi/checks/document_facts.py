"""Facts of a report as a document (``meta.*``): what the reader found, and what follows from the tables and the organ."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ogi.checks.editions import expected_edition, found_editions
from ogi.checks.quantity import LOCAL_NOTICE, NOTHING, SIGNATURE_DATE, Quantity, unknown
from ogi.data_files import read_data
from ogi.form import Form, Section
from ogi.organs import can_make_rules, may_be_same_organ
from ogi.report import Report


def document_fact(key: str, report: Report, form: Form) -> Quantity:
    """Return a ``meta.*`` fact; unknown where neither the document nor its tables tell it."""
    match key:
        case "meta.format_id":
            value = "+".join(found_editions(report, form)) or None
        case "meta.expected_format_id":
            value = expected_edition(report, form)
        case "meta.sections_found":
            value = _sections_found(report, form)
        case "meta.sign_organ":
            value = _signing_organ(report)
        case "meta.publish_date":
            return _published(report)
        case "meta.deadline":
            return _deadline(report)
        case "meta.nonzero_cells":
            value = sum(1 for reading in report.cells.values() if reading.value)
        case _:
            value = _told(report, key)
    return unknown(key) if value is None or value == "unknown" else Quantity(value)


def missing_sections(report: Report, form: Form) -> tuple[str, ...]:
    """Return the numbered sections without a heading; empty where the prose was not read at all."""
    if not report.narrative:
        return ()
    found = {section.section for section in report.narrative if section.title}
    return tuple(section.key for section in _sections(report, form) if section.key not in found)


def _deadline(report: Report) -> Quantity:
    """The day by which the report must be published, in ISO form (条例, art. 49); unknown where organ or year are.

    Townships and subdistricts are not named there; their day is set by a local notice, which the finding then says.
    """
    told, organ = report.meta.get("meta.deadline"), report.organ
    if isinstance(told, str):
        return Quantity(told)
    if report.report_year is None or organ.kind == "unknown":
        return unknown("meta.deadline")
    for row in read_data("deadlines.yaml")["deadlines"]:
        fits = (
            organ.kind in row.get("kinds", (organ.kind,))
            and organ.level in row.get("levels", (organ.level,))
            and report.scope in row.get("scopes", (report.scope,))
        )
        if fits:
            day = dt.date(report.report_year + 1, row["month"], row["day"]).isoformat()
            return Quantity(day, frozenset({LOCAL_NOTICE}) if row.get("by_notice") else NOTHING)
    return unknown("meta.deadline")


def _published(report: Report) -> Quantity:
    """The day of publication; where no page tells it, that of the signature, which the finding then says."""
    told, signed = report.meta.get("meta.publish_date"), report.meta.get("meta.sign_date")
    if isinstance(told, str):
        return Quantity(told)
    return Quantity(signed, frozenset({SIGNATURE_DATE})) if isinstance(signed, str) else unknown("meta.publish_date")


def _told(report: Report, key: str) -> str | int | Decimal | bool | None:
    told = report.meta.get(key)
    if told is not None:
        return Decimal(str(told)) if isinstance(told, float) else told
    organ = report.organ
    match key:
        case "meta.can_make_rules":
            return can_make_rules(organ.name, organ.level, organ.kind) if organ.name else None
        case "meta.report_year":
            return report.report_year
        case "meta.scope":
            return report.scope
    return {"meta.level": organ.level, "meta.organ_kind": organ.kind, "meta.organ_name": organ.name}.get(key)


def _sections_found(report: Report, form: Form) -> int | None:
    """The number of headings; unknown where each missing heading stood on a lost page, beside a table read in part."""
    told = report.meta.get("meta.sections_found")
    missing = missing_sections(report, form)
    cut = {
        table.section
        for table_id, reading in report.tables.items()
        if reading.status == "partial" and reading.edition and (table := form.editions[reading.edition].table(table_id))
    }
    return None if told is None or (missing and set(missing) <= cut) else int(told)


def _signing_organ(report: Report) -> str | None:
    """The organ in the signature; told as in the title where both may mean one organ."""
    title, signature = report.meta.get("meta.title_organ"), report.meta.get("meta.sign_organ")
    if not isinstance(title, str) or not isinstance(signature, str):
        return signature if isinstance(signature, str) else None
    return title if may_be_same_organ(title, signature) else signature


def _sections(report: Report, form: Form) -> tuple[Section, ...]:
    newest = next(iter(form.editions))
    found = found_editions(report, form)
    return form.editions[found[0] if found else expected_edition(report, form) or newest].sections
