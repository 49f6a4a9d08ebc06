"""The table of disputes (第四部分): fifteen values in one row under three blocks of heads."""

from __future__ import annotations

import pytest

HEADS = """行政复议@5|行政诉讼@10
结果维持@1x2|结果纠正@1x2|其他结果@1x2|尚未审结@1x2|总计@1x2|未经复议直接起诉@5|复议后起诉@5
^|^|^|^|^|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计"""
NUMBERS = "1|2|3|4|10|5|6|7|8|26|9|11|12|13|45"
SECTION = "四、政府信息公开行政复议、行政诉讼情况"
RESULTS = ("upheld", "corrected", "other_result", "pending", "total")
BLOCKS = {
    "reconsideration": (1, 2, 3, 4, 10),
    "litigation_direct": (5, 6, 7, 8, 26),
    "litigation_after_reconsideration": (9, 11, 12, 13, 45),
}
VALUES = {f"{block}.{result}": n for block, row in BLOCKS.items() for result, n in zip(RESULTS, row, strict=True)}


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def codes(laid):
    return [notice.code for notice in laid.notices if notice.code != "table_missing"]


def test_fifteen_values_in_one_row_are_read(laid_out, grid_of):
    laid = laid_out(SECTION, grid_of(f"{HEADS}\n{NUMBERS}"), "五、存在的主要问题及改进情况")
    assert values(laid) == VALUES
    assert list(laid.cells) == list(VALUES)
    assert laid.tables["t4_disputes"].status == "complete"


def test_the_table_takes_the_edition_of_the_other_tables(laid_out, grid_of):
    small = grid_of("信息内容|采购项目数量|采购总金额\n政府集中采购|6|1")
    assert laid_out(small, grid_of(f"{HEADS}\n{NUMBERS}")).tables["t4_disputes"].edition == "gf2019"


@pytest.mark.parametrize("words", ["结\\n果\\n维\\n持", "结果 维持", "結果維持"])
def test_vertical_and_parted_words_in_heads_are_understood(laid_out, grid_of, words):
    laid = laid_out(grid_of(f"{HEADS.replace('结果维持', words)}\n{NUMBERS}"))
    assert values(laid) == VALUES
    assert {reading.rule for reading in laid.cells.values()} == {""}


def test_values_on_the_next_page_are_read(laid_out, grid_of):
    assert values(laid_out(grid_of(HEADS), "- 5 -", grid_of(NUMBERS))) == VALUES


def test_an_extra_empty_column_changes_nothing(laid_out, grid_of):
    assert values(laid_out(grid_of(f"{HEADS}\n{NUMBERS}|"))) == VALUES


def test_values_without_heads_are_read_only_inside_their_section(laid_out, grid_of):
    inside = laid_out(SECTION, grid_of(NUMBERS))
    assert values(inside) == VALUES
    assert {(r.rule, r.confidence) for r in inside.cells.values()} == {("no_header", 0.9)}
    assert laid_out(grid_of(NUMBERS)).cells == {}


def test_interleaved_vertical_heads_of_a_page_text_do_not_hinder(laid_out):
    laid = laid_out(
        SECTION,
        "2020 年,未出现申请行政复议、提起行政诉讼的情况。",
        "行政复议 行政诉讼",
        "未经复议直接起诉 复议后起诉",
        "结 结 其 尚",
        "总计 果 果 他 未 总 果 果 他 未 总",
        "维 纠 结 审 计 维 纠 结 审 计",
        NUMBERS.replace("|", " "),
        "五、存在的主要问题及改进情况",
    )
    assert values(laid) == VALUES
    assert len(laid.prose) == 3


@pytest.mark.parametrize("numbers", [NUMBERS.rpartition("|")[0], NUMBERS + "|7"])
def test_fourteen_or_sixteen_values_are_never_assigned(laid_out, numbers):
    laid = laid_out(SECTION, *numbers.split("|"), "五、存在的主要问题及改进情况")
    assert values(laid) == {}
    assert {reading.state for reading in laid.cells.values()} == {"unreadable"}
    assert codes(laid) == ["row_unclear"]


def test_one_value_per_line_is_read(laid_out):
    assert values(laid_out(SECTION, "行政复议", "行政诉讼", *NUMBERS.split("|"), "五、存在的主要问题及改进情况")) == VALUES


def test_blocks_printed_as_rows_are_read_by_their_labels(laid_out, grid_of):
    text = (
        "项目|结果维持|结果纠正|其他结果|尚未审结|总计\n未经复议直接起诉|5|6|7|8|26\n"
        "行政复议|1|2|3|4|10\n复议后起诉|9|11|12|13|45"
    )
    assert values(laid_out(grid_of(text))) == VALUES


def test_results_in_another_order_than_the_form_are_not_read_by_order(laid_out, grid_of):
    heads = HEADS.replace("结果维持", "甲").replace("结果纠正", "结果维持").replace("甲", "结果纠正")
    laid = laid_out(grid_of(f"{heads}\n{NUMBERS}"))
    assert values(laid) == {}
    assert codes(laid) == ["row_unclear"]


def test_an_empty_row_of_values_is_blank(laid_out, grid_of):
    laid = laid_out(grid_of(f"{HEADS}\n{'|' * 14}"))
    assert {reading.state for reading in laid.cells.values()} == {"blank"}


@pytest.mark.parametrize("words", ["无", "无。"])
def test_words_instead_of_a_table_leave_the_table_missing(laid_out, words):
    laid = laid_out(SECTION, words, "五、存在的主要问题及改进情况")
    assert laid.tables["t4_disputes"].status == "missing"
    assert [line.text for line in laid.prose] == [SECTION, words, "五、存在的主要问题及改进情况"]


def test_values_between_the_heads_of_a_page_text_are_read_only_if_they_add_up(read_text):
    """Heads set over many lines: the order of the lines is that of the page from top to bottom, not of the form."""
    heads = ("结果", "维持", "总计", "复议后起诉")
    row = NUMBERS.split("|")
    right = read_text(SECTION, *row[:4], *heads, *row[4:], "五、存在的主要问题及改进情况")
    wrong = read_text(SECTION, *row[:3], *heads, *row[4:], row[3], "五、存在的主要问题及改进情况")
    assert values(right) == VALUES
    assert values(wrong) == {}
    assert {reading.state for reading in wrong.cells.values()} == {"unreadable"}


def test_totals_of_a_text_that_do_not_add_up_are_marked(read_text):
    laid = read_text(SECTION, "行政复议 行政诉讼", "0 1 0 0 0 0 0 0 0 0 0 0 0 0 0")
    assert laid.cells["reconsideration.corrected"].value == 1
    assert laid.cells["reconsideration.total"].value == 0
    assert {reading.doubts for reading in laid.cells.values()} == {("sum_differs",)}


def test_a_lone_page_number_is_no_table(read_text):
    laid = read_text(SECTION, "无。", "12", "五、存在的主要问题及改进情况")
    assert laid.tables["t4_disputes"].status == "missing"
    assert laid.cells == {}
