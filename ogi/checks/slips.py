"""Repairs of more than two cells, or of amounts: a row that slipped by one cell, 元 where 万元 belong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

import msgspec

from ogi.checks.engine import check_report
from ogi.checks.equations import Equation, Exact, equations
from ogi.checks.figures import Figures
from ogi.checks.quantity import exact
from ogi.form import Check
from ogi.report import Report

Proposed = dict[str, Exact]
"""What each cell would read."""
_FACTORS = (Fraction(1, 10_000), Fraction(10_000))


def slipped_rows(group: Sequence[Equation], figures: Figures) -> Iterator[Proposed]:
    """Yield every row whose numbers, moved by one cell, make all equations hold; the cell set free takes what is then wanting."""
    tables = {figures.plan.cells[key].table.id for equation in group for key in equation.factors}
    suspects = {key for equation in group if equation.off_by for key in equation.factors}
    rows: dict[tuple[str, str], list[str]] = {}
    for key, cell in figures.plan.cells.items():
        if cell.table.id in tables and key in figures.report.cells:
            rows.setdefault((cell.table.id, cell.row.key), []).append(key)
    for row in rows.values():
        if suspects & set(row):
            yield from (found for step in (1, -1) if (found := _slipped(row, step, figures)) is not None)


def _slipped(row: list[str], step: int, figures: Figures) -> Proposed | None:
    numbers = [exact(figures.report.value(key) or 0) for key in row]
    if numbers[-1 if step == 1 else 0] or not any(numbers):
        return None  # a number would be lost, or there is none
    moved = [0, *numbers[:-1]] if step == 1 else [*numbers[1:], 0]
    changes: Proposed = dict(zip(row, moved, strict=True))  # type: ignore[arg-type]
    freed = row[0] if step == 1 else row[-1]
    wanting: set[Exact] = set()
    for equation in equations(Figures(with_changes(figures.report, changes), figures.form)):
        if freed in equation.factors:
            wanting.add(-Fraction(equation.off_by) / equation.factors[freed])
        elif equation.off_by:
            return None
    if len(wanting) != 1 or (number := wanting.pop()) < 0 or number != int(number):
        return None
    changes[freed] = int(number)
    return {key: value for key, value in changes.items() if value != figures.report.value(key)}


def with_changes(report: Report, changes: Proposed) -> Report:
    """Return the report as it would read after a repair; units written in the cells are taken as those of the form."""
    cells = dict(report.cells)
    for key, value in changes.items():
        number = as_reading(value)
        cells[key] = msgspec.structs.replace(cells[key], raw=str(number), value=number, state="reported", unit=None)
    return msgspec.structs.replace(report, cells=cells)


def slipped_units(figures: Figures) -> Iterator[tuple[tuple[str, ...], Proposed]]:
    """Yield each failing check of units (basis ``unit``) with the amount ten thousand times smaller or larger that it accepts."""
    before = [one.report for one in figures.before]
    for finding in check_report(figures.report, figures.form, before):
        rule = figures.form.checks[finding.check]
        if finding.status != "fail" or rule.basis != "unit" or len(finding.cells) != 1:
            continue
        key = finding.cells[0]
        value = figures.get(key).value
        if figures.plan.cells[key].kind != "amount" or not value:
            continue
        for factor in _FACTORS:
            if _is_settled(rule, key, exact(value) * factor, figures, before):  # type: ignore[operator]
                yield finding.place, {key: exact(value) * factor}  # type: ignore[operator, dict-item]


def _is_settled(rule: Check, key: str, value: Exact, figures: Figures, before: list[Report]) -> bool:
    report = with_changes(figures.report, {key: value})
    units = [f for f in check_report(report, figures.form, before, touching=(key,)) if f.severity == "warning"]
    return not any(f.status == "fail" for f in units) and any(f.check == rule.id and f.status == "pass" for f in units)


def as_reading(value: Exact) -> int | Decimal:
    """Return an exact number as it is kept in a reading: whole, or a decimal."""
    return int(value) if value == int(value) else Decimal(value.numerator) / Decimal(value.denominator)
