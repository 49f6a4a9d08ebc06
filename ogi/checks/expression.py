"""Formulas of the dictionary: text → tree, once.

The grammar is the part of Python's expression syntax that formulas need; anything else is a :class:`FormError`. A formula
is parsed, never run: keys become :class:`~ogi.checks.nodes.Key`, and only the listed functions exist.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from fractions import Fraction
from itertools import product

from ogi.checks import nodes
from ogi.checks.nodes import Node
from ogi.form import FormError

LONGEST = 2000
DEEPEST = 40
_NUMBER = re.compile(r"\d{1,18}(\.\d{1,9})?")
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISON: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_OF_A_KEY: dict[str, Callable[[str], Node]] = {"prev": nodes.Previous, "child_sum": nodes.Children}
_FUNCTIONS: dict[str, tuple[Callable[..., Node] | None, int]] = {
    "implies": (nodes.Implies, 2), "near": (nodes.Near, 3), "abs": (nodes.Absolute, 1),
}  # fmt: skip
QUESTIONS = ("is_blank", "is_number", "is_int", "has_unit", "exists")


def parse(formula: str, *, rule: str = "", tolerance: int = 0) -> Node:
    """Return the tree of a formula.

    Args:
        formula: the text, without placeholders.
        rule: the rule the formula belongs to, named in errors.
        tolerance: how far two equal numbers may lie apart, in the unit of the form.

    Raises:
        FormError: the text is no formula of the grammar.
    """
    return _Parser(formula, rule, tolerance).parse()


def expand(for_each: dict[str, str], sets: dict[str, tuple[str, ...]]) -> list[dict[str, str]]:
    """Return one mapping placeholder → key for every combination of the named sets; one empty mapping for none."""
    names = list(for_each)
    return [dict(zip(names, chosen, strict=True)) for chosen in product(*(sets[for_each[name]] for name in names))]


def fill(text: str, placeholders: dict[str, str]) -> str:
    """Return ``text`` with ``{row}``, ``{col}``, … replaced; other braces stay and make the formula a mistake."""
    for name, key in placeholders.items():
        text = text.replace("{" + name + "}", key)
    return text


class _Parser:
    def __init__(self, formula: str, rule: str, tolerance: int) -> None:
        self.formula, self.rule, self.tolerance = formula, rule, tolerance

    def fail(self, what: str) -> FormError:
        return FormError(f"{self.rule or 'formula'}: {what} in {self.formula[:120]!r}")

    def parse(self) -> Node:
        if len(self.formula) > LONGEST:
            raise self.fail("more than fits a formula")
        try:
            tree = ast.parse(self.formula.strip(), mode="eval")
        except (SyntaxError, ValueError, MemoryError, RecursionError, Warning) as error:
            raise self.fail(f"no formula ({type(error).__name__})") from error
        self.source = self.formula.strip()
        return self.node(tree.body, 0)

    def node(self, tree: ast.expr, depth: int) -> Node:
        if depth > DEEPEST:
            raise self.fail("too much nesting")
        if isinstance(tree, ast.Constant):
            return self.literal(tree)
        if isinstance(tree, ast.Attribute | ast.Name):
            return nodes.Key(self.key(tree))
        if isinstance(tree, ast.Call):
            return self.call(tree, depth + 1)
        return self.operation(tree, depth + 1)

    def operation(self, tree: ast.expr, depth: int) -> Node:
        match tree:
            case ast.BinOp(op=ast.Add()):
                return nodes.Sum(tuple(self.node(term, depth) for term in self.terms(tree)))
            case ast.BinOp(left=left, op=op, right=right) if sign := _ARITHMETIC.get(type(op)):
                return nodes.Arithmetic(sign, self.node(left, depth), self.node(right, depth))
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return nodes.Not(self.node(inner, depth))
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return nodes.Arithmetic("-", nodes.Literal(0), self.node(inner, depth))
            case ast.BoolOp(op=op, values=values):
                kind = nodes.Every if isinstance(op, ast.And) else nodes.Some
                return kind(tuple(self.node(part, depth) for part in values))
            case ast.Compare(left=left, ops=[op], comparators=[right]) if sign := _COMPARISON.get(type(op)):
                return nodes.Comparison(sign, self.node(left, depth), self.node(right, depth), self.tolerance)
        raise self.fail(f"{type(tree).__name__} is not part of the grammar")

    def terms(self, tree: ast.expr) -> list[ast.expr]:
        """Unroll a + b + c, so that long sums neither nest nor slow down."""
        terms = []
        while isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Add):
            terms.append(tree.right)
            tree = tree.left
        return [tree, *reversed(terms)]

    def literal(self, tree: ast.Constant) -> Node:
        if isinstance(tree.value, bool | str):
            return nodes.Literal(tree.value)
        # The text, not Python's binary approximation of it: 0.1 is one tenth.
        text = self.text(tree)
        if isinstance(tree.value, int | float) and _NUMBER.fullmatch(text):
            number = Fraction(text)
            return nodes.Literal(number.numerator if number.denominator == 1 else number)
        raise self.fail(f"{text[:40]!r} is no number of the grammar")

    def text(self, tree: ast.expr) -> str:
        if tree.end_lineno == 1 and self.source.isascii():  # as nearly always: a quarter of the time for all formulas otherwise
            return self.source[tree.col_offset : tree.end_col_offset]
        return ast.get_source_segment(self.source, tree) or ""

    def key(self, tree: ast.expr) -> str:
        names = []
        while isinstance(tree, ast.Attribute):
            names.append(tree.attr)
            tree = tree.value
        if not isinstance(tree, ast.Name) or not names:
            raise self.fail("a key has at least two parts joined by a dot")
        return ".".join([tree.id, *reversed(names)])

    def call(self, tree: ast.Call, depth: int) -> Node:
        name = tree.func.id if isinstance(tree.func, ast.Name) and not tree.keywords else type(tree.func).__name__
        inside = [self.node(arg, depth) for arg in tree.args]
        if len(inside) == 1 and isinstance(key := inside[0], nodes.Key):
            if name in QUESTIONS:
                return nodes.Question(name, key.name)
            if name in _OF_A_KEY:
                return _OF_A_KEY[name](key.name)
        if name == "one_of" and len(inside) > 1:
            return nodes.OneOf(inside[0], tuple(inside[1:]), self.tolerance)
        kind, arguments = _FUNCTIONS.get(name, (None, 0))
        if kind is None or len(inside) != arguments:
            raise self.fail(f"{name}({len(inside)} arguments) is not part of the grammar")
        return kind(*inside)
