"""All reports at hand around one report: the year before, predecessors, subordinates, other versions, peers.

Checks between reports need to know which report is which. A :class:`Context` is built from the reports and what a person keeps of
the organs (who was merged into whom, who reports to whom) and gives :func:`ogi.checks.check_report` its arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from ogi.checks.engine import check_report
from ogi.checks.finding import Finding
from ogi.checks.quantity import Value
from ogi.duplicates import compare_reports
from ogi.form import Form
from ogi.organs import id_of
from ogi.report import Report, Scope


class ReportKey(NamedTuple):
    """The identity of a report."""

    organ: str
    year: int
    scope: Scope


@dataclass(frozen=True, kw_only=True)
class Relations:
    """What is known of the organs themselves; organs are named by their ids."""

    predecessors: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Organ → the organs it was made of or renamed from."""
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Organ → the organs that report to it, whether or not their reports are at hand."""
    lifetimes: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    """Organ → first and last report year in which it must report; an organ that is not named must in every year."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What to call an organ whose report is missing."""
    likenesses: Mapping[ReportKey, tuple[float, str]] = field(default_factory=dict)
    """Report → the highest share of its own words found in a report of another organ, and that organ's name."""

    def subordinates(self, organ: str, year: int) -> tuple[str, ...]:
        """Return the organs that must report to ``organ`` for this year."""
        found = []
        for child in self.children.get(organ, ()):
            first, last = self.lifetimes.get(child, (None, None))
            if (first is None or first <= year) and (last is None or year <= last):
                found.append(child)
        return tuple(found)

    def successors(self, organ: str) -> tuple[str, ...]:
        """Return the organs a former organ went into."""
        return tuple(new for new, old in self.predecessors.items() if organ in old)


class Beside(NamedTuple):
    """What is told of other reports when one is checked; the arguments of :func:`ogi.checks.check_report`."""

    previous: tuple[Report, ...] = ()
    """The reports of the year before that it carries on."""
    children: tuple[Report, ...] | None = None
    """Those of its subordinates; ``None`` where nothing is known of any."""
    facts: Mapping[str, Value] | None = None
    lists: Mapping[str, tuple[str, ...]] | None = None


class Context:
    """Reports by organ, year and scope. Of several versions of one report the last given counts."""

    def __init__(self, reports: Iterable[tuple[ReportKey, Report]], relations: Relations | None = None) -> None:
        """Take the reports, in the order in which they came."""
        self.relations = relations or Relations()
        self.versions: dict[ReportKey, list[Report]] = {}
        for key, report in reports:
            self.versions.setdefault(key, []).append(report)

    @classmethod
    def of(cls, reports: Iterable[Report], relations: Relations | None = None) -> Context:
        """Return the context of reports by their own identity; one without organ or year stands alone and is left out."""
        keys = [(key_of(report), report) for report in reports]
        return cls([(key, report) for key, report in keys if key is not None], relations)

    def report(self, key: ReportKey) -> Report | None:
        """Return the version of a report that counts."""
        found = self.versions.get(key)
        return found[-1] if found else None

    def previous(self, key: ReportKey) -> tuple[Report, ...]:
        """Return the reports of the year before that this report carries on.

        The organ's own, and those of predecessors that have no report of their own any more. None at all where one of them is
        missing or went into several organs: a part must not be compared with the whole.
        """
        before = ReportKey(key.organ, key.year - 1, key.scope)
        own = self.report(before)
        former: list[Report] = []
        for organ in self.relations.predecessors.get(key.organ, ()):
            if self.report(ReportKey(organ, key.year, key.scope)):
                continue  # still an organ of its own
            report = self.report(ReportKey(organ, key.year - 1, key.scope))
            if report is None and own is not None:
                continue  # gone before last year: its figures are in the organ's own report
            if report is None or len(self.relations.successors(organ)) > 1:
                return ()
            former.append(report)
        return (*([own] if own else []), *former)

    def children(self, key: ReportKey) -> tuple[dict[str, Report], tuple[str, ...]]:
        """Return the subordinate reports of the same year by organ, and the organs whose report is missing.

        A government below is taken with its own region; an organ that reports for itself only, with its own report.
        """
        found: dict[str, Report] = {}
        missing: list[str] = []
        for organ in self.relations.subordinates(key.organ, key.year):
            wanted: tuple[Scope, ...] = ("region_total", "own", "unknown")
            reports = (self.report(ReportKey(organ, key.year, scope)) for scope in wanted)
            report = next((report for report in reports if report), None)
            if report is None:
                missing.append(self.relations.names.get(organ, organ))
            else:
                found[organ] = report
        return found, tuple(missing)

    def check(self, key: ReportKey, form: Form) -> tuple[Finding, ...]:
        """Check one report beside all the others.

        Raises:
            KeyError: there is no such report.
        """
        report, beside = self.versions[key][-1], self.beside(key)
        facts, lists = dict(beside.facts or {}), dict(beside.lists or {})
        differing = self._differing(key)
        facts["meta.version_conflicts"] = len(differing)
        lists["meta.version_conflicts"] = differing
        if alike := self.relations.likenesses.get(key):
            facts["meta.text_similarity_peer"], lists["meta.text_similarity_peer"] = Fraction(alike[0]), (alike[1],)
        return check_report(report, form, beside.previous, children=beside.children, facts=facts, lists=lists)

    def beside(self, key: ReportKey) -> Beside:
        """Return the reports of the year before and of the subordinates, for checking a report beside them."""
        previous = self.previous(key)
        if key.organ not in self.relations.children:
            return Beside(previous)
        children, missing = self.children(key)
        facts: dict[str, Value] = {
            "meta.children_received": len(children),
            "meta.children_expected": len(children) + len(missing),
        }
        return Beside(previous, tuple(children.values()) or None, facts, {"meta.children_expected": missing})

    def _differing(self, key: ReportKey) -> tuple[str, ...]:
        """The cells in which any other version prints something else; doubtful readings prove nothing."""
        *others, report = self.versions[key]
        compared = [compare_reports(report, other) for other in others]
        return tuple(dict.fromkeys(d.key for one in compared for d in one.differences if not d.is_marked))


def key_of(report: Report) -> ReportKey | None:
    """Return the identity of a report as it was read; ``None`` where organ or year is not known."""
    organ = id_of(report.organ)
    return ReportKey(organ, report.report_year, report.scope) if organ and report.report_year is not None else None
