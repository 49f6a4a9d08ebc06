"""Which share of the changes is caught by an error or a warning that names every changed cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from benchmarks.checks.changes import Change, changes
from ogi.checks import check_report
from ogi.checks.equations import Exact, equations
from ogi.checks.figures import Figures
from ogi.form import Form
from ogi.report import Report


class Caught(NamedTuple):
    """How many changes of one kind there are and how many are caught."""

    kind: str
    made: int
    caught: int
    undecided: int = 0
    """Changes that escape and leave every sum of the form as right or wrong as it was: no reader of the tables could tell."""

    @property
    def share(self) -> float:
        """The share caught; 1 where there is nothing to catch."""
        return self.caught / self.made if self.made else 1.0


def measure(reports: Iterable[Report], form: Form) -> tuple[tuple[Caught, ...], list[tuple[str, Change]]]:
    """Return what is caught by kind of change, and every change that is not, with its document."""
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    missed: list[tuple[str, Change]] = []
    for report in reports:
        known, sums = set(_found(report, form, None)), _sums(report, form)
        for change in changes(report, form):
            made[change.kind] += 1
            found = set(_found(change.report, form, change.keys)) - known
            if set(change.keys) <= {key for finding in found for key in finding.cells}:
                caught[change.kind] += 1
            else:
                missed.append((report.document.name, change))
                undecided[change.kind] += _sums(change.report, form) == sums
    return tuple(Caught(kind, made[kind], caught[kind], undecided[kind]) for kind in made), missed


def _sums(report: Report, form: Form) -> dict[tuple[str, ...], Exact]:
    """The sums of the form that do not hold, with what each is off by."""
    return {equation.place: equation.off_by for equation in equations(Figures(report, form)) if equation.off_by}


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
