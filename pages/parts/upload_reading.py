"""What came of each file that was handed in: its verdict and reason, kept for the session. Reading happens in workers."""

from __future__ import annotations

import atexit
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from loaders.errors import CannotReadError
from loaders.intake import read_all
from loaders.sandbox import Sandbox
from ogi.checks import Finding, check_report
from ogi.doubts import marked_readings
from ogi.form import load_form
from ogi.labels import Labels
from ogi.once import once
from ogi.report import Report

_OUTCOMES, _BYTES = "upload_outcomes", "upload_bytes"
_KEPT_BYTES = 200 * 2**20
"""Content kept in one session for showing where figures stand; a report has 0.02 to 2 MB."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one file: a report with its findings, or the reason why there is none."""

    name: str
    key: str
    """A short name for the widgets of this file, unique in the session."""
    sha256: str
    """Of the file; of the archive where a file could not be taken out of it. Exported figures name another document."""
    part: int = 1
    """Which report of the file it is."""
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    error: CannotReadError | None = None
    journal_id: str = ""
    """Of the line in the server's journal that tells of reading it; empty where it was not read."""

    @property
    def verdict(self) -> str:
        """``read``: every table complete, numbers in them, nothing to look at. ``look``: the same, some cells uncertain.

        ``partly``: some of it. ``not``: nothing usable. ``skipped``: left out on purpose, no failure.
        """
        if self.error is not None and self.error.code == "files_skipped":
            return "skipped"
        if self.report is None or (not self.report.free_rows and all(t.status == "missing" for t in self.report.tables.values())):
            return "not"
        if not self.numbers or any(table.status != "complete" for table in self.report.tables.values()):
            return "partly"
        return "look" if self.marked else "read"

    @once
    def numbers(self) -> int:
        """How many cells have a number."""
        return sum(reading.value is not None for reading in self.report.cells.values()) if self.report else 0

    @once
    def marked(self) -> int:
        """How many cells a person should look at."""
        return len(marked_readings(self.report)) if self.report else 0


def outcomes() -> dict[str, Outcome]:
    """The files of this session by their key, in the order they were read."""
    return st.session_state.setdefault(_OUTCOMES, {})


def known_as(sha256: str) -> str | None:
    """The name under which a file of this content was read before, or ``None``."""
    return next((outcome.name for outcome in outcomes().values() if outcome.sha256 == sha256), None)


def forget(outcome: Outcome) -> None:
    """Forget what was read, and with the last report of a file its content."""
    outcomes().pop(outcome.key, None)
    if known_as(outcome.sha256) is None:
        _bytes().pop(outcome.sha256, None)


def bytes_of(outcome: Outcome) -> bytes | None:
    """The content of the document a report was read from, else of the file handed in; ``None`` where neither is kept."""
    document = outcome.report.document.sha256 if outcome.report else outcome.sha256
    return _bytes().get(document) or _bytes().get(outcome.sha256)


def _bytes() -> dict[str, bytes]:
    return st.session_state.setdefault(_BYTES, {})


def _keep(sha256: str, data: bytes) -> None:
    """Keep the content of a file; the oldest make room."""
    kept = _bytes()
    kept[sha256] = data
    while sum(map(len, kept.values())) > _KEPT_BYTES:
        kept.pop(next(iter(kept)))


def take_over(outcome: Outcome, data: bytes) -> None:
    """Take in what another page has read, as if it had been handed in here; a file known already is not taken twice."""
    if known_as(outcome.sha256) is None:
        outcomes()[outcome.key] = outcome
        _keep(outcome.sha256, data)


def read_handed_in(
    data: bytes, name: str, on_file: Callable[[str], None], on_step: Callable[[str], None]
) -> Iterator[tuple[Outcome, str | None]]:
    """Read everything in a file in worker processes and check it; each outcome is kept for the session as it comes.

    Never raises: what goes wrong with one file stays with this file. With an outcome comes the name of the file of the same
    content that was read before, and then the outcome is not kept.
    """
    container = hashlib.sha256(data).hexdigest()
    previous, first = None, None
    for number, found in enumerate(read_all(data, name, upload_sandbox(), on_file, on_step)):
        on_step("check")
        sha256 = container if found.data is None else hashlib.sha256(found.data).hexdigest()
        if found.data is not previous:  # a file of several reports comes once for each
            previous, first = found.data, known_as(sha256) if found.data is not None else None
        outcome = Outcome(
            name=found.name,
            key=hashlib.sha256(f"{container} {number} {found.name}".encode()).hexdigest()[:12],
            sha256=sha256,
            part=found.number,
            report=found.report,
            findings=tuple(check_report(found.report, load_form())) if found.report else (),
            error=found.error,
            journal_id=found.journal_id,
        )
        if first is None:
            outcomes()[outcome.key] = outcome
            if found.report and found.data is not None:
                _keep(sha256, found.data)
        yield outcome, first


def verdict_label(outcome: Outcome, labels: Labels) -> str:
    """The verdict in words."""
    return labels(f"upload.verdict.{outcome.verdict}", count=outcome.marked)


def reason(outcome: Outcome, labels: Labels) -> str:
    """Why a file was read only in part or not at all, and what to do; what was found where it was read."""
    if outcome.error is not None:
        return labels(f"error.{outcome.error.code}", **outcome.error.params)
    assert outcome.report is not None
    tables, verdict = outcome.report.tables, outcome.verdict
    if verdict in ("read", "look"):
        return labels(f"upload.verdict.{verdict}_why", tables=len(tables), cells=outcome.numbers, count=outcome.marked)
    if verdict == "not":
        return labels("upload.verdict.not_why")
    if not outcome.numbers:
        return labels("upload.verdict.no_numbers")
    names = [_table_name(table, labels) for table, found in tables.items() if found.status != "complete"]
    why = labels("upload.verdict.partly_why", tables=labels("list_separator").join(names))
    return f"{why} {labels('upload.verdict.marked_too', count=outcome.marked)}" if outcome.marked else why


def _table_name(table_id: str, labels: Labels) -> str:
    found = (edition.table(table_id) for edition in load_form().editions.values())
    return next((table.label(labels.lang) for table in found if table is not None), table_id)


@lru_cache(maxsize=1)
def upload_sandbox() -> Sandbox:
    """The worker processes that read uploads, shared by all sessions of this server."""
    sandbox = Sandbox(workers=2)
    atexit.register(sandbox.close)
    return sandbox
