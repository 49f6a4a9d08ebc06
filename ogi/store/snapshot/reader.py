"""Reading the snapshot: one generation at a time, refreshed when a new one was published.

What is kept where was measured (``python -m benchmarks.store``); the figures stand in :mod:`ogi.store.snapshot.view`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from ogi.library import Entry
from ogi.store.pace import Pace
from ogi.store.snapshot.files import SnapshotDamagedError
from ogi.store.snapshot.manifest import NAME, Manifest, read_manifest
from ogi.store.snapshot.part import WORD_COLUMNS
from ogi.store.snapshot.schema import digest
from ogi.store.snapshot.view import SnapshotView
from ogi.store.snapshot.words import Words

__all__ = ["Snapshot", "SnapshotDamagedError", "SnapshotView"]

FindEntries = Callable[[Sequence[str]], tuple[Entry, ...]]
Stamp = tuple[int, int, int] | None


class Snapshot:
    """The snapshot in a folder, as this process reads it. Safe to use from several threads."""

    def __init__(self, folder: Path, find_entries: FindEntries | None = None, pace: Pace | None = None) -> None:
        """Prepare to read; nothing is opened yet.

        Args:
            folder: where a :class:`~ogi.store.snapshot.publish.Publisher` writes.
            find_entries: returns the reports with these ids, in their order, from the records; for pages that show readings.
            pace: how soon a newer generation is taken where nobody asked to :meth:`hurry`; without it, always at once.
        """
        self.folder = folder
        self._find_entries, self._pace = find_entries, pace
        self._is_wanted = False
        self._lock = threading.Lock()
        self._words = {name: Words() for name in WORD_COLUMNS}
        self._seen: Stamp = None
        self._view: SnapshotView | None = None

    @property
    def generation(self) -> int:
        """The generation that :meth:`view` returned last or would return now; 0 where nothing was published."""
        return self.view().generation

    def view(self) -> SnapshotView:
        """Return the newest generation, at the pace set; a page takes it once and uses it throughout.

        Raises:
            SnapshotDamagedError: a file is missing or damaged: rebuild, and say so.
        """
        self.refresh()
        assert self._view is not None
        return self._view

    def hurry(self) -> None:
        """Take what is published by now with the next look, however many came before: who changed something sees it at once."""
        with self._lock:
            self._is_wanted = True

    def refresh(self) -> bool:
        """Look whether there is a newer generation, and take it if it is time; one look at one file where there is none.

        Returns:
            Whether there was a newer one.

        Raises:
            SnapshotDamagedError: as for :meth:`view`; the generation at hand stays.
        """
        with self._lock:
            stamp = self._stamp()
            if self._view is not None and stamp == self._seen:
                self._is_wanted = False
                return False
            if self._view is not None and not self._is_time():
                return False
            view, stamp = self._newest(stamp)
            changed = self._view is None or view.generation != self._view.generation
            if self._view is not None:
                self._view.kept.end()
            self._view, self._seen, self._is_wanted = view, stamp, False
            if self._pace is not None:
                self._pace.went()
            return changed

    def _is_time(self) -> bool:
        return self._is_wanted or self._pace is None or self._pace.is_due()

    def _newest(self, stamp: Stamp) -> tuple[SnapshotView, Stamp]:
        """Open the newest generation. Its files may be replaced between two looks; what stays the same is damaged."""
        while True:
            try:
                return self._open(stamp), stamp
            except SnapshotDamagedError:
                before, stamp = stamp, self._stamp()
                if stamp == before:
                    raise

    def _open(self, stamp: Stamp) -> SnapshotView:
        try:
            manifest = None if stamp is None else read_manifest(self.folder)
        except (ValueError, OSError) as error:
            raise SnapshotDamagedError("unreadable", NAME) from error
        manifest = manifest or Manifest(generation=0, schema=digest())
        if manifest.schema != digest():
            raise SnapshotDamagedError("other_version", NAME)
        return SnapshotView(self.folder, manifest, self._words, self._find_entries, self._view)

    def _stamp(self) -> Stamp:
        try:
            found = (self.folder / NAME).stat()
        except FileNotFoundError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
