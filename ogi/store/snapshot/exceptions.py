"""The exceptions of a generation by key: states, flags, counted and amended figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ogi.store.snapshot.columns import Slice
from ogi.store.snapshot.part import Exceptions
from ogi.store.snapshot.row import places


class Single(NamedTuple):
    """The exceptions of one key."""

    rows: np.ndarray[Any, np.dtype[np.int64]]
    values: np.ndarray[Any, Any]


class ByKey:
    """One kind of exceptions of all reports, sorted by key and then by row."""

    def __init__(self, slices: Sequence[Slice], name: str) -> None:
        """Read the column ``name`` of every file."""
        found = [_placed(piece, piece.part.exceptions(name)) for piece in slices]
        rows = np.concatenate([piece.rows for piece in found]) if found else np.zeros(0, dtype=np.int64)
        keys = np.concatenate([piece.keys for piece in found]) if found else np.zeros(0, dtype=np.int16)
        values = np.concatenate([piece.values for piece in found]) if found else np.zeros(0, dtype=np.int32)
        order = np.argsort(keys, kind="stable")
        self.rows, self._keys, self._values = rows[order].astype(np.int32), keys[order], values[order]

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, key: str) -> Single:
        """Return the exceptions of a key."""
        place = places().of_key[key]
        start, stop = np.searchsorted(self._keys, [place, place + 1])
        return Single(self.rows[start:stop].astype(np.int64), self._values[start:stop])


def _placed(piece: Slice, found: Exceptions) -> Exceptions:
    """The exceptions of the rows that count, by their place among all rows."""
    if piece.keep is None:
        return found._replace(rows=found.rows + piece.start)
    place = np.full(piece.part.part.rows, -1, dtype=np.int64)
    place[piece.keep] = np.arange(piece.start, piece.stop)
    rows = place[found.rows]
    counts = rows >= 0
    return Exceptions(rows[counts], found.keys[counts], found.values[counts])
