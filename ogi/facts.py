"""The numbers of one collection in tabular form: one row per report, one column per cell of every edition.

========================= ======== ==================================================================================
column of ``values``      dtype    meaning
========================= ======== ==================================================================================
*index* ``report_id``     str      ``organ.year.scope``, unique
``organ_id``              str      stable id of the organ
``organ_name``            str      the organ as shown
``level``                 str      ``province``, ``city``, ``county`` …, ``unknown``
``kind``                  str      ``government``, ``department`` …, ``unknown``
``region``                str      the place in the organ's name; NA where none is known
``report_year``           Int64    the year reported on, not that of publication
``scope``                 str      ``own``, ``region_total``, ``system_total``, ``unknown``
``collection``            str      the same in every row
``document_name``         str      the file the report was read from
``edition.<table id>``    str      the edition in which this table was found; NA where the table is missing
*one per cell key*        Int64    counts and signed changes, in the unit of the form
*one per amount key*      Float64  money, in the unit of the form (fees: 10 000 yuan)
========================= ======== ==================================================================================

A cell without a number is ``<NA>``, never 0; why it is missing stands in :attr:`Facts.states`. A number typed in by a person
counts as reported and carries the flag ``keyed``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, get_args
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from ogi.checks.figures import EMPTY, Figures
from ogi.checks.plan import rules_of
from ogi.column_formula import Column
from ogi.form import Cell, Form, load_form
from ogi.library import Collection, Entry, Library
from ogi.report import Reading, State

FactState = State | Literal["not_whole"]
"""A reading's state, or ``not_whole``: a number is printed that a count cannot be (``3.5``), so no fact is made of it."""
STATES: tuple[str, ...] = (*get_args(State), "not_whole")
_CODE = {state: code for code, state in enumerate(STATES)}
_LARGEST = 2**53
IDENTITY = ("organ_id", "organ_name", "level", "kind", "region", "report_year", "scope", "collection", "document_name")


@dataclass(frozen=True, eq=False)
class Facts:
    """The facts of one collection. The frames are shared between readers: take from them, never write into them."""

    collection: Collection
    entries: tuple[Entry, ...]
    """The entries, in the order of the rows."""
    keys: tuple[str, ...]
    """The cell keys of all editions, newest edition first, in the order of the form."""
    derived_keys: tuple[str, ...]
    values: pd.DataFrame
    """The wide frame described above."""
    derived: pd.DataFrame
    """Same index; one Float64 column per derived key. A figure with an unknown operand is ``<NA>``."""
    flags: pd.DataFrame
    """``report_id, key, flag``: what a number went through, for example ``unit_converted`` or ``blank_as_zero``."""
    numbers: np.ndarray[Any, np.dtype[np.float64]]
    """Cells then derived figures as one matrix, NaN where unknown; columns as :attr:`column`."""
    figures: np.ndarray[Any, np.dtype[np.float64]]
    """``numbers`` as :mod:`ogi.checks` counts with them: a cell left empty is 0 or the sum of its parts where the stated
    rules allow it, and ``flags`` then says so. Only rates and derived figures are made of these."""
    codes: np.ndarray[Any, np.dtype[np.int8]]
    """The state of each number of ``numbers`` as an index into :data:`STATES`."""

    @cached_property
    def column(self) -> dict[str, int]:
        """The column of each cell and derived key in ``numbers`` and ``codes``."""
        return {key: place for place, key in enumerate((*self.keys, *self.derived_keys))}

    @cached_property
    def states(self) -> pd.DataFrame:
        """``report_id, key, state`` for every cell that is not ``reported``; derived figures are not listed."""
        rows, columns = np.nonzero(self.codes[:, : len(self.keys)])
        return pd.DataFrame(
            {
                "report_id": self.values.index.to_numpy()[rows],
                "key": np.array(self.keys, dtype=object)[columns],
                "state": np.array(STATES, dtype=object)[self.codes[rows, columns]],
            },
            dtype="str",
        )

    @cached_property
    def flagged(self) -> dict[str, dict[int, str]]:
        """``flags`` by key and row number; several flags of one number are joined by commas."""
        found: dict[str, dict[int, str]] = {}
        rows = self.values.index.get_indexer(pd.Index(self.flags["report_id"]))
        for row, key, flag in zip(rows, self.flags["key"], self.flags["flag"], strict=True):
            known = found.setdefault(key, {})
            known[int(row)] = f"{known[int(row)]},{flag}" if int(row) in known else flag
        return found

    @cached_property
    def editions(self) -> dict[str, Any]:
        """The edition of each table in every row, as an object array; ``""`` where the table is missing."""
        columns = [name for name in self.values.columns if name.startswith("edition.")]
        return {name.removeprefix("edition."): self.values[name].fillna("").to_numpy(dtype=object) for name in columns}

    def __len__(self) -> int:
        return len(self.entries)


_built: WeakKeyDictionary[Library, dict[Collection, Facts]] = WeakKeyDictionary()


def facts_of(library: Library, collection: Collection) -> Facts:
    """Return the facts of one collection of a library; built once per library and kept as long as the library is."""
    kept = _built.setdefault(library, {})
    if collection not in kept:
        kept[collection] = build_facts(library.collection(collection), collection)
    return kept[collection]


def build_facts(entries: Sequence[Entry], collection: Collection) -> Facts:
    """Return the facts of these entries, sorted by organ, scope and year.

    Raises:
        ValueError: an entry is unidentified, belongs to another collection, or shares its identity with another one.
    """
    wrong = [entry.report_id for entry in entries if entry.collection != collection or not entry.is_identified]
    if wrong or len({entry.report_id for entry in entries}) < len(entries):
        raise ValueError(f"facts are made of identified, distinct reports of one collection; not so: {wrong or 'repeated'}")
    form = load_form()
    rows = tuple(sorted(entries, key=lambda entry: (str(entry.organ_id), entry.scope, entry.report_year or 0)))
    cells = _union(form)
    index = pd.Index([entry.report_id for entry in rows], name="report_id", dtype="str")
    columns = _identity_columns(rows, form)
    numbers = np.full((len(rows), len(cells)), np.nan)
    codes = np.zeros((len(rows), len(cells)), dtype=np.int8)
    flags: list[tuple[str, str, str]] = []
    for place, entry in enumerate(rows):
        for column, (key, cell) in enumerate(cells.items()):
            numbers[place, column], state, flag = _fact(form, entry, cell)
            codes[place, column] = _CODE[state]
            if flag:
                flags.append((entry.report_id, key, flag))
    derived = tuple(rules_of(form).variants)
    figures, figure_codes, figure_flags = _figures(form, rows, (*cells, *derived), numbers, codes)
    sums = figures[:, len(cells) :]
    return Facts(
        collection=collection,
        entries=rows,
        keys=tuple(cells),
        derived_keys=derived,
        values=_wide(columns, cells, numbers, index),
        derived=pd.DataFrame({key: masked(sums[:, place]) for place, key in enumerate(derived)}, index=index),
        flags=pd.DataFrame(flags + figure_flags, columns=["report_id", "key", "flag"], dtype="str"),
        numbers=np.column_stack([numbers, sums]),
        figures=figures,
        codes=np.column_stack([codes, figure_codes]),
    )


def _union(form: Form) -> dict[str, Cell]:
    """The cells of all editions by key; a key several editions share is that of the newest."""
    union: dict[str, Cell] = {}
    for edition in form.editions.values():
        union |= {key: cell for key, cell in edition.cells.items() if key not in union}
    return union


def _fact(form: Form, entry: Entry, cell: Cell) -> tuple[float, FactState, str]:
    """Return number (NaN where there is none), state and flag of one cell of one report."""
    reading = entry.report.cells.get(cell.key)
    if reading is None:
        return np.nan, _why_absent(form, entry, cell), ""
    if reading.value is None:
        return np.nan, reading.state, ""
    if abs(reading.value) > _LARGEST or (cell.kind != "amount" and reading.value != int(reading.value)):
        return np.nan, "not_whole", ""
    number, flag = _in_unit(form, reading, cell)
    return number, "reported", flag or ("keyed" if reading.state == "keyed" else "")


def _in_unit(form: Form, reading: Reading, cell: Cell) -> tuple[float, str]:
    """Return the number in the unit of the form; only money is converted, and the conversion is flagged."""
    if reading.value is None:
        return np.nan, ""
    number = float(reading.value)
    if cell.kind != "amount" or not reading.unit:
        return number, ""
    written = next((key for key, unit in form.units.items() if reading.unit in (key, *unit.variants)), None)
    if cell.unit is None or written is None or written == cell.unit:
        return number, "" if cell.unit and written else "unit_unknown"
    factor = {("yuan", "wan_yuan"): 1e-4, ("wan_yuan", "yuan"): 1e4}.get((written, cell.unit))
    return (number, "unit_unknown") if factor is None else (number * factor, "unit_converted")


def _why_absent(form: Form, entry: Entry, cell: Cell) -> State:
    """A cell without a reading: its page is missing, or the edition of its table does not ask for it."""
    found = entry.report.edition_of(cell.table.id) or form.expected_edition(entry.report_year or 0)
    return "missing_page" if found is None or form.cell(cell.key, found) is not None else "not_asked"


def _identity_columns(rows: Sequence[Entry], form: Form) -> dict[str, Any]:
    """The columns that are not numbers."""
    columns: dict[str, Any] = {
        name: [getattr(entry, name) for entry in rows] for name in IDENTITY if name not in ("report_year", "document_name")
    }
    columns["report_year"] = [entry.report_year for entry in rows]
    columns["document_name"] = [entry.report.document.name for entry in rows]
    tables = dict.fromkeys(table.id for edition in form.editions.values() for table in edition)
    for table in tables:
        columns[f"edition.{table}"] = [entry.report.edition_of(table) for entry in rows]
    return columns


def _wide(columns: dict[str, Any], cells: dict[str, Cell], numbers: Column, index: pd.Index) -> pd.DataFrame:
    frame: dict[str, Any] = {}
    for name in (*IDENTITY, *(name for name in columns if name not in IDENTITY)):
        frame[name] = pd.array(columns[name], dtype="Int64" if name == "report_year" else "str")
    for place, (key, cell) in enumerate(cells.items()):
        frame[key] = masked(numbers[:, place], whole=cell.kind != "amount")
    return pd.DataFrame(frame, index=index)


def masked(numbers: Column, *, whole: bool = False) -> Any:
    """Return a nullable array (Int64 where ``whole``, else Float64) in which NaN became ``<NA>``."""
    gaps = np.isnan(numbers)
    if whole:
        return pd.arrays.IntegerArray(np.where(gaps, 0, numbers).astype(np.int64), gaps)
    return pd.arrays.FloatingArray(np.where(gaps, 0.0, numbers), gaps)


def _figures(
    form: Form, rows: Sequence[Entry], keys: Sequence[str], numbers: Column, codes: Any
) -> tuple[Column, Any, list[tuple[str, str, str]]]:
    """Return every figure as the checks understand it, the states of the derived ones, and the flags.

    Only derived figures and cells the organ left empty are asked for; every other figure is the printed one.
    """
    place_of = {key: place for place, key in enumerate(keys)}
    width = numbers.shape[1]
    figures = np.column_stack([numbers, np.full((len(rows), len(keys) - width), np.nan)])
    states = np.zeros((len(rows), len(keys) - width), dtype=np.int8)
    flags: list[tuple[str, str, str]] = []
    empty = [_CODE[state] for state in EMPTY]
    for row, entry in enumerate(rows):
        known = Figures(entry.report, form)
        for place in (*np.flatnonzero(np.isin(codes[row], empty)).tolist(), *range(width, len(keys))):
            found = known.get(keys[place])
            if found.value is not None:
                figures[row, place] = float(found.value)
                flags += [(entry.report_id, keys[place], flag) for flag in sorted(found.flags)]
            elif place >= width:
                gaps = [codes[row, place_of[key]] for key in found.missing if place_of.get(key, width) < width]
                states[row, place - width] = next((code for code in gaps if code), _CODE["not_asked"])
    return figures, states, flags
