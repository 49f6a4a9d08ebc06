"""All checks of many reports at once, for a collection that is checked anew: the outcomes, not the sentences.

The outcome of every check at every place is the one :func:`ogi.checks.check_report` finds; for a report that fails, that function
then gives the finding with its sides and sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from ogi.checks import nodes
from ogi.checks.column_values import Column, value_of
from ogi.checks.engine import ROUGH
from ogi.checks.finding import Status
from ogi.checks.many_figures import Batch, Many
from ogi.checks.plan import Instance
from ogi.checks.quantity import exact
from ogi.checks.statements import Statement, is_rough, stated_keys, statements
from ogi.report import StatedFact

STATUSES: tuple[Status, ...] = ("pass", "fail", "not_assessable", "not_applicable")
"""The outcomes by their codes."""
_PASS, _FAIL, _UNKNOWN, _NOT_APPLICABLE = range(4)
Codes = np.ndarray[Any, np.dtype[np.int8]]


class Outcome(NamedTuple):
    """One check at one place, for all reports it applies to."""

    check: str
    of: dict[str, str]
    """What it is applied to: ``{"row": "received"}``."""
    rows: np.ndarray[Any, np.dtype[np.int64]]
    """Numbers of the reports; a report stands there once for each statement of its prose."""
    codes: Codes
    """Indices into :data:`STATUSES`."""
    stated: tuple[StatedFact | None, ...] = ()
    """For a check of the prose: the statement in each row; ``None`` where the prose states nothing."""

    @property
    def failing(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Numbers of the reports that fail."""
        return self.rows[self.codes == _FAIL]


def check_many(many: Many) -> Iterator[Outcome]:
    """Yield the outcome of every check at every place, batch by batch, by severity and then in the order of the form."""
    for batch in many.batches:
        for instance, _ in batch.plan.checks:
            keys = stated_keys(instance.keys, many.form)
            yield _of_the_prose(instance, keys, batch) if keys else _of_the_tables(instance, batch)


def _of_the_tables(instance: Instance, batch: Batch) -> Outcome:
    found = np.broadcast_to(value_of(instance.formula, batch), len(batch.rows))
    found = np.where(_circular(instance, batch), np.nan, found)
    return Outcome(instance.rule.id, instance.of, batch.rows, _codes(instance, found, batch, len(batch.rows)))  # type: ignore[union-attr]


def _circular(instance: Instance, batch: Batch) -> Any:
    """Where a blank total would be compared with the very sum that stands for it."""
    formula = instance.formula
    if not (isinstance(formula, nodes.Comparison) and isinstance(formula.right, nodes.Key)):
        return False
    sums, used = batch.plan.totals.get(formula.right.name, ()), batch.used.get(formula.right.name)
    place = next((place for place, one in enumerate(sums) if one is formula.left), None)
    return False if used is None or place is None else used == place


def _codes(instance: Instance, found: Column, source: Any, size: int) -> Codes:
    codes = np.where(np.isnan(found), _UNKNOWN, np.where(found != 0, _PASS, _FAIL))
    if instance.when is not None:
        condition = np.broadcast_to(value_of(instance.when, source), size)
        codes = np.where(np.isnan(condition), _UNKNOWN, np.where(condition != 0, codes, _NOT_APPLICABLE))
    return codes.astype(np.int8)


class _Stating:
    """A batch in which some reports stand once for each statement, and what it states for the ``text.*`` figures."""

    def __init__(self, batch: Batch, lines: Column, said: dict[str, Column]) -> None:
        self.batch, self.lines, self.said = batch, lines, said

    def get(self, key: str) -> Column:
        return self.said[key] if key in self.said else self.batch.get(key)[self.lines]

    def previous(self, key: str) -> Column:
        return self.batch.previous(key)[self.lines]

    def subordinates(self, key: str) -> Column:
        return self.batch.subordinates(key)[self.lines]

    def about(self, question: str, key: str) -> Column:
        return self.batch.about(question, key)[self.lines]


def _of_the_prose(instance: Instance, keys: tuple[str, ...], batch: Batch) -> Outcome:
    made: list[tuple[int, Statement | None]] = []
    for line, row in enumerate(batch.rows.tolist()):
        figures = batch.many.figures[row]
        found = statements(keys, figures) if any(map(figures.stated, keys)) else ()
        made += [(line, statement) for statement in found] or [(line, None)]
    lines = np.array([line for line, _ in made])
    said = {key: _said(key, made, batch) for key in keys}
    source = _Stating(batch, lines, said)
    found = np.broadcast_to(value_of(instance.formula, source), len(lines))
    found = _roughly(instance, found, made, source)
    codes = _codes(instance, found, source, len(lines))
    facts = tuple(statement.fact if statement else None for _, statement in made)
    return Outcome(instance.rule.id, instance.of, batch.rows[lines], codes, facts)  # type: ignore[union-attr]


def _said(key: str, made: list[tuple[int, Statement | None]], batch: Batch) -> Column:
    """What is stated, line by line; a report without a statement has what was given in its place, or nothing."""
    found = []
    for line, statement in made:
        quantity = statement.values.get(key) if statement else batch.many.figures[batch.rows[line]].get(key)
        value = quantity.value if quantity else None
        found.append(np.nan if value is None else float(exact(value)))  # type: ignore[arg-type]
    return np.array(found)


def _roughly(instance: Instance, found: Column, made: list[tuple[int, Statement | None]], source: _Stating) -> Column:
    """A number the prose gives as a rough one need only lie near."""
    rough = np.array([bool(statement and is_rough(statement.fact)) for _, statement in made])
    formula = instance.formula
    if not (rough & (found == 0)).any() or not isinstance(formula, nodes.OneOf | nodes.Comparison):
        return found
    subject, others = (formula.left, (formula.right,)) if isinstance(formula, nodes.Comparison) else (
        formula.subject, formula.alternatives,
    )  # fmt: skip
    near = [value_of(nodes.Near(subject, other, nodes.Literal(ROUGH)), source) == 1.0 for other in others]
    return np.where(rough & (found == 0) & np.any(near, axis=0), 1.0, found)
