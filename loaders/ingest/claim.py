"""The folder a running ingest works in, and its lock: it tells the living from the killed.

A lock of the operating system goes with the process that holds it, however that ends. Whoever comes later and gets the lock may
take the ingest over, and throws away what the dead one left half done.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import shutil
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

from ogi.store.act import now
from ogi.store.ingests import Ingest

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

_FOLDER, _LOCK, _DOOR, _DOCUMENT = "ingests", "lock", "door", "document"
_SILENT_SECONDS = 60
"""An ingest of another machine counts as dead after so long without a sign of life; a living one gives one each second."""


class Claim:
    """The working folder of one ingest, taken by this process."""

    def __init__(self, folder: Path, ingest_id: int, lock: IO[bytes]) -> None:
        self.folder = folder / _FOLDER / str(ingest_id)
        self.scratch = scratch_of(self.folder)
        """Where reading processes put their temporary files."""
        self._lock = lock
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.scratch.mkdir(parents=True)

    @property
    def document(self) -> Path:
        """See :func:`document_of`."""
        return self.folder / _DOCUMENT

    @property
    def has_document(self) -> bool:
        """Whether it is there in full."""
        return self.document.exists()

    def leave(self, *, keep: bool = False) -> None:
        """Give up the lock and take everything away; ``keep`` leaves the folder for whoever goes on with the ingest.

        Once it was left it is somebody else's: a second call does nothing.
        """
        if self._lock.closed:
            return
        shutil.rmtree(self.scratch, ignore_errors=True)
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)
        self._lock.close()


def claimed(folder: Path, ingest_id: int) -> Claim | None:
    """Claim an ingest; ``None`` where a living process has it.

    ``folder`` is that of the store.
    """
    place = folder / _FOLDER / str(ingest_id)
    place.mkdir(parents=True, exist_ok=True)
    lock = (place / _LOCK).open("ab")
    if _locked(lock, wait=False):
        return Claim(folder, ingest_id, lock)
    lock.close()
    return None


def sweep(folder: Path, unfinished: Collection[int]) -> None:
    """Take away the folders of ingests that have ended; to be called at the door.

    A process may be killed after it noted the end and before it took its folder away; nobody would look there again.
    """
    for place in (folder / _FOLDER).iterdir():
        if place.name.isdigit() and int(place.name) not in unfinished:
            ended = claimed(folder, int(place.name))
            if ended is not None:
                ended.leave()


def document_of(folder: Path, ingest_id: int) -> Path:
    """Where a server keeps the document it was handed, so that a later start can go on with it."""
    return folder / _FOLDER / str(ingest_id) / _DOCUMENT


def is_here(folder: Path, ingest_id: int) -> bool:
    """Whether an ingest was begun with this folder and not ended."""
    return (folder / _FOLDER / str(ingest_id) / _LOCK).exists()


@contextlib.contextmanager
def at_the_door(folder: Path) -> Iterator[None]:
    """Only one process at a time looks for interrupted ingests and takes one over or begins its own."""
    (folder / _FOLDER).mkdir(parents=True, exist_ok=True)
    with (folder / _FOLDER / _DOOR).open("ab") as lock:
        _locked(lock, wait=True)
        yield


def is_alive(folder: Path, ingest: Ingest, at: dt.datetime | None = None) -> bool:
    """Whether the process of an ingest that is said to be running is there; one of another machine by its signs of life."""
    lock_file = folder / _FOLDER / str(ingest.ingest_id) / _LOCK
    if fcntl is not None and lock_file.exists():
        with contextlib.suppress(OSError), lock_file.open("ab") as lock:
            return not _locked(lock, wait=False)
    return (at or now()) - ingest.seen_at < dt.timedelta(seconds=_SILENT_SECONDS)


def scratch_of(place: Path) -> Path:
    """The folder for temporary files of a place: outside the store, found again by whoever cleans up after a killed process."""
    return Path(tempfile.gettempdir()) / f"ogi-ingest-{hashlib.sha256(str(place.absolute()).encode()).hexdigest()[:16]}"


def _locked(file: IO[bytes], *, wait: bool) -> bool:
    """Lock a file until it is closed; where the system has no such locks every ingest has its own place by its number."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
