"""Sums over so many reports that no frame of them is made: columns are added up where they are.

The rules are those of :mod:`ogi.selection.sums`: one scope, every organ once a year, and what is not known does not count.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import pandas as pd

from ogi.checks.quantity import USES_DERIVED
from ogi.column_formula import column_formula, evaluate, operands, ratio
from ogi.facts import Known, WideSource, masked
from ogi.form import load_form
from ogi.indicators import SMALLEST_BASE
from ogi.selection.measure import REPORTED, Measured, first_cell, is_measurable, operands_of
from ogi.selection.scopes import addable_scopes

if TYPE_CHECKING:
    from ogi.selection.selected import Selection

Array = np.ndarray[Any, Any]


class AddedRows(NamedTuple):
    """Which reports are added up."""

    scope: str | None
    counts: Array
    """For every report whether it counts."""
    weights: Array
    """The same as 1 and 0."""
    organs: int
    """How many organs there are in this scope in any year."""
    left_out: int
    """Reports shown that are of another scope."""
    unknown: int
    """Reports that count and do not tell their scope."""


class Parts(NamedTuple):
    """A figure ready to be added up: the number itself, or numerator and denominator of a rate."""

    number: Known
    base: Known | None
    factor: float
    is_computed: bool


def source_of(selection: Selection) -> WideSource:
    """Return the facts of a selection that is wide."""
    return cast(WideSource, selection.facts)


def added_rows(selection: Selection) -> AddedRows:
    """Return which reports are added up; see :func:`ogi.selection.sums.addable`."""
    facts, rows = source_of(selection), selection.rows
    nobody = np.zeros(len(facts), dtype=bool)
    if not len(rows):
        return AddedRows(None, nobody, nobody.astype(np.float64), 0, 0, 0)
    codes, words = facts.codes_of_identity["scope"], facts.words("scope").tolist()
    newest = np.searchsorted(facts.years[rows], facts.years[rows[-1]])
    scopes = addable_scopes({words[code] for code in np.unique(codes[rows[newest:]])})
    if not scopes:
        return AddedRows(None, nobody, nobody.astype(np.float64), 0, 0, 0)
    counts = counted_rows(facts, rows, scopes)
    shown = np.isin(codes[rows], _numbers(words, scopes))
    unknown = int((codes[counts] == words.index("unknown")).sum()) if "unknown" in words else 0
    organs = np.bincount(facts.codes_of_identity["organ_id"][selection.in_scope[_has(facts, selection.in_scope, scopes)]])
    return AddedRows(scopes[0], counts, counts.astype(np.float64), int((organs > 0).sum()), int(len(rows) - shown.sum()), unknown)


def counted_rows(facts: WideSource, rows: Array, scopes: Sequence[str]) -> Array:
    """Return for every report whether it counts: among ``rows``, of these scopes, and the only one of its organ and year."""
    words = facts.words("scope").tolist()
    counts = _flags(len(facts), rows) & np.isin(facts.codes_of_identity["scope"], _numbers(words, scopes))
    if "unknown" in scopes[1:] and "unknown" in words:
        _drop_second(facts, counts, facts.codes_of_identity["scope"], words.index("unknown"))
    return counts


def _has(facts: WideSource, rows: Array, scopes: Sequence[str]) -> Array:
    return np.isin(facts.codes_of_identity["scope"][rows], _numbers(facts.words("scope").tolist(), scopes))


def _numbers(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    return [words.index(word) for word in wanted if word in words]


def _flags(size: int, rows: Array) -> Array:
    if len(rows) == size:
        return np.ones(size, dtype=bool)
    found = np.zeros(size, dtype=bool)
    found[rows] = True
    return found


def _drop_second(facts: WideSource, counts: Array, codes: Array, other: int) -> None:
    """Take out reports of unknown scope where the same organ has its own of the same year."""
    rows = np.flatnonzero(counts & (codes == other))
    if not len(rows):
        return
    organs = facts.codes_of_identity["organ_id"].astype(np.int64)
    own = np.flatnonzero(counts & (codes != other))
    beside = np.isin(organs[rows] * 10_000 + facts.years[rows], organs[own] * 10_000 + facts.years[own])
    counts[rows[beside]] = False


def parts_of(selection: Selection, key: str) -> Parts:
    """Return what is added up of a figure.

    Raises:
        KeyError: no such cell, derived figure or indicator of one report.
    """
    facts, amended = source_of(selection), selection.view.values == "amended"
    form = load_form()
    if key in facts.column:
        cell = form.cell(key)
        if cell is not None and cell.kind == "amount" and cell.unit is None:
            return Parts(Known(np.zeros(len(facts)), np.zeros(len(facts), dtype=bool)), None, 1.0, False)
        return Parts(facts.addable(key, for_rates=False, amended=amended), None, 1.0, cell is None)
    if not is_measurable(key):
        raise KeyError(key)
    tree = column_formula(form.indicators[key].formula)
    rate = ratio(tree)
    nodes = (tree,) if rate is None else (rate.numerator, rate.denominator)

    def made(place: int) -> Known:
        columns = {part: facts.addable(part, for_rates=True, amended=amended).floats() for part in operands(tree)}
        numbers = [evaluate(node, columns) for node in nodes]
        known = ~np.logical_or.reduce([np.isnan(column) for column in numbers])
        return Known(np.where(known, numbers[place], 0.0), None if known.all() else known)

    found = [facts.remembered((key, place, amended), lambda place=place: made(place)) for place in range(len(nodes))]
    return Parts(found[0], None if rate is None else found[1], 1.0 if rate is None else rate.factor, True)


def totals_frame(selection: Selection, keys: Sequence[str]) -> pd.DataFrame:
    """Return the frame of :func:`ogi.selection.sums.totals`."""
    added, facts = selection.added_rows, source_of(selection)
    years = np.array(selection.years, dtype=np.int64)
    groups = Groups(added.counts, added.weights, row_runs(facts, years), None, 1)
    frames = []
    for key in keys:
        parts = parts_of(selection, key)
        value, numerator, denominator, present = groups.figures(parts)
        computed = groups.holds_any(facts.rows_flagged(key, USES_DERIVED)) if key in facts.column else False
        frames.append(
            pd.DataFrame(
                {
                    "report_year": years,
                    "key": pd.array([key] * len(years), dtype="str"),
                    "value": masked(value),
                    "n_present": present,
                    "n_expected": np.full(len(years), added.organs, dtype=np.int64),
                    "n_reports": groups.reports,
                    "derived": groups.reports > 0 if parts.is_computed else computed,
                    "numerator": masked(numerator),
                    "denominator": masked(denominator),
                }
            )
        )
    return pd.concat(frames, ignore_index=True).sort_values("report_year", kind="stable", ignore_index=True)


class Groups:
    """Reports in groups that are added up: by year, or by year and province."""

    def __init__(self, counts: Array, weights: Array, runs: Sequence[tuple[int, int]], of_row: Array | None, width: int) -> None:
        """Prepare groups.

        Args:
            counts: for every report whether it counts.
            weights: the same as 1 and 0.
            runs: first row and the one after the last of each year; (0, 0) for a year without reports.
            of_row: the group of every report within its year; ``None`` for one group a year.
            width: groups a year.
        """
        self.counts, self.weights, self.runs, self.of_row, self.width = counts, weights, runs, of_row, width
        self.reports = self._counts(counts)

    def figures(self, parts: Parts) -> tuple[Array, Array, Array, Array]:
        """Return value, numerator, denominator and number of reports of each group; NaN where there is none."""
        number, base = parts.number, parts.base
        present = self.reports if number.known is None else self._counts(self.counts & number.known)
        nothing = np.full(len(present), np.nan)
        added = np.where(present > 0, self._sums(number.numbers), np.nan)
        if base is None:
            return added, nothing, nothing, present
        below = np.where(present > 0, self._sums(base.numbers), np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(below >= SMALLEST_BASE, parts.factor * added / below, np.nan), added, below, present

    def holds_any(self, rows: Array) -> Array:
        """Return for each group whether any of these reports counts in it."""
        chosen = np.zeros(len(self.counts) if len(rows) else 0, dtype=bool)
        if not len(rows):
            return np.zeros(len(self.runs) * self.width, dtype=bool)
        chosen[rows] = True
        return self._counts(chosen & self.counts) > 0

    def _sums(self, numbers: Array) -> Array:
        """Sums over the reports that count; what is not known is 0 in ``numbers``."""
        found = np.zeros((len(self.runs), self.width))
        for place, (start, stop) in enumerate(self.runs):
            column, weights = numbers[start:stop], self.weights[start:stop]
            if self.of_row is None:
                # Not a dot product: its threads wait for each other on a busy machine.
                found[place] = (column * weights).sum()
            else:
                found[place] = np.bincount(self.of_row[start:stop], weights=column * weights, minlength=self.width)
        return found.ravel()

    def _counts(self, chosen: Array) -> Array:
        """How many of these reports there are in each group."""
        found = np.zeros((len(self.runs), self.width), dtype=np.int64)
        for place, (start, stop) in enumerate(self.runs):
            if self.of_row is None:
                found[place] = np.count_nonzero(chosen[start:stop])
            else:
                found[place] = np.bincount(self.of_row[start:stop][chosen[start:stop]], minlength=self.width)
        return found.ravel()


def row_runs(facts: WideSource, years: Array) -> list[tuple[int, int]]:
    """Return the first row and the one after the last of each year; equal where a year has none."""
    starts, stops = np.searchsorted(facts.years, years, "left"), np.searchsorted(facts.years, years, "right")
    return [(int(start), int(stop)) for start, stop in zip(starts, stops, strict=True)]


def organs_by_years(selection: Selection, years: Sequence[int]) -> Array:
    """Return organs × years of the reports that are added up: rows of the facts, −1 where there is none.

    The years need not be among those shown. Organs without a report in either of them come last.
    """
    facts, added = source_of(selection), selection.added_rows
    if added.scope is None:
        return np.zeros((0, len(years)), dtype=np.int64)
    scopes = addable_scopes({added.scope})
    rows = selection.in_scope[np.isin(facts.years[selection.in_scope], years)]
    counts = counted_rows(facts, rows, scopes)
    organs = facts.codes_of_identity["organ_id"]
    place = np.full(int(organs.max(initial=0)) + 1, -1, dtype=np.int64)
    present = np.unique(organs[counts])
    place[present] = np.arange(len(present))
    found = np.full((added.organs, len(years)), -1, dtype=np.int64)
    for column, (start, stop) in enumerate(row_runs(facts, np.array(years, dtype=np.int64))):
        chosen = start + np.flatnonzero(counts[start:stop])
        found[place[organs[chosen]], column] = chosen
    return found


def measured_at(selection: Selection, key: str, rows: Array) -> Measured:
    """Return a figure of some rows as :func:`ogi.selection.measure.measure` does, without states and flags.

    Raises:
        KeyError: no such cell, derived figure or indicator of one report.
    """
    facts, parts, form = source_of(selection), parts_of(selection, key), load_form()
    number, nothing = parts.number.floats_at(rows), np.full(len(rows), np.nan)
    base = nothing if parts.base is None else parts.base.floats_at(rows)
    cell, indicator = form.cell(key), form.indicators.get(key)
    added = facts.rows_flagged(key, USES_DERIVED) if key in facts.column else rows
    with np.errstate(divide="ignore", invalid="ignore"):
        value = number if parts.base is None else np.where(base > 0, parts.factor * number / base, np.nan)
    first = first_cell(form, key if indicator is None else operands_of(key)[0])
    return Measured(
        key=key,
        kind="rate" if parts.base is not None else "amount" if cell is not None and cell.kind == "amount" else "count",
        unit=first.unit if indicator is None else indicator.unit,
        value=value,
        numerator=nothing if parts.base is None else number,
        denominator=base,
        factor=parts.factor,
        codes=np.full(len(rows), REPORTED, dtype=np.int8),
        editions=facts.editions_at(first.table.id, rows),
        derived=np.isin(rows, added) if cell is not None else np.ones(len(rows), dtype=bool),
        flags={},
    )
