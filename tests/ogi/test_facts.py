"""The wide frame: one row per report, nullable numbers, a reason for every gap, derived figures marked."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from ogi.facts import IDENTITY, Facts, build_facts, facts_of
from ogi.form import load_form
from ogi.library import Entry, Library, entry_from
from ogi.report import Document, Number, OrganName, Reading, Report, State, TableReading

FORM = load_form()


def cell(key: str, value: Number | None, state: State = "reported", unit: str | None = None) -> Reading:
    return Reading(key=key, raw="" if value is None else str(value), value=value, state=state, unit=unit)


def entry(
    *cells: Reading,
    year: int = 2024,
    edition: str = "gf2021",
    tables: dict[str, TableReading] | None = None,
    name: str = "示例市财政局",
) -> Entry:
    found = {table.id: TableReading(edition=edition, status="complete") for table in FORM.editions[edition]}
    report = Report(
        document=Document(name=f"{name}{year}.html", sha256=f"{name}{year}", media_type="text/html"),
        organ=OrganName(name=name, level="city", kind="department"),
        report_year=year,
        scope="own",
        tables=found | (tables or {}),
        cells={reading.key: reading for reading in cells},
    )
    return entry_from(report, (), "fictional")


def facts(*entries: Entry) -> Facts:
    return build_facts(entries, "fictional")


def state(found: Facts, key: str) -> str:
    listed = found.states[found.states["key"] == key]["state"].tolist()
    return listed[0] if listed else "reported"


def test_columns_are_identity_then_editions_then_every_cell_of_every_edition() -> None:
    columns = facts(entry()).values.columns
    tables = {f"edition.{table.id}" for edition in FORM.editions.values() for table in edition}
    cells = {key for edition in FORM.editions.values() for key in edition.cells}
    assert tuple(columns[: len(IDENTITY)]) == IDENTITY
    assert set(columns[len(IDENTITY) :]) == tables | cells
    assert columns.is_unique


def test_counts_are_whole_and_nullable_and_money_is_not_whole() -> None:
    values = facts(entry(cell("applications.received.total", 3525), cell("fees.amount_wan_yuan", Decimal("72701.2578")))).values
    assert str(values["applications.received.total"].dtype) == "Int64"
    assert str(values["fees.amount_wan_yuan"].dtype) == "Float64"
    assert str(values["penalty.items_delta"].dtype) == "Int64"
    assert values["applications.received.total"].tolist() == [3525]
    assert values["fees.amount_wan_yuan"].tolist() == [72701.2578]


def test_index_is_the_report_id_and_unique() -> None:
    values = facts(entry(year=2023), entry(year=2024)).values
    assert values.index.name == "report_id"
    assert [identity.split(".", 1)[1] for identity in values.index] == ["2023.own", "2024.own"]


@pytest.mark.parametrize("found", ["blank", "dash", "not_applicable", "text", "unreadable", "missing_page"])
def test_missing_number_is_never_zero_and_keeps_its_reason(found: State) -> None:
    made = facts(entry(cell("penalty.decisions", None, found)))
    assert made.values["penalty.decisions"].isna().tolist() == [True]
    assert state(made, "penalty.decisions") == found


def test_printed_zero_is_a_zero() -> None:
    made = facts(entry(cell("penalty.decisions", 0)))
    assert made.values["penalty.decisions"].tolist() == [0]
    assert state(made, "penalty.decisions") == "reported"


def test_number_typed_in_by_a_person_counts_and_is_flagged() -> None:
    made = facts(entry(cell("penalty.decisions", 7, "keyed")))
    assert made.values["penalty.decisions"].tolist() == [7]
    assert made.flags[["key", "flag"]].to_numpy().tolist() == [["penalty.decisions", "keyed"]]


def test_cell_of_another_edition_was_not_asked() -> None:
    made = facts(entry(year=2020, edition="gf2019"))
    assert state(made, "applications.other_misc.total") == "not_asked"
    assert state(made, "applications.other_handling.total") == "missing_page"


def test_edition_is_that_of_the_table_in_a_mixed_report() -> None:
    mixed = entry(
        cell("applications.other_handling.total", 4), tables={"t3_requests": TableReading(edition="gf2019", status="complete")}
    )
    made = facts(mixed)
    assert made.values[["edition.t2_art20_1", "edition.t3_requests"]].to_numpy().tolist() == [["gf2021", "gf2019"]]
    assert made.derived["applications.other_all.total"].tolist() == [4]


def test_cells_of_a_missing_table_are_missing_pages_of_the_expected_edition() -> None:
    made = facts(entry(tables={"t2_art20_1": TableReading(edition=None, status="missing")}))
    assert made.values["edition.t2_art20_1"].isna().tolist() == [True]
    assert state(made, "rules.issued") == "missing_page"
    assert state(made, "rules.newly_made") == "not_asked"


def test_broken_count_makes_no_fact() -> None:
    made = facts(entry(cell("penalty.decisions", Decimal("3.5")), cell("coercion.decisions", 10**30)))
    assert made.values[["penalty.decisions", "coercion.decisions"]].isna().to_numpy().all()
    assert state(made, "penalty.decisions") == state(made, "coercion.decisions") == "not_whole"


def test_money_in_another_unit_is_converted_and_says_so() -> None:
    """Amounts such as 251000元 are printed in real reports; the column of 2021 is in 万元."""
    made = facts(entry(cell("fees.amount_wan_yuan", 251000, unit="元")))
    assert made.values["fees.amount_wan_yuan"].tolist() == [25.1]
    assert made.flags["flag"].tolist() == ["unit_converted"]


def test_derived_figure_is_the_sum_of_its_cells() -> None:
    """The eight grounds of 宿迁 2024 (domain specification, section 12): 2+1+4+17+21+11+23+13 = 92."""
    grounds = [2, 1, 4, 17, 21, 11, 23, 13]
    made = facts(entry(*(cell(f"applications.{row}.total", n) for row, n in zip(FORM.sets["denied"], grounds, strict=True))))
    assert made.derived["applications.denied_all.total"].tolist() == [92]


def test_derived_figure_with_an_unknown_part_is_unknown() -> None:
    parts = [cell(f"applications.{row}.total", 1) for row in FORM.sets["denied"][1:]]
    made = facts(entry(cell(f"applications.{FORM.sets['denied'][0]}.total", None, "unreadable"), *parts))
    assert made.derived["applications.denied_all.total"].isna().tolist() == [True]


def test_derived_figure_that_counted_a_blank_as_zero_says_so() -> None:
    rows = FORM.sets["unable"]
    made = facts(
        entry(
            cell(f"applications.{rows[0]}.natural_person", None, "blank"),
            *(cell(f"applications.{row}.natural_person", 2) for row in rows[1:]),
        )
    )
    assert made.derived["applications.unable_all.natural_person"].tolist() == [4]
    assert made.values[f"applications.{rows[0]}.natural_person"].isna().tolist() == [True]
    flags = made.flags[made.flags["key"] == "applications.unable_all.natural_person"]["flag"].tolist()
    assert "blank_as_zero" in flags


def test_states_list_every_cell_that_is_not_reported_once() -> None:
    made = facts(entry(cell("penalty.decisions", 1)))
    assert len(made.states) == len(made.keys) - 1
    assert not made.states.duplicated(["report_id", "key"]).any()


def test_collections_are_not_mixed() -> None:
    stranger = entry_from(entry().report, (), "uploads")
    with pytest.raises(ValueError, match="one collection"):
        build_facts([entry(year=2023), stranger], "fictional")


def test_facts_of_a_library_are_built_once_and_hold_one_collection() -> None:
    library = Library.of([entry(), entry_from(entry(year=2023).report, (), "uploads")])
    assert facts_of(library, "fictional") is facts_of(library, "fictional")
    assert facts_of(library, "uploads").identity["report_year"].tolist() == [2023]
    assert len(facts_of(library, "published")) == 0


def test_no_reports_give_the_same_columns() -> None:
    pd.testing.assert_series_equal(facts().values.dtypes, facts(entry()).values.dtypes)
