"""The doctor looks at data folder, disk, records and snapshot, and leaves them as they are."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import ogi
from loaders.doctor import place
from ogi.labels import Labels
from ogi.store.act import Act
from ogi.store.audit import note
from ogi.store.location import Location
from ogi.store.records import newest_format, open_records
from ogi.store.snapshot.manifest import Manifest, Part, Year, write_manifest


@pytest.fixture
def location(tmp_path: Path) -> Location:
    """A folder with empty records."""
    found = Location.of(tmp_path / "data")
    open_records(found).close()
    return found


def files(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_place_that_is_not_made_yet_is_good_and_stays_unmade(tmp_path: Path) -> None:
    there = Location.of(tmp_path / "new" / "data")
    assert [look.state for look in (place.data_folder(there), place.disk(there), place.snapshot(there))] == ["good"] * 3
    look, seen = place.database(there)
    assert (look.state, seen.state if seen else None) == ("good", "none")
    assert list(tmp_path.iterdir()) == []


def test_looking_changes_nothing(location: Location) -> None:
    before = files(location.folder)
    look, seen = place.database(location)
    assert (look.state, seen.format if seen else None) == ("good", newest_format())
    assert place.data_folder(location).state == "good"
    assert files(location.folder) == before


def test_looking_at_records_a_server_has_open_sees_its_last_change(location: Location) -> None:
    records = open_records(location)
    with records.writing() as c:
        note(c, Act(by="李四", at=dt.datetime(2026, 3, 4, tzinfo=dt.UTC)), "deleted")
        c.exec_driver_sql("PRAGMA wal_autocheckpoint=0")
    _, seen = place.database(location)
    records.close()
    assert seen is not None
    assert seen.last_change == dt.datetime(2026, 3, 4, tzinfo=dt.UTC)


def test_folder_that_is_a_file_stops(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    look = place.data_folder(Location.of(tmp_path / "data"))
    assert look.state == "stops"
    assert "OGI_DATA_DIR" in look.costs(Labels("zh"))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="/proc is a folder nobody can write to, not even root")
def test_folder_that_is_read_only_stops() -> None:
    look = place.data_folder(Location.of("/proc/ogi-data"))
    assert look.state == "stops"
    assert "/proc/ogi-data" in look.costs(Labels("en"))


@pytest.mark.parametrize(("free", "state"), [(50 * 2**20, "stops"), (2**30, "lacking"), (3 * 2**30, "good")])
def test_room_on_the_disk(free: int, state: str, tmp_path: Path) -> None:
    look = place.disk(Location.of(tmp_path), free)
    assert look.state == state
    assert state == "good" or {2**30: "1.0 GB", 50 * 2**20: "50 MB"}[free] in look.costs(Labels("zh"))


def set_format(location: Location, number: str) -> None:
    with closing(sqlite3.connect(location.folder / "records.sqlite")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (number,))


def test_records_of_an_older_program_are_named_with_the_advice_to_back_up(location: Location) -> None:
    set_format(location, "0003")
    look, _ = place.database(location)
    assert (look.state, look.params) == ("lacking", {"found": "0003", "known": newest_format()})
    assert "python -m ogi.store backup" in look.way(Labels("zh"))


def test_records_of_a_newer_program_stop(location: Location) -> None:
    set_format(location, "0999")
    look, _ = place.database(location)
    assert look.state == "stops"
    assert all(words in look.costs(Labels("en")) for words in ("0999", newest_format(), ogi.__version__))


def test_damaged_records_stop(location: Location) -> None:
    (location.folder / "records.sqlite").write_bytes(b"no database at all" * 1000)
    look, seen = place.database(location)
    assert (look.state, seen) == ("stops", None)
    assert "python -m ogi.store check" in look.costs(Labels("zh"))


def test_server_that_does_not_answer_stops_and_its_password_is_not_shown(tmp_path: Path) -> None:
    look, _ = place.database(Location.of(tmp_path, "postgresql://ogi:geheim@127.0.0.1:1/ogi"))
    assert look.state == "stops"
    assert "geheim" not in look.costs(Labels("zh")) + look.found


def test_snapshot_with_a_file_missing_is_made_anew(location: Location) -> None:
    location.snapshot.mkdir()
    part = Part(file="2024.parquet", rows=1, size=10, packed_size=3)
    write_manifest(location.snapshot, Manifest(generation=1, schema="x", years={"2024": Year(base=part)}))
    (location.snapshot / "2024.parquet").write_bytes(bytes(10))
    look = place.snapshot(location)
    assert (look.state, look.params) == ("lacking", {"file": "2024.rows"})
    (location.snapshot / "2024.rows").write_bytes(bytes(3))
    assert place.snapshot(location).state == "good"
    (location.snapshot / "snapshot.json").write_text("{")
    assert place.snapshot(location).params["file"].startswith("snapshot.json")
