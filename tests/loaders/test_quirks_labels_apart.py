"""Texts in which labels and numbers of the request table stand apart: above, below, behind, in two blocks, or without labels.

Order alone is accepted only where count and sums leave no other reading, and then every value is marked.
"""

from __future__ import annotations

import pytest

SECTION = "三、收到和处理政府信息公开申请情况"
HEADS = (
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） 申请人情况",
    "自然人 法人或其他组织 总计",
    "商业企业 科研机构 社会公益组织 法律服务机构 其他",
)
NEXT = "四、政府信息公开行政复议、行政诉讼情况"


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def codes(laid):
    return [notice.code for notice in laid.notices if notice.code not in ("table_missing", "section_empty")]


def marks(laid):
    return {(r.rule, r.confidence, r.doubts, r.is_marked) for r in laid.cells.values() if r.value is not None}


PROVEN = {("order_proven", 0.8, ("order_proven",), True)}


def line(row):
    return " ".join(row.numbers)


def above(row):
    return [*row.heading, row.label, line(row)]


def below(row):
    return [line(row), *row.heading, row.label]


def behind(row):
    return [*row.heading, f"{line(row)} {row.label}"]


def one_by_one(row):
    return [*row.heading, row.label, *row.numbers]


def barred(row):
    return [f"{part} |" for part in (*row.heading, row.label, *row.numbers)]


def with_group_in_the_line(row):
    return [" ".join((*row.heading, row.label, *row.numbers))]


@pytest.mark.parametrize("style", [above, one_by_one, barred, with_group_in_the_line])
def test_values_behind_or_under_their_label_are_read_without_a_mark(read_text, balanced, balanced_values, style):
    laid = read_text(SECTION, *HEADS, *(part for row in balanced for part in style(row)), NEXT)
    assert values(laid) == balanced_values
    assert not any(reading.is_marked for reading in laid.cells.values())


@pytest.mark.parametrize("style", [below, behind])
def test_values_above_or_before_their_label_are_read_and_marked(read_text, balanced, balanced_values, style):
    laid = read_text(SECTION, *HEADS, *(part for row in balanced for part in style(row)), NEXT)
    assert values(laid) == balanced_values
    assert marks(laid) == PROVEN
    assert codes(laid) == ["placed_by_order"]


@pytest.mark.parametrize("per_line", [True, False])
def test_all_labels_and_then_all_numbers_are_read_and_marked(read_text, balanced, balanced_values, per_line):
    numbers = [line(row) for row in balanced] if per_line else [number for row in balanced for number in row.numbers]
    laid = read_text(SECTION, *HEADS, *(part for row in balanced for part in (*row.heading, row.label)), *numbers, NEXT)
    assert values(laid) == balanced_values
    assert marks(laid) == PROVEN


@pytest.mark.parametrize("parting", ["\n", " "])
def test_175_numbers_without_labels_are_read_and_marked(read_text, balanced, balanced_values, parting):
    laid = read_text(SECTION, parting.join(number for row in balanced for number in row.numbers), NEXT)
    assert values(laid) == balanced_values
    assert marks(laid) == PROVEN
    assert laid.tables["t3_requests"].edition == "gf2021"
    assert [row.text for row in laid.prose] == [SECTION, NEXT]


def test_161_numbers_are_the_table_of_2019(read_text, balanced, balanced_values):
    """The three rows of （六） add up to one: 1 1 0 0 0 0 2."""
    rows = [row.numbers for row in balanced if not row.key.startswith("other_")]
    rows.insert(20, ["1", "1", "0", "0", "0", "0", "2"])
    laid = read_text(SECTION, *(number for row in rows for number in row), NEXT)
    expected = {key: value for key, value in balanced_values.items() if not key.startswith("applications.other_")}
    assert laid.tables["t3_requests"].edition == "gf2019"
    found = values(laid)
    handling = {key: found.pop(key) for key in list(found) if ".other_handling." in key}
    assert found == expected
    assert list(handling.values()) == [1, 1, 0, 0, 0, 0, 2]


@pytest.mark.parametrize("lost", ["1", "0"])
def test_174_numbers_are_no_table(read_text, balanced, lost):
    numbers = [number for row in balanced for number in row.numbers]
    numbers.remove(lost)
    laid = read_text(SECTION, *numbers, NEXT)
    assert values(laid) == {}


def test_175_numbers_that_do_not_add_up_are_no_table(read_text, balanced):
    numbers = [number for row in balanced for number in row.numbers]
    laid = read_text(SECTION, "5", *numbers[:-1], NEXT)
    assert values(laid) == {}


def test_numbers_taken_column_by_column_are_not_read_row_by_row(read_text, balanced):
    numbers = [row.numbers[column] for column in range(7) for row in balanced]
    assert values(read_text(SECTION, *numbers, NEXT)) == {}


def lost_sub_labels(balanced, group="denied_"):
    return [
        part for row in balanced for part in (*row.heading, *([] if row.key.startswith(group) else [row.label]), *row.numbers)
    ]


def test_56_numbers_behind_the_head_of_a_group_are_its_rows(read_text, balanced, balanced_values):
    laid = read_text(SECTION, *HEADS, *lost_sub_labels(balanced), NEXT)
    assert values(laid) == balanced_values
    marked = {key for key, reading in laid.cells.items() if reading.is_marked}
    assert marked == {key for key in balanced_values if ".denied_" in key}
    assert codes(laid) == ["placed_by_order"]


def test_56_numbers_are_not_read_where_the_table_is_cut_off_behind_them(read_text, balanced):
    """Nothing tells whether the text goes on; the sums of the whole table cannot be asked."""
    lines = lost_sub_labels(balanced)
    laid = read_text(SECTION, *HEADS, *lines[: lines.index("（四）无法提供")])
    assert not [key for key in values(laid) if ".denied_" in key]
    assert laid.cells["applications.denied_state_secret.total"].state == "unreadable"
    assert laid.cells["applications.granted.total"].value == 15


def test_55_numbers_behind_the_head_of_a_group_are_not_read(read_text, balanced):
    lines = lost_sub_labels(balanced)
    del lines[lines.index("（三）不予公开") + 1]
    laid = read_text(SECTION, *HEADS, *lines, NEXT)
    assert not [key for key in values(laid) if ".denied_" in key]
    assert "values_without_label" in codes(laid)


def test_labels_lost_in_every_group_are_told_by_the_rows_around(read_text, balanced, balanced_values):
    lines = [
        part for row in balanced for part in (*row.heading, *([row.label] if not row.label[0].isdigit() else []), *row.numbers)
    ]
    laid = read_text(SECTION, *HEADS, *lines, NEXT)
    assert values(laid) == balanced_values
    assert laid.cells["applications.other_misc.commercial_enterprise"].is_marked
    assert not laid.cells["applications.granted.total"].is_marked


def test_a_whole_section_in_one_line_is_read(read_text, balanced, balanced_values):
    text = " ".join(part for row in balanced for part in (*row.heading, row.label, *row.numbers))
    laid = read_text(f"一、总体情况 2023年，我局收到申请 37 件。 {SECTION} {' '.join(HEADS)} {text} {NEXT} 无。")
    assert values(laid) == balanced_values
    prose = [row.text for row in laid.prose]
    assert prose[-2:] == [NEXT, "无。"]
    assert "2023年，我局收到申请 37 件。" in " ".join(prose)


def test_a_sentence_with_numbers_is_no_row(read_text):
    laid = read_text("二、主动公开政府信息情况", "第二十条第（五）项", "全年办理 行政许可 39 件，行政处罚 5 件。")
    assert values(laid) == {}
    assert [row.text for row in laid.prose][-1] == "全年办理 行政许可 39 件，行政处罚 5 件。"


def test_scraps_of_labels_set_over_many_lines_hide_no_label(read_text):
    """The text of a PDF: the head of a group stands to the left of its rows, in pieces; values beside the second line."""
    laid = read_text(
        SECTION,
        *HEADS,
        "三 （二）部分公开（区分处理的，只计这一",
        "、 情形，不计其他情形） 2 0 0 0 0 0 2",
        "本",
        "年 1.属于国家秘密 1 0 0 0 0 0 1",
        "（四）无 1.本机关不掌握相关政府信息 3 0 0 0 0 0 3",
        "法提供 2.没有现成信息需要另行制作 4 0 0 0 0 0 4",
        "（六）其",
        "2.申请人逾期未按收费通知要",
        "他处理 求缴纳费用、行政机关不再处 5 0 0 0 0 0 5",
        "理其政府信息公开申请",
        "3.其他 6 0 0 0 0 0 6",
    )
    rows = {key.split(".")[1]: value for key, value in values(laid).items() if key.endswith("total")}
    assert rows == {
        "partially_granted": 2,
        "denied_state_secret": 1,
        "unable_not_held": 3,
        "unable_need_creation": 4,
        "other_fee_unpaid": 5,
        "other_misc": 6,
    }


def test_a_row_of_a_text_that_does_not_add_up_is_marked(read_text):
    laid = read_text(SECTION, *HEADS, "（一）予以公开 7 0 0 0 0 0 8", "（二）部分公开 1 0 0 0 0 0 1")
    assert laid.cells["applications.granted.natural_person"].doubts == ("sum_differs",)
    assert not laid.cells["applications.partially_granted.total"].is_marked


def test_reworded_headings_open_and_close_the_tables(read_text, balanced, balanced_values):
    laid = read_text(
        "三、依申请公开的申请情况",
        *(" ".join((*row.heading, row.label, *row.numbers)) for row in balanced),
        "四、因政府信息公开工作被申请复议和诉讼的情况",
        "0 1 0 0 1 0 0 0 0 0 0 0 0 0 0",
        "五、工作中存在的不足及整改措施",
        "3",
    )
    disputes = {"reconsideration.corrected": 1, "reconsideration.total": 1}
    assert {key: value for key, value in values(laid).items() if value} == {
        key: value for key, value in (balanced_values | disputes).items() if value
    }


def test_small_tables_follow_the_request_table_that_proves_values_above_their_labels(read_text, balanced, balanced_values):
    small = (
        "第二十条第（一）项", "信息内容 本年制发件数 本年废止件数 现行有效件数", "0 0 0", "规章", "3 1 25", "行政规范性文件",
        "第二十条第（六）项", "信息内容 本年处理决定数量", "17", "行政处罚", "6", "行政强制",
    )  # fmt: skip
    laid = read_text(*small, SECTION, *HEADS, *(part for row in balanced for part in below(row)), NEXT)
    expected = {
        "rules.issued": 0, "rules.repealed": 0, "rules.in_force": 0,
        "normative_documents.issued": 3, "normative_documents.repealed": 1, "normative_documents.in_force": 25,
        "penalty.decisions": 17, "coercion.decisions": 6,
    }  # fmt: skip
    assert values(laid) == expected | balanced_values
    assert marks(laid) == PROVEN


@pytest.mark.parametrize("lost", ["17", "行政处罚"])
def test_a_small_table_that_does_not_come_out_even_is_not_read(read_text, balanced, lost):
    small = ["第二十条第（六）项", "信息内容 本年处理决定数量", "17", "行政处罚", "6", "行政强制"]
    small.remove(lost)
    laid = read_text(*small, SECTION, *HEADS, *(part for row in balanced for part in below(row)), NEXT)
    assert {key: value for key, value in values(laid).items() if "decisions" in key} == {}


def test_values_above_their_labels_are_not_given_to_the_next_label_without_a_proof(read_text):
    laid = read_text("第二十条第（六）项", "信息内容 本年处理决定数量", "17", "行政处罚", "6", "行政强制", "三、其他")
    assert values(laid) == {}
    assert {laid.cells[f"{row}.decisions"].state for row in ("penalty", "coercion")} == {"unreadable"}
