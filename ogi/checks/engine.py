"""Checking a report: every rule of the form that applies to it, each with its outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ogi.checks import nodes
from ogi.checks.document_facts import missing_sections
from ogi.checks.figures import Figures
from ogi.checks.finding import Finding, Shown, Status, shown
from ogi.checks.nodes import Node
from ogi.checks.plan import Instance
from ogi.checks.quantity import Quantity, Value, is_number
from ogi.form import Check, Form
from ogi.report import Report


def check_report(
    report: Report,
    form: Form,
    previous: Report | None = None,
    *,
    children: Iterable[Report] | None = None,
    facts: Mapping[str, Value] | None = None,
) -> tuple[Finding, ...]:
    """Apply every check of ``form`` that fits the editions of the report's tables.

    Args:
        report: the report.
        form: the dictionary.
        previous: the same organ's report of the year before, where it is at hand.
        children: the reports of the direct subordinates, where they are at hand.
        facts: facts read from the prose (``text.*``), where it was read for facts.

    Returns:
        One finding per check and place, also for those that hold: by severity, then in the order of the form, checks of
        the document as a whole first. Checks of another edition are left out.
    """
    figures = Figures(report, form, previous, children, facts)
    return tuple(_finding(instance, cells, figures) for instance, cells in figures.plan.checks)


def problems(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that fail and are more than a reminder, in their order."""
    return tuple(finding for finding in findings if finding.is_problem)


def _finding(instance: Instance, cells: tuple[str, ...], figures: Figures) -> Finding:
    rule = instance.rule
    assert isinstance(rule, Check)
    condition = instance.when.evaluate(figures) if instance.when else None
    if condition is not None and condition.value is False:
        return Finding(
            check=rule.id, severity=rule.severity, status="not_applicable", cells=cells, params=dict(instance.of),
            reminder=rule.reminder,
        )  # fmt: skip
    found = instance.formula.evaluate(figures)
    missing = found.missing
    if condition is not None and condition.value is None:
        found, missing = Quantity(None), tuple(dict.fromkeys(condition.missing + found.missing))
    status: Status = "not_assessable" if found.value is None else "pass" if found.value else "fail"
    params: dict[str, Shown] = dict(instance.of)
    left, right = _sides(instance.formula, figures) if found.value is not None else (None, None)
    if status == "fail":
        params |= _shows(instance, figures, left, right)
    return Finding(
        check=rule.id,
        severity=rule.severity,
        status=status,
        cells=cells or (found.cells if status == "fail" else ()),
        left=shown(left),
        right=shown(right),
        difference=shown(left - right) if is_number(left) and is_number(right) else None,  # type: ignore[operator]
        params=params,
        flags=tuple(sorted(found.flags)),
        missing=missing if found.value is None else (),
        reminder=rule.reminder,
    )


def _sides(formula: Node, figures: Figures) -> tuple[Value | None, Value | None]:
    """Return the two sides a message puts against each other, exact."""
    pair = _opposed(formula)
    values = [None if node is None else node.evaluate(figures).value for node in pair]
    return tuple(nodes.exact(value) if value is not None else None for value in values)  # type: ignore[return-value]


def _opposed(formula: Node) -> tuple[Node | None, Node | None]:
    """Find the comparison that is the heart of a formula."""
    match formula:
        case nodes.Comparison(left=nodes.Absolute(inner=nodes.Arithmetic(sign="-", left=left, right=right))):
            return left, right
        case nodes.Comparison(left=left, right=right) | nodes.Near(left=left, right=right):
            return left, right
        case nodes.OneOf(subject=subject, alternatives=alternatives):
            return subject, alternatives[0]
        case nodes.Implies(condition=condition, consequence=consequence):
            pair = _opposed(consequence)
            return pair if pair[0] is not None else _opposed(condition)
    return None, None


def _shows(instance: Instance, figures: Figures, left: Value | None, right: Value | None) -> dict[str, Shown]:
    """Return what the message of a failed check names besides the two numbers."""
    found: dict[str, Shown] = {
        name: side for name, side in (("left", left), ("right", right)) if isinstance(side, str)
    }  # fmt: skip
    for name, node in instance.shows.items():
        value = node.evaluate(figures).value
        if isinstance(value, str):
            found[name] = value
        elif (number := shown(value)) is not None:
            found[name] = number
    if "meta.missing_tables" in instance.keys:
        found["list"] = figures.unread_tables
    if "meta.sections_found" in instance.keys and (missing := missing_sections(figures.report, figures.form)):
        found["missing"] = missing
    if "meta.bad_cells" in instance.keys:
        found["list"] = figures.bad_cells
        found["printed"] = tuple(figures.report.cells[key].raw.strip() for key in figures.bad_cells)
    return found
