"""The sums of the form as linear equations over the cells of one report, with what each is off by.

An equation is a rule ``parts == total`` (basis ``table_total`` or ``official``). A total the organ left blank is added up from
its parts, so the parts stand for it. A line that holds with its blanks left empty must go on holding; any other equation with a
figure that is not known is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from ogi.checks import nodes
from ogi.checks.figures import EMPTY, Figures
from ogi.checks.nodes import Node
from ogi.checks.plan import Plan
from ogi.checks.quantity import USES_DERIVED, exact, is_number
from ogi.form import Check

Exact = int | Fraction
SUMS = frozenset({"table_total", "official"})
"""The kinds of checks that are sums the form itself prints."""


class Equation(NamedTuple):
    """``Σ factor · cell = 0``, and what it comes to by the figures as read."""

    place: tuple[str, ...]
    """The check and what it is applied to, as in :attr:`ogi.checks.Finding.place`."""
    factors: dict[str, Exact]
    off_by: Exact


def equations(figures: Figures) -> tuple[Equation, ...]:
    """Return the equations of a report all of whose figures are known or blank, in the order of the form."""
    found = []
    for instance, _ in figures.plan.checks:
        rule, formula = instance.rule, instance.formula
        if not (isinstance(rule, Check) and rule.basis in SUMS and isinstance(formula, nodes.Comparison)):
            continue
        factors = _difference(formula, figures) if formula.sign == "==" else None
        if not factors:
            continue
        is_known = formula.evaluate(figures).value is not None
        if is_known or all(_is_there(key, figures) for key in factors):
            off_by = sum(factor * _value(key, figures) for key, factor in factors.items())
            if off_by and not is_known:
                continue  # what a blank stands for is not known: such a line is not held against the organ
            place = (rule.id, *(instance.of[name] for name in ("row", "col", "block", "item") if name in instance.of))
            found.append(Equation(place, factors, off_by))
    return tuple(found)


def _difference(formula: nodes.Comparison, figures: Figures) -> dict[str, Exact] | None:
    """Left side minus right side by cells; ``None`` where a side is no sum of cells."""
    left, right = (_linear(side, figures.plan) for side in (formula.left, formula.right))
    if left is None or right is None:
        return None
    together = _printed(_added(left, right, -1), figures)
    return {key: factor for key, factor in together.items() if factor}


def _printed(factors: dict[str, Exact], figures: Figures) -> dict[str, Exact]:
    """Put the parts of a blank total in its place, until only cells with a number or an empty part are left."""
    found: dict[str, Exact] = {}
    for key, factor in factors.items():
        parts = _parts(key, figures)
        found = _added(found, {key: 1} if parts is None else _printed(parts, figures), factor)
    return found


def _parts(key: str, figures: Figures) -> dict[str, Exact] | None:
    if USES_DERIVED not in figures.get(key).flags or figures.report.value(key) is not None:
        return None
    known = (formula for formula in figures.plan.totals.get(key, ()) if formula.evaluate(figures).value is not None)
    formula = next(known, None)
    return None if formula is None else _linear(formula, figures.plan)


def _linear(node: Node, plan: Plan) -> dict[str, Exact] | None:
    match node:
        case nodes.Key(key):
            if key in plan.cells:
                return {key: 1}
            return _linear(plan.derived[key], plan) if key in plan.derived else None
        case nodes.Sum(terms):
            found: dict[str, Exact] = {}
            for term in terms:
                inner = _linear(term, plan)
                if inner is None:
                    return None
                found = _added(found, inner, 1)
            return found
        case nodes.Arithmetic("-", left, right):
            first, second = _linear(left, plan), _linear(right, plan)
            return None if first is None or second is None else _added(first, second, -1)
    return None


def _added(one: Mapping[str, Exact], other: Mapping[str, Exact], factor: Exact) -> dict[str, Exact]:
    found = dict(one)
    for key, number in other.items():
        found[key] = found.get(key, 0) + factor * number
    return found


def _is_there(key: str, figures: Figures) -> bool:
    """Whether a cell holds a number or is left empty; one that could not be read may hold anything."""
    return is_number(figures.get(key).value) or figures.report.state(key) in EMPTY


def _value(key: str, figures: Figures) -> Exact:
    value = figures.get(key).value
    return exact(value) if is_number(value) else 0  # type: ignore[arg-type, return-value]
