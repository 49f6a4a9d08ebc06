"""Sums over organs: what is missing is not 0, and every sum says what it covers."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from ogi.charts.tally import Tally, exact

NEW = "applications.received.total"


def test_sum_leaves_out_missing_numbers_and_counts_who_is_in(make_frame) -> None:
    frame = make_frame({("甲", 2021): {NEW: 5}, ("乙", 2021): {NEW: None}, ("丙", 2021): {NEW: 7}, ("甲", 2023): {NEW: 1}})
    tally = Tally(frame, [NEW])
    assert tally.years == (2021, 2022, 2023)
    assert [tally.totals[year][NEW] for year in tally.years] == [12, None, 1]
    assert [tally.totals[year].known for year in tally.years] == [2, 0, 1]
    assert tally.incomplete == (2021, 2023)
    assert len(tally.organs) == 3


def test_year_in_which_nobody_has_a_number_has_no_sum(make_frame) -> None:
    tally = Tally(make_frame({("甲", 2021): {NEW: None}}), [NEW])
    assert tally.totals[2021][NEW] is None
    assert tally.is_empty


def test_region_totals_are_never_added_to_own_figures(make_frame) -> None:
    own = make_frame({("市", 2022): {NEW: 3}, ("区", 2022): {NEW: 4}})
    region = make_frame({("市", 2022): {NEW: 100}}, scope="region_total")
    tally = Tally(pd.concat([region, own]), [NEW])
    assert tally.totals[2022][NEW] == 7
    assert tally.left_out == 1
    assert Tally(region, [NEW]).totals[2022][NEW] == 100


def test_report_of_unknown_scope_gives_way_to_the_own_one(make_frame) -> None:
    own = make_frame({("市", 2022): {NEW: 3}, ("市", 2023): {NEW: None}})
    unknown = make_frame({("市", 2022): {NEW: 50}, ("市", 2023): {NEW: 9}}, scope="unknown")
    tally = Tally(pd.concat([unknown, own]), [NEW])
    assert [tally.totals[year][NEW] for year in tally.years] == [3, 9]
    assert len(tally.organs) == 1


def test_group_is_computed_from_its_cells_by_edition_unless_one_is_missing(make_frame, city_cells) -> None:
    key = "applications.other_all.total"
    old = make_frame({("甲", 2019): {"applications.other_handling.total": 8}}, edition="gf2019")
    new = make_frame({("甲", 2023): city_cells[0]})
    gap = make_frame({("甲", 2024): city_cells[1] | {"applications.other_misc.total": None}})
    tally = Tally(pd.concat([old, new, gap]), [key])
    assert [tally.totals[year][key] for year in (2019, 2023, 2024)] == [8, 341, None]


def test_concluded_cases_are_total_minus_pending(make_frame, city_cells) -> None:
    key = "litigation_all.closed"
    tally = Tally(make_frame({("甲", 2024): city_cells[1]}), [key])
    assert tally.totals[2024][key] == 18 + 39


def test_complete_sum_takes_only_whole_organs(make_frame) -> None:
    other = "applications.carried_in.total"
    frame = make_frame({("甲", 2021): {NEW: 5, other: 1}, ("乙", 2021): {NEW: 6, other: None}})
    tally = Tally(frame, [NEW, other])
    assert tally.total(2021, complete=True).numbers == {NEW: 5, other: 1}
    assert tally.total(2021).numbers == {NEW: 11, other: 1}


def test_money_is_added_exactly() -> None:
    assert exact(59237.2449) == Decimal("59237.2449")
    assert exact(3.0) == 3
    assert exact(pd.NA) is None
    assert exact(float("nan")) is None
