"""Rates and other indicators of a report, each with its numerator, its base and the caution its size asks for.

Presentation rules: a base below 10 gives counts only, 10 to 29 is marked as a small base, and 0/0 is undefined, which is
neither 0 % nor 100 %. An indicator whose figures are unknown is not assessable; nothing missing counts as 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from ogi.checks import nodes
from ogi.checks.figures import Figures
from ogi.checks.finding import shown
from ogi.checks.plan import Instance, rules_of
from ogi.checks.quantity import ZERO_BASE, Quantity, Value, is_number
from ogi.column_formula import ratio
from ogi.form import Form, Indicator
from ogi.report import Report

IndicatorStatus = Literal["shown", "small_base", "counts_only", "undefined", "not_assessable", "not_applicable"]

SMALLEST_BASE = 10
"""Below this base a rate is not shown, only its counts."""
FULL_BASE = 30
"""From this base on organs may be ranked or flagged by the rate."""

RATE_FACTORS = {"percent": 100.0, "per100": 100.0, "per10k": 10_000.0}
"""By unit what a quotient is multiplied with as it is shown in tables of many organs."""
RATE_DECIMALS = {"percent": 1, "per100": 1, "pp": 1, "per10k": 2}
"""By unit with how many decimals a rate or its change is written."""

_TWO_SIDED = 1.959963984540054
"""Of a normal distribution, 95 % lies within so many standard deviations."""
_RATES = frozenset({"percent", "per100", "pp"})


class IndicatorValue(msgspec.Struct, frozen=True, kw_only=True):
    """One indicator of one report."""

    id: str
    unit: str
    status: IndicatorStatus
    row: str | None = None
    """The row an indicator is computed for, where it is computed for several (``denied_third_party``)."""
    value: int | Fraction | Decimal | None = None
    """Exact. ``percent`` and ``pp`` are shares of 1 (0.436 is 43.6 %; 0.104 is 10.4 percentage points); the other units are
    as they are shown. ``None`` unless the status is ``shown`` or ``small_base``."""
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    base: int | Decimal | None = None
    """The smallest number a rate of the formula is taken of; decides the status. ``None`` for plain figures."""
    flags: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the rate behind a share lies with 95 % certainty; ``None`` for what is no share of a known base."""
        if self.unit != "percent" or self.numerator is None or not self.denominator or self.value is None:
            return None
        return wilson(float(self.numerator), float(self.denominator))


def wilson(part: float, base: float) -> tuple[float, float] | None:
    """Return the 95 % interval of a share by Wilson's formula; ``None`` where it is no share (more than all, or of nothing).

    It stays inside 0 … 1 and is right for small bases, where the usual plus-minus is not (E. B. Wilson, JASA 22, 1927).
    """
    if base <= 0 or not 0 <= part <= base:
        return None
    share, square = part / base, _TWO_SIDED**2
    middle = (share + square / (2 * base)) / (1 + square / base)
    half = _TWO_SIDED * math.sqrt(share * (1 - share) / base + square / (4 * base**2)) / (1 + square / base)
    return max(0.0, middle - half), min(1.0, middle + half)


def indicator_values(
    report: Report,
    form: Form,
    previous: Report | Sequence[Report] | None = None,
    *,
    facts: Mapping[str, Value] | None = None,
) -> tuple[IndicatorValue, ...]:
    """Return every indicator of the form for a report, in the order of the form.

    Args:
        report: the report.
        form: the dictionary.
        previous: the same organ's report of the year before, or those of its predecessors; without it, changes are not
            assessable.
        facts: what the report itself does not tell: the population (``meta.population_10k``), how many subordinates should
            report and did. Without them their indicators are not assessable.
    """
    figures = Figures(report, form, previous, facts=facts)
    applicable = {id(instance): (instance, cells) for instance, cells in figures.plan.indicators}
    found = []
    for instance in rules_of(form).indicators:
        if id(instance) in applicable:
            found.append(_value(*applicable[id(instance)], figures))
        else:
            found.append(_plain(instance, "not_applicable"))
    return tuple(found)


def derived_values(report: Report, form: Form) -> dict[str, Quantity]:
    """Return the derived figures the report's editions allow, by key; unknown ones name what is missing."""
    figures = Figures(report, form)
    return {key: figures.get(key) for key in figures.plan.derived}


def _value(instance: Instance, cells: tuple[str, ...], figures: Figures) -> IndicatorValue:
    rule = instance.rule
    found = instance.formula.evaluate(figures)
    divisions = list(_divisions(instance.formula))
    numerator, denominator = _counts(divisions[0], figures) if divisions else (None, None)
    undefined = ZERO_BASE in found.flags or (instance.when is not None and instance.when.evaluate(figures).value is True)
    base = _base(divisions, figures) if isinstance(rule, Indicator) and rule.unit in _RATES else None
    status: IndicatorStatus
    if undefined:
        status = "undefined"
    elif not is_number(found.value):
        status = "not_assessable"
    else:
        status = _by_base(base)
    kept = found.value if status in ("shown", "small_base") else None
    return _plain(
        instance,
        status,
        value=kept,  # type: ignore[arg-type]
        numerator=numerator,
        denominator=denominator,
        base=base,
        flags=tuple(sorted(found.flags - {ZERO_BASE})),
        cells=cells,
        missing=found.missing if status == "not_assessable" else (),
    )


def _plain(instance: Instance, status: IndicatorStatus, **fields: object) -> IndicatorValue:
    rule = instance.rule
    assert isinstance(rule, Indicator)
    return IndicatorValue(id=rule.id, unit=rule.unit, status=status, row=instance.of.get("row"), **fields)  # type: ignore[arg-type]


def _by_base(base: int | Decimal | None) -> IndicatorStatus:
    if base is None or base >= FULL_BASE:
        return "shown"
    return "small_base" if base >= SMALLEST_BASE else "counts_only"


def _divisions(formula: nodes.Node) -> Iterator[nodes.Arithmetic]:
    return (part for part in formula.walk() if isinstance(part, nodes.Arithmetic) and part.sign == "/")


def _counts(division: nodes.Arithmetic, figures: Figures) -> tuple[int | Decimal | None, int | Decimal | None]:
    """Return numerator and denominator as counts: of ``100 * a / b`` they are a and b."""
    parts = ratio(division)
    if parts is None:
        return None, None
    return shown(parts.numerator.evaluate(figures).value), shown(parts.denominator.evaluate(figures).value)


def _base(divisions: list[nodes.Arithmetic], figures: Figures) -> int | Decimal | None:
    bases = [shown(division.right.evaluate(figures).value) for division in divisions]
    known = [base for base in bases if base is not None]
    return min(known) if known and len(known) == len(bases) else None
