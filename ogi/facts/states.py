"""Why a fact is missing, and what an edition's form lets one expect where nothing was recorded."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal, get_args

import numpy as np

from ogi.checks.plan import rules_of
from ogi.form import Cell, load_form
from ogi.report import State

FactState = State | Literal["not_whole", "no_population"]
"""A reading's state, or ``not_whole``: a number is printed that a count cannot be (``3.5``), so no fact is made of it;
``no_population``: nobody brought along how many live in the region, or it is no report of a region."""
STATES: tuple[str, ...] = (*get_args(State), "not_whole", "no_population")
POPULATION = "meta.population_10k"
"""The one figure that is not the report's: residents of the region in its year, in ten thousands; of region totals only."""
CODE: dict[str, int] = {state: code for code, state in enumerate(STATES)}


@lru_cache(maxsize=1)
def cell_columns() -> dict[str, Cell]:
    """The cells of all editions by key, newest edition first, in the order of the form.

    A key several editions share is the cell of the newest.
    """
    union: dict[str, Cell] = {}
    for edition in load_form().editions.values():
        union |= {key: cell for key, cell in edition.cells.items() if key not in union}
    return union


@lru_cache(maxsize=1)
def derived_columns() -> tuple[str, ...]:
    """The keys of all derived figures, in the order of the form, and :data:`POPULATION`."""
    return (*rules_of(load_form()).variants, POPULATION)


@lru_cache(maxsize=1)
def number_columns() -> dict[str, int]:
    """The place of each cell and derived figure in a matrix of numbers; shared, so do not change it."""
    return {key: place for place, key in enumerate((*cell_columns(), *derived_columns()))}


@lru_cache(maxsize=1)
def table_columns() -> tuple[str, ...]:
    """The tables of all editions by id, newest edition first."""
    return tuple(dict.fromkeys(table.id for edition in load_form().editions.values() for table in edition))


@lru_cache(maxsize=1024)
def absent_states(editions: tuple[str, ...], year: int | None) -> dict[str, FactState]:
    """Return the state of every cell and derived figure as it is where a report has neither a number nor a word of it.

    ``missing_page``: the edition of its table asks for it. ``not_asked``: it does not; so it is for every
    derived figure but :data:`POPULATION`.

    Args:
        editions: the edition of each table of :func:`table_columns`, ``""`` where the table is missing. The form in force
            in ``year`` then tells what would have been asked.
        year: the report year.
    """
    form = load_form()
    expected = form.expected_edition(year or 0)
    found = dict(zip(table_columns(), editions, strict=True))
    states: dict[str, FactState] = {}
    for key, cell in cell_columns().items():
        edition = found[cell.table.id] or expected
        states[key] = "missing_page" if edition is None or form.cell(key, edition) is not None else "not_asked"
    for key in derived_columns():
        states[key] = "no_population" if key == POPULATION else "not_asked"
    return states


@lru_cache(maxsize=1024)
def absent_codes(editions: tuple[str, ...], year: int | None) -> np.ndarray[Any, np.dtype[np.int8]]:
    """Return :func:`absent_states` as codes, cells then derived figures; shared, so do not change it."""
    codes = np.array([CODE[state] for state in absent_states(editions, year).values()], dtype=np.int8)
    codes.flags.writeable = False
    return codes
