"""The request table (第三部分): rows by label within their group, values by column, over page ends and shifts.

Every cell of the table used here shows another number, so a value in a wrong place cannot go unnoticed.
"""

from __future__ import annotations

import re

import pytest


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def codes(laid):
    return [notice.code for notice in laid.notices if notice.code != "table_missing"]


def second_page(lines, outcomes="", group=""):
    """The rest of the table as a reader sees it on the next page: cells from above are cut, their words may be too."""
    cells = lines[0].split("|")
    if cells[0] == "^":
        cells[0] = f"{outcomes}@1x{len(lines)}"
    if cells[1] == "^":
        cells[1] = f"{group}@1x2"
    return "\n".join(["|".join(cells), *lines[1:]])


def test_a_full_table_is_read(laid_out, grid_of, request_lines, request_values):
    laid = laid_out("三、收到和处理政府信息公开申请情况", grid_of("\n".join(request_lines)))
    assert values(laid) == request_values
    assert (laid.tables["t3_requests"].edition, laid.tables["t3_requests"].status) == ("gf2021", "complete")
    assert list(laid.cells) == list(request_values)
    assert codes(laid) == []
    assert [line.text for line in laid.prose] == ["三、收到和处理政府信息公开申请情况"]


def test_a_value_keeps_the_way_back_to_its_cell(laid_out, grid_of, request_lines):
    reading = laid_out(grid_of("\n".join(request_lines))).cells["applications.received.commercial_enterprise"]
    assert (reading.raw, reading.source.row, reading.source.cell, reading.confidence) == ("102", 4, 3, 1.0)


@pytest.mark.parametrize("fragments", [("", ""), ("理结果", "供")])
@pytest.mark.parametrize("end", range(3, 28))
def test_a_page_end_after_any_row_changes_nothing(laid_out, grid_of, request_lines, request_values, end, fragments):
    first, second = request_lines[:end], request_lines[end:]
    laid = laid_out(grid_of("\n".join(first)), "- 4 -", grid_of(second_page(second, *fragments)))
    assert values(laid) == request_values
    assert codes(laid) == []


def test_column_heads_repeated_on_the_next_page_change_nothing(laid_out, grid_of, request_lines, request_values):
    second = "\n".join([*request_lines[:3], second_page(request_lines[12:])])
    assert values(laid_out(grid_of("\n".join(request_lines[:12])), grid_of(second))) == request_values


def test_a_row_repeated_at_the_top_of_a_page_changes_nothing(laid_out, grid_of, request_lines, request_values):
    laid = laid_out(grid_of("\n".join(request_lines[:12])), grid_of(second_page(request_lines[11:])))
    assert values(laid) == request_values
    assert codes(laid) == []


@pytest.mark.parametrize("below", [False, True])
def test_a_row_label_broken_by_the_page_end_is_put_together(laid_out, grid_of, request_lines, request_values, below):
    label, numbers = "2.其他法律行政法规禁止公开", "601|602|603|604|605|606|607"
    blank = "||||||"
    top = [*request_lines[:8], f"^|^|{label[:10]}|{blank if below else numbers}"]
    rest = [f"|@1x7|{label[10:]}|{numbers if below else blank}", *request_lines[9:]]
    laid = laid_out(grid_of("\n".join(top)), grid_of("\n".join(rest)))
    assert values(laid) == request_values


def test_heads_in_broken_cells_are_joined(laid_out, grid_of, request_lines, request_values):
    heads = [
        request_lines[0],
        request_lines[1].replace("1x2", "1x3"),
        "^|^|^|^|商业|科研|社会公益组织@1x2|法律服务机构@1x2|其他@1x2|^",
        "^|^|^|^|企业|机构|^|^|^|^",
    ]
    laid = laid_out(grid_of("\n".join(heads + request_lines[3:])))
    assert values(laid) == request_values
    assert {reading.rule for reading in laid.cells.values()} == {""}


def test_header_rows_filled_with_empty_cells_are_read(laid_out, grid_of, request_lines, request_values):
    lines = [line.replace("自然人@1x2", "自然人").replace("总计@1x2", "总计") for line in request_lines]
    lines[2] = "|||自然|商业企业|科研机构|社会公益组织|法律服务机构|其他|".replace("自然", "")
    assert values(laid_out(grid_of("\n".join(lines)))) == request_values


def test_kangxi_radicals_and_other_ordinals_are_understood(laid_out, grid_of, request_lines, request_values):
    text = "\n".join(request_lines).translate(str.maketrans("一行文无人二", "⼀⾏⽂⽆⼈⼆"))
    assert values(laid_out(grid_of(re.sub(r"\|(\d)\.", r"|\1、", text)))) == request_values


def test_a_misprinted_label_is_placed_by_the_rows_around_it(laid_out, grid_of, request_lines, request_values):
    laid = laid_out(grid_of("\n".join(request_lines).replace("其他法律行政法规禁止公开", "其他法律行政止公开")))
    reading = laid.cells["applications.denied_law_prohibited.total"]
    assert values(laid) == request_values
    assert (reading.rule, reading.confidence, reading.doubts) == ("label_misprinted", 0.95, ())
    told = [(n.params["text"], n.params["label"]) for n in laid.notices if n.code == "label_misprinted"]
    assert told == [("2.其他法律行政止公开", "其他法律行政法规禁止公开")]


def test_labels_lost_from_a_list_are_placed_where_their_group_is_complete(laid_out, grid_of, request_lines, request_values):
    lines = [re.sub(r"\|\d\.[^|]*", "|", line) if 7 <= i <= 14 else line for i, line in enumerate(request_lines)]
    laid = laid_out(grid_of("\n".join(lines)))
    assert values(laid) == request_values
    assert laid.cells["applications.denied_state_secret.total"].rule == "order"


def test_labels_lost_are_not_guessed_where_a_row_of_the_group_is_gone_too(laid_out, grid_of, request_lines):
    lines = [re.sub(r"\|\d\.[^|]*", "|", line) if 7 <= i <= 14 else line for i, line in enumerate(request_lines)]
    laid = laid_out(grid_of("\n".join(lines[:10] + lines[11:])))
    assert not [key for key in values(laid) if ".denied_" in key]
    assert "values_without_label" in codes(laid)


def test_one_row_of_other_handling_makes_the_table_one_of_2019(laid_out, grid_of, request_lines):
    lines = [*request_lines[:23], "^|（六）其他处理@2|7|0|0|0|0|0|7", *request_lines[26:]]
    small = grid_of("第二十条第（五）项@2\n信息内容|本年处理决定数量\n行政许可|9")
    laid = laid_out(small, grid_of("\n".join(lines)))
    assert laid.tables["t3_requests"].edition == "gf2019"
    assert laid.tables["t2_art20_5"].edition == "gf2021"
    assert laid.cells["applications.other_handling.natural_person"].value == 7
    assert laid.cells["applications.result_total.total"].value == 2407
    assert codes(laid) == []


def test_shortened_labels_of_other_handling_are_known(laid_out, grid_of, request_lines, request_values):
    text = "\n".join(request_lines).replace("（六）其他处理", "（六）其他")
    text = re.sub(r"1\.申请人无正当理由[^|]*", "1.逾期不补正", re.sub(r"2\.申请人逾期未按[^|]*", "2.逾期不缴费", text))
    assert values(laid_out(grid_of(text))) == request_values


def test_other_alone_is_not_taken_for_a_row_without_its_group(laid_out, grid_of, request_lines):
    laid = laid_out(grid_of(second_page(request_lines[25:])))
    assert "applications.other_misc.total" not in values(laid)
    assert laid.cells["applications.carried_over.total"].value == 2507
    assert "row_not_in_form" in codes(laid)


def test_rows_shifted_by_the_span_of_their_label_are_read_in_a_text(laid_out, grid_of):
    text = (
        "(五)不予处理|5. 要求行政机关确认或重新出具已获取信息|51|52|53|54|55|56|57\n"
        "(六) 其他处理|61|62|63|64|65|66|67|\n四、结转下年度继续办理||71|72|73|74|75|76|77"
    )
    laid = laid_out(grid_of(text, as_text=True))
    assert laid.cells["applications.other_handling.natural_person"].value == 61
    assert laid.cells["applications.carried_over.total"].value == 77
    assert laid.cells["applications.received.total"].state == "missing_page"
    assert laid.tables["t3_requests"].status == "partial"
    assert codes(laid) == ["table_incomplete"]


def test_a_row_that_may_be_shifted_either_way_is_unreadable(laid_out, grid_of):
    text = "（一）予以公开|1|0|0|0|0|0|1\n（二）部分公开||1|0|0|0|0|0|"
    laid = laid_out("三、收到和处理政府信息公开申请情况", grid_of(text, as_text=True))
    assert laid.cells["applications.granted.total"].value == 1
    assert {r.state for k, r in laid.cells.items() if ".partially_granted." in k} == {"unreadable"}


def test_dropped_blanks_make_a_text_row_unreadable_even_if_it_was_filled_up(laid_out, grid_of):
    laid = laid_out(
        "三、收到和处理政府信息公开申请情况", grid_of("（一）予以公开|3|3||||||\n（二）部分公开|0|||||||", as_text=True)
    )
    assert values(laid) == {}
    assert codes(laid).count("row_unclear") == 2


def test_blanks_between_bars_keep_their_place_when_the_total_is_printed(laid_out, grid_of):
    laid = laid_out("三、收到和处理政府信息公开申请情况", grid_of("（一）予以公开|7||||||7", as_text=True))
    assert values(laid) == {"applications.granted.natural_person": 7, "applications.granted.total": 7}
    assert laid.cells["applications.granted.other_organisation"].state == "blank"


def test_a_blank_total_stays_blank(laid_out, grid_of, request_lines, request_values):
    text = "\n".join(request_lines).replace("|307", "|").replace("|304", "|")
    laid = laid_out(grid_of(text))
    blank = {"applications.granted.total", "applications.granted.social_welfare_organisation"}
    assert values(laid) == {k: v for k, v in request_values.items() if k not in blank}
    assert {laid.cells[key].state for key in blank} == {"blank"}


@pytest.mark.parametrize(("printed", "state"), [("", "blank"), ("无", "not_applicable"), ("/", "dash"), ("5", "unreadable")])
def test_one_cell_over_all_columns_speaks_for_all_but_a_number_does_not(laid_out, grid_of, request_lines, printed, state):
    text = "\n".join(request_lines).replace("201|202|203|204|205|206|207", f"{printed}@7")
    laid = laid_out(grid_of(text))
    assert {r.state for k, r in laid.cells.items() if ".carried_in." in k} == {state}


def test_an_extra_empty_column_changes_nothing(laid_out, grid_of, request_lines, request_values):
    assert values(laid_out(grid_of("\n".join(line + "|" for line in request_lines)))) == request_values


def test_one_paragraph_per_cell_is_read(laid_out, request_lines, request_values):
    lines = [re.sub(r"@.*", "", cell) for line in request_lines for cell in line.split("|") if cell != "^"]
    laid = laid_out("三、收到和处理政府信息公开申请情况", *lines, "四、政府信息公开行政复议、行政诉讼情况", "无")
    assert values(laid) == request_values
    assert [line.text for line in laid.prose][-1] == "无"


def test_a_lost_value_among_paragraphs_makes_only_its_row_unreadable(laid_out, request_lines, request_values):
    lines = [re.sub(r"@.*", "", cell) for line in request_lines for cell in line.split("|") if cell not in ("^", "304")]
    laid = laid_out("三、收到和处理政府信息公开申请情况", *lines)
    assert values(laid) == {k: v for k, v in request_values.items() if ".granted." not in k}
    assert codes(laid) == ["row_unclear"]


def test_a_second_copy_is_ignored_and_told_only_if_it_differs(laid_out, grid_of, request_lines, request_values):
    text = "\n".join(request_lines)
    assert codes(laid_out(grid_of(text), grid_of(text))) == []
    laid = laid_out(grid_of(text), grid_of(text.replace("|102|", "|999|")))
    assert values(laid) == request_values
    assert [n.keys for n in laid.notices if n.code == "copies_differ"] == [("applications.received.commercial_enterprise",)]


def test_a_local_row_is_kept_outside_the_cells(laid_out, grid_of, request_lines, request_values):
    lines = [*request_lines[:27], "^|（八）撤回申请@2|1|0|0|0|0|0|1", request_lines[27]]
    laid = laid_out(grid_of("\n".join(lines)))
    assert values(laid) == request_values
    assert [(row.label, row.values) for row in laid.local_rows] == [("(八)撤回申请", ("1", "0", "0", "0", "0", "0", "1"))]
    assert codes(laid) == ["row_not_in_form"]


def test_a_local_subtotal_is_not_taken_for_the_total(laid_out, grid_of, request_lines, request_values):
    lines = [
        request_lines[0].replace("@7", "@8"),
        request_lines[1].replace("@5", "@6"),
        request_lines[2].replace("其他|", "其他|小计|"),
    ]
    rows = [line.rpartition("|")[0] + "|9999|" + line.rpartition("|")[2] for line in request_lines[3:]]
    laid = laid_out(grid_of("\n".join(lines + rows)))
    assert values(laid) == request_values
    assert codes(laid) == ["column_not_in_form"]


def test_columns_in_another_order_with_an_unknown_head_are_not_read_by_order(laid_out, grid_of, request_lines):
    head = request_lines[2].replace("商业企业|科研机构", "科研机构|某某企业")
    laid = laid_out(
        grid_of(
            "\n".join(
                [*request_lines[:2], head.replace("社会公益组织|法律服务机构", "法律服务机构|社会公益组织"), *request_lines[3:]]
            )
        )
    )
    assert values(laid) == {}


def test_values_printed_before_their_labels_are_not_given_to_the_next_label(laid_out):
    lines = ["3001 53 0 0 61 4 3119", "一、本年新收政府信息公开申请数量", "34 0 0 0 0 0 34", "二、上年结转政府信息公开申请数量"]
    laid = laid_out("三、收到和处理政府信息公开申请情况", "自然人", "总计", *lines, "四、政府信息公开行政复议、行政诉讼情况")
    assert values(laid) == {}
    assert laid.cells["applications.received.total"].state == "unreadable"
    assert "values_without_label" in codes(laid)


def test_values_after_a_label_of_two_lines_are_read(laid_out):
    lines = ["5.要求行政机关确认或重新出", "具已获取信息", "1 2 3 4 5 6 7", "2.没有现成信息需要另行", "7 6 5 4 3 2 1", "制作"]
    laid = laid_out("三、收到和处理政府信息公开申请情况", *lines)
    assert laid.cells["applications.not_processed_confirm_reissue.total"].value == 7
    assert laid.cells["applications.unable_need_creation.total"].value == 1


def test_blanks_at_the_end_of_a_text_row_count_once_another_row_proves_that_blanks_are_kept(laid_out, grid_of):
    text = "一、本年新收政府信息公开申请数量|8|2||||1|11\n（一）予以公开|7||||||"
    laid = laid_out("三、收到和处理政府信息公开申请情况", grid_of(text, as_text=True))
    assert laid.cells["applications.granted.natural_person"].value == 7
    assert laid.cells["applications.granted.total"].state == "blank"
    assert laid.cells["applications.granted.total"].rule == "blank_at_end"
