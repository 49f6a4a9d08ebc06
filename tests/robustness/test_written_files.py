"""Text of reports in the files people take away: nothing is a formula there, no character breaks a file, names stay whole.

The organ is called ``=SUM(1,1)局`` with control characters in it, or ``＋1局``; cells print ``=HYPERLINK(…)`` and the like
where a number should stand (:data:`tests.robustness.states.TEMPTING`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pandas as pd
import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from starlette.applications import Starlette
from starlette.testclient import TestClient

import ogi
from ogi.brief.brief_book import write_book
from ogi.brief.build import brief_of
from ogi.brief.content import Brief
from ogi.brief.return_list import ReturnedReport, ReturnList
from ogi.brief.return_list_book import write_return_book, write_return_books
from ogi.brief.return_list_document import write_return_list
from ogi.brief.slides import write_slides
from ogi.brief.word import write_full
from ogi.brief.workbook import workbook_of
from ogi.brief.years_document import YearsDocument, write_years
from ogi.checks import check_report
from ogi.checks.fix_lines import fix_lines
from ogi.checks.fix_list import fix_list
from ogi.consolidation import Member, consolidate
from ogi.exchange.consolidation_book import consolidation_book
from ogi.exchange.corrections_book import corrections_book, corrections_csv
from ogi.exchange.organ_list import plain_book
from ogi.exchange.report_book import report_book
from ogi.export import to_csv, to_xlsx
from ogi.facts import build_facts
from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import Library, entry_from
from ogi.organs import describe_organ, id_of
from ogi.report import Report
from ogi.selection import select
from ogi.spreadsheet import as_written, csv_of, in_field, neutral, sheet_name
from ogi.store.accepting import accept_many
from ogi.store.act import Act
from ogi.store.location import Location
from ogi.store.prepared import prepare
from ogi.store.store import open_store
from ogi.store.takeout.everything import export_all
from ogi.view import View
from tests.robustness.states import TEMPTING, built, bytes_of, counting, tempting
from web.api import api_routes

ZH = Labels("zh")
NAMES = ("=SUM(1\x01,1\ufffe)局", "＋1局")
NUMBER = re.compile(r"-\d+(\.\d+)?")
STARTS = tuple("=+-@＝＋－＠\t\r\n\x00\x01")


@lru_cache(maxsize=4)
def reports(name: str) -> list[Report]:
    return [
        built(name, 2022, tempting(), prose=f"{name}=1+1", file=f"{name}.pdf"),
        built(name, 2023, counting, prose=f"{name}=1+1", file=f"{name}.pdf"),
    ]


@lru_cache(maxsize=4)
def brief(name: str) -> Brief:
    entries = [entry_from(report, check_report(report, load_form()), "uploads") for report in reports(name)]
    selection = select(build_facts(entries, "uploads"), View(collection="uploads"))
    found = brief_of(selection, ZH, who=name, sentence=name, made_on="2026-01-02", organ=entries[0].organ_id or "")
    assert found is not None
    return found


def return_list(name: str) -> ReturnList:
    report, form = reports(name)[1], load_form()
    problems = [finding for finding in check_report(report, form) if finding.is_problem]
    lines = fix_lines(fix_list(problems, ()), report, ZH, form)
    assert lines
    return ReturnList(organ=name, reports=[ReturnedReport(year=2023, lines=lines)], contact=name)


def consolidated_book(name: str) -> bytes:
    organ = describe_organ(name)
    found = reports(name)[1]
    members = [Member(organ_id=id_of(organ) or "", name=name, kind=organ.kind, region=None, report=found)]
    missing = Member(organ_id="oaaaaaaaaaa", name=name, kind=organ.kind, region=None, report=None)
    return consolidation_book(consolidate(name, 2023, [*members, missing]))


BOOKS: dict[str, Callable[[str], bytes]] = {
    "export": lambda name: to_xlsx(reports(name)),
    "report": lambda name: report_book(reports(name)[0], {"fees.amount_wan_yuan": 1}),
    "frames": lambda name: workbook_of({name: pd.DataFrame({name: [name, *TEMPTING]})}, labels=ZH, title=name, notes=[name]),
    "brief": lambda name: write_book(brief(name), ZH),
    "return_list": lambda name: write_return_book(return_list(name), ZH),
    "return_lists": lambda name: write_return_books([return_list(name), return_list(name)], ZH),
    "consolidation": consolidated_book,
    "corrections": lambda name: corrections_book([{"organ": name, "printed": "=1+1", "why": name}]),
    "list": lambda name: plain_book(ZH, name, [name], [[name], ["=1+1"]]),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", BOOKS)
def test_no_cell_of_a_workbook_is_a_formula(kind: str, name: str) -> None:
    book = load_workbook(io.BytesIO(BOOKS[kind](name)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    # A brief writes a rise with a full-width sign: "＋3" is text in a workbook, whatever Excel makes of it in a CSV.
    starts = tuple("=+-@") if kind == "brief" else STARTS
    assert [text for text in texts if text.startswith(starts) and text != "-"] == []
    assert any("局" in text for text in texts)


def fields(data: bytes) -> list[str]:
    return [field for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for field in line]


CSVS: dict[str, Callable[[str], bytes]] = {
    "export": lambda name: to_csv(reports(name)),
    "frame": lambda name: csv_of(pd.DataFrame({name: [name, *TEMPTING]})),
    "corrections": lambda name: corrections_csv([{"organ": name, "printed": "=1+1", "why": name}]),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", CSVS)
def test_no_field_of_a_csv_is_a_formula(kind: str, name: str) -> None:
    assert [field for field in fields(CSVS[kind](name)) if field.startswith(STARTS)] == []


def test_no_field_of_the_interface_for_programs_is_a_formula() -> None:
    entries = [entry_from(r, check_report(r, load_form()), "published") for name in NAMES for r in reports(name)]
    client = TestClient(Starlette(routes=list(api_routes(lambda _: Library.of(entries)))))
    for path in ("facts", "views/agencies", "organs", "reports", "findings"):
        found = client.get(f"/api/v1/{path}", params={"collection": "published", "format": "csv"})
        assert "局" in found.text
        assert [field for field in fields(found.content) if field.startswith(STARTS)] == [], path


def test_whole_takeout_is_written_whatever_names_and_cells_hold(tmp_path: Path) -> None:
    """One report with such a name kept the whole library from being taken out."""
    store = open_store(Location.of(tmp_path / "store"))
    made = [
        prepare(r, bytes_of(r.document.name, r.report_year, r.scope), reader=ogi.__version__) for n in NAMES for r in reports(n)
    ]
    with store.records.writing() as connection:
        accept_many(connection, made, Act(by="=1+1", why="@x"))
    counts = export_all(store.records, tmp_path / "out")
    store.close()
    assert counts["reports.jsonl"] == 4
    for file in (tmp_path / "out").glob("*.csv"):
        texts = (field for field in fields(file.read_bytes()) if not NUMBER.fullmatch(field))
        assert [text for text in texts if text.startswith(STARTS)] == [], file.name
    assert len(list((tmp_path / "out" / "excel").rglob("*.xlsx"))) == 4


def test_word_and_slides_are_written_whatever_names_hold() -> None:
    name = NAMES[0]
    shown, said = name.replace("\x01", "").replace("\ufffe", ""), brief(name)
    years = YearsDocument(title=name, sentence=name, changed=[name], blocks=[], cells={}, years=(2022, 2023), sources=[name])
    for data in (write_full(said, ZH), write_return_list(return_list(name), ZH), write_years(years, ZH)):
        assert any(shown in paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    slides = Presentation(io.BytesIO(write_slides(said, ZH))).slides
    assert any(shown in shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("示例市=局", (), "示例市=局"),
        ("🏛" * 20, (), "🏛" * 15),  # Excel counts in UTF-16: two units each, 31 at most
        ("🏛" * 20, ("🏛" * 15,), "🏛" * 13 + " (2)"),
        ("a/b:c", ("A B C",), "a b c (2)"),
        ("'''", (), "1"),
        ("a\x01b", (), "a b"),
        ("x" * 30 + "'y", (), "x" * 30),  # no apostrophe at either end
        ("History", (), "History (2)"),
    ],
)
def test_names_of_sheets_are_such_as_excel_takes(wanted: str, taken: tuple[str, ...], name: str) -> None:
    assert sheet_name(wanted, taken) == name


@pytest.mark.parametrize("text", [*TEMPTING, "＝1+1", "＠x", "－1+1", "\x00=1", "'\x01=1"])
def test_what_is_made_harmless_comes_back_as_it_was(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert as_written(neutral(text)) == text


@pytest.mark.parametrize("text", ["示例市=局", "3－5", "a@b", "'quoted'", "", "0"])
def test_other_text_is_left_alone(text: str) -> None:
    assert in_field(text) == text
