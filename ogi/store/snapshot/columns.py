"""The numbers of a generation as columns in memory: read when asked for, kept up to a limit, carried on to the next one.

A column of two million numbers is 16 MB. What did not change since the generation before is copied from it; only the files of
changed years are read again.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ogi.facts import Known
from ogi.store.snapshot.part import PartColumns

LIMIT_BYTES = 640 << 20
"""So much memory the columns of a process may take; the ones used longest ago are let go."""


class Slice(NamedTuple):
    """Where the reports of one file stand among all."""

    part: PartColumns
    start: int
    stop: int
    keep: np.ndarray[Any, np.dtype[np.int64]] | None
    """The rows of the file that count; ``None`` for all."""

    @property
    def signature(self) -> tuple[str, int]:
        """The same in two generations where the reports are the same: what is taken out of a file only grows."""
        return self.part.part.file, self.stop - self.start


class Columns:
    """The columns of one generation. Safe to use from several threads."""

    def __init__(self, slices: Sequence[Slice], before: Columns | None = None, limit: int = LIMIT_BYTES) -> None:
        """Prepare columns.

        Args:
            slices: the files in their order.
            before: the columns of the generation before; they are taken over.
            limit: bytes to keep.
        """
        self.slices = tuple(slices)
        self._limit = limit
        self._lock = threading.Lock()
        self._kept: OrderedDict[Any, Known] = OrderedDict()
        self._old: dict[Any, Known] = dict(before._kept) if before else {}
        self._where = {found.signature: found for found in before.slices} if before else {}

    def __len__(self) -> int:
        return self.slices[-1].stop if self.slices else 0

    def number(self, key: str) -> Known:
        """Return the numbers of a key as printed."""
        return self.made(key, lambda: self._read(key))

    def made(self, name: Any, make: Callable[[], Known]) -> Known:
        """Return a column that is computed; ``name`` tells it from all others."""
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
        found = make()
        with self._lock:
            self._kept[name] = found
            self._old.pop(name, None)
            size = sum(column.size for column in self._kept.values())
            while size > self._limit and len(self._kept) > 1:
                size -= self._kept.popitem(last=False)[1].size
        return found

    def _read(self, key: str) -> Known:
        old = self._old.get(key)
        pieces = [self._piece(found, key, old) for found in self.slices]
        if not pieces:
            return Known(np.zeros(0), None)
        numbers = np.concatenate([piece.numbers for piece in pieces])
        if all(piece.known is None for piece in pieces):
            return Known(numbers, None)
        known = np.ones(len(numbers), dtype=bool)
        for found, piece in zip(self.slices, pieces, strict=True):
            if piece.known is not None:
                known[found.start : found.stop] = piece.known
        return Known(numbers, known)

    def _piece(self, found: Slice, key: str, old: Known | None) -> Known:
        same = self._where.get(found.signature)
        if old is not None and same is not None:
            numbers = old.numbers[same.start : same.stop]
            return Known(numbers, None if old.known is None else old.known[same.start : same.stop])
        numbers, known = found.part.number(key)
        if found.keep is not None:
            numbers, known = numbers[found.keep], None if known is None else known[found.keep]
        return Known(numbers.astype(np.float64), known)
