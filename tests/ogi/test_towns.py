"""Towns and subdistricts by name, against places known from the map."""

from __future__ import annotations

import pytest

from ogi.data_files import DATA
from ogi.divisions import division, full_path
from ogi.towns import homes_of_town


@pytest.mark.parametrize(
    ("town", "homes"),
    [
        ("两城镇", ["山东省济宁市微山县"]),
        ("川主乡", ["四川省达州市大竹县"]),
        ("螅镇", ["陕西省榆林市佳县"]),
        ("官洲街道", ["广东省广州市海珠区"]),
        ("拖市镇", ["湖北省天门市"]),
        ("虎门镇", ["广东省东莞市"]),
        ("无此镇", []),
        ("城镇", []),  # the end of another name is no name
        ("", []),
    ],
)
def test_homes_of_a_town(town: str, homes: list[str]) -> None:
    assert [full_path(home) for home in homes_of_town(town)] == homes


def test_name_of_many_towns_has_many_homes() -> None:
    homes = [full_path(home) for home in homes_of_town("城关镇")]
    assert len(homes) > 50
    assert "陕西省汉中市宁强县" not in homes  # its seat is 汉源街道


def test_every_line_belongs_to_a_division() -> None:
    lines = [line for line in (DATA / "towns.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert [line[:6] for line in lines if division(line[:6]) is None] == []
    assert lines == sorted(lines, key=lambda line: line[:6])
    assert (
        sum(len(line[7:].split(" ")) for line in lines) == 38535 + 32 + 23 + 16 + 5
    )  # with the towns of 东莞, 中山, 儋州 and 嘉峪关
