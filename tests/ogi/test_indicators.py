"""Indicators of published reports (宿迁市 2023 and 2024, domain specification section 12) and their presentation rules."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from ogi.form import load_form
from ogi.indicators import IndicatorValue, derived_values, indicator_values, wilson
from ogi.report import Report

FORM = load_form()


def values(report: Report, previous: Report | None = None) -> Mapping[str, IndicatorValue]:
    return {
        found.id.split("_")[0] + (f":{found.row}" if found.row else ""): found
        for found in indicator_values(report, FORM, previous)
    }


def percent(found: IndicatorValue) -> str:
    return f"{float(found.value) * 100:.1f}"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("indicator", "before", "after"),
    [("I04", "43.6", "54.0"), ("I23", "4.1", "13.4"), ("I24", "1.0", "0.0"), ("I14", "3.4", "3.4")],
)
def test_rates_of_suqian(suqian, indicator: str, before: str, after: str) -> None:
    assert [percent(values(suqian(year))[indicator]) for year in (2023, 2024)] == [before, after]


def test_rate_keeps_its_counts(suqian) -> None:
    found = [values(suqian(year))["I23"] for year in (2023, 2024)]
    assert [(f.numerator, f.denominator, f.base) for f in found] == [(17, 414, 414), (18, 134, 134)]
    assert found[1].value == Fraction(18, 134)


def test_changes_of_suqian_need_last_year(suqian) -> None:
    found = values(suqian(2024), suqian(2023))
    assert percent(found["I33"]) == "0.4"
    assert (found["I33"].numerator, found["I33"].denominator) == (14, 3511)
    assert percent(found["I34"]) == "10.4"
    alone = values(suqian(2024))
    assert {alone["I33"].status, alone["I34"].status} == {"not_assessable"}
    assert alone["I33"].missing == ("prev(applications.received.total)",)


def test_plain_figures_and_rates_per_hundred(suqian) -> None:
    found = values(suqian(2024))
    assert [found[key].value for key in ("I01", "I02", "I27")] == [3525, 3646, 50 - 227]
    # 170 reconsiderations and 25 + 52 lawsuits on 3521 closed applications; I22 leaves the 52 out.
    assert [f"{float(found[key].value):.2f}" for key in ("I20", "I21", "I22")] == ["4.83", "2.19", "5.54"]
    assert (found["I20"].numerator, found["I20"].denominator) == (170, 3521)


def test_denial_grounds_are_shares_of_all_denials(suqian) -> None:
    found = values(suqian(2024))
    grounds = [found[f"I08:{row}"] for row in FORM.sets["denied"]]
    assert [g.numerator for g in grounds] == [2, 1, 4, 17, 21, 11, 23, 13]
    assert {g.denominator for g in grounds} == {92}
    assert sum(g.value for g in grounds) == 1


def rate_report(make_report, granted: int, closed: int) -> IndicatorValue:
    cells = {"applications.granted.total": str(granted), "applications.result_total.total": str(closed)}
    return values(make_report(cells))["I04"]


@pytest.mark.parametrize(
    ("closed", "status"),
    [(0, "undefined"), (1, "counts_only"), (9, "counts_only"), (10, "small_base"), (29, "small_base"), (30, "shown")],
)
def test_size_of_the_base_decides_how_a_rate_is_shown(make_report, closed: int, status: str) -> None:
    found = rate_report(make_report, min(closed, 1), closed)
    assert (found.status, found.denominator, found.base) == (status, closed, closed)
    assert (found.value is None) is (status in ("undefined", "counts_only"))


def test_change_is_judged_by_the_smaller_of_its_two_bases(make_report) -> None:
    def year(of: int, closed: int) -> Report:
        return make_report({"applications.result_total.total": str(closed), "applications.granted.total": "5"}, year=of)

    found = values(year(2024, 40), year(2023, 12))["I34"]
    assert (found.status, found.base) == ("small_base", 12)
    assert found.value == Fraction(5, 40) - Fraction(5, 12)


def test_nothing_missing_counts_as_zero(make_report) -> None:
    found = values(make_report(rest="?"))
    assert {f.status for f in found.values()} == {"not_assessable", "not_applicable"}
    assert all(f.value is None and f.numerator is None for f in found.values())


def test_mark_of_a_derived_total_travels_with_the_rate(make_report) -> None:
    cells = {
        "applications.granted.natural_person": "20",
        "applications.granted.total": "",
        "applications.result_total.total": "40",
    }
    found = values(make_report(cells))["I05"]
    assert (found.value, found.flags) == (Fraction(1, 2), ("uses_derived",))


def test_indicator_of_another_edition_is_not_applicable(make_report) -> None:
    old = values(make_report(edition="gf2019", year=2020))
    assert [old[key].status for key in ("I27", "I31", "I36")] == ["not_applicable"] * 3
    assert values(make_report())["I31"].status == "shown"


def test_other_handling_is_one_row_or_three(make_report) -> None:
    old = make_report({"applications.other_handling.total": "7"}, edition="gf2019", year=2020)
    new = make_report({"applications.other_misc.total": "4", "applications.other_fee_unpaid.total": "3"})
    assert [derived_values(report, FORM)["applications.other_all.total"].value for report in (old, new)] == [7, 7]


def test_derived_figures_of_suqian(suqian) -> None:
    found = derived_values(suqian(2024), FORM)
    keys = ("applications.due.total", "reconsideration.closed", "litigation_all.closed", "applications.received.organisations")
    # 3525 + 121; 170 − 36; (25 − 7) + (52 − 13); 3525 − 3440.
    assert [found[key].value for key in keys] == [3646, 134, 57, 85]


def test_every_indicator_is_answered_once(make_report) -> None:
    report = make_report()
    found = [(value.id, value.row) for value in indicator_values(report, FORM)]
    assert len(found) == len(set(found)) == 43


@pytest.mark.parametrize(
    ("part", "base", "low", "high"),
    # Brown, Cai and DasGupta (2001) and common tables: 0 of 10, 5 of 10, 18 of 134.
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (18, 134, 0.0867, 0.2020)],
)
def test_interval_of_a_share_is_that_of_wilson(part: int, base: int, low: float, high: float) -> None:
    assert wilson(part, base) == pytest.approx((low, high), abs=5e-4)


@pytest.mark.parametrize(("part", "base"), [(1, 0), (11, 10), (-1, 10)])
def test_what_is_no_share_has_no_interval(part: int, base: int) -> None:
    assert wilson(part, base) is None


def test_rate_carries_its_interval_and_a_count_none(suqian) -> None:
    found = values(suqian(2024))
    assert found["I23"].interval == wilson(18, 134)
    assert found["I01"].interval is None


def test_indicators_that_need_facts_from_elsewhere_are_worked_out_with_them(suqian) -> None:
    facts = {"meta.population_10k": 499, "meta.children_received": 18, "meta.children_expected": 21}
    found = {value.id: value for value in indicator_values(suqian(2024), FORM, facts=facts)}
    assert found["I19_new_per_10k"].value == Fraction(3525, 499)
    assert (found["I35_report_rate"].numerator, found["I35_report_rate"].denominator) == (18, 21)


def test_applications_per_10k_residents_need_the_population(suqian) -> None:
    """宿迁市 2024: 3525 applications, 4.97 million residents."""
    form = load_form()
    found = {i.id: i for i in indicator_values(suqian(2024), form, facts={"meta.population_10k": 497})}["I19_new_per_10k"]
    assert (found.status, found.value) == ("shown", Fraction(3525, 497))
    without = {i.id: i for i in indicator_values(suqian(2024), form)}["I19_new_per_10k"]
    assert (without.status, without.missing) == ("not_assessable", ("meta.population_10k",))
