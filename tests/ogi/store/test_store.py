"""Records and snapshot together: a change is seen by everybody, and what is lost of the snapshot is made anew."""

from __future__ import annotations

import logging

import pytest
import sqlalchemy as sa

from ogi.store import publishing, schema
from ogi.store.__main__ import main
from ogi.store.accepting import accept
from ogi.store.check import damages
from ogi.store.corrections import correct
from ogi.store.deleting import delete
from ogi.store.identity import set_identity
from ogi.store.location import StoreError
from ogi.store.store import Store, open_store

TOTAL = "applications.received.total"


@pytest.fixture
def store(location):
    """An empty store."""
    found = open_store(location)
    yield found
    found.close()


def totals(store: Store) -> dict[str, float]:
    """The requests received by key, as charts see them."""
    view = store.snapshot()
    return dict(zip(view.report_ids(range(len(view))), view.printed(TOTAL).tolist(), strict=True))


def test_change_is_seen_by_other_processes_after_publishing(store, paper, suqian, act) -> None:
    other = open_store(store.records.location)
    with store.records.writing() as c:
        accepted = accept(c, paper(suqian(2024)), act)
    assert totals(other) == {}
    store.publish()
    assert totals(store) == totals(other) == {accepted.key: 3525}
    with store.records.writing() as c:
        correct(c, accepted.report_id, TOTAL, kind="misread", value=3500, act=act, changes=0)
    other.publish()
    assert totals(store) == {accepted.key: 3500}
    other.close()


def test_page_keeps_its_generation_while_another_is_published(store, paper, suqian, act) -> None:
    with store.records.writing() as c:
        accepted = accept(c, paper(suqian(2024)), act)
    store.publish()
    view = store.snapshot()
    with store.records.writing() as c:
        delete(c, accepted.report_id, act, 0)
    store.publish()
    assert view.printed(TOTAL).tolist() == [3525]
    assert totals(store) == {}


def test_report_under_another_identity_is_not_left_under_the_old_one(store, paper, suqian, act) -> None:
    with store.records.writing() as c:
        accepted = accept(c, paper(suqian(2024)), act)
    store.publish()
    with store.records.writing() as c:
        key = set_identity(c, accepted.report_id, report_year=2022, act=act, changes=0)
    store.publish()
    assert totals(store) == {key: 3525}


def test_report_taking_the_place_of_a_deleted_one_stays(store, paper, suqian, act) -> None:
    with store.records.writing() as c:
        old, new = accept(c, paper(suqian(2024), "甲"), act), accept(c, paper(suqian(2023), "乙"), act)
        delete(c, old.report_id, act, 0)
        set_identity(c, new.report_id, report_year=2024, act=act, changes=0)
    store.publish()
    assert totals(store) == {old.key: 3511}


def test_what_a_killed_process_left_waiting_is_published_at_the_next_start(store, paper, suqian, act) -> None:
    with store.records.writing() as c:
        accepted = accept(c, paper(suqian(2024)), act)
    again = open_store(store.records.location)
    assert totals(again) == {accepted.key: 3525}
    with again.records.reading() as c:
        assert c.scalar(sa.select(sa.func.count()).select_from(schema.snapshot_queue)) == 0
    again.close()


@pytest.mark.parametrize("damage", ["no folder", "no manifest", "half a file", "nonsense"])
def test_damaged_snapshot_is_made_anew_and_that_is_said(store, paper, suqian, act, damage, caplog) -> None:
    with store.records.writing() as c:
        accepted = accept(c, paper(suqian(2024)), act)
    store.publish()
    folder = store.records.location.snapshot
    for path in folder.iterdir():
        if damage == "no folder" or (damage == "no manifest" and path.name == "snapshot.json"):
            path.unlink()
        elif damage == "half a file" and path.suffix == ".parquet":
            path.write_bytes(path.read_bytes()[:100])
        elif damage == "nonsense" and path.name == "snapshot.json":
            path.write_text("{}")
    with caplog.at_level(logging.WARNING):
        again = open_store(store.records.location)
        assert totals(again) == {accepted.key: 3525}
    said = damage in ("half a file", "nonsense")
    assert (again.repaired is not None, "made anew" in caplog.text) == (said, said)
    again.close()


def test_full_disk_while_publishing_keeps_the_change_for_later(store, paper, suqian, act, monkeypatch) -> None:
    with store.records.writing() as c:
        accepted = accept(c, paper(suqian(2024)), act)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("ogi.store.snapshot.publish.Publisher.publish", full)
        with pytest.raises(StoreError) as refused:
            store.publish()
    assert (refused.value.code, refused.value.params) == ("not_published", {"reason": "No space left on device"})
    store.publish()
    assert totals(store) == {accepted.key: 3525}


def test_reports_come_back_as_entries_of_the_library(store, paper, suqian, act) -> None:
    with store.records.writing() as c:
        accepted = accept(c, paper(suqian(2024, {TOTAL: "3526"})), act)
    store.publish()
    (entry,) = store.snapshot().entries_at([0])
    assert (entry.report_id, entry.collection, entry.report.value(TOTAL)) == (accepted.key, "library", 3526)
    assert {"pass", "fail"} <= {finding.status for finding in entry.findings}


def test_conclusions_of_older_rules_are_drawn_anew(store, paper, suqian, act) -> None:
    with store.records.writing() as c:
        accept(c, paper(suqian(2024)), act)
        c.execute(sa.update(schema.report_facts).values(made_by="0.0.1", errors=77))
    assert (publishing.rederive(store.records), publishing.rederive(store.records)) == (1, 0)
    with store.records.reading() as c:
        assert c.scalar(sa.select(schema.report_facts.c.errors)) != 77


def test_check_finds_what_is_damaged(store, paper, suqian, act) -> None:
    with store.records.writing() as c:
        accepted = accept(c, paper(suqian(2024)), act)
        accept(c, paper(suqian(2023), "另一份"), act)
    assert list(damages(store.records)) == []
    with store.records.writing() as c:
        c.execute(
            sa.update(schema.document_bytes).where(schema.document_bytes.c.content == "一份年报".encode()).values(content=b"x")
        )
        c.execute(sa.delete(schema.report_facts).where(schema.report_facts.c.report_id != accepted.report_id))
        c.execute(sa.update(schema.report_facts).values(row=b"x"))
    found = list(damages(store.records))
    assert sorted(damage.code for damage in found) == ["bytes", "facts", "no_facts"]


def test_commands_say_what_they_did(location, paper, suqian, act, monkeypatch, capsys) -> None:
    monkeypatch.setenv("OGI_DATA_DIR", str(location.folder))
    if not location.is_sqlite:
        monkeypatch.setenv("OGI_DATABASE_URL", location.url.set(drivername="postgresql").render_as_string(hide_password=False))
    store = open_store(location)
    with store.records.writing() as c:
        accept(c, paper(suqian(2024)), act)
    store.close()
    assert [main([command, "--lang", "en"]) for command in ("upgrade", "rebuild", "check")] == [0, 0, 0]
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("The records are those of this version")
    assert said[1].startswith("The snapshot was made anew: 1 reports")
    assert said[2] == "Whole."


def test_command_says_why_the_store_cannot_be_used(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("OGI_DATABASE_URL", "mysql://somewhere/else")
    assert main(["check", "--lang", "en"]) == 2
    assert "must be postgresql" in capsys.readouterr().err
