"""To whom a report belongs can be set right; a deleted report is gone and can come back."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ogi.store import schema
from ogi.store.accepting import accept
from ogi.store.audit import history
from ogi.store.deleting import delete, undelete
from ogi.store.identity import set_identity
from ogi.store.location import StoreError
from ogi.store.reports import find, stored
from ogi.store.snapshot.row import decode


@pytest.fixture
def report_id(records, paper, suqian, act) -> int:
    """The report of 宿迁市 for 2024, stored."""
    with records.writing() as c:
        return accept(c, paper(suqian(2024), "二四"), act).report_id


def test_organ_year_and_scope_can_be_set(records, report_id, act) -> None:
    with records.writing() as c:
        old = stored(c, report_id)
        key = set_identity(c, report_id, organ_name="泗阳县人民政府", report_year=2022, scope="own", act=act, changes=old.changes)
        report = stored(c, report_id)
        row = decode(c.scalars(sa.select(schema.report_facts.c.row)).one())
        queued = c.execute(sa.select(schema.snapshot_queue.c.key, schema.snapshot_queue.c.removed)).all()
    assert (report.place.organ.name, report.place.organ.level, report.place.report_year) == ("泗阳县人民政府", "county", 2022)
    assert report.key == row.report_id == key
    assert (row.report_year, row.organ_name) == (2022, "泗阳县人民政府")
    assert (report.printed.organ.name, report.printed.report_year) == ("宿迁市人民政府", 2024)
    assert queued == [(old.key, False), (old.key, True), (key, False)]


def test_what_is_not_given_stays(records, report_id, act) -> None:
    with records.writing() as c:
        set_identity(c, report_id, organ_name="泗阳县人民政府", act=act, changes=0)
        set_identity(c, report_id, report_year=2023, act=act, changes=1)
        place = stored(c, report_id).place
    assert (place.organ.name, place.report_year, place.scope) == ("泗阳县人民政府", 2023, "region_total")


def test_place_of_another_report_is_refused(records, report_id, paper, suqian, act) -> None:
    with records.writing() as c:
        other = accept(c, paper(suqian(2023), "二三"), act).report_id
    with records.writing() as c, pytest.raises(StoreError) as refused:
        set_identity(c, other, report_year=2024, act=act, changes=0)
    assert (refused.value.code, refused.value.params["year"]) == ("identity_taken", 2024)
    with records.writing() as c:
        assert stored(c, other).changes == 0
        delete(c, report_id, act, 0)
        set_identity(c, other, report_year=2024, act=act, changes=0)


def test_name_of_several_organs_is_refused(records, report_id, act) -> None:
    with records.writing() as c, pytest.raises(StoreError) as refused:
        set_identity(c, report_id, organ_name="鼓楼区人民政府", act=act, changes=0)
    assert refused.value.code == "unplaced"


def test_deleted_report_is_in_no_figure_and_comes_back_whole(records, report_id, act) -> None:
    with records.writing() as c:
        before = stored(c, report_id)
        delete(c, report_id, act, 0)
        gone = stored(c, report_id)
        assert find(c, before.place.organ_id, 2024, "region_total") is None
        assert [c.scalar(sa.select(sa.func.count()).select_from(t)) for t in (schema.report_facts, schema.open_findings)] == [
            0,
            0,
        ]
        last = c.execute(sa.select(schema.snapshot_queue).order_by(schema.snapshot_queue.c.queue_id.desc())).mappings().first()
        undelete(c, report_id, act)
        after = stored(c, report_id)
        assert c.scalar(sa.select(sa.func.count()).select_from(schema.report_facts)) == 1
        actions = [line["action"] for line in history(c, report_id=report_id)]
    assert (gone.deleted_by, gone.deleted_why, gone.deleted_at) == ("李四", "核对原件", act.at)
    assert (last["key"], last["removed"]) == (before.key, True)
    assert (after.printed, after.findings, after.deleted_at) == (before.printed, before.findings, None)
    assert actions == ["undeleted", "deleted", "accepted"]


def test_deleting_twice_or_bringing_back_what_is_there_is_refused(records, report_id, act) -> None:
    with records.writing() as c, pytest.raises(StoreError) as refused:
        undelete(c, report_id, act)
    assert refused.value.code == "not_deleted"
    with records.writing() as c:
        delete(c, report_id, act, 0)
    with records.writing() as c, pytest.raises(StoreError) as refused:
        delete(c, report_id, act, 1)
    assert refused.value.code == "is_deleted"


def test_deleted_report_does_not_come_back_beside_its_successor(records, report_id, paper, suqian, act) -> None:
    with records.writing() as c:
        other = accept(c, paper(suqian(2023), "二三"), act).report_id
        delete(c, report_id, act, 0)
        set_identity(c, other, report_year=2024, act=act, changes=0)
    with records.writing() as c, pytest.raises(StoreError) as refused:
        undelete(c, report_id, act)
    assert refused.value.code == "identity_taken"


def test_database_itself_refuses_two_reports_of_one_organ_year_and_scope(records, report_id) -> None:
    table = schema.reports
    columns = [table.c[n] for n in ("organ_id", "report_year", "scope", "current", "at", "by")]
    copied = sa.insert(table).from_select([c.name for c in columns], sa.select(*columns))
    with pytest.raises(sa.exc.IntegrityError), records.writing() as c:
        c.execute(copied)
