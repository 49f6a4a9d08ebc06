"""Several organs as one: sums with what they hold. Numbers by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ogi.charts.agencies import ordered, years_heat
from ogi.comparison.group_sum import beside, group_row
from ogi.comparison.organ_grid import organ_grid
from ogi.comparison.standing import standing
from ogi.facts import build_facts
from ogi.labels import Labels
from ogi.library import entry_from
from ogi.report import OrganName
from ogi.selection import Selection, select
from ogi.view import View, group_id

NEW, CLOSED, GRANTED = "applications.received.total", "applications.result_total.total", "applications.granted.total"


@pytest.fixture
def organs(make_report):
    """甲局 and 乙局 in two years, 丙局 in the later one only; what 乙局 granted in 2024 cannot be read; 甲 has a region total."""

    def build(name: str, year: int, new: str, granted: str, closed: str, scope: str = "own"):
        described = OrganName(name=f"示例市示例区{name}", level="county", kind="department")
        return make_report({NEW: new, GRANTED: granted, CLOSED: closed}, year=year, organ=described, scope=scope)

    reports = [
        build("甲局", 2023, "40", "10", "40"),
        build("甲局", 2024, "60", "30", "50"),
        build("甲局", 2024, "900", "300", "800", "region_total"),
        build("乙局", 2023, "20", "5", "20"),
        build("乙局", 2024, "30", "*", "25"),
        build("丙局", 2024, "8", "4", "8"),
    ]
    return select(build_facts([entry_from(report, (), "fictional") for report in reports], "fictional"), View())


def row(organs: Selection, key: str, basis: str = "count", baseline: int | None = None):
    group = group_id(["oaaaaaaaaaa"])
    return group_row(organs, key, basis, baseline, group=group, name="三局（合计）", asked=4)  # type: ignore[arg-type]


def numbers(grid) -> list[float | None]:
    return [None if np.isnan(number) else round(number, 2) for number in grid.values[0].tolist()]


def test_counts_are_added_over_own_figures_and_say_how_many_they_hold(organs) -> None:
    found = row(organs, NEW)
    assert numbers(found) == [60, 98]
    assert found.counted[0].tolist() == [2, 3]


def test_figure_that_cannot_be_read_is_no_zero(organs) -> None:
    found = row(organs, GRANTED)
    assert numbers(found) == [15, 34]
    assert found.counted[0].tolist() == [2, 2]


def test_share_is_of_the_organs_that_have_both_numbers(organs) -> None:
    found = row(organs, GRANTED, "share")
    assert numbers(found) == [25.0, 58.62]  # 15/60, 34/58: 乙局 is left out of both in 2024
    assert found.denominators[0].tolist() == [60, 58]


def test_change_is_of_the_organs_with_both_years(organs) -> None:
    found = row(organs, NEW, "change")
    assert numbers(found) == [None, 30]  # 90 - 60; 丙局 joined in 2024 and is no growth
    assert found.counted[0].tolist()[1] == 2


def test_index_is_of_the_organs_with_both_years(organs) -> None:
    assert numbers(row(organs, NEW, "index")) == [100, 150]


def test_group_has_no_part_in_median_and_sum(organs) -> None:
    grid = organ_grid(organs, NEW)
    own = grid.take(np.array([scope == "own" for scope in grid.scopes]))
    both = beside(own, [row(organs, NEW)])
    assert both.organs[0].startswith("g")
    alone, together = standing(own, 2024), standing(both, 2024)
    assert (together.median, together.whole, together.known) == (alone.median, alone.whole, alone.known) == (30, 98, 3)


def test_charts_say_how_many_organs_a_group_holds(organs) -> None:
    grid = organ_grid(organs, NEW)
    both = beside(grid.take(np.array([scope == "own" for scope in grid.scopes])), [row(organs, NEW)])
    chart = ordered(both, labels=Labels("zh"), year=2024)
    assert "三局（合计）: 98 [3/4]" in chart.figure["data"][-1]["hovertext"]
    place = dict(zip(chart.table["机关"], chart.table.iloc[:, 0].tolist(), strict=True))
    assert place["三局（合计）"] is pd.NA
    assert place["示例市示例区甲局"] == 1
    heat = years_heat(both, labels=Labels("zh"))
    assert "三局（合计） · 2024: 98 [3/4]" in heat.figure["data"][0]["text"][0]


def test_bar_of_a_group_that_lacks_organs_is_hatched(organs) -> None:
    grid = organ_grid(organs, NEW)
    both = beside(grid.take(np.array([scope == "own" for scope in grid.scopes])), [row(organs, NEW)])
    bars = ordered(both, labels=Labels("zh"), year=2024).figure["data"][-1]
    shapes = dict(zip(bars["meta"]["organs"], bars["marker"]["pattern"]["shape"], strict=True))
    assert shapes.pop(both.organs[0]) == "/"  # three of four
    assert set(shapes.values()) == {""}
