"""Names of organs on an axis: long ones in two lines, and what is cut is cut in the middle, for names differ at their end."""

from __future__ import annotations

import pytest

from ogi.charts.agencies.words import names_in_lines, short_names
from ogi.charts.theme import ends_kept, in_two_lines, text_width

LONG = "示例市东湖区" + "综合行政执法" * 8 + "大队"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("东湖区财政局", "东湖区财政局"),
        ("东湖区人力资源和社会保障局", "东湖区<br>人力资源和社会保障局"),
        ("人力资源和社会保障局信息中心", "人力资源和社会<br>保障局信息中心"),
    ],
)
def test_long_name_stands_in_two_lines_behind_its_place_or_in_halves(name: str, shown: str) -> None:
    assert in_two_lines(name, 12) == shown


def test_name_of_more_than_two_lines_keeps_both_its_ends() -> None:
    first, last = in_two_lines(LONG, 12).split("<br>")
    assert (first, last) == ("示例市东湖区综合行政执…", "政执法综合行政执法大队")
    assert max(text_width(first), text_width(last)) <= text_width("字" * 12)


def test_cut_name_keeps_its_end() -> None:
    assert ends_kept("东湖区人力资源和社会保障局", 10) == "东湖区人力…会保障局"
    assert short_names(["示例市东湖区人力资源和社会保障局", "示例市东湖区人力资源和社会保障局信息中心"]) == [
        "人力资源和社会保障局", "人力资源和…信息中心",
    ]  # fmt: skip


def test_names_lose_only_the_place_they_share() -> None:
    assert names_in_lines(["示例市财政局", "示例市东湖区人力资源和社会保障局"]) == ["财政局", "东湖区<br>人力资源和社会保障局"]
    assert names_in_lines(["示例市东湖区人力资源和社会保障局"]) == ["示例市东湖区<br>人力资源和社会保障局"]
