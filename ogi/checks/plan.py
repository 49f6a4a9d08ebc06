"""The rules of a form made ready: formulas parsed once, placeholders expanded, chosen by the editions of a report's tables.

A report may mix editions, so a rule applies by the editions of the *tables* its cells stand in: an instance is kept when
every cell it touches exists in the edition of its table and the rule was written for that edition.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

from ogi.checks import nodes
from ogi.checks.expression import expand, fill, parse
from ogi.checks.nodes import Node
from ogi.form import Cell, Check, Derived, Form, FormError, Indicator, Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "hint")
_PLANS = 64


class Instance(NamedTuple):
    """A rule for one row, column, block or item."""

    rule: Check | Indicator
    of: dict[str, str]
    """What the placeholders stand for: ``{"row": "received"}``."""
    formula: Node
    when: Node | None
    shows: dict[str, Node]
    """Further figures the message names."""
    formats: tuple[str, ...]
    keys: tuple[str, ...]
    """Cells, derived figures and facts of the report itself that the formula or its condition needs."""


class Variant(NamedTuple):
    """A derived figure for one column or block, as one edition makes it (``edition`` is ``None`` for the ordinary way)."""

    key: str
    rule: Derived
    of: dict[str, str]
    edition: str | None
    formula: Node
    keys: tuple[str, ...]


class Rules(NamedTuple):
    """All rules of a form, parsed and expanded."""

    checks: tuple[Instance, ...]
    indicators: tuple[Instance, ...]
    derived: tuple[Variant, ...]
    variants: dict[str, tuple[Variant, ...]]
    """The same by key, in the order of the form, the ordinary way of each first."""
    plans: dict[tuple, Plan]


class Plan(NamedTuple):
    """What applies to a report whose tables have these editions."""

    cells: dict[str, Cell]
    """Every cell the report should have, in the order of the printed form."""
    editions: dict[str, str]
    """Table id → edition."""
    derived: dict[str, Node]
    parts: dict[str, tuple[str, ...]]
    """Derived key → the cells it is made from."""
    totals: dict[str, tuple[Node, ...]]
    """Cell of a printed total → the sums it must equal, best first; used where the total is blank."""
    checks: tuple[tuple[Instance, tuple[str, ...]], ...]
    """Instances with the cells they touch, by severity and then in the order of the form; document checks come first."""
    indicators: tuple[tuple[Instance, tuple[str, ...]], ...]


def rules_of(form: Form) -> Rules:
    """Return the parsed rules of ``form``; made once per form.

    Raises:
        FormError: a formula is no formula or names a key that the form does not have; the message names the rule.
    """
    # Kept with the form like a cached property: a form holds dictionaries and cannot be a key of one itself.
    made = vars(form).get("_rules")
    if made is None:
        known = {key for edition in form.editions.values() for key in edition.cells} | set(form.facts)
        derived = tuple(_derived(form))
        known |= {variant.key for variant in derived}
        for variant in derived:
            _keys(variant.rule.key, (variant.formula,), known)
        checks = tuple(_instances(form, tuple(form.checks.values()), known))
        indicators = tuple(_instances(form, tuple(form.indicators.values()), known))
        variants: dict[str, tuple[Variant, ...]] = {}
        for variant in derived:
            known_ways = variants.get(variant.key, ())
            variants[variant.key] = (variant, *known_ways) if variant.edition is None else (*known_ways, variant)
        made = vars(form)["_rules"] = Rules(checks, indicators, derived, variants, {})
    return made


def plan_for(form: Form, editions: dict[str, str]) -> Plan:
    """Return what applies when the tables have these editions (table id → edition id)."""
    rules = rules_of(form)
    made = rules.plans.get(key := tuple(sorted(editions.items())))
    if made is None:
        if len(rules.plans) >= _PLANS:
            rules.plans.clear()
        made = rules.plans[key] = _plan(form, rules, dict(key))
    return made


def _derived(form: Form) -> Iterator[Variant]:
    for rule in form.derived:
        for of in expand(rule.for_each, form.sets):
            key = fill(rule.key, of)
            for edition, text in (("gf2019", rule.formula_gf2019), (None, rule.formula)):
                if text:
                    formula = parse(fill(text, of), rule=rule.key)
                    yield Variant(key, rule, of, edition, formula, _keys(rule.key, (formula,)))


def _instances(form: Form, rules: tuple[Check | Indicator, ...], known: set[str]) -> Iterator[Instance]:
    for rule in rules:
        further = rule.also_for_each if isinstance(rule, Check) else {}
        for formats, for_each in [(rule.formats, rule.for_each), *(((edition,), also) for edition, also in further.items())]:
            for of in expand(for_each, form.sets):
                yield _instance(rule, of, formats, known)


def _instance(rule: Check | Indicator, of: dict[str, str], formats: tuple[str, ...], known: set[str]) -> Instance:
    exact = rule.tolerance if isinstance(rule, Check) and isinstance(rule.tolerance, int) else 0
    formula = parse(fill(rule.formula, of), rule=rule.id, tolerance=exact)
    condition = rule.when if isinstance(rule, Check) else rule.undefined_when
    when = parse(fill(condition, of), rule=rule.id) if condition else None
    shows = {name: parse(fill(text, of), rule=rule.id) for name, text in rule.show.items()} if isinstance(rule, Check) else {}
    keys = _keys(rule.id, (formula, when) if when else (formula,), known)
    _keys(rule.id, tuple(shows.values()), known)
    return Instance(rule, of, formula, when, shows, formats, keys)


_OF_THE_REPORT, _OF_OTHERS = (nodes.Key, nodes.Question), (nodes.Previous, nodes.Children)


def _keys(rule: str, formulas: tuple[Node, ...], known: Container[str] | None = None) -> tuple[str, ...]:
    """The keys of the report itself in formulas, in the order written; any key must be a known one, where those are given."""
    own: dict[str, None] = {}
    for part in (part for formula in formulas for part in formula.walk()):
        if isinstance(part, _OF_THE_REPORT):
            own[part.name] = None
        elif not isinstance(part, _OF_OTHERS):
            continue
        if known is not None and part.name not in known:
            raise FormError(f"{rule}: the form has no key {part.name}")
    return tuple(own)


def _plan(form: Form, rules: Rules, editions: dict[str, str]) -> Plan:
    cells = {
        cell.key: cell
        for table_id, edition in editions.items()
        if (table := form.editions[edition].table(table_id))
        for cell in table.cells
    }
    derived: dict[str, Node] = {}
    parts: dict[str, tuple[str, ...]] = {}
    for variant in rules.derived:  # a figure stands after the figures it is made from
        if variant.key in derived or not all(key in cells or key in derived for key in variant.keys):
            continue
        made_of = tuple(dict.fromkeys(cell for key in variant.keys for cell in parts.get(key, (key,))))
        if variant.edition is None or {editions[cells[key].table.id] for key in made_of} == {variant.edition}:
            derived[variant.key], parts[variant.key] = variant.formula, made_of
    checks = _applicable(rules.checks, cells, parts, editions)
    position = {key: place for place, key in enumerate(cells)}
    checks.sort(key=lambda c: (SEVERITIES.index(c[0].rule.severity), position[c[1][0]] if c[1] else -1))  # type: ignore[union-attr]
    return Plan(
        cells, editions, derived, parts, _totals(checks, cells), tuple(checks),
        tuple(_applicable(rules.indicators, cells, parts, editions)),
    )  # fmt: skip


def _applicable(
    instances: tuple[Instance, ...], cells: dict[str, Cell], parts: dict[str, tuple[str, ...]], editions: dict[str, str]
) -> list[tuple[Instance, tuple[str, ...]]]:
    found = []
    for instance in instances:
        keys = [key for key in instance.keys if not key.startswith(("meta.", "text."))]
        if not all(key in cells or key in parts for key in keys):
            continue
        touched = tuple(dict.fromkeys(cell for key in keys for cell in parts.get(key, (key,))))
        used = {editions[cells[key].table.id] for key in touched}
        if used <= set(instance.formats) if used else not editions or set(editions.values()) & set(instance.formats):
            found.append((instance, touched))
    return found


def _totals(checks: list[tuple[Instance, tuple[str, ...]]], cells: dict[str, Cell]) -> dict[str, tuple[Node, ...]]:
    """The sums that the form itself prints a total for: the checks of the kind ``parts == total``."""
    found: dict[str, tuple[Node, ...]] = {}
    by_rule = sorted((c[0] for c in checks), key=lambda instance: instance.rule.id)
    for instance in by_rule:
        formula = instance.formula
        if (
            isinstance(instance.rule, Check)
            and instance.rule.basis == "table_total"
            and isinstance(formula, nodes.Comparison)
            and isinstance(formula.right, nodes.Key)
            and formula.right.name in cells
        ):
            found[formula.right.name] = (*found.get(formula.right.name, ()), formula.left)
    return found
