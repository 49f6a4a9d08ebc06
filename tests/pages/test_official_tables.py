"""The preview prints what is in the document: blanks stay blank, texts are escaped, findings are marked."""

from __future__ import annotations

import re

from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Document, OrganName, Reading, Report, TableReading
from pages.parts.formula_words import formula_words
from pages.parts.official_tables import table_html, tables_of


def report(cells: dict[str, Reading]) -> Report:
    return Report(
        document=Document(name="a.html", sha256="0" * 64, media_type="text/html"),
        organ=OrganName(name="示例市公安局"),
        report_year=2021,
        scope="own",
        tables={
            "t4_disputes": TableReading(edition="gf2021", status="complete"),
            "t3_requests": TableReading(edition="gf2019", status="complete"),
            "t2_art20_1": TableReading(edition=None, status="missing"),
        },
        cells=cells,
    )


def drawn(cells: dict[str, Reading], table_id: str, marks: dict[str, tuple[str, str]] | None = None) -> str:
    shown = report(cells)
    table = next(table for table, _ in tables_of(shown) if table.id == table_id)
    return table_html(table, shown, marks or {}, Labels("zh"))


def reading(key: str, raw: str, state: str = "reported", value: int | None = None) -> dict[str, Reading]:
    return {key: Reading(key=key, raw=raw, value=value, state=state)}  # type: ignore[arg-type]


def cell_of(html: str, title: str) -> str:
    return next(part for part in re.findall(r"<td[^>]*>[^<]*</td>", html) if title in part)


def test_tables_stand_in_the_order_of_the_form_each_in_its_edition() -> None:
    found = tables_of(report({}))
    assert [(table.id, edition.id) for table, edition in found] == [("t3_requests", "gf2019"), ("t4_disputes", "gf2021")]


def test_blank_cell_stays_blank() -> None:
    html = drawn(reading("applications.granted.total", "", "blank"), "t3_requests")
    assert cell_of(html, "予以公开 · 总计").endswith("></td>")


def test_word_in_place_of_a_number_is_shown_and_named() -> None:
    cell = cell_of(drawn(reading("applications.granted.total", "见附件", "text"), "t3_requests"), "予以公开 · 总计")
    assert ">见附件<" in cell
    assert "文字" in cell


def test_text_of_a_document_never_becomes_markup() -> None:
    html = drawn(reading("applications.granted.total", "<img src=x onerror=alert(1)>", "text"), "t3_requests")
    assert "<img" not in html
    assert "&lt;img" in html


def test_marked_cell_carries_the_sentence() -> None:
    key = "reconsideration.total"
    html = drawn(reading(key, "0", value=0), "t4_disputes", {key: ("error", "各项之和是10，总计写的是0")})
    cell = cell_of(html, "行政复议 · 总计")
    assert "各项之和是10，总计写的是0" in cell
    assert "outline" in cell


def test_table_of_disputes_has_fifteen_numbers_in_one_row() -> None:
    rows = re.findall(r"<tr>(.*?)</tr>", drawn({}, "t4_disputes"), flags=re.DOTALL)
    assert [row.count("<td") for row in rows] == [0, 0, 0, 15]
    assert rows[0].count("<th") == 2


def test_table_of_applications_has_every_row_of_its_edition() -> None:
    html = drawn({}, "t3_requests")
    assert len(re.findall(r"<tr>", html)) == 23 + 2
    assert "（三）不予公开" in html
    assert "1. 属于国家秘密" in html


def test_formula_is_told_in_the_words_of_the_form() -> None:
    indicator = load_form().indicators["I04_grant_rate"]
    assert formula_words(indicator.formula, Labels("zh")) == "(“予以公开” + “部分公开”) ÷ “本年度办理结果·总计”"
    carried = next(check for name, check in load_form().checks.items() if name.startswith("Y01"))
    assert formula_words(carried.formula, Labels("zh")) == "“上年结转政府信息公开申请数量” = 上年(“结转下年度继续办理”)"


def test_formula_over_rows_does_not_name_the_column_alone() -> None:
    indicator = load_form().indicators["I08_denied_reason_share"]
    assert formula_words(indicator.formula, Labels("zh")) == "“该行 · 总计” ÷ “不予公开合计”"


def test_statistical_form_is_drawn_row_by_row_under_its_blocks() -> None:
    shown = Report(
        document=Document(name="a.html", sha256="0" * 64, media_type="text/html"),
        organ=OrganName(name="示例市公安局"),
        report_year=2016,
        scope="own",
        tables={"t_st2014": TableReading(edition="st2014", status="complete")},
        cells=reading("st.received", "8", value=8) | reading("st.den_trade_secret", "", "blank"),
    )
    ((table, edition),) = tables_of(shown)
    html = table_html(table, shown, {}, Labels("zh"))
    assert edition.id == "st2014"
    rows = [re.sub(r"<[^>]+>", "|", row) for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]
    assert "||统计数||" in rows[0]
    assert [row.strip("|") for row in rows if "三、依申请公开情况" in row] == ["三、依申请公开情况"]
    assert "||（一）收到申请数||件||8||" in rows
    assert "||其中：涉及商业秘密||件||||" in rows
    assert any(row.startswith("||四、行政复议数量||") for row in rows)
    assert any(row.startswith("||制发规范性文件总数||") for row in rows)
    assert "Item" in table_html(table, shown, {}, Labels("en"))
