"""What names tell: levels and kinds as the names of real organs show them, worked out by hand."""

from __future__ import annotations

import base64
import hashlib

import pytest

from ogi.organs import can_make_rules, canonical_name, describe_organ, may_be_same_organ, organ_id

NAMES = [
    ("淮安市人民政府", "city", "government", "江苏省淮安市"),
    ("江苏省淮安市人民政府", "city", "government", "江苏省淮安市"),
    ("上海市人民政府办公厅", "province", "government_office", "上海市"),
    ("上海市浦东新区人民政府", "county", "government", "上海市浦东新区"),
    ("张店区综合行政执法局", "county", "department", "山东省淄博市张店区"),
    ("威海市文登区信访局", "county", "department", "山东省威海市文登区"),
    ("江门市开平市农业农村局", "county", "department", "广东省江门市开平市"),
    ("桐乡市人民政府", "county", "government", "浙江省嘉兴市桐乡市"),
    ("武汉市生态环境局", "city", "department", "湖北省武汉市"),
    ("湖北省人民政府", "province", "government", "湖北省"),
    ("新疆维吾尔自治区财政厅", "province", "department", "新疆维吾尔自治区"),
    ("恩施州人民政府", "city", "government", "湖北省恩施土家族苗族自治州"),
    ("兴安盟审计局", "city", "department", "内蒙古自治区兴安盟"),
    ("大竹县川主乡人民政府", "township", "government", "四川省达州市大竹县川主乡"),
    ("微山县两城镇人民政府", "township", "government", "山东省济宁市微山县两城镇"),
    ("广州市海珠区官洲街道办事处", "township", "subdistrict", "广东省广州市海珠区官洲街道"),
    ("岳阳市南湖新区管理委员会", "zone", "zone_committee", "湖南省岳阳市南湖新区"),
    ("国家税务总局淮安市淮阴区税务局", "county", "vertical", "江苏省淮安市淮阴区"),
    ("淮安市气象局", "city", "vertical", "江苏省淮安市"),
    ("淮安市市场监督管理局", "city", "department", "江苏省淮安市"),
    ("杭州市公安局滨江区分局", "county", "branch", "浙江省杭州市滨江区"),
    ("中华人民共和国海关总署", "national", "department", None),
    ("国家税务总局", "national", "department", None),
    ("示例市人民政府", "city", "government", "示例市"),
]


@pytest.mark.parametrize(("name", "level", "kind", "region"), NAMES)
def test_name_tells_level_kind_and_region(name: str, level: str, kind: str, region: str | None) -> None:
    organ = describe_organ(name)
    assert (organ.name, organ.level, organ.kind, organ.region) == (name, level, kind, region)


@pytest.mark.parametrize("name", ["某某市人民政府", "某某市财政局"])
def test_city_in_no_list_has_unknown_level(name: str) -> None:
    assert describe_organ(name).level == "unknown"


@pytest.mark.parametrize(
    "name", ["南京市城乡建设委员会", "张店区城市管理局", "淮安市乡村振兴局", "淮安市社区矫正中心", "湖北省市场监督管理局"]
)
def test_everyday_words_are_not_read_as_places(name: str) -> None:
    region = describe_organ(name).region
    assert region in ("江苏省南京市", "山东省淄博市张店区", "江苏省淮安市", "湖北省")


def test_organ_without_place_has_unknown_level() -> None:
    assert describe_organ("综合行政执法局").level == "unknown"
    assert describe_organ("综合行政执法局").region is None


def test_no_name_is_no_organ() -> None:
    assert describe_organ(None) == describe_organ("  ")
    assert describe_organ(None).name is None


@pytest.mark.parametrize(
    "spelling",
    ["淮安市", " 淮 安 市 人民政府", "淮安市人民政府（本级机关）", "淮安市人民政府(本级)", "淮安市政府", "淮安市人民政府\n"],
)
def test_spellings_of_one_organ_share_its_id(spelling: str) -> None:
    assert canonical_name(spelling) == "淮安市人民政府"
    assert organ_id(spelling) == organ_id("淮安市人民政府")


def test_traditional_characters_do_not_make_another_organ() -> None:
    assert organ_id("開平市農業農村局") == organ_id("开平市农业农村局")


def test_different_organs_have_different_ids() -> None:
    names = {name for name, *_ in NAMES if name != "江苏省淮安市人民政府"}
    assert len({organ_id(name) for name in names}) == len(names)


def test_id_is_that_of_the_definition_and_fits_a_url() -> None:
    digest = hashlib.sha256("淮安市人民政府".encode()).digest()
    expected = "o" + base64.b32encode(digest).decode().lower()[:10]
    assert organ_id("淮安市人民政府") == expected
    assert expected.isascii()
    assert expected.isalnum()
    assert len(expected) == 11


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("湖北省人民政府", True),
        ("淮安市人民政府", True),
        ("恩施州人民政府", True),
        ("上海市人民政府办公厅", True),
        ("海关总署", True),
        ("兴安盟行政公署", False),
        ("张店区人民政府", False),
        ("大竹县川主乡人民政府", False),
        ("湖北省财政厅", False),
        ("国家税务总局淮安市税务局", False),
        ("某某市人民政府", None),
        ("某某", None),
    ],
)
def test_power_to_make_rules_follows_the_legislation_law(name: str, may: bool | None) -> None:
    organ = describe_organ(name)
    assert can_make_rules(name, organ.level, organ.kind) is may


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("淮安市人民政府", "江苏省淮安市人民政府"),
        ("淮安市人民政府办公室", "淮安市人民政府"),
        ("江苏省人民政府办公厅", "江苏省人民政府"),
        ("财政局", "淮安市财政局"),
        ("淮安市", "淮安市人民政府"),
    ],
)
def test_shortened_name_and_signing_office_may_be_the_same_organ(one: str, other: str) -> None:
    assert may_be_same_organ(one, other)
    assert may_be_same_organ(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("淮安市财政局", "宿迁市财政局"),
        ("淮安市财政局", "淮安市统计局"),
        ("淮安市教育局办公室", "淮安市财政局"),
        ("", "淮安市财政局"),
    ],
)
def test_other_names_are_other_organs(one: str, other: str) -> None:
    assert not may_be_same_organ(one, other)
