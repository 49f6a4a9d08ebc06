"""Files that were read but not placed: the document is kept, and a person gives the place."""

from __future__ import annotations

import pytest

from ogi.organs import organ_id
from ogi.report import OrganName
from ogi.store import ingests
from ogi.store.check import damages
from ogi.store.ingests import FileRecord
from ogi.store.location import StoreError
from ogi.store.reports import document_bytes, find
from ogi.store.unplaced import keep_unplaced, place_file, unplaced_of

CITY = "宿迁市人民政府"


@pytest.fixture
def waiting(records, paper, make_report, act):
    """An ingest with a report of an unknown organ, a copy of it, and one of an older version whose document was not kept."""
    report = make_report({}, year=2024, organ=OrganName(name=None))
    unknown = paper(report, "一")
    assert unknown.place is None
    files = [FileRecord(name=f"{name}.pdf", sha256=unknown.sha256, outcome="unplaced", error="store.unplaced") for name in "甲乙"]
    files.append(FileRecord(name="丙.pdf", sha256="c" * 64, outcome="unplaced", error="store.unplaced"))
    with records.writing() as c:
        ingest_id = ingests.begin(c, "/年报", act)
        keep_unplaced(c, [unknown], act)
        ingests.record(c, ingest_id, files, 1, 3)
    return records, ingest_id, unknown, report


def test_files_that_wait_are_told_with_whether_their_document_is_kept(waiting) -> None:
    records, ingest_id, unknown, _ = waiting
    with records.reading() as c:
        assert [(file.name, is_kept) for file, is_kept in unplaced_of(c, ingest_id)] == [
            ("甲.pdf", True), ("乙.pdf", True), ("丙.pdf", False),
        ]  # fmt: skip
        assert document_bytes(c, unknown.sha256) == "一".encode()
    assert list(damages(records)) == []


def test_placed_file_is_in_the_library_and_its_copies_wait_no_longer(waiting, paper, act) -> None:
    records, ingest_id, _, report = waiting
    prepared = paper(report, "一", organ_name=CITY)
    with records.writing() as c:
        (file, _), *_ = unplaced_of(c, ingest_id)
        accepted = place_file(c, ingest_id, file, prepared, act)
        assert find(c, organ_id(CITY), 2024, report.scope) == accepted.report_id
        assert [one.name for one, _ in unplaced_of(c, ingest_id)] == ["丙.pdf"]
        rows = ingests.files_of(c, ingest_id)
    assert [(row.outcome, row.report_id, row.error) for row in rows[:2]] == [
        ("new", accepted.report_id, None), ("same", accepted.report_id, None),
    ]  # fmt: skip


def test_file_without_a_place_stays_and_one_is_not_placed_twice(waiting, paper, act) -> None:
    records, ingest_id, unknown, report = waiting
    with records.writing() as c:
        (file, _), *_ = unplaced_of(c, ingest_id)
        with pytest.raises(StoreError) as refused:
            place_file(c, ingest_id, file, unknown, act)
        assert refused.value.code == "unplaced"
        assert len(unplaced_of(c, ingest_id)) == 3
        place_file(c, ingest_id, file, paper(report, "一", organ_name=CITY), act)
        with pytest.raises(StoreError) as twice:
            place_file(c, ingest_id, file, paper(report, "一", organ_name="宿迁市教育局"), act)
    assert twice.value.code == "placed_already"
