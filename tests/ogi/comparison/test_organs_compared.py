"""One figure of many organs: bases, gaps, ranks, medians, peers, conditions. Numbers by hand."""

from __future__ import annotations

import numpy as np
import pytest

from ogi.comparison.figure_tree import bases_of, figures
from ogi.comparison.filters import apply_conditions
from ogi.comparison.interval import Z_95, funnel_limits, wilson
from ogi.comparison.organ_grid import organ_grid
from ogi.comparison.organ_search import findable, initials, search_organs, spellings
from ogi.comparison.peers import peers_of
from ogi.comparison.standing import percentile, percentiles, ranks, standing
from ogi.facts import build_facts
from ogi.library import entry_from
from ogi.organs import organ_id
from ogi.report import OrganName
from ogi.selection import Selection, select
from ogi.view import View
from ogi.view.conditions import Condition, condition

NEW, CLOSED, GRANTED = "applications.received.total", "applications.result_total.total", "applications.granted.total"


@pytest.fixture
def organs(make_report):
    """甲局 and 乙局 in two years, 丙局 in the later one only; what 乙局 granted in 2024 cannot be read."""

    def build(name: str, year: int, new: str, granted: str, closed: str, scope: str = "own"):
        described = OrganName(name=f"示例市示例区{name}", level="county", kind="department")
        return make_report({NEW: new, GRANTED: granted, CLOSED: closed}, year=year, organ=described, scope=scope)

    def selection(**view: object) -> Selection:
        reports = [
            build("甲局", 2023, "40", "10", "40"),
            build("甲局", 2024, "60", "30", "50"),
            build("乙局", 2023, "20", "5", "20"),
            build("乙局", 2024, "30", "*", "25"),
            build("丙局", 2024, "8", "4", "8"),
        ]
        return select(build_facts([entry_from(report, (), "fictional") for report in reports], "fictional"), View(**view))

    return selection


def by_name(grid, year: int) -> dict[str, object]:
    numbers = grid.of_year(year).tolist()
    return {name[-2:]: None if np.isnan(number) else number for name, number in zip(grid.names, numbers, strict=True)}


def state(grid, name: str, year: int) -> str:
    row = next(row for row, full in enumerate(grid.names) if full.endswith(name))
    return grid.states[row, grid.column(year)]


def test_counts_with_gaps(organs) -> None:
    grid = organ_grid(organs(), NEW)
    assert by_name(grid, 2023) == {"甲局": 40, "乙局": 20, "丙局": None}
    assert state(grid, "丙局", 2023) == "no_report"


def test_share_of_a_base_below_ten_is_hidden_and_what_cannot_be_read_is_no_zero(organs) -> None:
    grid = organ_grid(organs(), GRANTED, "share")
    assert by_name(grid, 2024) == {"甲局": 60.0, "乙局": None, "丙局": None}  # 30 of 50
    assert (state(grid, "乙局", 2024), state(grid, "丙局", 2024)) == ("unreadable", "counts_only")
    assert grid.unit == "percent"


def test_share_of_twenty_cases_is_small(organs) -> None:
    grid = organ_grid(organs(), GRANTED, "share")
    assert dict(zip((name[-2:] for name in grid.names), grid.is_small[:, 0].tolist(), strict=True))["乙局"] is True


def test_change_against_the_year_before_and_the_baseline(organs) -> None:
    assert by_name(organ_grid(organs(), NEW, "change"), 2024) == {"甲局": 20, "乙局": 10, "丙局": None}
    assert by_name(organ_grid(organs(), NEW, "change", baseline=2024), 2023) == {"甲局": -20, "乙局": -10, "丙局": None}


def test_change_of_a_share_is_in_percentage_points(organs) -> None:
    grid = organ_grid(organs(), "I05_full_grant_rate", "change")
    assert by_name(grid, 2024)["甲局"] == pytest.approx(35.0)  # 10/40 = 25 %, 30/50 = 60 %
    assert grid.unit == "pp"


def test_index_needs_a_base_of_ten(organs) -> None:
    assert by_name(organ_grid(organs(), NEW, "index"), 2024) == {"甲局": 150.0, "乙局": 150.0, "丙局": None}


def test_forms_that_count_different_things_give_no_change(make_report) -> None:
    key = "applications.other_misc.total"
    reports = make_report(edition="gf2019", year=2020, rest="20"), make_report(year=2021, rest="30")
    selection = select(build_facts([entry_from(report, (), "fictional") for report in reports], "fictional"), View())
    assert np.isnan(organ_grid(selection, key, "change").of_year(2021)).all()


def test_standing_counts_only_who_has_a_number(organs) -> None:
    at = standing(organ_grid(organs(), NEW), 2024)
    assert (at.known, at.expected, at.median, at.whole) == (3, 3, 30, 98)
    before = standing(organ_grid(organs(), NEW), 2023)
    assert (before.known, before.median, before.whole) == (2, None, 60)
    assert [name[-2:] for name in before.missing] == ["丙局"]


def test_rate_of_all_together_holds_small_ones_too(organs) -> None:
    at = standing(organ_grid(organs(), "I05_full_grant_rate"), 2024)
    assert (at.known, at.counted) == (1, 2)
    assert at.whole == pytest.approx(100 * 34 / 58)  # 甲 30/50 and 丙 4/8; that of 乙 cannot be read


def test_totals_of_regions_are_not_added(make_report) -> None:
    names = ("示例市", "示例市示例区")
    reports = [
        make_report({NEW: "9"}, organ=OrganName(name=f"{name}人民政府", level="city", kind="government"), scope="region_total")
        for name in names
    ]
    facts = build_facts([entry_from(report, (), "fictional") for report in reports], "fictional")
    assert standing(organ_grid(select(facts, View()), NEW), 2024).whole is None


def test_equal_values_share_the_better_rank_and_a_gap_has_none() -> None:
    found = ranks(np.array([5.0, 9.0, 5.0, np.nan, 1.0]))
    assert found[[0, 1, 2, 4]].tolist() == [2, 1, 2, 4]
    assert np.isnan(found[3])


def test_percentile_counts_equal_values_half() -> None:
    values = np.array([1.0, 2.0, 2.0, 4.0, np.nan])
    assert percentile(values, 2.0) == 50.0  # one below, two equal: (1 + 1) / 4
    assert percentile(values, 4.0) == 87.5
    assert percentile(values, float("nan")) is None
    assert percentiles(values)[:4].tolist() == [12.5, 50.0, 50.0, 87.5]


def test_wilson_interval_of_textbook_cases() -> None:
    """0 of 10 and 8 of 10 at 95 %: 0–27.8 % and 49.0–94.3 % (Newcombe 1998, Statistics in Medicine 17, method 3)."""
    low, high = wilson(np.array([0, 8]), np.array([10, 10]))
    assert low == pytest.approx([0.0, 0.4902], abs=1e-4)
    assert high == pytest.approx([0.2775, 0.9433], abs=1e-4)


def test_what_is_no_share_has_no_interval() -> None:
    low, high = wilson(np.array([3, 1, np.nan]), np.array([2, 0, 5]))
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_funnel_narrows_with_the_base() -> None:
    low, high = funnel_limits(0.5, np.array([100.0, 400.0]), Z_95)
    assert (high - low) == pytest.approx([0.196, 0.098], abs=1e-4)


def test_conditions_leave_out_missing_figures_and_say_how_many(organs) -> None:
    asked = [condition(f"{GRANTED}:over:3"), condition(f"{NEW}:between:5:60")]
    left = apply_conditions(organs(), [item for item in asked if item], 2024)
    assert left.organs == {organ_id("示例市示例区甲局"), organ_id("示例市示例区丙局")}
    assert (left.asked, left.missing) == (3, 1)


def test_condition_missing_finds_the_gaps(organs) -> None:
    left = apply_conditions(organs(), [Condition(GRANTED, "missing", ())], 2024)
    assert len(left.organs) == 1
    assert left.missing == 0


def test_peers_are_of_the_same_level_and_kind_and_about_the_same_size(make_report) -> None:
    def report(name: str, new: int, level: str = "county", kind: str = "department"):
        return make_report({NEW: str(new)}, organ=OrganName(name=name, level=level, kind=kind))

    sizes = {"甲局": 100, "乙局": 50, "丙局": 200, "丁局": 201, "戊局": 49, "己局": 120, "庚局": 99}
    reports = [report(f"示例市示例区{name}", new) for name, new in sizes.items()]
    reports.append(report("示例市子局", 100, level="city"))
    entries = [entry_from(item, (), "fictional") for item in reports]
    names = {entry.organ_id: str(entry.organ_name)[-2:] for entry in entries}
    of = next(organ for organ, name in names.items() if name == "甲局")
    peers = peers_of(build_facts(entries, "fictional"), str(of))
    assert {names[organ] for organ in peers.organs} == {"甲局", "乙局", "丙局", "己局", "庚局"}
    assert (peers.by_size, peers.by_kind, peers.size) == (True, True, 100)


def test_few_of_a_size_are_widened_and_that_is_said(organs) -> None:
    facts = organs().facts
    peers = peers_of(facts, str(facts.identity["organ_id"].iloc[0]))
    assert (len(peers.organs), peers.by_size, peers.by_kind) == (3, False, True)


def test_organ_nobody_knows_has_no_peers(organs) -> None:
    assert peers_of(organs().facts, "oaaaaaaaaaa").organs == ()


@pytest.mark.parametrize("typed", ["教育", "sljyj", "jiaoyuju", "county 教育", "区级"])
def test_organs_are_found_by_name_initials_spelling_and_words(typed: str) -> None:
    known = findable([("oaaaaaaaaaa", "示例教育局", ["county", "区级"]), ("obbbbbbbbbb", "示例公安局", ["city", "市级"])])
    assert [organ.name for organ in search_organs(typed, known)] == ["示例教育局"]


def test_character_with_two_readings_is_found_by_either() -> None:
    assert {"zhong qing shi", "chong qing shi"} <= set(spellings("重庆市"))
    assert {"zqs", "cqs"} <= set(initials("重庆市"))


def test_nothing_typed_finds_all_and_nonsense_nobody() -> None:
    known = findable([("oaaaaaaaaaa", "甲局", []), ("obbbbbbbbbb", "乙局", [])])
    assert len(search_organs("  ", known)) == 2
    assert search_organs("没有这个", known) == []


def test_every_figure_of_the_tree_can_be_measured_and_is_there_once(organs) -> None:
    keys = [figure.key for figure in figures("zh")]
    assert len(keys) == len(set(keys)) > 120
    for key in keys:
        organ_grid(organs(), key)


def test_share_is_offered_only_for_parts() -> None:
    assert "share" in bases_of(GRANTED)
    assert "share" not in bases_of(NEW)
    assert bases_of("I04_grant_rate") == ("count", "change")
