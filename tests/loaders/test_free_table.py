"""Reports of 2008–2013: tables in no official form are kept line by line as found and mapped to nothing."""

from __future__ import annotations

from loaders import html, text
from loaders.layout import lay_out
from loaders.read import read_report
from ogi.form import load_form
from ogi.labels import LANGS, Labels


def read(*lines: str):
    return lay_out(text.read("\n".join(lines).encode(), "a.txt"), load_form())


def found(laid):
    return [(row.label, row.unit, row.values, row.heads) for row in laid.free_rows]


def test_indicator_unit_and_two_columns_of_values_are_kept_with_their_heads():
    laid = read(
        "附表：政府信息公开情况统计",
        "指标名称\t单位\t2009年度\t历年累计",
        "主动公开文件数\t条\t120\t560",
        "其中：1.政府网站公开数\t条\t110\t500",
        "收到申请总数\t条\t3\t",
        "收取费用\t元\t0.5\t20",
    )
    heads = ("2009年度", "历年累计")
    assert found(laid) == [
        ("主动公开文件数", "条", ("120", "560"), heads),
        ("其中:1.政府网站公开数", "条", ("110", "500"), heads),
        ("收到申请总数", "条", ("3", ""), heads),
        ("收取费用", "元", ("0.5", "20"), heads),
    ]
    assert (laid.tables, laid.cells) == ({}, {})
    assert [notice.code for notice in laid.notices] == ["no_official_form"]
    assert [line.text for line in laid.prose] == ["附表：政府信息公开情况统计"]


def test_coded_rows_with_the_values_of_the_period_and_the_year_are_kept():
    """Gansu: the heads and each cell in lines of their own, numbers of columns below the heads."""
    rows = [
        ("主动公开信息数", "条", "01", "12", "45"),
        ("网站专栏页面访问量", "人次", "05", "300", "900"),
        ("行政复议数", "件", "32", "0", "1"),
    ]
    laid = read(
        "指标名称", "计量单位", "代码", "本期实际", "本年累计", "甲", "乙", "丙", "1", "2",
        *(f"{cell} |" for row in rows for cell in row),
    )  # fmt: skip
    heads = ("代码", "本期实际", "本年累计")
    assert found(laid)[-3:] == [(label, unit, tuple(values), heads) for label, unit, *values in rows]


def test_a_table_of_a_page_is_kept_in_both_halves():
    table = [
        ["项目", "单位", "数量"] * 2,
        ["公开总数", "条", "9", "申请总数", "件", "2"],
        ["咨询", "人次", "5", "诉讼", "件", "0"],
    ]
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
    laid = lay_out(html.read(f"<html><body><p>附</p><table>{rows}</table></body></html>".encode(), "a.html"), load_form())
    assert [(row.label, row.unit, row.values) for row in laid.free_rows] == [
        ("公开总数", "条", ("9",)), ("咨询", "人次", ("5",)), ("申请总数", "件", ("2",)), ("诉讼", "件", ("0",)),
    ]  # fmt: skip


def test_tables_of_other_things_are_no_free_rows():
    laid = read(
        "索引号\t12345", "名称\t某局年报", "电话\t62318000", "姓名\t职务\t人数", "张三\t局长\t1", "李四\t科长\t2", "王五\t科员\t3"
    )
    assert laid.free_rows == ()


def test_a_report_in_the_official_form_has_no_free_rows():
    laid = read(
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "规章\t1\t2\t3", "行政规范性文件\t4\t5\t6",
        "", "项目\t单位\t数量", "来访\t人\t3", "来信\t件\t4", "来电\t次\t5",
    )  # fmt: skip
    assert laid.free_rows == ()
    assert laid.cells["rules.issued"].value == 1


def test_a_report_of_2009_is_a_report_and_says_what_its_table_is():
    lines = ("示例市教育局2009年政府信息公开工作年度报告", "一、概述", "全年公开信息120条。", "指标名称\t单位\t数量")
    rows = ("主动公开信息数\t条\t120", "依申请公开数\t件\t3", "行政复议数\t件\t0")
    report = read_report("\n".join((*lines, *rows)).encode(), "a.txt")
    assert report.report_year == 2009
    assert [row.values for row in report.free_rows] == [("120",), ("3",), ("0",)]
    assert report.tables == {}
    (notice,) = (notice for notice in report.notices if notice.code == "no_official_form")
    assert all("3" in Labels(lang).notice(notice) for lang in LANGS)


def test_a_local_table_in_a_report_whose_tables_are_lost_is_not_taken_for_an_older_form():
    laid = read(
        "二、主动公开政府信息情况",
        "项目\t单位\t数量",
        "网站公开\t条\t120",
        "微信公开\t条\t30",
        "微博公开\t条\t5",
        "三、收到和处理政府信息公开申请情况",
        "（见附件图片）",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
    )
    assert laid.free_rows == ()
    assert {table.status for table in laid.tables.values()} == {"missing"}
    assert [notice.code for notice in laid.notices][-2:] == ["section_elsewhere", "section_empty"]
