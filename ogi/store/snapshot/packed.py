"""Packed rows in a file: one report is found and read without touching the others.

The file is: 8 bytes of signature, the rows one after the other, the size of each (32 bits, little endian), their number
(64 bits).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

_SIGNATURE = b"OGIROWS1"


class PackedError(ValueError):
    """The file is not one of packed rows, or not whole."""


class PackedRows:
    """The rows of one file. Their sizes are kept in memory, the rows are read from the disk when asked for."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            PackedError: it is damaged.
            OSError: it cannot be read.
        """
        self.path = path
        length = path.stat().st_size
        with path.open("rb") as file:
            signature = file.read(len(_SIGNATURE))
            file.seek(max(0, length - 8))
            count = int.from_bytes(file.read(8), "little")
            start = length - 8 - 4 * count
            if signature != _SIGNATURE or start < len(_SIGNATURE):
                raise PackedError(f"{path.name} is no file of packed rows, or not whole")
            file.seek(start)
            sizes = np.frombuffer(file.read(4 * count), dtype="<u4")
        self._ends = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]) + len(_SIGNATURE)
        if self._ends[-1] != start:
            raise PackedError(f"{path.name} is not whole")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def take(self, rows: Iterable[int]) -> list[bytes]:
        """Return these rows, in their order."""
        with self.path.open("rb") as file:
            return [self._read(file, row) for row in rows]

    def _read(self, file: Any, row: int) -> bytes:
        file.seek(int(self._ends[row]))
        return file.read(int(self._ends[row + 1] - self._ends[row]))


class PackedWriter:
    """Writes packed rows one after the other; nothing is whole before :meth:`close`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(_SIGNATURE)
        self._sizes: list[int] = []

    def write(self, rows: Iterable[bytes]) -> None:
        """Add rows."""
        for row in rows:
            self._sizes.append(self._file.write(row))

    def close(self) -> int:
        """End the file, wait until it is on the disk, and return its size in bytes."""
        self._file.write(np.array(self._sizes, dtype="<u4").tobytes())
        self._file.write(len(self._sizes).to_bytes(8, "little"))
        self._file.flush()
        os.fsync(self._file.fileno())
        size = self._file.tell()
        self._file.close()
        return size
