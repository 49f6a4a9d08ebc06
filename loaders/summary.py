"""A report in a few lines for people: who, when, which tables, how many figures, what does not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ogi.checks import Finding
from ogi.doubts import marked_readings
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Report

MOST_STATED = 8
"""How many statements of the prose the summary quotes."""


def summary(report: Report, findings: Sequence[Finding], labels: Labels) -> str:
    """Return the summary of one report in the language of ``labels``, findings counted but not spelt out."""
    return "\n".join([report.document.name, *(f"  {line}" for line in _lines(report, labels)), f"  {_checked(findings, labels)}"])


def _lines(report: Report, labels: Labels) -> Iterator[str]:
    form, unknown = load_form(), labels("cli.unknown")
    yield labels("cli.organ", organ=report.organ.name or unknown)
    yield labels("cli.year", year=report.report_year or unknown)
    yield labels("cli.scope", scope=labels(f"export.scope.{report.scope}"))
    for table_id, found in report.tables.items():
        edition = form.editions.get(found.edition or "")
        table = (edition.table(table_id) if edition else None) or next(
            (table for e in form.editions.values() if (table := e.table(table_id))), None
        )
        yield labels(
            "cli.table",
            table=table.label(labels.lang) if table else table_id,
            status=labels(f"cli.status.{found.status}"),
            edition=labels("cli.edition", edition=edition.label(labels.lang)) if edition else "",
        )
    states = Counter(reading.state for reading in report.cells.values())
    read, blank = states["reported"], states["blank"]
    yield labels("cli.cells", read=read, all=len(report.cells), blank=blank, other=len(report.cells) - read - blank)
    if marked := len(marked_readings(report)):
        yield labels("cli.marked", count=marked)
    titles = [section.title for section in report.narrative]
    yield labels("cli.sections", sections="；".join(titles) if titles else labels("cli.no_sections"))
    if report.facts:
        words = dict.fromkeys(
            fact.words for fact in report.facts if fact.value is not True or fact.key != "text.info_fee_mentioned"
        )
        shown = "；".join(list(words)[:MOST_STATED])
        yield labels("cli.stated" if len(words) <= MOST_STATED else "cli.stated_more", count=len(words), words=shown)
    for notice in report.notices:
        yield labels("cli.notice", text=labels.notice(notice))


def _checked(findings: Sequence[Finding], labels: Labels) -> str:
    by_status = Counter(finding.status for finding in findings)
    by_severity = Counter(finding.severity for finding in findings if finding.is_problem)
    return labels(
        "cli.checked",
        failed=by_severity.total(),
        errors=by_severity["error"],
        warnings=by_severity["warning"],
        hints=by_severity["hint"],
        passed=by_status["pass"],
        unknown=by_status["not_assessable"],
    )
