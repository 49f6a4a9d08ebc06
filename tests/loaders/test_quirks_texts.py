"""What crawlers make of tables in texts: lines run together, cells glued, blanks in lines of their own, heads in another order.

The request table used here adds up, so that sums can prove an order; its figures are in ``conftest.py``.
"""

from __future__ import annotations

import pytest

SECTION = "三、收到和处理政府信息公开申请情况"
NEXT = "四、政府信息公开行政复议、行政诉讼情况"
TOTAL_THIRD = ("自然人", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def states(laid, row):
    return [reading.state for key, reading in laid.cells.items() if key.startswith(f"applications.{row}.")]


def with_tabs(row):
    return ["\t".join((*row.heading, row.label, *row.numbers))]


def with_blanks(row):
    return ["  ".join((row.label, *row.numbers))]


def with_bars(row):
    return [f"{row.label} | {' | '.join(row.numbers)} |"]


# --- heads ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("style", "parting"), [(with_tabs, "\t"), (with_blanks, " "), (with_bars, " | ")])
def test_two_rows_of_heads_written_as_one_shift_no_value(read_text, balanced, balanced_values, style, parting):
    """自然人 and 总计 stand above 商业企业 … on the page; the values keep the order of the page."""
    laid = read_text(SECTION, parting.join(TOTAL_THIRD), *(part for row in balanced for part in style(row)), NEXT)
    assert values(laid) == balanced_values


def test_values_in_the_printed_order_of_the_heads_are_read_by_it(read_text, balanced, balanced_values):
    heads = "\t".join(("项目", "总计", "自然人", *TOTAL_THIRD[2:]))
    rows = ["\t".join((row.label, row.numbers[6], *row.numbers[:6])) for row in balanced]
    assert values(read_text(SECTION, heads, *rows, NEXT)) == balanced_values


def test_heads_out_of_order_without_a_proof_by_sums_leave_the_values_unread(read_text):
    laid = read_text(
        SECTION, "\t".join(TOTAL_THIRD), "（一）予以公开\t5\t1\t1\t0\t0\t0\t9", "（二）部分公开\t1\t0\t0\t0\t0\t0\t3"
    )
    assert values(laid) == {}
    assert set(states(laid, "granted")) == {"unreadable"}


# --- lines ------------------------------------------------------------------------------------------------------------------


def test_tables_of_the_second_section_in_a_line_each_are_read(read_text):
    laid = read_text(
        "第二十条第（一）项 信息内容 本年制发件数 本年废止件数 现行有效件数 规章 0 0 0 行政规范性文件 3（其中修订 1 件） 1 29",
        "第二十条第（五）项 信息内容 本年处理决定数量 行政许可 39",
        "第二十条第（六）项 信息内容 本年处理决定数量 行政处罚 5 行政强制 6",
        "第二十条第（八）项 信息内容 本年收费金额（单位：万元） 行政事业性收费 1.5",
    )
    found = {key: str(value) for key, value in values(laid).items() if value}
    assert found == {
        "normative_documents.issued": "3",
        "normative_documents.repealed": "1",
        "normative_documents.in_force": "29",
        "licensing.decisions": "39",
        "penalty.decisions": "5",
        "coercion.decisions": "6",
        "fees.amount_wan_yuan": "1.5",
    }
    assert laid.cells["normative_documents.issued"].remark == "其中修订 1 件"


def test_the_table_of_disputes_in_one_line_is_read(read_text):
    heads = "结果维持 结果纠正 其他结果 尚未审结 总计"
    laid = read_text(f"行政复议 行政诉讼 {heads} 未经复议直接起诉 复议后起诉 {heads} {heads} 1 2 3 4 10 0 0 0 0 0 5 0 0 1 6")
    totals = {key: value for key, value in values(laid).items() if key.endswith("total")}
    assert totals == {
        "reconsideration.total": 10,
        "litigation_direct.total": 0,
        "litigation_after_reconsideration.total": 6,
    }


def test_one_value_per_line_needs_neither_section_nor_heads(read_text, balanced, balanced_values):
    """A page excerpt that begins inside the table."""
    rows = [row for row in balanced if row.key.startswith(("unable", "not_processed"))]
    laid = read_text("2024年公开工作年报", *(part for row in rows for part in (row.label, *row.numbers)), "附件下载")
    assert values(laid) == {k: v for k, v in balanced_values.items() if ".unable" in k or ".not_processed" in k}


@pytest.mark.parametrize("blank", ["&nbsp; |", " |", "|"])
def test_blanks_in_lines_of_their_own_keep_their_place(read_text, balanced, blank):
    """Every row has seven lines behind its label, with and without a number: the total of the outcome rows is blank."""
    lines = []
    for row in balanced:
        numbers = [f"{number} |" if number != "0" else blank for number in row.numbers]
        if row.group or row.key.startswith(("denied", "unable", "partially")):
            numbers[6] = blank
        lines += [*(f"{head} |" for head in row.heading), f"{row.label} |", *numbers]
    laid = read_text(SECTION, *lines, NEXT)
    assert laid.cells["applications.granted.natural_person"].value == 12
    assert laid.cells["applications.granted.legal_service_organisation"].value == 1
    assert laid.cells["applications.granted.total"].state == "blank"
    assert laid.cells["applications.unable_not_held.social_welfare_organisation"].value == 1
    assert laid.cells["applications.received.total"].value == 37
    assert set(states(laid, "denied_state_secret")) == {"blank"}


def test_blanks_that_were_dropped_shift_nothing(read_text, balanced):
    lines = [part for row in balanced for part in (*row.heading, row.label, *(n for n in row.numbers if n != "0"))]
    laid = read_text(SECTION, *lines, NEXT)
    assert values(laid) == {}
    assert set(states(laid, "granted")) == {"unreadable"}


# --- glued cells ------------------------------------------------------------------------------------------------------------


def test_digits_run_together_are_parted_where_one_way_alone_adds_up(read_text):
    laid = read_text(
        SECTION,
        "自然人法人或其他组织总计",
        "商业企业科研机构社会公益组织法律服务机构其他",
        "一、本年新收政府信息公开申请数量3000003",
        "二、上年结转政府信息公开申请数量0000000",
        "三、本年度办理结果（一）予以公开12200501202",
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）9100010",
        "1.属于国家秘密1111116",
    )
    assert values(laid)["applications.received.natural_person"] == 3
    assert laid.cells["applications.received.total"].doubts == ("glued_digits",)
    assert laid.cells["applications.carried_in.total"].rule == "glued_zeros"
    assert [laid.cells[f"applications.partially_granted.{c}"].value for c in ("natural_person", "total")] == [None, None]
    assert laid.cells["applications.denied_state_secret.total"].value == 6
    assert set(states(laid, "granted")) == {"unreadable"}
