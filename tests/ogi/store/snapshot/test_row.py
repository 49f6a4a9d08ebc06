"""A report as a packed row: nothing is lost, nothing is made up, and old rows stay readable."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import msgspec
import pytest

from ogi.checks import check_report
from ogi.facts import cell_columns, derived_columns, table_columns
from ogi.form import load_form
from ogi.library import entry_from
from ogi.store.snapshot.row import FactsRow, RowError, decode, encode, places, row_of

RECEIVED = "applications.received.natural_person"


@pytest.fixture
def entry(suqian):
    report = suqian(2024, {"fees.amount_wan_yuan": "251000元", RECEIVED: "", "rules.issued": "/", "penalty.decisions": "约"})
    return entry_from(report, check_report(report, load_form()), "library")


def test_packed_row_comes_back_whole(entry) -> None:
    row = row_of(entry, version=3, amended={"rules.issued": 4})
    assert decode(encode(row)) == row
    assert encode(decode(encode(row))) == encode(row)


def test_row_says_who_reports_and_from_which_document(entry) -> None:
    row = row_of(entry, version=3)
    assert (row.organ_name, row.level, row.kind, row.region) == ("宿迁市人民政府", "city", "government", "江苏省宿迁市")
    assert (row.report_year, row.scope, row.version, row.collection) == (2024, "region_total", 3, "library")
    assert row.report_id == f"{entry.organ_id}.2024.region_total"
    assert row.document_sha256 == "0" * 64


def test_numbers_are_as_printed_and_money_in_the_unit_of_the_form(entry) -> None:
    row = row_of(entry, version=1)
    assert row.numbers["applications.received.total"] == 3525
    assert row.numbers["fees.amount_wan_yuan"] == 25.1
    assert row.flags["fees.amount_wan_yuan"] == "unit_converted"


def test_plain_cell_costs_no_state_and_missing_number_is_not_there(entry) -> None:
    row = row_of(entry, version=1)
    assert row.states == {RECEIVED: "blank", "rules.issued": "dash", "penalty.decisions": "text"}
    assert not set(row.states) & set(row.numbers)


def test_empty_cell_is_counted_as_the_checks_count_it(entry) -> None:
    row = row_of(entry, version=1)
    assert row.counted == {RECEIVED: 0, "rules.issued": 0}
    assert row.flags[RECEIVED] == "blank_as_zero"


def test_amended_cell_changes_what_is_computed_from_it_and_nothing_else(suqian) -> None:
    """The eight grounds of denial add up to 92 with 13 query matters; with 15 they add up to 94."""
    entry = entry_from(suqian(2024), (), "library")
    row = row_of(entry, version=1, amended={"applications.denied_query_matter.total": 15})
    assert row.numbers["applications.denied_query_matter.total"] == 13
    assert row.derived["applications.denied_all.total"] == 92
    assert row.amended == {"applications.denied_query_matter.total": 15, "applications.denied_all.total": 94}


def test_findings_are_counted_without_reminders(entry) -> None:
    problems = [finding.severity for finding in entry.findings if finding.status == "fail" and not finding.reminder]
    row = row_of(entry, version=1)
    assert problems
    assert (row.errors, row.warnings, row.hints) == tuple(problems.count(name) for name in ("error", "warning", "hint"))


def test_marked_readings_are_counted(suqian) -> None:
    report = suqian(2024)
    doubted = msgspec.structs.replace(report.cells[RECEIVED], doubts=("breaks_a_sum",))
    report = msgspec.structs.replace(report, cells=report.cells | {RECEIVED: doubted})
    assert row_of(entry_from(report, (), "library"), version=1).marked == 1


def test_report_without_year_has_no_row(make_report) -> None:
    with pytest.raises(ValueError, match="known organ and year"):
        row_of(entry_from(make_report(year=None), (), "library"), version=1)


def test_row_takes_a_few_hundred_bytes(entry) -> None:
    assert len(encode(row_of(entry, version=1))) < 1000


@pytest.mark.parametrize("damage", [lambda b: b[:-5], lambda b: b"", lambda b: b"y" + b[1:], lambda b: b[:40] + b"\0" + b[41:]])
def test_damaged_row_is_noticed(entry, damage) -> None:
    with pytest.raises(RowError):
        decode(damage(encode(row_of(entry, version=1))))


def test_every_key_table_and_edition_of_the_form_has_its_place() -> None:
    at = places()
    assert set(cell_columns()) | set(derived_columns()) <= set(at.keys)
    assert set(table_columns()) <= set(at.tables)
    assert set(load_form().editions) <= set(at.editions)
    assert [len(set(names)) for names in (at.keys, at.tables, at.editions)] == [len(at.keys), len(at.tables), len(at.editions)]


def test_places_of_old_rows_never_move() -> None:
    """Rows of the first version know 334 keys: these stay where they are for good; new ones follow after them."""
    at = places()
    assert hashlib.sha256("\n".join(at.keys[:334]).encode()).hexdigest()[:16] == "dc047c1e19bee2a9"
    assert at.tables[:8] == (
        "t2_art20_1", "t2_art20_5", "t2_art20_6", "t2_art20_8", "t3_requests", "t4_disputes", "t2_art20_9", "t_st2014",
    )  # fmt: skip
    assert at.editions[:3] == ("gf2021", "gf2019", "st2014")


def test_unknown_key_is_refused_when_packing() -> None:
    row = FactsRow(
        organ_id="o", organ_name="", level="city", kind="unknown", region=None, region_code=None, report_year=2024, scope="own",
        document_name="", document_sha256="00", version=1, numbers={"no.such.key": 1},
    )  # fmt: skip
    with pytest.raises(KeyError):
        encode(row)


def test_money_keeps_its_places(suqian) -> None:
    assert Decimal(str(row_of(entry_from(suqian(2024), (), "library"), version=1).numbers["fees.amount_wan_yuan"])) == Decimal(
        "72701.2578"
    )
