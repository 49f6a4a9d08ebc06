"""Publishing what changed in the records, so that every process sees it within a second and never half of it.

Each report year is one file, and one small file with what changed since; a change writes only the small one. When that has grown
past an eighth of the large one, both become a new large one. Files are written under temporary names, brought to the disk, and
given names that were never used before; then ``snapshot.json``, which names the files that belong together, is replaced at
once. A writer that dies leaves the generation before it untouched, and files nobody names, which the next one takes away.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from ogi.store.snapshot.files import ROW_GROUP, PartWriter, SnapshotDamagedError, open_packed, open_part
from ogi.store.snapshot.lock import PublisherBusyError, publisher_lock
from ogi.store.snapshot.manifest import Manifest, Part, Year, read_manifest, write_manifest
from ogi.store.snapshot.row import FactsRow, encode
from ogi.store.snapshot.schema import digest, table_of

__all__ = ["Publisher", "PublisherBusyError", "SnapshotDamagedError"]

GRACE_SECONDS = 600.0
"""So long a reader may go on with a generation after it was replaced."""
FEW = 4_096
_SHARE = 8
_BUFFERED = 16_384
Piece = tuple[pa.Table, list[bytes]]


class Publisher:
    """Writes the snapshot in a folder. Any number of processes may have one; they take turns."""

    def __init__(self, folder: Path, *, wait_seconds: float = 60.0, grace_seconds: float = GRACE_SECONDS) -> None:
        """Prepare to publish into ``folder``, which is made if it is not there.

        Args:
            folder: where the snapshot is.
            wait_seconds: how long to wait for another publisher.
            grace_seconds: how long replaced files stay for readers that still use them.
        """
        self.folder = folder
        self._wait_seconds, self._grace_seconds = wait_seconds, grace_seconds
        folder.mkdir(parents=True, exist_ok=True)

    def publish(self, changed: Iterable[FactsRow], removed: Iterable[tuple[int, str]] = ()) -> int:
        """Put reports into the snapshot and take others out; return the generation that has them.

        Args:
            changed: rows of new or changed reports; of several with one key the last counts.
            removed: year and key of reports that are gone or have another key now. A key that is also in ``changed`` stays.

        Raises:
            SnapshotDamagedError: the files at hand are damaged or of another version: rebuild.
            PublisherBusyError: another publisher did not end in time.
            OSError: nothing could be written; the generation at hand stays.
        """
        rows: dict[int, dict[str, FactsRow]] = defaultdict(dict)
        gone: dict[int, set[str]] = defaultdict(set)
        for row in changed:
            rows[row.report_year][row.report_id] = row
        for year, key in removed:
            gone[year].add(key)
        with publisher_lock(self.folder, self._wait_seconds):
            manifest = self._manifest()
            generation = manifest.generation + 1
            years = dict(manifest.years)
            for year in sorted({*rows, *gone}):
                old = years.get(str(year), Year())
                years[str(year)] = self._changed(year, generation, old, rows[year], gone[year] - set(rows[year]))
            self._replace(manifest, Manifest(generation=generation, schema=digest(), years=_filled(years)))
        return generation

    def compact(self, year: int) -> int:
        """Make one file of a year and what changed in it since; return the generation, a new one only if there was anything.

        Raises:
            SnapshotDamagedError, PublisherBusyError, OSError: as for :meth:`publish`.
        """
        with publisher_lock(self.folder, self._wait_seconds):
            manifest = self._manifest()
            old = manifest.years.get(str(year), Year())
            if old.changes is None and not old.removed:
                return manifest.generation
            generation = manifest.generation + 1
            new = self._compacted(year, generation, old, [], set(old.removed))
            years = manifest.years | {str(year): new}
            self._replace(manifest, Manifest(generation=generation, schema=digest(), years=_filled(years)))
        return generation

    def rebuild(self, rows: Iterable[FactsRow]) -> int:
        """Make the whole snapshot anew, whatever is there; return its generation.

        Rows are written as they come; ordered by year takes the least memory and gives the best files.

        Raises:
            ValueError: two rows have one key.
            PublisherBusyError, OSError: as for :meth:`publish`.
        """
        with publisher_lock(self.folder, self._wait_seconds):
            try:
                old = read_manifest(self.folder) or Manifest(generation=0, schema="")
            except ValueError:
                # A number that no file at hand can have had.
                old = Manifest(generation=int(time.time()), schema="")
            generation = old.generation + 1
            years = {str(year): Year(base=part) for year, part in self._written(generation, rows).items()}
            self._replace(old, Manifest(generation=generation, schema=digest(), years=years))
        return generation

    def _manifest(self) -> Manifest:
        try:
            manifest = read_manifest(self.folder) or Manifest(generation=0, schema=digest())
        except ValueError as error:
            raise SnapshotDamagedError("unreadable", "snapshot.json") from error
        if manifest.schema != digest():
            raise SnapshotDamagedError("other_version", "snapshot.json")
        return manifest

    def _changed(self, year: int, generation: int, old: Year, rows: dict[str, FactsRow], gone: set[str]) -> Year:
        """One year with these changes."""
        named = {*rows, *gone}
        pieces = [self._kept(part, named) for part in (old.changes,) if part is not None]
        if rows:
            pieces.append(_piece(list(rows.values())))
        count = sum(table.num_rows for table, _ in pieces)
        removed = ({*old.removed, *gone}) - set(rows)
        if old.base is None or max(count, len(removed)) > max(FEW, old.base.rows // _SHARE):
            return self._compacted(year, generation, Year(base=old.base), pieces, removed)
        changes = self._write(f"changes-{year}-g{generation:06d}", pieces, is_brief=True) if count else None
        return Year(base=old.base, changes=changes, removed=tuple(sorted(removed)))

    def _compacted(self, year: int, generation: int, old: Year, pieces: Sequence[Piece], removed: set[str]) -> Year:
        """One year as one file: older parts without what newer ones or ``pieces`` have, or what is removed."""
        named = removed.union(*(table["report_id"].to_pylist() for table, _ in pieces))
        found: list[Piece] = list(pieces)
        for part in reversed(old.parts):
            kept = self._kept(part, named)
            named |= set(kept[0]["report_id"].to_pylist())
            found.insert(0, kept)
        return Year(base=self._write(f"facts-{year}-g{generation:06d}", found))

    def _kept(self, part: Part, named: set[str]) -> Piece:
        """The rows of a file whose keys are not among ``named``."""
        table = open_part(self.folder, part).read(use_threads=False)  # small, and one thread is quicker
        packed = open_packed(self.folder, part)
        keep = np.array([key not in named for key in table["report_id"].to_pylist()], dtype=bool)
        return table.filter(pa.array(keep)), packed.take(np.flatnonzero(keep).tolist())

    def _write(self, name: str, pieces: Sequence[Piece], *, is_brief: bool = False) -> Part | None:
        if not any(table.num_rows for table, _ in pieces):
            return None
        writer = PartWriter(self.folder, name, is_brief=is_brief)
        try:
            for table, packed in _joined(pieces):
                writer.write_table(table, packed)
            return writer.close()
        except BaseException:
            writer.discard()
            raise

    def _written(self, generation: int, rows: Iterable[FactsRow]) -> dict[int, Part]:
        """Write rows into one file per year as they come."""
        writers: dict[int, PartWriter] = {}
        waiting: dict[int, list[FactsRow]] = defaultdict(list)
        seen: set[str] = set()
        buffered = 0
        try:
            for row in rows:
                if row.report_id in seen:
                    raise ValueError(f"{row.report_id} is there twice")
                seen.add(row.report_id)
                waiting[row.report_year].append(row)
                buffered += 1
                if buffered >= _BUFFERED:
                    self._flush(generation, waiting, writers)
                    buffered = 0
            self._flush(generation, waiting, writers)
            return {year: writer.close() for year, writer in sorted(writers.items())}
        except BaseException:
            for writer in writers.values():
                writer.discard()
            raise

    def _flush(self, generation: int, waiting: dict[int, list[FactsRow]], writers: dict[int, PartWriter]) -> None:
        for year, rows in waiting.items():
            if year not in writers:
                writers[year] = PartWriter(self.folder, f"facts-{year}-g{generation:06d}")
            writers[year].write(rows)
        waiting.clear()

    def _replace(self, old: Manifest, new: Manifest) -> None:
        """Make ``new`` the current generation, and take away what nobody may be reading any more."""
        write_manifest(self.folder, new)
        for name in old.files - new.files:
            path = self.folder / name
            if path.exists():
                os.utime(path)  # from now on the time of grace runs
        until = time.time() - self._grace_seconds
        for path in self.folder.iterdir():
            ours = path.suffix in (".parquet", ".rows", ".tmp")
            if ours and path.name not in new.files and path.stat().st_mtime <= until:
                path.unlink(missing_ok=True)


def _piece(rows: list[FactsRow]) -> Piece:
    return table_of(rows), [encode(row) for row in rows]


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces that hold anything; few rows as one piece, since every piece costs a page for each of hundreds of columns."""
    filled = [piece for piece in pieces if piece[0].num_rows]
    if len(filled) < 2 or sum(table.num_rows for table, _ in filled) > ROW_GROUP:
        return filled
    return [(pa.concat_tables([table for table, _ in filled]), [row for _, packed in filled for row in packed])]


def _filled(years: dict[str, Year]) -> dict[str, Year]:
    """The years that have anything, in order."""
    return {name: years[name] for name in sorted(years) if years[name].parts}
