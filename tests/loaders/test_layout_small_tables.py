"""The small tables of 第二部分: edition by labels, cut and repeated heads, captions lost, other tables around them."""

from __future__ import annotations

from decimal import Decimal

import pytest

DOCS_2021 = "信息内容|本年制发件数|本年废止件数|现行有效件数\n规章|1|2|3\n行政规范性文件|4|5|6"
DOCS_VALUES = {
    "rules.issued": 1,
    "rules.repealed": 2,
    "rules.in_force": 3,
    "normative_documents.issued": 4,
    "normative_documents.repealed": 5,
    "normative_documents.in_force": 6,
}


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def codes(laid):
    return [notice.code for notice in laid.notices if notice.code != "table_missing"]


def test_each_table_has_its_own_edition(laid_out, grid_of):
    text = """第二十条第（一）项@4
信息内容|本年新制作数量|本年新公开数量|对外公开总数量
规章|0|0|0
规范性文件|3|3|9
第二十条第（五）项@4
信息内容|本年处理决定数量@3
行政许可|31@3
第二十条第（六）项@4
信息内容|本年处理决定数量@3
行政处罚|5@3
行政强制|6@3
第二十条第（八）项@4
信息内容|本年收费金额（单位：万元）@3
行政事业性收费|1.50@3"""
    laid = laid_out(grid_of(text))
    found = {key: table.edition for key, table in laid.tables.items() if table.status == "complete"}
    assert found == {"t2_art20_1": "gf2019", "t2_art20_5": "gf2021", "t2_art20_6": "gf2021", "t2_art20_8": "gf2021"}
    assert values(laid)["normative_documents.published_total"] == 9
    assert values(laid)["coercion.decisions"] == 6
    assert str(values(laid)["fees.amount_wan_yuan"]) == "1.50"


@pytest.mark.parametrize(
    ("heads", "rule"),
    [
        ("本年新|本年新|对外公开总数量", "header_cut"),
        ("本年新制作数量|本年新制作数量|对外公开总数量", "header_repeated"),
    ],
)
def test_cut_or_repeated_heads_are_told_apart_by_their_order(laid_out, grid_of, heads, rule):
    laid = laid_out(grid_of(f"信息内容|{heads}\n规章|1|2|3\n规范性文件|4|5|6"))
    reading = laid.cells["normative_documents.newly_published"]
    assert (reading.value, reading.rule, reading.confidence) == (5, rule, 0.95)
    assert laid.cells["rules.newly_made"].value == 1


def test_columns_in_another_order_are_read_by_their_heads(laid_out, grid_of):
    laid = laid_out(grid_of("信息内容|现行有效件数|本年制发件数|本年废止件数\n规章|3|1|2\n行政规范性文件|6|4|5"))
    assert values(laid) == DOCS_VALUES


def test_a_local_column_is_left_out(laid_out, grid_of):
    laid = laid_out(grid_of("信息内容|本年制发件数|备注|本年废止件数|现行有效件数\n规章|1|77|2|3\n行政规范性文件|4|88|5|6"))
    assert values(laid) == DOCS_VALUES


def test_heads_and_rows_with_other_spans_are_read(laid_out, grid_of):
    text = "信息内容|上一年项目数量|本年增/减@2|处理决定数量\n行政处罚|7@2|-4|9\n行政强制|1@2|+2|3"
    laid = laid_out("第二十条第（六）项", grid_of(text))
    assert values(laid) == {
        "penalty.items_prev": 7,
        "penalty.items_delta": -4,
        "penalty.decisions": 9,
        "coercion.items_prev": 1,
        "coercion.items_delta": 2,
        "coercion.decisions": 3,
    }


def test_bracketed_instructions_in_heads_are_never_values(laid_out, grid_of):
    text = (
        "信息內容|上一年項目數量(指2019年事項數)|本年增/減(減用負值表示,如-8)|處理決定數量(指2020年辦件量)||\n"
        "行政處罰|90|0|22||\n行政強制|4|4|-||"
    )
    laid = laid_out("第二十條第(六)項", grid_of(text, as_text=True))
    assert (laid.cells["penalty.decisions"].value, laid.cells["coercion.items_delta"].value) == (22, 4)
    assert laid.cells["coercion.decisions"].state == "dash"


def test_tables_without_captions_are_told_apart_by_their_rows(laid_out, grid_of):
    heads = "信息内容|上一年项目数量|本年增/减|处理决定数量"
    laid = laid_out(grid_of(f"{heads}\n行政许可|1|+2|3\n{heads}\n行政处罚|7|减4|9\n行政强制|10|增1|12"))
    assert (laid.cells["licensing.items_delta"].value, laid.cells["penalty.items_delta"].value) == (2, -4)
    assert laid.cells["coercion.decisions"].value == 12


def test_a_header_alone_at_the_foot_of_a_page_serves_the_rows_on_the_next(laid_out, grid_of):
    laid = laid_out(grid_of("第二十条第（六）项@2\n信息内容|本年处理决定数量"), "- 3 -", grid_of("行政处罚|5\n行政强制|6"))
    assert values(laid) == {"penalty.decisions": 5, "coercion.decisions": 6}


def test_rows_without_any_heads_are_unreadable_where_editions_differ(laid_out, grid_of):
    laid = laid_out("第二十条第（五）项", grid_of("行政许可|1|2|3\n其他对外管理服务事项|4|5|6"))
    assert values(laid) == {}
    assert "header_lost" in codes(laid)


@pytest.mark.parametrize("as_text", [False, True])
def test_a_row_with_too_few_values_is_unreadable_and_told(laid_out, grid_of, as_text):
    laid = laid_out(grid_of(DOCS_2021.replace("规章|1|2|3", "规章|1|2"), as_text=as_text))
    assert laid.cells["rules.issued"].state == "unreadable"
    assert laid.cells["rules.issued"].raw == "1 | 2"
    assert values(laid) == {k: v for k, v in DOCS_VALUES.items() if not k.startswith("rules")}
    assert codes(laid) == ["row_unclear"]


def test_too_many_values_are_unreadable_too(laid_out, grid_of):
    laid = laid_out(grid_of(DOCS_2021.replace("规章|1|2|3", "规章|1|2|3|4"), as_text=True))
    assert laid.cells["rules.in_force"].state == "unreadable"


def test_impossible_numbers_are_text_and_told(laid_out, grid_of):
    laid = laid_out(grid_of(DOCS_2021.replace("规章|1|2|3", "规章|-3|1.5|约100")))
    assert {laid.cells[f"rules.{c}"].state for c in ("issued", "repealed", "in_force")} == {"text"}
    assert codes(laid) == ["not_a_count", "not_a_count", "not_a_number"]
    assert laid.cells["rules.issued"].raw == "-3"


def test_a_remark_and_a_unit_in_the_cell_are_kept(laid_out, grid_of):
    laid = laid_out(
        grid_of(DOCS_2021.replace("|4|", "|22（其中修订16件）|")),
        grid_of("信息内容|采购项目数量|采购总金额\n政府集中采购|6|251000元"),
    )
    assert (laid.cells["normative_documents.issued"].value, laid.cells["normative_documents.issued"].remark) == (
        22,
        "其中修订16件",
    )
    amount = laid.cells["procurement.amount"]
    assert (amount.value, amount.unit, amount.raw) == (Decimal("251000"), "元", "251000元")


def test_cells_run_together_are_parted_only_where_all_digits_are_zero(laid_out):
    laid = laid_out("信息内容本年新制作数量本年新公开数量对外公开总数量", "规章000", "规范性文件120")
    assert values(laid) == {"rules.newly_made": 0, "rules.newly_published": 0, "rules.published_total": 0}
    assert laid.cells["normative_documents.newly_made"].state == "unreadable"


def test_one_value_per_line_is_read_and_page_numbers_are_not(laid_out):
    lines = [
        "第二十条第（一）项",
        "信息内容",
        "本年新制作数量",
        "本年新公开数量",
        "对外公开总数量",
        "规章",
        "1",
        "2",
        "3",
        "规范性文件",
        "4",
        "5",
        "6",
    ]
    laid = laid_out(*lines[:9], "- 4 -", *lines[9:], "第二十条第（五）项")
    assert laid.cells["rules.published_total"].value == 3
    assert laid.cells["normative_documents.published_total"].value == 6


def test_lines_without_any_value_are_blank_unless_the_text_lost_values_elsewhere(laid_out):
    heads = ["第二十条第（一）项", "信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]
    blank = laid_out(*heads, "规章", "规范性文件")
    lost = laid_out(*heads, "规章", "0", "规范性文件")
    assert blank.cells["normative_documents.newly_made"].state == "blank"
    assert lost.cells["normative_documents.newly_made"].state == "unreadable"
    assert values(blank) == values(lost) == {}


def test_other_tables_around_the_form_are_ignored_and_stay_in_the_prose(laid_out, grid_of):
    laid = laid_out(
        grid_of("索引号|12345\n名称|某局2020年报"),
        "二、主动公开政府信息情况",
        grid_of(DOCS_2021),
        "五、存在的主要问题及改进情况",
        grid_of("行政处罚|12\n行政许可|3"),
    )
    assert values(laid) == DOCS_VALUES
    assert codes(laid) == []
    assert [line.text for line in laid.prose] == [
        "索引号", "12345", "名称", "某局2020年报", "二、主动公开政府信息情况", "五、存在的主要问题及改进情况",
        "行政处罚", "12", "行政许可", "3",
    ]  # fmt: skip


def test_a_known_local_row_is_kept_without_a_notice(laid_out, grid_of):
    text = "信息内容|本年新制作数量|本年新公开数量|对外公开总数量\n规章|0|0|0\n规范性文件|2|2|19\n其他主动公开文件|186|86|255"
    laid = laid_out(grid_of(text))
    assert [(row.table, row.values) for row in laid.local_rows] == [("t2_art20_1", ("186", "86", "255"))]
    assert codes(laid) == []


def test_a_document_without_tables_lacks_every_table_and_has_no_cell(laid_out):
    laid = laid_out("二、主动公开政府信息情况", "详见附件。", "三、收到和处理政府信息公开申请情况")
    assert {table.status for table in laid.tables.values()} == {"missing"}
    assert laid.cells == {}
    assert [notice.code for notice in laid.notices] == ["section_elsewhere", "section_empty", "table_missing"]


def test_a_value_in_a_column_of_its_own_is_told(laid_out, grid_of):
    laid = laid_out(grid_of("信息内容|本年制发件数|备注|本年废止件数|现行有效件数\n规章|1|77|2|3\n行政规范性文件|4||5|6"))
    assert values(laid) == DOCS_VALUES
    assert [(n.code, n.params["text"]) for n in laid.notices if n.code != "table_missing"] == [("column_not_in_form", "77")]


def test_a_caption_beside_the_heads_names_the_table(laid_out, grid_of):
    laid = laid_out(grid_of("第二十条第（六）项@1x3|信息内容|本年处理决定数量\n^|行政处罚|5\n^|行政强制|6"))
    assert values(laid) == {"penalty.decisions": 5, "coercion.decisions": 6}


def test_many_problems_of_one_kind_make_one_notice(laid_out, grid_of):
    laid = laid_out(grid_of("信息内容|本年制发件数|本年废止件数|现行有效件数\n规章|约1|约2|约3\n行政规范性文件|约4|5|6"))
    told = [notice for notice in laid.notices if notice.code == "not_a_number"]
    assert len(told) == 1
    assert len(told[0].keys) == 4
    assert str(told[0].params["label_en"]).endswith("and 1 more")


@pytest.mark.parametrize(("printed", "told"), [("80000元", ["unit_differs"]), ("8万元", []), ("8", [])])
def test_a_unit_other_than_that_of_the_form_is_kept_and_told(laid_out, grid_of, printed, told):
    laid = laid_out(grid_of(f"信息内容|本年收费金额（单位：万元）\n行政事业性收费|{printed}"))
    assert codes(laid) == told
    assert laid.cells["fees.amount_wan_yuan"].value == Decimal(printed.strip("万元"))
