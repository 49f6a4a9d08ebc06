"""Storing what workers hand back: one transaction for a batch, and one bad report holds up no other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from loaders import read
from loaders.ingest import keeper
from loaders.ingest.arrived import Arrived, StoppedError
from loaders.ingest.keeper import Publishing, StoreKeeper
from loaders.ingest.outcome import failed_files, reason
from loaders.ingest.work import _read
from ogi.labels import Labels
from ogi.report import Report
from ogi.store import ingests
from ogi.store.act import Act
from ogi.store.location import Location, StoreError
from ogi.store.records import Records, open_records
from tests.loaders.ingest.conftest import report_text

ACT = Act(by="王某")


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    records = open_records(Location.of(tmp_path))
    yield records
    records.close()


@pytest.fixture
def ingest_id(records: Records) -> int:
    with records.writing() as connection:
        return ingests.begin(connection, "/年报", ACT)


def arrived(number: int, **given: object) -> Arrived:
    """A report as a worker hands it back; read in this process, which is what a worker does below its own."""
    name, text = report_text(number)
    data = text.encode()
    _, parts = _read(data, name, 0)
    return Arrived(**{"name": name, "sha256": hashlib.sha256(data).hexdigest(), "data": data, "parts": parts} | given)  # type: ignore[arg-type]


def seven_licences_of(read_all: Callable[[bytes, str], list], data: bytes, name: str) -> list[Report]:
    """What readers find that take the one licence of the first report for seven."""
    (report,) = read_all(data, name)
    key = next(key for key, reading in report.cells.items() if reading.value == 1)
    other = msgspec.structs.replace(report.cells[key], value=7, raw="7")
    return [msgspec.structs.replace(report, cells=report.cells | {key: other})]


def test_batch_is_stored_with_what_came_of_each_file(records: Records, ingest_id: int) -> None:
    told: list[None] = []
    kept = StoreKeeper(records, ingest_id, ACT, on_stored=lambda: told.append(None))
    failed = Arrived(name="坏.pdf", sha256="b" * 64, parts=[(None, ("damaged", {"reason": "x"}))], copies=["坏2.pdf"])
    found = kept.keep([arrived(1), arrived(2, copies=["又一份.txt"]), failed], total=5)
    assert [(record.name, record.outcome) for record in found] == [
        (report_text(1)[0], "new"),
        (report_text(2)[0], "new"),
        ("又一份.txt", "same"),
        ("坏.pdf", "failed"),
        ("坏2.pdf", "failed"),
    ]
    assert len(told) == 1
    with records.reading() as connection:
        assert ingests.one(connection, ingest_id).counts == {"new": 2, "same": 1, "failed": 2}
        assert [record.number for record in ingests.files_of(connection, ingest_id)] == [1, 2, 3, 4, 5]
    assert kept.known([arrived(1).sha256 or "", "c" * 64]) == {arrived(1).sha256}


def test_other_readers_read_again_once(records: Records, ingest_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they read alike is no new version of the report, and all the same not read a second time."""
    digest = arrived(1).sha256 or ""
    StoreKeeper(records, ingest_id, ACT).keep([arrived(1)], total=1)
    monkeypatch.setattr(keeper, "reader_version", lambda: "000000000001")
    kept = StoreKeeper(records, ingest_id, ACT, number=1)
    assert kept.known([digest]) == set()
    assert [record.outcome for record in kept.keep([arrived(1)], total=2)] == ["same"]
    assert kept.known([digest]) == {digest}


def test_newer_readers_that_read_otherwise_change_no_accepted_figure_and_say_so(
    records: Records, ingest_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One licence was read when the report was accepted, and so it stays; the difference waits for a person."""
    StoreKeeper(records, ingest_id, ACT).keep([arrived(1)], total=1)

    with monkeypatch.context() as newer:
        newer.setattr(read, "read_reports", partial(seven_licences_of, read.read_reports))
        again = arrived(1)
    found = StoreKeeper(records, ingest_id, ACT, number=1).keep([again], total=2)
    assert [(record.outcome, record.error) for record in found] == [("same", "store.read_otherwise")]
    with records.reading() as connection:
        assert connection.execute(sa.text("SELECT current, (SELECT count(*) FROM versions) FROM reports")).one() == (1, 1)
    (told,) = failed_files(records, ingest_id)
    assert "重读并比较" in reason(told, Labels("zh"))


def test_numbers_go_on_after_those_of_an_earlier_start(records: Records, ingest_id: int) -> None:
    StoreKeeper(records, ingest_id, ACT).keep([arrived(1)], total=2)
    StoreKeeper(records, ingest_id, ACT, number=1).keep([arrived(2)], total=2)
    with records.reading() as connection:
        assert [record.number for record in ingests.files_of(connection, ingest_id)] == [1, 2]


def test_answer_that_is_no_report_is_a_failure_of_its_file(records: Records, ingest_id: int) -> None:
    found = StoreKeeper(records, ingest_id, ACT).keep([arrived(1, parts=[(b"\x93rubbish", None)]), arrived(2)], total=2)
    assert [(record.outcome, record.error) for record in found] == [("failed", "worker_failed"), ("new", None)]


def test_report_that_cannot_be_stored_holds_up_no_other(
    records: Records, ingest_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = report_text(2)[0]
    store = keeper.accept_many

    def refuse_one(connection, reports, act):
        if any(report.report.document.name == bad for report in reports):
            raise RuntimeError("nobody foresaw this")
        return store(connection, reports, act)

    monkeypatch.setattr(keeper, "accept_many", refuse_one)
    found = StoreKeeper(records, ingest_id, ACT).keep([arrived(number) for number in (1, 2, 3)], total=3)
    assert [(record.outcome, record.error) for record in found] == [("new", None), ("failed", "store.not_stored"), ("new", None)]


def test_stopped_ingest_stores_what_was_read_and_says_so(records: Records, ingest_id: int) -> None:
    with records.writing() as connection:
        ingests.end(connection, ingest_id, "stopped")
    with pytest.raises(StoppedError):
        StoreKeeper(records, ingest_id, ACT).keep([arrived(1)], total=9)
    with records.reading() as connection:
        assert ingests.one(connection, ingest_id).counts == {"new": 1}


def test_busy_database_is_waited_for(records: Records, ingest_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_TRY_AGAIN_SECONDS", 0.0)
    answers: list[StoreError | None] = [StoreError("locked", reason="x"), StoreError("unreachable", reason="x"), None]
    store = keeper.accept_many

    def busy_twice(connection, reports, act):
        if answer := answers.pop(0):
            raise answer
        return store(connection, reports, act)

    monkeypatch.setattr(keeper, "accept_many", busy_twice)
    assert [record.outcome for record in StoreKeeper(records, ingest_id, ACT).keep([arrived(1)], total=1)] == ["new"]


def test_full_disk_is_not_waited_for(records: Records, ingest_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(connection, reports, act):
        raise StoreError("full", reason="x")

    monkeypatch.setattr(keeper, "accept_many", full)
    with pytest.raises(StoreError):
        StoreKeeper(records, ingest_id, ACT).keep([arrived(1)], total=1)
    with records.reading() as connection:
        assert ingests.files_of(connection, ingest_id) == []


def test_last_change_is_published_and_a_failure_is_told() -> None:
    calls: list[int] = []

    def publish() -> None:
        calls.append(1)
        raise StoreError("not_published", reason="x")

    publishing = Publishing(publish)
    publishing.wake()
    publishing.close()
    assert calls
    assert publishing.failed is not None
    assert publishing.failed.code == "not_published"
