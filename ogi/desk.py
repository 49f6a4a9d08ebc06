"""What a reviewer has before him: findings of many reports, counted by organ, check and year, and a page of them at a time.

Findings of stored reports come from :mod:`ogi.store.desk`, with what people decided; here are those of reports nobody can decide
on, because they are kept nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any, Literal

import msgspec

from ogi.checks.finding import Finding
from ogi.checks.plan import SEVERITIES
from ogi.form import Severity
from ogi.library import Entry
from ogi.report import Scope

FindingStanding = Literal["open", "changed", "confirmed", "returned", "dismissed"]
"""``open``: nobody decided. ``confirmed``, ``returned``, ``dismissed``: as decided. ``changed``: decided on figures that have
changed since, or on a finding that does not occur any more; somebody has to look again."""
_LONGEST_PLACE = 255


class DeskFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which findings are meant; what is left open does not narrow."""

    organ_ids: Collection[str] = ()
    years: Collection[int] = ()
    scopes: Collection[Scope] = ()
    severities: Collection[Severity] = ()
    checks: Collection[str] = ()
    standings: Collection[FindingStanding] = ()
    """Nothing said: all but dismissed ones."""

    def takes(self, standing: FindingStanding) -> bool:
        """Whether findings that stand so are meant."""
        return standing in self.standings if self.standings else standing != "dismissed"


class DeskGroup(msgspec.Struct, frozen=True, kw_only=True):
    """How often a check fails in the reports of an organ on a year."""

    organ_id: str
    organ_name: str
    report_year: int
    check: str
    severity: Severity
    count: int


class DeskLine(msgspec.Struct, frozen=True, kw_only=True):
    """One finding in a list."""

    key: str
    """``organ.year.scope`` of its report."""
    organ_id: str
    organ_name: str
    report_year: int
    scope: Scope
    place: str
    """By which the finding is known again in its report."""
    check: str
    severity: Severity
    standing: FindingStanding
    finding: Finding | None
    """``None`` for a decision on a finding that does not occur any more or was dismissed."""


class DeskPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of findings."""

    lines: tuple[DeskLine, ...]
    total: int


def standing_of(verdict: str | None, *, fails: bool, is_outdated: bool) -> FindingStanding:
    """Return how a finding stands.

    Args:
        verdict: what was decided, ``None`` where nothing was.
        fails: whether the check fails now, and nobody in force said that this is right.
        is_outdated: whether a cell it looked at has changed since the decision.
    """
    if verdict is None:
        return "open"
    if is_outdated or fails == (verdict == "dismissed"):
        return "changed"
    return verdict  # type: ignore[return-value]


def groups_of(entries: Iterable[Entry], wanted: DeskFilter) -> tuple[DeskGroup, ...]:
    """Return the counts for reports nobody decided on."""
    counts: Counter[tuple[Any, ...]] = Counter(
        (line.organ_id, line.organ_name, line.report_year, line.check, line.severity) for line in _lines(entries, wanted)
    )
    names = ("organ_id", "organ_name", "report_year", "check", "severity")
    return tuple(DeskGroup(**dict(zip(names, of, strict=True)), count=count) for of, count in counts.items())


def page_of(entries: Iterable[Entry], wanted: DeskFilter, *, offset: int = 0, limit: int = 50) -> DeskPage:
    """Return a page of the findings of reports nobody decided on, the worst first, then the newest."""
    found = sorted(_lines(entries, wanted), key=lambda one: (SEVERITIES.index(one.severity), -one.report_year, one.organ_name))
    return DeskPage(lines=tuple(found[offset : offset + limit]), total=len(found))


def _lines(entries: Iterable[Entry], wanted: DeskFilter) -> list[DeskLine]:
    return [
        DeskLine(
            key=entry.report_id, organ_id=entry.organ_id, organ_name=entry.organ_name or "", report_year=entry.report_year,
            scope=entry.scope, place=" ".join(finding.place)[:_LONGEST_PLACE], check=finding.check, severity=finding.severity,
            standing="open", finding=finding,
        )
        for entry in entries
        if entry.organ_id is not None and entry.report_year is not None and _meant(entry, wanted) and wanted.takes("open")
        for finding in entry.findings
        if finding.is_problem
        and (not wanted.severities or finding.severity in wanted.severities)
        and (not wanted.checks or finding.check in wanted.checks)
    ]  # fmt: skip


def _meant(entry: Entry, wanted: DeskFilter) -> bool:
    return (
        (not wanted.organ_ids or entry.organ_id in wanted.organ_ids)
        and (not wanted.years or entry.report_year in wanted.years)
        and (not wanted.scopes or entry.scope in wanted.scopes)
    )
