"""Lines organs are held against: rates of all together, of a region, the median of peers. Numbers by hand."""

from __future__ import annotations

import pytest

from ogi.charts.agencies import multiples, ordered, spread
from ogi.comparison.organ_grid import organ_grid
from ogi.comparison.reference import reference_line
from ogi.labels import Labels
from ogi.library import Library, entry_from
from ogi.organs import organ_id
from ogi.selection import select
from ogi.view import View

NEW, CLOSED, GRANTED = "applications.received.total", "applications.result_total.total", "applications.granted.total"
FIGURES = {
    "江苏省淮安市教育局": ("100", "40", "80"),
    "江苏省淮安市公安局": ("50", "10", "50"),
    "江苏省宿迁市教育局": ("70", "*", "70"),
    "山东省济南市教育局": ("90", "60", "100"),
}
HUAIAN = organ_id("江苏省淮安市教育局")


@pytest.fixture(scope="module")
def library(make_report) -> Library:
    entries = [
        entry_from(make_report({NEW: new, GRANTED: granted, CLOSED: closed}, year=2024, scope="own"), (), "fictional",
                   organ_name=name)
        for name, (new, granted, closed) in FIGURES.items()
    ]  # fmt: skip
    return Library.of(entries)


def line(library: Library, name: str, basis: str = "share", focus: str | None = HUAIAN, key: str = GRANTED):
    shown = select(library, View(organs=(HUAIAN,)))
    return reference_line(library, shown, organ_grid(shown, key, basis), name, focus)  # type: ignore[arg-type]


def test_total_line_is_the_rate_of_all_organs_together_with_its_coverage(library) -> None:
    found = line(library, "total")
    assert found.values == (pytest.approx(100 * (40 + 10 + 60) / (80 + 50 + 100)),)
    assert (found.known, found.expected) == ((3,), 4)


def test_region_line_takes_the_province_of_the_organ(library) -> None:
    found = line(library, "region")
    assert found.place == "江苏省"
    assert found.values == (pytest.approx(100 * (40 + 10) / (80 + 50)),)
    assert (found.known, found.expected) == ((2,), 3)


def test_peers_line_is_their_median_of_counts_too(library) -> None:
    found = line(library, "peers", basis="count", key=NEW)
    assert found.values == (80,)  # 50, 70, 90, 100: all of the level and kind
    assert (found.known, found.expected) == ((4,), 4)


def test_count_has_no_total_line_and_the_chart_says_why(library) -> None:
    found = line(library, "total", basis="count", key=NEW)
    assert (found.values, found.why) == ((None,), "counts")
    shown = select(library, View())
    chart = ordered(organ_grid(shown, NEW), labels=Labels("zh"), year=2024, references=[found])
    assert "没有“全部机关合计”线" in chart.sentence


@pytest.mark.parametrize("name", ["region", "peers"])
def test_line_about_an_organ_needs_one(library, name) -> None:
    assert line(library, name, focus=None).why == "no_focus"


@pytest.mark.parametrize("chart", [ordered, spread])
def test_line_is_dotted_and_labelled_with_value_and_coverage(library, chart) -> None:
    shown = select(library, View())
    grid = organ_grid(shown, GRANTED, "share")
    drawn = chart(grid, labels=Labels("zh"), year=2024, references=[reference_line(library, shown, grid, "total", None)])
    layout = drawn.figure["layout"]
    assert "全部机关合计 47.8%（3/4）" in [note["text"] for note in layout["annotations"]]
    assert layout["shapes"][-1]["line"]["dash"] == "dot"
    assert layout["shapes"][-1]["x0"] == pytest.approx(47.826, abs=0.001)


def test_panels_carry_the_line_and_its_name(library) -> None:
    shown = select(library, View())
    grid = organ_grid(shown, GRANTED, "share")
    chart = multiples(grid, labels=Labels("zh"), references=[reference_line(library, shown, grid, "total", None)])
    assert "点线：全部机关合计 47.8%（3/4）。" in chart.sentence
    named = [note for note in chart.figure["layout"]["annotations"] if note["text"].endswith("■</span> 全部机关合计")]
    assert [note["font"].get("color") for note in named] == [None]  # the words in the colour of words, the sign in the line's
