"""Bulk reading in the background of a server: an archive somebody uploaded is taken in while pages are looked at.

A thread waits for reading processes that stand back behind the server. Everything about it is in the tables and in a folder of
the store, nothing in a session: any page and any server process shows how far it is, and a server that was killed goes on with it
when it is started again.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from loaders.ingest.claim import is_alive
from loaders.ingest.course import Course, begin_anew, interrupted_jobs
from loaders.ingest.crew import Crew, Threads
from loaders.ingest.run import Tally
from loaders.ingest.sources import Found
from loaders.ingest.work import end_readers
from loaders.limits import LIMITS
from ogi.store import ingests
from ogi.store.act import Act, now
from ogi.store.ingests import FileOutcome, FileRecord, Ingest
from ogi.store.store import Store

_log = logging.getLogger(__name__)

_WORKERS, _NICE = 2, 15
_SHOWN_AFTER_THE_END = dt.timedelta(hours=24)
_SHOWN = 5
_SHOWN_FILES = 500
_LEAVE_SECONDS = 5.0

_threads: set[threading.Thread] = set()
_leaving = threading.Event()


@dataclass(frozen=True)
class Job:
    """An ingest as a page shows it."""

    ingest: Ingest
    is_interrupted: bool
    """Whether it is said to be running but the process that ran it is gone; it goes on with the next start."""
    failures: list[FileRecord]
    """The files that were not read, the first few hundred."""
    read_otherwise: list[FileRecord]
    """Stored documents that today's readers understand otherwise, the first few hundred; what is stored has not changed."""
    read_otherwise_count: int
    """How many they are in all."""

    @property
    def is_running(self) -> bool:
        """Whether a process is at it."""
        return self.ingest.state == "running" and not self.is_interrupted

    @property
    def seconds_left(self) -> float | None:
        """About how long it still takes; ``None`` while that cannot be told."""
        done, left = self.ingest.done, self.ingest.total - self.ingest.done
        passed = (self.ingest.seen_at - self.ingest.at).total_seconds()
        return left * passed / done if done and left >= 0 else None


@dataclass(frozen=True)
class _Document:
    """What was uploaded: one file, kept in the folder of its ingest."""

    path: Path
    name: str

    def count(self) -> int:
        return 1

    def __iter__(self) -> Iterator[Found]:
        yield Found(name=self.name, path=self.path)


def start_job(store: Store, data: bytes, name: str, act: Act) -> int:
    """Keep an archive (or a single file) and begin to take it in; return the number of the ingest.

    When this returns, the document is on the disk: it will be taken in even if the server is killed now.

    Raises:
        CannotReadError: ``file_too_large``.
        StoreError: the records or their folder cannot be used.
    """
    LIMITS.check_size(len(data))
    course = begin_anew(store, name, act)
    try:
        _keep(course.claim.document, data)
    except OSError:
        course.give_up()
        raise
    _in_background(course, name)
    return course.ingest_id


def resume_jobs(store: Store) -> list[int]:
    """Go on with what a killed server left unfinished; to be called when a server starts. Returns the numbers."""
    found = interrupted_jobs(store)
    for ingest, course in found:
        _in_background(course, ingest.source)
    return [ingest.ingest_id for ingest, _ in found]


def stop_job(store: Store, ingest_id: int) -> None:
    """Have an ingest stopped within about a second, whichever process runs it; what was read until then stays."""
    with store.records.writing() as connection:
        ingests.end(connection, ingest_id, "stopped")


def jobs(store: Store) -> list[Job]:
    """Return the ingests that are under way and those that ended lately, newest first, those of the command line included.

    Of the latest few also those are among them, however old, in which files still wait for their place.
    """
    since, folder = now() - _SHOWN_AFTER_THE_END, store.records.location.folder
    with store.records.reading() as connection:
        recent = ingests.recent(connection, _SHOWN)
        lately = [i for i in recent if i.ended_at is None or i.ended_at > since or i.counts.get("unplaced")]
        alive = [i for i in ingests.unfinished(connection) if is_alive(folder, i)]
        shown = {i.ingest_id: i for i in (*lately, *alive)}
        running = {i.ingest_id for i in alive}
        found = [_job(connection, i, is_alive=i.ingest_id in running) for i in shown.values()]
    return sorted(found, key=lambda job: -job.ingest.ingest_id)


def _job(connection: Any, ingest: Ingest, *, is_alive: bool) -> Job:
    def those(outcome: FileOutcome) -> list[FileRecord]:
        return ingests.files_of(connection, ingest.ingest_id, (outcome,), with_reason=True, limit=_SHOWN_FILES)

    otherwise = ingests.count_of(connection, ingest.ingest_id, "same") if ingest.counts.get("same") else 0
    return Job(
        ingest=ingest,
        is_interrupted=ingest.state == "running" and not is_alive,
        failures=those("failed") if ingest.counts.get("failed") else [],
        read_otherwise=those("same") if otherwise else [],
        read_otherwise_count=otherwise,
    )


def leave_jobs() -> None:
    """Interrupt the jobs of this process; to be called when a server ends, the next one goes on with them."""
    _leaving.set()
    for thread in list(_threads):
        thread.join(_LEAVE_SECONDS)
    end_readers()
    _leaving.clear()


def _in_background(course: Course, name: str) -> None:
    thread = threading.Thread(target=_work, args=(course, name), name=f"ingest-{course.ingest_id}", daemon=True)
    _threads.add(thread)
    thread.start()


class _LeavingError(Exception):
    """The server ends."""


def _work(course: Course, name: str) -> None:
    def crew(_: Path) -> Crew:
        return Threads(_WORKERS, _NICE)

    def go_on(_: Tally) -> None:
        if _leaving.is_set():
            raise _LeavingError

    try:
        course.work(_Document(course.claim.document, name), crew, go_on)
    except _LeavingError:
        _log.info("ingest %d is left for the next start", course.ingest_id)
    except Exception:
        _log.exception("ingest %d was interrupted; it goes on when the server is started again", course.ingest_id)
    finally:
        _threads.discard(threading.current_thread())


def _keep(path: Path, data: bytes) -> None:
    """Write a file so that after a power cut it is there in full or not at all."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    with contextlib.suppress(OSError, AttributeError):  # Windows opens no folders
        folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
