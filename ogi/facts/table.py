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

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from ogi.column_formula import Column
from ogi.facts.kept import Kept
from ogi.facts.line import Line, line_of
from ogi.facts.source import IDENTITY, FactsSource, identity_frame
from ogi.facts.states import CODE, STATES, absent_codes, cell_columns, derived_columns, number_columns, table_columns
from ogi.library import Collection, Entry, Library
from ogi.once import once


@dataclass(frozen=True, eq=False)
class Facts:
    """The facts of one collection in memory. Frames and arrays are shared between readers: never write into them."""

    is_wide = False
    collection: Collection
    lines: tuple[Line, ...]
    """The rows, by organ, scope and year."""
    numbers: np.ndarray[Any, np.dtype[np.float64]]
    """Cells then derived figures as one matrix, NaN where unknown; columns as :attr:`column`."""
    figures: np.ndarray[Any, np.dtype[np.float64]]
    """``numbers`` as :mod:`ogi.checks` counts with them: a cell left empty is 0 or the sum of its parts where the stated
    rules allow it, and ``flags`` then says so. Only rates and derived figures are made of these."""
    state_codes: np.ndarray[Any, np.dtype[np.int8]]
    """The state of each number of ``numbers`` as an index into :data:`STATES`."""
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    """The reports themselves, in the order of the rows, where they are at hand."""
    find_entries: Callable[[Sequence[str]], tuple[Entry, ...]] | None = field(default=None, repr=False)
    """Where they are not: returns the reports with these ids, in their order."""

    @property
    def kept(self) -> Kept:
        """What was made of these facts."""
        return self._kept

    @once
    def _kept(self) -> Kept:
        return Kept()

    @property
    def keys(self) -> tuple[str, ...]:
        """The cell keys of all editions, newest edition first, in the order of the form."""
        return tuple(cell_columns())

    @property
    def derived_keys(self) -> tuple[str, ...]:
        """The keys of derived figures."""
        return derived_columns()

    @property
    def column(self) -> dict[str, int]:
        """The column of each cell and derived key in ``numbers`` and ``state_codes``."""
        return number_columns()

    @property
    def identity(self) -> pd.DataFrame:
        """Who reports; see :mod:`ogi.facts.source`."""
        return self._identity

    @once
    def _identity(self) -> pd.DataFrame:
        return identity_frame(self.lines)

    @property
    def has_amendments(self) -> bool:
        """Whether any figure was amended."""
        return any(line.amended for line in self.lines)

    def printed(self, key: str) -> Column:
        """Return a column of ``numbers``."""
        return self.numbers[:, self.column[key]]

    def counted(self, key: str) -> Column:
        """Return a column of ``figures``."""
        return self.figures[:, self.column[key]]

    def codes(self, key: str) -> Any:
        """Return a column of ``state_codes``."""
        return self.state_codes[:, self.column[key]]

    def flags_of(self, key: str) -> Mapping[int, str]:
        """Return by row what single numbers went through, several flags joined by commas."""
        return self._flags.get(key, {})

    def amended(self, key: str) -> Mapping[int, float]:
        """Return by row what takes the place of the number where amended figures are shown."""
        return {row: float(line.amended[key]) for row, line in enumerate(self.lines) if key in line.amended}

    def editions_of(self, table: str) -> Any:
        """Return the edition of a table in every row, ``""`` where it is missing."""
        return self._editions[:, table_columns().index(table)]

    def report_ids(self, rows: Any) -> Any:
        """Return ``organ.year.scope`` of these rows."""
        return self._ids[rows]

    def entries_at(self, rows: Sequence[int]) -> tuple[Entry, ...]:
        """Return the reports of these rows themselves."""
        if self.find_entries is not None:
            return self.find_entries([self.lines[row].report_id for row in rows])
        return tuple(self.entries[row] for row in rows)

    @once
    def values(self) -> pd.DataFrame:
        """The wide frame described above."""
        frame: dict[str, Any] = {}
        for name in IDENTITY:
            found = [self.collection if name == "collection" else getattr(line, name) for line in self.lines]
            frame[name] = pd.array(found, dtype="Int64" if name == "report_year" else "str")
        for place, table in enumerate(table_columns()):
            frame[f"edition.{table}"] = pd.array([line.editions[place] or None for line in self.lines], dtype="str")
        for place, (key, cell) in enumerate(cell_columns().items()):
            frame[key] = masked(self.numbers[:, place], whole=cell.kind != "amount")
        return pd.DataFrame(frame, index=self._index)

    @once
    def derived(self) -> pd.DataFrame:
        """Same index; one Float64 column per derived key. A figure with an unknown operand is ``<NA>``."""
        return pd.DataFrame({key: masked(self.printed(key)) for key in self.derived_keys}, index=self._index)

    @once
    def flags(self) -> pd.DataFrame:
        """``report_id, key, flag``: what a number went through, for example ``unit_converted`` or ``blank_as_zero``."""
        found = [
            (line.report_id, key, flag)
            for line in self.lines
            for key, flags in line.facts.flags.items()
            for flag in flags.split(",")
        ]
        return pd.DataFrame(found, columns=["report_id", "key", "flag"], dtype="str")

    @once
    def states(self) -> pd.DataFrame:
        """``report_id, key, state`` for every cell that is not ``reported``; derived figures are not listed."""
        rows, columns = np.nonzero(self.state_codes[:, : len(self.keys)])
        return pd.DataFrame(
            {
                "report_id": self._ids[rows],
                "key": np.array(self.keys, dtype=object)[columns],
                "state": np.array(STATES, dtype=object)[self.state_codes[rows, columns]],
            },
            dtype="str",
        )

    @once
    def _editions(self) -> Any:
        found = np.array([line.editions for line in self.lines], dtype=object)
        return found.reshape(len(self.lines), len(table_columns()))

    @once
    def _ids(self) -> Any:
        return np.array([line.report_id for line in self.lines], dtype=object)

    @once
    def _index(self) -> pd.Index:
        return pd.Index(self._ids, name="report_id", dtype="str")

    @once
    def _flags(self) -> dict[str, dict[int, str]]:
        found: dict[str, dict[int, str]] = {}
        for row, line in enumerate(self.lines):
            for key, flags in line.facts.flags.items():
                found.setdefault(key, {})[row] = flags
        return found

    def __len__(self) -> int:
        return len(self.lines)


_built: WeakKeyDictionary[Library, dict[Collection, Facts]] = WeakKeyDictionary()


def facts_of(library: Library, collection: Collection) -> FactsSource:
    """Return the facts of one collection of a library; built once per library and kept as long as the library is."""
    if collection == "library" and library.kept is not None:
        return cast(FactsSource, library.kept)
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
    rows = sorted(entries, key=lambda entry: (str(entry.organ_id), entry.scope, entry.report_year or 0))
    return facts_from([line_of(entry) for entry in rows], collection, entries=rows)


def facts_from(
    lines: Sequence[Line],
    collection: Collection,
    *,
    entries: Sequence[Entry] = (),
    find_entries: Callable[[Sequence[str]], tuple[Entry, ...]] | None = None,
) -> Facts:
    """Return the facts of these rows, in their order. Keys that the form does not have any more are passed over."""
    place_of = number_columns()
    numbers = np.full((len(lines), len(place_of)), np.nan)
    codes = np.zeros((len(lines), len(place_of)), dtype=np.int8)
    figures = numbers.copy()
    for row, line in enumerate(lines):
        found = {place_of[key]: number for key, number in (line.facts.numbers | line.facts.derived).items() if key in place_of}
        codes[row] = absent_codes(line.editions, line.report_year)
        places = list(found)
        numbers[row, places] = list(found.values())
        codes[row, places] = CODE["reported"]
        for key, state in line.facts.states.items():
            if key in place_of:
                codes[row, place_of[key]] = CODE[state]
        figures[row] = numbers[row]
        for key, number in line.facts.counted.items():
            if key in place_of:
                figures[row, place_of[key]] = number
    return Facts(collection, tuple(lines), numbers, figures, codes, tuple(entries), find_entries)


def masked(numbers: Column, *, whole: bool = False) -> Any:
    """Return a nullable array (Int64 where ``whole``, else Float64) in which NaN became ``<NA>``."""
    gaps = np.isnan(numbers)
    if whole:
        return pd.arrays.IntegerArray(np.where(gaps, 0, numbers).astype(np.int64), gaps)
    return pd.arrays.FloatingArray(np.where(gaps, 0.0, numbers), gaps)
