"""The facts of one report: its numbers, and as exceptions what is not simply reported. Computed once, by cell that is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ogi.checks.figures import EMPTY, Figures
from ogi.checks.quantity import Quantity
from ogi.facts.states import POPULATION, FactState, absent_states, cell_columns, derived_columns, table_columns
from ogi.form import Cell, Form, load_form
from ogi.report import Reading, Report

LARGEST = 2**53
"""Larger numbers are not exact in the frames; no report prints one, so none is taken."""
Amount = int | float
"""A fact: counts are whole, money is not."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What one report tells. A key that is in ``numbers`` and nowhere else is plainly reported."""

    numbers: dict[str, Amount]
    """Cells as printed, in the unit of the form, by key. A key that is not there has no number."""
    derived: dict[str, Amount]
    """Derived figures by key; one with an unknown operand is not there."""
    states: dict[str, FactState]
    """Why a number is missing, unless it is for the reason its edition lets one expect (:func:`absent_states`)."""
    flags: dict[str, str]
    """What a number went through (``unit_converted``, ``blank_as_zero``, ``keyed``), several joined by commas."""
    counted: dict[str, Amount]
    """Cells the organ left empty and the checks count all the same: 0, or the sum of the parts. ``flags`` says which."""


def editions_of(report: Report) -> tuple[str, ...]:
    """Return the edition of each table of :func:`table_columns` in a report, ``""`` where the table is missing."""
    return tuple(report.edition_of(table) or "" for table in table_columns())


def facts_of_report(report: Report, *, year: int | None) -> ReportFacts:
    """Return the facts of a report.

    Args:
        report: the report; only its tables and readings are looked at.
        year: the report year as shown, which a person may have corrected.
    """
    form, cells = load_form(), cell_columns()
    absent = absent_states(editions_of(report), year)
    found = ReportFacts({}, {}, {}, {}, {})
    empty: list[str] = []
    for key, reading in report.cells.items():
        if key not in cells:
            continue
        number, state, flag = _fact(form, reading, cells[key])
        if number is not None:
            found.numbers[key] = number
        elif state != absent[key]:
            found.states[key] = state
        if state in EMPTY:
            empty.append(key)
        if flag:
            found.flags[key] = flag
    _count(Figures(report, form), empty, absent, found)
    return found


def _count(figures: Figures, empty: list[str], absent: Mapping[str, FactState], found: ReportFacts) -> None:
    """Add the derived figures, and what the checks count for cells left empty."""
    for key in empty:
        quantity = figures.get(key)
        if quantity.value is not None:
            found.counted[key] = _plain(quantity.value)
            _flag(found, key, quantity)
    for key in derived_columns():
        if key == POPULATION:
            continue  # no report tells it
        quantity = figures.get(key)
        if quantity.value is not None:
            found.derived[key] = _plain(quantity.value)
            _flag(found, key, quantity)
            continue
        gap = next((part for part in quantity.missing if part in cell_columns() and part not in found.numbers), None)
        state: FactState = "not_asked" if gap is None else found.states.get(gap) or absent[gap]
        if state != absent[key]:
            found.states[key] = state


def _flag(found: ReportFacts, key: str, quantity: Quantity) -> None:
    if quantity.flags:
        found.flags[key] = ",".join(sorted(quantity.flags))


def _fact(form: Form, reading: Reading, cell: Cell) -> tuple[Amount | None, FactState, str]:
    """Return number (``None`` where there is none), state and flag of one cell."""
    value = reading.value
    if value is None:
        return None, reading.state, ""
    if cell.kind != "amount":
        if abs(value) > LARGEST or value != int(value):
            return None, "not_whole", ""
        return int(value), "reported", "keyed" if reading.state == "keyed" else ""
    if abs(value) > LARGEST:
        return None, "not_whole", ""
    number, flag = _in_unit(form, float(value), reading.unit, cell)
    return number, "reported", flag or ("keyed" if reading.state == "keyed" else "")


def _in_unit(form: Form, number: float, unit: str | None, cell: Cell) -> tuple[float, str]:
    """Return the number in the unit of the form; only money is converted, and the conversion is flagged."""
    if not unit:
        return number, ""
    written = next((key for key, known in form.units.items() if unit in (key, *known.variants)), None)
    if cell.unit is None or written is None or written == cell.unit:
        return number, "" if cell.unit and written else "unit_unknown"
    factor = {("yuan", "wan_yuan"): 1e-4, ("wan_yuan", "yuan"): 1e4}.get((written, cell.unit))
    return (number, "unit_unknown") if factor is None else (number * factor, "unit_converted")


def _plain(value: object) -> Amount:
    """A figure as a whole number where it is one, else as a float."""
    number = float(value)  # type: ignore[arg-type]
    return int(number) if number.is_integer() and abs(number) <= LARGEST else number
