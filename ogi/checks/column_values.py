"""Formulas of the checks over columns: three-valued truth and numbers with gaps, as :mod:`ogi.checks.nodes` has them for one."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, Protocol

import numpy as np

from ogi.checks import nodes
from ogi.checks.nodes import Node

Column = np.ndarray[Any, np.dtype[Any]]
"""Numbers or truth as floats, NaN where unknown; words as objects, ``None`` where unknown."""
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"-": operator.sub, "*": operator.mul, "/": operator.truediv}
_COMPARISON: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_ROUNDING = 1e-9
"""Two sums of decimals that differ by less, relative to their size, are equal."""


class Source(Protocol):
    """Where the columns come from."""

    def get(self, key: str) -> Column:
        """Return the column of a figure of the reports themselves."""
        ...

    def previous(self, key: str) -> Column:
        """Return the column of the year before."""
        ...

    def subordinates(self, key: str) -> Column:
        """Return the column of sums over the subordinates."""
        ...

    def about(self, question: str, key: str) -> Column:
        """Return the answers to a question about the state of a cell."""
        ...


def value_of(node: Node, source: Source) -> Column:
    """Return what a formula comes to in every row."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return _value(node, source)


def number_column(values: Sequence[object]) -> Column:
    """Return numbers, truths and gaps as floats."""
    return np.array([np.nan if value is None else float(value) for value in values])  # type: ignore[arg-type]


def is_unknown(column: Column) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Whether each value is unknown."""
    if column.dtype == object:
        return np.array([value is None for value in column.ravel()]).reshape(column.shape)
    return np.isnan(column)


def _value(node: Node, source: Source) -> Column:
    """A figure; a condition is left to :func:`_truth`."""
    found: Column
    match node:
        case nodes.Key(name):
            found = source.get(name)
        case nodes.Literal(value):
            found = np.array(value, dtype=object) if isinstance(value, str) else np.array(float(value))
        case nodes.Previous(name):
            found = source.previous(name)
        case nodes.Children(name):
            found = source.subordinates(name)
        case nodes.Question(question, name):
            found = source.about(question, name)
        case nodes.Sum(terms):
            found = reduce(operator.add, (_value(term, source) for term in terms))
        case nodes.Arithmetic(sign, left, right):
            number = _ARITHMETIC[sign](_value(left, source), _value(right, source))
            found = np.where(np.isfinite(number), number, np.nan)
        case nodes.Absolute(inner):
            found = np.abs(_value(inner, source))
        case _:
            found = _truth(node, source)
    return found


def _truth(node: Node, source: Source) -> Column:
    def holds(part: Node) -> Column:
        return _as_truth(_value(part, source))

    found: Column
    match node:
        case nodes.Comparison(sign, left, right, tolerance):
            found = compared(sign, _value(left, source), _value(right, source), tolerance)
        case nodes.Not(inner):
            found = 1.0 - holds(inner)
        case nodes.Every(conditions):
            found = 1.0 - _any([1.0 - holds(condition) for condition in conditions])
        case nodes.Some(conditions):
            found = _any([holds(condition) for condition in conditions])
        case nodes.Implies(condition, consequence):
            found = _any([1.0 - holds(condition), holds(consequence)])
        case nodes.OneOf(subject, alternatives, tolerance):
            found = _one_of(_value(subject, source), alternatives, tolerance, source)
        case nodes.Near(left, right, share):
            one, other = _value(left, source), _value(right, source)
            found = np.where(np.isnan(one + other), np.nan, np.abs(one - other) <= _value(share, source) * np.abs(other))
        case _:
            raise TypeError(f"{type(node).__name__} is no part of a formula")
    return found


def compared(sign: str, left: Column, right: Column, tolerance: float = 0) -> Column:
    """Compare two columns; words only with words, numbers only with numbers."""
    if object in (left.dtype, right.dtype):
        return _words_compared(sign, left, right)
    slack = _ROUNDING * np.maximum(np.abs(left), np.abs(right)) + tolerance
    if sign in ("==", "!="):
        equal = np.abs(left - right) <= slack
        found = equal if sign == "==" else ~equal
    elif sign in ("<=", ">="):
        found = _COMPARISON[sign](left, right) | (np.abs(left - right) <= _ROUNDING * np.maximum(np.abs(left), np.abs(right)))
    else:
        found = _COMPARISON[sign](left, right)
    return np.where(np.isnan(left) | np.isnan(right), np.nan, found)


def _words_compared(sign: str, left: Column, right: Column) -> Column:
    def one(a: object, b: object) -> float:
        if a is None or b is None or a != a or b != b:  # noqa: PLR0124 - a gap of a column of numbers
            return np.nan
        if isinstance(a, str) != isinstance(b, str):
            return float(sign == "!=") if sign in ("==", "!=") else np.nan
        return float(_COMPARISON[sign](a, b))

    left, right = np.broadcast_arrays(left, right)
    return np.array([one(a, b) for a, b in zip(left.ravel().tolist(), right.ravel().tolist(), strict=True)]).reshape(left.shape)


def _as_truth(column: Column) -> Column:
    return np.where(is_unknown(column), np.nan, column != 0)


def _any(columns: Sequence[Column]) -> Column:
    """True where one is true, else unknown where one is unknown."""
    true = reduce(operator.or_, (column == 1.0 for column in columns))
    unknown = reduce(operator.or_, (np.isnan(column) for column in columns))
    return np.where(true, 1.0, np.where(unknown, np.nan, 0.0))


def _one_of(subject: Column, alternatives: Sequence[Node], tolerance: int, source: Source) -> Column:
    """As :class:`ogi.checks.nodes.OneOf`: an alternative that only wants last year's report is left out."""
    true, unsure, decided = (np.zeros(np.shape(subject), dtype=bool) for _ in range(3))
    for alternative in alternatives:
        equal = compared("==", subject, _value(alternative, source), tolerance)
        unknown = np.isnan(equal)
        true, decided = true | (equal == 1.0), decided | ~unknown
        without = _value(_without_last_year(alternative), source) if _needs_last_year(alternative) else None
        unsure = unsure | (unknown & (True if without is None else np.isnan(subject + without)))
    return np.where(true, 1.0, np.where(unsure | ~decided, np.nan, 0.0))


def _needs_last_year(node: Node) -> bool:
    return any(isinstance(part, nodes.Previous) for part in node.walk())


def _without_last_year(node: Node) -> Node:
    match node:
        case nodes.Previous():
            return nodes.Literal(0)
        case nodes.Sum(terms):
            return nodes.Sum(tuple(_without_last_year(term) for term in terms))
        case nodes.Arithmetic(sign, left, right):
            return nodes.Arithmetic(sign, _without_last_year(left), _without_last_year(right))
    return node
