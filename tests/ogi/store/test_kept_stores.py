"""Stores made by released versions open in this one, with everything in them.

``kept/store-<version>.sqlite.gz`` are files of records as that version of the program wrote them, never made anew; what they hold
is told below. Who releases a version whose tables or formats are others adds one, made the same way (see the end of this module).
"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ogi.store import corrections
from ogi.store.audit import history
from ogi.store.check import damages
from ogi.store.listing import ReportFilter, list_reports
from ogi.store.location import Location
from ogi.store.publishing import rederive
from ogi.store.reports import document_bytes, stored
from ogi.store.settling import settle
from ogi.store.store import Store, open_store

KEPT = Path(__file__).with_name("kept")
TOTAL = "applications.received.total"


@pytest.fixture(params=sorted(KEPT.glob("*.sqlite.gz")), ids=lambda path: path.name.removesuffix(".sqlite.gz"))
def kept(request: pytest.FixtureRequest, tmp_path: Path):
    """A kept store, opened by this version."""
    with gzip.open(request.param) as packed, (tmp_path / "records.sqlite").open("wb") as file:
        shutil.copyfileobj(packed, file)
    store = open_store(Location.of(tmp_path))
    yield store
    store.close()


def test_there_is_a_kept_store() -> None:
    assert [path.name for path in KEPT.iterdir()] != []


def test_kept_store_is_whole_and_can_be_worked_out_anew(kept: Store) -> None:
    assert list(damages(kept.records)) == []
    rederive(kept.records)
    kept.publish()
    assert list(damages(kept.records)) == []
    view = kept.snapshot()
    assert sorted(view.printed(TOTAL).tolist()) == [3511, 3525]


def test_reports_versions_corrections_and_decisions_are_there(kept: Store) -> None:
    with kept.records.reading() as c:
        rows = {(row.organ_name, row.report_year): row for row in list_reports(c).rows}
        deleted = list_reports(c, ReportFilter(deleted=True)).rows
        report = stored(c, rows["宿迁市人民政府", 2024].report_id)
        told = corrections.history(c, report.report_id)
        acts = [line["action"] for line in history(c, report_id=report.report_id)]
        content = document_bytes(c, report.version.sha256)
    assert set(rows) == {("宿迁市人民政府", 2024), ("宿迁市人民政府", 2023)}
    assert [(row.organ_name, row.report_year, row.deleted_why) for row in deleted] == [("泗阳县人民政府", 2024, "重复")]
    assert (content, [version.number for version in report.versions]) == ("新件".encode(), [1, 2])
    assert (report.printed.value(TOTAL), report.effective.value(TOTAL), report.amended) == (3526, 3525, {"rules.issued": 4})
    assert [(c.key, c.kind, c.value, c.counts) for c in told] == [
        (TOTAL, "misread", 3520, False),
        (TOTAL, "misread", 3525, True),
        ("rules.issued", "amended", 4, True),
    ]
    assert [(decision.decision, decision.by) for decision in report.decisions] == [("confirmed", "王五")]
    assert acts == ["version_added", "corrected", "corrected", "decided", "corrected", "accepted"]


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.sqlite.gz")), ids=lambda path: path.name.removesuffix(".sqlite.gz"))
def test_upgrade_changes_no_version_and_lets_none_other_count(path: Path, tmp_path: Path) -> None:
    """A newer program may read otherwise; what was accepted is read anew only when a person asks, who is shown the difference."""
    with gzip.open(path) as packed, (tmp_path / "records.sqlite").open("wb") as file:
        shutil.copyfileobj(packed, file)
    looks = (
        "SELECT report_id, number, reader, content FROM versions ORDER BY 1, 2",
        "SELECT report_id, current FROM reports ORDER BY 1",
        "SELECT correction_id, key, kind, value, printed_changed, undone_at FROM corrections ORDER BY 1",
    )

    def seen() -> list[list[tuple]]:
        with closing(sqlite3.connect(tmp_path / "records.sqlite")) as connection:
            return [connection.execute(look).fetchall() for look in looks]

    before = seen()
    store = open_store(Location.of(tmp_path))
    settle(store.records)
    store.close()
    assert seen() == before
    assert [len(rows) for rows in before] == [4, 3, 3]


def test_kept_store_takes_further_changes(kept: Store, act) -> None:
    with kept.records.writing() as c:
        number = list_reports(c, sort="year").rows[0].report_id
        corrections.correct(c, number, "rules.issued", kind="misread", value=9, act=act, changes=None)
        assert stored(c, number).effective.value("rules.issued") == 9


def make(paper, suqian, folder: Path) -> None:
    """How the kept stores were made; run once for a release, from a test of one's own."""
    from ogi.store.accepting import accept
    from ogi.store.act import Act
    from ogi.store.decisions import decide
    from ogi.store.deleting import delete

    act, other = Act(by="李四", why="核对原件"), Act(by="王五", why="属实")
    store = open_store(Location.of(folder))
    with store.records.writing() as c:
        number = accept(c, paper(suqian(2024, {TOTAL: "3526"}), "旧件"), act).report_id
        accept(c, paper(suqian(2023), "二三"), act)
        corrections.correct(c, number, TOTAL, kind="misread", value=3520, act=act, changes=0)
        decide(c, number, stored(c, number).findings[0], "confirmed", act=other)
        corrections.correct(c, number, TOTAL, kind="misread", value=3525, act=act, changes=None)
        corrections.correct(c, number, "rules.issued", kind="amended", value=4, act=act, changes=None)
        accept(c, paper(suqian(2024, {TOTAL: "3526", "rules.repealed": "2"}), "新件"), act)
        gone = accept(c, paper(suqian(2024), "泗阳", organ_name="泗阳县人民政府"), act).report_id
        delete(c, gone, Act(by="李四", why="重复"), 0)
    store.close()
