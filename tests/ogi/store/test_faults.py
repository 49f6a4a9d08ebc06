"""What may go wrong really does: the message is understandable, nothing acknowledged is lost, nothing is there by half."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from ogi.labels import LANGS, Labels
from ogi.store import location as place
from ogi.store import schema
from ogi.store.accepting import accept, accept_many
from ogi.store.check import damages
from ogi.store.location import Location, StoreError, file_system
from ogi.store.records import Records, open_records
from ogi.store.reports import stored
from ogi.store.snapshot.lock import publisher_lock
from ogi.store.store import open_store

ROOT = Path(__file__).resolve().parents[3]


def said(error: StoreError) -> str:
    """The message in both languages; a missing word fails."""
    return " ".join(Labels(lang)(f"store.error.{error.code}", **error.params) for lang in LANGS)


def is_whole(records: Records, reports: int) -> bool:
    """Whether the records are undamaged and hold that many reports."""
    with records.reading() as c:
        count = c.scalar(sa.select(sa.func.count()).select_from(schema.reports))
    return list(damages(records)) == [] and count == reports


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Records]:
    """Empty records in an SQLite file."""
    found = open_records(Location.of(tmp_path / "data"))
    yield found
    found.close()


@contextlib.contextmanager
def somebody_else(folder: Path) -> Iterator[None]:
    """Be somebody to whom the files belong not: root may write everywhere."""
    if os.getuid():
        yield
        return
    for parent in folder.parents:
        if parent.stat().st_mode & 0o001 == 0:
            parent.chmod(parent.stat().st_mode | 0o011)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_records_locked_by_another_process(sqlite, paper, suqian, act, monkeypatch) -> None:
    monkeypatch.setattr("ogi.store.records._WAIT_SECONDS", 0.2)
    records = open_records(sqlite.location)
    program = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE'); print('held', flush=True)\n"
        "sys.stdin.read(); c.rollback()"
    )
    command = [sys.executable, "-c", program, str(sqlite.location.url.database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"  # type: ignore[union-attr]
        with pytest.raises(StoreError) as refused, records.writing() as c:
            accept(c, paper(suqian(2024)), act)
        assert is_whole(records, 0)  # reading goes on
        other.communicate()
    assert refused.value.code == "locked"
    assert "另一个程序正在写" in said(refused.value)
    with records.writing() as c:
        accept(c, paper(suqian(2024)), act)
    assert is_whole(records, 1)
    records.close()


def test_row_locked_by_another_server(postgresql, tmp_path, paper, suqian, act, monkeypatch) -> None:
    monkeypatch.setattr("ogi.store.records._WAIT_SECONDS", 1)
    records = open_records(Location.of(tmp_path, postgresql.database()))
    with records.writing() as c:
        number = accept(c, paper(suqian(2024)), act).report_id
    with records.engine.connect() as other:
        other.execute(sa.select(schema.reports).with_for_update())
        with pytest.raises(StoreError) as refused, records.writing() as c:
            accept(c, paper(suqian(2024), "另一件"), act)
        other.rollback()
    assert refused.value.code == "locked"
    with records.reading() as c:
        assert len(stored(c, number).versions) == 1
    assert is_whole(records, 1)
    records.close()


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


def test_full_disk(small_disk, paper, suqian, act) -> None:
    records = open_records(Location.of(small_disk))
    if not os.path.ismount(small_disk):
        with records.writing() as c:
            pages = c.exec_driver_sql("PRAGMA page_count").scalar_one()
        limit = f"PRAGMA max_page_count={pages + 400}"
        sa.event.listen(records.engine, "checkout", lambda dbapi, *_: dbapi.execute(limit))
    stored_ones: list[str] = []

    def fill() -> None:
        for number in range(200):
            with records.writing() as c:
                key = accept(c, paper(suqian(2024), f"{number}" * 20_000, report_year=1990 + number % 100), act).key
            stored_ones.append(key)

    with pytest.raises(StoreError) as refused:
        fill()
    assert refused.value.code == "full"
    assert "磁盘满了" in said(refused.value)
    assert len(stored_ones) > 3
    records.close()
    if os.path.ismount(small_disk):
        subprocess.run(["mount", "-o", "remount,size=40m", str(small_disk)], check=True)
    again = open_records(Location.of(small_disk))
    assert is_whole(again, len(set(stored_ones)))
    with again.writing() as c:
        accept(c, paper(suqian(2023), "另一份", organ_name="泗阳县人民政府"), act)
    assert is_whole(again, len(set(stored_ones)) + 1)
    again.close()


def test_folder_that_cannot_be_written(tmp_path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o555)
    with somebody_else(folder), pytest.raises(StoreError) as refused:
        open_records(Location.of(folder))
    assert refused.value.code == "not_writable"
    assert str(folder) in said(refused.value)
    assert list(folder.iterdir()) == []


def test_file_that_cannot_be_written(sqlite, paper, suqian, act) -> None:
    with sqlite.writing() as c:
        accept(c, paper(suqian(2024)), act)
    sqlite.close()
    folder = sqlite.location.folder
    for path in folder.iterdir():
        path.chmod(0o444)
    folder.chmod(0o777)
    with somebody_else(folder):
        records = open_records(sqlite.location)
        with pytest.raises(StoreError) as refused, records.writing() as c:
            accept(c, paper(suqian(2023), "另一份"), act)
        records.close()
    assert refused.value.code == "not_usable"
    said(refused.value)
    for path in folder.iterdir():
        path.chmod(0o644)
    assert is_whole(open_records(sqlite.location), 1)


def test_data_folder_on_a_network_share_is_refused_with_the_way_out(tmp_path, monkeypatch) -> None:
    mounts = tmp_path / "mounts"
    share = tmp_path / "share folder"
    (share / "data").mkdir(parents=True)
    escaped = str(share).replace(" ", "\\040")
    mounts.write_text(f"/dev/vda / ext4 rw 0 0\nserver:/x {escaped} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(place, "file_system", lambda folder: file_system(folder, mounts))
    with pytest.raises(StoreError) as refused:
        open_records(Location.of(share / "data"))
    assert (refused.value.code, refused.value.params["kind"]) == ("network_share", "nfs4")
    assert "OGI_DATABASE_URL" in said(refused.value)
    assert not (share / "data" / "records.sqlite").exists()
    open_records(Location.of(tmp_path / "elsewhere")).close()


def test_data_folder_on_a_share_is_no_matter_where_the_records_are_in_postgresql(postgresql, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(place, "file_system", lambda _: "nfs4")
    open_records(Location.of(tmp_path, postgresql.database())).close()


def test_file_that_is_no_database(tmp_path) -> None:
    (tmp_path / "records.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError) as refused:
        open_records(Location.of(tmp_path))
    assert refused.value.code == "damaged"
    said(refused.value)


def test_database_nobody_answers_at(tmp_path) -> None:
    with pytest.raises(StoreError) as refused:
        open_records(Location.of(tmp_path, "postgresql://ogi@127.0.0.1:1/ogi"))
    assert refused.value.code == "unreachable"
    assert "连不上数据库" in said(refused.value)


def test_writer_is_cut_off_in_the_middle(sqlite, paper, suqian, act) -> None:
    """A process that dies leaves its transaction open; the next one finds the state before it."""
    with sqlite.writing() as c:
        accept(c, paper(suqian(2024)), act)
    dying = sqlite3.connect(str(sqlite.location.url.database), isolation_level=None)
    dying.execute("BEGIN IMMEDIATE")
    dying.execute("DELETE FROM report_facts")
    dying.close()
    assert is_whole(open_records(sqlite.location), 1)


def test_stopped_publisher_keeps_nobody_from_storing(location, paper, suqian, act, monkeypatch) -> None:
    monkeypatch.setattr("ogi.store.publishing._WAIT_SECONDS", 0.1)
    store = open_store(location)
    with publisher_lock(location.folder, 1):
        with store.records.writing() as c:
            accept(c, paper(suqian(2024)), act)
        with pytest.raises(StoreError) as refused:
            store.publish()
        assert len(store.snapshot()) == 0
    assert refused.value.code == "publisher_busy"
    said(refused.value)
    store.publish()
    assert len(store.snapshot()) == 1
    store.close()


STOPPED_WHILE_PUBLISHING = """
import os, signal, sys
from ogi.store.location import Location
from ogi.store.snapshot import publish
from ogi.store.store import open_store

write = publish.write_manifest

def stop_first(*given):
    os.kill(os.getpid(), signal.SIGSTOP)
    write(*given)

publish.write_manifest = stop_first
open_store(Location.of(*sys.argv[1:])).close()
"""


def test_publisher_that_is_stopped_in_the_middle(location, paper, suqian, act, monkeypatch) -> None:
    """Others store, read and say what is late; when it goes on, nothing is wrong."""
    monkeypatch.setattr("ogi.store.publishing._WAIT_SECONDS", 0.2)
    open_store(location).close()
    records = open_records(location)
    with records.writing() as c:
        accept(c, paper(suqian(2023), "二三"), act)
    place = [str(location.folder)]
    if not location.is_sqlite:
        place.append(address_of(location))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", STOPPED_WHILE_PUBLISHING, *place], env=environment) as other:
        _, status = os.waitpid(other.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        store = open_store(location)  # a server that is started now is not held up either
        with store.records.writing() as c:
            accept(c, paper(suqian(2024)), act)
        with pytest.raises(StoreError) as refused:
            store.publish()
        assert (refused.value.code, len(store.snapshot())) == ("publisher_busy", 0)
        assert "快照" in said(refused.value)
        os.kill(other.pid, signal.SIGCONT)
        while other.poll() is None:  # every further generation of it is stopped too
            if Path(f"/proc/{other.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T":
                os.kill(other.pid, signal.SIGCONT)
            time.sleep(0.02)
        assert other.returncode == 0
    store.publish()
    assert len(store.snapshot()) == 2
    assert is_whole(store.records, 2)
    store.close()
    records.close()


def test_two_servers_store_the_same_report_at_the_same_moment(location, paper, suqian, act) -> None:
    one, other = open_records(location), open_records(location)
    first, second = paper(suqian(2024), "甲"), paper(suqian(2024), "乙")
    found: list[object] = []

    def store_second() -> None:
        with other.writing() as c:
            found.extend(accept_many(c, [second, first], act))

    with one.writing() as c:
        accept(c, first, act)
        thread = threading.Thread(target=store_second)
        thread.start()
        time.sleep(0.5)  # the other one waits for this transaction now
    thread.join(30)
    assert [one.outcome for one in found] == ["version", "same"]  # type: ignore[attr-defined]
    assert is_whole(one, 1)
    one.close()
    other.close()


def run(module: str, *options: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", f"benchmarks.{module}", *options]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def ended(program: subprocess.Popen[str]) -> str:
    said, _ = program.communicate(timeout=300)
    assert program.returncode == 0, said
    return said


def test_killed_writers_lose_nothing(location) -> None:
    """A few kills; ``make kills`` does two hundred."""
    kills = ("--kills", "8") if location.is_sqlite else ("--kills", "4", "--database", address_of(location))
    assert "wrong: 0" in ended(run("kills", *kills, "--seed", "7"))


def test_bulk_reading_killed_beside_a_server_that_writes_loses_nothing() -> None:
    """Three kills; ``python -m benchmarks.beside`` does fifty."""
    assert "wrong: 0" in ended(run("beside", "--kills", "3", "--seed", "4"))


def address_of(location: Location) -> str:
    return location.url.set(drivername="postgresql").render_as_string()


def test_two_servers_and_an_ingest_write_at_once(location) -> None:
    database = [] if location.is_sqlite else ["--database", address_of(location)]
    assert "wrong: 0" in ended(run("together", "--steps", "12", "--folder", str(location.folder), *database))


def test_postgresql_is_restarted_under_load(postgresql, tmp_path) -> None:
    address = postgresql.database()
    program = run("together", "--steps", "25", "--folder", str(tmp_path), "--database", address, "--patient")
    try:
        assert program.stdout.readline() == "started\n"  # type: ignore[union-attr]
        for mode in ("immediate", "fast"):
            time.sleep(1.0)
            postgresql.stop(mode)
            time.sleep(0.3)
            postgresql.start()
        told = ended(program)
        assert "wrong: 0" in told
    finally:
        program.kill()  # patient as it is, it would wait for ever for a server that did not come back
