"""Storing what workers hand back: reports, and what came of every file, in one transaction; the snapshot follows."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from loaders.ingest.arrived import Arrived, StoppedError
from loaders.ingest.ready import unpacked
from loaders.ingest.work import ReadPart
from loaders.reader_version import reader_version
from ogi.store import ingests
from ogi.store.accepting import Accepted, accept_many
from ogi.store.act import Act
from ogi.store.ingests import FileOutcome, FileRecord
from ogi.store.location import StoreError
from ogi.store.prepared import Prepared
from ogi.store.records import Records
from ogi.store.unplaced import keep_unplaced

T = TypeVar("T")
_log = logging.getLogger(__name__)

_FROM_STORE = "store."
"""Before the code of a reason that the store gave: ``store.error.*`` instead of ``error.*``."""
_PASSING = frozenset({"locked", "unreachable"})
"""What a database recovers from: another process writes for long, the server is started anew."""
_PATIENCE_SECONDS, _TRY_AGAIN_SECONDS = 300.0, 2.0
_PUBLISH_EVERY_SECONDS, _PUBLISH_SHARE, _PUBLISH_AT_LEAST_EVERY = 1.0, 0.05, 15.0
"""At most once a second, and no more than a twentieth of the time: a large snapshot takes longer to bring up to date."""


class StoreKeeper:
    """Keeps the files of one ingest in the records."""

    def __init__(
        self, records: Records, ingest_id: int, act: Act, *, number: int = 0, on_stored: Callable[[], None] = lambda: None
    ) -> None:
        """``number`` is that of the last record written before an interruption; ``on_stored`` is called after each commit."""
        self._records, self._ingest_id, self._act = records, ingest_id, act
        self._number, self._on_stored = number, on_stored

    def known(self, sha256: list[str]) -> set[str]:
        """Return the documents this version of the readers has read and stored already.

        Raises:
            StoreError: the records cannot be used.
        """

        def look_up() -> set[str]:
            with self._records.reading() as connection:
                return ingests.known(connection, sha256, reader_version())

        return _patiently(look_up)

    def keep(self, arrived: Iterable[Arrived], total: int) -> list[FileRecord]:
        """Store reports and what came of every file, in one transaction; ``total`` is how many files there are.

        Raises:
            StoppedError: somebody has stopped the ingest; the files are stored.
            StoreError: the records cannot be used; nothing is stored.
        """
        opened = [self._opened(file) for file in arrived]
        files, ready = [file for file, _ in opened], [reports for _, reports in opened]

        def store() -> tuple[list[FileRecord], str]:
            try:
                return self._stored(files, ready, total, one_by_one=False)
            except StoreError:
                raise
            except Exception:  # one report nobody foresaw must not hold up the others
                _log.exception("a batch could not be stored; its reports are stored one by one")
                return self._stored(files, ready, total, one_by_one=True)

        found, state = _patiently(store)
        self._number += len(found)
        self._on_stored()
        if state != "running":
            raise StoppedError
        return found

    def _stored(
        self, files: list[Arrived], ready: list[list[Prepared | None]], total: int, *, one_by_one: bool
    ) -> tuple[list[FileRecord], str]:
        reports = [report for reports in ready for report in reports if report is not None]
        with self._records.writing() as connection:
            if one_by_one:
                accepted = [_alone(connection, report, self._act) for report in reports]
            else:
                accepted = accept_many(connection, reports, self._act)
            keep_unplaced(connection, reports, self._act)
            results = iter(accepted)
            found: list[FileRecord] = []
            for file, of_file in zip(files, ready, strict=True):
                found += _records_of(file, [None if report is None else next(results) for report in of_file])
            ingests.record(connection, self._ingest_id, found, self._number + 1, total)
            return found, ingests.state_of(connection, self._ingest_id)

    def _opened(self, file: Arrived) -> tuple[Arrived, list[Prepared | None]]:
        """The reports of a file as they are stored; what cannot be parsed as one becomes a reason why there is none."""
        parts: list[ReadPart] = []
        reports: list[Prepared | None] = []
        for number, part in enumerate(file.parts, start=1):
            try:
                reports.append(None if part[0] is None else self._prepared(file, number, part[0]))
                parts.append(part)
            except (ValueError, msgspec.MsgspecError) as error:
                _log.exception("a worker sent something else than a report")
                reports.append(None)
                parts.append((None, ("worker_failed", {"reason": type(error).__name__})))
        return replace(file, parts=parts), reports

    def _prepared(self, file: Arrived, number: int, sent: bytes) -> Prepared:
        assert file.data is not None
        assert file.sha256 is not None
        return unpacked(
            sent,
            file.data,
            file.sha256,
            part=number,
            reader=reader_version(),
            address=file.address,
            published_on=file.published_on,
        )


def _alone(connection: Any, report: Prepared, act: Act) -> Accepted | StoreError:
    try:
        with connection.begin_nested():
            return accept_many(connection, [report], act)[0]
    except StoreError as error:
        return error
    except Exception as error:
        _log.exception("a report could not be stored")
        return StoreError("not_stored", reason=type(error).__name__)


def _records_of(file: Arrived, results: list[Accepted | StoreError | None]) -> list[FileRecord]:
    """The records of one file: one for each report in it, and one for each of its copies."""
    if file.is_known:
        return [FileRecord(name=file.name, sha256=file.sha256, outcome="same")]
    found: list[FileRecord] = []
    for number, (part, result) in enumerate(zip(file.parts, results, strict=True), start=1):
        outcome, error, params, report_id = _outcome(part, result)
        found.append(
            FileRecord(
                name=file.name,
                part=number,
                sha256=file.sha256,
                outcome=outcome,
                error=error,
                params=params,
                report_id=report_id,
                reader=None if report_id is None else reader_version(),
            )
        )
    bad = next((record for record in found if record.outcome in ingests.FAILURES), None)
    stored = any(record.report_id is not None for record in found)
    if bad is not None and not stored:
        return found + [msgspec.structs.replace(bad, name=name) for name in file.copies]
    return found + [FileRecord(name=name, sha256=file.sha256, outcome="same") for name in file.copies]


def _outcome(part: ReadPart, result: Accepted | StoreError | None) -> tuple[FileOutcome, str | None, dict[str, Any], int | None]:
    if isinstance(result, StoreError):
        unplaced = result.code == "unplaced"
        return "unplaced" if unplaced else "failed", f"{_FROM_STORE}{result.code}", dict(result.params), None
    if result is not None:
        code = f"{_FROM_STORE}read_otherwise" if result.is_read_otherwise else None
        return result.outcome, code, {}, result.report_id
    assert part[1] is not None
    code, params = part[1]
    return "skipped" if code == "files_skipped" else "failed", code, params, None


def _patiently(work: Callable[[], T]) -> T:
    """Try again for some minutes what fails because the database is busy or away for a moment."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return work()
        except StoreError as error:
            if error.code not in _PASSING or time.monotonic() > until:
                raise
            _log.warning("the records cannot be used just now (%s); trying again", error.code)
            time.sleep(_TRY_AGAIN_SECONDS)


class Publishing:
    """Brings the snapshot up to date in a thread of its own, at most once a second, so that reading never waits for it."""

    def __init__(self, publish: Callable[[], object]) -> None:
        self._publish = publish
        self.failed: StoreError | None = None
        """Why the snapshot lacks something of what the records hold; the next start publishes it."""
        self._wake, self._is_over = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._work, name="publishing", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Say that there is something new."""
        self._wake.set()

    def close(self) -> None:
        """Publish what is left; where that fails, :attr:`failed` says why."""
        self._is_over.set()
        self._wake.set()
        self._thread.join()
        try:
            self._publish()
        except StoreError as error:
            self.failed = error

    def _work(self) -> None:
        while not self._is_over.is_set():
            self._wake.wait()
            self._wake.clear()
            began = time.monotonic()
            try:
                self._publish()
            except StoreError as error:
                _log.warning("the snapshot could not be brought up to date (%s); it is tried again with the next reports", error)
            except Exception:
                _log.exception("the snapshot could not be brought up to date; it is tried again with the next reports")
            pause = (time.monotonic() - began) / _PUBLISH_SHARE
            self._is_over.wait(min(max(pause, _PUBLISH_EVERY_SECONDS), _PUBLISH_AT_LEAST_EVERY))
