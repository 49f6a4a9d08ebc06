"""Shares and changes worked out again from the tables, by every base a report may have taken (``stated_bases.yaml``)."""

from __future__ import annotations

from functools import lru_cache

from ogi.checks import nodes
from ogi.checks.expression import parse
from ogi.checks.finding import Basis
from ogi.checks.nodes import Node
from ogi.checks.quantity import Quantity, unknown
from ogi.checks.terms import Sourced, basis_of
from ogi.data_files import read_data
from ogi.once import once
from ogi.report import StatedFact

ABOUT = "text.about"
"""In a base: the number the prose states right before the percentage."""


class _Telling:
    """Figures with the number the prose states in the same sentence put for ``text.about``."""

    def __init__(self, figures: Sourced, said: StatedFact | None) -> None:
        self.figures, self.said = figures, said

    def get(self, key: str) -> Quantity:
        if key != ABOUT:
            return self.figures.get(key)
        return unknown(ABOUT) if self.said is None else Quantity(self.said.value)

    def previous(self, key: str) -> Quantity:
        return self.figures.previous(key)

    def children(self, key: str) -> Quantity:
        return self.figures.children(key)

    def about(self, question: str, key: str) -> Quantity:
        return self.figures.about(question, key)

    def made_of(self, key: str) -> Node | None:
        return self.figures.made_of(key)


class Tried:
    """One base; what it gives and what it was made of is only worked out where it is wanted."""

    def __init__(self, node: Node, facts: Sourced) -> None:
        self.node, self.facts = node, facts

    @once
    def quantity(self) -> Quantity:
        """What the base gives, in percent."""
        return self.node.evaluate(self.facts)

    @property
    def basis(self) -> Basis:
        """The base as a finding keeps it."""
        return basis_of(self.node, self.facts)


def share_bases(about: str, stated: StatedFact | None, figures: Sourced) -> list[Tried]:
    """Return what the share of ``about`` is in percent, by each base.

    Args:
        about: the ``text.*`` key the share is said of.
        stated: the statement of that figure in the same sentence.
        figures: the figures of the report.
    """
    rules = read_data("stated_bases.yaml")["shares"]
    among = tuple(rules["among"].get(about, rules["among"]["other"]))
    return _tried(_shares(tuple(rules["of"].get(about, ())), among), stated, figures)


def change_bases(about: str, stated: StatedFact | None, figures: Sourced) -> list[Tried]:
    """Return by how many percent ``about`` changed against the year before, by each base; arguments as above."""
    return _tried(_changes(tuple(read_data("stated_bases.yaml")["changes"].get(about, ()))), stated, figures)


def changed_key(about: str) -> str:
    """Return the figure a change of ``about`` is first held against; ``about`` itself where the tables have none."""
    return next(iter(read_data("stated_bases.yaml")["changes"].get(about, ())), about)


def _tried(bases: tuple[Node, ...], stated: StatedFact | None, figures: Sourced) -> list[Tried]:
    facts = _Telling(figures, stated)
    return [Tried(base, facts) for base in bases]


@lru_cache(maxsize=64)
def _shares(parts: tuple[str, ...], wholes: tuple[str, ...]) -> tuple[Node, ...]:
    return tuple(parse(f"100 * ({part}) / ({whole})", rule="stated_bases") for whole in wholes for part in parts)


@lru_cache(maxsize=64)
def _changes(keys: tuple[str, ...]) -> tuple[Node, ...]:
    both = [parse(f"100 * ({key} - prev({key})) / prev({key})", rule="stated_bases") for key in keys]
    prose = [parse(f"100 * ({ABOUT} - prev({key})) / prev({key})", rule="stated_bases") for key in keys]
    return tuple(node for node in (*both, *prose) if isinstance(node, nodes.Arithmetic))
