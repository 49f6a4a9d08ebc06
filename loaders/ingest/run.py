"""The run itself: files in, what came of each out; workers are kept busy, and what they hand back is stored in batches."""

from __future__ import annotations

import hashlib
import logging
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from typing import Any, Protocol

from loaders.errors import CannotReadError
from loaders.ingest.arrived import Arrived
from loaders.ingest.crew import LOST, Crew
from loaders.ingest.sources import Found
from ogi.store.ingests import FileRecord

_log = logging.getLogger(__name__)

_AHEAD = 3
"""Jobs handed to each worker: one it is at, the others waiting so that it never does."""
_MOST_BYTES_AHEAD = 256 * 2**20
_LOOKED_UP_AT_ONCE, _MOST_BYTES_LOOKED_UP = 16, 64 * 2**20
_STORE_EVERY_SECONDS, _STORE_AT_MOST = 1.0, 200
"""A batch is stored after this time, or when it has so many files."""
_MOST_CRASHES = 3
"""A file whose reader broke down so often is given up: once may be the machine's fault (memory, an impatient person)."""
_MOST_LOSSES = 10
"""The same for the executor's own process, which never opens a document."""
_REMEMBERED_FAILURES = 10_000

Recorded = Counter[tuple[str, str | None]]
"""Files by name and SHA-256 whose records are written already, with the number of records."""


class Keeper(Protocol):
    """Keeps what is read; see ``StoreKeeper`` of :mod:`loaders.ingest.keeper`."""

    def known(self, sha256: list[str]) -> set[str]:
        """Return the documents that need not be read again."""
        ...

    def keep(self, arrived: list[Arrived], total: int) -> list[FileRecord]:
        """Store reports and what came of every file, in one transaction."""
        ...


@dataclass
class Tally:
    """How far a run is."""

    total: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def done(self) -> int:
        """Records of files and reports so far, those of an earlier, interrupted start included."""
        return self.counts.total()


@dataclass
class _Job:
    """A file on its way: read, or (``start`` given) taken out of an archive."""

    name: str
    data: bytes
    sha256: str
    found: Found
    start: int | None = None
    crashes: int = 0
    losses: int = 0
    copies: list[str] = field(default_factory=list)
    """Further files of the same content that came by meanwhile."""


class WorkersLostError(Exception):
    """Workers end as soon as they are started: nothing can be read here."""


class Run:
    """One run over files with a crew; :meth:`work` returns when all is done."""

    def __init__(
        self, files: Iterable[Found], crew: Crew, keeper: Keeper, tally: Tally, recorded: Recorded | None = None
    ) -> None:
        self._files: Iterator[Found] = iter(files)
        self._is_exhausted = False
        self._crew, self._keeper, self._tally = crew, keeper, tally
        self._recorded: Recorded = recorded if recorded is not None else Counter()
        self._inside: deque[tuple[str, bytes | CannotReadError, Found] | _Job] = deque()  # files of an open archive, and its rest
        self._ready: deque[_Job] = deque()
        self._flying: dict[Future[Any], _Job] = {}
        self._pending: dict[str, _Job] = {}  # by content: on the way, or read and not stored yet
        self._failed: dict[str, CannotReadError] = {}
        self._arrived: list[Arrived] = []
        self._stored_at = time.monotonic()
        self._losses_in_a_row = 0

    def work(self, on_change: Callable[[Tally], None] = lambda _: None) -> None:
        """Take in every file.

        Raises:
            KeyboardInterrupt: what had been read is stored.
            WorkersLostError: workers cannot be started.
            StoreError: reports cannot be stored any more.
        """
        try:
            while not self._is_done():
                self._fill()
                self._collect()
                if self._is_due():
                    self._store()
                on_change(self._tally)
        except KeyboardInterrupt:
            self._store()
            raise
        self._store()
        on_change(self._tally)

    def _is_done(self) -> bool:
        return self._is_exhausted and not (self._flying or self._ready or self._inside)

    def _fill(self) -> None:
        """Hand out jobs until every worker has enough."""
        wanted = _AHEAD * len(self._crew)
        while len(self._flying) < wanted and self._bytes_ahead() < _MOST_BYTES_AHEAD:
            if not self._ready and not self._look_ahead():
                return
            while self._ready and len(self._flying) < wanted:
                self._launch(self._ready.popleft())
            if self._is_due():
                return

    def _bytes_ahead(self) -> int:
        return sum(len(job.data) for job in self._flying.values())

    def _look_ahead(self) -> bool:
        """Open some more files and sort out what is known; return whether there were any."""
        jobs: list[_Job] = []
        seen, size = False, 0
        for name, content, found in self._next(_LOOKED_UP_AT_ONCE):
            seen = True
            if isinstance(content, CannotReadError):
                self._note(name, None, content)
                continue
            jobs.append(_Job(name, content, hashlib.sha256(content).hexdigest(), found))
            size += len(content)
            if size > _MOST_BYTES_LOOKED_UP:
                break
        known = self._keeper.known([job.sha256 for job in jobs]) if jobs else set()
        for job in jobs:
            first = self._pending.get(job.sha256)
            if earlier := self._recorded.get((job.name, job.sha256)):
                self._tally.total += earlier - 1
            elif job.sha256 in known:
                self._arrived.append(Arrived(name=job.name, sha256=job.sha256, is_known=True))
            elif first is not None:
                first.copies.append(job.name)
            elif job.sha256 in self._failed:
                self._note(job.name, job.sha256, self._failed[job.sha256])
            else:
                self._pending[job.sha256] = job
                self._ready.append(job)
        return seen or bool(self._ready)

    def _next(self, most: int) -> Iterator[tuple[str, bytes | CannotReadError, Found]]:
        """The next files with their content, those of an archive that is open first."""
        for _ in range(most):
            if self._inside:
                first = self._inside.popleft()
                if isinstance(first, _Job):
                    self._ready.append(first)
                    return
                yield first
                continue
            found = next(self._files, None)
            if found is None:
                self._is_exhausted = True
                return
            try:
                content = found.read()
            except CannotReadError as error:
                yield found.name, error, found
            else:
                yield found.name, content, found

    def _launch(self, job: _Job) -> None:
        try:
            if job.start is None:
                future = self._crew.read(job.data, job.name)
            else:
                future = self._crew.unpack(job.data, job.name, job.start)
        except LOST:
            self._lost(job)
            return
        self._flying[future] = job

    def _collect(self) -> None:
        """Take in what is done, waiting for it no longer than until the next batch is due."""
        if not self._flying:
            return
        left = max(0.0, self._stored_at + _STORE_EVERY_SECONDS - time.monotonic())
        done, _ = wait(self._flying, timeout=left if self._arrived else _STORE_EVERY_SECONDS, return_when=FIRST_COMPLETED)
        lost: list[_Job] = []
        for future in done:
            job = self._flying.pop(future)
            try:
                result = future.result()
            except LOST:
                lost.append(job)
            except CannotReadError as error:
                self._cannot(job, error)
            except Exception as error:
                _log.exception("a worker gave no answer")
                self._cannot(job, CannotReadError("worker_failed", reason=type(error).__name__))
            else:
                self._losses_in_a_row = 0
                self._take_in(job, result)
        if lost:
            lost += self._flying.values()  # whatever is under way there is lost too
            self._flying.clear()
            self._lost(*lost)

    def _lost(self, *jobs: _Job) -> None:
        """Workers are gone: get new ones and give them the jobs again."""
        self._losses_in_a_row += 1
        if self._losses_in_a_row > _MOST_LOSSES:
            raise WorkersLostError
        _log.warning("workers were lost, %d files are read again", len(jobs))
        self._crew.renew()
        for job in jobs:
            job.losses += 1
            if job.losses > _MOST_LOSSES:
                self._cannot(job, CannotReadError("worker_failed", reason="lost"))
            else:
                self._ready.append(job)

    def _cannot(self, job: _Job, error: CannotReadError) -> None:
        if error.code == "crashed":
            job.crashes += 1
            if job.crashes < _MOST_CRASHES:
                self._ready.append(job)
                return
        if len(self._failed) < _REMEMBERED_FAILURES:
            self._failed[job.sha256] = error
        if job.start is not None:
            self._tally.total += 1  # the archive itself has a record now
        self._pending.pop(job.sha256, None)
        for name in (job.name, *job.copies):
            self._note(name, job.sha256, error)

    def _take_in(self, job: _Job, result: Any) -> None:
        if job.start is not None:
            members, rest = result
            self._tally.total += len(members)
            self._inside.extend(
                (name, CannotReadError(content[0], **content[1]) if isinstance(content, tuple) else content, job.found)
                for name, content in members
            )
            if rest:
                job.start += len(members)
                self._inside.append(job)
            else:
                self._pending.pop(job.sha256, None)
                self._arrived.extend(Arrived(name=name, sha256=job.sha256, is_known=True) for name in job.copies)
            return
        kind, parts = result
        if kind == "archive":
            self._tally.total -= 1
            job.start = 0
            self._ready.append(job)
            return
        self._tally.total += len(parts) - 1
        self._arrived.append(
            Arrived(
                name=job.name,
                sha256=job.sha256,
                data=job.data,
                parts=tuple(parts),
                copies=job.copies,
                address=job.found.address,
                published_on=job.found.published_on,
            )
        )

    def _note(self, name: str, sha256: str | None, error: CannotReadError) -> None:
        """Note why there is nothing of a file, unless that was noted before the run was interrupted."""
        if (name, sha256) not in self._recorded:
            self._arrived.append(Arrived(name=name, sha256=sha256, parts=((None, (error.code, error.params)),)))

    def _is_due(self) -> bool:
        late = time.monotonic() - self._stored_at >= _STORE_EVERY_SECONDS
        return late or len(self._arrived) >= _STORE_AT_MOST

    def _store(self) -> None:
        arrived, self._arrived = self._arrived, []
        for file in arrived:
            if file.data is not None and file.sha256 is not None:
                self._pending.pop(file.sha256, None)
        for record in self._keeper.keep(arrived, self._tally.total):
            self._tally.counts[record.outcome] += 1
        self._stored_at = time.monotonic()
