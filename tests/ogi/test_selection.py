"""Selections: gaps with reasons, sums over one scope with coverage, changes over the same organs, honest rates.

The figures of 宿迁市 2023 and 2024 are those of the domain specification, section 12, transcribed from a public print.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogi.facts import facts_of
from ogi.form import load_form
from ogi.labels import LANGS, Labels, messages
from ogi.library import Collection, Entry, Library, entry_from
from ogi.organs import organ_id
from ogi.report import Document, Number, OrganName, Reading, Report, Scope, TableReading
from ogi.selection import FEW_SERIES, Selection, applicant_options, breaks, joined, organ_options, select, year_options
from ogi.selection.comparability import all_breaks
from ogi.selection.lines import REASONS, base_class
from ogi.view import View, measures

FORM = load_form()
NEW, DUE, PENALTY = "applications.received.total", "applications.due.total", "penalty.decisions"
CITY, OFFICE, BUREAU = "宿迁市人民政府", "宿迁市财政局", "宿迁市统计局"

SUQIAN_2023 = {
    NEW: 3511, "applications.carried_in.total": 96, "applications.granted.total": 1191,
    "applications.partially_granted.total": 328, "applications.result_total.total": 3486,
    "applications.carried_over.total": 121, "applications.received.natural_person": 3402,
    "reconsideration.upheld": 309, "reconsideration.corrected": 17, "reconsideration.other_result": 88,
    "reconsideration.pending": 26, "reconsideration.total": 440, "normative_documents.in_force": 597,
}  # fmt: skip
SUQIAN_2024 = {
    NEW: 3525, "applications.carried_in.total": 121, "applications.granted.total": 1431,
    "applications.partially_granted.total": 471, "applications.result_total.total": 3521,
    "applications.carried_over.total": 125, "applications.received.natural_person": 3440,
    "reconsideration.upheld": 88, "reconsideration.corrected": 18, "reconsideration.other_result": 28,
    "reconsideration.pending": 36, "reconsideration.total": 170, "normative_documents.in_force": 420,
}  # fmt: skip


def entry(
    year: int,
    values: Mapping[str, Number | None],
    *,
    name: str = OFFICE,
    scope: Scope = "own",
    edition: str = "gf2021",
    collection: Collection = "fictional",
    status: str = "complete",
) -> Entry:
    report = Report(
        document=Document(name=f"{name}{year}.html", sha256=f"{name}{year}{scope}", media_type="text/html"),
        organ=OrganName(name=name, level="city", kind="government" if name == CITY else "department", region="宿迁市"),
        report_year=year,
        scope=scope,
        tables={table.id: TableReading(edition=edition, status=status) for table in FORM.editions[edition]},  # type: ignore[arg-type]
        cells={
            key: Reading(key=key, raw=str(value or ""), value=value, state="blank" if value is None else "reported")
            for key, value in values.items()
        },
    )
    return entry_from(report, (), collection)


def selection(*entries: Entry, **view: object) -> Selection:
    return select(Library.of(entries), View(**view))  # type: ignore[arg-type]


def line(frame: pd.DataFrame, **where: object) -> dict[str, Any]:
    for column, value in where.items():
        frame = frame.loc[frame[column] == value]
    (row,) = plain(frame)
    return row


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows, with ``None`` for a missing number."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


SUQIAN = (
    entry(2023, SUQIAN_2023, name=CITY, scope="region_total"),
    entry(2024, SUQIAN_2024, name=CITY, scope="region_total"),
)


def test_long_has_a_row_for_every_series_year_and_key() -> None:
    shown = selection(entry(2021, {NEW: 5}), entry(2023, {NEW: None, PENALTY: 0}), entry(2021, {NEW: 9}, name=BUREAU))
    frame = shown.long([NEW, PENALTY])
    assert len(frame) == 2 * 3 * 2
    assert not frame.duplicated(["organ_id", "scope", "report_year", "key"]).any()
    assert frame[["organ_name", "report_year"]].drop_duplicates().to_numpy().tolist() == [
        [BUREAU, 2021], [BUREAU, 2022], [BUREAU, 2023], [OFFICE, 2021], [OFFICE, 2022], [OFFICE, 2023],
    ]  # fmt: skip


def test_gap_has_a_reason_and_is_no_zero() -> None:
    frame = selection(entry(2021, {NEW: 5}), entry(2023, {NEW: None, PENALTY: 0})).long([NEW, PENALTY])
    found = {(row["report_year"], row["key"]): (row["value"], row["state"]) for row in plain(frame)}
    assert found[2021, NEW] == (5, "reported")
    assert found[2023, PENALTY] == (0, "reported")
    assert {place: state for place, (value, state) in found.items() if value is None} == {
        (2021, PENALTY): "missing_page",
        (2022, NEW): "no_report",
        (2022, PENALTY): "no_report",
        (2023, NEW): "blank",
    }


def test_derived_figures_are_marked_and_carry_their_edition() -> None:
    frame = selection(*SUQIAN).long([NEW, DUE])
    assert line(frame, key=DUE, report_year=2023)["value"] == 3607
    assert frame.groupby("key")["derived"].unique().map(list).to_dict() == {NEW: [False], DUE: [True]}
    assert frame["edition"].unique().tolist() == ["gf2021"]


def test_total_left_blank_is_its_parts_added_up_and_marked() -> None:
    columns = [column for column in FORM.sets["cols"] if column != "total"]
    parts: dict[str, Number | None] = {f"applications.received.{column}": 2 for column in columns}
    shown = selection(entry(2023, {**parts, NEW: None}), entry(2024, {**parts, NEW: 11}))
    frame = shown.long([NEW])
    found = frame[["value", "state", "derived", "flags"]].to_numpy().tolist()
    assert found == [[12, "reported", True, "uses_derived"], [11, "reported", False, ""]]
    assert shown.totals([NEW]).frame["derived"].tolist() == [True, False]


def test_cell_left_blank_stays_a_gap_though_checks_count_it_as_zero() -> None:
    row = {"applications.received.natural_person": 3, "applications.received.other_organisation": None, NEW: 3}
    (found,) = plain(selection(entry(2024, row)).long(["applications.received.other_organisation"]))
    assert (found["value"], found["state"], found["flags"]) == (None, "blank", "")


def test_consolidated_series_shows_its_scope_in_both_languages() -> None:
    own = entry(2024, {NEW: 3}, name=CITY)
    assert selection(own, SUQIAN[1]).series["organ_name"].tolist() == [CITY, f"{CITY}（本地区汇总）"]
    assert selection(own, SUQIAN[1], lang="en").series["organ_name"].tolist() == [CITY, f"{CITY} (region total)"]


def test_every_reason_has_words() -> None:
    wanted = {f"selection.reason.{name}" for name in (*REASONS, "no_previous", "not_comparable", "small_base", "unit_unknown")}
    assert wanted <= set(messages())


def test_totals_tell_how_many_organs_they_cover() -> None:
    shown = selection(entry(2023, {NEW: 10}), entry(2023, {NEW: None}, name=BUREAU), entry(2024, {NEW: 4}, name=BUREAU))
    frame = shown.totals([NEW]).frame
    columns = ["report_year", "value", "n_present", "n_expected", "n_reports"]
    assert frame[columns].to_numpy().tolist() == [[2023, 10, 1, 2, 2], [2024, 4, 1, 2, 1]]


def test_total_without_any_value_is_unknown() -> None:
    frame = selection(entry(2023, {NEW: None}), entry(2024, {NEW: 1})).totals([NEW]).frame
    assert line(frame, report_year=2023)["value"] is None


def test_region_total_is_never_added_to_own_figures() -> None:
    sums = selection(entry(2024, {NEW: 7}), SUQIAN[1]).totals([NEW])
    assert sums.scope == "own"
    assert line(sums.frame, report_year=2024)["value"] == 7
    assert sums.scope_note(Labels("zh")) == "合计只含机关本级口径。另有1份其他口径的报告未计入，以免重复计算。"


def test_consolidated_figures_are_summed_alone_where_nothing_else_is_shown() -> None:
    sums = selection(*SUQIAN).totals([NEW])
    assert sums.scope == "region_total"
    assert sums.frame["value"].tolist() == [3511, 3525]


def test_report_of_unknown_scope_counts_as_own_once() -> None:
    shown = selection(
        entry(2024, {NEW: 7}), entry(2024, {NEW: 8}, scope="unknown"), entry(2024, {NEW: 1}, name=BUREAU, scope="unknown")
    )
    sums = shown.totals([NEW])
    assert (line(sums.frame, report_year=2024)["value"], sums.frame["n_expected"].tolist()) == (8, [2])
    assert "Reports that do not tell their scope, taken as own figures: 1." in sums.scope_note(Labels("en"))


def test_frame_for_charts_holds_one_scope_and_every_organ_once_a_year() -> None:
    shown = selection(
        entry(2023, {NEW: 5}, scope="unknown"),
        entry(2024, {NEW: 7}),
        entry(2024, {NEW: 8}, scope="unknown"),
        SUQIAN[1],
    )
    frame = shown.long_added([NEW, PENALTY])
    known = frame.loc[frame["value"].notna(), ["organ_name", "scope", "report_year", "value"]]
    assert known.to_numpy().tolist() == [[OFFICE, "own", 2024, 7], [OFFICE, "unknown", 2023, 5]]
    assert set(frame["key"]) == {NEW, PENALTY}
    assert shown.totals([NEW]).frame["value"].tolist() == [5, 7]


def test_scope_of_the_newest_year_is_added() -> None:
    # Two reports of different organs, years and scopes: the newer one is what a reader came for.
    shown = selection(entry(2019, {NEW: 859}, scope="unknown"), SUQIAN[1])
    sums = shown.totals([NEW])
    assert sums.scope == "region_total"
    assert line(sums.frame, report_year=2024)["value"] == 3525
    assert line(sums.frame, report_year=2019)["value"] is None
    assert "1" in sums.scope_note(Labels("en"))


def test_few_series_are_side_by_side_whatever_their_scope() -> None:
    shown = selection(entry(2019, {NEW: 859}, scope="unknown"), SUQIAN[1])
    frame = shown.side_by_side([NEW])
    known = frame.loc[frame["value"].notna(), ["report_year", "scope", "value"]]
    assert sorted(known.to_numpy().tolist()) == [[2019, "unknown", 859], [2024, "region_total", 3525]]


def test_many_series_are_compared_in_one_scope() -> None:
    offices = [entry(2024, {NEW: n}, name=f"宿迁市第{n}局") for n in range(FEW_SERIES)]
    assert set(selection(*offices, SUQIAN[1]).side_by_side([NEW])["scope"]) == {"own"}


def test_rates_side_by_side_come_with_their_base_of_few_series_as_of_many() -> None:
    """Granted in full or part of all closed: 3 of 8 and 12 of 40; a base below ten gives its counts and no rate."""
    granted, part, closed = (f"applications.{row}.total" for row in ("granted", "partially_granted", "result_total"))
    few = [entry(2024, {granted: 3, part: 0, closed: 8}, name="宿迁市财政局"),
           entry(2024, {granted: 10, part: 2, closed: 40}, name="宿迁市公安局")]  # fmt: skip
    more = [entry(2024, {NEW: n}, name=f"宿迁市第{n}局") for n in range(FEW_SERIES)]
    for organs in (few, [*few, *more]):
        frame = selection(*organs).side_by_side(["I04_grant_rate"]).set_index("organ_name")
        assert frame.loc["宿迁市公安局", ["value", "numerator", "denominator"]].tolist() == [0.3, 12, 40]
        assert frame.loc["宿迁市财政局", ["numerator", "denominator"]].tolist() == [3, 8]
        assert pd.isna(frame.loc["宿迁市财政局", "value"])


def test_frame_for_charts_keeps_gaps_of_what_is_added() -> None:
    frame = selection(entry(2022, {NEW: 5}), entry(2024, {NEW: 7})).long_added([NEW])
    assert frame["state"].tolist() == ["reported", "no_report", "reported"]


def test_frame_for_charts_of_nothing_is_empty() -> None:
    assert len(select(Library(), View()).long_added([NEW])) == 0


def test_money_without_a_unit_is_not_added() -> None:
    shown = selection(entry(2020, {"procurement.amount": 8040}, edition="gf2019"))
    assert shown.long(["procurement.amount"])["value"].tolist() == [8040]
    assert shown.totals(["procurement.amount"]).frame["value"].isna().tolist() == [True]
    assert shown.headline(["procurement.amount"])["reason"].tolist() == ["unit_unknown"]


def test_headline_of_suqian_follows_the_published_change() -> None:
    found = line(selection(*SUQIAN).headline([NEW]), key=NEW)
    assert (found["year"], found["previous_year"], found["value"], found["previous"], found["change"]) == (
        2024,
        2023,
        3525,
        3511,
        14,
    )
    assert round(found["percent"], 3) == 0.004
    assert (found["comparability"], found["same_organs"], found["reason"]) == ("same", True, "")


def test_headline_rates_of_suqian_change_in_percentage_points() -> None:
    """Expected of section 12: 43.6 % → 54.0 %, +10.4 个百分点; 17/414 → 18/134."""
    frame = selection(*SUQIAN).headline(["I04_grant_rate", "I23_review_corrected_rate"])
    grant, corrected = plain(frame)
    assert (round(grant["previous"], 3), round(grant["value"], 3), round(grant["change"], 1)) == (0.436, 0.540, 10.4)
    assert (grant["numerator"], grant["denominator"], grant["base_class"]) == (1902, 3521, "ample")
    assert (corrected["numerator"], corrected["denominator"], round(corrected["value"], 3)) == (18, 134, 0.134)
    assert grant["percent"] is None


def test_change_is_over_the_organs_of_both_years() -> None:
    shown = selection(entry(2023, {NEW: 20}), entry(2024, {NEW: 30}), entry(2024, {NEW: 100}, name=BUREAU))
    found = line(shown.headline([NEW]), key=NEW)
    assert (found["value"], found["n_present"], found["n_expected"]) == (130, 2, 2)
    assert (found["matched"], found["previous"], found["change"], found["n_matched"]) == (30, 20, 10, 1)
    assert found["percent"] == 0.5
    assert not found["same_organs"]


def test_small_base_gives_the_change_without_percentage() -> None:
    found = line(selection(entry(2023, {NEW: 9}), entry(2024, {NEW: 12})).headline([NEW]), key=NEW)
    assert (found["change"], found["percent"], found["reason"]) == (3, None, "small_base")


def test_year_before_is_found_though_the_view_shows_one_year() -> None:
    shown = selection(*SUQIAN, years=(2024,))
    assert shown.years == (2024,)
    assert line(shown.headline([NEW]), key=NEW)["change"] == 14


def test_baseline_of_the_view_takes_the_place_of_the_year_before() -> None:
    entries = [entry(year, {NEW: value}) for year, value in ((2021, 50), (2023, 40), (2024, 75))]
    found = line(selection(*entries, baseline=2021).headline([NEW]), key=NEW)
    assert (found["previous_year"], found["change"], found["percent"]) == (2021, 25, 0.5)


def test_figures_that_count_different_things_are_not_compared() -> None:
    """其他处理 changed its rows in 2021 (caution); a fee item is not an amount of money (no comparison)."""
    other = "applications.other_all.total"
    old = entry(2020, {"applications.other_handling.total": 20, "fees.items_prev": 4}, edition="gf2019")
    rows = {f"applications.other_{row}.total": 10 for row in ("no_correction", "fee_unpaid", "misc")}
    frame = selection(old, entry(2021, {**rows, "fees.amount_wan_yuan": 3})).headline([other, "fees.amount_wan_yuan"])
    changed, fees = plain(frame)
    assert (changed["change"], changed["comparability"]) == (10, "caution")
    assert (fees["value"], fees["change"], fees["reason"]) == (3, None, "no_previous")


def test_nothing_shown_has_headlines_without_numbers() -> None:
    found = line(selection().headline([NEW]), key=NEW)
    assert (found["value"], found["reason"]) == (None, "no_report")


@pytest.mark.parametrize(
    ("base", "name"), [(0, "none"), (float("nan"), "none"), (9, "counts_only"), (10, "few"), (29, "few"), (30, "ample")]
)
def test_class_of_base(base: float, name: str) -> None:
    assert base_class([base]).tolist() == [name]


@pytest.mark.parametrize(("closed", "value", "state"), [(0, None, "undefined"), (9, None, "counts_only"), (10, 0.4, "reported")])
def test_rate_below_a_base_of_ten_shows_counts_only(closed: int, value: object, state: str) -> None:
    parts = {
        "applications.granted.total": 3,
        "applications.partially_granted.total": 1,
        "applications.result_total.total": closed,
    }
    row = line(selection(entry(2024, parts)).rates(["I04_grant_rate"]), report_year=2024)
    assert (row["value"], row["state"], row["numerator"], row["denominator"]) == (value, state, 4, closed)


def test_rate_with_a_part_left_blank_says_why_or_how() -> None:
    parts = {"applications.granted.total": 3, "applications.partially_granted.total": 1}
    row = line(selection(entry(2024, parts)).rates(["I04_grant_rate"]), report_year=2024)
    assert (row["value"], row["state"], row["base_class"]) == (None, "missing_page", "none")


def test_measure_that_needs_last_year_is_refused() -> None:
    with pytest.raises(KeyError, match="I33_yoy_new"):
        selection(*SUQIAN).long(["I33_yoy_new"])


def test_collections_stay_apart() -> None:
    library = Library.of([entry(2024, {NEW: 1}), entry(2024, {NEW: 5}, name=BUREAU, collection="uploads")])
    assert select(library, View()).totals([NEW]).frame["value"].tolist() == [5]
    assert select(library, View(collection="fictional")).totals([NEW]).frame["value"].tolist() == [1]


def test_scope_own_also_takes_reports_of_unknown_scope() -> None:
    shown = selection(entry(2023, {NEW: 1}), entry(2024, {NEW: 2}, scope="unknown"), SUQIAN[1], scope="own")
    assert sorted((e.report_year or 0, e.scope) for e in shown.entries) == [(2023, "own"), (2024, "unknown")]


def keys_of(shown: Selection) -> list[str]:
    return [notice.key.removeprefix("selection.notice.") for notice in shown.notices]


def test_organ_nobody_knows_is_noticed() -> None:
    assert keys_of(selection(entry(2024, {}), organs=(organ_id(OFFICE), "oaaaaaaaaaa"))) == ["organ_unknown"]


def test_organ_of_another_collection_is_noticed_by_name() -> None:
    other = entry(2024, {}, name=BUREAU, collection="published")
    (notice,) = selection(entry(2024, {}), other, organs=(organ_id(OFFICE), organ_id(BUREAU))).notices
    assert notice.text(Labels("zh")) == f"{BUREAU}属于“示例（真实公布数据）”，与当前数据分开显示，未列入。"


def test_organ_without_report_in_the_scope_is_noticed() -> None:
    shown = selection(entry(2024, {}), SUQIAN[1], organs=(organ_id(OFFICE), organ_id(CITY)), scope="own")
    assert keys_of(shown) == ["organ_filtered"]


def test_years_without_report_are_noticed_and_shown_as_gaps() -> None:
    shown = selection(entry(2024, {NEW: 1}), years=(2019, 2024), baseline=2018)
    assert keys_of(shown) == ["year_without_report", "baseline_without_report"]
    assert shown.long([NEW])["state"].tolist() == ["no_report", "reported"]


def test_filters_that_match_nothing_are_noticed() -> None:
    shown = selection(entry(2024, {}), levels=("province",))
    assert (keys_of(shown), shown.is_empty, len(shown.long([NEW]))) == (["nothing_matches"], True, 0)
    assert keys_of(selection()) == ["empty_collection"]


def test_amended_figures_are_not_promised() -> None:
    assert keys_of(selection(entry(2024, {}), values="amended")) == ["no_amendments"]


def test_coverage_tells_how_each_report_was_read() -> None:
    whole = dict.fromkeys(FORM.editions["gf2021"].cells, 1)
    shown = selection(
        entry(2021, whole), entry(2022, whole, status="partial"), entry(2023, {}), entry(2025, {**whole, NEW: None})
    )
    assert shown.coverage.to_numpy().tolist() == [["read", "partial", "unreadable", "missing", "read"]]
    assert shown.coverage.columns.tolist() == [2021, 2022, 2023, 2024, 2025]


def test_applicant_of_the_view_moves_keys_of_the_table_of_applications_only() -> None:
    shown = selection(*SUQIAN, applicant="natural_person")
    assert shown.long([shown.key(NEW)])["value"].tolist() == [3402, 3440]
    assert shown.key("applications.denied_all.total") == "applications.denied_all.natural_person"
    assert shown.key("reconsideration.total") == "reconsideration.total"
    assert shown.key("applications.received.organisations") == "applications.received.organisations"


def test_options_of_the_sidebar() -> None:
    library = Library.of([*SUQIAN, entry(2024, {NEW: 0})])
    facts = facts_of(library, "fictional")
    assert [(option.zh, option.count) for option in organ_options(facts)] == [(CITY, 2), (OFFICE, 1)]
    assert [option.zh for option in organ_options(facts, View(kinds=("department",)))] == [OFFICE]
    assert [(option.id, option.count) for option in year_options(facts)] == [("2024", 2), ("2023", 1)]
    total, natural = applicant_options(facts)[:2]
    assert (total.id, total.count, natural.label("en"), natural.count) == ("total", 3, "Natural persons", 2)


@pytest.mark.parametrize(
    ("key", "editions", "status"),
    [
        (NEW, ("gf2019", "gf2021"), "same"),
        (NEW, ("st2014", "gf2021"), "caution"),
        ("applications.granted.natural_person", ("gf2019", "gf2021"), "same"),
        ("applications.granted.natural_person", ("st2014", "gf2019"), "absent"),
        ("applications.denied_state_secret.total", ("gf2019", "gf2021"), "same"),
        ("applications.denied_all.total", ("st2014", "gf2019"), "not_comparable"),
        ("applications.other_all.total", ("gf2019", "gf2021"), "caution"),
        ("applications.other_misc.total", ("gf2019", "gf2021"), "absent"),
        ("normative_documents.in_force", ("gf2019", "gf2021"), "not_comparable"),
        ("normative_documents.repealed", ("gf2019", "gf2021"), "absent"),
        ("normative_documents.issued", ("gf2021", "gf2019"), "caution"),
        ("penalty.decisions", ("gf2019", "gf2021"), "caution"),
        ("reconsideration.corrected", ("gf2019", "gf2021"), "same"),
        ("reconsideration.corrected", ("gf2021", "gf2021"), "same"),
        ("fees.amount_wan_yuan", ("gf2019", "gf2021"), "not_comparable"),
    ],
)
def test_editions_join_as_the_specification_says(key: str, editions: tuple[str, str], status: str) -> None:
    """Section 8 of the domain specification."""
    assert joined(key, *editions) == status


def test_breaks_are_those_between_the_years_shown() -> None:
    assert [item.id for item in breaks("reconsideration.total", (2019, 2025))] == ["review_first_2024"]
    assert [item.id for item in breaks(PENALTY, range(2019, 2022))] == ["penalty_law_2021", "tables_2021"]
    assert [item.id for item in breaks(NEW, (2018, 2025))] == ["regulation_2019"]
    assert breaks(NEW, (2019, 2025)) == breaks(NEW, ()) == []
    both = breaks((PENALTY, "licensing.decisions", "reconsideration.total"), (2020, 2025))
    assert [item.id for item in both] == ["penalty_law_2021", "tables_2021", "review_first_2024"]


def test_every_break_concerns_keys_that_exist() -> None:
    known = {*measures(), *FORM.facts}
    assert {key for item in all_breaks() for key in item.keys if not any(name.startswith(key) for name in known)} == set()
    assert all(item.label(lang) for item in all_breaks() for lang in LANGS)


WORLD = Library.of(
    [
        *SUQIAN,
        entry(2020, {NEW: 12, "applications.other_handling.total": 1}, edition="gf2019"),
        entry(2021, {NEW: None, PENALTY: 3}),
        entry(2024, {NEW: 7}),
        entry(2024, {NEW: 8}, scope="unknown"),
        entry(2023, {NEW: 40}, name=BUREAU, scope="system_total"),
        entry(2023, {NEW: 1}, name=BUREAU, collection="uploads"),
    ]
)
SOME_YEARS = st.integers(2018, 2026)
ANY_VIEW = st.builds(
    View,
    lang=st.sampled_from(LANGS),
    collection=st.sampled_from(["auto", "fictional", "published", "uploads"]),
    organs=st.lists(st.sampled_from([organ_id(CITY), organ_id(OFFICE), organ_id(BUREAU), "oaaaaaaaaaa"]), max_size=3).map(tuple),
    scope=st.sampled_from(["all", "own", "region_total", "system_total"]),
    years=st.lists(SOME_YEARS, max_size=3).map(tuple),
    baseline=st.none() | SOME_YEARS,
    kinds=st.lists(st.sampled_from(["government", "department", "branch"]), max_size=2).map(tuple),
)


@settings(deadline=None)
@given(ANY_VIEW)
def test_any_view_gives_frames_that_agree(view: View) -> None:
    shown = select(WORLD, view)
    keys = [NEW, DUE, PENALTY, "I04_grant_rate", "fees.amount_wan_yuan"]
    frame, sums, heads = shown.long(keys), shown.totals(keys), shown.headline(keys)
    assert len(frame) == len(shown.series) * len(shown.years) * len(keys)
    assert frame["value"].notna().tolist() == (frame["state"] == "reported").tolist()
    assert heads["key"].tolist() == keys
    assert shown.coverage.shape == (len(shown.series), len(shown.years))
    assert (shown.coverage != "missing").to_numpy().sum() == len(shown.entries)
    assert all(notice.text(Labels(view.lang)) for notice in (*shown.notices, *sums.notes))
    added = {e.scope for e in shown.entries} & {sums.scope, *(["unknown"] if sums.scope == "own" else [])}
    known = sum(row["value"] or 0 for row in plain(frame) if row["scope"] in added and row["key"] == NEW)
    sums_of = plain(sums.frame)
    assert sum(row["value"] or 0 for row in sums_of if row["key"] == NEW) <= known
    assert all((row["value"] is None) == (row["n_present"] == 0) for row in sums_of if row["key"] != "I04_grant_rate")
