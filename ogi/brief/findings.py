"""What is open in the reports a brief rests on, and where its figures come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ogi.checks import message
from ogi.labels import Labels
from ogi.library import Entry

_SEVERITIES = ("error", "warning")


def open_findings(entries: Iterable[Entry], labels: Labels) -> list[str]:
    """Return the errors and warnings that hold, worst first, then newest; hints and reminders are left out."""
    found = [
        (_SEVERITIES.index(finding.severity), -(entry.report_year or 0), entry, finding)
        for entry in entries
        for finding in entry.findings
        if finding.is_problem and finding.severity in _SEVERITIES
    ]
    found.sort(key=lambda item: item[:2])
    return [
        labels(
            "brief.page.finding",
            severity=labels(f"checks.severity.{finding.severity}"), who=entry.organ_name or entry.report.document.name,
            year=entry.report_year or "", text=message(finding, labels.lang),
        )
        for _, _, entry, finding in found
    ]  # fmt: skip


def sources_of(entries: Sequence[Entry], labels: Labels) -> list[str]:
    """Return the documents behind the figures with the beginning of their hashes, newest first."""
    ordered = sorted(entries, key=lambda entry: (-(entry.report_year or 0), entry.organ_name or ""))
    return [
        labels(
            "brief.page.source",
            who=entry.organ_name or "", year=entry.report_year or "", name=entry.report.document.name,
            sha=entry.report.document.sha256[:16],
        )
        for entry in ordered
    ]  # fmt: skip
