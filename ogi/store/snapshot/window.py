"""Some reports of a generation as facts of which a few figures are asked: columns are read, and only these rows taken of them.

To unpack a report takes some 0.35 ms whatever is asked of it, so three thousand organs over all years would take twenty seconds
and a gigabyte; a column of two million reports is read in some ten milliseconds and shared by all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ogi.facts import CODE, Kept, cell_columns
from ogi.library import Collection, Entry
from ogi.once import once
from ogi.store.snapshot.exceptions import ByKey
from ogi.store.snapshot.lines import absent_by_edition, absent_elsewhere
from ogi.store.snapshot.part import PLAIN

if TYPE_CHECKING:
    from ogi.store.snapshot.view import SnapshotView

_TEXTS = ("organ_id", "organ_name", "level", "kind", "region", "region_code")


class Window:
    """Reports by organ, scope and year. Implements :class:`ogi.facts.FactsSource`, answers as ``view.narrowed(rows)``."""

    is_wide = False

    def __init__(self, view: SnapshotView, rows: Any) -> None:
        """Look at these rows of a generation, given in its order, which is that of years."""
        self._view = view
        self._sorted = np.asarray(rows, dtype=np.int64)
        codes = view.codes_of_identity
        ranks = [_ranked(codes[name][self._sorted], view.words(name))[1] for name in ("scope", "organ_id")]
        self._order = np.lexsort((view.years[self._sorted], *ranks))
        self._rows = self._sorted[self._order]
        self._place = np.argsort(self._order)
        """Where each of the sorted rows stands here."""
        self.kept = Kept()

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def collection(self) -> Collection:
        """The world the reports belong to."""
        return self._view.collection

    @property
    def identity(self) -> pd.DataFrame:
        """Who reports; see :mod:`ogi.facts.source`."""
        return self._identity

    @once
    def _identity(self) -> pd.DataFrame:
        codes, frame = self._view.codes_of_identity, dict[str, Any]()
        for name in _TEXTS:
            frame[name] = _categorical(codes[name][self._rows], self._view.words(name))
        frame["report_year"] = self._view.years[self._rows]
        frame["scope"] = _categorical(codes["scope"][self._rows], self._view.words("scope"))
        return pd.DataFrame(frame | {name: codes[name][self._rows] for name in PLAIN})

    @property
    def keys(self) -> tuple[str, ...]:
        """The cell keys of all editions."""
        return self._view.keys

    @property
    def column(self) -> Mapping[str, int]:
        """Every cell and derived key, with its place."""
        return self._view.column

    @property
    def has_amendments(self) -> bool:
        """Whether any of these figures was amended."""
        return bool(np.isin(self._sorted, self._view.amended_by_key.rows).any())

    def printed(self, key: str) -> Any:
        """Return the cell as printed, or the derived figure, in every report; NaN where there is no number."""
        return self._view.columns.number(key).floats_at(self._rows)

    def counted(self, key: str) -> Any:
        """Return :meth:`printed` as the checks count."""
        places, values = self._exceptions(self._view.counted_by_key, key)
        found = self.printed(key)
        found[places] = values
        return found

    def codes(self, key: str) -> Any:
        """Return the state of the number in every report as an index into :data:`ogi.facts.STATES`."""
        known = self._view.columns.number(key).known
        if known is None:
            return np.zeros(len(self), dtype=np.int8)
        codes = np.where(known[self._rows], np.int8(CODE["reported"]), self._absent(key))
        places, words = self._exceptions(self._view.states_by_key, key)
        names = self._view.words("states").tolist()
        codes[places] = np.array([CODE.get(names[word], CODE["unreadable"]) for word in words.tolist()], dtype=np.int8)
        return codes

    def flags_of(self, key: str) -> Mapping[int, str]:
        """Return by row what single numbers went through."""
        places, words = self._exceptions(self._view.flags_by_key, key)
        return dict(zip(places.tolist(), self._view.words("flags")[words].tolist(), strict=True))

    def amended(self, key: str) -> Mapping[int, float]:
        """Return by row what takes the place of the number where amended figures are shown."""
        places, values = self._exceptions(self._view.amended_by_key, key)
        return dict(zip(places.tolist(), values.tolist(), strict=True))

    def editions_of(self, table: str) -> Any:
        """Return the edition of a table in every report as text, ``""`` where it is missing."""
        return self._view.editions_at(table, self._rows)

    def report_ids(self, rows: Any) -> Any:
        """Return ``organ.year.scope`` of these rows."""
        return self._view.report_ids(self._rows[rows])

    def entries_at(self, rows: Sequence[int]) -> tuple[Entry, ...]:
        """Return the reports of these rows themselves, from the records."""
        return self._view.entries_at(self._rows[np.asarray(rows, dtype=np.int64)].tolist())

    def _exceptions(self, kind: ByKey, key: str) -> tuple[Any, Any]:
        """The exceptions of a key among these reports: where they stand here, in that order, and what they are."""
        rows, values = kind.of(key)
        near = np.minimum(np.searchsorted(self._sorted, rows), max(len(self._sorted) - 1, 0))
        inside = self._sorted[near] == rows if len(self._sorted) else np.zeros(len(rows), dtype=bool)
        places, values = self._place[near[inside]], values[inside]
        order = np.argsort(places)
        return places[order], values[order]

    def _absent(self, key: str) -> Any:
        """The state of a figure without number or exception."""
        cell = cell_columns().get(key)
        if cell is None:
            return absent_elsewhere(key)
        editions = self._view.edition_codes(cell.table.id)[self._sorted]
        words = self._view.words("edition")
        return absent_by_edition(cell, self._view.years[self._sorted], editions, words)[self._order]


def _ranked(codes: Any, texts: Any) -> tuple[list[str], Any]:
    """The words that occur, in the order of texts, and the number of each in that order, -1 where there is none."""
    used = np.flatnonzero(np.bincount(codes + 1, minlength=len(texts))[1:])
    words = texts[used].tolist()
    order = sorted(range(len(words)), key=words.__getitem__)
    rank = np.full(len(texts), -1, dtype=np.int64)
    rank[used[order]] = np.arange(len(words))
    return [words[place] for place in order], rank[codes]  # -1 takes the last rank, which is that of no word


def _categorical(codes: Any, texts: Any) -> pd.Categorical:
    words, ranks = _ranked(codes, texts)
    return pd.Categorical.from_codes(ranks, categories=pd.Index(words, dtype="str"))
