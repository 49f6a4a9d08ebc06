"""The sample reports of this server: read once from their documents by worker processes, shared by all visitors.

Reading starts with the server and goes on in the background; pages show what has been read so far. A changed, new or
removed document is noticed when a page is drawn, at most every two seconds.
"""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from loaders.errors import CannotReadError
from loaders.sandbox import Sandbox
from loaders.steps import read_in_sandbox
from ogi.checks import check_report
from ogi.checks.context import Relations
from ogi.form import load_form
from ogi.library import Entry, Library, entry_from
from ogi.organs import organ_id
from ogi.related_reports import beside_each_other
from ogi.report import Report
from pages.parts.reading_cache import ReadingCache
from sample_reports.catalogue import children_of, origin_of, sample_documents

_LOG = logging.getLogger(__name__)
_WORKERS = 2
_LOOK_AGAIN_SECONDS = 2.0
Stamp = tuple[Path, int, int]
"""A document with its size and time of change: what tells that it must be read again."""


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far reading is. ``done`` counts documents that were tried, ``read`` those that gave a report."""

    total: int
    done: int
    read: int
    refused: tuple[tuple[str, CannotReadError], ...] = ()

    @property
    def is_finished(self) -> bool:
        """Whether every document was tried."""
        return self.done >= self.total


class SampleLibrary:
    """Reads the sample documents and keeps what came of them. Safe to use from several threads."""

    def __init__(self, cache: ReadingCache | None = None, look_again_seconds: float = _LOOK_AGAIN_SECONDS) -> None:
        self._cache = cache or ReadingCache()
        self._look_again_seconds = look_again_seconds
        self._lock = threading.Lock()
        self._stamps: tuple[Stamp, ...] = ()
        self._entries: dict[Path, Entry] = {}
        self._refused: dict[Path, CannotReadError] = {}
        self._library = Library()
        self._stale = False
        self._looked_at = float("-inf")
        self._running: threading.Thread | None = None
        self._sandbox: Sandbox | None = None

    def start(self) -> None:
        """Look at the documents and read in the background what is new or changed; returns at once."""
        with self._lock:
            now = time.monotonic()
            busy = self._running is not None and self._running.is_alive()
            if busy or now - self._looked_at < self._look_again_seconds:
                return
            self._looked_at = now
            stamps = tuple(_stamp(path) for path in sample_documents())
            if stamps == self._stamps:
                return
            known, self._stamps = set(self._stamps), stamps
            self._forget({path for path, *_ in known - set(stamps)})
            changed = [stamp[0] for stamp in stamps if stamp not in known]
            self._running = threading.Thread(target=self._read_all, args=(changed,), name="sample-reports", daemon=True)
            self._running.start()

    def wait(self, seconds: float = 120.0) -> None:
        """Wait until the reading under way has ended, at most ``seconds``."""
        if self._running is not None:
            self._running.join(seconds)

    def close(self) -> None:
        """End the worker processes."""
        with self._lock:
            sandbox, self._sandbox = self._sandbox, None
        if sandbox is not None:
            sandbox.close()

    def progress(self) -> Progress:
        """Tell how many documents there are and how many were read so far."""
        with self._lock:
            refused = tuple((path.name, error) for path, error in self._refused.items())
            return Progress(
                total=len(self._stamps), done=len(self._entries) + len(refused), read=len(self._entries), refused=refused
            )

    def library(self) -> Library:
        """The sample reports read so far; the same object until another one is read."""
        self.start()
        with self._lock:
            if self._stale:
                ordered = [self._entries[path] for path, *_ in self._stamps if path in self._entries]
                self._library, self._stale = Library.of(ordered), False
            return self._library

    def _forget(self, gone: Iterable[Path]) -> None:
        for path in gone:
            self._entries.pop(path, None)
            self._refused.pop(path, None)
        self._stale = True

    def _read_all(self, paths: list[Path]) -> None:
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="sample-reader") as threads:
            list(threads.map(self._read, paths))
        self.close()
        self._set_beside_each_other()

    def _set_beside_each_other(self) -> None:
        """Once all are read: the findings between reports. In the background, so that no page waits for them."""
        with self._lock:
            ordered = [(path, self._entries[path]) for path, *_ in self._stamps if path in self._entries]
        entries = [entry for _, entry in ordered]
        beside = beside_each_other(entries, load_form(), relations=_relations(ordered))
        with self._lock:
            for (path, entry), found in zip(ordered, beside, strict=True):
                if self._entries.get(path) is entry:
                    self._entries[path] = found
            self._stale = True

    def _read(self, path: Path) -> None:
        try:
            report = self._report(path)
        except CannotReadError as error:
            with self._lock:
                self._refused[path] = error
            return
        except OSError as error:
            _LOG.warning("%s: %s", path.name, error)
            with self._lock:
                self._refused[path] = CannotReadError("unexpected", reason=type(error).__name__)
            return
        entry = entry_from(report, check_report(report, load_form()), origin_of(path) or "fictional")
        with self._lock:
            self._entries[path], self._stale = entry, True

    def _report(self, path: Path) -> Report:
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        report = self._cache.load(sha256, path.name)
        if report is None:
            report = read_in_sandbox(self._workers(), data, path.name)
            self._cache.store(sha256, path.name, report)
        return report

    def _workers(self) -> Sandbox:
        with self._lock:
            if self._sandbox is None:
                self._sandbox = Sandbox(workers=_WORKERS)
            return self._sandbox


def _relations(ordered: Iterable[tuple[Path, Entry]]) -> Relations:
    """Who sums up whom in the fictional city, and in which years."""
    children: dict[str, dict[str, None]] = {}
    years: dict[str, list[int]] = {}
    for path, entry in ordered:
        for name in children_of(path) if entry.organ_id is not None and entry.report_year is not None else ():
            children.setdefault(entry.organ_id or "", {})[organ_id(name)] = None
            years.setdefault(organ_id(name), []).append(entry.report_year or 0)
    return Relations(
        children={parent: tuple(found) for parent, found in children.items()},
        lifetimes={organ: (min(found), max(found)) for organ, found in years.items()},
    )


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return path, found.st_size, found.st_mtime_ns


@lru_cache(maxsize=1)
def sample_library() -> SampleLibrary:
    """The one sample library of this process."""
    return SampleLibrary()
