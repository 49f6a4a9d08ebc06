"""What holds for every chart: valid, told in words in both languages, gaps stay gaps, the table is what is drawn."""

from __future__ import annotations

import json
from collections.abc import Callable

import pandas as pd
import plotly.graph_objects as go
import pytest

from ogi import charts
from ogi.charts import Chart
from ogi.charts.palette import colours
from ogi.labels import Labels, Lang


def statuses(frame: pd.DataFrame) -> pd.DataFrame:
    """The statuses of ``city_frame`` as the selection tells them: nothing was read in 2022; no row where it has none."""
    index = pd.MultiIndex.from_tuples([("o-宿迁市", "own", "宿迁市")], names=["organ_id", "scope", "organ_name"])
    matrix = pd.DataFrame([["unreadable", "read", "read"]], index=index, columns=[2022, 2023, 2024])
    return matrix if len(frame) else matrix.iloc[:0]


CHARTS: dict[str, tuple[Callable[[pd.DataFrame, Labels], Chart], dict[str, tuple[str, ...]]]] = {
    "coverage": (
        lambda f, n: charts.coverage_matrix(statuses(f), labels=n),
        {
            "zh": ("1个机关 × 3个年度", "完整读取2份", "没有数字1份", "0格没有报告"),
            "en": ("in full: 2", "without any number: 1", "a report: 0"),
        },
    ),
    "documents": (lambda f, n: charts.documents_by_year(f, labels=n), {"zh": ("50", "227", "420"), "en": ("50", "227", "420")}),
    "rules": (lambda f, n: charts.documents_by_year(f, labels=n, document="rules"), {"zh": ("12",), "en": ("12",)}),
    "licences": (
        lambda f, n: charts.decisions_by_year(f, labels=n),
        {"zh": ("1,573,179", "减少235,416"), "en": ("235,416 fewer",)},
    ),
    "penalties": (
        lambda f, n: charts.decisions_by_year(f, labels=n, decision="penalty"),
        {"zh": ("2,676,474",), "en": ("2,676,474",)},
    ),
    "coercion": (
        lambda f, n: charts.decisions_by_year(f, labels=n, decision="coercion"),
        {"zh": ("增加9,188",), "en": ("9,188 more",)},
    ),
    "fees": (lambda f, n: charts.fees_by_year(f, labels=n), {"zh": ("72,701.2578万元",), "en": ("72,701.2578",)}),
    "flow": (
        lambda f, n: charts.flow(f, labels=n, year=2024),
        {"zh": ("3,525", "121", "3,646", "3,521", "1,431", "125"), "en": ("3,525", "121", "3,646", "3,521", "1,431", "125")},
    ),
    "outcomes": (lambda f, n: charts.outcomes_by_year(f, labels=n), {"zh": ("3,521", "1,431", "941"), "en": ("1,431", "941")}),
    "shares": (
        lambda f, n: charts.outcomes_by_year(f, labels=n, basis="share"),
        {"zh": ("40.6%", "26.7%"), "en": ("40.6%", "26.7%")},
    ),
    "slope": (
        lambda f, n: charts.outcome_slope(f, labels=n, pair=(2023, 2024)),
        {"zh": ("不予处理", "406", "117"), "en": ("Not processed", "406", "117")},
    ),
    "slope of shares": (
        lambda f, n: charts.outcome_slope(f, labels=n, pair=(2023, 2024), basis="share"),
        {"zh": ("11.6%", "3.3%", "-8.3个百分点"), "en": ("11.6%", "3.3%", "-8.3 percentage points")},
    ),
    "grounds": (
        lambda f, n: charts.denial_grounds(f, labels=n, year=2023),
        {"zh": ("142", "38", "26.8%"), "en": ("142", "38", "26.8%")},
    ),
    "applicants": (lambda f, n: charts.applicants_by_year(f, labels=n), {"zh": ("3,525", "3,440", "75"), "en": ("3,440", "75")}),
    "trend": (
        lambda f, n: charts.trend(f, labels=n, key="applications.received.total"),
        {"zh": ("3,511", "3,525"), "en": ("3,511", "3,525")},
    ),
    "ranking": (
        lambda f, n: charts.ranking(f, labels=n, key="applications.received.total", year=2024),
        {"zh": ("3,525",), "en": ("3,525",)},
    ),
    "blocks": (
        lambda f, n: charts.dispute_blocks(f, labels=n),
        {"zh": ("170", "18", "25", "52"), "en": ("170", "18", "25", "52")},
    ),
    "block shares": (lambda f, n: charts.dispute_blocks(f, labels=n, basis="share"), {"zh": ("170",), "en": ("170",)}),
    "chain": (
        lambda f, n: charts.review_chain(f, labels=n),
        {"zh": ("170", "134", "52", "38.8%", "不是同一批案件"), "en": ("170", "134", "52", "38.8%", "not the same cases")},
    ),
    "correction": (
        lambda f, n: charts.correction_rate(f, labels=n),
        {"zh": ("134", "18", "13.4%"), "en": ("134", "18", "13.4%")},
    ),
    "losses": (
        lambda f, n: charts.correction_rate(f, labels=n, block="litigation_all"),
        {"zh": ("57", "0.0%"), "en": ("57", "0.0%")},
    ),
}


def drawn(chart: Chart) -> list[float]:
    """Every number a trace draws along its value axis."""
    found = []
    for trace in chart.figure["data"]:
        values = trace.get("x") if trace.get("orientation") == "h" else trace.get("y")
        found += [value for value in values if value is not None]
    return found


def tabled(chart: Chart) -> list[float]:
    numbers = []
    for column in chart.table.columns:
        numbers += [float(value) for value in chart.table[column].dropna() if str(value).replace(".", "", 1).isdigit()]
    return numbers


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_figure_is_valid_and_needs_nothing_but_plain_data(name: str, lang: Lang, city_frame) -> None:
    chart = CHARTS[name][0](city_frame, Labels(lang))
    go.Figure(**chart.figure)
    assert json.loads(json.dumps(chart.figure)) == chart.figure
    layout = chart.figure["layout"]
    assert "width" not in layout
    assert layout["title"]["text"] == ""
    assert layout["paper_bgcolor"] == "rgba(0,0,0,0)"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_sentence_and_alternative_text_carry_the_figures(name: str, lang: Lang, city_frame) -> None:
    draw, figures = CHARTS[name]
    chart = draw(city_frame, Labels(lang))
    assert chart.title
    assert chart.filename.isascii()
    assert [figure for figure in figures[lang] if figure not in chart.sentence] == []
    assert chart.sentence in chart.alt
    assert chart.title in chart.alt


@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"coverage"}))
def test_table_holds_every_number_that_is_drawn(name: str, city_frame) -> None:
    chart = CHARTS[name][0](city_frame, Labels("zh"))
    numbers = drawn(chart)
    assert numbers
    assert [value for value in numbers if not any(value == pytest.approx(number) for number in tabled(chart))] == []


ONE_YEAR = {"coverage", "flow", "grounds", "ranking", "slope", "slope of shares"}
"""Charts without an axis of years."""


@pytest.mark.parametrize("name", sorted(set(CHARTS) - ONE_YEAR))
def test_blank_year_is_a_gap_in_every_trace_and_in_the_table(name: str, city_frame) -> None:
    chart = CHARTS[name][0](city_frame, Labels("zh"))
    for trace in chart.figure["data"]:
        assert trace["y"][trace["x"].index(2022)] is None
    rows = chart.table[chart.table["报告年度"] == 2022]
    assert len(rows) > 0
    numbers = rows.drop(columns="报告年度").select_dtypes(["Int64", "Float64"])
    assert numbers.shape[1] > 0
    assert numbers.isna().all(axis=None)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"coverage"}))
def test_chart_without_numbers_says_so(name: str, lang: Lang, make_frame, city_cells) -> None:
    frame = make_frame({("甲", 2024): dict.fromkeys(city_cells[0])})
    chart = CHARTS[name][0](frame, Labels(lang))
    assert chart.is_empty
    assert chart.figure["data"] == []
    assert chart.figure["layout"]["annotations"][0]["text"] == chart.sentence
    assert chart.sentence.startswith("没有可显示的数字" if lang == "zh" else "No figures to show")
    go.Figure(**chart.figure)


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_frame_without_rows_is_not_an_error(name: str, city_frame) -> None:
    assert CHARTS[name][0](city_frame.iloc[:0], Labels("zh")).is_empty


def test_outcome_has_one_colour_in_every_chart(city_frame) -> None:
    labels = Labels("zh")
    wanted = {labels(f"charts.short.{row}"): colour for row, colour in colours("outcomes").items()}
    flow = charts.flow(city_frame, labels=labels, year=2024).figure["data"][0]
    assert wanted.items() <= dict(zip(flow["y"], flow["marker"]["color"], strict=True)).items()
    for basis in ("count", "share"):
        stack = charts.outcomes_by_year(city_frame, labels=labels, basis=basis).figure["data"]
        assert {trace["name"]: trace["marker"]["color"] for trace in stack} == wanted
    assert charts.denial_grounds(city_frame, labels=labels, year=2024).figure["data"][0]["marker"]["color"] == wanted["不予公开"]
