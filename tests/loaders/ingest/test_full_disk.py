"""The disk is full in the middle of an ingest: it says so and ends, and goes on when there is room again."""

from __future__ import annotations

import os
import random
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.loaders.ingest.conftest import report_text, sha256_of
from tests.loaders.ingest.library import Library

REPORTS, PADDING = 12, 400_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of three megabytes; where that cannot be mounted, any folder."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    is_small = os.getuid() == 0 and subprocess.run(command, check=False, capture_output=True).returncode == 0
    yield folder
    if is_small:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Twelve pages of a site, each with a long remark that no reader looks at."""
    folder, chance = tmp_path / "年报", random.Random(7)
    folder.mkdir()
    for number in range(REPORTS):
        lines = "".join(f"<p>{line}</p>\n" for line in report_text(number)[1].splitlines())
        page = f"<html><body>{lines}<!-- {chance.randbytes(PADDING // 2).hex()} --></body></html>"
        (folder / f"{number}.html").write_text(page, encoding="utf-8")
    return folder


def small_files(folder: Path) -> Callable[[], None] | None:
    """Where no small file system could be mounted, no file may grow past a megabyte: to SQLite that is a full disk, too."""
    if os.path.ismount(folder):
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20))


def test_ingest_into_a_full_disk_goes_on_when_there_is_room(small_disk: Path, reports: Path) -> None:
    library = Library(small_disk)
    with library.start(reports, "--workers", "1", "--lang", "zh", preexec_fn=small_files(small_disk)) as full:
        _, told = full.communicate(timeout=120)
    assert (full.returncode, "磁盘满了" in told, "Traceback" in told) == (2, True, False), told
    before = library.count("reports")
    assert before < REPORTS
    assert library.count("documents") == library.count("versions") == before
    if os.path.ismount(small_disk):
        subprocess.run(["mount", "-o", "remount,size=60m", str(small_disk)], check=True)
    again = library.ingest(reports, "--workers", "1", "--lang", "zh")
    assert again.returncode == 0, again.stderr
    assert library.faults({sha256_of(path) for path in reports.glob("*.html")}, REPORTS) == []
