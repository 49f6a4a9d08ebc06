"""Labels misprinted, or misread by a crawler's OCR, by one or two characters: read by likeness inside their group, and told."""

from __future__ import annotations

import pytest

from ogi.form import load_form
from ogi.labels import LANGS, Labels

SECTION = "三、收到和处理政府信息公开申请情况"
HEADS = ("自然人 法人或其他组织 总计", "商业企业 科研机构 社会公益组织 法律服务机构 其他")
NEXT = "四、政府信息公开行政复议、行政诉讼情况"


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def told(laid, code):
    return [(notice.params["text"], notice.params["label"]) for notice in laid.notices if notice.code == code]


def in_a_line(row):
    return [*row.heading, " ".join((row.label, *row.numbers))]


def one_by_one(row):
    return [*row.heading, row.label, *row.numbers]


def with_bars(row):
    return [f"| {row.group} | {row.label} | {' | '.join(row.numbers)} |"]


@pytest.mark.parametrize(
    ("right", "printed"),
    [
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("4.保护第三方合法权益", "4.保护第三方合法杈益"),
        ("2.重复申请", "2.重夏申请"),
        ("（一）予以公开", "（一）子以公开"),
        ("一、本年新收政府信息公开申请数量", "一、本年新牧政府信息公开申请数量"),
        ("6.属于四类过程性信息", "6.属于凹类过程信息"),
        ("四、结转下年度继续办理", "四、结转下年度继续办埋"),
    ],
)
@pytest.mark.parametrize("style", [in_a_line, one_by_one, with_bars])
def test_a_misprinted_row_is_read(read_text, balanced, balanced_values, right, printed, style):
    lines = [part.replace(right, printed) for row in balanced for part in style(row)]
    assert sum(printed in part for part in lines) == 1
    laid = read_text(SECTION, *HEADS, *lines, NEXT)
    assert values(laid) == balanced_values
    assert told(laid, "label_misprinted") or told(laid, "placed_by_order")


@pytest.mark.parametrize("lang", LANGS)
def test_the_notice_names_the_printed_and_the_official_label(read_text, balanced, lang):
    lines = [part.replace("法律行政法规禁止公开", "法律行政止公开") for row in balanced for part in in_a_line(row)]
    laid = read_text(SECTION, *HEADS, *lines, NEXT)
    (notice,) = (notice for notice in laid.notices if notice.code == "label_misprinted")
    sentence = Labels(lang).notice(notice)
    assert "2.其他法律行政止公开" in sentence
    assert load_form().cell("applications.denied_law_prohibited.total").row.label(lang) in sentence


def test_a_short_label_is_told_by_its_ordinal_between_its_neighbours(read_text, balanced, balanced_values):
    lines = [part.replace("（七）总计", "（七）总汁") for row in balanced for part in with_bars(row)]
    laid = read_text(SECTION, *HEADS, *lines, NEXT)
    assert values(laid) == balanced_values
    assert laid.cells["applications.result_total.total"].doubts == ("label_misprinted",)


def test_a_misprinted_head_of_a_group_hides_no_row(read_text, balanced, balanced_values):
    lines = [part.replace("（四）无法提供", "（四）无法提洪") for row in balanced for part in with_bars(row)]
    assert values(read_text(SECTION, *HEADS, *lines, NEXT)) == balanced_values


def test_a_label_as_like_to_two_rows_is_none_of_them(laid_out, grid_of):
    laid = laid_out("第二十条第（六）项", grid_of("信息内容|本年处理决定数量\n行政强罚|5\n行政|6"))
    assert values(laid) == {}


@pytest.mark.parametrize("label", ["其他规范性文件", "街道规范性通告", "行政规章"])
def test_other_labels_are_no_misprints(laid_out, grid_of, label):
    laid = laid_out(grid_of(f"信息内容|本年制发件数|本年废止件数|现行有效件数\n规章|1|2|3\n{label}|4|5|6"))
    assert set(values(laid)) == {"rules.issued", "rules.repealed", "rules.in_force"}
    assert [row.label for row in laid.local_rows] == [label]


@pytest.mark.parametrize(
    ("heads", "row", "expected", "printed"),
    [
        ("本年制发件教|本年废止件数|现行有效件数", "规章|1|2|3",
         {"rules.issued": 1, "rules.repealed": 2, "rules.in_force": 3}, "本年制发件教"),
        ("本年新制怍数量|本年新公开数量|对外公开总数量", "规章|1|2|3",
         {"rules.newly_made": 1, "rules.newly_published": 2, "rules.published_total": 3}, "本年新制怍数量"),
        ("上一年项目数里|本年增/减|处理决定数量", "行政许可|1|+2|3",
         {"licensing.items_prev": 1, "licensing.items_delta": 2, "licensing.decisions": 3}, "上一年项目数里"),
        ("采购项目数量|釆购总金额", "政府集中采购|1|2", {"procurement.projects": 1, "procurement.amount": 2}, "釆购总金额"),
    ],
)  # fmt: skip
def test_a_misprinted_head_is_read_and_only_its_column_is_marked(laid_out, grid_of, heads, row, expected, printed):
    laid = laid_out(grid_of(f"信息内容|{heads}\n{row}"))
    assert values(laid) == expected
    marked = [key for key, reading in laid.cells.items() if reading.doubts == ("header_misprinted",)]
    assert len(marked) == 1
    assert [text for text, _ in told(laid, "header_misprinted")] == [printed]


def test_the_only_head_of_a_table_may_be_misprinted(laid_out, grid_of):
    laid = laid_out("第二十条第（五）项", grid_of("信息内容|本年处理决定教量\n行政许可|39"))
    assert values(laid) == {"licensing.decisions": 39}
    assert laid.cells["licensing.decisions"].is_marked


def test_misprinted_heads_and_rows_of_the_other_tables_are_read(laid_out, grid_of):
    laid = laid_out(
        grid_of("信息内容|本年处理决定数量\n行政处讨|5\n行政强制|6"),
        grid_of(
            "行政复议@5|行政诉讼@10\n结果维持@1x2|结果纠止@1x2|其他结果@1x2|尚末审结@1x2|总计@1x2|未经复议直接起诉@5|复议后起诉@5\n"
            "^|^|^|^|^|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计\n1|2|3|4|10|5|6|7|8|26|9|1|1|1|12"
        ),
    )
    assert (laid.cells["penalty.decisions"].value, laid.cells["coercion.decisions"].value) == (5, 6)
    assert laid.cells["reconsideration.corrected"].value == 2
    assert laid.cells["litigation_after_reconsideration.total"].value == 12
