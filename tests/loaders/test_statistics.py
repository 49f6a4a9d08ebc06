"""The statistical form of 2014–2018 in the shapes pages and texts give it, with figures typed beside the key of each row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from loaders import html, text
from loaders.layout import lay_out
from loaders.read import read_report
from ogi.checks.engine import check_report
from ogi.export import report_to_dict, to_csv
from ogi.facts import build_facts
from ogi.form import load_form
from ogi.library import entry_from

FORM = """|一、主动公开情况|——|——
proactive_total|（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）|条|465
proactive_docs|其中：主动公开规范性文件数|条|12
docs_issued|制发规范性文件总数|件|14
|（二）通过不同渠道和方式公开政府信息的情况|——|——
ch_gazette|1．政府公报公开政府信息数|条|0
ch_website|2．政府网站公开政府信息数|条|400
ch_weibo|3．政务微博公开政府信息数|条|30
ch_wechat|4．政务微信公开政府信息数|条|35
ch_other|5．其他方式公开政府信息数|条|
|二、回应解读情况|——|——
responses|（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）|次|2
|（二）通过不同渠道和方式回应解读的情况|——|——
press_conf|1．参加或举办新闻发布会总次数|次|1
press_conf_head|其中：主要负责同志参加新闻发布会次数|次|1
online_talk|2．政府网站在线访谈次数|次|3
online_talk_head|其中：主要负责同志参加政府网站在线访谈次数|次|1
interpretations|3．政策解读稿件发布数|篇|5
social_responses|4．微博微信回应事件数|次|6
other_responses|5．其他方式回应事件数|次|7
|三、依申请公开情况|——|——
received|（一）收到申请数|件|8
by_person|1．当面申请数|件|1
by_fax|2．传真申请数|件|0
by_net|3．网络申请数|件|5
by_mail|4．信函申请数|件|2
closed|（二）申请办结数|件|8
closed_on_time|1．按时办结数|件|7
closed_extended|2．延期办结数|件|1
answered|（三）申请答复数|件|8
ans_already_public|1．属于已主动公开范围数|件|2
ans_granted|2．同意公开答复数|件|3
ans_partial|3．同意部分公开答复数|件|1
ans_denied|4．不同意公开答复数|件|1
den_state_secret|其中：涉及国家秘密|件|0
den_trade_secret|涉及商业秘密|件|1
den_privacy|涉及个人隐私|件|0
den_security|危及国家安全、公共安全、经济安全和社会稳定|件|0
den_not_gov_info|不是《条例》所指政府信息|件|0
den_other_law|法律法规规定的其他情形|件|0
ans_not_this_organ|5．不属于本行政机关公开数|件|1
ans_not_exist|6．申请信息不存在数|件|0
ans_ask_correction|7．告知作出更改补充数|件|0
ans_other_channel|8．告知通过其他途径办理数|件|0
review_total|四、行政复议数量|件|3
review_upheld|（一）维持具体行政行为数|件|2
review_corrected|（二）被依法纠错数|件|1
review_other|（三）其他情形数|件|0
lit_total|五、行政诉讼数量|件|4
lit_upheld|（一）维持具体行政行为或者驳回原告诉讼请求数|件|3
lit_corrected|（二）被依法纠错数|件|0
lit_other|（三）其他情形数|件|1
complaints|六、举报投诉数量|件|9
request_fees_wan|七、依申请公开信息收取的费用|万元|0.15
|八、机构建设和保障经费情况|——|——
offices|（一）政府信息公开工作专门机构数|个|1
reading_points|（二）设置政府信息公开查阅点数|个|2
staff|（三）从事政府信息公开工作人员数|人|5
staff_full|1．专职人员数（不包括政府公报及政府网站工作人员数）|人|2
staff_part|2．兼职人员数|人|3
budget_wan|（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）|万元|10.5
|九、政府信息公开会议和培训情况|——|——
meetings|（一）召开政府信息公开工作会议或专题会议数|次|4
trainings|（二）举办各类培训班数|次|2
trainees|（三）接受培训人员数|人次|120"""
ROWS = [line.split("|") for line in FORM.split("\n")]
VALUES = {f"st.{key}": Decimal(value) for key, _, _, value in ROWS if key and value}
HEAD = ["统计指标", "单位", "统计数"]
TABLE = [HEAD, *(row[1:] for row in ROWS)]
HALF = len(ROWS) // 2 + 1
HALVES = [
    HEAD * 2,
    *([*left, *right] for left, right in zip(TABLE[1 : HALF + 1], [*TABLE[HALF + 1 :], ["", "", ""]], strict=False)),
]


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def codes(laid):
    return [notice.code for notice in laid.notices]


def read(*lines: str):
    return lay_out(text.read("\n".join(lines).encode(), "a.txt"), load_form())


def page(table):
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
    return lay_out(html.read(f"<html><body><p>附表</p><table>{rows}</table></body></html>".encode(), "a.html"), load_form())


def tabs(table):
    return read(*("\t".join(row) for row in table))


def bars(table):
    return read(*(f"| {' | '.join(row)} |" for row in table))


def blanks(table):
    return read(*(" ".join(filter(None, row)) for row in table))


def lines(table):
    return read(*(cell for row in table for cell in row if cell))


@pytest.mark.parametrize("table", [TABLE, HALVES], ids=["whole", "halves"])
@pytest.mark.parametrize("shape", [page, tabs, bars, blanks, lines])
def test_every_row_is_read_in_every_shape(shape, table):
    laid = shape(table)
    assert values(laid) == VALUES
    assert laid.cells["st.ch_other"].state == "blank"
    assert laid.tables["t_st2014"].edition == "st2014"
    assert list(laid.tables) == ["t_st2014"]
    assert list(laid.cells) == [cell.key for cell in load_form().editions["st2014"].tables[0].cells]


def test_a_complete_table_needs_no_notice():
    laid = page(TABLE)
    assert laid.tables["t_st2014"].status == "complete"
    assert codes(laid) == []
    assert [line.text for line in laid.prose] == ["附表"]


def test_the_same_label_is_told_apart_by_its_block():
    laid = page([row for row in TABLE if "维持" not in row[0]])
    keys = ("review_corrected", "review_other", "lit_corrected", "lit_other")
    assert [laid.cells[f"st.{key}"].value for key in keys] == [1, 0, 0, 1]


def test_the_same_label_is_not_guessed_where_no_block_is_open():
    after = next(i for i, row in enumerate(TABLE) if row[0].startswith("六、"))
    laid = page([HEAD, ["（二）被依法纠错数", "件", "4"], *TABLE[after:]])
    assert {laid.cells[f"st.{key}"].state for key in ("review_corrected", "lit_corrected")} == {"missing_page"}
    assert laid.cells["st.complaints"].value == 9


def test_units_in_the_labels_and_other_wordings_are_understood():
    laid = read(
        "政府信息公开情况统计表",
        "统计指标\t统计数",
        "主动公开政府信息总数（单位：条）\t465",
        "政府门户网站公开政府信息数（条）\t400",
        "收到申请总数（件）\t8",
        "网上申请数（件）\t5",
        "行政复议数（件）\t3",
        "维持具体行政行为或驳回原告诉讼请求数（件）\t2",
        "依申请公开政府信息收取的费用（单位：元）\t1500",
        "接受培训人次\t120",
    )
    assert {key.removeprefix("st."): int(value) for key, value in values(laid).items()} == {
        "proactive_total": 465, "ch_website": 400, "received": 8, "by_net": 5, "review_total": 3, "lit_upheld": 2,
        "request_fees_wan": 1500, "trainees": 120,
    }  # fmt: skip
    assert laid.cells["st.request_fees_wan"].unit == "元"
    assert "unit_differs" in codes(laid)


def test_a_unit_beside_an_amount_that_is_not_that_of_the_form_is_kept_and_told():
    laid = page([[row[0], "元", "1500"] if row[0].startswith("七、") else row for row in TABLE])
    fees = laid.cells["st.request_fees_wan"]
    assert (fees.value, fees.unit) == (Decimal(1500), "元")
    assert codes(laid) == ["unit_differs"]


def test_the_figure_of_the_year_is_taken_and_not_that_of_all_years():
    laid = page([["统计指标", "单位", "本年度", "历年累计"], *([*row, "7777" if row[2] else ""] for row in TABLE[1:])])
    assert values(laid) == VALUES


def test_two_figures_under_unknown_heads_are_unreadable():
    laid = page([["统计指标", "单位", "甲", "乙"], *([*row, "7777"] for row in TABLE[1:] if row[2])])
    assert values(laid) == {}
    assert laid.cells["st.received"].state == "unreadable"
    assert "row_unclear" in codes(laid)


def test_rows_a_province_added_are_kept_outside_the_form():
    place = next(i for i, row in enumerate(TABLE) if row[0].startswith("二、"))
    added = [["主动公开财政预决算信息数", "条", "31"], ["政务服务热线办理数", "件", "2"]]
    laid = page([*TABLE[:place], *added, *TABLE[place:]])
    assert values(laid) == VALUES
    assert [(row.label, row.values) for row in laid.local_rows] == [(label, (number,)) for label, _, number in added]
    assert set(codes(laid)) == {"row_not_in_form"}


@pytest.mark.parametrize(
    ("right", "printed", "key"),
    [
        ("收到申请数", "收到申清数", "received"),
        ("3．政务微博公开", "3．政务微傅公开", "ch_weibo"),
        ("培训班数", "培训斑数", "trainings"),
    ],
)
def test_a_misprinted_label_is_read_and_told(right, printed, key):
    laid = page([[row[0].replace(right, printed), *row[1:]] for row in TABLE])
    assert values(laid) == VALUES
    assert laid.cells[f"st.{key}"].doubts == ("label_misprinted",)
    assert codes(laid) == ["label_misprinted"]


def test_missing_rows_are_missing_and_not_zero():
    laid = page([row for row in TABLE if "传真" not in row[0]])
    assert laid.cells["st.by_fax"].state == "missing_page"
    assert laid.tables["t_st2014"].status == "partial"
    assert codes(laid) == ["table_incomplete"]


def test_a_page_number_between_the_lines_is_no_value():
    table = [cell for row in TABLE for cell in row if cell]
    assert values(read(*table[:40], "- 4 -", *table[40:])) == VALUES


def test_a_report_of_2016_is_read_from_its_bytes():
    words = ("示例市教育局2016年政府信息公开工作年度报告", "一、概述", "全年主动公开政府信息465条。")
    report = read_report("\n".join((*words, *("\t".join(row) for row in TABLE))).encode(), "a.txt")
    assert (report.report_year, report.tables["t_st2014"].edition) == (2016, "st2014")
    assert report.value("st.received") == 8
    assert {notice.code for notice in report.notices} & {"table_missing", "section_empty", "sections_missing"} == set()


def test_its_figures_go_the_whole_way_to_facts_and_exports():
    lines = ("示例市教育局2016年政府信息公开工作年度报告", *("\t".join(row) for row in TABLE))
    report = read_report("\n".join(lines).encode(), "a.txt")
    findings = check_report(report, load_form())
    assert [finding.check for finding in findings if finding.is_problem and finding.severity == "error"] == []
    entry = entry_from(report, findings, collection="uploads")
    frame = build_facts([entry], "uploads").values
    assert (frame["st.received"].iloc[0], frame["st.request_fees_wan"].iloc[0]) == (8, 0.15)
    assert frame["applications.received.total"].isna().all()
    assert "st.received" in to_csv([report]).decode("utf-8-sig")
    assert report_to_dict(report)["cells"]["st.lit_other"]["value"] == 1
