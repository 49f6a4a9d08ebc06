"""Formulas of the dictionary over whole columns: the arithmetic of :mod:`ogi.checks`, on many reports at once.

Unknown numbers are NaN and make every result they touch unknown; a division by zero is unknown too.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from ogi.checks import nodes
from ogi.checks.expression import parse
from ogi.checks.nodes import Node

Column = np.ndarray[Any, np.dtype[np.float64]]
_TEN_THOUSANDS = "_10k"
_SIGNS: dict[str, Callable[[Any, Any], Any]] = {"-": operator.sub, "*": operator.mul, "/": operator.truediv}


class ColumnFormulaError(ValueError):
    """The formula holds something that cannot be computed column by column, such as ``prev(…)`` or a condition."""


class Ratio(NamedTuple):
    """A formula of the form ``factor * numerator / denominator``."""

    factor: float
    numerator: Node
    denominator: Node


@lru_cache(maxsize=2048)
def column_formula(formula: str) -> Node:
    """Parse a formula made of keys, numbers and ``+ - * /``.

    Raises:
        ColumnFormulaError: it holds more than that.
        ogi.form.FormError: it is no formula.
    """
    tree = parse(formula)
    for part in tree.walk():
        if not isinstance(part, nodes.Key | nodes.Literal | nodes.Sum | nodes.Arithmetic):
            raise ColumnFormulaError(f"{type(part).__name__} in {formula}")
    return tree


def operands(tree: Node) -> tuple[str, ...]:
    """Return the keys a formula touches, each once, in its order."""
    return tuple(dict.fromkeys(part.name for part in tree.walk() if isinstance(part, nodes.Key)))


def ratio(tree: Node) -> Ratio | None:
    """Return factor, numerator and denominator where the formula is a rate, else ``None``.

    A base in ten thousands (residents) is counted one by one, as every base is: its size decides whether a rate is shown.
    """
    if not (isinstance(tree, nodes.Arithmetic) and tree.sign == "/"):
        return None
    top = tree.left
    if isinstance(tree.right, nodes.Key) and tree.right.name.endswith(_TEN_THOUSANDS):
        return Ratio(10_000.0, top, nodes.Arithmetic("*", nodes.Literal(Fraction(10_000)), tree.right))
    if isinstance(top, nodes.Arithmetic) and top.sign == "*" and isinstance(top.left, nodes.Literal):
        return Ratio(float(top.left.value), top.right, tree.right)
    return Ratio(1.0, top, tree.right)


def evaluate(tree: Node, columns: Mapping[str, Column]) -> Column:
    """Return the formula's value in every row; NaN where an operand is unknown or the divisor is 0.

    Raises:
        KeyError: ``columns`` lacks an operand.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        result = np.asarray(_value(tree, columns), dtype=np.float64)
    return np.where(np.isfinite(result), result, np.nan)


def _value(tree: Node, columns: Mapping[str, Column]) -> Any:
    match tree:
        case nodes.Key(name):
            return columns[name]
        case nodes.Literal(value):
            return float(value)
        case nodes.Sum(terms):
            return sum((_value(term, columns) for term in terms[1:]), _value(terms[0], columns))
        case nodes.Arithmetic(sign, left, right):
            return _SIGNS[sign](_value(left, columns), _value(right, columns))
    raise ColumnFormulaError(type(tree).__name__)
