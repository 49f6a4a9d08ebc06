"""One row of facts: who reports on what, and the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ogi.facts.of_report import Amount, ReportFacts, editions_of, facts_of_report
from ogi.library import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A report as a row of facts, whether it was just read or comes out of a snapshot."""

    organ_id: str
    organ_name: str
    level: str
    kind: str
    region: str | None
    region_code: str | None
    report_year: int
    scope: str
    document_name: str
    editions: tuple[str, ...]
    """The edition of each table of :func:`ogi.facts.table_columns`, ``""`` where it is missing."""
    is_complete: bool
    """Whether every table of the report was found whole."""
    facts: ReportFacts
    errors: int = 0
    warnings: int = 0
    """Checks that do not hold, by severity; reminders and dismissed ones are not counted."""
    amended: Mapping[str, Amount] = field(default_factory=dict)
    """What changes where amended figures are shown: amended cells, and all that is computed from them."""

    @property
    def report_id(self) -> str:
        """``organ.year.scope``."""
        return f"{self.organ_id}.{self.report_year}.{self.scope}"


def line_of(entry: Entry) -> Line:
    """Return the row of an identified report."""
    report = entry.report
    severities = [finding.severity for finding in entry.findings if finding.is_problem]
    return Line(
        organ_id=str(entry.organ_id),
        organ_name=entry.organ_name or "",
        level=entry.level,
        kind=entry.kind,
        region=entry.region,
        region_code=entry.region_code,
        report_year=entry.report_year or 0,
        scope=entry.scope,
        document_name=report.document.name,
        editions=editions_of(report),
        is_complete=all(table.status == "complete" for table in report.tables.values()),
        facts=facts_of_report(report, year=entry.report_year),
        errors=severities.count("error"),
        warnings=severities.count("warning"),
    )
