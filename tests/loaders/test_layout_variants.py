"""Shapes real pages and files give to the tables: cut by page ends, split, repeated by converters, shown as text."""

from __future__ import annotations

import pytest

from loaders import text
from loaders.layout import lay_out
from ogi.form import load_form

ROWS_OF_HEADS = 3
BETWEEN = ("http://www.example.gov.cn/a.html 2/6", "24-1-22 10:31 政府信息公开工作年度报告")


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def codes(laid):
    return [notice.code for notice in laid.notices if notice.code != "table_missing"]


# --- page ends ------------------------------------------------------------------------------------------------------------


def test_heads_cut_by_a_page_end_shift_no_value(laid_out, grid_of, request_lines, request_values):
    """Chromium prints 自然人 and 总计 on one page, 商业企业 … 其他 on the next, each in a grid with columns of its own."""
    upper = grid_of("（本列数据的勾稽关系为：第一@1x2|申请人情况@3\n^|自然人|法人或其他组织|总计")
    lower = grid_of(
        "\n".join(["项加第二项之和）@3||商业企业|科研机构|社会公益组织|法律服务机构|其他|", *request_lines[ROWS_OF_HEADS:]])
    )
    assert values(laid_out(upper, *BETWEEN, lower)) == request_values


def test_values_go_to_the_label_on_the_other_page(laid_out, grid_of, request_lines, request_values):
    """A cell centred between top and bottom stands on another page than its label at the top, or the other way round."""
    head, deep = "\n".join(request_lines[:8]), request_lines[8]
    assert deep.split("|")[2] == "2.其他法律行政法规禁止公开"
    label, numbers = deep.split("|")[2], "|".join(deep.split("|")[3:])
    rest = "\n".join(request_lines[9:])
    label_first = laid_out(grid_of(f"{head}\n^|^|{label}|||||||"), *BETWEEN, grid_of(f"@1x22|@1x8||{numbers}\n{rest}"))
    values_first = laid_out(
        grid_of(f"{head}\n^|^||{numbers}"), *BETWEEN, grid_of(f"@1x22|（三）不予公开@1x8|{label}|||||||\n{rest}")
    )
    assert values(label_first) == request_values
    assert values(values_first) == request_values


def test_heads_that_lost_how_many_columns_they_cover_shift_no_value(laid_out, grid_of, request_lines, request_values):
    """A converter that drops colspan and keeps rowspan sets 总计 above the numbers of 科研机构."""
    heads = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）@1x3|申请人情况"
    heads += "\n^|自然人@1x2|法人或其他组织|总计@1x2\n^|^|商业企业|^|科研机构|社会公益组织|法律服务机构|其他"
    rows = "\n".join(line.replace("@3|", "|").replace("@2|", "|") for line in request_lines[ROWS_OF_HEADS:])
    assert values(laid_out(grid_of(f"{heads}\n{rows}"))) == request_values


def test_heads_printed_anew_on_each_page_stand_between_a_label_and_its_values(laid_out, grid_of):
    heads = "信息内容|上一年项目数量|本年增/减|处理决定数量"
    laid = laid_out(
        "第二十条第（六）项", grid_of(f"{heads}\n行政处罚|||"), *BETWEEN, grid_of(f"{heads}\n|7|-2|5\n行政强制|1|+1|3")
    )
    assert values(laid) == {
        "penalty.items_prev": 7,
        "penalty.items_delta": -2,
        "penalty.decisions": 5,
        "coercion.items_prev": 1,
        "coercion.items_delta": 1,
        "coercion.decisions": 3,
    }


def test_a_head_that_is_also_a_row_is_no_row_beside_other_heads(laid_out, grid_of):
    """自然人 goes over the page end; 总计 is left beside 法人或其他组织, with an empty cell before both."""
    upper = grid_of("（本列数据的勾稽关系为：第一@1x2|申请人情况@3\n^||法人或其他组织|总计")
    heads = "@3|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|"
    lower = grid_of(f"{heads}\n三、本年度办理结果|（七）总计@2|||||||9\n四、结转下年度继续办理@3|||||||4")
    found = values(laid_out(upper, lower))
    assert found == {"applications.result_total.total": 9, "applications.carried_over.total": 4}


def test_a_row_of_heads_cut_by_a_page_end_is_put_together(laid_out, grid_of):
    """Narrow cells break their words at other places, so that the upper halves alone would name columns out of order."""
    cut = "结果维持|结果|其他结果|尚未|总计|结果|结果|其他|尚未|总计|结果|结果|其他|尚未|总计"
    upper = f"行政复议@5|行政诉讼@10\n@5|未经复议直接起诉@5|复议后起诉@5\n{cut}"
    lower = "|纠正||审结||维持|纠正|结果|审结||维持|纠正|结果|审结|\n1||3|4|10|5|6|7|8|26|9|1|11|12|33"
    laid = laid_out("四、政府信息公开行政复议、行政诉讼情况", grid_of(upper), *BETWEEN, grid_of(lower))
    assert [reading.value for reading in laid.cells.values()] == [1, None, 3, 4, 10, 5, 6, 7, 8, 26, 9, 1, 11, 12, 33]


def test_a_short_label_broken_by_a_page_end_is_put_together(laid_out, grid_of, request_lines, request_values):
    place = next(i for i, line in enumerate(request_lines) if "2.重复申请" in line)
    upper = request_lines[: place + 1]
    upper[place] = upper[place].replace("2.重复申请", "2.重\\n复")
    lower = ["@1x12|@1x4|申\\n请|||||||", *request_lines[place + 1 :]]
    assert values(laid_out(grid_of("\n".join(upper)), *BETWEEN, grid_of("\n".join(lower)))) == request_values


def test_an_empty_row_at_a_page_end_takes_no_values_from_a_labelled_row(laid_out, grid_of):
    heads = "第二十条第（六）项@4\n信息内容|上一年项目数量|本年增/减|处理决定数量"
    laid = laid_out(grid_of(f"{heads}\n行政处罚|||"), grid_of("行政强制|7|-2|5"))
    assert values(laid) == {"coercion.items_prev": 7, "coercion.items_delta": -2, "coercion.decisions": 5}


def test_a_grid_without_heads_takes_no_columns_from_another_grid(laid_out, grid_of, request_lines):
    """Its rows may be shifted: with an empty cell at both ends nothing tells which column is which."""
    row = "（二）部分公开（区分处理的，只计这一情形，不计其他情形）||402|403|404|405|406|407|"
    laid = laid_out(
        grid_of("\n".join(f"{line}|" for line in request_lines[:6])), grid_of(f"@1x2|{row}\n1.属于国家秘密|1|2|3|4|5|6|7|")
    )
    assert laid.cells["applications.partially_granted.total"].state == "unreadable"
    assert laid.cells["applications.denied_state_secret.total"].value == 7


# --- converters -------------------------------------------------------------------------------------------------------------


def flat(lines: list[str], covered: str, *, cut: bool = False) -> list[str]:
    """Rows with merged cells written out: what they cover left empty, said again (``covered`` = "again"), or dropped."""
    above: dict[int, str] = {}
    rows = []
    for line in lines:
        row: dict[int, str] = {}
        column = 0
        for printed in line.split("|"):
            words, _, spans = printed.partition("@")
            if words == "^" and not spans:
                words = above.get(column, "")
                row[column] = words if covered == "again" else ""
                if cut:
                    row.pop(column)
                column += 1
                continue
            across = spans.partition("x")[0]
            for offset in range(int(across or 1)):
                if offset == 0 or not cut:
                    row[column + offset] = words if offset == 0 or covered == "again" else ""
                above[column + offset] = words
            column += int(across or 1)
        rows.append([row[place] for place in sorted(row)])
    return ["\t".join(row) for row in rows]


@pytest.fixture
def request_text(request_lines):
    """The full table without the marks of cells covered from the left, which the grid fixture does not need."""
    heads = [
        "注@3x3|申请人情况@7",
        "^|^|^|自然人@1x2|法人或其他组织@5|总计@1x2",
        "^|^|^|^|商业企业|科研机构|社会公益组织|法律服务机构|其他|^",
    ]
    return [*heads, *request_lines[ROWS_OF_HEADS:]]


def read_text(lines: list[str]):
    return values(lay_out(text.read("\n".join(lines).encode(), "a.md"), load_form()))


def without(lines: list[str], values: dict[str, int], *gone: int) -> tuple[list[str], dict[str, int]]:
    """Empty the cells that print these numbers."""
    lines = ["|".join("" if part in map(str, gone) else part for part in line.split("|")) for line in lines]
    return lines, {key: value for key, value in values.items() if value not in gone}


@pytest.mark.parametrize(("covered", "cut"), [("empty", False), ("again", False), ("empty", True)])
def test_a_text_that_proves_its_columns_keeps_blanks_in_their_place(request_text, request_values, covered, cut):
    """Covered cells are empty, repeated, or gone from every row alike: empty cells at the end and the beginning count."""
    lines, expected = without(request_text, request_values, 101, 107, 205, 507, 601, 604, 607, 2507)
    small = ["信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "规章\t1\t\t3", "行政规范性文件\t\t5\t"]
    found = read_text([*small, "三、收到和处理政府信息公开申请情况", *flat(lines, covered, cut=cut)])
    assert found == expected | {"rules.issued": 1, "rules.in_force": 3, "normative_documents.repealed": 5}


def test_a_text_that_keeps_blanks_shifts_no_value_over_an_empty_cell(request_text, request_values):
    """The merged head 本年增/减 and its value are said again, and the cell before them is empty: three values, two columns."""
    fees = ["信息内容\t上一年项目数量\t本年增/减\t本年增/减", "行政事业性收费\t\t5\t5"]
    found = read_text([*fees, "三、收到和处理政府信息公开申请情况", *flat(request_text, "empty", cut=True)])
    assert found == request_values | {"fees.items_delta": 5}


def test_a_text_that_dropped_covered_and_empty_cells_proves_nothing(request_text, request_values):
    """Rows of unequal length: with a blank dropped somewhere, a short row cannot be placed, and is not."""
    rows = flat(request_text, "empty", cut=True)
    rows[6] = rows[6].replace("\t402", "")
    found = read_text(["三、收到和处理政府信息公开申请情况", *rows])
    assert found == {key: value for key, value in request_values.items() if "partially_granted" not in key}


def test_merged_heads_and_values_said_again_are_one(laid_out, grid_of):
    """Converters fill merged cells up: 本年处理决定数量 stands three times, and so does its value."""
    laid = laid_out(
        grid_of("""第二十条第（五）项|第二十条第（五）项|第二十条第（五）项|第二十条第（五）项
信息内容|本年处理决定数量|本年处理决定数量|本年处理决定数量
行政许可|31|31|31
第二十条第（六）项|第二十条第（六）项|第二十条第（六）项|第二十条第（六）项
信息内容|本年处理决定数量|本年处理决定数量|本年处理决定数量
行政处罚|5||
行政强制|6|7|6""")
    )
    assert values(laid) == {"licensing.decisions": 31, "penalty.decisions": 5}
    assert laid.cells["coercion.decisions"].state == "unreadable"
    assert codes(laid) == ["row_unclear"]


def test_one_value_behind_a_blank_is_a_row_of_a_table_of_one_column(laid_out):
    laid = laid_out("第二十条第（八）项", "信息内容 本年收费金额（单位：万元）", "行政事业性收费 59,237.2449")
    assert str(laid.cells["fees.amount_wan_yuan"].value) == "59237.2449"
    assert values(laid_out("第二十条第（五）项", "信息内容 上一年项目数量 本年增/减 处理决定数量", "行政许可 39")) == {}


# --- the table of disputes --------------------------------------------------------------------------------------------------

RESULTS = "结果维持|结果纠正|其他结果|尚未审结|总计"
FIRST = f"行政复议@5\n{RESULTS}\n"
SECOND = f"行政诉讼@10\n未经复议直接起诉@5|复议后起诉@5\n{RESULTS}|{RESULTS}\n"


def test_disputes_in_two_tables_are_read_by_their_own_heads(laid_out, grid_of):
    laid = laid_out(
        "四、政府信息公开行政复议、行政诉讼情况", grid_of(FIRST + "1|2|3|4|10"), grid_of(SECOND + "5|6|7|8|26|9||11|12|32")
    )
    found = [reading.value for reading in laid.cells.values()]
    assert found == [1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 9, None, 11, 12, 32]
    assert laid.tables["t4_disputes"].status == "complete"


def test_disputes_of_which_one_table_is_lost_are_incomplete(laid_out, grid_of):
    laid = laid_out("四、政府信息公开行政复议、行政诉讼情况", grid_of(SECOND + "5|6|7|8|26|9|1|11|12|33"))
    assert laid.cells["reconsideration.total"].state == "missing_page"
    assert laid.cells["litigation_after_reconsideration.total"].value == 33


def test_an_empty_row_before_the_values_is_a_gap(laid_out, grid_of):
    heads = f"行政复议@5|行政诉讼@10\n@5|未经复议直接起诉@5|复议后起诉@5\n{RESULTS}|{RESULTS}|{RESULTS}"
    laid = laid_out(grid_of(f"{heads}\n{'|' * 14}\n1|2|3|4|10|5|6|7|8|26|9|1|11|12|33"))
    assert [reading.value for reading in laid.cells.values()] == [1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 9, 1, 11, 12, 33]
    assert codes(laid) == []


# --- labels -----------------------------------------------------------------------------------------------------------------


def test_heads_in_two_rows_of_cells_are_no_row_of_the_table(laid_out, grid_of, request_lines, request_values):
    """商业 stands above 企业 in cells of their own; 其他 beside 商业 is a head and not the row （六）3.其他."""
    heads = [
        "注@3x4|申请人情况@7",
        "^|^|^|自然人@1x3|法人或其他组织@5|总计@1x3",
        "^|^|^|^|商业|科研|社会|法律|其他|^",
        "^|^|^|^|企业|机构|公益组织|服务机构||^",
    ]
    assert values(laid_out(grid_of("\n".join([*heads, *request_lines[ROWS_OF_HEADS:]])))) == request_values


@pytest.mark.parametrize("label", ["（六）其他", "(六)其它", "（六）其他处理"])
def test_one_row_of_the_sixth_kind_may_be_called_other(laid_out, grid_of, request_lines, label):
    lines = [line for line in request_lines if not any(word in line for word in ("逾期不补正", "逾期未按", "3.其他"))]
    lines.insert(-2, f"^|{label}@2|7|6|5|4|3|2|1")
    laid = laid_out(grid_of("\n".join(lines).replace("@1x22", "@1x20")))
    assert laid.tables["t3_requests"].edition == "gf2019"
    assert [laid.cells[f"applications.other_handling.{c}"].value for c in ("natural_person", "total")] == [7, 1]
    assert codes(laid) == []


def test_a_column_of_remarks_beside_the_only_column_changes_nothing(laid_out, grid_of):
    laid = laid_out(
        grid_of("信息内容|本年处理决定数量|备注\n行政许可|31|含延续\n信息内容|本年处理决定数量|备注\n行政处罚|5|\n行政强制|6|")
    )
    assert values(laid) == {"licensing.decisions": 31, "penalty.decisions": 5, "coercion.decisions": 6}


def test_a_column_that_only_numbers_the_rows_is_no_value(laid_out, grid_of):
    heads = "序号|信息内容|本年制发件数|本年废止件数|现行有效件数"
    grid = grid_of(f"{heads}\n1|规章|0|0|3\n2|行政规范性文件|4|1|17")
    assert values(laid_out("第二十条第（一）项", grid)) == {
        "rules.issued": 0,
        "rules.repealed": 0,
        "rules.in_force": 3,
        "normative_documents.issued": 4,
        "normative_documents.repealed": 1,
        "normative_documents.in_force": 17,
    }


def test_a_row_that_lost_a_cell_is_unclear_where_an_empty_part_of_its_label_fills_it_up(laid_out, grid_of, request_lines):
    """Filler cells in place of merged ones: （一）予以公开, an empty cell, and six of the seven values."""
    heads = request_lines[:ROWS_OF_HEADS]
    lost = "三、本年度办理结果|（一）予以公开||301|302|303|304|305|306"
    laid = laid_out(grid_of("\n".join([*heads, *request_lines[3:5], lost])))
    assert {reading.state for key, reading in laid.cells.items() if key.startswith("applications.granted.")} == {"unreadable"}
    assert "row_unclear" in codes(laid)
