"""The smallest repair of a report whose sums do not hold: which cell, or which two, would have to read otherwise.

A proposal for a person, never applied here. Exact and complete up to two cells of one table; beyond that only a row that
slipped by one cell is looked for. All repairs of the smallest size are given, those first that agree with prose and last year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from ogi.checks.engine import check_report
from ogi.checks.equations import Equation, Exact, equations
from ogi.checks.figures import Figures
from ogi.checks.likelier import Likelier, likelier
from ogi.checks.quantity import exact
from ogi.checks.repair_kinds import kinds_of
from ogi.checks.slips import Proposed, as_reading, slipped_rows, slipped_units, with_changes
from ogi.checks.smallest import components, smallest
from ogi.form import Form
from ogi.report import Report

MOST_TRIED = 12
"""Of so many repairs at most it is worked out which further findings they mend: each is a report checked anew."""


class CellChange(msgspec.Struct, frozen=True, kw_only=True):
    """One cell of a repair."""

    key: str
    raw: str
    """As printed."""
    value: int | Decimal | None
    """As read, in the unit the cell prints; ``None`` for a blank cell."""
    proposed: int | Decimal
    """In the unit of the form."""
    as_printed: int | Decimal
    """The proposed number in the unit the cell prints: what a misread cell would read, and what a clerk would type."""
    unit: str = ""
    """The unit the cell itself prints; empty where it prints a bare number, which is in the unit of the form."""


class Repair(msgspec.Struct, frozen=True, kw_only=True):
    """A change that makes the failing sums hold."""

    changes: tuple[CellChange, ...]
    kinds: tuple[str, ...]
    """What may have happened, as codes of the messages ``repair.kind.*``; the most telling first."""
    likelier: Likelier
    """``reading``: we misread; ``organ``: the organ miscounted or mistyped; ``open``: nothing speaks for either."""
    reasons: tuple[str, ...]
    """Why, as codes of the messages ``repair.reason.*``."""
    mends: tuple[tuple[str, ...], ...] = ()
    """Further findings (by their place) that would be settled: the prose, last year's report."""
    breaks: tuple[tuple[str, ...], ...] = ()
    """Findings that would come up."""


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """All equally small repairs of sums that hang together."""

    failing: tuple[tuple[str, ...], ...]
    """The failing sums, by the place of their findings."""
    repairs: tuple[Repair, ...]
    """Best first; empty where nothing up to two cells helps."""


def propose_repairs(report: Report, form: Form, previous: Report | Sequence[Report] | None = None) -> tuple[Proposal, ...]:
    """Return a proposal for every group of failing sums, in the order of the form, then for amounts in the wrong unit.

    Args:
        report: the report; corrected readings must already stand in it.
        form: the dictionary.
        previous: last year's report, where it is at hand: it tells which of several repairs fits.
    """
    figures = Figures(report, form, previous)
    found = []
    for group in components(equations(figures)):
        failing = tuple(equation.place for equation in group if equation.off_by)
        if failing:
            proposed = _smallest(group, figures) or list(slipped_rows(group, figures))
            found.append(Proposal(failing=failing, repairs=_judged(proposed, failing, figures)))
    units: dict[tuple[tuple[str, Exact], ...], list[tuple[str, ...]]] = {}
    for place, proposed in slipped_units(figures):
        units.setdefault(tuple(proposed.items()), []).append(place)
    for proposed, places in units.items():
        found.append(Proposal(failing=tuple(places), repairs=_judged([dict(proposed)], tuple(places), figures)))
    return tuple(found)


def _smallest(group: Sequence[Equation], figures: Figures) -> list[Proposed]:
    def allows(key: str, by: Exact) -> bool:
        new = _now(key, figures) + by
        kind = figures.plan.cells[key].kind
        return key in figures.report.cells and (new >= 0 or kind == "delta") and (new == int(new) or kind == "amount")

    return [{key: _now(key, figures) + by for key, by in change.items()} for change in smallest(group, allows)]


def _now(key: str, figures: Figures) -> Exact:
    return exact(figures.get(key).value or 0)  # type: ignore[return-value]


def _judged(proposed: list[Proposed], failing: tuple[tuple[str, ...], ...], figures: Figures) -> tuple[Repair, ...]:
    repairs = [_repair(changes, failing, figures, tried=place < MOST_TRIED) for place, changes in enumerate(proposed)]
    return tuple(sorted(repairs, key=lambda repair: (len(repair.breaks) - len(repair.mends), repair.kinds[:1] == ("number",))))


def _repair(changes: Proposed, failing: tuple[tuple[str, ...], ...], figures: Figures, *, tried: bool) -> Repair:
    report = figures.report
    mends, breaks = _consequences(changes, failing, figures) if tried else ((), ())
    kinds = kinds_of(report, figures, changes)
    judgement, reasons = likelier(report, figures, changes, kinds, mends)
    cells = tuple(_change(figures, key, value) for key, value in changes.items())
    return Repair(changes=cells, kinds=kinds, likelier=judgement, reasons=reasons, mends=mends, breaks=breaks)


def _change(figures: Figures, key: str, value: Exact) -> CellChange:
    reading = figures.report.cells[key]
    return CellChange(
        key=key, raw=reading.raw, value=reading.value, proposed=as_reading(value),
        as_printed=as_reading(Fraction(value) / figures.unit_of(key)), unit=reading.unit or "",
    )  # fmt: skip


def _consequences(
    changes: Proposed, failing: tuple[tuple[str, ...], ...], figures: Figures
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """Which findings besides the sums a repair would settle, and which it would bring up."""
    before = [one.report for one in figures.before]
    now, then = (
        {finding.place for finding in _problems(report, figures.form, before, tuple(changes))}
        for report in (figures.report, with_changes(figures.report, changes))
    )
    return tuple(sorted(now - then - set(failing))), tuple(sorted(then - now))


def _problems(report: Report, form: Form, before: list[Report], keys: tuple[str, ...]) -> Iterator:
    return (finding for finding in check_report(report, form, before, touching=keys) if finding.is_problem)
