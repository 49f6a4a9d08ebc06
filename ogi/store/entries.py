"""Stored reports as the dashboard's pages know reports: with identity and findings."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from ogi.checks import Finding, check_report
from ogi.form import load_form
from ogi.library import Entry
from ogi.store.conclusions import place_name
from ogi.store.edits import dismissed_places
from ogi.store.reports import StoredReport, find, stored


def entries_of(connection: sa.Connection, keys: Iterable[str]) -> tuple[Entry, ...]:
    """Return the reports with these keys (``organ.year.scope``), in their order; one that is gone meanwhile is left out."""
    found = (find(connection, organ, int(year), scope) for organ, year, scope in (key.split(".") for key in keys))  # type: ignore[arg-type]
    return tuple(entry_of(stored(connection, report_id)) for report_id in found if report_id is not None)


def entry_of(report: StoredReport) -> Entry:
    """Return a stored report as an entry of the library: with every check, also those that hold."""
    place, organ = report.place, report.place.organ
    return Entry(
        report=report.effective,
        findings=tuple(all_findings(report)),
        collection="library",
        organ_id=place.organ_id,
        organ_name=organ.name,
        level=organ.level,
        kind=organ.kind,
        region=organ.region,
        region_code=organ.region_code,
        report_year=place.report_year,
        scope=place.scope,
    )


def all_findings(report: StoredReport) -> list[Finding]:
    """Return every check of a stored report, also those that hold; what a person dismissed has the status ``dismissed``."""
    waved = dismissed_places(report.decisions, report.effective)
    return [
        msgspec.structs.replace(finding, status="dismissed") if finding.is_problem and place_name(finding) in waved else finding
        for finding in check_report(report.effective, load_form())
    ]
