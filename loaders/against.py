"""Which of the earlier reports a person names belong to a report: of its organ or one it followed, the year before, its scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ogi.labels import Labels
from ogi.organs import may_be_same_organ
from ogi.report import Report


def last_years(report: Report, others: Iterable[Report], former: Iterable[Report] = ()) -> list[Report]:
    """Return what a report carries on of the year before: the organ's own report, and those of organs merged into it.

    Args:
        report: the report.
        others: reports of the same organ; of several that nothing speaks against the last one counts.
        former: reports of organs that a person says were renamed to this one or merged into it; every organ counts once.
    """
    own = [other for other in others if _objection(report, other) is None]
    merged = {other.organ.name: other for other in former if _objection(report, other, is_former=True) is None}
    return [*own[-1:], *merged.values()]


def objections(report: Report, others: Sequence[Report], labels: Labels, former: Sequence[Report] = ()) -> Iterator[str]:
    """Say of each report that is not used why it is not."""
    used = last_years(report, others, former)
    for other in (*others, *former):
        reason = _objection(report, other, is_former=any(other is one for one in former))
        if reason is None and not any(other is one for one in used):
            reason = "twice"
        if reason is not None:
            yield labels("cli.not_against", file=other.document.name, reason=labels(f"cli.against.{reason}"))


def _objection(report: Report, other: Report, *, is_former: bool = False) -> str | None:
    if report.report_year is None or other.report_year is None:
        return "year_unknown"
    if other.report_year != report.report_year - 1:
        return "other_year"
    names = report.organ.name, other.organ.name
    if not is_former and names[0] and names[1] and not may_be_same_organ(names[0], names[1]):
        return "other_organ"
    if "unknown" not in (report.scope, other.scope) and report.scope != other.scope:
        return "other_scope"
    return None
