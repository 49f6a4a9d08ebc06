"""Some rows of facts seen as facts of their own, without a copy of what nobody asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ogi.facts.source import Column, FactsSource
from ogi.library import Collection, Entry


class Window:
    """Rows of a source, in ascending order, numbered anew from 0. A :class:`ogi.facts.FactsSource`."""

    is_wide = False

    def __init__(self, source: FactsSource, rows: np.ndarray[Any, np.dtype[np.int64]]) -> None:
        self._source, self.rows = source, rows

    @property
    def collection(self) -> Collection:
        """The world the reports belong to."""
        return self._source.collection

    @property
    def identity(self) -> pd.DataFrame:
        """Who reports."""
        return self._identity

    @cached_property
    def _identity(self) -> pd.DataFrame:
        return self._source.identity.iloc[self.rows].reset_index(drop=True)

    @property
    def column(self) -> Mapping[str, int]:
        """Every cell and derived key, with its place."""
        return self._source.column

    @property
    def has_amendments(self) -> bool:
        """Whether any figure of the source was amended."""
        return self._source.has_amendments

    def printed(self, key: str) -> Column:
        """Return the numbers of these rows."""
        return self._source.printed(key)[self.rows]

    def counted(self, key: str) -> Column:
        """Return the numbers of these rows as the checks count."""
        return self._source.counted(key)[self.rows]

    def codes(self, key: str) -> Any:
        """Return the states of these rows."""
        return self._source.codes(key)[self.rows]

    def flags_of(self, key: str) -> Mapping[int, str]:
        """Return the flags of these rows."""
        return self._renumbered(self._source.flags_of(key))

    def amended(self, key: str) -> Mapping[int, float]:
        """Return the amended figures of these rows."""
        return self._renumbered(self._source.amended(key))

    def editions_of(self, table: str) -> Any:
        """Return the edition of a table in these rows."""
        return self._source.editions_of(table)[self.rows]

    def report_ids(self, rows: Any) -> Any:
        """Return ``organ.year.scope`` of these rows."""
        return self._source.report_ids(self.rows[rows])

    def entries_at(self, rows: Sequence[int]) -> tuple[Entry, ...]:
        """Return the reports of these rows themselves."""
        return self._source.entries_at(self.rows[list(rows)].tolist())

    def __len__(self) -> int:
        return len(self.rows)

    def _renumbered(self, found: Mapping[int, Any]) -> dict[int, Any]:
        inside = np.flatnonzero(np.isin(self.rows, list(found)))
        return {int(place): found[int(self.rows[place])] for place in inside}
