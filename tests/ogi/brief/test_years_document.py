"""The comparison of years as a Word document, read back: every cell is there, gaps are words, nothing depends on the clock."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document

from ogi.brief.archive import archive_of
from ogi.brief.years_document import YearsDocument, write_years
from ogi.comparison import blocks_of, compare_years, keys_of
from ogi.facts import build_facts
from ogi.labels import Labels
from ogi.library import entry_from
from ogi.report import Report
from ogi.selection import select
from ogi.view import View

ZH = Labels("zh")


def written(reports: list[Report], years: tuple[int, ...], editions: tuple[str, ...] = ("gf2021",), lang: str = "zh") -> bytes:
    blocks = blocks_of(editions, lang)
    selection = select(build_facts([entry_from(report, (), "published") for report in reports], "published"), View())
    cells = compare_years(selection.long(keys_of(blocks)), years, years[-2:])  # type: ignore[arg-type]
    content = YearsDocument(
        title="对比",
        sentence="全部。",
        changed=["予以公开：+240"],
        blocks=blocks,
        cells=cells,
        years=years,
        findings=["一处不符"],
    )
    return write_years(content, Labels(lang))  # type: ignore[arg-type]


def rows(data: bytes) -> list[list[str]]:
    """The texts of all table rows; a cell that spans columns once."""
    return [
        ["".join(text.text or "" for text in cell.iter("{*}t")) for cell in row.tc_lst]
        for table in Document(BytesIO(data)).tables
        for row in table._tbl.tr_lst
    ]


def test_two_years_hold_all_two_hundred_cells(suqian: Callable[..., Report]) -> None:
    found = rows(written([suqian(2023), suqian(2024)], (2023, 2024)))
    wide = [row for row in found if len(row) == 22 and row[0]]
    granted = next(row for row in wide if row[0] == "（一）予以公开")
    assert len(wide) == 25
    # total, then natural persons: 1191 → 1431 (+240), 1175 → 1408 (+233)
    assert granted[1:7] == ["1,191", "1,431", "+240", "1,175", "1,408", "+233"]
    narrow = [row for row in found if len(row) == 6 and row[0] not in ("项目",)]
    assert len(narrow) == 10 + 15
    assert ["现行有效件数", "597", "420", "−177", "−29.6%", "–"] in narrow


def test_gap_is_a_word_and_no_zero(suqian: Callable[..., Report]) -> None:
    found = rows(written([suqian(2023), suqian(2024, {"rules.issued": ""})], (2023, 2024)))
    assert ["本年制发件数", "2", "空白", "空白", "–", "–"] in found


def test_more_years_give_each_kind_of_applicant_its_own_table(suqian, make_report) -> None:
    organ = suqian(2023).organ
    older = make_report(edition="gf2019", year=2020, rest="7", organ=organ, scope="region_total")
    data = written([older, suqian(2023), suqian(2024)], (2020, 2023, 2024), ("gf2021", "gf2019"))
    found = rows(data)
    assert sum(row[0] == "（一）予以公开" for row in found) == 7
    assert any(row[0] == "现行有效件数" and row[1:3] == ["未设", "｜597"] for row in found)
    assert "口径不同" in "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)


def test_document_names_what_changed_and_what_is_open(suqian: Callable[..., Report]) -> None:
    text = "\n".join(
        paragraph.text for paragraph in Document(BytesIO(written([suqian(2023), suqian(2024)], (2023, 2024)))).paragraphs
    )
    assert "予以公开：+240" in text
    assert "一处不符" in text
    assert "缺数从不按0计" in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_same_content_gives_the_same_tables(suqian: Callable[..., Report], lang: str) -> None:
    reports = [suqian(2023), suqian(2024)]
    assert rows(written(reports, (2023, 2024), lang=lang)) == rows(written(reports, (2023, 2024), lang=lang))


def test_archive_keeps_both_files_of_one_name_and_is_the_same_every_time() -> None:
    files = [("甲/乙.docx", b"1"), ("甲_乙.docx", b"2"), ("../x.docx", b"3")]
    archive = ZipFile(BytesIO(archive_of(files)))
    assert archive.namelist() == ["甲_乙.docx", "甲_乙 (2).docx", "_x.docx"]
    assert archive_of(files) == archive_of(files)
