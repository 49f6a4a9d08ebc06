"""Text longer than Excel's 32 767 characters: workbooks cut it and say so; no other file cuts it."""

from __future__ import annotations

import csv
import io

import docx
import pytest
from openpyxl import load_workbook

from ogi.brief.storable import storable_in
from ogi.brief.years_document import YearsDocument, write_years
from ogi.exchange.book import Book, put
from ogi.exchange.report_book import report_book
from ogi.export import to_csv, to_xlsx
from ogi.labels import Labels, Lang
from ogi.report import Document, NarrativeSection, OrganName, Reading, Report, TableReading

LONG = "长" * 40_000
REPORT = Report(
    document=Document(name="a.pdf", sha256="ab" * 32, media_type="application/pdf"),
    organ=OrganName(name="示例市教育局", level="city", kind="department", region="示例市"),
    report_year=2024,
    scope="own",
    tables={"t2_art20_5": TableReading(edition="gf2021", status="complete")},
    cells={"licensing.decisions": Reading(key="licensing.decisions", raw=LONG, value=None, state="text")},
    narrative=(NarrativeSection(section="s1", title="一、总体情况", text=LONG),),
)


def written(text: str, lang: Lang, *, write_only: bool = False) -> dict[str, list[str]]:
    """The texts of each sheet of a workbook with one cell."""
    book = Book(Labels(lang), write_only=write_only)
    sheet = book.new_sheet("甲")
    sheet.append([put(sheet, text)])
    return read_back(book.finished())


def read_back(data: bytes) -> dict[str, list[str]]:
    book = load_workbook(io.BytesIO(data))
    return {s.title: [str(cell.value) for row in s.iter_rows() for cell in row if cell.value is not None] for s in book}


@pytest.mark.parametrize("text", ["长" * 32_767, "🏛" * 16_383 + "长"])
def test_text_as_long_as_a_cell_is_whole_and_no_notes_are_added(text: str) -> None:
    assert written(text, "zh") == {"甲": [text]}


@pytest.mark.parametrize("write_only", [False, True])
def test_longer_text_is_cut_and_says_so_in_its_end_and_in_the_notes(write_only: bool) -> None:
    found = written("长" * 32_768, "zh", write_only=write_only)
    assert list(found) == ["甲", "说明"]
    assert len(found["甲"][0]) == 32_767
    assert found["甲"][0].endswith("长……（全文32,768字，超过Excel单元格上限，此处截断）")
    assert found["说明"][0].startswith("本文件有1处文字超过Excel单元格的上限（32,767字）")
    assert found["说明"][1:] == ["工作表“甲”：1处"]


def test_notes_are_in_the_language_of_the_file() -> None:
    found = written(LONG, "en")
    assert found["甲"][0].endswith("… (cut here: 40,000 characters are more than an Excel cell holds)")
    assert found["Notes"][0].startswith("Texts of this file that are longer than an Excel cell holds (32,767 characters): 1. ")
    assert found["Notes"][1:] == ["Sheet “甲”: 1"]


def test_excel_counts_a_picture_character_twice_and_none_is_cut_in_two() -> None:
    text = written("🏛" * 16_384, "zh")["甲"][0]
    kept = text.removesuffix("……（全文16,384字，超过Excel单元格上限，此处截断）")
    assert set(kept) == {"🏛"}
    assert len(text.encode("utf-16-le")) // 2 in (32_766, 32_767)


def test_report_in_the_official_layout_names_what_it_cuts() -> None:
    found = read_back(report_book(REPORT))
    assert list(found) == ["2024 示例市教育局", "说明"]
    assert sum(text.endswith("此处截断）") for text in found["2024 示例市教育局"]) == 2
    assert found["说明"][1] == "工作表“2024 示例市教育局”：2处"


def test_workbook_of_readings_names_what_it_cuts() -> None:
    found = read_back(to_xlsx([REPORT]))
    assert list(found)[-1] == "说明"
    assert sum(text.endswith("此处截断）") for text in found[list(found)[1]]) == 1


def test_csv_and_word_keep_the_whole_text() -> None:
    _, line = csv.reader(io.StringIO(to_csv([REPORT]).decode("utf-8-sig"), newline=""))
    assert LONG in line
    assert storable_in([LONG]) == [LONG]
    content = YearsDocument(
        title="题", sentence=LONG, changed=[LONG], blocks=[], cells={}, years=(2023,), prose=[LONG], sources=["源"]
    )
    texts = [paragraph.text for paragraph in docx.Document(io.BytesIO(write_years(content, Labels("zh")))).paragraphs]
    assert texts.count(LONG) == 3
