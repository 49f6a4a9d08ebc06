"""Which of the earlier reports a person names belongs to a report: the same organ, the year before, the same scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogi.labels import Labels
from ogi.organs import may_be_same_organ
from ogi.report import Report


def last_years(report: Report, others: Iterable[Report]) -> list[Report]:
    """Return the reports of the year before, where nothing speaks against it."""
    return [other for other in others if _objection(report, other) is None]


def objections(report: Report, others: Sequence[Report], labels: Labels) -> Iterator[str]:
    """Say of each report that is not used why it is not."""
    for other in others:
        reason = _objection(report, other)
        if reason is not None:
            yield labels("cli.not_against", file=other.document.name, reason=labels(f"cli.against.{reason}"))


def _objection(report: Report, other: Report) -> str | None:
    if report.report_year is None or other.report_year is None:
        return "year_unknown"
    if other.report_year != report.report_year - 1:
        return "other_year"
    names = report.organ.name, other.organ.name
    if names[0] and names[1] and not may_be_same_organ(names[0], names[1]):
        return "other_organ"
    if "unknown" not in (report.scope, other.scope) and report.scope != other.scope:
        return "other_scope"
    return None
