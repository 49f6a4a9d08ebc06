"""Writing and reading the files of one generation."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from ogi.store.snapshot.manifest import Part, sync_folder
from ogi.store.snapshot.packed import PackedError, PackedRows, PackedWriter
from ogi.store.snapshot.row import FactsRow, decode, encode
from ogi.store.snapshot.schema import digest, schema, table_of, worded

ROW_GROUP = 16_384
_DICTIONARY_BYTES = 16 << 20
"""Names of a whole year fit into one dictionary, so that they are read as numbers."""


class SnapshotDamagedError(Exception):
    """A file of the snapshot is missing, not whole, or of another version of the program.

    The records hold everything, so the answer is :meth:`~ogi.store.snapshot.publish.Publisher.rebuild`.
    """

    def __init__(self, code: str, file: str = "") -> None:
        """Say what is wrong.

        Args:
            code: ``missing``, ``truncated``, ``unreadable``, ``other_version``; the message ``snapshot.damaged.<code>``.
            file: the name of the file.
        """
        super().__init__(f"{code}: {file}")
        self.code = code
        self.file = file


class PartWriter:
    """Writes one Parquet file with its packed rows under temporary names; :meth:`close` gives them their names."""

    def __init__(self, folder: Path, name: str, *, is_brief: bool = False) -> None:
        """Begin both files; ``is_brief`` says that they are soon replaced, so that finding repeated numbers is not worth it."""
        self._folder, self._name = folder, name
        self._at = {suffix: folder / f"{name}{suffix}.{os.getpid()}.tmp" for suffix in (".parquet", ".rows")}
        self._packed = PackedWriter(self._at[".rows"])
        self._parquet = pq.ParquetWriter(
            self._at[".parquet"],
            schema().with_metadata({"ogi.schema": digest()}),
            compression="zstd",
            use_dictionary=worded() if is_brief else True,  # type: ignore[arg-type]  # the stubs know no list
            dictionary_pagesize_limit=_DICTIONARY_BYTES,
        )
        self._count = 0

    def write(self, rows: Sequence[FactsRow]) -> None:
        """Add rows."""
        self.write_table(table_of(rows), [encode(row) for row in rows])

    def write_table(self, table: pa.Table, packed: Sequence[bytes]) -> None:
        """Add rows that are a table already."""
        self._parquet.write_table(table, row_group_size=ROW_GROUP)
        self._packed.write(packed)
        self._count += table.num_rows

    def close(self) -> Part:
        """End both files, wait until they are on the disk, and give them their names."""
        self._parquet.close()
        packed_size = self._packed.close()
        with self._at[".parquet"].open("rb+") as file:
            os.fsync(file.fileno())
        size = self._at[".parquet"].stat().st_size
        for suffix, path in self._at.items():
            path.replace(self._folder / f"{self._name}{suffix}")
        sync_folder(self._folder)
        return Part(file=f"{self._name}.parquet", rows=self._count, size=size, packed_size=packed_size)

    def discard(self) -> None:
        """Take away what was written."""
        for file in (self._parquet, self._packed):
            with suppress(OSError, ValueError):  # a full disk, or closed already
                file.close()
        for path in self._at.values():
            path.unlink(missing_ok=True)


@contextmanager
def damage_noticed(file: str) -> Iterator[None]:
    """Turn whatever goes wrong while a file of the snapshot is read into :class:`SnapshotDamagedError`."""
    try:
        yield
    except FileNotFoundError as error:
        raise SnapshotDamagedError("missing", file) from error
    except PackedError as error:
        raise SnapshotDamagedError("truncated", file) from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise SnapshotDamagedError("unreadable", file) from error


def open_part(folder: Path, part: Part) -> pq.ParquetFile:
    """Open a Parquet file of the snapshot.

    Raises:
        SnapshotDamagedError: it is not the file that was written.
    """
    path = folder / part.file
    with damage_noticed(part.file):
        if path.stat().st_size != part.size:
            raise SnapshotDamagedError("truncated", part.file)
        file = pq.ParquetFile(path)
        found = (file.schema_arrow.metadata or {}).get(b"ogi.schema", b"").decode()
        if found != digest():
            raise SnapshotDamagedError("other_version", part.file)
        if file.metadata.num_rows != part.rows:
            raise SnapshotDamagedError("truncated", part.file)
        return file


def open_packed(folder: Path, part: Part) -> PackedRows:
    """Open a file of packed rows of the snapshot.

    Raises:
        SnapshotDamagedError: it is not the file that was written.
    """
    with damage_noticed(part.packed):
        if (folder / part.packed).stat().st_size != part.packed_size:
            raise SnapshotDamagedError("truncated", part.packed)
        return PackedRows(folder / part.packed)


def unpacked(rows: PackedRows, places: Sequence[int]) -> list[FactsRow]:
    """Return these rows of a file.

    Raises:
        SnapshotDamagedError: one of them is damaged, or the file is gone.
    """
    with damage_noticed(rows.path.name):
        return [decode(data) for data in rows.take(places)]
