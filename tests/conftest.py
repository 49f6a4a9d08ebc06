"""Fixtures every test may use, and the rule that nothing may be skipped in CI."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from loaders.read import read_report
from ogi.access import secrets
from ogi.report import Report
from ogi.store.snapshot.lock import publisher_lock
from pages.parts.reading_cache import ReadingCache
from sample_reports.catalogue import DOCUMENTS
from tests.postgresql_server import Server, why_not

ROOT = Path(__file__).resolve().parent.parent
LONGEST = [ROOT / "tests" / line for line in (ROOT / "tests" / "longest_first.txt").read_text(encoding="utf-8").split()]
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
_skipped: list[str] = []


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real reports with truth files beside the checkout; skipped where it is not there, except in CI."""
    folder = Path(os.environ.get("OGI_CORPUS", ROOT.parent / "shared" / "reports"))
    if not (folder / "truth").is_dir():
        pytest.skip(f"no real reports at {folder} (set OGI_CORPUS)")
    return folder


@pytest.fixture(scope="session")
def ofd_corpus(corpus: Path) -> Path:
    """The folder of real OFD files beside that of the real reports; none of them is a report."""
    folder = corpus.parent / "ofd"
    if not folder.is_dir():
        pytest.skip(f"no real OFD files at {folder}")
    return folder


@pytest.fixture(scope="session")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for readings of the samples, shared by the workers of a run and by the servers they start; empty at first."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "ogi-readings"


@pytest.fixture(scope="session")
def read_sample(readings: Path) -> Callable[[str], Report]:
    """Read a sample by the name of its document; what another worker or a server of this run has read is not read again."""
    kept = ReadingCache(readings)

    @cache
    def read(name: str) -> Report:
        data = (DOCUMENTS / name).read_bytes()
        digest, place = sha256(data).hexdigest(), readings / "being-read" / name
        place.mkdir(parents=True, exist_ok=True)
        with publisher_lock(place, 120):
            report = kept.load(digest, name)
            if report is None:
                report = read_report(data, name)
                kept.store(digest, name, report)
                assert kept.load(digest, name) == report
        return report

    return read


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A running PostgreSQL server of our own; skipped where none is installed, except in CI.

    Not in pytest's folders: each run of pytest that begins on the same machine closes them to others, also to this server.
    """
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="ogi-postgresql-") as folder:
        server = Server(Path(folder) / "data")
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hash passwords with the least work: what is tested is who is let in, not how long a guess takes."""
    patch = pytest.MonkeyPatch()
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    patch.setattr(secrets, "_hasher", lambda: quick)
    yield
    patch.undo()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take longest come first: the workers of a parallel run, which take whole files, then end at the same time."""
    places = {path: place for place, path in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(places)))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in CI that skipped anything: there the browser, the servers and the real reports must be at hand."""
    if IN_CI and _skipped and not hasattr(session.config, "workerinput"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if IN_CI and _skipped:
        terminalreporter.write_line(f"skipped in CI, which is a failure: {', '.join(sorted(_skipped))}", red=True)


@pytest.fixture
def loggers_as_before() -> Iterator[None]:
    """Put the loggers back as they were, after a test that begins a journal."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    levels = {name: logging.getLogger(name).level for name in ("ogi", "loaders", "web", "pages", "app")}
    yield
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
