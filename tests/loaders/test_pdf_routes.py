"""Both ways of reading a PDF give the same: PDFium's, and pdfplumber's alone, over all sample PDFs and the real reports."""

from __future__ import annotations

from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest
from pdfplumber.table import TableFinder, TableSettings

from loaders.grid import Grid, Pages
from loaders.layout import lay_out
from loaders.pdf import read_document
from loaders.pdf_cells import tables_of
from loaders.pdf_page import PdfPage, box_edges, line_edge
from loaders.pdf_pdfium import PdfiumDocument
from loaders.pdf_plumber import PlumberDocument
from ogi.form import load_form
from ogi.report import Source

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted((ROOT / "sample_reports" / "documents").glob("*.pdf"))
REAL = (
    "001_huaian-municipal-gov-2024.pdf",
    "001_huaian-municipal-gov-2024.scanned.pdf",
    "004_shanghai-general-office-2019.chromium.pdf",
    "004_shanghai-general-office-2019.scanned.pdf",
    "032_guangdong-district-development-reform-bureau-2020.pdf",
)
TOLERANCE = 1.0
"""Points a place may differ: pdfminer and PDFium round differently."""


def both(data: bytes) -> tuple[Pages, Pages]:
    with closing(PdfiumDocument(data)) as fast, closing(PlumberDocument(data)) as plain:
        return read_document(fast)[0], read_document(plain)[0]


def content(pages: Pages) -> list:
    """Everything but the places of the blocks."""
    return [
        [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in block.cells] if isinstance(block, Grid) else block.text
        for block in pages.blocks
    ]


def sources(pages: Pages) -> list[Source]:
    return [
        source
        for block in pages.blocks
        for source in ([cell.source for cell in block.cells] if isinstance(block, Grid) else [block.source])
    ]


def readings(pages: Pages) -> dict[str, tuple]:
    return {key: (reading.value, reading.state, reading.raw) for key, reading in lay_out(pages, load_form()).cells.items()}


def assert_same(data: bytes) -> None:
    fast, plain = both(data)
    assert content(fast) == content(plain)
    assert (fast.pages, fast.title, fast.image_pages) == (plain.pages, plain.title, plain.image_pages)
    for one, other in zip(sources(fast), sources(plain), strict=True):
        assert one.page == other.page
        assert one.bbox == pytest.approx(other.bbox, abs=TOLERANCE)
    assert readings(fast) == readings(plain)


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 30


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample_is_read_alike_both_ways(path: Path) -> None:
    assert_same(path.read_bytes())


@pytest.mark.corpus
@pytest.mark.parametrize("name", REAL)
def test_real_report_is_read_alike_both_ways(corpus: Path, name: str) -> None:
    assert_same((corpus / name).read_bytes())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_cells_are_those_pdfplumber_finds(path: Path) -> None:
    """pdfplumber's finder is given a page of our own, which is no public way in; only this test goes there."""
    with closing(PdfiumDocument(path.read_bytes())) as document:
        for number in range(1, document.count + 1):
            page = document.page(number)
            theirs = TableFinder(page, TableSettings(edge_min_length_prefilter=0)).tables
            assert tables_of(page.edges) == [sorted(table.cells) for table in theirs]


def test_gaps_double_rules_and_tables_that_touch_are_seen_as_pdfplumber_sees_them() -> None:
    edges = [
        *(line for x in (50, 100, 102, 150, 300, 350) for line in [line_edge(x, 50, x, 90)]),
        *(line for y in (50, 70, 89, 91) for line in [line_edge(50, y, 98, y), line_edge(104, y, 150, y)]),
        *box_edges((150, 90, 200, 120)),
        *box_edges((300, 50, 350, 70)),
        *box_edges((240, 50, 300, 90)),
    ]
    page = PdfPage(number=1, width=400, height=300, chars=[], edges=[edge for edge in edges if edge])
    theirs = TableFinder(page, TableSettings(edge_min_length_prefilter=0)).tables
    assert len(theirs) > 1
    assert tables_of(page.edges) == [sorted(table.cells) for table in theirs]


def test_pdfplumber_is_the_one_we_know() -> None:
    """Functions inside it that are no public interface are used: a new one is looked at before it is taken."""
    assert version("pdfplumber").split(".")[:2] == ["0", "11"]
