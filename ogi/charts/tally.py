"""Numbers of a long frame by organ and year, and their sums with what they cover.

A sum never takes a missing number for 0: it says how many organs it holds (:attr:`Total.known`) and of how many
(:attr:`Tally.organs`). What is added is decided by :mod:`ogi.selection.scopes`. A derived figure the frame does not carry is
computed from its cells by the dictionary's formula where all of them are known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ogi.checks.nodes import Node
from ogi.checks.plan import rules_of
from ogi.column_formula import evaluate, operands
from ogi.form import load_form
from ogi.once import once
from ogi.selection.scopes import ADDABLE, addable_scopes, one_per_organ
from ogi.selection.sums import column_sums

Number = int | Decimal
Series = tuple[str, str]
"""Organ id and scope: the same organ may report for itself and for its region."""


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
        years = frame["report_year"].dropna().to_numpy(dtype=np.int64)
        self.years: tuple[int, ...] = tuple(range(int(years.min()), int(years.max()) + 1)) if len(years) else ()
        names, row_of = _series(frame)
        self.series: dict[Series, str] = names
        """Every organ × scope of the frame with its name."""
        cells = _cells(frame, row_of, (len(names), len(self.years)), _closure(self.keys))
        unknown = np.full((len(names), len(self.years)), np.nan)
        self._numbers: Any = np.stack([_numbers(key, cells, unknown) for key in self.keys], axis=-1)
        filled = np.any([~np.isnan(cell.numbers).all(axis=1) for cell in cells.values()] or [np.zeros(len(names), bool)], axis=0)
        scopes = [scope for _, scope in names]
        added = addable_scopes({scope for scope, has_number in zip(scopes, filled, strict=True) if has_number})
        self._scopes = added or ADDABLE[0]
        present = ~np.isnan(self._numbers).all(axis=-1)
        organs, chosen = one_per_organ([organ for organ, _ in names], scopes, present, self._scopes)
        self.organs: tuple[str, ...] = tuple(organs)
        """The organs that are added."""
        self._added: Any = np.where((chosen >= 0)[..., None], self._numbers[chosen, np.arange(len(self.years))], np.nan)
        """Organs × years × keys."""

    def part(self, keys: Iterable[str]) -> Tally:
        """Return the tally of some of :attr:`keys`, over the same series of the same organs."""
        part = copy(self)
        part.keys = tuple(keys)
        places = [self.keys.index(key) for key in part.keys]
        part._numbers, part._added = self._numbers[..., places], self._added[..., places]
        for name in ("totals", "incomplete", "is_empty"):
            part.__dict__.pop(name, None)
        return part

    def numbers_of(self, key: str) -> dict[tuple[Series, int], Number]:
        """Return the known numbers of one of :attr:`keys` by series and year."""
        numbers = self._numbers[..., self.keys.index(key)]
        series = list(self.series)
        return {
            (series[row], self.years[column]): number
            for row, column in np.argwhere(~np.isnan(numbers)).tolist()
            if (number := exact(numbers[row, column])) is not None
        }

    @property
    def left_out(self) -> int:
        """How many series are not added because their scope is another."""
        return sum(scope not in self._scopes for _, scope in self.series)

    def total(self, year: int, *, complete: bool = False) -> Total:
        """Return the sums of ``year``; with ``complete`` only of organs that have every one of the keys.

        A year outside :attr:`years` has no numbers.
        """
        if year not in self.years:
            return Total(dict.fromkeys(self.keys), 0)
        numbers = self._added[:, self.years.index(year)]
        whole = ~np.isnan(numbers).any(axis=1)
        return Total(dict(zip(self.keys, _sums(numbers[whole] if complete else numbers), strict=True)), int(whole.sum()))

    @once
    def totals(self) -> dict[int, Total]:
        """The sums of every year over whichever organs have a number."""
        return {year: self.total(year) for year in self.years}

    @once
    def incomplete(self) -> tuple[int, ...]:
        """The years with a number in which not every organ has all of them."""
        return tuple(
            year
            for year, total in self.totals.items()
            if total.known < len(self.organs) and any(number is not None for number in total.numbers.values())
        )

    @once
    def is_empty(self) -> bool:
        """Whether there is no number at all."""
        return bool(np.isnan(self._added).all())


def exact(value: Any) -> Number | None:
    """Return a value of the frame as an exact number, ``None`` where it is missing."""
    if value is None or pd.isna(value):
        return None
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    return int(number) if number == number.to_integral_value() else number


def _sums(numbers: Any) -> list[Number | None]:
    """Column sums of organs × keys; money is added in decimals, so that its sum is what a person would write."""
    sums = column_sums(numbers)
    found: list[Number | None] = []
    for place, value in enumerate(sums.tolist()):
        column = numbers[:, place]
        parts = column[~np.isnan(column)]
        if len(parts) and (parts != np.floor(parts)).any():
            found.append(exact(sum(Decimal(str(part)) for part in parts.tolist())))
        else:
            found.append(exact(value))
    return found


class _Cell(NamedTuple):
    """One key of the frame, series × years."""

    has_row: Any
    """Where the frame has a row, with or without a number."""
    numbers: Any


def _series(frame: pd.DataFrame) -> tuple[dict[Series, str], Any]:
    """Return the series of a frame with their names, in the order of its rows, and the place of each row's series."""
    organs, _ = pd.factorize(frame["organ_id"])
    scopes, scope_names = pd.factorize(frame["scope"])
    places, pairs = pd.factorize(organs * max(len(scope_names), 1) + scopes)
    first = np.zeros(len(pairs), dtype=np.int64)
    first[places[::-1]] = np.arange(len(frame))[::-1]
    identity = (frame[name].array.take(first).tolist() for name in ("organ_id", "scope", "organ_name"))
    return {(organ, scope): name for organ, scope, name in zip(*identity, strict=True)}, places


def _cells(frame: pd.DataFrame, row_of: Any, shape: tuple[int, int], keys: Collection[str]) -> dict[str, _Cell]:
    """Return those of ``keys`` the frame has."""
    wanted = frame["key"].isin(sorted(keys)).to_numpy()
    codes, found = pd.factorize(frame["key"].array[wanted])
    years = frame["report_year"].to_numpy(dtype=np.int64)
    at = (codes, row_of[wanted], years[wanted] - (years.min() if len(years) else 0))
    has_row = np.zeros((len(found), *shape), dtype=bool)
    has_row[at] = True
    numbers = np.full((len(found), *shape), np.nan)
    numbers[at] = frame["value"].array[wanted].to_numpy(dtype=np.float64, na_value=np.nan)
    return {str(key): _Cell(has_row[place], numbers[place]) for place, key in enumerate(found)}


def _numbers(key: str, cells: Mapping[str, _Cell], unknown: Any) -> Any:
    """Return a key series × years: as the frame has it; where it has no row for it, by the first formula that is known."""
    cell = cells.get(key)
    computed = unknown
    for formula in _formulas(key):
        columns = {part: _numbers(part, cells, unknown) for part in operands(formula)}
        computed = np.where(np.isnan(computed), evaluate(formula, columns), computed)
    return computed if cell is None else np.where(cell.has_row, cell.numbers, computed)


def _closure(keys: Iterable[str]) -> set[str]:
    """The keys and, where one is derived, all cells under it."""
    found: set[str] = set()
    open_keys = list(keys)
    while open_keys:
        key = open_keys.pop()
        if key not in found:
            found.add(key)
            open_keys += [part for formula in _formulas(key) for part in operands(formula)]
    return found


def _formulas(key: str) -> tuple[Node, ...]:
    """The formulas of a derived figure, the ordinary one first; none for a cell."""
    return tuple(variant.formula for variant in rules_of(load_form()).variants.get(key, ()))
