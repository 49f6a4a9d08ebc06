"""Tables that are pictures, attachments or lost: nothing comes out, and the report says why and what to do."""

from __future__ import annotations

import pytest

from ogi.labels import LANGS, Labels

REQUESTS = "三、收到和处理政府信息公开申请情况"
DISPUTES = "四、政府信息公开行政复议、行政诉讼情况"
PROBLEMS = "五、存在的主要问题及改进情况"


def told(laid):
    return [(notice.code, notice.params.get("ordinal")) for notice in laid.notices if notice.code != "table_missing"]


def test_sections_with_nothing_under_their_headings_are_named(read_text):
    laid = read_text("二、主动公开政府信息情况", "", REQUESTS, "", DISPUTES, "", PROBLEMS, "宣传不够。")
    assert laid.cells == {}
    assert {table.status for table in laid.tables.values()} == {"missing"}
    assert told(laid) == [("section_empty", "二"), ("section_empty", "三"), ("section_empty", "四")]


@pytest.mark.parametrize(
    "pointer", ["详见附件。", "![](./W020230131.png)", "（表格如下图）", "点击下载：申请情况表.xls", "附表1", "P020210129.jpg"]
)
def test_a_pointer_to_a_picture_or_a_file_is_named(read_text, pointer):
    laid = read_text(REQUESTS, pointer, DISPUTES, "无", PROBLEMS)
    assert told(laid) == [("section_elsewhere", "三")]
    assert laid.cells == {}


@pytest.mark.parametrize("words", ["无。", "本年度未发生政府信息公开行政复议、行政诉讼。"])
def test_words_in_place_of_a_table_are_prose_and_the_table_is_missing(read_text, words):
    laid = read_text(DISPUTES, words, PROBLEMS)
    assert told(laid) == []
    assert "t4_disputes" not in {key for key, table in laid.tables.items() if table.status != "missing"}
    assert [line.text for line in laid.prose] == [DISPUTES, words, PROBLEMS]


def test_only_the_section_that_lacks_its_table_is_named(read_text):
    laid = read_text(
        "第二十条第（一）项", "信息内容\t本年制发件数\t本年废止件数\t现行有效件数", "规章\t0\t0\t0", "行政规范性文件\t1\t0\t3",
        REQUESTS, DISPUTES, "行政复议 行政诉讼", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", PROBLEMS,
    )  # fmt: skip
    assert told(laid) == [("section_empty", "三")]
    assert laid.cells["reconsideration.total"].value == 0


def test_a_report_whose_repeated_lines_were_removed_gives_no_figure(read_text, balanced):
    """A crawler keeps the first of equal lines: labels and one 0 are left."""
    seen: dict[str, None] = {}
    for row in balanced:
        seen |= dict.fromkeys((*row.heading, row.label, *("0" for _ in row.numbers)))
    laid = read_text(REQUESTS, *seen, DISPUTES)
    assert [key for key, reading in laid.cells.items() if reading.value is not None] == []
    assert laid.tables["t3_requests"].status == "partial"
    assert any(notice.code == "values_lost" for notice in laid.notices)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lines", [(REQUESTS, DISPUTES, PROBLEMS), (REQUESTS, "见附件", DISPUTES, PROBLEMS)])
def test_the_reader_is_told_what_to_do(read_text, lang, lines):
    sentences = [Labels(lang).notice(n) for n in read_text(*lines).notices if n.code.startswith("section_")]
    assert sentences
    assert all(("上传" if lang == "zh" else "upload") in sentence and "{" not in sentence for sentence in sentences)
