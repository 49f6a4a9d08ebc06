"""Checking a report: every rule of the form that applies to it, each with its outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ogi.checks import nodes
from ogi.checks.document_facts import missing_sections
from ogi.checks.figures import Figures
from ogi.checks.finding import Basis, Finding, OtherFigure, Shown, Status, shown
from ogi.checks.nodes import Facts, Node
from ogi.checks.plan import Instance
from ogi.checks.quantity import Quantity, Value, is_number
from ogi.checks.statements import Statement, is_rough, stated_keys, statements
from ogi.checks.terms import basis_of
from ogi.form import Check, Form
from ogi.report import Report

COUNTING = frozenset({"meta.blank_cells", "meta.bad_cells", "meta.lone_blanks"})
"""Facts that count cells of all tables."""
ROUGH = Fraction(1, 10)
"""How far a number may lie from one the prose gives as a rough one (约30件)."""


def check_report(
    report: Report,
    form: Form,
    previous: Report | Sequence[Report] | None = None,
    *,
    children: Iterable[Report] | None = None,
    facts: Mapping[str, Value] | None = None,
    lists: Mapping[str, tuple[str, ...]] | None = None,
    touching: Collection[str] | None = None,
    bases: Collection[str] | None = None,
    no_previous: str = "",
    quotes: Mapping[str, tuple[str, ...]] | None = None,
    others: Mapping[str, tuple[OtherFigure, ...]] | None = None,
) -> tuple[Finding, ...]:
    """Apply every check of ``form`` that fits the editions of the report's tables.

    Args:
        report: the report.
        form: the dictionary.
        previous: the same organ's report of the year before, where it is at hand; those of its predecessors, where organs
            were merged into it.
        children: the reports of the direct subordinates, where they are at hand.
        facts: facts that take the place of what the report itself tells (``text.*``, ``meta.*``), such as how many
            subordinates there should be; see :mod:`ogi.checks.context`, which works them out from all reports.
        lists: what a message lists for such a fact.
        touching: apply only the checks of these cells and those that count cells, for a report of which little changed;
            ``None`` for all checks.
        bases: apply only the checks of these kinds (``table_total``, ``official`` …); ``None`` for all kinds.
        no_previous: why there is no report of the year before to compare with.
        quotes: passages of the prose a given fact rests on.
        others: figures of other reports a given fact rests on; for these three see :class:`ogi.checks.figures.Figures`.

    Returns:
        One finding per check, place and statement of the prose, also for those that hold: by severity, then in the order of
        the form, checks of the document as a whole first. Checks of another edition are left out.
    """
    figures = Figures(
        report, form, previous, children, facts=facts, lists=lists, no_previous=no_previous, quotes=quotes, others=others
    )
    wanted = None if touching is None else frozenset(touching)
    return tuple(
        finding
        for instance, cells in figures.plan.checks
        if wanted is None or not wanted.isdisjoint(cells) or not COUNTING.isdisjoint(instance.keys)
        if bases is None or instance.rule.basis in bases  # type: ignore[union-attr]
        for finding in _findings(instance, cells, figures)
    )


def problems(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that fail and are more than a reminder, in their order."""
    return tuple(finding for finding in findings if finding.is_problem)


class _Stating:
    """Figures in which what one sentence states stands for the ``text.*`` figures."""

    def __init__(self, figures: Figures, statement: Statement) -> None:
        self.figures, self.statement = figures, statement
        self.previous, self.children, self.about, self.made_of = (
            figures.previous, figures.children, figures.about, figures.made_of,
        )  # fmt: skip

    def get(self, key: str) -> Quantity:
        found = self.statement.values.get(key)
        return self.figures.get(key) if found is None else found


def _findings(instance: Instance, cells: tuple[str, ...], figures: Figures) -> Iterator[Finding]:
    found = statements(keys, figures) if (keys := stated_keys(instance.keys, figures.form)) else ()
    if not found:
        yield _finding(instance, cells, figures, figures, None)
    for statement in found:
        yield _finding(instance, cells, figures, _Stating(figures, statement), statement)


def _finding(
    instance: Instance, cells: tuple[str, ...], figures: Figures, facts: Figures | _Stating, statement: Statement | None
) -> Finding:
    rule = instance.rule
    assert isinstance(rule, Check)
    condition = instance.when.evaluate(facts) if instance.when else None
    if condition is not None and condition.value is False:
        return Finding(
            check=rule.id, severity=rule.severity, status="not_applicable", cells=cells, params=dict(instance.of),
            reminder=rule.reminder, stated=statement.fact if statement else None,
        )  # fmt: skip
    found = instance.formula.evaluate(facts)
    missing = found.missing
    if condition is not None and condition.value is None:
        found, missing = Quantity(None), tuple(dict.fromkeys(condition.missing + found.missing))
    if found.value is False and statement and is_rough(statement.fact) and _is_near(instance.formula, facts):
        found = Quantity(True, found.flags, found.cells)
    status: Status = "not_assessable" if found.value is None else "pass" if found.value else "fail"
    params: dict[str, Shown] = dict(instance.of)
    left, right = _sides(instance.formula, facts) if found.value is not None else (None, None)
    if status == "fail":
        params |= _shows(instance, facts, figures, left, right)
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
        stated=_quoted(instance, figures, statement),
        bases=_bases(instance.formula, facts, statement, status),
        others=tuple(_others(instance, figures)) if status == "fail" else (),
        quotes=tuple(q for key in instance.keys for q in figures.quotes.get(key, ())) if status == "fail" else (),
    )


def _quoted(instance: Instance, figures: Figures, statement: Statement | None):
    """The statement a rule is about: the one it was applied to, else the one that makes it true (未收到申请)."""
    if statement is not None:
        return statement.fact
    said = (fact for key in instance.keys if key.startswith("text.") for fact in figures.stated(key))
    return next(said, None)


def _bases(formula: Node, facts: Figures | _Stating, statement: Statement | None, status: Status) -> tuple[Basis, ...]:
    if statement is None or status not in ("pass", "fail"):
        return ()
    bases = tuple(one.basis for one in statement.tried)
    if isinstance(formula, nodes.OneOf):
        subject = shown(formula.subject.evaluate(facts).value)
        tried = [basis_of(alternative, facts) for alternative in formula.alternatives]
        bases = tuple(basis for basis in tried if basis.value is not None and (status == "fail" or basis.value == subject))
    return bases[:1] if status == "pass" else bases


def _is_near(formula: Node, facts: Facts) -> bool:
    """Whether a rough number of the prose lies near a figure it is held against."""
    heart = formula if isinstance(formula, nodes.OneOf) else None
    subject, others = (heart.subject, heart.alternatives) if heart else (_opposed(formula)[0], (_opposed(formula)[1],))
    if subject is None:
        return False
    pairs = [nodes.Near(subject, other, nodes.Literal(ROUGH)) for other in others if other is not None]
    return any(pair.evaluate(facts).value is True for pair in pairs)


def _others(instance: Instance, figures: Figures) -> Iterator[OtherFigure]:
    """The figures of other reports in a formula, with their documents, and those a given fact rests on."""
    parts = list(instance.formula.walk()) + (list(instance.when.walk()) if instance.when else [])
    reports = {nodes.Previous: ("previous", figures.before), nodes.Children: ("child", figures.subordinates)}
    for part in dict.fromkeys(part for part in parts if isinstance(part, nodes.Previous | nodes.Children)):
        relation, others = reports[type(part)]
        for other in others:
            yield OtherFigure(
                relation=relation,  # type: ignore[arg-type]
                key=part.name,
                value=shown(other.get(part.name).value),
                sha256=other.report.document.sha256,
                organ=other.report.organ.name,
                report_year=other.report.report_year,
            )
    for key in instance.keys:
        yield from figures.others.get(key, ())


def _sides(formula: Node, figures: Facts) -> tuple[Value | None, Value | None]:
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


def _shows(instance: Instance, facts: Facts, figures: Figures, left: Value | None, right: Value | None) -> dict[str, Shown]:
    """Return what the message of a failed check names besides the two numbers."""
    found: dict[str, Shown] = {
        name: side for name, side in (("left", left), ("right", right)) if isinstance(side, str)
    }  # fmt: skip
    for name, node in instance.shows.items():
        value = node.evaluate(facts).value
        if isinstance(value, str):
            found[name] = value
        elif (number := shown(value)) is not None:
            found[name] = number
    for key in instance.keys:
        if listed := figures.lists.get(key):
            found["list"] = listed
    if "meta.missing_tables" in instance.keys:
        found["list"] = figures.unread_tables
    if "meta.sections_found" in instance.keys and (missing := missing_sections(figures.report, figures.form)):
        found["missing"] = missing
    if "meta.lone_blanks" in instance.keys:
        found["list"] = figures.lone_blanks
    if "meta.bad_cells" in instance.keys:
        found["list"] = figures.bad_cells
        found["printed"] = tuple(figures.report.cells[key].raw.strip() for key in figures.bad_cells)
    return found
