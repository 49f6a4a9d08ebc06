"""The run over a folder with processes of this machine: whatever files are like and whoever is killed, all the others arrive."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.ingest.crew import Processes, Threads
from loaders.ingest.run import Run, Tally
from loaders.ingest.sources import source_at
from loaders.ingest.work import FileRead, Unpacked
from tests.loaders.ingest.conftest import Shelf, report_text, sha256_of, write_reports, zip_reports

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    crew = Processes(2)
    yield crew
    crew.close()


def run(folder: Path, crew: Processes | Threads, shelf: Shelf, recorded: Counter | None = None) -> Tally:
    source = source_at(folder)
    tally = Tally(total=source.count())
    Run(source, crew, shelf, tally, recorded).work()
    return tally


def test_every_report_of_a_folder_arrives_once(processes: Processes, shelf: Shelf, tmp_path: Path) -> None:
    names = write_reports(tmp_path, range(12))
    tally = run(tmp_path, processes, shelf)
    assert (tally.total, tally.counts) == (12, {"new": 12})
    assert shelf.names == sorted(names)
    assert sorted({(r.organ.name, r.report_year) for r in shelf.reports}) == sorted(
        {(report_text(number)[1].split("20")[0], 2024) for number in range(12)}
    )
    assert all(file.data == (tmp_path / file.name).read_bytes() for file in shelf.files)


def test_broken_files_are_named_with_a_reason_and_the_others_arrive(processes: Processes, shelf: Shelf, tmp_path: Path) -> None:
    names = write_reports(tmp_path, range(3))
    (tmp_path / "空.pdf").write_bytes(b"")
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    (tmp_path / "图.bin").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "~$报告.docx").write_bytes(b"lock")
    (tmp_path / "通知.txt").write_text("关于放假的通知\n各单位：\n", encoding="utf-8")
    tally = run(tmp_path, processes, shelf)
    assert tally.counts == {"new": 3, "failed": 4, "skipped": 1}
    assert set(shelf.reasons) == {"空.pdf", "坏.pdf", "图.bin", "~$报告.docx", "通知.txt"}
    assert shelf.reasons["通知.txt"] == "not_a_report"
    assert shelf.reasons["空.pdf"] == "empty_file"
    assert {report.document.name for report in shelf.reports} == set(names)


def test_archives_inside_a_folder_are_opened(processes: Processes, shelf: Shelf, tmp_path: Path) -> None:
    write_reports(tmp_path, range(2))
    zip_reports(tmp_path / "材料.zip", range(2, 7))
    tally = run(tmp_path, processes, shelf)
    assert (tally.total, tally.counts) == (7, {"new": 7})
    assert f"材料.zip/{report_text(4)[0]}" in shelf.names


def test_archive_alone_is_a_source(processes: Processes, shelf: Shelf, tmp_path: Path) -> None:
    zip_reports(tmp_path / "a.zip", range(3))
    assert run(tmp_path / "a.zip", processes, shelf).counts == {"new": 3}


def test_archive_that_holds_nothing_is_a_failure_of_its_own(processes: Processes, shelf: Shelf, tmp_path: Path) -> None:
    zip_reports(tmp_path / "a.zip", range(0))
    tally = run(tmp_path, processes, shelf)
    assert (tally.total, tally.done, shelf.reasons) == (1, 1, {"a.zip": "empty_archive"})


def test_known_content_is_not_read_again(processes: Processes, shelf: Shelf, tmp_path: Path) -> None:
    names = write_reports(tmp_path, range(4))
    shelf.stored = {sha256_of(tmp_path / name) for name in names[:3]}
    assert run(tmp_path, processes, shelf).counts == {"same": 3, "new": 1}
    assert [report.document.name for report in shelf.reports] == [names[3]]


def test_copies_under_other_names_are_read_once(processes: Processes, shelf: Shelf, tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt", "丙.txt"):
        (tmp_path / name).write_text(report_text(0)[1], encoding="utf-8")
    (tmp_path / "坏1.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    (tmp_path / "坏2.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    tally = run(tmp_path, processes, shelf)
    assert tally.counts == {"new": 1, "same": 2, "failed": 2}
    assert (len(shelf.reports), len(shelf.names)) == (1, 5)


def test_records_of_an_interrupted_run_are_not_written_again(processes: Processes, shelf: Shelf, tmp_path: Path) -> None:
    names = write_reports(tmp_path, range(4))
    (tmp_path / "空.pdf").write_bytes(b"")
    recorded = Counter({(names[0], sha256_of(tmp_path / names[0])): 1, ("空.pdf", sha256_of(tmp_path / "空.pdf")): 1})
    run(tmp_path, processes, shelf, recorded)
    assert shelf.names == sorted(names[1:])


def children(of: int) -> list[int]:
    """Processes whose parent is ``of``."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(entry.read_text().rpartition(")")[2].split()[1]) == of:
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize("whose", ["pool", "reader"])
def test_killed_worker_costs_nothing(whose: str, shelf: Shelf, tmp_path: Path) -> None:
    """A process of the pool, or the reading process below it, is killed while the run is on: its files are read again."""
    names = write_reports(tmp_path, range(30))
    crew = Processes(2)
    killed: list[int] = []

    def kill(tally: Tally) -> None:
        pool = list(crew.executor._processes)  # pyright: ignore[reportAttributeAccessIssue]
        victims = pool if whose == "pool" else [child for worker in pool for child in children(worker)]
        if len(killed) < 2 and victims and victims[0] not in killed:
            killed.append(victims[0])
            os.kill(victims[0], signal.SIGKILL)

    try:
        source = source_at(tmp_path)
        tally = Tally(total=source.count())
        Run(source, crew, shelf, tally).work(kill)
    finally:
        crew.close()
    assert len(killed) == 2
    assert shelf.names == sorted(names)
    assert tally.counts == {"new": 30}


class Scripted:
    """A crew that answers by a script: what the name of a file says."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    def __len__(self) -> int:
        return 1

    def read(self, data: bytes, name: str) -> Future[FileRead]:
        self.asked[name] += 1
        future: Future[FileRead] = Future()
        future.set_exception(CannotReadError(name, seconds=360, status=-9))
        return future

    def unpack(self, data: bytes, name: str, start: int) -> Future[Unpacked]:
        raise AssertionError("there is no archive")

    def renew(self) -> None:
        raise AssertionError("nothing was lost")

    def close(self) -> None:
        pass


def test_file_that_breaks_its_reader_is_tried_three_times_and_a_slow_one_once(shelf: Shelf, tmp_path: Path) -> None:
    for name in ("crashed", "took_too_long"):
        (tmp_path / name).write_text(name)
    crew, source = Scripted(), source_at(tmp_path)
    Run(source, crew, shelf, Tally(total=2)).work()
    assert crew.asked == {"crashed": 3, "took_too_long": 1}
    assert shelf.reasons == {"crashed": "crashed", "took_too_long": "took_too_long"}


def test_threads_of_a_server_read_in_processes_too(shelf: Shelf, tmp_path: Path) -> None:
    write_reports(tmp_path, range(3))
    crew = Threads(2, nice=5)
    assert run(tmp_path, crew, shelf).counts == {"new": 3}
    crew.close()


def test_processes_end_with_a_killed_parent() -> None:
    """Nobody is left waiting for jobs of a parent that is gone: neither the processes of the pool nor the readers below."""
    program = (
        "import sys, time; from loaders.ingest.crew import Processes\n"
        "crew = Processes(1); crew.read(sys.argv[1].encode(), 'a.txt').result()\n"
        "print(*crew.executor._processes, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", program, report_text(0)[1]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as parent:
        assert parent.stdout is not None
        (worker,) = map(int, parent.stdout.readline().split())
        (reader,) = children(worker)
        parent.kill()
    deadline = time.monotonic() + 30
    while alive(worker) or alive(reader):
        assert time.monotonic() < deadline, "processes outlived their parent"
        time.sleep(0.02)


def alive(process: int) -> bool:
    """Whether a process is there and no mere entry waiting to be collected."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_process_that_reads_loads_nothing_of_charts_and_tables() -> None:
    """Half a second and 60 MB in each reading process: see :mod:`ogi.facts`."""
    program = "import sys; from loaders.ingest.work import _read; _read(sys.argv[1].encode(), 'a.txt', 0); print(*sys.modules)"
    command = [sys.executable, "-c", program, report_text(0)[1]]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert "ogi.store.conclusions" in loaded
    assert {"pandas", "pyarrow", "duckdb", "streamlit", "plotly"} & set(loaded) == set()
