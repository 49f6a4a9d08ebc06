"""The same organ under two names, and one that follows another."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ogi.organs import organ_id
from ogi.store import organs, schema
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.deleting import delete
from ogi.store.location import StoreError
from ogi.store.reports import find, stored
from ogi.store.snapshot.row import decode
from ogi.store.successions import all_successions

OLD, NEW = "宿迁市规划局", "宿迁市自然资源和规划局"


@pytest.fixture
def two(records, paper, suqian, act) -> dict[str, int]:
    """Reports of two organs: one for 2023, the other for 2024."""
    with records.writing() as c:
        return {
            OLD: accept(c, paper(suqian(2023), "一", organ_name=OLD), act).report_id,
            NEW: accept(c, paper(suqian(2024), "二", organ_name=NEW), act).report_id,
        }


def test_merged_organ_hands_its_reports_over(records, two, act) -> None:
    with records.writing() as c:
        before = stored(c, two[OLD])
        moved = organs.merge_organs(c, organ_id(OLD), organ_id(NEW), act)
        report = stored(c, two[OLD])
        table = schema.report_facts
        row = decode(c.scalars(sa.select(table.c.row).where(table.c.report_id == two[OLD])).one())
        queue = schema.snapshot_queue
        queued = c.execute(sa.select(queue.c.key, queue.c.removed).where(queue.c.report_id == two[OLD])).all()
        assert organs.other_names(c, organ_id(NEW)) == [OLD]
        assert find(c, organ_id(OLD), 2023, "region_total") == two[OLD]
    assert moved == [two[OLD]]
    assert (report.place.organ_id, report.place.organ.name, report.changes) == (organ_id(NEW), NEW, 1)
    assert (row.organ_id, row.organ_name) == (organ_id(NEW), NEW)
    assert queued == [(before.key, False), (before.key, True), (report.key, False)]


def test_later_report_under_the_old_name_goes_to_the_new_one(records, two, paper, suqian, act) -> None:
    with records.writing() as c:
        organs.merge_organs(c, organ_id(OLD), organ_id(NEW), act)
        accepted = accept(c, paper(suqian(2024), "三", organ_name=OLD, report_year=2022), act)
        report = stored(c, accepted.report_id)
        table = schema.report_facts
        row = decode(c.scalars(sa.select(table.c.row).where(table.c.report_id == accepted.report_id)).one())
    assert accepted.key == report.key == row.report_id == f"{organ_id(NEW)}.2022.region_total"
    assert report.place.organ.name == row.organ_name == NEW


def test_merging_can_be_taken_back(records, two, paper, suqian, act) -> None:
    with records.writing() as c:
        organs.merge_organs(c, organ_id(OLD), organ_id(NEW), act)
        moved = organs.split(c, organ_id(OLD), act)
        assert moved == [two[OLD]]
        assert [stored(c, two[name]).place.organ_id for name in (OLD, NEW)] == [organ_id(OLD), organ_id(NEW)]
        with pytest.raises(StoreError) as refused:
            organs.split(c, organ_id(OLD), act)
    assert refused.value.code == "not_merged"


def test_merging_is_refused_where_both_have_a_report_of_a_year(records, two, paper, suqian, act) -> None:
    with records.writing() as c:
        twin = accept(c, paper(suqian(2023), "三", organ_name=NEW), act).report_id
        with pytest.raises(StoreError) as refused:
            organs.merge_organs(c, organ_id(OLD), organ_id(NEW), act)
        assert stored(c, two[OLD]).place.organ.name == OLD
        delete(c, twin, act, 0)
        organs.merge_organs(c, organ_id(OLD), organ_id(NEW), act)
    assert (refused.value.code, refused.value.params) == ("merge_collides", {"reports": "2023 region_total"})


def test_organs_are_merged_once_and_never_into_themselves(records, two, act) -> None:
    with records.writing() as c:
        for pair, code in (((organ_id(OLD), "onobody22222"[:11]), "no_organ"), ((organ_id(OLD), organ_id(OLD)), "bad_value")):
            with pytest.raises(StoreError) as refused:
                organs.merge_organs(c, *pair, act)
            assert refused.value.code == code
        organs.merge_organs(c, organ_id(OLD), organ_id(NEW), act)
        for pair, code in (((organ_id(OLD), organ_id(NEW)), "merged_already"), ((organ_id(NEW), organ_id(OLD)), "bad_value")):
            with pytest.raises(StoreError) as refused:
                organs.merge_organs(c, *pair, act)
            assert refused.value.code == code


def test_organ_merged_twice_over_ends_with_the_last(records, two, paper, suqian, act) -> None:
    third = "宿迁市国土空间局"
    with records.writing() as c:
        accept(c, paper(suqian(2024), "三", organ_name=third, report_year=2021), act)
        organs.merge_organs(c, organ_id(OLD), organ_id(NEW), act)
        organs.merge_organs(c, organ_id(NEW), organ_id(third), act)
        assert {stored(c, number).place.organ_id for number in two.values()} == {organ_id(third)}
        assert find(c, organ_id(OLD), 2023, "region_total") == two[OLD]


def test_links_say_whom_an_organ_followed(records, two, act) -> None:
    gone = "o222222222z"[:11]
    with records.writing() as c:
        organs.link(c, organ_id(OLD), organ_id(NEW), "merged", first_year=2024, act=act)
        organs.link(c, gone, organ_id(NEW), "renamed", first_year=2020, act=act)
        organs.link(c, gone, organ_id(NEW), "merged", first_year=2024, act=Act(by="王五"))
        assert set(all_successions(c)) == {(old, organ_id(NEW), "merged", 2024) for old in (organ_id(OLD), gone)}
        found = organs.predecessors(c)
        assert organs.predecessors(c, [organ_id(OLD)]) == {}
        assert organs.predecessors(c, [organ_id(NEW)]) == found
        organs.unlink(c, gone, organ_id(NEW), act)
        with pytest.raises(StoreError) as refused:
            organs.unlink(c, gone, organ_id(NEW), act)
        with pytest.raises(StoreError):
            organs.link(c, gone, gone, "merged", first_year=2024, act=act)
    assert refused.value.code == "no_link"
    links = {(link.before_id, link.kind, link.first_year, link.by) for link in found[organ_id(NEW)]}
    assert links == {(organ_id(OLD), "merged", 2024, "李四"), (gone, "merged", 2024, "王五")}
