"""The parts of a formula and what they mean for figures that may be unknown.

Truth has three values (Kleene): a condition is unknown only where the unknown operand could change the outcome. Every
node is evaluated against :class:`Facts`; a node never raises on what a report holds.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Protocol

import msgspec

from ogi.checks.quantity import (
    FALSE,
    TRUE,
    USES_DERIVED,
    ZERO_BASE,
    Quantity,
    Value,
    combined,
    exact,
    is_number,
    is_of_last_year,
    unknown,
)


class Facts(Protocol):
    """Where the figures of one report come from."""

    def get(self, key: str) -> Quantity:
        """Return the figure of this report."""
        ...

    def previous(self, key: str) -> Quantity:
        """Return the figure of the organ's report of the year before."""
        ...

    def children(self, key: str) -> Quantity:
        """Return the sum over the reports of the direct subordinates."""
        ...

    def about(self, question: str, key: str) -> Quantity:
        """Answer a question about the state of a cell: ``is_blank``, ``is_number``, ``is_int``, ``has_unit``, ``exists``."""
        ...


class Node(msgspec.Struct, frozen=True):
    """A part of a formula."""

    def evaluate(self, facts: Facts) -> Quantity:
        """Return the value of this part for one report."""
        return self._value(facts)

    def _value(self, facts: Facts) -> Quantity:
        raise NotImplementedError

    @property
    def parts(self) -> tuple[Node, ...]:
        """The parts directly inside, in the order they are written."""
        fields = (getattr(self, name) for name in self.__struct_fields__)
        inside = (field if isinstance(field, tuple) else (field,) for field in fields)
        return tuple(part for field in inside for part in field if isinstance(part, Node))

    def walk(self) -> Iterator[Node]:
        """Yield the part itself and all parts inside it, in the order they are written."""
        rest: list[Node] = [self]
        while rest:
            part = rest.pop()
            yield part
            rest.extend(reversed(part.parts))


class Leaf(Node, frozen=True):
    """A part with none inside."""

    @property
    def parts(self) -> tuple[Node, ...]:
        """None."""
        return ()


class Literal(Leaf, frozen=True):
    """A number, a word in quotes, true or false."""

    value: int | Fraction | str

    def _value(self, facts: Facts) -> Quantity:
        return Quantity(self.value)


class Key(Leaf, frozen=True):
    """A cell, derived figure or fact of the report itself."""

    name: str

    def _value(self, facts: Facts) -> Quantity:
        return facts.get(self.name)


class Previous(Leaf, frozen=True):
    """The same figure in the report of the year before."""

    name: str

    def _value(self, facts: Facts) -> Quantity:
        return facts.previous(self.name)


class Children(Leaf, frozen=True):
    """The sum of the figure over the direct subordinates."""

    name: str

    def _value(self, facts: Facts) -> Quantity:
        return facts.children(self.name)


class Question(Leaf, frozen=True):
    """A question about the state of a cell."""

    question: str
    name: str

    def _value(self, facts: Facts) -> Quantity:
        return facts.about(self.question, self.name)


class Sum(Node, frozen=True):
    """An addition of any number of terms."""

    terms: tuple[Node, ...]

    def _value(self, facts: Facts) -> Quantity:
        found = [term.evaluate(facts) for term in self.terms]
        total: int | Fraction = 0
        for quantity in found:
            if not is_number(quantity.value):
                return combined(found, None)
            total += exact(quantity.value)  # type: ignore[arg-type, operator]
        return combined(found, total)


def _divide(left: Fraction | int, right: Fraction | int) -> Fraction | None:
    return Fraction(left) / right if right else None


ARITHMETIC: dict[str, Callable] = {"-": operator.sub, "*": operator.mul, "/": _divide}
COMPARISON: dict[str, Callable] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


class Arithmetic(Node, frozen=True):
    """A subtraction, multiplication or division."""

    sign: str
    left: Node
    right: Node

    def _value(self, facts: Facts) -> Quantity:
        found = (self.left.evaluate(facts), self.right.evaluate(facts))
        left, right = found[0].value, found[1].value
        if not (is_number(left) and is_number(right)):
            return combined(found, None)
        value = ARITHMETIC[self.sign](exact(left), exact(right))  # type: ignore[arg-type]
        if value is None:
            return unknown(flags=found[0].flags | found[1].flags | {ZERO_BASE})
        return combined(found, value)


class Absolute(Node, frozen=True):
    """The size of a number without its sign."""

    inner: Node

    def _value(self, facts: Facts) -> Quantity:
        found = self.inner.evaluate(facts)
        return combined((found,), abs(exact(found.value)) if is_number(found.value) else None)  # type: ignore[arg-type]


class Comparison(Node, frozen=True):
    """A comparison of two sides; equality allows for the tolerance of the check."""

    sign: str
    left: Node
    right: Node
    tolerance: int = 0

    def _value(self, facts: Facts) -> Quantity:
        found = (self.left.evaluate(facts), self.right.evaluate(facts))
        if _is_circular(self.left, *found) or _is_circular(self.right, *reversed(found)):
            return unknown(next(q.cells[0] for q in found if USES_DERIVED in q.flags), flags=found[0].flags | found[1].flags)
        return combined(found, self._holds(found[0].value, found[1].value))

    def _holds(self, left: Value | None, right: Value | None) -> bool | None:
        if left is None or right is None:
            return None
        left, right = exact(left), exact(right)
        numbers = is_number(left) and is_number(right)
        if self.sign == "==":
            return _equal(left, right, self.tolerance)
        if self.sign == "!=":
            return not _equal(left, right, self.tolerance)
        if numbers or (isinstance(left, str) and isinstance(right, str)):
            return COMPARISON[self.sign](left, right)
        return None


def _equal(left: Value, right: Value, tolerance: int) -> bool:
    if tolerance and is_number(left) and is_number(right):
        return abs(left - right) <= tolerance  # type: ignore[operator]
    return left == right and isinstance(left, str) == isinstance(right, str)


def _is_circular(node: Node, own: Quantity, other: Quantity) -> bool:
    """Whether one side is a total added up from the very cells of the other side, so that comparing says nothing."""
    return isinstance(node, Key) and USES_DERIVED in own.flags and own.cells[:1] == (node.name,) and (
        set(own.cells[1:]) <= set(other.cells)
    )  # fmt: skip


class Every(Node, frozen=True):
    """``and``: false as soon as one part is false, unknown where a part that could be false is unknown."""

    conditions: tuple[Node, ...]

    def _value(self, facts: Facts) -> Quantity:
        return _kleene(self.conditions, facts, deciding=False)


class Some(Node, frozen=True):
    """``or``: true as soon as one part is true, unknown where a part that could be true is unknown."""

    conditions: tuple[Node, ...]

    def _value(self, facts: Facts) -> Quantity:
        return _kleene(self.conditions, facts, deciding=True)


class Not(Node, frozen=True):
    """``not``."""

    inner: Node

    def _value(self, facts: Facts) -> Quantity:
        found = self.inner.evaluate(facts)
        return found if found.value is None else combined((found,), not _truth(found.value))


class Implies(Node, frozen=True):
    """``implies(p, q)``: holds where p is false or q is true, also when the other of the two is unknown."""

    condition: Node
    consequence: Node

    def _value(self, facts: Facts) -> Quantity:
        return _kleene((Not(self.condition), self.consequence), facts, deciding=True)


class OneOf(Node, frozen=True):
    """``one_of(x, a, b, …)``: holds where x equals any known alternative; else unknown if one of them is unknown.

    An alternative that only wants last year's report is left out while others are known: most reports stand alone.
    """

    subject: Node
    alternatives: tuple[Node, ...]
    tolerance: int = 0

    def _value(self, facts: Facts) -> Quantity:
        found = [Comparison("==", self.subject, other, self.tolerance).evaluate(facts) for other in self.alternatives]
        fitting = next((quantity for quantity in found if quantity.value), None)
        if fitting is not None:
            return combined((fitting,), True)
        decided = [quantity for quantity in found if quantity.value is not None]
        if not decided or any(q.value is None and not wants_last_year_only(q) for q in found):
            return combined(found, None)
        return combined(decided, False)


class Near(Node, frozen=True):
    """``near(x, y, rel)``: x differs from y by at most ``rel`` of y."""

    left: Node
    right: Node
    share: Node

    def _value(self, facts: Facts) -> Quantity:
        found = tuple(part.evaluate(facts) for part in self.parts)
        if not all(is_number(quantity.value) for quantity in found):
            return combined(found, None)
        left, right, share = (exact(quantity.value) for quantity in found)  # type: ignore[arg-type]
        return combined(found, abs(left - right) <= share * abs(right))  # type: ignore[operator]


def wants_last_year_only(quantity: Quantity) -> bool:
    """Whether an unknown figure would be known with last year's report."""
    return bool(quantity.missing) and all(map(is_of_last_year, quantity.missing))


def _truth(value: Value) -> bool:
    return value is True or (is_number(value) and value != 0)


def _kleene(conditions: tuple[Node, ...], facts: Facts, *, deciding: bool) -> Quantity:
    """Evaluate ``or`` (``deciding`` true) or ``and`` (``deciding`` false); one deciding part settles it alone."""
    found = []
    for condition in conditions:
        quantity = condition.evaluate(facts)
        if quantity.value is not None and _truth(quantity.value) is deciding:
            return combined((quantity,), deciding)
        found.append(quantity)
    if any(quantity.value is None for quantity in found):
        return combined(found, None)
    return combined(found, not deciding) if found else (FALSE if deciding else TRUE)
