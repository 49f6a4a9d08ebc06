"""A restored backup is the same row by row, from either database into either; a damaged one writes nothing."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa

from ogi.report import NarrativeSection
from ogi.store import schema
from ogi.store.accepting import accept
from ogi.store.backup import backup, restore, verify
from ogi.store.backup.rows import tables
from ogi.store.corrections import correct, undo
from ogi.store.deleting import delete
from ogi.store.groups import keep
from ogi.store.location import Location, StoreError
from ogi.store.records import Records, open_records
from ogi.store.search import search

_WHEN = dt.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=dt.UTC)


@pytest.fixture
def filled(records, paper, suqian, act) -> Records:
    """Records with two versions, corrections in force and taken back, a deleted report, lists and binary content."""
    with records.writing() as c:
        first, other = (accept(c, one, act) for one in (paper(suqian(2024), "一"), paper(suqian(2023), "二\x00\xff")))
        accept(c, paper(suqian(2024, {"penalty.decisions": "7"}), "三"), act)
        made = correct(c, first.report_id, "penalty.decisions", kind="misread", value=77, act=act, changes=None)
        undo(c, made.correction_id, act)
        correct(c, first.report_id, "rules.issued", kind="misread", value=None, state="blank", act=act, changes=None)
        delete(c, other.report_id, act, None)
        who = {"at": act.at, "by": act.by}
        c.execute(sa.insert(schema.populations), [{"region_code": "321300", "year": 2023, "people": 1, "source": "公报", **who}])
        c.execute(sa.insert(schema.expected_organs), [{"list": "市直", "organ_id": "o" * 11, "name": "示例市教育局", **who}])
        keep(c, ["o" * 11], act)
    return records


@pytest.fixture(params=["into sqlite", "into postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Location:
    """An empty place: a folder that is not there yet, and on PostgreSQL an empty database."""
    folder = tmp_path / "restored"
    if request.param == "into sqlite":
        return Location.of(folder)
    return Location.of(folder, request.getfixturevalue("postgresql").database())


def everything(records: Records) -> dict[str, list[dict[str, object]]]:
    with records.reading() as c:
        return {
            table.name: [dict(row) for row in c.execute(sa.select(table).order_by(*table.primary_key.columns)).mappings()]
            for table in tables()
        }


def test_restored_place_is_the_same_row_by_row(filled, empty, tmp_path, paper, suqian, act) -> None:
    file = tmp_path / "all.zip"
    manifest = backup(filled, file)
    restore(file, empty)
    again = open_records(empty)
    before, after = everything(filled), everything(again)
    assert after == before
    counts = {name: len(rows) for name, rows in before.items()}
    assert {entry.name: entry.rows for entry in manifest.tables} == counts
    assert (counts["versions"], counts["document_bytes"], counts["corrections"], counts["populations"]) == (3, 3, 2, 1)
    with again.writing() as c:  # and it goes on: new numbers do not run into the restored ones
        assert accept(c, paper(suqian(2022), "四"), act).outcome == "new"
    again.close()


def test_every_table_of_the_database_is_in_the_backup(filled) -> None:
    with filled.reading() as c:
        found = set(sa.inspect(c).get_table_names())
    no_content = ("passage_index", "alembic", "sqlite", "snapshot_folders")
    assert {name for name in found if not name.startswith(no_content)} == {t.name for t in tables()}


def test_prose_of_a_restored_place_is_found(records, empty, tmp_path, paper, make_report, act) -> None:
    report = make_report()
    prose = (NarrativeSection(section="s1", title="一", text="全年招生考试信息35条。"),)
    with records.writing() as c:
        accept(c, paper(msgspec.structs.replace(report, narrative=prose)), act)
    backup(records, tmp_path / "all.zip")
    restore(tmp_path / "all.zip", empty)
    again = open_records(empty)
    with again.reading() as c:
        assert [hit.sentence for hit in search(c, "招生考试").hits] == ["全年招生考试信息35条。"]
    again.close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backup of empty records on SQLite with one population."""
    folder = tmp_path_factory.mktemp("small")
    records = open_records(Location.of(folder / "data"))
    with records.writing() as c:
        row = {"region_code": "321300", "year": 2023, "people": 1, "source": "公报" * 50, "at": _WHEN, "by": "李四"}
        c.execute(sa.insert(schema.populations), [row])
    backup(records, folder / "small.zip")
    records.close()
    return folder / "small.zip"


def refused(file: Path, folder: Path) -> str:
    with pytest.raises(StoreError) as error:
        restore(file, Location.of(folder))
    assert not folder.exists()
    return error.value.code


def test_damaged_backup_is_refused_before_anything_is_written(small: Path, tmp_path: Path) -> None:
    whole = small.read_bytes()
    file = tmp_path / "damaged.zip"
    found: dict[bytes, str] = {}
    for place in range(0, len(whole), 97):
        for data in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            file.write_bytes(data)
            found[data] = outcome(file)
    cut = {code for data, code in found.items() if whole.startswith(data)}
    turned = [code for data, code in found.items() if not whole.startswith(data)]
    assert cut == {"backup_damaged"}
    assert set(turned) <= {"backup_damaged", "backup_newer", "whole"}  # some bytes nobody reads, such as the time in a header
    assert "backup_damaged" in turned
    # Whatever counts as whole says the same in every file of the backup: only what nobody reads may differ.
    assert all(entries(data) == entries(whole) for data, code in found.items() if code == "whole")
    file.write_bytes(whole[:-30])
    assert refused(file, tmp_path / "none") == "backup_damaged"


def entries(data: bytes) -> dict[str, bytes]:
    """What stands in a backup, file by file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def outcome(file: Path) -> str:
    try:
        verify(file)
    except StoreError as error:
        return error.code
    return "whole"


def rewritten(small: Path, target: Path, change) -> Path:
    with zipfile.ZipFile(small) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


def test_changed_missing_or_newer_content_is_refused(small: Path, tmp_path: Path) -> None:
    def swapped(name: str, data: bytes) -> bytes:
        return data.replace("公报".encode(), "公示".encode()) if name == "populations.rows" else data

    def without(name: str, data: bytes) -> bytes | None:
        return None if name == "audit.rows" else data

    def newer(name: str, data: bytes) -> bytes:
        return data.replace(b'"format": 1', b'"format": 2') if name == "manifest.json" else data

    found = {
        change.__name__: refused(rewritten(small, tmp_path / f"{change.__name__}.zip", change), tmp_path / "none")
        for change in (swapped, without, newer)
    }
    assert found == {"swapped": "backup_damaged", "without": "backup_damaged", "newer": "backup_newer"}
    assert refused(tmp_path / "nothing.zip", tmp_path / "none") == "backup_missing"


def test_place_with_records_is_left_alone(small: Path, tmp_path: Path) -> None:
    place = Location.of(tmp_path / "data")
    restore(small, place)
    with pytest.raises(StoreError) as error:
        restore(small, place)
    assert error.value.code == "not_empty"


def test_earlier_backup_stays_where_a_new_one_cannot_be_written(small: Path, tmp_path: Path, monkeypatch) -> None:
    file = tmp_path / "all.zip"
    shutil.copy(small, file)
    records = open_records(Location.of(tmp_path / "data"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StoreError) as error:
        backup(records, file)
    records.close()
    assert (error.value.code, error.value.params["reason"]) == ("backup_not_written", "No space left on device")
    assert file.read_bytes() == small.read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".zip" or path.name.startswith(".")] == ["all.zip"]
