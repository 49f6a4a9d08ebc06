"""The definition a figure of the prose fits, in words: 行政复议已审结, 总计170减尚未审结36."""

from __future__ import annotations

from collections.abc import Callable

from ogi.checks import nodes
from ogi.checks.expression import parse
from ogi.checks.finding import Basis
from ogi.checks.nodes import Node
from ogi.checks.plan import rules_of
from ogi.form import Form
from ogi.labels import Labels

Name = Callable[[str], str]
_SIGNS = {"-": "minus", "*": "times", "/": "over"}


def definition(basis: Basis, labels: Labels, form: Form, name: Name) -> str:
    """Return what a definition is called, and where it is computed, how its value came about.

    Args:
        basis: the definition, as a finding keeps it.
        labels: the language.
        form: the dictionary.
        name: what a key is called.
    """
    tree = _without_percent(parse(basis.formula))
    words = _words(tree, labels, name)
    plain = isinstance(tree, nodes.Key) and tree.name in basis.terms
    return words if plain else labels("checks.definition.made", name=words, made=computation(basis, labels, form, name))


def computation(basis: Basis, labels: Labels, form: Form, name: Name) -> str:
    """Return only how the value of a definition came about: 予以公开272÷总计805. Arguments as for :func:`definition`."""
    tree = _without_percent(parse(basis.formula))
    return _words(_taken_apart(tree, form), labels, lambda key: _with_number(key, basis, labels, name))


def _without_percent(tree: Node) -> Node:
    """A share is named by its parts: 100 * a / b is a ÷ b."""
    match tree:
        case nodes.Arithmetic("/", nodes.Arithmetic("*", nodes.Literal(100), part), whole):
            return nodes.Arithmetic("/", part, whole)
    return tree


def _with_number(key: str, basis: Basis, labels: Labels, name: Name) -> str:
    number = basis.terms.get(key)
    return name(key) if number is None else labels("checks.definition.term", name=name(key), number=number)


def _taken_apart(node: Node, form: Form) -> Node:
    """Put the formula of a derived figure in its place."""
    match node:
        case nodes.Key(key) if variants := rules_of(form).variants.get(key):
            return _taken_apart(variants[0].formula, form)
        case nodes.Sum(terms):
            return nodes.Sum(tuple(_taken_apart(term, form) for term in terms))
        case nodes.Arithmetic(sign, left, right):
            return nodes.Arithmetic(sign, _taken_apart(left, form), _taken_apart(right, form))
    return node


def _words(node: Node, labels: Labels, name: Name) -> str:
    match node:
        case nodes.Key(key):
            return name(key)
        case nodes.Previous(key):
            return name(f"prev({key})")
        case nodes.Literal(value):
            return str(value)
        case nodes.Sum(terms):
            return labels("checks.definition.plus").join(_words(term, labels, name) for term in terms)
        case nodes.Arithmetic(sign, left, right):
            inner = [_inside(part, labels, name) for part in (left, right)]
            return labels(f"checks.definition.{_SIGNS[sign]}").join(inner)
    return ""


def _inside(node: Node, labels: Labels, name: Name) -> str:
    words = _words(node, labels, name)
    return labels("checks.definition.inside", words=words) if isinstance(node, nodes.Sum) else words
