"""Pages worn by scanner, copier and stamp: every figure is the printed one, or marked for a person; none is invented."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from loaders.read import read_report
from ogi.report import Report
from sample_reports.catalogue import DOCUMENTS, TRUTH
from sample_reports.writers.scanner import Wear, as_pdf, scan

STEM = "donghu-liuxi-2024"
WEARS = {
    "150 dpi, skewed, JPEG 60, noise": Wear(dpi=150, degrees=1.5, quality=60, blur=0.7, noise=10, dust=200),
    "200 dpi, skewed the other way": Wear(dpi=200, degrees=-1.5, quality=60, blur=0.7, noise=10, dust=200),
    "red stamp over the table": Wear(dpi=200, degrees=0.6, quality=60, blur=0.6, noise=6, stamp="red", colour=True),
}


@pytest.fixture(scope="module", params=WEARS)
def worn(request: pytest.FixtureRequest) -> tuple[str, Report]:
    wear = WEARS[request.param]
    pages = scan((DOCUMENTS / f"{STEM}.pdf").read_bytes(), wear, 1)
    return request.param, read_report(as_pdf(pages, wear), "scan.pdf")


@pytest.fixture(scope="module")
def printed() -> dict[str, Decimal]:
    cells = json.loads((TRUTH / f"{STEM}.json").read_text(encoding="utf-8"))["cells"]
    return {key: Decimal(str(value)) for key, value in cells.items() if value is not None}


def test_no_figure_of_a_worn_scan_is_wrong_without_a_mark(worn: tuple[str, Report], printed: dict[str, Decimal]) -> None:
    _, report = worn
    wrong = {
        key: (reading.value, printed.get(key))
        for key, reading in report.cells.items()
        if reading.value is not None and reading.value != printed.get(key) and not reading.is_marked
    }
    assert wrong == {}


def test_a_figure_that_is_not_read_asks_for_a_person(worn: tuple[str, Report], printed: dict[str, Decimal]) -> None:
    """A printed number must not pass for an empty cell."""
    _, report = worn
    silent = [
        key for key in printed if (r := report.cells.get(key)) and r.value is None and r.state == "blank" and not r.is_marked
    ]
    assert silent == []


def test_nearly_every_figure_is_read_exactly(worn: tuple[str, Report], printed: dict[str, Decimal]) -> None:
    wear, report = worn
    exact = sum(report.value(key) == value for key, value in printed.items())
    assert exact >= len(printed) * (0.9 if "stamp" in wear else 0.99)


def test_pages_that_were_recognised_are_told(worn: tuple[str, Report]) -> None:
    _, report = worn
    assert [notice.code for notice in report.notices].count("pages_were_recognised") == 1
