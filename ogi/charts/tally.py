"""Numbers of a long frame by organ and year, and their sums with what they cover.

A sum never takes a missing number for 0: it says how many organs it holds (:attr:`Total.known`) and of how many
(:attr:`Tally.organs`). A derived figure the frame does not carry is computed from its cells by the dictionary's formula
where all of them are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import product
from typing import Any

import pandas as pd

from ogi.form import load_form

Number = int | Decimal
Series = tuple[str, str]
"""Organ id and scope: the same organ may report for itself and for its region."""
_ADDABLE = (("own", "unknown"), ("region_total",), ("system_total",))

_TERM = re.compile(r"([+-])?\s*([a-z][a-z0-9_.]*)\s*")


@dataclass(frozen=True)
class Total:
    """Sums of one year over organs, by key; ``None`` where no organ has a number."""

    numbers: Mapping[str, Number | None]
    known: int
    """How many organs have all of the numbers."""

    def __getitem__(self, key: str) -> Number | None:
        return self.numbers[key]


class Tally:
    """The numbers of a frame, ready to be looked up and added."""

    def __init__(self, frame: pd.DataFrame, keys: Iterable[str]) -> None:
        """Take the rows of ``keys`` and of the cells they are derived from out of ``frame``."""
        self.keys = tuple(keys)
        years = [int(year) for year in frame["report_year"].dropna().unique()]
        self.years: tuple[int, ...] = tuple(range(min(years), max(years) + 1)) if years else ()
        identity = zip(frame["organ_id"], frame["scope"], frame["organ_name"], strict=True)
        self.series: dict[Series, str] = {(organ, scope): name for organ, scope, name in dict.fromkeys(identity)}
        """Every organ × scope of the frame with its name."""
        self._numbers: dict[tuple[Series, int], dict[str, Number | None]] = {}
        rows = frame[frame["key"].isin(sorted(_closure(self.keys)))]
        columns = (rows[name] for name in ("organ_id", "scope", "report_year", "key", "value"))
        for organ_id, scope, year, key, value in zip(*columns, strict=True):
            self._numbers.setdefault(((organ_id, scope), int(year)), {})[key] = exact(value)

    def number(self, series: Series, year: int, key: str) -> Number | None:
        """Return one number, or ``None`` where it is missing."""
        numbers = self._numbers.get((series, year))
        return None if numbers is None else _resolve(numbers, key)

    @cached_property
    def organs(self) -> dict[str, list[Series]]:
        """The organs that are added, each with its series, the one that counts first.

        Only one scope is ever added: own figures where there are any, else one kind of consolidated ones. A report that
        does not tell its scope counts as the organ's own unless there is one that does.
        """
        filled = {series[1] for (series, _), numbers in self._numbers.items() if any(n is not None for n in numbers.values())}
        scopes = next((bucket for bucket in _ADDABLE if filled & set(bucket)), _ADDABLE[0])
        found: dict[str, list[Series]] = {}
        for series in sorted(self.series, key=lambda series: series[1] != scopes[0]):
            if series[1] in scopes:
                found.setdefault(series[0], []).append(series)
        return found

    @property
    def left_out(self) -> int:
        """How many series are not added because their scope is another."""
        return len(self.series) - sum(map(len, self.organs.values()))

    def _counted(self, candidates: list[Series], year: int) -> list[Number | None]:
        rows = [[self.number(series, year, key) for key in self.keys] for series in candidates]
        return next((row for row in rows if any(number is not None for number in row)), rows[0])

    def total(self, year: int, *, complete: bool = False) -> Total:
        """Return the sums of ``year``; with ``complete`` only of organs that have every one of the keys."""
        rows = [self._counted(candidates, year) for candidates in self.organs.values()]
        whole = [row for row in rows if None not in row]
        columns = zip(*(whole if complete else rows), strict=True)
        sums: list[Number | None] = [_sum(column) for column in columns] or [None] * len(self.keys)
        return Total(dict(zip(self.keys, sums, strict=True)), len(whole))

    @cached_property
    def totals(self) -> dict[int, Total]:
        """The sums of every year over whichever organs have a number."""
        return {year: self.total(year) for year in self.years}

    @property
    def incomplete(self) -> tuple[int, ...]:
        """The years with a number in which not every organ has all of them."""
        return tuple(
            year
            for year, total in self.totals.items()
            if total.known < len(self.organs) and any(number is not None for number in total.numbers.values())
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is no number at all."""
        return all(number is None for total in self.totals.values() for number in total.numbers.values())


def exact(value: Any) -> Number | None:
    """Return a value of the frame as an exact number, ``None`` where it is missing."""
    if value is None or pd.isna(value):
        return None
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return int(number) if number == number.to_integral_value() else number


def _sum(column: Iterable[Number | None]) -> Number | None:
    known = [number for number in column if number is not None]
    return sum(known[1:], known[0]) if known else None


def _resolve(numbers: Mapping[str, Number | None], key: str) -> Number | None:
    if key in numbers:
        return numbers[key]
    for terms in _formulas().get(key, ()):
        parts = [(sign, _resolve(numbers, part)) for sign, part in terms]
        if all(number is not None for _, number in parts):
            return _sum(sign * number for sign, number in parts if number is not None)
    return None


def _closure(keys: Iterable[str]) -> set[str]:
    """The keys and, where one is derived, all cells under it."""
    found: set[str] = set()
    open_keys = list(keys)
    while open_keys:
        key = open_keys.pop()
        found.add(key)
        open_keys += [part for terms in _formulas().get(key, ()) for _, part in terms if part not in found]
    return found


@lru_cache(maxsize=1)
def _formulas() -> dict[str, tuple[tuple[tuple[int, str], ...], ...]]:
    """The derived figures that are plain sums and differences: key → for each edition its signed terms."""
    form = load_form()
    found: dict[str, tuple[tuple[tuple[int, str], ...], ...]] = {}
    for rule in form.derived:
        names = list(rule.for_each)
        for values in product(*(form.sets[rule.for_each[name]] for name in names)):
            fill = dict(zip(names, values, strict=True))
            texts = [text.format(**fill) for text in (rule.formula, rule.formula_gf2019) if text]
            found[rule.key.format(**fill)] = tuple(terms for terms in map(_terms, texts) if terms)
    return found


def _terms(formula: str) -> tuple[tuple[int, str], ...]:
    if not re.fullmatch(f"(?:{_TERM.pattern})+", formula):
        return ()
    return tuple((-1 if sign == "-" else 1, key) for sign, key in _TERM.findall(formula))
