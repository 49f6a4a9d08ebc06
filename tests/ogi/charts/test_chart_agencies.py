"""Charts of many organs: valid figures, gaps stay gaps, few traces whatever the number, words in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
import pytest

from ogi.charts import Chart
from ogi.charts.agencies import figures_heat, funnel, multiples, ordered, rank_change, scatter, spread, years_heat
from ogi.comparison.organ_grid import OrganGrid
from ogi.labels import LANGS, Labels

ZH = Labels("zh")
NEW, GRANTED = "applications.received.total", "I05_full_grant_rate"


def grid(values: list[list[float]], bases: list[list[float]] | None = None, scope: str = "own") -> OrganGrid:
    """Counts of organs 甲, 乙 … in 2023 and 2024, or rates of ``values`` over ``bases``; NaN is an unreadable cell."""
    top = np.array(values, dtype=np.float64)
    nothing = np.full(top.shape, np.nan)
    base = nothing if bases is None else np.array(bases, dtype=np.float64)
    shown = top if bases is None else np.where(base >= 10, 100 * top / np.where(base > 0, base, 1), np.nan)
    states = np.where(np.isnan(shown), "unreadable", "reported").astype(object)
    if bases is not None:
        states[~np.isnan(top) & (base < 10)] = "counts_only"
    count = len(values)
    names = ["甲局", "乙局", "丙局", "丁局"] if count <= 4 else [f"第{number}局" for number in range(count)]
    return OrganGrid(
        key=NEW if bases is None else GRANTED, basis="count", unit="jian" if bases is None else "percent",
        organs=tuple(f"o{number}" for number in range(count)), names=tuple(names[:count]), scopes=(scope,) * count,
        years=(2023, 2024), values=shown, states=states, numerators=nothing if bases is None else top, denominators=base,
        report_ids=np.full(top.shape, "", dtype=object), editions=np.full(top.shape, "gf2021", dtype=object),
    )  # fmt: skip


COUNTS = grid([[40, 60], [20, np.nan], [5, 30], [7, 3]])
RATES = grid([[20, 30], [12, 10], [3, 2], [90, 50]], [[40, 50], [20, 20], [4, 4], [100, 100]])
CHARTS: dict[str, Callable[[Labels], Chart]] = {
    "ordered": lambda labels: ordered(COUNTS, labels=labels, year=2024, focus="o1"),
    "ordered rates": lambda labels: ordered(RATES, labels=labels, year=2024),
    "heat": lambda labels: years_heat(COUNTS, labels=labels),
    "figures": lambda labels: figures_heat([COUNTS, RATES], labels=labels, year=2024),
    "multiples": lambda labels: multiples(COUNTS, labels=labels),
    "ranks": lambda labels: rank_change(COUNTS, labels=labels, pair=(2023, 2024), focus="o2"),
    "scatter": lambda labels: scatter(COUNTS, RATES, labels=labels, year=2024, size=COUNTS),
    "spread": lambda labels: spread(COUNTS, labels=labels, year=2024, focus="o2"),
    "funnel": lambda labels: funnel(RATES, labels=labels, year=2024),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", CHARTS)
def test_figure_is_valid_and_told_in_words(name: str, lang) -> None:
    chart = CHARTS[name](Labels(lang))
    go.Figure(chart.figure)
    json.dumps(chart.figure, allow_nan=False)
    assert not chart.is_empty
    assert chart.title
    assert chart.sentence in chart.alt
    assert len(chart.table)


@pytest.mark.parametrize("name", ["ordered", "heat", "multiples", "ranks", "spread"])
def test_three_thousand_organs_take_no_more_traces_than_thirty(name: str) -> None:
    draw = {"ordered": lambda g: ordered(g, labels=ZH, year=2024), "heat": lambda g: years_heat(g, labels=ZH),
            "multiples": lambda g: multiples(g, labels=ZH), "ranks": lambda g: rank_change(g, labels=ZH, pair=(2023, 2024)),
            "spread": lambda g: spread(g, labels=ZH, year=2024)}[name]  # fmt: skip
    many = grid([[number, number + 1] for number in range(3000)])
    assert len(draw(many).figure["data"]) <= 3
    assert len(draw(many).table) == 3000


def test_missing_organ_is_named_and_not_drawn() -> None:
    chart = ordered(COUNTS, labels=ZH, year=2024)
    (bars,) = chart.figure["data"]
    assert bars["x"] == [60, 30, 3]
    assert "4个机关中3个有数字。缺数字：乙局。中位数30" in chart.sentence
    assert "合计93（3/4个机关）" in chart.sentence
    assert chart.table["机关"].tolist()[-1] == "乙局"
    assert str(chart.table["位次"].tolist()[-1]) == "<NA>"


def test_rates_carry_an_interval_small_ones_are_hollow_and_tiny_ones_hidden() -> None:
    chart = ordered(RATES, labels=ZH, year=2024)
    interval, points = chart.figure["data"]
    assert points["x"] == [60.0, 50.0, 50.0]
    assert points["marker"]["symbol"] == ["circle", "circle-open", "circle"]
    # Wilson for 30 of 50: 46.2 % to 72.4 %
    assert interval["x"][:3] == [pytest.approx(46.18, abs=0.05), pytest.approx(72.39, abs=0.05), None]
    assert "1个机关样本偏少（空心点）。1个机关基数不足10，不列比例。" in chart.sentence
    # 30+10+2+50 of 50+20+4+100
    assert "合并计算为52.9%（4/4个机关）" in chart.sentence


def test_totals_of_regions_are_not_added_up() -> None:
    assert "不作合计" in ordered(grid([[1, 2], [3, 4]], scope="region_total"), labels=ZH, year=2024).sentence


def test_missing_cell_of_the_heat_map_is_a_gap_with_its_reason() -> None:
    heat, marks = years_heat(COUNTS, labels=ZH).figure["data"]
    assert heat["z"][heat["y"].index("乙局")] == [20, None]
    assert marks["hovertext"] == ["乙局 · 2024: 未能辨认"]


def test_gap_breaks_the_line_of_a_panel() -> None:
    _, line, _ = multiples(COUNTS, labels=ZH).figure["data"]
    panels = [line["y"][start : start + 3] for start in range(0, 12, 3)]
    assert panels[-1][1] is None  # 乙局 stands last: no number in the newest year
    assert [panel[2] for panel in panels] == [None] * 4


def test_places_are_among_those_with_both_years() -> None:
    chart = rank_change(COUNTS, labels=ZH, pair=(2023, 2024))
    # 甲 1 to 1; 丙 5 and 30: place 3 to 2; 丁 7 and 3: place 2 to 3
    assert "两年都有数字的3个机关（共4个）" in chart.sentence
    assert "上升最多的是丙局：第3位到第2位" in chart.sentence
    assert chart.table["2024年位次"].tolist() == [1, 2, 3]


def test_percentile_of_one_organ_is_said() -> None:
    assert "丙局为30，在3个机关中处于第50百分位" in spread(COUNTS, labels=ZH, year=2024, focus="o2").sentence
    assert "乙局没有这一数字" in spread(COUNTS, labels=ZH, year=2024, focus="o1").sentence


def test_funnel_names_who_is_outside_the_limits_and_refuses_counts() -> None:
    rates = grid([[20, 95], [12, 40], [3, 45]], [[40, 100], [20, 100], [4, 100]])
    # joint rate 180 of 300 = 60 %; at a base of 100 the 99.8 % limits are 60 ± 15.1
    assert "3个机关在99.8%控制限之外" not in funnel(rates, labels=ZH, year=2024).sentence
    assert "2个机关在99.8%控制限之外，差异大于偶然，值得了解原因：甲局、乙局" in funnel(rates, labels=ZH, year=2024).sentence
    assert funnel(COUNTS, labels=ZH, year=2024).is_empty


def test_year_without_numbers_says_why() -> None:
    chart = ordered(grid([[1, np.nan], [2, np.nan]]), labels=ZH, year=2024)
    assert chart.is_empty
    assert "未能辨认" in chart.sentence
