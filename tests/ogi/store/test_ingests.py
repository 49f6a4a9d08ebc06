"""The course of bulk reading in the tables: begun, written, gone on with, stopped, ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ogi.store import ingests
from ogi.store.act import Act
from ogi.store.ingests import FileRecord
from ogi.store.location import Location
from ogi.store.records import Records, open_records

ACT = Act(by="某某")
A, B = "a" * 64, "b" * 64


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    records = open_records(Location.of(tmp_path))
    yield records
    records.close()


def begun(records: Records, *files: FileRecord, total: int = 5) -> int:
    with records.writing() as connection:
        ingest_id = ingests.begin(connection, "/年报", ACT)
        ingests.record(connection, ingest_id, files, 1, total)
    return ingest_id


def test_what_came_of_files_is_counted(records: Records) -> None:
    bad = FileRecord(name="乙.pdf", sha256=B, outcome="failed", error="damaged", params={"reason": "x"}, number=2)
    ingest_id = begun(records, FileRecord(name="甲.pdf", sha256=A, outcome="new", report_id=7), bad)
    with records.reading() as connection:
        (found,) = ingests.recent(connection)
        assert (found.ingest_id, found.source, found.by, found.state) == (ingest_id, "/年报", "某某", "running")
        assert (found.total, found.done, found.failures, found.counts) == (5, 2, 1, {"new": 1, "failed": 1})
        assert ingests.files_of(connection, ingest_id, ingests.FAILURES) == [bad]
        assert [file.name for file in ingests.files_of(connection, ingest_id)] == ["甲.pdf", "乙.pdf"]


def test_ingest_is_gone_on_with_after_its_last_number(records: Records) -> None:
    parts = [FileRecord(name="值.csv", sha256=A, outcome="new", part=number) for number in (1, 2)]
    ingest_id = begun(records, *parts, FileRecord(name="无.pdf", outcome="failed"))
    with records.reading() as connection:
        assert ingests.recorded(connection, ingest_id) == (3, Counter({("值.csv", A): 2, ("无.pdf", None): 1}))
        assert [found.ingest_id for found in ingests.unfinished(connection)] == [ingest_id]


def test_stopped_ingest_stays_stopped(records: Records) -> None:
    ingest_id = begun(records)
    with records.writing() as connection:
        ingests.end(connection, ingest_id, "stopped")
        ingests.end(connection, ingest_id, "finished")
    with records.reading() as connection:
        assert ingests.state_of(connection, ingest_id) == "stopped"
        assert ingests.unfinished(connection) == []
        assert ingests.recent(connection)[0].ended_at is not None


def test_newest_ingest_comes_first(records: Records) -> None:
    numbers = [begun(records) for _ in range(3)]
    with records.reading() as connection:
        assert [found.ingest_id for found in ingests.recent(connection, limit=2)] == [numbers[2], numbers[1]]
        assert [found.ingest_id for found in ingests.unfinished(connection)] == numbers


def test_document_is_known_to_the_readers_that_read_it(records: Records) -> None:
    """A newer version that reads the same makes no new version of the report: what came of the file tells."""
    read = FileRecord(name="甲.pdf", sha256=A, outcome="same", report_id=7, reader="r2")
    begun(records, read, FileRecord(name="乙.pdf", sha256=B, outcome="failed", error="damaged", reader="r2"))
    with records.reading() as connection:
        assert ingests.known(connection, [A, B], "r2") == {A}
        assert ingests.known(connection, [A, B], "r3") == set()
