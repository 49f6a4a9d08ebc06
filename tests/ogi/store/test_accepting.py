"""Taking reports into the records."""

from __future__ import annotations

import datetime as dt
import hashlib
from decimal import Decimal

import msgspec
import pytest
import sqlalchemy as sa

from ogi.report import NarrativeSection, OrganName
from ogi.store import schema
from ogi.store.accepting import accept, accept_many
from ogi.store.act import Act
from ogi.store.audit import history
from ogi.store.deleting import delete
from ogi.store.location import StoreError
from ogi.store.prepared import prepare, read_back, written
from ogi.store.reports import document_bytes, find, stored
from ogi.store.snapshot.row import decode


def count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_report_comes_back_as_it_was_read(records, paper, suqian, act) -> None:
    prepared = paper(suqian(2024), "宿迁市2024年年报")
    with records.writing() as c:
        accepted = accept(c, prepared, act)
    with records.reading() as c:
        report = stored(c, accepted.report_id)
        assert find(c, report.place.organ_id, 2024, "region_total") == accepted.report_id
        assert document_bytes(c, prepared.report.document.sha256) == "宿迁市2024年年报".encode()
    assert accepted.outcome == "new"
    assert accepted.key == f"{report.place.organ_id}.2024.region_total"
    assert report.printed == report.effective == prepared.report
    assert report.printed.value("fees.amount_wan_yuan") == Decimal("72701.2578")
    assert (report.current, [v.number for v in report.versions], report.version.origin) == (1, [1], "upload")
    assert (report.place.organ.name, report.by, report.changes) == ("宿迁市人民政府", "李四", 0)


def test_facts_findings_and_prose_are_written_with_the_report(records, paper, suqian, act) -> None:
    report = msgspec.structs.replace(
        suqian(2024, {"applications.received.total": "3526"}),
        narrative=(NarrativeSection(section="s1", title="一、总体情况", text="全市主动公开\x00政府信息。"),),
    )
    with records.writing() as c:
        accepted = accept(c, paper(report), act)
    with records.reading() as c:
        facts = c.execute(sa.select(schema.report_facts)).mappings().one()
        passages = c.execute(sa.select(schema.passages.c.section, schema.passages.c.text)).all()
        queued = c.execute(sa.select(schema.snapshot_queue)).mappings().one()
        findings = stored(c, accepted.report_id).findings
        rows = count(c, schema.open_findings)
    row = decode(facts["row"])
    assert (row.report_id, row.numbers["applications.received.total"], row.version) == (accepted.key, 3526, 1)
    # 3440 + 75 + 0 + 1 + 6 + 3 = 3525, not 3526.
    wrong_sum = next(f for f in findings if "applications.received.total" in f.cells and f.difference in (1, -1))
    assert wrong_sum.severity == "error"
    assert facts["errors"] == row.errors == sum(f.severity == "error" for f in findings) > 0
    assert facts["read_status"] == "complete"
    assert rows == len(findings)
    assert passages == [("s1", "全市主动公开政府信息。")]
    assert (queued["report_id"], queued["key"], queued["removed"]) == (accepted.report_id, accepted.key, False)


def test_same_document_again_changes_nothing(records, paper, suqian, act) -> None:
    with records.writing() as c:
        first = accept(c, paper(suqian(2024)), act)
    with records.writing() as c:
        again = accept(c, paper(suqian(2024)), act)
        assert count(c, schema.snapshot_queue) == 1
        assert [count(c, table) for table in (schema.versions, schema.documents, schema.document_bytes, schema.audit)] == [1] * 4
    assert again == first._replace(outcome="same")


def test_another_document_becomes_a_new_version_and_the_old_one_stays(records, paper, suqian, act) -> None:
    with records.writing() as c:
        first = accept(c, paper(suqian(2024), "旧"), act)
        second = accept(c, paper(suqian(2024, {"rules.issued": "3"}), "新"), act)
        old_again = accept(c, paper(suqian(2024), "旧"), act)
        report = stored(c, first.report_id)
    assert (second.report_id, second.number, second.outcome) == (first.report_id, 2, "version")
    assert (old_again.number, old_again.outcome) == (1, "same")
    assert (report.current, report.changes, report.printed.value("rules.issued")) == (2, 1, 3)
    with records.reading() as c:
        contents = c.scalars(sa.select(schema.versions.c.content).order_by(schema.versions.c.number)).all()
        row = decode(c.scalars(sa.select(schema.report_facts.c.row)).one())
    assert [read_back(content).value("rules.issued") for content in contents] == [2, 3]
    assert (row.version, row.numbers["rules.issued"]) == (2, 3)


def test_batch_may_hold_one_report_twice_and_one_nobody_knows(records, paper, suqian, act) -> None:
    nameless = msgspec.structs.replace(suqian(2024), organ=OrganName(name=None))
    batch = [paper(suqian(2024), "甲"), paper(nameless, "乙"), paper(suqian(2024), "甲"), paper(suqian(2024), "丙")]
    with records.writing() as c:
        one, unknown, same, other = accept_many(c, batch, act)
        report = stored(c, one.report_id)  # type: ignore[union-attr]
    assert isinstance(unknown, StoreError)
    assert (unknown.code, unknown.params["organ"]) == ("unplaced", "—")
    assert [found.outcome for found in (one, same, other)] == ["new", "same", "version"]  # type: ignore[union-attr]
    assert (report.current, len(report.versions)) == (2, 2)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"report_year": 24}, "24"),
        ({"organ_name": "鼓楼区财政局"}, "鼓楼区财政局"),  # four cities have a district of this name
    ],
)
def test_report_without_certain_place_is_refused(records, paper, suqian, act, given, missing) -> None:
    with records.writing() as c, pytest.raises(StoreError) as refused:
        accept(c, paper(suqian(2024), **given), act)
    assert refused.value.code == "unplaced"
    assert missing in f"{refused.value.params['organ']} {refused.value.params['year']}"
    with records.reading() as c:
        assert count(c, schema.reports) == count(c, schema.documents) == 0


def test_person_may_say_to_whom_a_report_belongs(records, paper, suqian, act) -> None:
    prepared = paper(suqian(2024), organ_name="泗阳县人民政府", report_year=2022, scope="own")
    with records.writing() as c:
        report = stored(c, accept(c, prepared, act).report_id)
    assert (report.place.organ.name, report.place.report_year, report.place.scope) == ("泗阳县人民政府", 2022, "own")
    assert (report.printed.organ.name, report.printed.report_year) == ("宿迁市人民政府", 2024)
    assert (report.effective.organ.name, report.effective.report_year) == ("泗阳县人民政府", 2022)


def test_other_spelling_is_the_same_organ_and_is_kept(records, paper, suqian, act) -> None:
    other = msgspec.structs.replace(suqian(2023), organ=OrganName(name="江苏省宿迁市人民政府"))
    with records.writing() as c:
        one, two = (accept(c, paper(report, str(n)), act) for n, report in enumerate((suqian(2024), other)))
        names = c.execute(sa.select(schema.organ_names.c.organ_id, schema.organ_names.c.name)).all()
        shown = decode(c.scalars(sa.select(schema.report_facts.c.row).where(schema.report_facts.c.report_year == 2023)).one())
    assert one.key.split(".")[0] == two.key.split(".")[0]
    assert names == [(one.key.split(".")[0], "江苏省宿迁市人民政府")]
    assert shown.organ_name == "宿迁市人民政府"


def test_address_and_date_are_kept_also_when_they_come_later(records, paper, suqian, act) -> None:

    with records.writing() as c:
        first = accept(c, paper(suqian(2024)), act)
        accept(c, paper(suqian(2024), address="https://example.org/a.pdf", published_on=dt.date(2025, 1, 26)), act)
        version = stored(c, first.report_id).version
    assert (version.address, version.published_on) == ("https://example.org/a.pdf", dt.date(2025, 1, 26))


def test_deleted_report_comes_back_by_upload_but_not_by_bulk_reading(records, paper, suqian, act) -> None:
    with records.writing() as c:
        first = accept(c, paper(suqian(2024)), act)
        delete(c, first.report_id, act, 0)
        accept(c, paper(suqian(2024), origin="ingest"), Act(by="ingest"))
        assert stored(c, first.report_id).deleted_at is not None
        assert count(c, schema.report_facts) == 0
        accept(c, paper(suqian(2024)), act)
        report = stored(c, first.report_id)
        assert count(c, schema.report_facts) == 1
    assert (report.deleted_at, len(report.versions)) == (None, 1)
    with records.reading() as c:
        assert [line["action"] for line in history(c, report_id=first.report_id)] == ["undeleted", "deleted", "accepted"]


def test_new_document_of_a_deleted_report_brings_it_back_with_its_history(records, paper, suqian, act) -> None:
    with records.writing() as c:
        first = accept(c, paper(suqian(2024), "旧"), act)
        delete(c, first.report_id, act, 0)
        again = accept(c, paper(suqian(2024), "新", origin="ingest"), act)
        assert (again.report_id, again.number, stored(c, first.report_id).deleted_at) == (first.report_id, 2, None)


def test_keyed_in_report_has_no_document(records, make_report, act) -> None:
    with records.writing() as c:
        accepted = accept(c, prepare(make_report({"rules.issued": "7"}), None, origin="keyed"), act)
        report = stored(c, accepted.report_id)
        assert accept(c, prepare(make_report({"rules.issued": "7"}), None, origin="keyed"), act).outcome == "same"
        assert count(c, schema.documents) == 0
    assert (report.version.sha256, report.printed.value("rules.issued")) == (None, 7)


def test_bytes_of_another_document_are_refused(suqian) -> None:
    report = suqian(2024)
    document = msgspec.structs.replace(report.document, sha256=hashlib.sha256(b"one").hexdigest())
    with pytest.raises(ValueError, match="not the bytes"):
        prepare(msgspec.structs.replace(report, document=document), b"other")


def test_version_in_unknown_format_or_damaged_is_said_so(suqian) -> None:
    content = written(suqian(2024))
    with pytest.raises(ValueError, match=r"report\.9"):
        read_back(content, "report.9")
    with pytest.raises(ValueError, match="damaged"):
        read_back(content[:-9])


def test_nothing_is_stored_where_the_transaction_fails(records, paper, suqian, act) -> None:
    def fail() -> None:
        with records.writing() as c:
            accept(c, paper(suqian(2024)), act)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with records.reading() as c:
        assert [count(c, table) for table in schema.METADATA.sorted_tables] == [0] * len(schema.METADATA.sorted_tables)
