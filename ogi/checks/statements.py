"""Statements of the prose as figures of a formula: one rule applied to each statement it speaks of.

A rule over ``text.*`` figures is applied once per statement, so that every finding quotes its own sentence. Further figures of
the formula come from the same sentence, or are worked out for the statement: what a share or a change is by the tables, and how
large one unit of its last printed digit is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Protocol

from ogi.checks.quantity import Quantity, Value, is_number, is_of_last_year, unknown
from ogi.checks.recomputed import Tried, change_bases, changed_key, share_bases
from ogi.checks.terms import Sourced
from ogi.form import Form
from ogi.report import StatedFact

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_ROUNDED = re.compile(r"\d\s*[万亿]")
_SMALLEST = Fraction(5, 100)
"""However precisely a percentage is printed, this much is rounding (domain specification, N12)."""


class Speaking(Sourced, Protocol):
    """Figures that also tell what the prose states."""

    form: Form

    def stated(self, key: str) -> tuple[StatedFact, ...]:
        """Return the statements of a key."""
        ...


class Statement(NamedTuple):
    """One statement with the figures a formula takes from it."""

    fact: StatedFact
    values: dict[str, Quantity]
    tried: tuple[Tried, ...] = ()
    """For a share or a change: the base that fits, or all that were tried, nearest first."""


def stated_keys(keys: Sequence[str], form: Form) -> tuple[str, ...]:
    """Return the keys of figures (not of mere statements) of the prose among ``keys``."""
    return tuple(key for key in keys if key.startswith("text.") and form.facts[key].unit != "bool")


def statements(keys: Sequence[str], figures: Speaking) -> tuple[Statement, ...]:
    """Return every statement a rule over these ``text.*`` keys speaks of; the same words said twice count once."""
    found = {key: figures.stated(key) for key in keys}
    driver = next((key for key in keys if any(fact.about in keys for fact in found[key])), None)
    driver = driver or next((key for key in keys if found[key]), None)
    if driver is None:
        return ()
    distinct = {(fact.words, fact.value): fact for fact in reversed(found[driver])}
    return tuple(_statement(fact, keys, figures) for fact in reversed(distinct.values()))


def _statement(fact: StatedFact, keys: Sequence[str], figures: Speaking) -> Statement:
    values: dict[str, Quantity] = {fact.key: Quantity(_value(fact))}
    tried: tuple[Tried, ...] = ()
    for key in keys:
        if key.endswith("_recomputed"):
            values[key], tried = recomputed(fact, figures)
            values["text.growth_implied"] = implied(fact, figures)
        elif key.endswith("_digit"):
            values[key] = Quantity(last_digit(fact))
        elif key != fact.key:
            beside = beside_it(fact, key, figures)
            values[key] = Quantity(_value(beside)) if beside else unknown(key)
    return Statement(fact, values, tried)


def is_rough(fact: StatedFact) -> bool:
    """Whether the prose rounds the number: 约30件, 30余件, 1.2万件."""
    return fact.approximate or (fact.unit in ("jian", "tiao") and _ROUNDED.search(fact.words) is not None)


def beside_it(fact: StatedFact, key: str, figures: Speaking) -> StatedFact | None:
    """Return the statement of ``key`` in the same sentence; of several, the one whose words the fact's words repeat."""
    same = [other for other in figures.stated(key) if other.sentence == fact.sentence]
    return next((other for other in same if other.words and other.words in fact.words), same[0] if same else None)


def last_digit(fact: StatedFact) -> Fraction:
    """Return one unit of the last printed digit of a percentage, at least 0.05: 20.0% → 0.1, 20% → 1."""
    printed = [text for text in _PERCENT.findall(fact.words) if Decimal(text) == abs(Decimal(str(fact.value)))]
    text = printed[-1] if printed else str(fact.value)
    decimals = len(text.partition(".")[2])
    return max(Fraction(1, 10**decimals), _SMALLEST)


def recomputed(fact: StatedFact, figures: Speaking) -> tuple[Quantity, tuple[Tried, ...]]:
    """Return what a share or a change is by the tables, by the base that comes nearest, and every base that was tried.

    Unknown where no base is known, or where a base that might fit needs a cell that could not be read.
    """
    if fact.unit != "percent" or fact.about is None:
        return unknown("text.percent_recomputed"), ()
    about = beside_it(fact, fact.about, figures)
    share = fact.key == "text.percent_stated"
    tried = share_bases(fact.about, about, figures) if share else change_bases(fact.about, about, figures)
    stated, digit = Fraction(str(fact.value)), last_digit(fact)
    known: list[Tried] = []
    unread: list[Quantity] = []
    for one in tried:
        if one.quantity.is_known:
            known.append(one)
            if _apart(one, stated) <= digit:
                return one.quantity, (one,)  # of those that fit, the first in the order of the data
        elif not _is_absent(one.quantity):
            unread.append(one.quantity)
    if not known:
        wanting = tuple(dict.fromkeys(key for one in tried for key in one.quantity.missing))
        return unknown(*(wanting or (f"{fact.key.removesuffix('_stated')}_recomputed",))), ()
    known.sort(key=lambda one: _apart(one, stated))
    return (unknown(*unread[0].missing) if unread else known[0].quantity), tuple(known)


def _apart(tried: Tried, stated: Fraction) -> Fraction:
    return abs(Fraction(tried.quantity.value) - stated)  # type: ignore[arg-type]


def _is_absent(quantity: Quantity) -> bool:
    """Whether a base is not there at all: no report of last year, no such statement, a division by zero."""
    return all(is_of_last_year(key) or key.startswith("text.") for key in quantity.missing)


def implied(fact: StatedFact, figures: Speaking) -> Quantity:
    """Return last year's figure by a stated change: this year's number divided by 1 + change, rounded to a whole case."""
    change = 1 + Fraction(str(fact.value)) / 100
    if fact.about is None or change <= 0 or fact.key != "text.growth_stated":
        return unknown("text.growth_implied")
    about = beside_it(fact, fact.about, figures) or next(iter(figures.stated(fact.about)), None)
    now = Quantity(about.value) if about else figures.get(changed_key(fact.about))
    if not is_number(now.value):
        return unknown("text.growth_implied")
    return Quantity(round(Fraction(str(now.value)) / change))


def _value(fact: StatedFact) -> Value:
    return fact.value
