"""Organ, year, period, signature and scope, from titles and sentences as real reports print them."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.grid import TextLine
from loaders.identity import Identity, identify
from loaders.narrative import read_narrative
from loaders.origin import Origin
from ogi.form import load_form

BODY = """一、总体情况
我局认真开展工作。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
宣传不够。
六、其他需要报告的事项
无。
"""


def read(text: str, **more: Any) -> Identity:
    lines = [TextLine(text=line) for line in text.split("\n")]
    return identify(read_narrative(lines, load_form()), **more)


def codes(identity: Identity) -> list[str]:
    return [notice.code for notice in identity.notices]


@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        ("示例市教育局2020年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局2020年度政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局政府信息公开工作2020年度报告", "示例市教育局", 2020),
        ("2020年示例市教育局政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局关于2020年政府信息公开工作的年度报告", "示例市教育局", 2020),
        ("示例市教育局２０２０年政府信息公开年报", "示例市教育局", 2020),
        ("示例市教育局二〇二〇年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局二○二○年信息公开年度报告", "示例市教育局", 2020),
        ("示例市 教 育 局 2020 年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局2020年政府信息公开工作告年度报", "示例市教育局", 2020),
        ("示例市教育局2020年法治政府建设暨政府信息公开工作年度报告", "示例市教育局", 2020),
        ("2020年度法治政府建设暨政府信息公开工作年度报告", None, 2020),
        ("示例大学2019—2020学年度信息公开工作年度报告", "示例大学", 2020),
        ("2019-2020学年示例大学信息公开年度报告", "示例大学", 2020),
        (
            "中国（上海）自由贸易试验区临港新片区管理委员会2020年政府信息公开工作年度报告",
            "中国（上海）自由贸易试验区临港新片区管理委员会",
            2020,
        ),
        ("示例市教育局2020年度年度政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局\n2020年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市\n教育局\n2020年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局2020年政府信息\n公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局\n政府信息公开工作年度报告\n（2020年度）", "示例市教育局", 2020),
        ("示例市人民政府信息公开工作年度报告（2020）", "示例市人民政府", 2020),
        ("示例市教育局\n政府信息公开工作年度报告\n（2020）", "示例市教育局", 2020),
        ("示例市教育局关于印发《2020年政府信息公开工作年度报告》的通知", "示例市教育局", 2020),
        ("【政府信息公开年报】示例市教育局2020年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("首页 > 政府信息公开年报\n示例市教育局2020年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示政发〔2021〕3号\n示例市人民政府2020年政府信息公开工作年度报告", "示例市人民政府", 2020),
        ("2022年度螅镇政府信息公开工作年度报告", "螅镇", 2022),
    ],
)
def test_title_gives_organ_and_year(title: str, organ: str | None, year: int) -> None:
    identity = read(f"{title}\n{BODY}")
    assert (identity.organ.name, identity.report_year) == (organ, year)
    assert identity.meta["meta.title_year"] == year


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        ("本报告统计期限自 2020 年 1 月 1 日起至 2020 年 12 月 31 日止。", "2020-01-01", "2020-12-31"),
        ("所列数据统计期限从2019年1月1日到12月31日止。", "2019-01-01", "2019-12-31"),
        ("统计期限：2021.01.01-2021.12.31", "2021-01-01", "2021-12-31"),
        ("统计期限自2021年1月1日0时起至2021年12月31日24时止。", "2021-01-01", "2021-12-31"),
        ("统计期限自二〇二二年一月一日至二〇二二年十二月三十一日。", "2022-01-01", "2022-12-31"),
    ],
)
def test_period_sentence_gives_period_and_year(sentence: str, start: str, end: str) -> None:
    identity = read(f"示例市教育局政府信息公开工作年度报告\n{sentence}\n{BODY}")
    meta = identity.meta
    assert (meta["meta.period_start"], meta["meta.period_end"], meta["meta.period_full_year"]) == (start, end, True)
    assert identity.report_year == int(start[:4])


def test_part_of_a_year_is_noticed() -> None:
    identity = read(f"示例市水利局2019年政府信息公开工作年度报告\n统计期限为2019年5月15日至2019年12月31日。\n{BODY}")
    assert identity.meta["meta.period_full_year"] is False
    assert codes(identity) == ["period_not_full_year"]


def test_period_is_trusted_more_than_title_and_the_contradiction_is_said() -> None:
    identity = read(f"示例市教育局2020年政府信息公开工作年度报告\n统计期限自2021年1月1日起至2021年12月31日止。\n{BODY}")
    assert (identity.report_year, identity.meta["meta.title_year"]) == (2021, 2020)
    assert codes(identity) == ["years_differ"]
    assert identity.notices[0].params == {"title": 2020, "period": 2021, "followed": 2021}


def test_year_from_section_one_is_said() -> None:
    identity = read(BODY.replace("我局认真", "我局按照2008年5月1日起施行的规定，2020年认真"))
    assert identity.report_year == 2020
    assert "year_from_text" in codes(identity)


def test_year_before_publication_is_the_last_thing_the_document_tells() -> None:
    identity = read(f"发布时间：2024-01-20  来源：示例市民政局\n政府信息公开年报\n{BODY}")
    assert (identity.organ.name, identity.report_year, identity.meta["meta.publish_date"]) == ("示例市民政局", 2023, "2024-01-20")
    assert codes(identity) == ["organ_from_metadata", "year_from_publication"]


def test_file_name_is_the_last_resort_and_said() -> None:
    identity = read(BODY, file_name="示例市民政局2021年政府信息公开工作年度报告.docx")
    assert (identity.organ.name, identity.report_year) == ("示例市民政局", 2021)
    assert codes(identity) == ["organ_from_file_name", "year_from_file_name"]


def test_nothing_stated_stays_unknown() -> None:
    identity = read(BODY, file_name="report-2021.docx")
    assert (identity.organ.name, identity.report_year, identity.scope) == (None, None, "unknown")
    assert codes(identity) == ["organ_unknown", "year_unknown"]


@pytest.mark.parametrize(
    "title",
    [
        "示例市教育局2020年政府信息公开工作年度报告_政府信息公开年报_示例市人民政府",
        "示例市教育局2020年政府信息公开工作年度报告-示例市人民政府",
        "示例市人民政府-示例市教育局2020年政府信息公开工作年度报告",
        "示例市人民政府 政府信息公开年报 示例市教育局2020年政府信息公开工作年度报告",
        "示例市教育局 2020年 政府信息公开工作年度报告 | 示例市人民政府门户网站",
    ],
)
def test_the_name_of_the_portal_in_the_title_of_the_page_is_not_the_organ(title: str) -> None:
    identity = read(BODY, title=title)
    assert (identity.organ.name, identity.report_year) == ("示例市教育局", 2020)


def test_title_outside_the_body_completes_it() -> None:
    identity = read(BODY, title="示例市教育局2020年政府信息公开工作年度报告-示例市人民政府门户网站")
    assert (identity.organ.name, identity.report_year) == ("示例市教育局", 2020)


@pytest.mark.parametrize(
    "ending", ["示例市教育局\n2021年1月26日", "示例市教育局 2021年1月26日", "示例市教育局\n二〇二一年一月二十六日"]
)
def test_signature_gives_organ_and_date(ending: str) -> None:
    identity = read(f"2020年政府信息公开工作年度报告\n{BODY}{ending}")
    assert identity.organ.name == "示例市教育局"
    assert (identity.meta["meta.sign_organ"], identity.meta["meta.sign_date"]) == ("示例市教育局", "2021-01-26")


def test_title_and_signature_that_name_different_organs_are_noticed() -> None:
    identity = read(f"示例市教育局2020年政府信息公开工作年度报告\n{BODY}示例市财政局\n2021年1月26日")
    assert identity.organ.name == "示例市教育局"
    assert codes(identity) == ["organs_differ"]


@pytest.mark.parametrize(
    ("title", "signature"),
    [("示例市人民政府", "示例市人民政府办公室"), ("张店区综合行政执法局", "综合行政执法局"), ("川主乡", "大竹县川主乡人民政府")],
)
def test_short_names_and_offices_that_sign_are_no_contradiction(title: str, signature: str) -> None:
    identity = read(f"{title}（本级机关）2020年政府信息公开工作年度报告\n{BODY}{signature}\n2021年1月26日")
    assert codes(identity) == []


@pytest.mark.parametrize(
    ("title", "sentence", "scope"),
    [
        ("示例市（本级机关）2023年政府信息公开工作年度报告", "", "own"),
        ("示例市人民政府2023年政府信息公开工作年度报告", "2023年，全市共受理政府信息公开申请30件。", "region_total"),
        ("示例市人民政府2023年政府信息公开工作年度报告", "2023年，全市各级行政机关共新收政府信息公开申请30件。", "region_total"),
        ("示例市人民政府2023年政府信息公开工作年度报告", "修订全市“依申请办理示范文书”。", "unknown"),
        ("示例市教育局2023年政府信息公开工作年度报告", "", "own"),
        ("示例市云水镇人民政府2023年政府信息公开工作年度报告", "", "own"),
        ("示例市税务系统2023年政府信息公开工作年度报告", "", "system_total"),
        ("示例市公安局2023年政府信息公开工作年度报告", "本报告数据包括市局及下属分局。", "system_total"),
        ("示例市公安局2023年政府信息公开工作年度报告", "本报告数据不包括下属分局。", "own"),
        ("示例市公安局（汇总）2023年政府信息公开工作年度报告", "", "system_total"),
        ("示例市人民政府（汇总）2023年政府信息公开工作年度报告", "", "region_total"),
        ("示例市公安局（含下属单位）2023年政府信息公开工作年度报告", "", "system_total"),
        ("示例市人民政府2023年政府信息公开工作年度报告", "统计范围为全市各级行政机关。", "region_total"),
        ("示例市人民政府2023年政府信息公开工作年度报告", "本报告数据包括各县区、各部门。", "region_total"),
        ("示例市人民政府2023年政府信息公开工作年度报告", "本报告统计口径为机关本级。", "own"),
        ("示例市人民政府2023年政府信息公开工作年度报告", "本报告汇总全市数据，但不含各县。", "unknown"),
    ],
)
def test_scope_is_read_from_title_and_wording(title: str, sentence: str, scope: str) -> None:
    assert read(f"{title}\n{BODY.replace('我局认真开展工作。', sentence or '认真开展工作。')}").scope == scope


def test_unknown_scope_of_a_government_is_noticed() -> None:
    assert codes(read(f"示例市人民政府2023年政府信息公开工作年度报告\n{BODY}")) == ["scope_unknown"]


def test_office_that_signs_for_the_region_stands_for_its_government() -> None:
    text = BODY.replace("我局", "2023年，全市共收到政府信息公开申请30件，我市")
    identity = read(f"2023年政府信息公开工作年度报告\n{text}示例市人民政府办公室\n2024年3月20日")
    assert (identity.organ.kind, identity.scope) == ("government", "region_total")


@pytest.mark.parametrize(
    "sentence",
    [
        "2023年，全市共收到政府信息公开申请30件。",
        "2023年，全市新收政府信息公开申请30件。",
        "全市政府系统受理政府信息公开申请30件。",
        "全市各部门、各镇街共收到依申请公开30件。",
        "本报告由市政府办公室汇总全市各级行政机关数据编制。",
    ],
)
def test_wording_of_whole_region_is_recognised(sentence: str) -> None:
    text = BODY.replace("我局认真开展工作。", sentence)
    assert read(f"示例市人民政府2023年政府信息公开工作年度报告\n{text}").scope == "region_total"


def test_metadata_in_cells_of_their_own_are_read() -> None:
    head = "发布机构\n示例市民政局\n发布日期：\n2024年1月20日\n政府信息公开年报"
    identity = read(f"{head}\n{BODY}")
    assert (identity.organ.name, identity.meta["meta.publish_date"]) == ("示例市民政局", "2024-01-20")


def test_table_of_metadata_above_the_report_is_no_title_and_no_signature() -> None:
    table = "索引号\n014/2024-0001\n发布机构\n示例市民政局\n发布日期\n2024-01-26\n名称\n2023年政府信息公开工作年度报告"
    identity = read(f"{table}\n2023年政府信息公开工作年度报告\n{BODY}")
    assert (identity.organ.name, identity.report_year) == ("示例市民政局", 2023)
    assert (identity.meta["meta.sign_organ"], identity.meta["meta.publish_date"]) == (None, "2024-01-26")
    assert codes(identity) == ["organ_from_metadata"]


def test_way_to_the_page_names_the_organ_where_nothing_else_does() -> None:
    identity = read(f"当前位置：首页 > 部门公开 > 淮安市教育局 > 政府信息公开年报\n2023年政府信息公开工作年度报告\n{BODY}")
    assert (identity.organ.name, codes(identity)) == ("淮安市教育局", ["organ_from_metadata"])


@pytest.mark.parametrize(
    ("title", "organ"),
    [
        ("淮安市人民政府 淮安市教育局2023年政府信息公开工作年度报告", "淮安市教育局"),
        ("淮安市人民政府门户网站淮安市教育局2023年政府信息公开工作年度报告", "淮安市教育局"),
        ("淮安市人民政府国有资产监督管理委员会2023年政府信息公开工作年度报告", "淮安市人民政府国有资产监督管理委员会"),
        ("青岛市市南区人民政府香港中路街道办事处2023年政府信息公开工作年度报告", "青岛市市南区人民政府香港中路街道办事处"),
    ],
)
def test_name_of_the_site_before_the_title_is_no_part_of_the_organ(title: str, organ: str) -> None:
    assert read(f"{title}\n{BODY}").organ.name == organ


@pytest.mark.parametrize(
    "words",
    ["首页", "返回首页", "打印 关闭 ", "无障碍浏览 长者版 ", "首页 政府信息公开年报 ", "您现在的位置 首页 ", "字体 大 中 小 "],
)
def test_words_of_the_page_that_run_into_the_title_are_no_organ(words: str) -> None:
    assert read(f"{words}2020年政府信息公开工作年度报告\n" + BODY).organ.name is None
    assert read(f"{words}政府信息公开工作年度报告\n" + BODY).organ.name is None
    assert read(f"{words}示例市教育局2020年政府信息公开工作年度报告\n" + BODY).organ.name == "示例市教育局"


def test_words_that_name_no_organ_yield_to_the_signature() -> None:
    identity = read(f"工作动态2020年政府信息公开工作年度报告\n{BODY}示例市教育局\n2021年1月26日")
    assert identity.organ.name == "示例市教育局"


def test_signature_is_found_above_the_foot_of_a_page() -> None:
    foot = "\n".join(["网站地图", "联系我们", "主办：示例市人民政府办公室", "版权所有"] * 6)
    identity = read(f"2020年政府信息公开工作年度报告\n{BODY}示例市教育局\n2021年1月26日\n{foot}")
    assert (identity.meta["meta.sign_organ"], identity.meta["meta.sign_date"]) == ("示例市教育局", "2021-01-26")


@pytest.mark.parametrize(
    ("title", "organ", "year"),
    [
        ("示例市教育局二零二零年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局2O20年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局2020年政府信息公开工作年度报吿", "示例市教育局", 2020),
        ("示例市教育局2020年政务信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局2020年政府信信息公开工作年度报告", "示例市教育局", 2020),
        ("示例市教育局2020年政府信息公开年度工作报告", "示例市教育局", 2020),
        ("示例市教育局2012年政府信息公开工作总结", "示例市教育局", 2012),
        ("附件2：示例市教育局2020年政府信息公开工作年度报告", "示例市教育局", 2020),
        ("2020年政府信息公开工作年度报告（示例市教育局）", "示例市教育局", 2020),
        ("2020年度政府信息公开工作年度报告——示例市教育局", "示例市教育局", 2020),
        ("開平市農業農村局2020年政府信息公開工作年度報告", "开平市农业农村局", 2020),
        ("開(kāi)平市農(nóng)業(yè)農(nóng)村局2020年政府信息公開工作年度報(bào)告", "开平市农业农村局", 2020),
        ("乾县财政局2020年政府信息公开工作年度报告", "乾县财政局", 2020),
    ],
)
def test_misprinted_and_unusual_titles_are_read(title: str, organ: str, year: int) -> None:
    identity = read(f"{title}\n{BODY}")
    assert (identity.organ.name, identity.report_year) == (organ, year)


SIGNED = "示例市教育局\n{date}"


def test_period_left_over_from_last_year_yields_to_title_text_and_date() -> None:
    text = BODY.replace("我局认真", "2023年，我局认真")
    head = "示例市教育局2023年政府信息公开工作年度报告\n统计期限自2022年1月1日起至2022年12月31日止。"
    identity = read(f"{head}\n{text}{SIGNED.format(date='2024年1月20日')}")
    assert identity.report_year == 2023
    assert codes(identity) == ["year_outvoted", "years_differ"]
    assert identity.notices[0].params == {"wrong": 2022, "year": 2023}
    assert identity.meta["meta.year_confidence"] == 0.6


def test_title_left_over_from_last_year_yields_to_text_and_date() -> None:
    text = BODY.replace("我局认真", "2023年，我局认真")
    identity = read(f"示例市教育局2022年政府信息公开工作年度报告\n{text}{SIGNED.format(date='2024年1月20日')}")
    assert (identity.report_year, codes(identity)) == (2023, ["year_outvoted", "year_from_text"])


def test_one_other_place_alone_outvotes_nothing() -> None:
    identity = read(f"示例市教育局2022年政府信息公开工作年度报告\n{BODY.replace('我局认真', '2023年，我局认真')}")
    assert identity.report_year == 2022


def test_year_of_the_address_is_believed_before_the_date() -> None:
    origin = Origin(url="https://www.example.gov.cn/xxgkAnnualReport.jsp?area=1&fbtime=2021", published="2023-02-01")
    identity = read(f"示例市教育局政府信息公开年报\n{BODY}", origin=origin)
    assert (identity.report_year, codes(identity)) == (2021, ["year_from_address"])
    assert identity.meta["meta.source_url"] == origin.url
    assert identity.meta["meta.publish_date"] == "2023-02-01"


def test_report_signed_before_its_year_was_over_is_noticed() -> None:
    identity = read(f"示例市教育局2023年政府信息公开工作年度报告\n{BODY}{SIGNED.format(date='2023年1月20日')}")
    assert codes(identity) == ["signed_too_early"]
    assert identity.meta["meta.year_confidence"] == 0.6


def test_file_name_of_another_organ_or_year_is_noticed() -> None:
    page = f"示例市教育局2023年政府信息公开工作年度报告\n{BODY}"
    assert codes(read(page, file_name="示例市财政局2022年政府信息公开工作年度报告.pdf")) == [
        "year_differs_from_file_name",
        "organ_differs_from_file_name",
    ]
    assert codes(read(page, file_name="教育局2023年政府信息公开年报.pdf")) == []
    assert codes(read(page, file_name="scan0001.pdf")) == []


def test_publisher_that_is_another_organ_is_noticed_but_not_the_government_of_the_place() -> None:
    title = "淮安市教育局2023年政府信息公开工作年度报告"
    assert codes(read(f"发布机构：淮安市财政局\n{title}\n{BODY}")) == ["organ_differs_from_publisher"]
    for publisher in ("淮安市人民政府办公室", "淮安市教育局", "教育局", "办公室"):
        assert codes(read(f"发布机构：{publisher}\n{title}\n{BODY}")) == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("2022年，我局共收到政府信息公开申请3件。", 1),
        ("（一）2022年度，我局主动公开政府信息12条。", 1),
        ("2022年我局收到申请3件，2023年收到4件。", 0),
        ("2022年以来，我局认真开展工作。", 0),
        ("2022年结转申请1件，我局已办结。", 0),
        ("与2022年相比，我局收到的申请有所下降。", 0),
        ("2019年5月15日起施行的条例，我局认真贯彻。", 0),
        ("2023年，我局共收到政府信息公开申请3件。", 0),
    ],
)
def test_sentence_of_another_year_is_counted_and_quoted(sentence: str, found: int) -> None:
    identity = read(f"示例市教育局2023年政府信息公开工作年度报告\n{BODY.replace('我局认真开展工作。', sentence)}")
    assert identity.meta["meta.other_year_mentions"] == found
    assert codes(identity) == ["other_years_in_text"] * found


def test_confidence_follows_the_place_that_told() -> None:
    title = "示例市教育局2023年政府信息公开工作年度报告"
    period = "统计期限自2023年1月1日起至2023年12月31日止。"
    whole = read(f"{title}\n{period}\n{BODY}{SIGNED.format(date='2024年1月20日')}").meta
    assert (whole["meta.organ_confidence"], whole["meta.year_confidence"]) == (1.0, 1.0)
    alone = read(f"{title}\n{BODY}").meta
    assert (alone["meta.organ_confidence"], alone["meta.year_confidence"], alone["meta.scope_confidence"]) == (0.95, 0.9, 0.8)
    nothing = read(BODY).meta
    assert [nothing[f"meta.{of}_confidence"] for of in ("organ", "year", "scope", "region")] == [0.0, 0.0, 0.0, 0.0]
    differ = read(f"{title}\n{BODY}示例市财政局\n2024年1月26日").meta
    assert differ["meta.organ_confidence"] == 0.6


def test_date_of_publication_with_a_time_of_day_is_read() -> None:
    identity = read(f"来源:原创     发布时间:2023-01-31 13:24    浏览次数:次\n示例市教育局2022年政府信息公开年报\n{BODY}")
    assert identity.meta["meta.publish_date"] == "2023-01-31"


def test_seal_and_form_words_around_the_signature_are_no_part_of_the_name() -> None:
    identity = read(f"2020年政府信息公开工作年度报告\n{BODY}单位（盖章）：示例市教育局（公章）\n2021年1月26日")
    assert (identity.organ.name, identity.meta["meta.sign_date"]) == ("示例市教育局", "2021-01-26")
