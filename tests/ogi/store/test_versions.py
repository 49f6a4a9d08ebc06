"""Reading anew and going back: the difference first, then a further version; what people set goes along."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ogi.store import corrections, schema
from ogi.store.accepting import accept
from ogi.store.corrections import correct
from ogi.store.decisions import decide
from ogi.store.location import StoreError
from ogi.store.reports import stored
from ogi.store.versions import replace_version, reread_difference, restore

TOTAL = "applications.received.total"


@pytest.fixture
def report_id(records, paper, suqian, act) -> int:
    """The report of 宿迁市 for 2024, its 3525 requests read as 8525."""
    with records.writing() as c:
        return accept(c, paper(suqian(2024, {TOTAL: "8525"})), act).report_id


def test_difference_names_cells_and_findings_and_changes_nothing(records, report_id, paper, suqian) -> None:
    better = paper(suqian(2024, {"rules.issued": "?"}, partial=("t2_art20_1",)), origin="reread", reader="9")
    with records.reading() as c:
        found = reread_difference(c, report_id, better)
        assert len(stored(c, report_id).versions) == 1
    assert [(cell.key, cell.before.raw, cell.after.raw) for cell in found.cells] == [
        ("rules.issued", "2", ""),
        (TOTAL, "8525", "3525"),
    ]
    assert [(t.table, t.before.status, t.after.status) for t in found.tables] == [("t2_art20_1", "complete", "partial")]
    assert any(TOTAL in finding.cells and finding.severity == "error" for finding in found.findings_gone)
    assert (found.identity, found.flagged, found.is_same) == ((), (), False)


def test_new_reading_counts_and_the_old_one_is_kept(records, report_id, paper, suqian, act) -> None:
    with records.writing() as c:
        number = replace_version(c, report_id, paper(suqian(2024), origin="reread", reader="9"), act, 0)
        report = stored(c, report_id)
    assert (number, report.current, report.printed.value(TOTAL)) == (2, 2, 3525)
    assert [(v.number, v.origin, v.reader) for v in report.versions] == [(1, "upload", ""), (2, "reread", "9")]
    with records.writing() as c, pytest.raises(StoreError) as refused:
        replace_version(c, report_id, paper(suqian(2024), origin="reread", reader="9"), act, 1)
    assert refused.value.code == "nothing_changed"


def test_corrections_go_along_and_one_on_another_printed_figure_is_marked(records, report_id, paper, suqian, act) -> None:
    better = paper(suqian(2024), origin="reread")
    with records.writing() as c:
        correct(c, report_id, TOTAL, kind="misread", value=3525, act=act, changes=0)
        correct(c, report_id, "rules.issued", kind="amended", value=4, act=act, changes=1)
        found = reread_difference(c, report_id, better)
        replace_version(c, report_id, better, act, found.changes)
        report = stored(c, report_id)
    assert [correction.key for correction in found.flagged] == [TOTAL]
    assert {c.key: c.printed_changed for c in report.corrections} == {TOTAL: True, "rules.issued": False}
    assert (report.effective.value(TOTAL), report.amended) == (3525, {"rules.issued": 4})


def test_marked_correction_is_unmarked_by_a_person_or_by_going_back(records, report_id, paper, suqian, act) -> None:
    with records.writing() as c:
        made = correct(c, report_id, TOTAL, kind="misread", value=3520, act=act, changes=0)
        replace_version(c, report_id, paper(suqian(2024), origin="reread"), act, 1)
        restore(c, report_id, 1, act, 2)
        assert [c.printed_changed for c in stored(c, report_id).corrections] == [False]
        restore(c, report_id, 2, act, 3)
        assert [c.printed_changed for c in stored(c, report_id).corrections] == [True]
        corrections.keep(c, made.correction_id, act)
        report = stored(c, report_id)
    assert [(c.printed_changed, c.raw, c.value, c.version) for c in report.corrections] == [(False, "3525", 3520, 4)]


def test_earlier_version_counts_again_as_a_new_one(records, report_id, paper, suqian, act) -> None:
    with records.writing() as c:
        replace_version(c, report_id, paper(suqian(2024), origin="reread"), act, 0)
        number = restore(c, report_id, 1, act, 1)
        report = stored(c, report_id)
        contents = c.scalars(sa.select(schema.versions.c.content).order_by(schema.versions.c.number)).all()
    assert (number, report.current, report.printed.value(TOTAL), report.version.origin) == (3, 3, 8525, "restored")
    assert contents[0] == contents[2] != contents[1]
    for wanted, code in ((3, "nothing_changed"), (9, "no_version")):
        with records.writing() as c, pytest.raises(StoreError) as refused:
            restore(c, report_id, wanted, act, 2)
        assert refused.value.code == code


def test_new_document_handed_in_carries_corrections_and_decisions_too(records, report_id, paper, suqian, act) -> None:
    with records.writing() as c:
        correct(c, report_id, "rules.issued", kind="misread", value=5, act=act, changes=0)
        finding = next(f for f in stored(c, report_id).findings if TOTAL in f.cells)
        decide(c, report_id, finding, "dismissed", act=act, changes=1)
        again = accept(c, paper(suqian(2024, {TOTAL: "8525", "licensing.decisions": "1"}), "另一件"), act)
        report = stored(c, report_id)
    assert (again.outcome, report.current) == ("version", 2)
    assert (report.effective.value("rules.issued"), report.effective.value("licensing.decisions")) == (5, 1)
    assert finding.place not in [f.place for f in report.findings]


def test_somebody_else_changed_the_report_while_it_was_read_anew(records, report_id, paper, suqian, act) -> None:
    with records.writing() as c:
        correct(c, report_id, "rules.issued", kind="misread", value=5, act=act, changes=0)
    with records.writing() as c, pytest.raises(StoreError) as refused:
        replace_version(c, report_id, paper(suqian(2024), origin="reread"), act, 0)
    assert refused.value.code == "changed_meanwhile"
