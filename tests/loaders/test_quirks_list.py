"""The quirks of real reports, one document each: what is printed is read, and where nothing is printed nothing comes out.

Quirks with a file of their own: values apart from their labels, misprints, texts run together, absent tables.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from loaders import html, text
from loaders.layout import lay_out
from loaders.read import read_report
from ogi.form import load_form

OLD_DOCS = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t0\t0\t0\n规范性文件\t2\t1\t9"
NEW_DOCS = "信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t3\t1\t25"
ITEMS = "信息内容\t上一年项目数量\t本年增/减\t处理决定数量"
REQUESTS = "三、收到和处理政府信息公开申请情况"
DISPUTES = "四、政府信息公开行政复议、行政诉讼情况"
HEADS = "自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计"


def read(*lines: str):
    return lay_out(text.read("\n".join(lines).encode(), "a.txt"), load_form())


def page(body: str):
    return lay_out(html.read(f"<html><body>{body}</body></html>".encode(), "a.html"), load_form())


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def row(laid, name):
    return [reading.value for key, reading in laid.cells.items() if key.startswith(f"{name}.")]


def states(laid, name):
    return {reading.state for key, reading in laid.cells.items() if key.startswith(f"{name}.")}


# --- layout against year ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("docs", "year", "edition"), [(OLD_DOCS, 2022, "gf2019"), (NEW_DOCS, 2020, "gf2021")])
def test_the_edition_is_that_of_the_labels_and_not_of_the_year(docs, year, edition):
    report = read_report(f"示例市教育局{year}年政府信息公开工作年度报告\n一、总体情况\n无。\n{docs}".encode(), "a.txt")
    assert (report.report_year, report.tables["t2_art20_1"].edition) == (year, edition)


def test_a_row_the_organ_left_out_is_missing_and_not_zero():
    laid = read("第二十条第（五）项", ITEMS, "行政许可\t8\t+5\t93")
    assert row(laid, "licensing") == [8, 5, 93]
    assert states(laid, "other_services") == {"missing_page"}


def test_a_row_the_organ_left_blank_is_blank_and_not_zero():
    laid = read("第二十条第（五）项", ITEMS, "行政许可\t8\t+5\t93", "其他对外管理服务事项\t\t\t")
    assert row(laid, "licensing") == [8, 5, 93]
    assert states(laid, "other_services") == {"blank"}


# --- headers and labels -------------------------------------------------------------------------------------------------------


def test_short_names_and_cut_heads_are_understood():
    laid = read("信息内容\t本年制发件\t本年废止件\t现行有效件", "规章\t0\t0\t0", "规范性文件\t3\t1\t25")
    assert row(laid, "normative_documents") == [3, 1, 25]
    assert laid.tables["t2_art20_1"].edition == "gf2021"


def test_blanks_inside_captions_labels_and_heads_are_nothing():
    laid = read("第二十条 第 （六） 项", "信 息 内 容\t本年处理 决定数量", "行 政 处 罚\t5", "行政 强制\t6")
    assert values(laid) == {"penalty.decisions": 5, "coercion.decisions": 6}


def test_a_table_without_its_caption_and_one_without_the_word_before_the_number_are_read():
    laid = read(OLD_DOCS, "第二十条(五)项", ITEMS, "行政许可\t1\t0\t0", "其他对外管理服务事项\t2\t+2\t114")
    assert row(laid, "normative_documents") == [2, 1, 9]
    assert row(laid, "other_services") == [2, 2, 114]


def test_notes_before_and_below_tables_are_prose():
    laid = read(
        "二、主动公开政府信息情况", "该部分以表格形式报告。表格如下：", "第二十条第（一）项", NEW_DOCS,
        DISPUTES, "行政复议 行政诉讼", "0 1 0 2 3 0 0 0 0 0 0 0 0 0 0", "注：含上年度结转 2 件。", "五、存在的主要问题及改进情况",
    )  # fmt: skip
    assert row(laid, "reconsideration") == [0, 1, 0, 2, 3]
    prose = [line.text for line in laid.prose]
    assert "该部分以表格形式报告。表格如下：" in prose
    assert "注：含上年度结转 2 件。" in prose


def test_the_last_row_alone_on_a_page_is_no_heading():
    laid = read("- 9 -", "四、结转下年度继续办理 1 0 0 0 0 0 1", DISPUTES, "无。")
    assert values(laid)["applications.carried_over.total"] == 1
    assert [line.text for line in laid.prose] == [DISPUTES, "无。"]


# --- cells --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["", "\u3000", "&nbsp;", "?", "<o:p> </o:p>", "<span> </span>"])
def test_blank_columns_of_organisations_are_blank(blank):
    """Every row shows natural persons and the total; a page keeps the columns, however it writes its blanks."""
    heads = "<tr><td>项目</td>" + "".join(f"<td>{head}</td>" for head in HEADS.split("\t")) + "</tr>"
    cells = f"<td>7</td>{f'<td>{blank}</td>' * 5}<td>7</td>"
    laid = page(f"<p>{REQUESTS}</p><table>{heads}<tr><td>（一）予以公开</td>{cells}</tr></table>")
    assert row(laid, "applications.granted") == [7, None, None, None, None, None, 7]
    assert laid.cells["applications.granted.commercial_enterprise"].state == "blank"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("7\t1\t0\t0\t0\t0\t", [7, 1, 0, 0, 0, 0, None]),
        ("\t\t\t\t\t\t8", [None] * 6 + [8]),
        ("\t\t\t\t\t\t", [None] * 7),
        ("3\t-\t／\t—\t无\t不适用\t3", [3, None, None, None, None, None, 3]),
    ],
)
def test_blank_totals_lone_totals_and_marks_are_kept_as_they_are(numbers, expected):
    heads = "".join(f"<td>{head}</td>" for head in HEADS.split("\t"))
    cells = "".join(f"<td>{number}</td>" for number in numbers.split("\t"))
    table = f"<table><tr><td>项目</td>{heads}</tr><tr><td>（一）予以公开</td>{cells}</tr></table>"
    assert row(page(f"<p>{REQUESTS}</p>{table}"), "applications.granted") == expected


def test_a_table_delivered_empty_gives_nothing():
    laid = read("第二十条第（一）项", NEW_DOCS.replace("\t0", "\t").replace("\t3\t1\t25", "\t\t\t"))
    assert values(laid) == {}
    assert states(laid, "rules") == {"blank"}


@pytest.mark.parametrize(
    ("printed", "change"), [("+1036", 1036), ("＋30", 30), ("-2", -2), ("减4", -4), ("減3", -3), ("增加2项", 2), ("0", 0)]
)
def test_changes_keep_their_sign(printed, change):
    assert row(read("第二十条第（六）项", ITEMS, f"行政处罚\t90\t{printed}\t22"), "penalty") == [90, change, 22]


def test_a_remark_in_a_cell_stays_beside_its_number():
    laid = read(NEW_DOCS.replace("\t3\t1\t25", "\t22（其中修订 16 件）\t55（含自然失效 29 件）\t140"))
    assert row(laid, "normative_documents") == [22, 55, 140]
    assert laid.cells["normative_documents.repealed"].remark == "含自然失效 29 件"


@pytest.mark.parametrize(
    ("head", "printed", "value", "unit"),
    [
        ("采购总金额", "251000元", "251000", "元"),
        ("采购总金额", "160.5964万元", "160.5964", "万元"),
        ("采购总金额", "1035000", "1035000", None),
        ("采购总金额", "52.15", "52.15", None),
        ("采购总金额（万元）", "52.15", "52.15", "万元"),
        ("采购总金额（单位：元）", "8040", "8040", "元"),
        ("采购总金额（万元）", "8040元", "8040", "元"),
    ],
)
def test_amounts_keep_their_decimals_and_the_unit_of_the_cell_or_its_head(head, printed, value, unit):
    laid = read("第二十条第（九）项", f"信息内容\t采购项目数量\t{head}", f"政府集中采购\t6\t{printed}")
    amount = laid.cells["procurement.amount"]
    assert (str(amount.value), amount.unit, amount.raw) == (value, unit, printed)


@pytest.mark.parametrize(
    ("head", "label", "unit", "told"),
    [
        ("本年收费金额（单位：万元）", "行政事业性收费", None, False),
        ("本年收费金额（单位：元）", "行政事业性收费", "元", True),
        ("本年收费金额", "行政事业性收费（元）", "元", True),
    ],
)
def test_fees_in_another_unit_than_the_form_asks_for_are_told_and_not_converted(head, label, unit, told):
    laid = read("第二十条第（八）项", f"信息内容\t{head}", f"{label}\t59237.2449")
    fees = laid.cells["fees.amount_wan_yuan"]
    assert (fees.value, fees.unit) == (Decimal("59237.2449"), unit)
    assert any(notice.code == "unit_differs" for notice in laid.notices) is told


@pytest.mark.parametrize("printed", ["1 234", "3 8", "1,23", "12?"])
def test_digits_that_may_be_two_numbers_are_not_read(printed):
    laid = read(NEW_DOCS.replace("\t25", f"\t{printed}"))
    assert laid.cells["normative_documents.in_force"].value is None
    assert row(laid, "normative_documents")[:2] == [3, 1]


def test_implausible_figures_are_read_as_printed():
    laid = read(OLD_DOCS.replace("规章\t0\t0\t0", "规章\t33\t8\t6").replace("\t9", "\t12345678"))
    assert row(laid, "rules") == [33, 8, 6]
    assert laid.cells["normative_documents.published_total"].value == 12345678


# --- what extraction does -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", range(2, 25, 3))
def test_heads_invented_behind_a_page_end_name_no_column(balanced, balanced_values, end):
    """A converter takes the first row behind a page end for heads, or makes some up, and begins a table of its own."""
    rows = [f"| {line.group} | {line.label} | {' | '.join(line.numbers)} |" for line in balanced]
    invented = [
        "",
        "| 类别 | 事项 | 本年新收件数 | 上年结转件数 | 本年办结件数 | 甲 | 乙 | 丙 | 合计件数 |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    laid = read(REQUESTS, f"| | 项目 | {HEADS.replace(chr(9), ' | ')} |", *rows[:end], *invented, *rows[end:], DISPUTES)
    assert values(laid) == balanced_values


def test_rules_after_single_rows_and_tables_cut_into_many_change_nothing(balanced, balanced_values):
    parts = [[f"| {line.label} | {' | '.join(line.numbers)} |", f"|{'---|' * 8}", ""] for line in balanced]
    heads = f"| 项目 | {HEADS.replace(chr(9), ' | ')} |"
    headings = {line.key: [f"| {line.group} |"] if line.group else [] for line in balanced}
    lines = [text for line, part in zip(balanced, parts, strict=True) for text in (*headings[line.key], *part)]
    assert values(read(REQUESTS, heads, *lines, DISPUTES)) == balanced_values


@pytest.mark.parametrize("mark", ["- 4 -", "— 5 —", "第 5 页 共 9 页"])
@pytest.mark.parametrize("place", [3, 20, 61])
def test_page_numbers_between_rows_and_cells_are_no_values(balanced, balanced_values, mark, place):
    lines = [part for line in balanced for part in (*line.heading, line.label, *line.numbers)]
    assert values(read(REQUESTS, *lines[:place], mark, *lines[place:], DISPUTES)) == balanced_values


@pytest.mark.parametrize("row_of_numbers", ["3 | 3", "7 | 1 | 8", "7 1 8"])
def test_rows_that_lost_blanks_are_unreadable_and_not_shifted(row_of_numbers):
    laid = read(REQUESTS, f"（一）予以公开 | {row_of_numbers} |", "（二）部分公开 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |")
    assert states(laid, "applications.granted") == {"unreadable"}
    assert laid.cells["applications.partially_granted.total"].value == 1


def test_fifteen_numbers_without_heads_are_read_only_in_their_section():
    numbers = "\t".join(["1", "2", "0", "0", "3", "0", "0", "0", "0", "0", "0", "1", "0", "0", "1"])
    assert row(read(DISPUTES, numbers), "reconsideration") == [1, 2, 0, 0, 3]
    assert values(read("五、存在的主要问题及改进情况", numbers)) == {}


@pytest.mark.parametrize("count", [10, 14, 16])
def test_other_numbers_of_values_are_no_table_of_disputes(count):
    laid = read(DISPUTES, "行政复议 行政诉讼", " ".join(["0"] * count))
    assert values(laid) == {}


def test_other_tables_and_the_running_head_are_no_part_of_the_form():
    laid = read(
        "索引号\t014416330\t2023", "名称\t年度报告\t5", "", "示例市教育局 2023 年年度报告", NEW_DOCS, "", "办公电话\t62318000"
    )
    assert set(values(laid)) == {
        f"{doc}.{col}" for doc in ("rules", "normative_documents") for col in ("issued", "repealed", "in_force")
    }


def test_text_split_over_spans_and_pinyin_behind_characters_hide_no_label():
    laid = page(
        "<p>第二十條(tiáo)第（六）項(xiàng)</p><table><tr><td><span>信息</span><font>內容</font></td>"
        "<td><span>上一年專案</span><span>數(shù)量</span></td><td>本年增/減(jiǎn)</td><td>處(chǔ)理決定數(shù)量</td></tr>"
        "<tr><td>行<span>政</span>處(chǔ)罰(fá)</td><td><span>9</span><span>0</span></td><td>減3</td><td>2<font>2</font></td></tr></table>"
    )
    assert row(laid, "penalty") == [90, -3, 22]


def test_traditional_characters_taiwan_wording_and_mixtures_are_understood():
    laid = read("信息內容\t本年新製作數量\t本年新公開數量\t對外公開總數量", "規章\t0\t0\t0", "規范性檔案\t2\t2\t19")
    assert row(laid, "normative_documents") == [2, 2, 19]
