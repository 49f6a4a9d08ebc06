"""Findings of checks as a list: report, table, row and column, both sides, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import pandas as pd

from ogi.checks import Finding, key_name, message
from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import Entry
from ogi.report import Report, Source
from pages.parts.plain import plain

SEVERITIES = ("error", "warning", "hint")
COLOURS = {"error": "red", "warning": "orange", "hint": "blue"}
_NAMED = 3


def failing(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that do not hold, worst first; reminders last."""
    found = [finding for finding in findings if finding.status == "fail"]
    return sorted(found, key=lambda finding: (finding.reminder, SEVERITIES.index(finding.severity)))


def is_reminder(finding: Finding) -> bool:
    """Whether a finding is shown folded: a hint, or said once and never counted as a problem."""
    return finding.reminder or finding.severity == "hint"


def findings_table(pairs: Sequence[tuple[Entry, Finding]], labels: Labels) -> pd.DataFrame:
    """One line per finding with its report; sides that are no numbers are empty."""
    rows = [
        (
            labels(f"checks.severity.{finding.severity}"),
            f"{entry.organ_name or entry.report.document.name} · {entry.report_year or ''}",
            message(finding, labels.lang),
            table_name(finding, labels),
            places(finding, labels),
            _side(finding.left, finding),
            _side(finding.right, finding),
            where(finding, entry.report, labels),
            finding.check.split("_")[0],
        )
        for entry, finding in pairs
    ]
    names = ("severity", "report", "message", "table", "place", "left", "right", "source", "check")
    return pd.DataFrame(rows, columns=pd.Index([labels(f"finding.{name}") for name in names]))


def finding_line(finding: Finding, labels: Labels, about: str = "") -> str:
    """A finding as a line of Markdown: severity, what it is about, and the sentence."""
    badge = f":{COLOURS[finding.severity]}-badge[{labels(f'checks.severity.{finding.severity}')}]"
    return f"{badge} {f'**{plain(about)}** ' if about else ''}{plain(message(finding, labels.lang))}"


def finding_place(finding: Finding, report: Report, labels: Labels) -> str:
    """Where a finding stands beyond what its sentence names: table, few cells by name, page, number of the check."""
    few = places(finding, labels) if len(finding.cells) <= _NAMED else ""
    parts = (table_name(finding, labels), few, where(finding, report, labels), finding.check.split("_")[0])
    return " · ".join(part for part in parts if part)


def table_name(finding: Finding, labels: Labels) -> str:
    """The tables the cells of a finding stand in."""
    form = load_form()
    names = dict.fromkeys(cell.table.label(labels.lang) for key in finding.cells if (cell := form.cell(key)) is not None)
    return labels("list_separator").join(names)


def places(finding: Finding, labels: Labels) -> str:
    """The first cells of a finding by name, and how many there are in all."""
    names = [key_name(key, labels.lang) for key in finding.cells]
    shown = labels("list_separator").join(names[:_NAMED])
    more = labels("finding.more", count=len(names)) if len(names) > _NAMED else ""
    return f"{shown} {more}".strip()


def where(finding: Finding, report: Report, labels: Labels) -> str:
    """The pages of the document on which the cells and the sentence of the prose stand, where it has pages."""
    sources = [reading.source for key in finding.cells if (reading := report.cells.get(key)) is not None]
    sources += [finding.stated.source] if finding.stated is not None else []
    pages = sorted({source.page for source in sources if isinstance(source, Source) and source.page})
    return labels("list_separator").join(labels("preview.source_page", page=page) for page in pages)


def marks(findings: Iterable[Finding], labels: Labels) -> dict[str, tuple[str, str]]:
    """For each cell of an error or warning, the worst severity and the sentences, for the preview of a report."""
    found: dict[str, tuple[str, str]] = {}
    for finding in failing(findings):
        for key in () if is_reminder(finding) else finding.cells:
            severity, sentences = found.get(key, (finding.severity, ""))
            found[key] = (severity, f"{sentences}\n{message(finding, labels.lang)}".strip())
    return found


def _side(value: int | Decimal | None, finding: Finding) -> str:
    """A side as it is written; what is not of cells may be a year and gets no thousands separator."""
    return "" if value is None else f"{value:,}" if finding.cells else str(value)
