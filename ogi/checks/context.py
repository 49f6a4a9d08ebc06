"""All reports at hand around one report: the year before, predecessors, subordinates, other versions, peers.

Checks between reports need to know which report is which. A :class:`Context` is built from the reports and what a person keeps of
the organs (who was merged into whom, who reports to whom) and gives :func:`ogi.checks.check_report` its arguments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from ogi.checks.before import Before, alike_scopes, before
from ogi.checks.engine import check_report
from ogi.checks.finding import Finding, OtherFigure
from ogi.checks.quantity import Value
from ogi.duplicates import differing_cells
from ogi.form import Form
from ogi.lineage import Lineage, Succession, ancestors
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

    links: tuple[Succession, ...] = ()
    """Who followed whom from which year on, and how."""
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Organ → the organs that report to it, whether or not their reports are at hand."""
    lifetimes: Mapping[str, tuple[int | None, int | None]] = field(default_factory=dict)
    """Organ → first and last report year in which it must report; an organ that is not named must in every year."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What to call an organ of which no report is at hand."""
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


class Beside(NamedTuple):
    """What is told of other reports when one is checked; the arguments of :func:`ogi.checks.check_report`."""

    previous: tuple[Report, ...] = ()
    """The reports of the year before that it carries on."""
    no_previous: str = ""
    """Why there are none, where organs were merged or split, see :mod:`ogi.checks.before`."""
    children: tuple[Report, ...] | None = None
    """Those of its subordinates; ``None`` where nothing is known of any."""
    facts: Mapping[str, Value] | None = None
    lists: Mapping[str, tuple[str, ...]] | None = None
    quotes: Mapping[str, tuple[str, ...]] | None = None
    others: Mapping[str, tuple[OtherFigure, ...]] | None = None

    def with_fact(self, key: str, value: Value, **told: tuple[Any, ...]) -> Beside:
        """Return the same with one more fact and what is told of it: ``lists``, ``quotes``, ``others``."""
        more = {name: {**(getattr(self, name) or {}), key: of} for name, of in told.items()}
        return self._replace(facts={**(self.facts or {}), key: value}, **more)


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
        """Return the reports of the year before that this report carries on; none where they cannot be compared with it."""
        return self.before(key).reports

    def before(self, key: ReportKey) -> Before:
        """Return what this report carries on of the year before: the organ's own report, or those of its predecessors."""
        if not any(link.after == key.organ for link in self.relations.links):
            own = self.report(ReportKey(key.organ, key.year - 1, key.scope))
            return Before((own,) if own else ())
        scopes = alike_scopes(key.scope)

        def report_of(organ: str) -> Report | None:
            found = (self.report(ReportKey(organ, key.year - 1, scope)) for scope in scopes)
            return next((report for report in found if report), None)

        return before(self._lineage(key.organ, scopes), key.year, report_of)

    def _lineage(self, organ: str, scopes: tuple[Scope, ...]) -> Lineage:
        links = self.relations.links
        chain = ancestors(organ, links)
        reporting: dict[str, set[int]] = {}
        names: dict[str, str] = {}
        for at, versions in self.versions.items():
            if at.organ in chain and at.scope in scopes:
                reporting.setdefault(at.organ, set()).add(at.year)
                names.setdefault(at.organ, versions[-1].organ.name or at.organ)
        return Lineage(organ, links, reporting, names | dict(self.relations.names))

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
        report, found = self.versions[key][-1], self.beside(key)
        others = [one for one in self.versions[key][:-1] if one.document.sha256 != report.document.sha256]
        found = beside_versions(found, report, others)
        if alike := self.relations.likenesses.get(key):
            found = found.with_fact("meta.text_similarity_peer", Fraction(alike[0]), lists=(alike[1],))
        return check_report(report, form, **found._asdict())

    def beside(self, key: ReportKey) -> Beside:
        """Return the reports of the year before and of the subordinates, for checking a report beside them."""
        previous, why_none = self.before(key)
        if key.organ not in self.relations.children:
            return Beside(previous, why_none)
        children, missing = self.children(key)
        facts: dict[str, Value] = {
            "meta.children_received": len(children),
            "meta.children_expected": len(children) + len(missing),
        }
        return Beside(previous, why_none, tuple(children.values()) or None, facts, lists={"meta.children_expected": missing})


def beside_versions(beside: Beside, report: Report, others: Iterable[Report], doubtful: Collection[str] = ()) -> Beside:
    """Return what a report is checked beside, with the cells in which other versions of it print something else.

    Doubtful readings prove nothing.

    Args:
        beside: everything else.
        report: the version that counts.
        others: the versions it is held against.
        doubtful: cells to leave out.
    """
    found = tuple(
        OtherFigure(
            relation="version", key=cell.key, value=cell.other.value, sha256=other.document.sha256,
            organ=other.organ.name, report_year=other.report_year,
        )
        for other in others
        for cell in differing_cells(report, other)
        if not cell.is_marked and cell.key not in doubtful
    )  # fmt: skip
    keys = tuple(dict.fromkeys(one.key for one in found))
    return beside.with_fact("meta.version_conflicts", len(keys), lists=keys, others=found)


def key_of(report: Report) -> ReportKey | None:
    """Return the identity of a report as it was read; ``None`` where organ or year is not known."""
    organ = id_of(report.organ)
    return ReportKey(organ, report.report_year, report.scope) if organ and report.report_year is not None else None
