"""An ingest, its processes and its readers are killed at seeded points, again and again: nothing is lost, nothing is there twice.

Ten kills here; the whole number with ``OGI_KILLS=200 python -m pytest tests/loaders/ingest/test_kills.py``.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loaders.ingest.conftest import sha256_of, write_reports, zip_reports
from tests.loaders.ingest.library import Library

KILLS_PER_LIBRARY = 5
KILLS = int(os.environ.get("OGI_KILLS", "10"))
IN_FOLDER, IN_ARCHIVE = 40, 10
LONGEST_WAIT = 120


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    write_reports(folder, range(IN_FOLDER))
    zip_reports(folder / "更多.zip", range(IN_FOLDER, IN_FOLDER + IN_ARCHIVE))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    return folder


@pytest.fixture(scope="module")
def contents(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Digests of all reports, those in the archive included."""
    unpacked = tmp_path_factory.mktemp("unpacked")
    write_reports(unpacked, range(IN_FOLDER + IN_ARCHIVE))
    return {sha256_of(path) for path in unpacked.rglob("*.txt")}


@pytest.mark.parametrize("seed", range(-(-KILLS // KILLS_PER_LIBRARY)))
def test_killed_at_random_everything_is_there_once_in_the_end(
    seed: int, folder: Path, contents: set[str], tmp_path: Path
) -> None:
    chance, library, kills, rounds = random.Random(seed), Library(tmp_path / "data"), 0, 0
    seen: set[int] = set()
    while kills < KILLS_PER_LIBRARY:
        with library.start(folder) as process:
            victims = chance.choices(["ingest", "pool", "reader"], [2, 1, 1], k=KILLS_PER_LIBRARY - kills)
            for victim in victims:
                wait_for(library, process, chance)
                below = family(process.pid)
                seen |= set(below)
                kills += kill(process, below, victim, chance)
                if process.poll() is not None:
                    break
            else:
                process.communicate(timeout=LONGEST_WAIT)
        assert process.returncode in (2, -signal.SIGKILL)
        if process.returncode == 2:  # it came to its end: a new library for the kills that are left
            assert library.faults(contents, len(contents)) == []
            rounds += 1
            library = Library(tmp_path / f"data{rounds}")
    done = library.ingest(folder, "--lang", "en")
    assert done.returncode == 2, done.stderr  # of the broken file
    assert library.faults(contents, len(contents)) == []
    assert library.rows("SELECT count(*) FROM ingests WHERE state <> 'finished'") == [(0,)]
    deadline = time.monotonic() + LONGEST_WAIT
    while remaining := [process for process in seen if is_ours(process)]:
        assert time.monotonic() < deadline, f"processes outlived their parent: {remaining}"
        time.sleep(0.05)


def wait_for(library: Library, process: subprocess.Popen[str], chance: random.Random) -> None:
    """Wait for a point drawn by chance: while it starts, or after so many more records, and a moment more."""
    more = chance.choice([0, 0, 1, 5, 10, 20])
    goal = library.count("ingested_files") + more
    deadline = time.monotonic() + LONGEST_WAIT
    while more and library.count("ingested_files") < goal and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.3 if more else 2.0))


def kill(process: subprocess.Popen[str], below: dict[int, int], victim: str, chance: random.Random) -> int:
    """Kill one process and return how many were there to be killed."""
    depth = {"ingest": 0, "pool": 1, "reader": 2}[victim]
    targets = [process.pid] if depth == 0 else [number for number, level in below.items() if level == depth]
    if not targets or process.poll() is not None:
        return 0
    try:
        os.kill(chance.choice(targets), signal.SIGKILL)
    except ProcessLookupError:
        return 0
    if depth == 0:
        process.wait()
    return 1


def family(parent: int, level: int = 1) -> dict[int, int]:
    """The processes below one, with how far below they are."""
    found: dict[int, int] = {}
    for child in children(parent):
        found |= {child: level} | family(child, level + 1)
    return found


def children(of: int) -> Iterator[int]:
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(entry.read_text().rpartition(")")[2].split()[1]) == of:
                yield int(entry.parent.name)
        except OSError:
            continue


def is_ours(process: int) -> bool:
    """Whether a process of an ingest is still at work; its number may be somebody else's by now."""
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
    return b"loaders" in command or b"multiprocessing" in command
