"""``python -m loaders ingest`` as a user meets it: what is stored, what is said, and the exit status."""

from __future__ import annotations

import csv
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.loaders.ingest.conftest import report_text, sha256_of, write_reports, zip_reports
from tests.loaders.ingest.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "年报"
    folder.mkdir()
    return folder


def contents(folder: Path) -> set[str]:
    return {sha256_of(path) for path in folder.rglob("*.txt")}


def test_folder_is_stored_and_a_second_time_nothing_is_read(library: Library, folder: Path) -> None:
    write_reports(folder, range(10))
    first = library.ingest(folder, "--lang", "en", "--by", "王某")
    assert (first.returncode, first.stdout.strip()) == (0, "Done: 10 new, 0 failed.")
    assert library.faults(contents(folder), 10) == []
    assert library.rows("SELECT DISTINCT by FROM versions") == [("王某",)]
    second = library.ingest(folder, "--lang", "en")
    assert (second.returncode, second.stdout.strip()) == (0, "Done: 0 new, 10 there already, 0 failed.")
    assert library.faults(contents(folder), 10) == []
    assert library.rows("SELECT state, total FROM ingests") == [("finished", 10), ("finished", 10)]


def test_each_failed_file_is_named_with_its_reason(library: Library, folder: Path, tmp_path: Path) -> None:
    write_reports(folder, range(2))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    (folder / "=空.pdf").write_bytes(b"")
    text = report_text(2)[1]
    (folder / "没有年度.txt").write_text(text.replace("2024年", ""), encoding="utf-8")
    table = tmp_path / "结果.csv"
    done = library.ingest(folder, "--report", table, "--lang", "zh")
    assert done.returncode == 2
    assert done.stdout.strip() == "完成：新入库 2 份，机关或年度不明 1 份，失败 2 份。"
    said = dict(line.split("：", 1) for line in done.stderr.splitlines())
    assert set(said) == {"坏.pdf", "=空.pdf", "没有年度.txt"}
    assert "已损坏" in said["坏.pdf"]
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["文件"]: row for row in csv.DictReader(file)}
    assert rows["没有年度.txt"]["结果"] == "机关或年度不明"
    assert rows["'=空.pdf"]["原因"] == said["=空.pdf"]
    assert {row["结果"] for row in rows.values()} == {"新入库", "失败", "机关或年度不明"}
    assert library.count("reports") == 2


def test_list_keeps_address_and_day_with_the_document(library: Library, folder: Path) -> None:
    names = write_reports(folder, range(3))
    lines = [f"{names[0]}\thttps://example.gov.cn/a.html\t2025-01-24", names[1], f"{names[2]}\t\t2025-01-31", "没有.txt"]
    (folder / "清单.txt").write_text("\n".join(lines), encoding="utf-8")
    done = library.ingest(folder / "清单.txt", "--lang", "en")
    assert (done.returncode, done.stdout.strip()) == (2, "Done: 3 new, 1 failed.")
    stored = library.rows("SELECT name, address, published_on FROM documents")
    assert sorted(stored, key=lambda row: names.index(row[0])) == [
        (names[0], "https://example.gov.cn/a.html", "2025-01-24"),
        (names[1], None, None),
        (names[2], None, "2025-01-31"),
    ]


def test_archive_is_a_source(library: Library, tmp_path: Path) -> None:
    zip_reports(tmp_path / "全市.zip", range(7))
    done = library.ingest(tmp_path / "全市.zip", "--lang", "en", "--workers", "1")
    assert (done.returncode, done.stdout.strip()) == (0, "Done: 7 new, 0 failed.")


def test_two_at_once_store_everything_once(library: Library, folder: Path) -> None:
    write_reports(folder, range(30))
    both = [library.start(folder, "--lang", "en") for _ in range(2)]
    ends = [(process.communicate(timeout=120), process.returncode) for process in both]
    assert [status for _, status in ends] == [0, 0], ends
    assert library.faults(contents(folder), 30) == []
    counts = library.rows("SELECT outcome, count(*) FROM ingested_files GROUP BY outcome ORDER BY outcome")
    assert counts == [("new", 30), ("same", 30)]


def test_killed_ingest_goes_on_where_it_was(library: Library, folder: Path) -> None:
    write_reports(folder, range(60))
    (folder / "坏.pdf").write_bytes(b"%PDF-1.4\nnothing follows")
    with library.start(folder) as process:
        deadline = time.monotonic() + 60
        while not library.count("ingested_files"):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.kill()
    before = library.count("ingested_files")
    done = library.ingest(folder, "--lang", "en")
    assert (done.returncode, done.stdout.strip()) == (2, "Done: 60 new, 1 failed.")
    assert f"{before} were done before the interruption" in done.stderr
    assert library.rows("SELECT count(*), min(state) FROM ingests") == [(1, "finished")]
    assert library.faults(contents(folder), 60) == []


@pytest.mark.skipif(sys.platform == "win32", reason="signals of other systems")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_by_a_person_it_says_how_to_go_on(sent: signal.Signals, library: Library, folder: Path) -> None:
    write_reports(folder, range(300))
    with library.start(folder, "--lang", "en", "--workers", "1") as process:
        deadline = time.monotonic() + 60
        while not library.count("ingested_files"):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        process.send_signal(sent)
        _, error = process.communicate(timeout=60)
    assert (process.returncode, error.splitlines()[-1]) == (
        130,
        "Interrupted. What was read is in the library; the same command goes on from here.",
    )
    assert 0 < library.count("reports") < 300
    done = library.ingest(folder, "--lang", "en")
    assert (done.returncode, done.stdout.strip()) == (0, "Done: 300 new, 0 failed.")
    assert library.faults(contents(folder), 300) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "There is no folder or file nowhere."),
        ([".", "--scheduler", "nonsense://x"], "The scheduler at nonsense://x cannot be reached"),
    ],
)
def test_what_cannot_begin_is_said_in_one_line(library: Library, arguments: list[str], said: str) -> None:
    done = library.ingest(*arguments, "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1].startswith(said)


def test_folder_that_cannot_be_written_is_said(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = Library(tmp_path / "file" / "data").ingest(folder, "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
