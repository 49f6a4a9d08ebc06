"""What a person types into the form: numbers, blanks and mistakes are told apart, and sums run along."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ogi.checks import check_report
from ogi.form import load_form
from ogi.keyed import NotANumberError, completed, keyed_report, number_in, open_cells, running_sums, tables_to_fill, wrong_fields

EDITION = load_form().editions["gf2021"]
COUNT = EDITION.cells["applications.received.total"]
FEES = EDITION.cells["fees.amount_wan_yuan"]


@pytest.mark.parametrize(("text", "value"), [("12", 12), ("１２", 12), ("1,234", 1234), (" 0 ", 0), ("+3", 3)])
def test_number_is_understood(text: str, value: int) -> None:
    assert number_in(text, COUNT) == value


@pytest.mark.parametrize("text", ["", "  ", "/", "—", "-"])
def test_empty_field_and_placeholder_are_no_zero(text: str) -> None:
    assert number_in(text, COUNT) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("十二", "number"), ("1,23", "number"), ("1 件", "number"), ("-3", "negative"), ("2.5", "fraction"), ("1e3", "number")],
)
def test_what_is_no_count_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(NotANumberError) as refused:
        number_in(text, COUNT)
    assert refused.value.code == code


def test_a_document_may_print_what_the_form_does_not_allow() -> None:
    assert number_in("-3", COUNT, as_printed=True) == -3
    assert number_in("2.5", COUNT, as_printed=True) == Decimal("2.5")


def test_money_may_have_a_fraction() -> None:
    assert number_in("12.5", FEES) == Decimal("12.5")


def keyed(**typed: str):
    named = {key.replace("__", "."): text for key, text in typed.items()}
    return keyed_report(EDITION, named, organ="示例市财政局", year=2023, scope="own")


def test_empty_fields_of_a_table_are_blank_and_an_empty_table_is_missing() -> None:
    report = keyed(applications__received__natural_person="7", applications__received__total="7")
    assert report.state("applications.received.total") == "keyed"
    assert report.value("applications.received.total") == 7
    assert report.state("applications.granted.total") == "blank"
    assert report.value("applications.granted.total") is None
    assert report.tables["t3_requests"].status == "complete"
    assert report.tables["t4_disputes"].status == "missing"
    assert report.state("reconsideration.upheld") == "not_asked"


def test_wrong_text_is_kept_as_typed_and_gives_no_number() -> None:
    typed = {"applications.received.total": "七"}
    report = keyed_report(EDITION, typed, organ=None, year=None, scope="unknown")
    reading = report.cells["applications.received.total"]
    assert (reading.raw, reading.value, reading.state) == ("七", None, "unreadable")
    assert wrong_fields(EDITION.cells.values(), typed) == {"applications.received.total": "number"}


def test_checks_run_on_what_was_typed() -> None:
    """7 natural persons and a total of 8 with all other columns 0 do not add up."""
    row = {f"applications.received.{column.key}": "0" for column in EDITION.table("t3_requests").columns}  # type: ignore[union-attr]
    row |= {"applications.received.natural_person": "7", "applications.received.total": "8"}
    report = keyed_report(EDITION, row, organ="示例市财政局", year=2023, scope="own")
    failing = [f for f in check_report(report, load_form()) if f.status == "fail" and "applications.received.total" in f.cells]
    assert any({finding.left, finding.right} == {7, 8} for finding in failing)


def test_sums_run_along_in_rows_and_columns() -> None:
    """By hand: row received 3 + 4 = 7; column natural persons granted 2 and refused for secrecy 1: results 3."""
    table = EDITION.table("t3_requests")
    assert table is not None
    numbers = {
        "applications.received.natural_person": 3,
        "applications.received.commercial_enterprise": 4,
        "applications.granted.natural_person": 2,
        "applications.denied_state_secret.natural_person": 1,
    }
    assert numbers.keys() <= EDITION.cells.keys()
    sums = running_sums(table, numbers)
    assert sums["applications.received.total"] == 7
    assert sums["applications.result_total.natural_person"] == 3
    assert "applications.carried_in.total" not in sums


def test_completing_keeps_what_was_read_and_fills_only_what_is_open() -> None:
    read = keyed(applications__received__total="7")
    tables = tables_to_fill(read, EDITION)
    assert [table.id for table, _ in tables] == [table.id for table in EDITION.tables]
    whole = completed(read, tables, {"applications.received.total": "9", "reconsideration.upheld": "2"})
    assert whole.value("applications.received.total") == 7
    assert whole.value("reconsideration.upheld") == 2
    assert whole.tables["t4_disputes"].edition == "gf2021"
    assert whole.tables["t4_disputes"].status == "complete"
    assert whole.state("reconsideration.corrected") == "blank"
    assert whole.state("rules.issued") == "not_asked"
    assert "applications.received.total" not in {cell.key for cell in open_cells(read, tables)}


def test_a_table_found_is_filled_in_its_own_edition() -> None:
    """The report is of 2021's form; the missing tables are offered in that of 2019, the found one stays as it is."""
    tables = tables_to_fill(keyed(applications__received__total="7"), load_form().editions["gf2019"])
    assert {table.id: edition.id for table, edition in tables}["t3_requests"] == "gf2021"
    assert {table.id: edition.id for table, edition in tables}["t4_disputes"] == "gf2019"
