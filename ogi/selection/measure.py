"""One figure in every report of a collection: a cell, a derived figure or an indicator, as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from ogi.checks.plan import rules_of
from ogi.checks.quantity import USES_DERIVED
from ogi.column_formula import Column, ColumnFormulaError, column_formula, evaluate, operands, ratio
from ogi.facts import POPULATION, STATES, FactsSource
from ogi.form import Cell, Comparability, Form, load_form
from ogi.selection.comparability import joined, worst

REPORTED = STATES.index("reported")
AMENDED = "amended"
"""The flag of a figure that a person amended, or that is computed from such a one."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Measured:
    """A figure in every row of the facts; unknown numbers are NaN."""

    key: str
    kind: Literal["count", "amount", "rate"]
    unit: str | None
    """Key of the unit; a rate in ``percent`` is a fraction (0.436), one in ``per100`` is cases per hundred."""
    value: Column
    numerator: Column
    denominator: Column
    """Both NaN throughout for what is no rate."""
    factor: float
    codes: Any
    """The state of each row as an index into :data:`ogi.facts.STATES`."""
    editions: Any
    """The edition of the table the figure stands in, ``""`` where the table is missing."""
    derived: Any
    """Whether each row is computed and not printed: a derived figure, a rate, or a total added up from its parts."""
    flags: dict[int, str]
    """Flags of single rows, joined by commas."""

    @property
    def summable(self) -> Column:
        """``value`` without money whose unit is not known, which must not be added to anything."""
        if self.kind != "amount":
            return self.value
        if self.unit is None:
            return np.full(len(self.value), np.nan)
        unknown = [row for row, text in self.flags.items() if "unit_unknown" in text.split(",")]
        value = self.value.copy()
        value[unknown] = np.nan
        return value

    @property
    def operands(self) -> tuple[str, ...]:
        """The cells or derived figures it is made of; the key itself for a cell."""
        return operands_of(self.key)

    def joins(self, edition_a: str, edition_b: str) -> Comparability:
        """Whether the figure may be compared between two editions: the worst of its parts."""
        if not edition_a or not edition_b:
            return "absent"
        return worst(joined(key, edition_a, edition_b) for key in self.operands) or "absent"


@lru_cache(maxsize=2048)
def operands_of(key: str) -> tuple[str, ...]:
    """Return the keys a comparison between editions has to look at."""
    indicator = load_form().indicators.get(key)
    parts = (key,) if indicator is None else operands(column_formula(indicator.formula))
    return tuple(part for part in parts if part != POPULATION)


def measure(facts: FactsSource, key: str, *, amended: bool = False) -> Measured:
    """Return the figure ``key`` in every report.

    Args:
        facts: the reports.
        key: a cell, a derived figure or an indicator.
        amended: whether amended figures take the place of printed ones; they carry the flag ``amended``.

    Raises:
        KeyError: no such cell, derived figure or indicator, or an indicator that needs more than one report's cells
            (last year's report, subordinates): see :func:`is_measurable`.
    """
    form = load_form()
    nothing = np.full(len(facts), np.nan)
    if key not in facts.column:
        return _indicator(facts, form, key, nothing, amended=amended)
    cell = form.cell(key)
    changed = facts.amended(key) if amended else {}
    flags = _with_amended(facts.flags_of(key), changed)
    value, codes = facts.printed(key).copy(), facts.codes(key)
    derived = np.full(len(facts), cell is None)
    # A printed total always wins; one left blank is its parts added up, and every frame marks it.
    added = [row for row, text in flags.items() if USES_DERIVED in text.split(",")] if flags else []
    if added or changed:  # of hundreds of keys hardly any has either
        codes = codes.copy()
        value[added] = facts.counted(key)[added]
        codes[added] = REPORTED
        derived[added] = True
        _put(value, changed)
        codes[list(changed)] = REPORTED
    return Measured(
        key=key,
        kind="amount" if cell is not None and cell.kind == "amount" else "count",
        unit=_first_cell(key).unit,
        value=value,
        numerator=nothing,
        denominator=nothing,
        factor=1.0,
        codes=codes,
        editions=_editions(facts, key),
        derived=derived,
        flags=flags,
    )


def _with_amended(flags: Mapping[int, str], changed: Mapping[int, float]) -> dict[int, str]:
    """The flags, and that a figure was amended; what the printed one went through says nothing of the amended one."""
    return {**flags, **dict.fromkeys(changed, AMENDED)}


def _put(column: Column, changed: Mapping[int, float]) -> None:
    column[list(changed)] = list(changed.values())


def _counted(facts: FactsSource, key: str, amended: bool) -> Column:
    """A figure as rates are made of it."""
    column = facts.counted(key)
    changed = facts.amended(key) if amended else {}
    if changed:
        column = column.copy()
        _put(column, changed)
    return column


def is_measurable(key: str) -> bool:
    """Whether :func:`measure` can make a column of this key."""
    form = load_form()
    if form.cell(key) is not None or key in rules_of(form).variants:
        return True
    if key not in form.indicators or form.indicators[key].for_each:
        return False
    try:
        parts = operands(column_formula(form.indicators[key].formula))
    except ColumnFormulaError:
        return False
    return all(part == POPULATION or is_measurable(part) for part in parts)


def _indicator(facts: FactsSource, form: Form, key: str, nothing: Column, *, amended: bool) -> Measured:
    if not is_measurable(key):
        raise KeyError(key)
    tree = column_formula(form.indicators[key].formula)
    keys = operands(tree)
    columns = {part: _counted(facts, part, amended) for part in keys}
    rate = ratio(tree)
    value = evaluate(tree, columns)
    codes = np.full(len(facts), REPORTED, dtype=np.int8)
    for part in reversed(keys):
        codes = np.where(np.isnan(columns[part]), facts.codes(part), codes)
    flags: dict[int, str] = {}
    for part in keys:
        for row, text in _with_amended(facts.flags_of(part), facts.amended(part) if amended else {}).items():
            flags[row] = ",".join(sorted({*filter(None, flags.get(row, "").split(",")), *text.split(",")}))
    return Measured(
        key=key,
        kind="rate" if rate else "count",
        unit=form.indicators[key].unit,
        value=value,
        numerator=evaluate(rate.numerator, columns) if rate else nothing,
        denominator=evaluate(rate.denominator, columns) if rate else nothing,
        factor=rate.factor if rate else 1.0,
        codes=codes,
        editions=_editions(facts, keys[0]),
        derived=np.ones(len(facts), dtype=bool),
        flags=flags,
    )


def _editions(facts: FactsSource, key: str) -> Any:
    return facts.editions_of(_first_cell(key).table.id)


@lru_cache(maxsize=2048)
def _first_cell(key: str) -> Cell:
    return first_cell(load_form(), key)


def first_cell(form: Form, key: str) -> Cell:
    """Return the cell of this key, or the first one a derived figure is made of."""
    return form.cell(key) or first_cell(form, operands(rules_of(form).variants[key][0].formula)[0])
