"""What the checks found in the reports of a view."""

from __future__ import annotations

from typing import Any

from ogi.checks import Finding, message
from ogi.checks.plan import SEVERITIES
from ogi.labels import Labels
from ogi.library import Entry, Library
from ogi.personal_data import Mask
from web.api.answer import Rows
from web.api.asked import Asked
from web.api.shown import about, selected

FINDING_COLUMNS = (
    "report_id", "organ_name", "report_year", "check", "severity", "status", "reminder", "cells", "left", "right", "difference",
    "message", "sentence",
)  # fmt: skip
_SAID = ("fail", "dismissed")


def findings_rows(asked: Asked, library: Library) -> Rows:
    """Return the checks that do not hold, and those a person dismissed, the worst of each report first.

    ``limit`` and ``offset`` count reports.
    """
    selection = selected(asked, library)
    entries = selection.facts.entries_at(selection.rows[asked.offset : asked.offset + asked.limit].tolist())
    labels, mask = Labels(asked.view.lang), Mask()
    said = [(entry, finding) for entry in entries for finding in _worst_first(entry)]
    if asked.personal == "hidden":
        said = [(entry, mask.findings([finding])[0]) for entry, finding in said]
    found = [_row(entry, finding, labels) for entry, finding in said]
    told = about(asked, library, selection)
    told["personal_data_hidden"] = mask.count
    return Rows(columns=FINDING_COLUMNS, rows=found, total=len(selection.rows), about=told)


def _worst_first(entry: Entry) -> list[Finding]:
    """What is said of a report; reminders, which never count, come last."""
    found = [finding for finding in entry.findings if finding.status in _SAID]
    return sorted(found, key=lambda finding: (finding.reminder, SEVERITIES.index(finding.severity)))


def _row(entry: Entry, finding: Finding, labels: Labels) -> dict[str, Any]:
    return {
        "report_id": entry.report_id,
        "organ_name": entry.organ_name,
        "report_year": entry.report_year,
        "check": finding.check,
        "severity": finding.severity,
        "status": finding.status,
        "reminder": finding.reminder,
        "cells": list(finding.cells),
        "left": finding.left,
        "right": finding.right,
        "difference": finding.difference,
        "message": message(finding, labels),
        "sentence": finding.stated.sentence if finding.stated else None,
    }
