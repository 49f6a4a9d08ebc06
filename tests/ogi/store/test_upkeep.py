"""What a server does for its store beside serving."""

from __future__ import annotations

import time

import msgspec
import sqlalchemy as sa

from ogi.organs import describe_organ
from ogi.report import NarrativeSection
from ogi.store.accepting import accept
from ogi.store.location import StoreError
from ogi.store.search import SearchFilter, pending, search
from ogi.store.store import Store
from ogi.store.upkeep import Upkeep


def keep_one(records, paper, make_report, act) -> None:
    prose = (NarrativeSection(section="s1", title="一、总体情况", text="全年主动公开信息128条。"),)
    report = msgspec.structs.replace(make_report(year=2023, organ=describe_organ("示例市教育局")), narrative=prose)
    with records.writing() as connection:
        accept(connection, paper(report, "one"), act)


def left(records) -> int:
    with records.reading() as connection:
        return pending(connection)


def test_stored_prose_gets_into_the_index_while_the_server_lives(records, paper, make_report, act) -> None:
    upkeep = Upkeep(Store(records), round_seconds=0.01)
    upkeep.start()
    try:
        keep_one(records, paper, make_report, act)
        for _ in range(500):
            if left(records) == 0:
                break
            time.sleep(0.02)
    finally:
        upkeep.stop()
    assert left(records) == 0
    with records.reading() as connection:
        assert [hit.organ_name for hit in search(connection, "主动公开信息", SearchFilter()).hits] == ["示例市教育局"]


def test_a_locked_store_is_tried_again_later(records, paper, make_report, act, monkeypatch) -> None:
    keep_one(records, paper, make_report, act)
    asked: list[float] = []

    def first_refused(of, seconds: float) -> int:
        asked.append(seconds)
        if len(asked) == 1:
            raise StoreError("locked", reason="database is locked")
        return 0

    monkeypatch.setattr("ogi.store.upkeep.index_pending", first_refused)
    upkeep = Upkeep(Store(records), round_seconds=0.01)
    upkeep.start()
    for _ in range(500):
        if len(asked) > 1:
            break
        time.sleep(0.02)
    upkeep.stop()
    assert len(asked) > 1


def test_upkeep_that_never_began_is_stopped_at_once(records) -> None:
    Upkeep(Store(records)).stop()
    with records.reading() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM reports")).scalar() == 0
