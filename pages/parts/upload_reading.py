"""Reading uploaded files, one after the other, in worker processes; what came of each is kept for the session."""

from __future__ import annotations

import atexit
import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from loaders.errors import CannotReadError
from loaders.sandbox import Sandbox
from loaders.steps import read_in_sandbox
from ogi.checks import Finding, check_report
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Report

_LOG = logging.getLogger(__name__)
_OUTCOMES = "upload_outcomes"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one uploaded file: a report with its findings, or the reason why there is none."""

    name: str
    sha256: str
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    error: CannotReadError | None = None

    @property
    def verdict(self) -> str:
        """``read``: every table complete and numbers in them. ``partly``: some of it. ``not``: nothing usable."""
        if self.report is None or all(table.status == "missing" for table in self.report.tables.values()):
            return "not"
        complete = all(table.status == "complete" for table in self.report.tables.values())
        return "read" if complete and self.numbers else "partly"

    @property
    def numbers(self) -> int:
        """How many cells have a number."""
        return sum(reading.value is not None for reading in self.report.cells.values()) if self.report else 0

    @property
    def key(self) -> str:
        """A short name for the widgets of this file."""
        return self.sha256[:12]


def outcomes() -> dict[str, Outcome]:
    """The files of this session by SHA-256, in the order they were read."""
    return st.session_state.setdefault(_OUTCOMES, {})


def forget(sha256: str) -> None:
    """Forget a file that was read."""
    outcomes().pop(sha256, None)


def read_upload(data: bytes, name: str, on_step: Callable[[str], None]) -> Outcome:
    """Read one file in a worker process. Never raises: what goes wrong with this file stays with this file."""
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        report = read_in_sandbox(upload_sandbox(), data, name, on_step)
        on_step("check")
        findings = check_report(report, load_form())
    except CannotReadError as error:
        return Outcome(name=name, sha256=sha256, error=error)
    except Exception as error:
        _LOG.exception("an uploaded file could not be read")
        return Outcome(name=name, sha256=sha256, error=CannotReadError("unexpected", reason=type(error).__name__))
    return Outcome(name=name, sha256=sha256, report=report, findings=tuple(findings))


def reason(outcome: Outcome, labels: Labels) -> str:
    """Why a file was read only in part or not at all, and what to do; what was found where it was read."""
    if outcome.error is not None:
        return labels(f"error.{outcome.error.code}", **outcome.error.params)
    assert outcome.report is not None
    tables = outcome.report.tables
    if outcome.verdict == "read":
        return labels("upload.verdict.read_why", tables=len(tables), cells=outcome.numbers)
    if outcome.verdict == "not":
        return labels("upload.verdict.not_why")
    if not outcome.numbers:
        return labels("upload.verdict.no_numbers")
    names = [_table_name(table, labels) for table, found in tables.items() if found.status != "complete"]
    return labels("upload.verdict.partly_why", tables=labels("list_separator").join(names))


def _table_name(table_id: str, labels: Labels) -> str:
    found = (edition.table(table_id) for edition in load_form().editions.values())
    return next((table.label(labels.lang) for table in found if table is not None), table_id)


@lru_cache(maxsize=1)
def upload_sandbox() -> Sandbox:
    """The worker processes that read uploads, shared by all sessions of this server."""
    sandbox = Sandbox(workers=2)
    atexit.register(sandbox.close)
    return sandbox
