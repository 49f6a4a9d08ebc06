"""Which share of the changes is caught by an error or a warning that names every changed cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from benchmarks.checks.changes import Change, changes
from ogi.checks import check_report
from ogi.form import Form
from ogi.report import Report


class Caught(NamedTuple):
    """How many changes of one kind there are and how many are caught."""

    kind: str
    made: int
    caught: int

    @property
    def share(self) -> float:
        """The share caught; 1 where there is nothing to catch."""
        return self.caught / self.made if self.made else 1.0


def measure(reports: Iterable[Report], form: Form) -> tuple[tuple[Caught, ...], list[tuple[str, Change]]]:
    """Return what is caught by kind of change, and every change that is not, with its document."""
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    missed: list[tuple[str, Change]] = []
    for report in reports:
        known = set(_found(report, form, None))
        for change in changes(report, form):
            made[change.kind] += 1
            found = set(_found(change.report, form, change.keys)) - known
            if set(change.keys) <= {key for finding in found for key in finding.cells}:
                caught[change.kind] += 1
            else:
                missed.append((report.document.name, change))
    return tuple(Caught(kind, made[kind], caught[kind]) for kind in made), missed


class _Found(NamedTuple):
    """An error or a warning with its sides: the same place with other numbers is another finding."""

    place: tuple[str, ...]
    cells: tuple[str, ...]
    sides: tuple[object, object]


def _found(report: Report, form: Form, touching: tuple[str, ...] | None) -> Iterator[_Found]:
    """The errors and warnings of a report; those it has before the change do not count as catching it."""
    for finding in check_report(report, form, touching=touching):
        if finding.is_problem and finding.severity != "hint":
            yield _Found(finding.place, finding.cells, (finding.left, finding.right))
