"""Sections of prose: headings as real reports write them, and what only looks like a heading."""

from __future__ import annotations

import pytest

from loaders.grid import TextLine
from loaders.headings import Headings
from loaders.narrative import Narrative, read_narrative
from ogi.form import load_form
from ogi.report import Source


def read(*lines: str) -> Narrative:
    return read_narrative([TextLine(text=line) for line in lines], load_form())


def printed(*lines: str) -> Narrative:
    return read_narrative([TextLine(text=line, source=Source(page=1)) for line in lines], load_form())


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("一、总体情况", "s1"),
        ("一、概述", "s1"),
        ("二、主动公开政府信息情况", "s2"),
        ("二、行政机关主动公开政府信息情况", "s2"),
        ("三、收到和处理政府信息公开申请情况", "s3"),
        ("三、依申请公开情况", "s3"),
        ("四、因政府信息公开工作被申请行政复议提起行政诉讼情况", "s4"),
        ("五、政府信息公开工作存在的主要问题及改进情况", "s5"),
        ("五、存在的问题及整改措施", "s5"),
        ("六、其他需要报告的事项", "s6"),
        ("第六部分 其他需要报告的事项", "s6"),
        ("⼀、总体情况", "s1"),
        ("二、主動公開政府信息情況", "s2"),
        ("二、主動(dòng)公開政府信息情況", "s2"),
    ],
)
def test_headings_are_recognised(line: str, section: str) -> None:
    assert Headings(load_form()).section_of(line) == section


@pytest.mark.parametrize(
    "line",
    [
        "四、结转下年度继续办理",
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "（一）主动公开情况",
        "一是主动公开不够及时",
        "一、创新性做法",
        "主动公开情况",
        "二、本年主动公开政府信息465条，其中网站公开142条，其余通过微信公开。",
    ],
)
def test_row_labels_and_sentences_are_no_headings(line: str) -> None:
    assert Headings(load_form()).section_of(line) is None


def test_prose_is_divided_into_sections_with_titles_as_printed() -> None:
    narrative = read(
        "某局年度报告",
        "说明。",
        "一、概述",
        "做了工作。",
        "五、存在问题及改进情况",
        "不够及时。",
        "六、其他需要报告的事项",
        "无。",
    )
    assert narrative.preamble == ("某局年度报告", "说明。")
    assert [(part.section, part.title, part.text) for part in narrative.sections] == [
        ("s1", "一、概述", "做了工作。"),
        ("s5", "五、存在问题及改进情况", "不够及时。"),
        ("s6", "六、其他需要报告的事项", "无。"),
    ]


def test_row_label_before_section_four_stays_in_section_three() -> None:
    narrative = read(
        "三、收到和处理政府信息公开申请情况", "四、结转下年度继续办理", "四、政府信息公开行政复议、行政诉讼情况", "无复议。"
    )
    assert narrative.found == ("s3", "s4")
    assert narrative.text_of("s4") == "无复议。"


def test_numbered_paragraph_inside_its_own_section_does_not_open_it_again() -> None:
    narrative = read(
        "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "一、存在问题", "少。", "二、下一步打算", "多。"
    )
    assert narrative.text_of("s5") == "一、存在问题\n少。\n二、下一步打算\n多。"


def test_tables_numbered_anew_give_a_second_part_of_the_section() -> None:
    narrative = read(
        "一、总体情况", "甲。", "二、主动公开情况", "乙。", "六、其他需要报告的事项", "无。", "一、主动公开政府信息情况", "丙。"
    )
    assert [part.section for part in narrative.sections] == ["s1", "s2", "s6", "s2"]
    assert narrative.text_of("s2") == "乙。\n丙。"
    assert narrative.found == ("s1", "s2", "s6")


def test_headings_without_numbers_count_only_where_none_is_numbered() -> None:
    bare = read("总体情况", "甲。", "主动公开政府信息情况", "乙。")
    assert bare.found == ("s1", "s2")
    mixed = read("一、总体情况", "主动公开情况", "甲。", "五、存在的主要问题及改进情况", "无。")
    assert mixed.text_of("s1") == "主动公开情况\n甲。"


def test_sections_in_one_paragraph_are_parted() -> None:
    line = "一、总体情况 做了工作。 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 "
    narrative = read(line + "四、政府信息公开行政复议、行政诉讼情况 无。")
    assert [(part.section, part.text) for part in narrative.sections] == [
        ("s1", "做了工作。"),
        ("s2", ""),
        ("s3", ""),
        ("s4", "无。"),
    ]


def test_printed_lines_are_joined_to_paragraphs_and_page_numbers_left_out() -> None:
    narrative = printed(
        "一、总体情况",
        "2024年，我市坚持以人民为中心的发展思想，按照省委省政府的决策部署和",
        "- 1 -",
        "市委工作要求，圆满完成了各项任务。",
        "（一）主动公开情况。市政府网站主动公开各类政府信息五千五百余条，",
        "制作公报6期。",
        "六、其他需要报告的事项",
        "无。",
        "示例市人民政府",
        "2025年3月1日",
    )
    assert narrative.text_of("s1").split("\n") == [
        "2024年，我市坚持以人民为中心的发展思想，按照省委省政府的决策部署和市委工作要求，圆满完成了各项任务。",
        "（一）主动公开情况。市政府网站主动公开各类政府信息五千五百余条，制作公报6期。",
    ]
    assert narrative.text_of("s6") == "无。\n示例市人民政府\n2025年3月1日"


def test_paragraphs_of_pages_and_word_files_stay_as_they_are() -> None:
    narrative = read("一、总体情况", "这一段没有句号但是在原文中自成一段并且足够长", "这是下一段。")
    assert narrative.text_of("s1").count("\n") == 1


def test_radicals_of_pdf_printers_become_ordinary_characters() -> None:
    narrative = printed("⼀、总体情况", "认真贯彻《中华⼈⺠共和国政府信息公开条例》。")
    assert narrative.sections[0].title == "一、总体情况"
    assert narrative.sections[0].text == "认真贯彻《中华人民共和国政府信息公开条例》。"


@pytest.mark.parametrize("mark", ["……………1", "......1", " 1", ""])
def test_table_of_contents_opens_no_section(mark: str) -> None:
    contents = [f"{title}{mark}" for title in ("一、总体情况", "二、主动公开政府信息情况", "六、其他需要报告的事项")]
    narrative = read(
        "目录", *contents, "一、总体情况", "甲。", "二、主动公开政府信息情况", "乙。", "六、其他需要报告的事项", "无。"
    )
    assert [(part.section, part.text) for part in narrative.sections] == [("s1", "甲。"), ("s2", "乙。"), ("s6", "无。")]
