"""The benchmark of the checks: what a change is, and when it counts as caught."""

from __future__ import annotations

import pytest
from msgspec import structs

from benchmarks.checks.catch import measure
from benchmarks.checks.changes import changes
from benchmarks.checks.copying import search
from ogi.form import load_form
from ogi.report import Document, OrganName, Reading, Report, TableReading

FORM = load_form()


@pytest.fixture
def report() -> Report:
    """Twelve applications by natural persons, all granted; 3 reviews upheld, 1 corrected; every other cell 0."""
    printed = {
        f"applications.{row}.{col}": 12 for row in ("received", "granted", "result_total") for col in ("natural_person", "total")
    }
    printed |= {"reconsideration.upheld": 3, "reconsideration.corrected": 1, "reconsideration.total": 4}
    cells = {
        key: Reading(key=key, raw=str(printed.get(key, 0)), value=printed.get(key, 0), state="reported")
        for key in FORM.editions["gf2021"].cells
    }
    tables = {table.id: TableReading(edition="gf2021", status="complete") for table in FORM.editions["gf2021"].tables}
    return Report(
        document=Document(name="built", sha256="0" * 64, media_type="text/plain"),
        organ=OrganName(name="示例局"), report_year=2024, scope="own", tables=tables, cells=cells,
    )  # fmt: skip


def test_every_cell_of_the_two_tables_is_changed(report) -> None:
    made = list(changes(report, FORM))
    keys = {key for change in made if change.kind == "one_more" for key in change.keys}
    assert keys == {key for key, cell in FORM.editions["gf2021"].cells.items() if cell.table.id in ("t3_requests", "t4_disputes")}
    assert [change.report.value("applications.received.total") for change in made if change.kind == "digit_dropped"][2:4] == [
        1,
        2,
    ]


def test_swapped_results_within_a_block_are_the_only_changes_that_escape(report) -> None:
    """3 upheld and 1 corrected add up to 4 either way, so do 1 corrected and 0 with another result; all else breaks a sum."""
    caught, missed = measure([report], FORM)
    assert {one.kind for one in caught} == {"one_more", "digit_dropped", "split", "swapped", "zero_to_blank"}
    assert {(change.kind, change.keys) for _, change in missed} == {
        ("swapped", ("reconsideration.upheld", "reconsideration.corrected")),
        ("swapped", ("reconsideration.corrected", "reconsideration.other_result")),
    }
    assert {one.kind: one.undecided for one in caught if one.undecided} == {"swapped": 2}


def test_what_was_wrong_before_does_not_count_as_caught(report) -> None:
    key = "litigation_direct.total"
    wrong = structs.replace(report, cells=report.cells | {key: structs.replace(report.cells[key], value=2, raw="2")})
    _, missed = measure([wrong], FORM)
    assert ("swapped", ("reconsideration.upheld", "reconsideration.corrected")) in {(c.kind, c.keys) for _, c in missed}


def test_copied_texts_are_found_among_others_and_no_others() -> None:
    found = search(200)
    assert found.copied == {"nine tenths": 1, "six tenths": 1}
    assert found.found["nine tenths"] == 1
    assert found.others == 0
