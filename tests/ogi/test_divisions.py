"""The gazetteer against counts and cases known from elsewhere, and what is looked up in it."""

from __future__ import annotations

from collections import Counter

import pytest

from ogi.data_files import DATA
from ogi.divisions import NO_END, above, division, divisions_called, divisions_named, full_path, one_character_off, stem_of, today

ROWS = [line.split("\t") for line in (DATA / "divisions.tsv").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
TODAY = [row for row in ROWS if len(row) < 4 or not row[3]]


def codes(name: str) -> list[str]:
    return [one.code for one in divisions_named(name)]


def test_counts_are_those_of_the_ministry_of_civil_affairs() -> None:
    """September 2026: 34 provinces; 333 prefectures (293 cities, 30 autonomous prefectures, 7 prefectures, 3 leagues)."""
    names = [row[1] for row in TODAY if row[0].endswith("00") and not row[0].endswith("0000")]
    assert len([row for row in TODAY if row[0].endswith("0000")]) == 34
    assert Counter("州市区盟"["州市区盟".index(name[-1])] for name in names) == {"市": 293, "州": 30, "区": 7, "盟": 3}


def test_counts_of_the_county_level_are_those_of_the_ministry() -> None:
    """The 2 847 of the ministry's list and the four districts of 大兴安岭 that are no divisions but have governments."""
    names = [row[1] for row in TODAY if not row[0].endswith("00")]
    assert len(names) == 2847 + 4
    assert sum(name.endswith("自治县") for name in names) == 117
    assert sum(name.endswith("旗") for name in names) == 52
    assert sum(name.endswith("市") for name in names) == 398
    assert {"神农架林区", "六枝特区"} <= set(names)


def test_every_row_has_its_parent_and_its_code_once() -> None:
    assert [row for row in ROWS if not (row[0].isdigit() and len(row[0]) == 6)] == []
    assert [code for code, count in Counter(row[0] for row in TODAY).items() if count > 1] == []
    assert [row for row in ROWS if not row[0].endswith("0000") and not any(r[0] == f"{row[0][:2]}0000" for r in ROWS)] == []
    assert sorted(ROWS, key=lambda row: row[0]) == ROWS


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("张店区", "山东省淄博市张店区"),
        ("浦东新区", "上海市浦东新区"),
        ("天门市", "湖北省天门市"),
        ("济源市", "河南省济源市"),
        ("石河子市", "新疆维吾尔自治区石河子市"),
        ("酉阳土家族苗族自治县", "重庆市酉阳土家族苗族自治县"),
        ("东莞市", "广东省东莞市"),
        ("儋州市", "海南省儋州市"),
        ("临高县", "海南省临高县"),
        ("神农架林区", "湖北省神农架林区"),
        ("和安县", "新疆维吾尔自治区和田地区和安县"),
    ],
)
def test_everything_above_follows_from_the_code(name: str, path: str) -> None:
    assert path in [full_path(one) for one in divisions_named(name) if one.until == NO_END]


@pytest.mark.parametrize(
    ("name", "path", "until"),
    [
        ("江东区", "浙江省宁波市江东区", 2016),
        ("萧山市", None, None),  # a district since 2001: reports never called it so
        ("绍兴县", "浙江省绍兴市绍兴县", 2013),
        ("襄樊市", "湖北省襄樊市", 2010),
        ("铜仁地区", "贵州省铜仁地区", 2011),
        ("闸北区", "上海市闸北区", 2015),
        ("莱芜市", "山东省莱芜市", 2019),
        ("户县", "陕西省西安市户县", 2016),
        ("楚州区", "江苏省淮安市楚州区", 2011),
        ("居巢区", "安徽省巢湖市居巢区", 2011),
        ("渝北区", "重庆市渝北区", 2025),
    ],
)
def test_abolished_and_renamed_places_are_known_with_their_last_year(name: str, path: str | None, until: int | None) -> None:
    found = [(full_path(one), one.until) for one in divisions_named(name)]
    assert found == ([(path, until)] if path else [])


def test_former_code_of_the_same_unit_leads_to_that_of_today() -> None:
    (former,) = [one for one in divisions_named("简阳市") if one.until != NO_END]
    assert (former.code, former.now) == ("512081", "510185")
    assert [full_path(one) for one in today(divisions_named("简阳市"))] == ["四川省成都市简阳市"]
    assert [full_path(one) for one in today(divisions_named("石阡县"))] == ["贵州省铜仁市石阡县"]


@pytest.mark.parametrize(
    ("name", "many"),
    [("鼓楼区", 4), ("朝阳区", 2), ("西湖区", 2), ("城关区", 2), ("白云区", 2), ("江北区", 2), ("普陀区", 2), ("南山区", 2)],
)
def test_names_that_are_not_unique(name: str, many: int) -> None:
    assert len(today(divisions_named(name))) == many


@pytest.mark.parametrize(
    ("short", "code"),
    [
        ("恩施州", "422800"),
        ("湘西州", "433100"),
        ("黔东南州", "522600"),
        ("博州", "652700"),
        ("伊犁州", "654000"),
        ("海南州", "632500"),
        ("峨边县", "511132"),
        ("前郭县", "220721"),
        ("积石山县", "622927"),
        ("察布查尔县", "654022"),
        ("鄂温克旗", "150724"),
        ("隆林县", "451031"),
        ("科右前旗", "152221"),
    ],
)
def test_everyday_names_of_autonomous_places(short: str, code: str) -> None:
    assert codes(short) == [code]


def test_everyday_name_may_be_that_of_another_place_of_former_years() -> None:
    assert sorted(codes("东乡县")) == ["361029", "622926"]  # 抚州's, a district since 2016, and 临夏's 东乡族自治县


@pytest.mark.parametrize(
    ("name", "stem"),
    [("淮安市", "淮安"), ("广西壮族自治区", "广西"), ("浦东新区", "浦东"), ("乾县", "乾县"), ("黔东南州", "黔东南")],
)
def test_stem_is_the_name_without_its_ending(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_places_are_found_by_their_stem() -> None:
    assert {full_path(one) for one in divisions_called("吉林")} == {"吉林省", "吉林省吉林市"}
    assert divisions_called("示例") == ()


def test_former_prefecture_of_a_code_is_that_of_the_time() -> None:
    former = next(one for one in divisions_named("襄阳区"))
    assert [one.name for one in above(former)] == ["湖北省", "襄樊市"]
    assert [one.name for one in above(division("420606") or former)] == ["湖北省", "襄阳市"]


def test_misprinted_name_is_near_the_right_one() -> None:
    assert "江苏省宿迁市沭阳县" in [full_path(one) for one in one_character_off("沐阳县")]
    assert one_character_off("示例市") == () or all(one.name != "示例市" for one in one_character_off("示例市"))
    assert one_character_off("县") == ()
