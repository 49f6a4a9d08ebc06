"""The store as the rest of the program uses it: the records, and the snapshot published from them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from ogi.library import Entry
from ogi.store import publishing
from ogi.store.entries import entries_of
from ogi.store.location import Location, StoreError
from ogi.store.pace import Pace
from ogi.store.records import Records, open_records
from ogi.store.snapshot.publish import Publisher
from ogi.store.snapshot.reader import Snapshot, SnapshotDamagedError, SnapshotView

_log = logging.getLogger(__name__)


class Store:
    """Records and snapshot of one place. Safe to use from several threads; several processes may have it open."""

    def __init__(self, records: Records, pace: Pace | None = None) -> None:
        """Take open records; the snapshot is read when it is asked for, at ``pace`` while others change it."""
        self.records = records
        try:
            self._publisher = Publisher(records.location.snapshot)
        except OSError as error:
            folder = str(records.location.folder)
            raise StoreError("not_writable", folder=folder, reason=error.strerror or type(error).__name__) from error
        self._reader = Snapshot(records.location.snapshot, self._entries, pace or Pace())
        self._repairing = threading.Lock()
        self.repaired: str | None = None
        """Why this process had to make the snapshot anew: a message ``snapshot.damaged.<code>``; ``None`` where it had not."""

    def snapshot(self) -> SnapshotView:
        """Return the newest generation of the snapshot; a page takes it once and uses it throughout.

        While others change the library all the time, as bulk reading does, it may be a few seconds old; what this process
        publishes by :meth:`publish` is always in it.

        A snapshot that is missing or damaged is made anew first; :attr:`repaired` then says why.

        Raises:
            StoreError: it can neither be read nor made anew.
        """
        try:
            return self._reader.view()
        except SnapshotDamagedError as error:
            self._repair(error)
        try:
            return self._reader.view()
        except SnapshotDamagedError as error:
            raise StoreError("not_published", reason=str(error)) from error

    def publish(self) -> None:
        """Bring the snapshot up to date; everybody sees what was changed from now on.

        Raises:
            StoreError: ``not_published``, ``publisher_busy``: the records have the change, and the next call publishes it.
        """
        self.publish_calmly()
        self._reader.hurry()

    def publish_calmly(self) -> None:
        """Bring the snapshot up to date with changes nobody waits for at this server's pages; else as :meth:`publish`."""
        try:
            publishing.publish_pending(self.records, self._publisher)
        except SnapshotDamagedError as error:
            self._repair(error)

    def rebuild_snapshot(self) -> int:
        """Make the snapshot anew from the records; return its generation.

        Raises:
            StoreError: as :meth:`publish`.
        """
        return publishing.rebuild(self.records, self._publisher)

    def mend(self, error: SnapshotDamagedError) -> None:
        """Make the snapshot anew after a page met damage that had not shown when it was opened.

        Raises:
            StoreError: as :meth:`publish`.
        """
        with self._repairing:
            _log.warning("the snapshot is damaged (%s) and is made anew", error)
            self.rebuild_snapshot()
            self.repaired = error.code

    def close(self) -> None:
        """Give back all connections."""
        self.records.close()

    def _repair(self, error: SnapshotDamagedError) -> None:
        with self._repairing:
            try:
                self._reader.view()
            except SnapshotDamagedError:
                _log.warning("the snapshot is damaged (%s) and is made anew", error)
                self.rebuild_snapshot()
                self.repaired = error.code

    def _entries(self, keys: Sequence[str]) -> tuple[Entry, ...]:
        with self.records.reading() as connection:
            return entries_of(connection, keys)


def open_store(location: Location | None = None) -> Store:
    """Open the store, made or brought up to this version where needed, and publish what was left waiting.

    Raises:
        StoreError: it cannot be used; ``code`` says why.
    """
    records = open_records(location)
    try:
        store = Store(records)
        _open_snapshot(store)
    except BaseException:
        records.close()
        raise
    return store


def _open_snapshot(store: Store) -> None:
    """A snapshot somebody took away is made anew; one that cannot be written now does not keep the records from being used."""
    try:
        if not (store.records.location.snapshot / "snapshot.json").exists():
            store.rebuild_snapshot()
        else:
            store.publish()
    except StoreError as error:
        if error.code not in ("not_published", "publisher_busy"):
            raise
        _log.warning("the snapshot is not up to date: %s", error)
