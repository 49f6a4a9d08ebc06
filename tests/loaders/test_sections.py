"""Sections where headings are missing, reworded, cut, numbered otherwise or stand among things that are no part of the report."""

from __future__ import annotations

import pytest

from loaders.grid import TextLine
from loaders.narrative import Narrative, read_narrative
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Source

SIX = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
HEADS = {f"s{number}": title for number, title in enumerate(SIX, 1)}


def read(*lines: str) -> Narrative:
    return read_narrative([TextLine(text=line) for line in lines], load_form())


def parts(narrative: Narrative) -> list[tuple[str, str, str]]:
    return [(part.section, part.title, part.text) for part in narrative.sections]


def keys(narrative: Narrative) -> list[str]:
    return [part.section for part in narrative.sections]


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("一、概述", "s1"),
        ("一、基本情况", "s1"),
        ("一、工作开展情况", "s1"),
        ("一、政府信息公开工作总体情况", "s1"),
        ("二、主动公开工作情况", "s2"),
        ("二、主动发布信息情况", "s2"),
        ("三、政府信息依申请公开办理情况", "s3"),
        ("三、收到和处理政府信息公开的申请情况", "s3"),
        ("三、申请公开政府信息办理情况", "s3"),
        ("四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "s4"),
        ("四、复议、诉讼和申诉情况", "s4"),
        ("四、行政复议及诉讼情况", "s4"),
        ("五、存在问题及整改措施", "s5"),
        ("五、工作中存在的不足和下一步打算", "s5"),
        ("五、困难和今后工作计划", "s5"),
        ("五、改进措施", "s5"),
        ("六、需要说明的其他事项", "s6"),
        ("六、其它事项", "s6"),
        ("四、收费及减免情况", ""),
        ("五、政府信息公开咨询处理情况", ""),
        ("六、人员和收支情况", ""),
        ("七、附表", ""),
    ],
)
def test_a_reworded_heading_is_told_by_its_words(title: str, section: str) -> None:
    number = "一二三四五六七".index(title[0])
    narrative = read(*SIX[:number], title, "说明。", *([] if number else SIX[1:]))
    assert (section, title) in [(part.section, part.title) for part in narrative.sections]


@pytest.mark.parametrize(
    ("line", "title", "text"),
    [
        ("一、总体情况。2023年，我局认真落实条例。", "一、总体情况", "2023年，我局认真落实条例。"),
        ("一、总体情况：2023年，我局认真落实条例。", "一、总体情况", "2023年，我局认真落实条例。"),
        ("一、总体情况　2023年，我局认真落实条例。", "一、总体情况", "2023年，我局认真落实条例。"),
        ("一、总体情况2023年，我局认真落实条例。", "一、总体情况", "2023年，我局认真落实条例。"),
        ("一、工作开展情况：2023年，我局认真落实条例。", "一、工作开展情况", "2023年，我局认真落实条例。"),
        ("一、概述。（一）主动公开。全年公开信息5条。", "一、概述", "（一）主动公开。全年公开信息5条。"),
    ],
)
def test_a_heading_that_runs_into_its_paragraph_is_parted_from_it(line: str, title: str, text: str) -> None:
    narrative = read(line, "二、主动公开政府信息情况")
    assert parts(narrative) == [("s1", title, text), ("s2", "二、主动公开政府信息情况", "")]


def test_the_list_of_contents_in_the_first_sentence_is_no_heading() -> None:
    narrative = read("本报告由一、总体情况；二、主动公开政府信息情况；三、其他等部分组成。", *SIX)
    assert len(narrative.preamble) == 1
    assert keys(narrative) == ["s1", "s2", "s3", "s4", "s5", "s6"]


def test_a_heading_over_two_lines_is_one() -> None:
    narrative = read(
        *SIX[:4], "五、政府信息公开工作存在的主要问题及改", "进情况", "不够及时。", "六、", "其他需要报告的事项", "无。"
    )
    assert parts(narrative)[-2:] == [
        ("s5", "五、政府信息公开工作存在的主要问题及改进情况", "不够及时。"),
        ("s6", "六、其他需要报告的事项", "无。"),
    ]


NUMBERINGS = [
    "（一）|（二）|（三）|（四）|（五）|（六）",
    "1.|2.|3.|4.|5.|6.",
    "第一部分 |第二部分 |第三部分 |第四部分 |第五部分 |第六部分 ",
    "一．|二．|三．|四．|五．|六．",
    "一 、|二 、|三 、|四 、|五 、|六 、",
    "⼀、|⼆、|三、|四、|五、|六、",
]


@pytest.mark.parametrize("marks", NUMBERINGS)
def test_other_ways_of_numbering(marks: str) -> None:
    titles = [f"{mark}{title[2:]}" for mark, title in zip(marks.split("|"), SIX, strict=True)]
    narrative = read(*(line for title in titles for line in (title, "说明。")))
    assert keys(narrative) == ["s1", "s2", "s3", "s4", "s5", "s6"]
    assert {part.text for part in narrative.sections} == {"说明。"}


def test_bracketed_headings_inside_section_one_are_no_sections() -> None:
    narrative = read(SIX[0], "（一）主动公开情况", "甲。", "（二）依申请公开情况", "乙。", *SIX[1:])
    assert narrative.text_of("s1") == "（一）主动公开情况\n甲。\n（二）依申请公开情况\n乙。"
    assert keys(narrative) == ["s1", "s2", "s3", "s4", "s5", "s6"]


def test_prose_below_the_table_of_disputes_is_section_five_where_its_heading_is_missing() -> None:
    text = "一年来，工作取得一定成效，但仍存在一些问题和不足：一是公开不够及时。"
    narrative = read(*SIX[:4], "本年度没有行政复议。", text, "下一步，我局将加强培训。", SIX[5], "无。")
    assert parts(narrative)[3:] == [
        ("s4", SIX[3], "本年度没有行政复议。"),
        ("s5", "", f"{text}\n下一步，我局将加强培训。"),
        ("s6", SIX[5], "无。"),
    ]
    assert narrative.found == ("s1", "s2", "s3", "s4", "s6")
    (notice,) = narrative.notices
    assert (notice.code, notice.params["ordinal"], notice.params["percent"]) == ("section_by_content", "五", 80)
    assert "五、存在的主要问题及改进情况" in Labels("zh").notice(notice)
    assert "80%" in Labels("en").notice(notice)


def test_no_section_is_placed_by_words_where_its_heading_stands() -> None:
    narrative = read(*SIX[:4], "存在的主要问题是公开不够及时。", SIX[4], "见上。", SIX[5], "无。")
    assert narrative.text_of("s4") == "存在的主要问题是公开不够及时。"
    assert narrative.notices == ()


def test_closing_words_are_section_six_where_its_heading_is_missing() -> None:
    narrative = read(*SIX[:5], "公开不够及时。", "本年度未收取信息处理费，没有其他需要报告的事项。")
    assert parts(narrative)[4:] == [
        ("s5", SIX[4], "公开不够及时。"),
        ("s6", "", "本年度未收取信息处理费，没有其他需要报告的事项。"),
    ]


def test_an_older_report_keeps_the_parts_the_form_does_not_have_apart() -> None:
    narrative = read(
        "一、概述", "甲。", "二、主动公开政府信息情况", "乙。", "三、依申请公开政府信息情况", "丙。",
        "四、政府信息公开的收费及减免情况", "丁。",
        "五、因政府信息公开申请行政复议、提起行政诉讼的情况", "戊。",
        "六、存在的主要问题及改进措施", "己。", "七、需要说明的事项与附表", "庚。",
    )  # fmt: skip
    assert [(part.section, part.text) for part in narrative.sections] == [
        ("s1", "甲。"), ("s2", "乙。"), ("s3", "丙。"), ("", "丁。"), ("s4", "戊。"), ("s5", "己。"), ("", "庚。")
    ]  # fmt: skip
    assert narrative.found == ("s1", "s2", "s3", "s4", "s5")


def test_parts_between_the_sections_are_counted_on() -> None:
    narrative = read(
        "一、总体情况", "甲。", "二、工作机制保障", "乙。", "三、主动公开工作情况", "丙。",
        "四、政府信息公开申请情况", "丁。", "五、政府信息管理", "戊。",
        "一、主动公开政府信息情况", "二、收到和处理政府信息公开申请情况",
        "三、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "己。",
    )  # fmt: skip
    assert keys(narrative) == ["s1", "", "s2", "s3", "", "s4", "s5"]


def test_a_list_begun_anew_inside_a_section_stays_in_it() -> None:
    narrative = read(*SIX[:5], "一、创新性做法", "甲。", "二、加强培训", "乙。", "六、建立台账", "丙。", SIX[5], "无。")
    assert narrative.text_of("s5") == "一、创新性做法\n甲。\n二、加强培训\n乙。\n六、建立台账\n丙。"


def test_a_heading_that_lost_its_number_counts_where_it_belongs() -> None:
    narrative = read(*SIX[:4], "存在的主要问题及改进情况", "不够及时。", SIX[5], "存在的主要问题及改进情况见上。")
    assert narrative.text_of("s5") == "不够及时。"
    assert keys(narrative) == ["s1", "s2", "s3", "s4", "s5", "s6"]


def test_a_heading_cut_off_at_the_end_of_the_file_begins_nothing() -> None:
    assert keys(read(*SIX[:4], "五、存在的主")) == ["s1", "s2", "s3", "s4"]


@pytest.mark.parametrize("line", ["附件：2023年统计表.xls", "附表：政府信息公开情况统计表", "附件1：", "相关附件：", "附件下载"])
def test_what_is_attached_is_no_part_of_section_six(line: str) -> None:
    narrative = read(*SIX, "无。", line, "指标名称")
    assert parts(narrative)[-2:] == [("s6", SIX[5], "无。"), ("", line, "指标名称")]


@pytest.mark.parametrize(
    "line",
    ["版权所有：示例市人民政府", "示ICP备12345678号", "主办单位：示例市人民政府办公室 承办：大数据局",
     "【打印】 【关闭】", "扫一扫在手机打开当前页", "分享到：",
     "上一篇：没有了", "网站地图 | 联系我们", "责任编辑：张三"],
)  # fmt: skip
def test_the_portal_below_the_report_is_no_part_of_section_six(line: str) -> None:
    narrative = read(*SIX, "无。", "示例市教育局", "2024年1月20日", line, "首页", "网站标识码：0000000000")
    assert narrative.text_of("s6") == "无。\n示例市教育局\n2024年1月20日"


def test_a_sentence_that_speaks_of_printing_stays() -> None:
    narrative = read(*SIX, "设置查阅点，提供查阅、打印和申请指导服务。", "无其他事项。")
    assert narrative.text_of("s6") == "设置查阅点，提供查阅、打印和申请指导服务。\n无其他事项。"


def test_contents_without_page_numbers_name_every_section_once_more() -> None:
    narrative = read("目录", *SIX, SIX[0], "甲。", *SIX[1:4], SIX[4], "乙。", SIX[5], "无。")
    assert [(part.section, part.text) for part in narrative.sections] == [
        ("s1", "甲。"), ("s2", ""), ("s3", ""), ("s4", ""), ("s5", "乙。"), ("s6", "无。")
    ]  # fmt: skip


def page(number: int, *lines: tuple[str, float, float]) -> list[TextLine]:
    """Lines of a page as (text, left, top) in letters of 16 points; the right end follows from the length."""
    return [
        TextLine(
            text=text,
            source=Source(page=number, bbox=(74 + 16 * left, 80 + 28 * top, 74 + 16 * (left + len(text)), 96 + 28 * top)),
        )
        for text, left, top in lines
    ]


def test_lines_of_a_page_are_joined_by_their_margins() -> None:
    lines = [
        *page(1, ("一、总体情况", 2, 0), ("二〇二三年我局坚持以公开为常态不公开为例外把握好各项要求", 2, 1)),
        *page(1, ("认真落实条例规定，工作取得新的成效并得到社会各界肯定。其中第", 0, 2), ("（一）项规定的信息全部公开。", 0, 3)),
        *page(1, ("主动公开的内容更加丰富，形式更加多样，渠道更加便捷高效。", 2, 4), ("全年没有遗漏。", 0, 5)),
        *page(1, ("（二）依申请公开。全年共收到申请三十件，全部在规定期限内答复完", 2, 6)),
        *page(2, ("毕，没有超期。", 0, 0), ("六、其他需要报告的事项", 2, 1), ("无。", 2, 2)),
    ]
    narrative = read_narrative(lines, load_form())
    assert narrative.text_of("s1").split("\n") == [
        "二〇二三年我局坚持以公开为常态不公开为例外把握好各项要求"
        "认真落实条例规定，工作取得新的成效并得到社会各界肯定。其中第（一）项规定的信息全部公开。",
        "主动公开的内容更加丰富，形式更加多样，渠道更加便捷高效。全年没有遗漏。",
        "（二）依申请公开。全年共收到申请三十件，全部在规定期限内答复完毕，没有超期。",
    ]


def test_paragraphs_set_apart_without_indent_are_not_joined() -> None:
    lines = [
        *page(
            1,
            ("一、总体情况", 0, 0),
            ("市政府办公厅代表市政府共受理政府信息公开申请八百五十九件，", 0, 1.6),
            ("均已答复。", 0, 2.6),
        ),
        *page(1, ("门户网站公开的各类信息涵盖规划计划、财政预算、重大项目建设等", 0, 4.2), ("以及公共资源配置等领域", 0, 5.8)),
        *page(1, ("（三）政府信息管理方面", 0, 7.4), ("二、主动公开政府信息情况", 0, 9)),
    ]
    assert read_narrative(lines, load_form()).text_of("s1").split("\n") == [
        "市政府办公厅代表市政府共受理政府信息公开申请八百五十九件，均已答复。",
        "门户网站公开的各类信息涵盖规划计划、财政预算、重大项目建设等",
        "以及公共资源配置等领域",
        "（三）政府信息管理方面",
    ]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    head = "示例市教育局2023年政府信息公开工作年度报告"
    pages = [
        page(number, (f"{head}", 4, 0), (text, 0, 1), (f"{number} / 4", 20, 20))
        for number, text in enumerate(("一、总体情况", "做了工作。", "二、主动公开政府信息情况", "见表。"), 1)
    ]
    narrative = read_narrative([line for lines in pages for line in lines], load_form())
    assert (narrative.preamble, parts(narrative)) == (
        (head,),
        [("s1", "一、总体情况", "做了工作。"), ("s2", "二、主动公开政府信息情况", "见表。")],
    )


def test_whole_paragraphs_are_never_joined() -> None:
    lines = [TextLine(text=text, source=Source(line=number)) for number, text in enumerate((SIX[0], "甲" * 80, "乙" * 80), 1)]
    assert read_narrative(lines, load_form(), whole_paragraphs=True).text_of("s1").count("\n") == 1
    assert read_narrative(lines, load_form()).text_of("s1").count("\n") == 0
