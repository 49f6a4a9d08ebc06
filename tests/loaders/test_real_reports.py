"""Real reports against the figures a person read from them (``truth/*.json`` beside the reports).

``null`` in a truth file is a blank cell; what is left out of a table the truth calls complete must not be read either, except
the amount of procurement, which the truth leaves out because the form prints no unit for it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from importlib import import_module

import pytest

from loaders.layout import lay_out
from ogi.form import load_form

pytestmark = pytest.mark.corpus

READERS = {".txt": "text", ".md": "text", ".html": "html", ".docx": "docx", ".pdf": "pdf"}
EXACT = [
    "000_zhangdian-urban-management-2020.txt",
    "001_huaian-municipal-gov-2024.pdf",
    "001_huaian-municipal-gov-2024.scanned.pdf",
    "004_shanghai-general-office-2019.html",
    "004_shanghai-general-office-2019.chromium.pdf",
    "004_shanghai-general-office-2019.scanned.pdf",
    "016_weihai-wendeng-petition-bureau-2022.ebook-page8.txt",
    "017_weihai-wendeng-audit-bureau-2020.ebook-page9.txt",
    "026_blank-official-template-2021.docx",
    "032_guangdong-district-development-reform-bureau-2020.docx",
    "032_guangdong-district-development-reform-bureau-2020.excerpt.md",
    "032_guangdong-district-development-reform-bureau-2020.pdf",
    "033_wuhai-industry-it-bureau-2020.excerpt.md",
    "035_yueyang-nanhu-bureau-2019.excerpt.md",
    "041_xuwen-justice-bureau-unknown-year.excerpt.md",
    "050_unknown-bureau-unknown-year.minus-as-word-sublabels-lost.excerpt.md",
    "053_dazhu-chuanzhu-township-2019.cells-glued.excerpt.txt",
]
NOTHING = [
    "022_xiongxian-township-2019.deduplicated-lines.excerpt.txt",
    "023_kaiping-agriculture-bureau-2020.tables-as-images.excerpt.txt",
    "026_blank-official-template-2021.docx",
    "042_jiaxian-xi-town-2022.all-blank-old-format.excerpt.txt",
]
LOCAL = "019_wuhan-ecology-environment-bureau-2020.trad.excerpt.md"
WITHOUT_CLAIM = {"procurement.amount"}
TABLES = {"proactive": "t2_", "applications": "t3_", "review_litigation": "t4_"}


@pytest.fixture(scope="module")
def read(corpus):
    @cache
    def read(name):
        path = corpus / name
        reader = import_module(f"loaders.{READERS[path.suffix]}")
        truth = json.loads((corpus / "truth" / f"{name[:3]}.json").read_text(encoding="utf-8"))
        return lay_out(reader.read(path.read_bytes(), name), load_form()), truth

    return read


def values(laid):
    return {key: reading.value for key, reading in laid.cells.items() if reading.value is not None}


def printed(truth):
    return {key: Decimal(str(value)) for key, value in truth["cells"].items() if isinstance(value, (int, float))}


@pytest.mark.parametrize("name", EXACT)
def test_every_printed_figure_is_read_exactly(read, name):
    laid, truth = read(name)
    found = values(laid)
    expected = printed(truth)
    assert {key: found.get(key) for key in expected} == expected
    assert not [key for key, value in truth["cells"].items() if value is None and key in found]


@pytest.mark.parametrize("name", EXACT)
def test_nothing_is_read_where_a_complete_table_prints_nothing(read, name):
    laid, truth = read(name)
    prefixes = tuple(TABLES[table] for table in truth["complete_tables"])
    edition = load_form().editions
    keys = {
        c.key for t, r in laid.tables.items() if r.edition and t.startswith(prefixes) for c in edition[r.edition].table(t).cells
    }
    assert set(values(laid)) & keys - WITHOUT_CLAIM <= set(printed(truth))


@pytest.mark.parametrize("name", NOTHING)
def test_no_figure_comes_out_of_a_document_that_shows_none(read, name):
    laid, _ = read(name)
    assert values(laid) == {}


def test_lost_pages_are_missing_and_told(read):
    laid, _ = read(EXACT[0])
    status = {table: reading.status for table, reading in laid.tables.items()}
    assert status == {
        "t2_art20_1": "complete", "t2_art20_5": "complete", "t2_art20_6": "partial", "t2_art20_8": "missing",
        "t2_art20_9": "missing", "t3_requests": "partial", "t4_disputes": "complete",
    }  # fmt: skip
    assert laid.cells["applications.received.total"].state == "missing_page"
    assert laid.cells["penalty.decisions"].state == "missing_page"
    assert [n.code for n in laid.notices].count("table_incomplete") == 2


def test_a_local_row_is_kept_beside_the_form_and_instructions_are_no_values(read):
    laid, truth = read(LOCAL)
    expected = {key: value for key, value in printed(truth).items() if not key.startswith("local_")}
    assert values(laid) == expected
    assert [row.values[:3] for row in laid.local_rows] == [("186", "86", "255")]
    assert laid.cells["coercion.decisions"].state == "dash"


def test_values_that_cannot_be_placed_are_unreadable(read):
    laid, _ = read("035_yueyang-nanhu-bureau-2019.excerpt.md")
    assert {laid.cells[f"applications.granted.{c}"].state for c in ("natural_person", "total")} == {"unreadable"}
    laid, _ = read("050_unknown-bureau-unknown-year.minus-as-word-sublabels-lost.excerpt.md")
    assert laid.cells["applications.denied_state_secret.total"].state == "unreadable"


@pytest.mark.parametrize("name", [n for n in EXACT if "wendeng" not in n and n[:3] != "000"])
def test_the_edition_is_told_by_the_labels(read, name):
    laid, truth = read(name)
    found = {reading.edition for reading in laid.tables.values()} - {None}
    assert found == {f"gf{truth['format']}"}


def test_every_value_of_a_pdf_says_where_it_stands(read):
    laid, _ = read("001_huaian-municipal-gov-2024.pdf")
    assert all(r.source.page and r.source.bbox for r in laid.cells.values() if r.value is not None)
    assert laid.cells["applications.received.natural_person"].source.page == 4
