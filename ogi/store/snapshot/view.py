"""One generation of the snapshot as facts: who reports stays in memory, figures come as columns when asked for.

Columns are arrays read from the Parquet files the first time somebody asks for them and kept. Measured at two million reports, in
milliseconds of processor time, against DuckDB over the files and DuckDB with the columns in memory: six sums by year 24 against
205 and 49, province × year 21 against 195 and 100, top 20 of a year 6 against 106 and 5; all of one organ, from the packed rows
beside the files, 3 against 426 over the files. So the library does without it; other programs read the same files with DuckDB.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ogi.checks.quantity import USES_DERIVED
from ogi.facts import (
    CODE,
    Facts,
    Kept,
    Known,
    cell_columns,
    facts_from,
    number_columns,
)
from ogi.library import Collection, Entry
from ogi.once import once
from ogi.store.snapshot.columns import Columns, Slice
from ogi.store.snapshot.exceptions import ByKey
from ogi.store.snapshot.lines import absent_by_edition, absent_elsewhere, line_from
from ogi.store.snapshot.manifest import Manifest, Year
from ogi.store.snapshot.part import PLAIN, TEXTS, PartColumns, report_key
from ogi.store.snapshot.row import FactsRow
from ogi.store.snapshot.rows import OrganRows, rows_in
from ogi.store.snapshot.window import Window
from ogi.store.snapshot.words import Words

_ENTRY = 300_000
"""About so many bytes a report takes with its readings and findings."""
_REMEMBERED = 12
"""So many masks and lists of rows are kept; at two million reports each takes up to 16 MB."""


class SnapshotView:
    """One generation; it never changes. Implements :class:`ogi.facts.FactsSource`."""

    is_wide = True
    collection: Collection = "library"

    def __init__(
        self,
        folder: Path,
        manifest: Manifest,
        words: Mapping[str, Words],
        find_entries: Callable[[Sequence[str]], tuple[Entry, ...]] | None,
        before: SnapshotView | None,
    ) -> None:
        """Open the files of a generation; those that were open before are taken over.

        Raises:
            SnapshotDamagedError: a file is missing or damaged.
        """
        self.generation = manifest.generation
        self.manifest = manifest
        self._words, self._find_entries = words, find_entries
        known = before._parts if before else {}
        self._parts = {
            part.file: known.get(part.file) or PartColumns(folder, part, words)
            for year in manifest.years.values()
            for part in year.parts
        }
        slices: list[Slice] = []
        years: list[int] = []
        for name, year in manifest.years.items():
            found = self._slices(int(name), year, slices[-1].stop if slices else 0)
            slices += found
            years += [int(name)] * len(found)
        self._slices_of_years = tuple(years)
        self.columns = Columns(slices, before.columns if before else None)
        self._rows: dict[Any, Any] = {}
        self.kept = Kept()

    def _slices(self, year: int, found: Year, start: int) -> list[Slice]:
        """The reports of one year that count, file by file."""
        parts = [self._parts[part.file] for part in found.parts]
        organs, scopes = self._words["organ_id"], self._words["scope"]
        for part in parts:
            _ = part.identity
        removed = [key.split(".") for key in found.removed]
        gone = np.array([report_key(organs.code(key[0]), scopes.code(key[2])) for key in removed], dtype=np.int64)
        slices: list[Slice] = []
        for place, part in enumerate(parts):
            newer = [later.report_keys for later in parts[place + 1 :]]
            taken = np.concatenate([gone, *newer])
            keep = np.flatnonzero(~np.isin(part.report_keys, taken)) if len(taken) else None
            count = part.part.rows if keep is None else len(keep)
            slices.append(Slice(part, start, start + count, keep))
            start += count
        return slices

    def __len__(self) -> int:
        return len(self.columns)

    @once
    def codes_of_identity(self) -> dict[str, np.ndarray[Any, Any]]:
        """The texts of identity as numbers of words, and its other columns as they are."""
        found: dict[str, np.ndarray[Any, Any]] = {}
        for name in (*TEXTS, *PLAIN):
            pieces = [_kept(piece, piece.part.identity[name]) for piece in self.columns.slices]
            found[name] = np.concatenate(pieces) if pieces else np.zeros(0, dtype=bool if name == "is_complete" else np.int32)
        return found

    @once
    def years(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The report year of every row; rows are in the order of years."""
        counts = [piece.stop - piece.start for piece in self.columns.slices]
        return np.repeat(np.array(self._slices_of_years, dtype=np.int64), counts)

    @property
    def identity(self) -> pd.DataFrame:
        """Who reports; see :mod:`ogi.facts.source`."""
        return self._identity

    @once
    def _identity(self) -> pd.DataFrame:
        codes = self.codes_of_identity
        names = ("organ_id", "organ_name", "level", "kind", "region", "region_code")
        frame: dict[str, Any] = {name: self._words[name].categorical(codes[name]) for name in names}
        frame["report_year"] = self.years
        frame["scope"] = self._words["scope"].categorical(codes["scope"])
        frame |= {name: codes[name] for name in PLAIN}
        return pd.DataFrame(frame)

    @property
    def keys(self) -> tuple[str, ...]:
        """The cell keys of all editions."""
        return tuple(cell_columns())

    @property
    def column(self) -> Mapping[str, int]:
        """Every cell and derived key, with its place."""
        return number_columns()

    @property
    def has_amendments(self) -> bool:
        """Whether any figure was amended."""
        return len(self.amended_by_key) > 0

    def printed(self, key: str) -> Any:
        """Return the cell as printed, or the derived figure, in every report; NaN where there is no number."""
        return self.columns.number(key).floats()

    def counted(self, key: str) -> Any:
        """Return :meth:`printed` as the checks count."""
        return self.columns.number(key).replaced(*self.counted_by_key.of(key)).floats()

    def codes(self, key: str) -> Any:
        """Return the state of the number in every report as an index into :data:`ogi.facts.STATES`."""
        known = self.columns.number(key).known
        if known is None:
            return np.zeros(len(self), dtype=np.int8)
        codes = np.where(known, np.int8(CODE["reported"]), self._absent(key))
        rows, words = self.states_by_key.of(key)
        codes[rows] = np.array([CODE.get(word, CODE["unreadable"]) for word in self._words["states"].texts()], dtype=np.int8)[
            words
        ]
        return codes

    def flags_of(self, key: str) -> Mapping[int, str]:
        """Return by row what single numbers went through."""
        rows, words = self.flags_by_key.of(key)
        return dict(zip(rows.tolist(), self._words["flags"].texts()[words].tolist(), strict=True))

    def amended(self, key: str) -> Mapping[int, float]:
        """Return by row what takes the place of the number where amended figures are shown."""
        rows, values = self.amended_by_key.of(key)
        return dict(zip(rows.tolist(), values.tolist(), strict=True))

    def editions_of(self, table: str) -> Any:
        """Return the edition of a table in every report as text, ``""`` where it is missing."""
        return self.editions_at(table, slice(None))

    def editions_at(self, table: str, rows: Any) -> Any:
        """Return the edition of a table in some rows as text, ``""`` where it is missing."""
        codes = self.edition_codes(table)[rows]
        return self._words["edition"].texts()[codes]

    def addable(self, key: str, *, for_rates: bool, amended: bool) -> Known:
        """Return a figure as it is added up over reports.

        Args:
            key: a cell or derived key.
            for_rates: as the checks count; else as printed, with totals left blank added up, without money of unknown unit.
            amended: whether amended figures take the place of printed ones.
        """
        return self.columns.made((key, for_rates, amended), lambda: self._addable(key, for_rates, amended))

    def _addable(self, key: str, for_rates: bool, amended: bool) -> Known:
        found = self.columns.number(key)
        rows, values = self.counted_by_key.of(key)
        if for_rates:
            found = found.replaced(rows, values)
        else:
            added = np.isin(rows, self.rows_flagged(key, USES_DERIVED))
            found = found.replaced(rows[added], values[added])
            unknown = self.rows_flagged(key, "unit_unknown")
            found = found.without(unknown) if len(unknown) else found
        return found.replaced(*self.amended_by_key.of(key)) if amended else found

    def rows_flagged(self, key: str, flag: str) -> Any:
        """Return the rows whose number has this flag."""
        rows, words = self.flags_by_key.of(key)
        has = np.array([flag in str(text).split(",") for text in self._words["flags"].texts()], dtype=bool)
        return rows[has[words]]

    def remembered(self, name: Any, make: Callable[[], Known]) -> Known:
        """Return a column made once and kept as long as there is room; ``name`` tells it from all others."""
        return self.columns.made(name, make)

    def remembered_rows(self, name: Any, make: Callable[[], Any]) -> Any:
        """Return what was found out about rows, made once; only the few things asked for last are kept."""
        found = self._rows.pop(name, None)
        found = make() if found is None else found
        self._rows[name] = found
        for oldest in list(self._rows)[:-_REMEMBERED]:
            self._rows.pop(oldest, None)
        return found

    def words(self, name: str) -> Any:
        """Return the words of a text of identity in the order of their numbers, and ``""`` at the end."""
        return self._words[name].texts()

    def report_ids(self, rows: Any) -> Any:
        """Return ``organ.year.scope`` of these rows."""
        codes = self.codes_of_identity
        organs = self._words["organ_id"].texts()[codes["organ_id"][rows]]
        scopes = self._words["scope"].texts()[codes["scope"][rows]]
        found = [f"{organ}.{year}.{scope}" for organ, year, scope in zip(organs, self.years[rows], scopes, strict=True)]
        return np.array(found, dtype=object)

    def entries_at(self, rows: Sequence[int]) -> tuple[Entry, ...]:
        """Return the reports of these rows themselves, from the records."""
        return self._entries(self.report_ids(np.asarray(rows, dtype=np.int64)).tolist())

    def _entries(self, report_ids: Sequence[str]) -> tuple[Entry, ...]:
        """The reports with these ids as far as the records have them; checking them again takes long, so they are kept."""
        find = self._find_entries or (lambda _: ())
        found = [self.kept.get(("entry", name), lambda name=name: find([name]), weight=_ENTRY) for name in report_ids]
        return tuple(entry for entries in found for entry in entries)

    def rows_at(self, rows: Any) -> list[FactsRow]:
        """Return whole rows, in the order asked for.

        Raises:
            SnapshotDamagedError: a file is damaged or gone; look for a newer generation, then rebuild.
        """
        return rows_in(self.columns.slices, rows)

    def narrowed(self, rows: Any) -> Facts:
        """Return the facts of a few reports in memory, by organ, scope and year."""
        lines = sorted(map(line_from, self.rows_at(rows)), key=lambda line: (line.organ_id, line.scope, line.report_year))
        return facts_from(lines, self.collection, find_entries=self._entries)

    @once
    def states_by_key(self) -> ByKey:
        """The states, by key."""
        return ByKey(self.columns.slices, "states")

    @once
    def flags_by_key(self) -> ByKey:
        """The flags, by key."""
        return ByKey(self.columns.slices, "flags")

    @once
    def counted_by_key(self) -> ByKey:
        """What the checks count, by key."""
        return ByKey(self.columns.slices, "counted")

    @once
    def amended_by_key(self) -> ByKey:
        """What was amended, by key."""
        return ByKey(self.columns.slices, "amended")

    def window(self, rows: Any) -> Window:
        """Return facts of some reports of which a few figures are asked, by organ, scope and year."""
        return Window(self, rows)

    def rows_of(self, organs: Sequence[str]) -> Any:
        """Return the rows of these organs in their order."""
        return self._by_organ.of(map(self._words["organ_id"].code, organs))

    @once
    def _by_organ(self) -> OrganRows:
        return OrganRows(self.codes_of_identity["organ_id"])

    def edition_codes(self, table: str) -> Any:
        """Return the edition of a table in every report as the number of a word, -1 where it is missing."""

        def made() -> Any:
            pieces = [_kept(piece, piece.part.edition(table)) for piece in self.columns.slices]
            return np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int8)

        return self.remembered_rows(("edition", table), made)

    def _absent(self, key: str) -> Any:
        """The state of a figure without number or exception."""
        cell = cell_columns().get(key)
        if cell is None:
            return absent_elsewhere(key)
        codes = self.edition_codes(cell.table.id)
        return absent_by_edition(cell, self.years, codes, self._words["edition"].texts())


def _kept(piece: Slice, column: Any) -> Any:
    return column if piece.keep is None else column[piece.keep]
