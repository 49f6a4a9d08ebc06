"""Briefs as Word documents, read back: what is said, native charts with their data, fonts for Chinese, the foot of the page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from ogi.brief.content import Brief
from ogi.brief.word import write_full, write_one_page
from ogi.labels import Labels

ZH = Labels("zh")


def texts(data: bytes) -> str:
    return "\n".join(element.text or "" for element in Document(BytesIO(data)).element.body.iter(qn("w:t")))


def test_one_page_says_figures_and_changes(brief: Callable[[str], Brief]) -> None:
    said = texts(write_one_page(brief("zh"), ZH))
    assert "3,526件" in said
    assert "+10.4个百分点" in said
    assert "予以公开率（含部分公开） = (applications.granted.total + applications.partially_granted.total)" in said


def test_foot_names_open_findings_reports_and_hash(brief: Callable[[str], Brief]) -> None:
    for data in (write_one_page(brief("zh"), ZH), write_full(brief("zh"), ZH)):
        foot = "\n".join(p.text for p in Document(BytesIO(data)).sections[0].footer.paragraphs)
        assert f"尚有{brief('zh').finding_count}处数字对不上" in foot
        assert f"2份报告 · 内容校验码 {brief('zh').content_hash[:16]}" in foot


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_charts_are_native_and_carry_their_data(brief: Callable[[str], Brief], lang: str) -> None:
    archive = ZipFile(BytesIO(write_one_page(brief(lang), Labels(lang))))  # type: ignore[arg-type]
    charts = [name for name in archive.namelist() if name.startswith("word/charts/chart")]
    assert len(charts) == 4
    sheet = load_workbook(BytesIO(archive.read("word/embeddings/chart1.xlsx"))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[1:] for row in rows[1:]] == [[3511, 3486, 121], [3526, 3521, 125]]


def test_full_brief_holds_every_number_and_every_cell(brief: Callable[[str], Brief]) -> None:
    document = Document(BytesIO(write_full(brief("zh"), ZH)))
    rows = [
        ["".join(text.text or "" for text in cell.iter("{*}t")) for cell in row.tc_lst]
        for table in document.tables
        for row in table._tbl.tr_lst
    ]
    appendix = [row for row in rows if len(row) == 8]
    assert len(appendix) == 1 + len(brief("zh").numbers)
    assert appendix[2][4:] == ["3,511件", "1/1", "applications.received.total", "表内原数"]
    cells = [row for row in rows if len(row) == 6 and row[0] != "项目"]
    # 200 cells of the form of 2021: 25 lines of 7 kinds of applicants, 10 of table 1, 15 of table 4
    assert len(cells) == 200
    assert ["现行有效件数", "597", "420", "−177", "−29.6%", "–"] in cells


def test_chinese_text_names_chinese_fonts(brief: Callable[[str], Brief]) -> None:
    document = Document(BytesIO(write_full(brief("zh"), ZH)))
    for name, font in (("Normal", "宋体"), ("Heading 1", "微软雅黑")):
        fonts = document.styles[name].element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == font
        assert fonts.get(qn("w:eastAsiaTheme")) is None
