"""Bulk reading in the background of a server: begun, shown, stopped, gone on with after the server was killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.ingest.claim import claimed
from loaders.ingest.course import begin_anew
from loaders.ingest.job import Job, jobs, leave_jobs, resume_jobs, start_job, stop_job
from loaders.limits import LIMITS
from ogi.store import ingests
from ogi.store.act import Act
from ogi.store.location import Location
from ogi.store.store import Store, open_store
from tests.loaders.ingest.conftest import write_reports, zip_reports
from tests.loaders.ingest.library import ROOT, Library

ACT = Act(by="王某")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


@pytest.fixture
def store(library: Library) -> Iterator[Store]:
    store = open_store(Location.of(library.folder))
    yield store
    store.close()


def archive(folder: Path, count: int) -> bytes:
    path = folder / "材料.zip"
    zip_reports(path, range(count))
    return path.read_bytes()


def ended(store: Store, ingest_id: int) -> Job:
    deadline = time.monotonic() + 120
    while True:
        (job,) = [job for job in jobs(store) if job.ingest.ingest_id == ingest_id]
        if job.ingest.ended_at is not None and not (store.records.location.folder / "ingests" / str(ingest_id)).exists():
            return job
        assert time.monotonic() < deadline, job
        time.sleep(0.05)


def test_archive_is_taken_in_while_the_server_goes_on(store: Store, library: Library, tmp_path: Path) -> None:
    data = archive(tmp_path, 12)
    ingest_id = start_job(store, data, "材料.zip", ACT)
    (running,) = jobs(store)
    assert (running.ingest.source, running.ingest.by, running.is_running) == ("材料.zip", "王某", True)
    job = ended(store, ingest_id)
    assert (job.ingest.state, job.ingest.total, job.ingest.counts) == ("finished", 12, {"new": 12})
    assert library.count("reports") == 12
    assert library.leftovers() == []


def test_failed_files_are_shown_with_their_reason(store: Store, tmp_path: Path) -> None:
    ingest_id = start_job(store, b"%PDF-1.4\nnothing follows", "坏.pdf", ACT)
    job = ended(store, ingest_id)
    assert [(file.name, file.outcome, file.error) for file in job.failures] == [("坏.pdf", "failed", "damaged")]


def test_stopped_job_ends_and_keeps_what_was_read(store: Store, library: Library, tmp_path: Path) -> None:
    ingest_id = start_job(store, archive(tmp_path, 900), "材料.zip", ACT)
    deadline = time.monotonic() + 60
    while not library.count("ingested_files"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    stop_job(store, ingest_id)
    job = ended(store, ingest_id)
    assert job.ingest.state == "stopped"
    assert 0 < library.count("reports") == library.count("ingested_files") < 900
    assert library.leftovers() == []


def test_every_run_under_way_is_shown_and_of_the_others_the_latest(store: Store) -> None:
    folder = store.records.location.folder
    with store.records.writing() as connection:
        numbers = [ingests.begin(connection, f"{number}.zip", ACT) for number in range(9)]
    claims = [claimed(folder, number) for number in numbers[:7]]
    with store.records.writing() as connection:
        for number in numbers[7:]:
            ingests.end(connection, number, "finished")
    assert [job.ingest.ingest_id for job in jobs(store)] == numbers[::-1]
    for claim in claims:
        assert claim is not None
        claim.leave(keep=True)
    shown = jobs(store)
    assert [job.ingest.ingest_id for job in shown] == numbers[:3:-1]
    assert [job.is_interrupted for job in shown] == [False, False, True, True, True]


def test_what_a_process_killed_at_its_very_end_left_is_taken_away_by_the_next_one(store: Store, library: Library) -> None:
    done = begin_anew(store, "材料.zip", ACT)
    with store.records.writing() as connection:
        ingests.end(connection, done.ingest_id, "finished")
    living = begin_anew(store, "其他.zip", ACT)
    assert done.claim.folder.exists()  # it holds its lock, so it may still be at work
    done.claim.leave(keep=True)
    done.claim.scratch.mkdir()
    begin_anew(store, "又一个.zip", ACT).give_up()
    assert not done.claim.folder.exists()
    assert not done.claim.scratch.exists()
    assert living.claim.folder.exists()
    living.give_up()
    assert library.leftovers() == []


def test_file_too_large_is_refused_at_once(store: Store) -> None:
    with pytest.raises(CannotReadError) as caught:
        start_job(store, bytes(LIMITS.file_bytes + 1), "大.zip", ACT)
    assert caught.value.code == "file_too_large"
    assert jobs(store) == []


def test_job_of_a_killed_server_is_gone_on_with(library: Library, tmp_path: Path) -> None:
    archive(tmp_path, 150)
    program = (
        "import sys, time; from pathlib import Path\n"
        "from loaders.ingest.job import start_job; from ogi.store.act import Act; from ogi.store.store import open_store\n"
        "start_job(open_store(), Path(sys.argv[1]).read_bytes(), '材料.zip', Act(by='王某')); time.sleep(600)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "材料.zip")]
    with subprocess.Popen(command, env=library.environment, cwd=ROOT) as server:
        deadline = time.monotonic() + 60
        while not library.count("ingested_files"):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        os.kill(server.pid, signal.SIGKILL)
    store = open_store(Location.of(library.folder))
    try:
        (job,) = jobs(store)
        assert (job.is_interrupted, job.ingest.counts["new"] < 150) == (True, True)
        (ingest_id,) = resume_jobs(store)
        assert ended(store, ingest_id).ingest.counts == {"new": 150}
        assert resume_jobs(store) == []
    finally:
        store.close()
    assert (library.count("reports"), library.count("documents")) == (150, 150)
    assert library.leftovers() == []


def test_server_that_ends_leaves_its_jobs_for_the_next_one(store: Store, library: Library, tmp_path: Path) -> None:
    ingest_id = start_job(store, archive(tmp_path, 300), "材料.zip", ACT)
    deadline = time.monotonic() + 60
    while not library.count("ingested_files"):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    leave_jobs()
    (job,) = jobs(store)
    assert (job.is_interrupted, job.failures, job.ingest.counts["new"] < 300) == (True, [], True)
    assert resume_jobs(store) == [ingest_id]
    assert ended(store, ingest_id).ingest.counts == {"new": 300}
    assert library.leftovers() == []


def test_interrupted_command_is_not_taken_over_by_a_server(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "年报"
    folder.mkdir()
    write_reports(folder, range(60))
    with library.start(folder) as process:
        deadline = time.monotonic() + 60
        while not library.count("ingested_files"):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.kill()
    store = open_store(Location.of(library.folder))
    try:
        assert resume_jobs(store) == []
        (job,) = jobs(store)
        assert job.is_interrupted
    finally:
        store.close()
