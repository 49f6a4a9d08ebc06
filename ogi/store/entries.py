"""Stored reports as the dashboard's pages know reports: with identity and findings."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from ogi.checks import Finding
from ogi.checks.context import Beside
from ogi.library import Entry
from ogi.store.conclusions import entry_at, judged
from ogi.store.edits import dismissed_places
from ogi.store.neighbours import beside
from ogi.store.reports import StoredReport, find, stored


def entries_of(connection: sa.Connection, keys: Iterable[str]) -> tuple[Entry, ...]:
    """Return the reports with these keys (``organ.year.scope``), in their order; one that is gone meanwhile is left out."""
    found = (find(connection, organ, int(year), scope) for organ, year, scope in (key.split(".") for key in keys))  # type: ignore[arg-type]
    reports = [stored(connection, report_id) for report_id in found if report_id is not None]
    return tuple(entry_of(report, beside(connection, report.place)) for report in reports)


def entry_of(report: StoredReport, around: Beside | None = None) -> Entry:
    """Return a stored report as an entry of the library: with every check, also those that hold."""
    return entry_at(report.place, report.effective, all_findings(report, around))


def all_findings(report: StoredReport, around: Beside | None = None) -> list[Finding]:
    """Return every check of a stored report, also those that hold; what a person dismissed has the status ``dismissed``.

    Checks between reports are assessed where ``around`` tells of the others, see :func:`ogi.store.neighbours.beside`.
    """
    return judged(report.effective, dismissed_places(report.decisions, report.effective), around)
