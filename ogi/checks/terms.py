"""What a formula was made of: its text again, and the printed figures its value came from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from ogi.checks import nodes
from ogi.checks.finding import Basis, shown
from ogi.checks.nodes import Facts, Node
from ogi.checks.quantity import Quantity


class Sourced(Facts, Protocol):
    """Figures that know which figures are derived from which."""

    def made_of(self, key: str) -> Node | None:
        """Return the formula of a derived figure; ``None`` for a cell or a fact."""
        ...


def text_of(node: Node) -> str:
    """Return the formula of a tree; parsing it gives the tree again."""
    match node:
        case nodes.Key(name):
            return name
        case nodes.Previous(name):
            return f"prev({name})"
        case nodes.Children(name):
            return f"child_sum({name})"
        case nodes.Literal(value):
            return _literal(value)
        case nodes.Sum(terms):
            return " + ".join(text_of(term) for term in terms)
        case nodes.Arithmetic(sign, left, right):
            return f"{_inner(left, sign)} {sign} {_inner(right, sign, right=True)}"
    raise TypeError(f"{type(node).__name__} is no figure")


def basis_of(node: Node, facts: Sourced) -> Basis:
    """Return a definition with its value and the printed figures it came from, derived figures taken apart."""
    return Basis(formula=text_of(node), value=shown(node.evaluate(facts).value), terms=dict(_terms(node, facts)))


def _terms(node: Node, facts: Sourced) -> dict[str, int | Decimal]:
    found: dict[str, int | Decimal] = {}
    for part in node.walk():
        if isinstance(part, nodes.Key) and (inner := facts.made_of(part.name)) is not None:
            found |= _terms(inner, facts)
        elif isinstance(part, nodes.Key | nodes.Previous) and (number := shown(_of(part, facts).value)) is not None:
            found[text_of(part)] = number
    return found


def _of(part: Node, facts: Sourced) -> Quantity:
    return part.evaluate(facts)


def _inner(node: Node, sign: str, *, right: bool = False) -> str:
    nested = isinstance(node, nodes.Sum | nodes.Arithmetic)
    loose = nested and (right or sign != "-") and not (isinstance(node, nodes.Arithmetic) and node.sign in "*/" and not right)
    return f"({text_of(node)})" if loose else text_of(node)


def _literal(value: int | Fraction | str) -> str:
    if isinstance(value, str):
        return f"'{value}'"
    return str(value) if isinstance(value, int) else str(float(value))
