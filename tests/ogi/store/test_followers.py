"""Two servers with one PostgreSQL database and a folder of their own each: what one changes the other shows."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from ogi.store import schema
from ogi.store.accepting import accept
from ogi.store.act import now
from ogi.store.corrections import correct
from ogi.store.followers import name_of, sign_of_life
from ogi.store.location import Location
from ogi.store.reports import document_bytes
from ogi.store.store import Store, open_store
from ogi.store.upkeep import Upkeep

TOTAL = "applications.received.total"


@pytest.fixture
def places(postgresql, empty_postgresql, tmp_path: Path) -> list[Location]:
    address = postgresql.database(empty_postgresql)
    return [Location.of(tmp_path / name, address) for name in ("one", "other")]


@pytest.fixture
def servers(places: list[Location]) -> Iterator[list[Store]]:
    found = [open_store(place) for place in places]
    yield found
    for store in found:
        store.close()


def shown(store: Store) -> list[float]:
    return sorted(store.snapshot().printed(TOTAL).tolist())


def test_each_is_told_of_what_the_other_changes(servers: list[Store], paper, suqian, act) -> None:
    one, other = servers
    with one.records.writing() as c:
        number = accept(c, paper(suqian(2024, {TOTAL: "3526"}), "年报"), act).report_id
    one.publish()
    assert (shown(one), shown(other)) == ([3526], [])
    other.publish()
    assert shown(other) == [3526]
    with other.records.writing() as c:
        assert document_bytes(c, paper(suqian(2024, {TOTAL: "3526"}), "年报").sha256 or "") == "年报".encode()
        correct(c, number, TOTAL, kind="misread", value=3525, act=act, changes=None)
    one.publish()
    assert (shown(one), shown(other)) == ([3525], [3526])


def test_change_of_another_server_is_shown_within_a_second_or_so(servers: list[Store], paper, suqian, act) -> None:
    one, other = servers
    upkeep = Upkeep(other)
    upkeep.start()
    try:
        with one.records.writing() as c:
            accept(c, paper(suqian(2024)), act)
        one.publish()
        began = time.monotonic()
        while not shown(other) and time.monotonic() - began < 30:
            time.sleep(0.02)
        assert len(shown(other)) == 1
    finally:
        upkeep.stop()


def test_folder_that_joins_while_somebody_stores_misses_nothing(
    servers: list[Store], places, tmp_path, paper, suqian, act
) -> None:
    third = Location(places[0].url, tmp_path / "third")
    found: list[Store] = []
    with servers[0].records.writing() as c:
        accept(c, paper(suqian(2024)), act)
        thread = threading.Thread(target=lambda: found.append(open_store(third)))
        thread.start()
        time.sleep(0.3)  # it waits for this transaction now
    thread.join(30)
    assert len(shown(found[0])) == 1
    found[0].close()


def test_folder_without_its_snapshot_begins_anew(servers: list[Store], places, paper, suqian, act) -> None:
    one, other = servers
    with one.records.writing() as c:
        accept(c, paper(suqian(2024)), act)
    before = name_of(places[1])
    shutil.rmtree(places[1].snapshot)
    other.close()
    again = open_store(places[1])
    assert (len(shown(again)), name_of(places[1]) == before) == (1, False)
    again.close()


def test_folder_nobody_looks_after_is_forgotten_and_begins_anew(servers: list[Store], places, paper, suqian, act) -> None:
    one, other = servers
    table, queue = schema.snapshot_folders, schema.snapshot_queue
    with one.records.writing() as c:
        mine = table.c.folder == name_of(places[1])
        c.execute(sa.update(table).where(mine).values(seen_at=now() - dt.timedelta(days=3)))
        accept(c, paper(suqian(2024)), act)
    sign_of_life(one.records)
    one.publish()
    with one.records.reading() as c:
        assert list(c.scalars(sa.select(table.c.folder))) == [name_of(places[0])]
        assert c.scalar(sa.select(sa.func.count()).select_from(queue)) == 0
    other.publish()
    assert len(shown(other)) == 1
