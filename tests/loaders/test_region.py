"""Where an organ is whose name does not say it alone: settled by the document, proposed, or asked; never guessed silently."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.grid import TextLine
from loaders.identity import Identity, identify
from loaders.narrative import read_narrative
from loaders.origin import Origin
from ogi.form import load_form
from ogi.organs import id_of, organ_id

BODY = """一、总体情况
{text}
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
宣传不够。
六、其他需要报告的事项
无。
"""
GULOU = "江苏省南京市鼓楼区、江苏省徐州市鼓楼区、福建省福州市鼓楼区、河南省开封市鼓楼区"


def read(organ: str, text: str = "认真开展工作。", end: str = "", year: int = 2023, **more: Any) -> Identity:
    page = f"{organ}{year}年政府信息公开工作年度报告\n{BODY.format(text=text)}{end}"
    return identify(read_narrative([TextLine(text=line) for line in page.split("\n")], load_form()), **more)


def said(identity: Identity) -> list[str]:
    return [notice.code for notice in identity.notices if notice.code.startswith(("region", "place"))]


def test_name_that_carries_its_place_needs_nothing_else() -> None:
    identity = read("南京市鼓楼区财政局", "赴徐州市学习。")
    assert (identity.organ.region, identity.organ.region_code) == ("江苏省南京市鼓楼区", "320106")
    assert (identity.meta["meta.region_confidence"], said(identity)) == (1.0, [])


def test_district_of_many_cities_is_asked_where_the_document_names_none() -> None:
    identity = read("鼓楼区财政局")
    (notice,) = [notice for notice in identity.notices if notice.code == "region_ambiguous"]
    assert notice.params == {"place": "鼓楼区", "count": 4, "candidates": GULOU}
    assert (identity.organ.region, identity.organ.region_code) == ("鼓楼区", None)
    assert identity.organ.candidates[2] == "福建省福州市鼓楼区财政局"
    assert identity.meta["meta.region_confidence"] == 0.0


@pytest.mark.parametrize(
    ("word", "more"),
    [
        ("南京市", {"title": "鼓楼区财政局2023年政府信息公开工作年度报告_南京市鼓楼区人民政府"}),
        ("南京市", {"origin": Origin(site="南京市鼓楼区人民政府门户网站")}),
        ("南京市", {"file_name": "南京市鼓楼区财政局年报.pdf"}),
        ("www.nanjing.gov.cn", {"origin": Origin(url="https://www.nanjing.gov.cn/glq/1.html")}),
    ],
)
def test_site_title_and_file_name_settle_the_place_and_it_is_said(word: str, more: dict[str, Any]) -> None:
    identity = read("鼓楼区财政局", **more)
    (notice,) = [notice for notice in identity.notices if notice.code == "region_from_text"]
    assert notice.params == {"place": "鼓楼区", "word": word, "region": "江苏省南京市鼓楼区"}
    assert (identity.organ.name, identity.organ.region) == ("鼓楼区财政局", "江苏省南京市鼓楼区")
    assert identity.meta["meta.region_confidence"] == 0.9


def test_city_named_in_the_text_settles_the_place_with_less_confidence() -> None:
    identity = read("鼓楼区财政局", "按照福州市人民政府的部署，认真开展工作。")
    assert (identity.organ.region, said(identity)) == ("福建省福州市鼓楼区", ["region_from_text"])
    assert identity.meta["meta.region_confidence"] == 0.8


def test_two_cities_in_the_text_settle_nothing() -> None:
    identity = read("鼓楼区财政局", "赴福州市、开封市学习。")
    assert (identity.organ.region_code, said(identity)) == (None, ["region_ambiguous"])


def test_site_is_trusted_before_the_text() -> None:
    identity = read("鼓楼区财政局", "赴福州市学习。", origin=Origin(site="开封市鼓楼区人民政府"))
    assert identity.organ.region == "河南省开封市鼓楼区"


def test_foot_of_the_page_counts_as_the_site() -> None:
    identity = read("鼓楼区财政局", "赴福州市学习。", end="主办：徐州市鼓楼区人民政府办公室")
    assert (identity.organ.region, identity.meta["meta.region_confidence"]) == ("江苏省徐州市鼓楼区", 0.9)


def test_province_settles_the_place_only_where_no_other_candidate_lies_in_it() -> None:
    assert read("鼓楼区财政局", "按照福建省的规定。").organ.region == "福建省福州市鼓楼区"
    assert read("鼓楼区财政局", "按照江苏省的规定。").organ.region_code is None


def test_organ_settled_by_the_text_has_the_id_of_its_full_name() -> None:
    identity = read("鼓楼区财政局", "按照福州市人民政府的部署。")
    assert id_of(identity.organ) == organ_id("福建省福州市鼓楼区财政局")
    assert id_of(read("鼓楼区财政局").organ) == organ_id("鼓楼区财政局")


@pytest.mark.parametrize(
    ("organ", "signature", "region"),
    [
        ("川主乡", "大竹县川主乡人民政府", "四川省达州市大竹县川主乡"),
        ("财政局", "淮安市财政局", "江苏省淮安市"),
        ("鼓楼区财政局", "徐州市鼓楼区财政局", "江苏省徐州市鼓楼区"),
        ("市教育局", "淮安市教育局", "江苏省淮安市"),
    ],
)
def test_fuller_name_in_the_signature_gives_the_place(organ: str, signature: str, region: str) -> None:
    identity = read(organ, end=f"{signature}\n2024年1月20日")
    assert (identity.organ.name, identity.organ.region, said(identity)) == (organ, region, [])
    assert identity.meta["meta.region_confidence"] == 0.95
    assert id_of(identity.organ) == organ_id(signature)


def test_town_without_county_is_settled_by_the_site() -> None:
    identity = read("螅镇", origin=Origin(site="佳县人民政府门户网站"))
    assert (identity.organ.name, identity.organ.region) == ("螅镇", "陕西省榆林市佳县螅镇")
    assert (said(identity), identity.meta["meta.region_confidence"]) == (["region_from_text"], 0.9)
    assert id_of(identity.organ) == organ_id("佳县螅镇人民政府")


def test_town_found_once_is_proposed_and_not_taken() -> None:
    identity = read("螅镇")
    assert (identity.organ.region, identity.organ.region_code, said(identity)) == ("螅镇", None, ["region_proposed"])
    assert identity.organ.candidates == ("陕西省榆林市佳县螅镇人民政府",)


def test_town_of_many_counties_is_asked_or_settled_by_the_text() -> None:
    assert said(read("城关镇")) == ["region_ambiguous"]
    assert len(read("城关镇").organ.candidates) > 50
    assert (
        read("城关镇", "在望都县政府办的指导下，认真开展工作。").organ.region_code is None
    )  # a county with no 城关镇 speaks for none
    assert read("城关镇", "在紫阳县委的领导下，认真开展工作。").organ.region == "陕西省安康市紫阳县城关镇"


@pytest.mark.parametrize("text", ["镇党委和县委召开县级会议，传达县委精神。", "公安县级部门。"])
def test_county_of_two_characters_is_not_read_out_of_other_words(text: str) -> None:
    assert said(read("西埠镇", text)) == ["region_proposed"]  # 和县's


def test_town_that_is_not_in_the_county_of_the_site_is_proposed_there_first() -> None:
    identity = read("云水镇", origin=Origin(site="佳县人民政府门户网站"))
    assert (identity.organ.region_code, said(identity)) == (None, ["region_proposed"])
    assert identity.organ.candidates == ("陕西省榆林市佳县云水镇人民政府", "山西省忻州市原平市云水镇人民政府")


def test_organ_without_place_is_proposed_at_the_site() -> None:
    identity = read("综合行政执法局", origin=Origin(site="佳县人民政府门户网站"))
    assert (identity.organ.region_code, said(identity)) == (None, ["region_proposed"])
    assert identity.organ.candidates == ("陕西省榆林市佳县综合行政执法局",)


def test_organ_without_any_place_is_asked() -> None:
    identity = read("综合行政执法局")
    assert (said(identity), identity.organ.candidates) == (["region_missing"], ())


@pytest.mark.parametrize("organ", ["宿迁市沐阳县财政局", "沐阳县财政局"])
def test_misread_place_keeps_its_print_and_names_the_likely_one(organ: str) -> None:
    identity = read(organ)
    (notice,) = [notice for notice in identity.notices if notice.code == "place_misprinted"]
    assert notice.params == {"place": "沐阳县", "near": "江苏省宿迁市沭阳县"}
    assert (identity.organ.name, identity.organ.region_code) == (organ, None)


def test_place_the_text_spells_rightly_is_the_likely_one() -> None:
    identity = read("沭阴县财政局", "沭阳县财政局认真开展工作。")
    (notice,) = [notice for notice in identity.notices if notice.code == "place_misprinted"]
    assert notice.params["near"] == "江苏省宿迁市沭阳县"


def test_place_in_no_table_is_said() -> None:
    assert said(read("某某县财政局")) == ["place_unknown"]


def test_place_abolished_before_the_report_year_is_no_candidate() -> None:
    assert read("新市区财政局", year=2023).organ.region == "新疆维吾尔自治区乌鲁木齐市新市区"
    assert said(read("新市区财政局", year=2012)) == ["region_ambiguous"]


def test_place_abolished_long_before_the_report_year_is_said() -> None:
    identity = read("宁波市江东区财政局", year=2022)
    (notice,) = [notice for notice in identity.notices if notice.code == "place_abolished"]
    assert notice.params == {"place": "江东区", "until": 2016, "year": 2022}
    assert said(read("宁波市江东区财政局", year=2016)) == []


@pytest.mark.parametrize("organ", ["示例市财政局", "海关总署", "新疆生产建设兵团财政局"])
def test_nothing_is_asked_where_there_is_no_place_to_know(organ: str) -> None:
    assert said(read(organ)) == []
