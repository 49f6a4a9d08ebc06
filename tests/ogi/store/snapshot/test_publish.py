"""Publishing: a change is seen at once, a generation stays whole, a dead writer leaves the one before."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ogi.store.snapshot import publish as publishing
from ogi.store.snapshot.lock import publisher_lock
from ogi.store.snapshot.publish import Publisher, PublisherBusyError
from ogi.store.snapshot.reader import Snapshot, SnapshotDamagedError

RECEIVED = "applications.received.total"


def ids(snapshot: Snapshot) -> list[str]:
    view = snapshot.view()
    return sorted(view.report_ids(range(len(view))).tolist())


def received(snapshot: Snapshot) -> dict[str, float]:
    view = snapshot.view()
    return dict(zip(view.report_ids(range(len(view))).tolist(), view.printed(RECEIVED).tolist(), strict=True))


def with_received(row, name: str, number: int, **changed):
    return row(name, numbers={RECEIVED: number}, **changed)


def test_nothing_published_is_an_empty_snapshot(tmp_path: Path) -> None:
    snapshot = Snapshot(tmp_path)
    assert (snapshot.generation, len(snapshot.view())) == (0, 0)
    assert snapshot.view().printed(RECEIVED).tolist() == []
    assert snapshot.view().identity["organ_id"].tolist() == []


def test_change_is_seen_after_refresh_and_not_before(tmp_path: Path, row) -> None:
    publisher, snapshot = Publisher(tmp_path), Snapshot(tmp_path)
    assert publisher.publish([with_received(row, "甲市财政局", 10)]) == 1
    first = snapshot.view()
    assert publisher.publish([with_received(row, "甲市财政局", 11, version=2)]) == 2
    assert (first.generation, first.printed(RECEIVED).tolist()) == (1, [10.0])
    assert snapshot.refresh()
    assert not snapshot.refresh()
    assert (snapshot.generation, list(received(snapshot).values())) == (2, [11.0])


def test_removed_report_is_gone_and_can_come_back(tmp_path: Path, row) -> None:
    publisher, snapshot = Publisher(tmp_path), Snapshot(tmp_path)
    one, other = row("甲市财政局"), row("乙市财政局")
    publisher.publish([one, other])
    publisher.publish([], [(2023, one.report_id)])
    assert ids(snapshot) == [other.report_id]
    publisher.publish([one])
    assert ids(snapshot) == sorted([one.report_id, other.report_id])


def test_report_moved_to_another_year_is_in_one_place(tmp_path: Path, row) -> None:
    publisher, snapshot = Publisher(tmp_path), Snapshot(tmp_path)
    wrong, right = row(year=2022), row(year=2023)
    publisher.publish([wrong, row("乙市财政局", 2022)])
    publisher.publish([right], [(2022, wrong.report_id)])
    assert [found for found in ids(snapshot) if found.startswith(wrong.organ_id)] == [right.report_id]


def test_small_change_writes_a_small_file_and_compact_makes_one_of_both(tmp_path: Path, row) -> None:
    publisher, snapshot = Publisher(tmp_path, grace_seconds=0), Snapshot(tmp_path)
    publisher.publish([with_received(row, f"{n}号局", n) for n in range(30)])
    publisher.publish([with_received(row, "3号局", 300)], [(2023, row("4号局").report_id)])
    assert sorted(path.name for path in tmp_path.glob("*.parquet")) == [
        "changes-2023-g000002.parquet",
        "facts-2023-g000001.parquet",
    ]
    before = received(snapshot)
    publisher.compact(2023)
    assert [path.name for path in tmp_path.glob("*.parquet")] == ["facts-2023-g000003.parquet"]
    assert received(snapshot) == before
    assert (len(before), before[row("3号局").report_id]) == (29, 300.0)
    assert publisher.compact(2023) == 3


def test_many_changes_are_compacted_by_themselves(tmp_path: Path, row, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "FEW", 5)
    publisher, snapshot = Publisher(tmp_path), Snapshot(tmp_path)
    for n in range(20):
        publisher.publish([with_received(row, f"{n}号局", n)])
    assert sorted(received(snapshot).values()) == [float(n) for n in range(20)]
    changes = snapshot.view().manifest.years["2023"].changes
    assert changes is None or changes.rows <= 5


def test_random_changes_leave_what_a_dictionary_would_hold(tmp_path: Path, row, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "FEW", 6)
    draw = random.Random(7)
    publisher, snapshot = Publisher(tmp_path, grace_seconds=0), Snapshot(tmp_path)
    expected: dict[str, float] = {}
    for step in range(25):
        chosen = [row(f"{draw.randrange(12)}号局", draw.choice((2021, 2022)), numbers={RECEIVED: step}) for _ in range(3)]
        gone = draw.sample(sorted(expected), min(len(expected), draw.randrange(3)))
        publisher.publish(chosen, [(int(key.split(".")[1]), key) for key in gone])
        expected = {key: value for key, value in expected.items() if key not in gone}
        expected |= {found.report_id: float(step) for found in chosen}
        if step % 10 == 9:
            publisher.compact(2021)
        assert received(snapshot) == expected
        view = snapshot.view()
        assert {found.report_id: found.numbers[RECEIVED] for found in view.rows_at(range(len(view)))} == expected


def test_rebuild_makes_everything_anew_even_over_rubbish(tmp_path: Path, row) -> None:
    (tmp_path / "snapshot.json").write_text("{half")
    snapshot, publisher = Snapshot(tmp_path), Publisher(tmp_path)
    with pytest.raises(SnapshotDamagedError, match="unreadable"):
        snapshot.view()
    with pytest.raises(SnapshotDamagedError, match="unreadable"):
        publisher.publish([row()])
    publisher.rebuild(row(f"{n}号局", year) for year in (2021, 2022) for n in range(5))
    assert len(snapshot.view()) == 10


def test_rebuild_refuses_two_rows_of_one_report_and_leaves_what_was(tmp_path: Path, row) -> None:
    publisher, snapshot = Publisher(tmp_path), Snapshot(tmp_path)
    publisher.publish([row()])
    with pytest.raises(ValueError, match="twice"):
        publisher.rebuild([row("乙市财政局"), row("乙市财政局")])
    assert ids(snapshot) == [row().report_id]
    assert list(tmp_path.glob("*.tmp")) == []


@pytest.mark.parametrize("damage", ["truncated", "missing", "unreadable"])
@pytest.mark.parametrize("suffix", [".parquet", ".rows"])
def test_damaged_file_is_noticed_and_gives_no_figure(tmp_path: Path, row, damage: str, suffix: str) -> None:
    Publisher(tmp_path).publish([row(f"{n}号局") for n in range(200)])
    path = next(tmp_path.glob(f"*{suffix}"))
    whole = path.read_bytes()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(whole[:-50] if damage == "truncated" else bytes(len(whole)))
    with pytest.raises(SnapshotDamagedError):
        Snapshot(tmp_path).view().rows_at([0, 199])
    Publisher(tmp_path).rebuild([row()])
    assert len(Snapshot(tmp_path).view()) == 1


def test_files_of_another_version_of_the_program_are_refused(tmp_path: Path, row) -> None:
    Publisher(tmp_path).publish([row()])
    manifest = json.loads((tmp_path / "snapshot.json").read_text())
    (tmp_path / "snapshot.json").write_text(json.dumps(manifest | {"schema": "0123456789abcdef"}))
    with pytest.raises(SnapshotDamagedError, match="other_version"):
        Snapshot(tmp_path).view()
    with pytest.raises(SnapshotDamagedError, match="other_version"):
        Publisher(tmp_path).publish([row()])


def test_second_publisher_waits_and_then_says_so(tmp_path: Path, row) -> None:
    with publisher_lock(tmp_path, 1.0), pytest.raises(PublisherBusyError):
        Publisher(tmp_path, wait_seconds=0.05).publish([row()])
    assert Publisher(tmp_path, wait_seconds=0.05).publish([row()]) == 1


def test_reader_of_an_old_generation_keeps_its_files_for_the_time_of_grace(tmp_path: Path, row) -> None:
    Publisher(tmp_path).publish([row()])
    old = Snapshot(tmp_path).view()
    Publisher(tmp_path).rebuild([row("乙市财政局")])
    assert [found.organ_name for found in old.rows_at([0])] == ["甲市财政局"]
    for path in tmp_path.glob("facts-2023-g000001.*"):
        os.utime(path, (0, 0))
    Publisher(tmp_path).publish([row("丙市财政局")])
    assert list(tmp_path.glob("facts-2023-g000001.*")) == []


_WRITER = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from conftest import make_row
from ogi.store.snapshot.publish import Publisher
publisher, step = Publisher(Path({folder!r})), 0
while True:
    step += 1
    publisher.publish([make_row(f"{{n}}号局", numbers={{"applications.received.total": step}}) for n in range(8)])
    print(step, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_killed_writer_leaves_a_whole_generation(tmp_path: Path) -> None:
    """Every generation sets all eight reports to one number: any mixture would show."""
    here, root = Path(__file__).parent, Path(__file__).parents[4]
    script = _WRITER.format(root=str(root), tests=str(here), folder=str(tmp_path))
    draw, acknowledged = random.Random(3), 0
    for _ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        said = int(writer.stdout.readline())
        time.sleep(draw.uniform(0.0, 0.15))
        writer.send_signal(signal.SIGKILL)
        said = max([said, *map(int, writer.communicate()[0].split())])
        view = Snapshot(tmp_path).view()
        numbers = set(view.printed(RECEIVED).tolist())
        assert len(numbers) == 1
        assert len(view) == 8
        assert {float(found.numbers[RECEIVED]) for found in view.rows_at(range(8))} == numbers
        assert numbers.pop() >= said
        acknowledged += said
    assert acknowledged >= 4


def _read_on(folder: str, out) -> None:
    """Look until eight generations were seen, each of them whole."""
    snapshot, seen = Snapshot(Path(folder)), [0]
    while len(set(seen)) < 9:
        view = snapshot.view()
        numbers = set(view.printed(RECEIVED).tolist())
        rows = {float(found.numbers[RECEIVED]) for found in view.rows_at(range(len(view)))}
        if len(numbers) != 1 or rows != numbers or view.generation < seen[-1]:
            out.put(f"mixture {numbers} {rows} in {view.generation} after {seen[-1]}")
            return
        seen.append(view.generation)
    out.put("whole")


def test_readers_in_other_processes_never_see_half_a_change(tmp_path: Path, row) -> None:
    publisher, step = Publisher(tmp_path), 1
    publisher.publish([with_received(row, f"{n}号局", step) for n in range(20)])
    context = multiprocessing.get_context("spawn")
    out = context.Queue()
    readers = [context.Process(target=_read_on, args=(str(tmp_path), out), daemon=True) for _ in range(2)]
    for reader in readers:
        reader.start()
    while any(reader.is_alive() for reader in readers) and step < 3_000:
        step += 1
        publisher.publish([with_received(row, f"{n}号局", step) for n in range(20)])
        if step % 5 == 0:
            publisher.compact(2023)
    assert [out.get(timeout=30) for _ in readers] == ["whole", "whole"]
