"""The version before: what another document of the same organ, year and scope prints otherwise than the one that counts.

Only versions of different documents are held against each other. A newer reading of the same document, a version that was
restored, or one typed in from paper says how something was read, not that the organ printed two things.
"""

from __future__ import annotations

from typing import Protocol

import sqlalchemy as sa

from ogi.checks.context import Beside, beside_versions
from ogi.report import Report
from ogi.store import schema
from ogi.store.edits import corrections_of
from ogi.store.effective import corrected
from ogi.store.reports import version_report

_VERSIONS, _REPORTS = schema.versions, schema.reports


class Reading(Protocol):
    """A reading of a document, such as one made ready for storing."""

    @property
    def report(self) -> Report:
        """What was read."""
        ...

    @property
    def sha256(self) -> str | None:
        """The document."""
        ...

    @property
    def part(self) -> int:
        """Which report of the document it is."""
        ...


def with_version_before(connection: sa.Connection, report_id: int, beside: Beside, reading: Reading | None = None) -> Beside:
    """Return what a report is checked beside, with what the version before prints otherwise; the same where there is none.

    A cell that a person put right counts as different only where the two documents were read differently as well.

    Args:
        connection: a connection.
        report_id: the report.
        beside: everything else.
        reading: what would take the place of the version that counts; ``None`` for that version.

    Raises:
        StoreError: ``damaged``.
    """
    columns = (_VERSIONS.c.number, _VERSIONS.c.sha256, _VERSIONS.c.part, _REPORTS.c.current)
    joined = _VERSIONS.join(_REPORTS, _REPORTS.c.report_id == _VERSIONS.c.report_id)
    query = sa.select(*columns).select_from(joined).where(_VERSIONS.c.report_id == report_id).order_by(_VERSIONS.c.number)
    rows = connection.execute(query).all()
    counts = reading or next((row for row in rows if row.number == row.current), None)
    if counts is None or counts.sha256 is None:
        return beside
    others = [row.number for row in rows if row.sha256 and (row.sha256, row.part) != (counts.sha256, counts.part)]
    if not others:
        return beside
    other = version_report(connection, report_id, others[-1])
    printed = reading.report if reading is not None else version_report(connection, report_id, rows[0].current)
    corrections = corrections_of(connection, report_id)
    same = [one.key for one in corrections if printed.value(one.key) == other.value(one.key)]
    return beside_versions(beside, corrected(printed, corrections), [other], same)
