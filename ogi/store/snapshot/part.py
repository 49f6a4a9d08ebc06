"""One Parquet file of a generation as arrays. Identity stays in memory, numbers are read when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ogi.once import once
from ogi.store.snapshot.files import damage_noticed, open_packed, open_part
from ogi.store.snapshot.manifest import Part
from ogi.store.snapshot.packed import PackedRows
from ogi.store.snapshot.row import places
from ogi.store.snapshot.words import Words

TEXTS = ("organ_id", "organ_name", "level", "kind", "region", "region_code", "scope")
"""The columns of identity that are texts."""
PLAIN = ("is_complete", "errors", "warnings")
"""Its other columns."""
WORD_COLUMNS = (*TEXTS, "edition", "states", "flags")
"""Every kind of column whose texts are kept as numbers."""


class Exceptions(NamedTuple):
    """Entries of one of the columns of exceptions, one after the other."""

    rows: np.ndarray[Any, np.dtype[np.int64]]
    keys: np.ndarray[Any, np.dtype[np.int16]]
    """Places in :func:`ogi.store.snapshot.row.places`."""
    values: np.ndarray[Any, Any]
    """Figures, or numbers of words."""


class PartColumns:
    """The columns of one file, in its own order."""

    def __init__(self, folder: Path, part: Part, words: Mapping[str, Words]) -> None:
        """Open the file.

        Raises:
            SnapshotDamagedError: it is not the file that was written.
        """
        self.part = part
        self._folder, self._words = folder, words
        self._file: pq.ParquetFile = open_part(folder, part)
        self._packed: PackedRows | None = None

    @once
    def identity(self) -> dict[str, np.ndarray[Any, Any]]:
        """Texts as numbers of words (:data:`TEXTS`), and the rest of identity as it is (:data:`PLAIN`)."""
        found = self.read([*TEXTS, *PLAIN])
        columns: dict[str, np.ndarray[Any, Any]] = {name: self._words[name].codes(found[name]) for name in TEXTS}
        columns |= {name: found[name].to_numpy() for name in PLAIN}
        return columns

    @once
    def report_keys(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """A number for the key of each report, the same in every file of the year."""
        return report_key(self.identity["organ_id"].astype(np.int64), self.identity["scope"])

    def edition(self, table: str) -> np.ndarray[Any, np.dtype[np.int8]]:
        """The edition of a table as numbers of words, -1 where it is missing."""
        name = f"edition.{table}"
        return self._words["edition"].codes(self.read([name])[name]).astype(np.int8)

    def exceptions(self, name: str) -> Exceptions:
        """The entries of ``states``, ``flags``, ``counted`` or ``amended``."""
        column = self.read([name])[name].combine_chunks()
        lengths = np.diff(column.offsets.to_numpy())
        start, end = column.offsets[0].as_py(), column.offsets[-1].as_py()
        keys = column.keys.slice(start, end - start).dictionary_encode()
        of_key = np.array([places().of_key.get(key, -1) for key in keys.dictionary.to_pylist()], dtype=np.int16)
        items = column.items.slice(start, end - start)
        values = items.to_numpy() if pa.types.is_floating(items.type) else self._words[name].codes(items)
        return Exceptions(np.repeat(np.arange(len(lengths)), lengths), of_key[keys.indices.to_numpy()], values)

    def number(self, key: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, np.dtype[np.bool_]] | None]:
        """One number of every report, 0 where there is none, and where there is one; ``None`` where there is everywhere."""
        column = self.read([key])[key]
        known = None if column.null_count == 0 else column.is_valid().to_numpy()
        return (column if known is None else column.fill_null(0)).to_numpy(), known

    def packed(self) -> PackedRows:
        """The packed rows of the file."""
        if self._packed is None:
            self._packed = open_packed(self._folder, self.part)
        return self._packed

    def read(self, columns: list[str]) -> pa.Table:
        """Return columns as they are in the file.

        Raises:
            SnapshotDamagedError: the file is damaged.
        """
        with damage_noticed(self.part.file):
            return self._file.read(columns=columns, use_threads=False)


def report_key(organ: Any, scope: Any) -> Any:
    """Return one number for the key of a report within a year, from the numbers of its organ and scope."""
    return organ * 64 + scope
