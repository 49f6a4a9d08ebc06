"""Scans made of the sample reports, worn in every way a scanner, a stamp or a telephone has, against the truth files.

Nothing wrong may stay unmarked, nothing may be invented; what is read is exact. The larger run is ``python -m benchmarks.scans``.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from decimal import Decimal
from functools import cache
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont, ImageOps

from loaders import scan
from loaders.errors import CannotReadError
from loaders.read import read_report
from loaders.sandbox import Sandbox
from loaders.scan.page import read_page
from ogi.report import Report
from sample_reports.catalogue import DOCUMENTS, TRUTH
from sample_reports.writers import scanner
from sample_reports.writers.scanner import Wear, as_pdf

STEM = "shili-office-2023"
"""Pages 2 and 3 hold its tables: all ten of section 二, the 175 of section 三 over a page end, the 15 of section 四."""
WEARS = {
    "as issue": (Wear(dpi=150, degrees=1.5, quality=60, blur=0.7, noise=10, dust=150), (2, 3)),
    "stamp": (Wear(degrees=-0.6, quality=60, blur=0.6, noise=6, stamp="red", colour=True), (3,)),
    "copied stamp": (Wear(degrees=0.6, quality=60, blur=0.6, noise=6, stamp="grey"), (3,)),
    "photo": (Wear(degrees=1, quality=70, blur=1, noise=5, shade=0.5, perspective=0.05, colour=True), (3,)),
    "on its head": (Wear(degrees=-0.8, quality=70, blur=0.5, noise=5, quarter_turns=2), (2,)),
    "on its side": (Wear(degrees=0.8, quality=70, blur=0.5, noise=5, quarter_turns=1), (2,)),
    "faint and folded": (Wear(dpi=300, pale=0.5, noise=7, blur=1, fold=1.5), (2,)),
}
ROUGH = {
    "lost rules": (Wear(noise=5, lost_rules=0.06), (2,)),
}
"""Such a scan cannot be read whole; what is read must be right or marked."""


@cache
def original(*numbers: int) -> bytes:
    """Pages of the report, as a text PDF."""
    pages = pypdfium2.PdfDocument.new()
    pages.import_pages(pypdfium2.PdfDocument(DOCUMENTS / f"{STEM}.pdf"), [number - 1 for number in numbers])
    target = io.BytesIO()
    pages.save(target)
    return target.getvalue()


@cache
def read_worn(wear: Wear, *numbers: int) -> Report:
    return read_report(as_pdf(scanner.scan(original(*numbers), wear, seed=7), wear), "scan.pdf")


@cache
def truth(*numbers: int) -> dict[str, Decimal]:
    """The figures of the truth file that stand on these pages."""
    cells = json.loads((TRUTH / f"{STEM}.json").read_text(encoding="utf-8"))["cells"]
    there = read_report(original(*numbers), "text.pdf").cells
    return {key: Decimal(str(value)) for key, value in cells.items() if key in there and there[key].state != "missing_page"}


def wrong_and_unmarked(report: Report, true: dict[str, Decimal]) -> dict[str, tuple[object, object]]:
    return {
        key: (reading.raw, true.get(key))
        for key, reading in report.cells.items()
        if not reading.is_marked and reading.state != "missing_page" and reading.value != true.get(key)
    }


@pytest.mark.parametrize("name", WEARS)
def test_a_worn_page_is_read_exactly_and_hardly_anything_is_marked(name: str) -> None:
    wear, numbers = WEARS[name]
    report, true = read_worn(wear, *numbers), truth(*numbers)
    assert wrong_and_unmarked(report, true) == {}
    exact = [key for key, value in true.items() if report.value(key) == value]
    assert len(exact) >= 0.995 * len(true) > 65
    assert sum(reading.is_marked for reading in report.cells.values()) <= 0.04 * len(true)


@pytest.mark.parametrize("name", ROUGH)
def test_on_a_page_that_cannot_be_read_whole_nothing_wrong_is_unmarked(name: str) -> None:
    wear, numbers = ROUGH[name]
    report, true = read_worn(wear, *numbers), truth(*numbers)
    assert wrong_and_unmarked(report, true) == {}
    assert len([key for key, value in true.items() if report.value(key) == value]) > 0.6 * len(true)


def test_what_was_recognised_is_told_with_the_number_of_cells_to_check() -> None:
    wear, numbers = WEARS["as issue"]
    report = read_worn(wear, *numbers)
    notice = next(notice for notice in report.notices if notice.code == "pages_were_recognised")
    assert notice.params["pages"] == "1, 2"
    assert notice.params["cells"] == sum(reading.is_marked for reading in report.cells.values())
    assert {reading.confidence for reading in report.cells.values()} != {1.0}


def test_a_worker_without_network_reads_a_scan_to_the_same_bytes() -> None:
    wear, numbers = WEARS["on its head"]
    with Sandbox(1) as sandbox:
        report = sandbox.run(read_report, as_pdf(scanner.scan(original(*numbers), wear, seed=7), wear), "scan.pdf")
    assert msgspec.json.encode(report) == msgspec.json.encode(read_worn(wear, *numbers))


def test_a_page_of_text_between_scanned_pages_stays_text() -> None:
    """Page 2 of the report scanned, then its page 3 with its text layer."""
    wear = Wear(noise=4)
    pages = pypdfium2.PdfDocument(as_pdf(scanner.scan(original(2), wear, seed=1), wear))
    pages.import_pages(pypdfium2.PdfDocument(original(3)))
    target = io.BytesIO()
    pages.save(target)
    report = read_report(target.getvalue(), "mixed.pdf")
    assert {key: report.value(key) for key in truth(2, 3)} == truth(2, 3)
    assert report.cells["reconsideration.total"].confidence == 1.0
    notice = next(notice for notice in report.notices if notice.code == "pages_were_recognised")
    assert notice.params["pages"] == "1"


def test_asking_whether_scans_can_be_read_loads_nothing_heavy() -> None:
    code = (
        "import sys; from loaders import scan; import loaders.read, loaders.pictures; print(scan.is_available());"
        "print([name for name in ('cv2', 'onnxruntime', 'numpy') if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(scan.__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert answer.stdout.split("\n")[:2] == ["True", "[]"]


def test_the_network_ships_inside_an_installed_package() -> None:
    path = scan.model_path()
    assert path is not None
    assert path.stat().st_size > 20_000_000


def test_without_the_package_that_brings_the_network_scans_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_PACKAGE", "no_such_package")
    assert not scan.is_available()


def test_only_one_build_of_opencv_is_installed() -> None:
    names = {(dist.metadata["Name"] or "").lower() for dist in distributions()}
    assert {name for name in names if name.startswith("opencv")} == {"opencv-python-headless"}


def page_of_figures() -> Image.Image:
    """A page of the report with its tables, upright, at 130 dpi."""
    return pypdfium2.PdfDocument(original(2))[0].render(scale=cast(Any, 130 / 72)).to_pil().convert("L")


def read_picture(picture: Image.Image) -> Report:
    target = io.BytesIO()
    picture.save(target, "PNG")
    return read_report(target.getvalue(), "picture.png")


def test_a_negative_is_read_as_the_page_it_is() -> None:
    true = truth(2)
    report = read_picture(ImageOps.invert(page_of_figures()))
    assert {key: report.value(key) for key in true} == true


def test_figures_squeezed_until_two_digits_may_be_one_are_all_for_a_person() -> None:
    page = page_of_figures()
    report = read_picture(page.resize((page.width * 2 // 5, page.height)))
    assert wrong_and_unmarked(report, truth(2)) == {}
    assert not [key for key, reading in report.cells.items() if reading.value is not None and not reading.is_marked]


def test_words_of_one_line_stay_in_order_though_one_is_taller() -> None:
    picture = Image.new("L", (1600, 400), 255)
    pen = ImageDraw.Draw(picture)
    for line in range(3):
        for x, size, word in ((100, 36, "Kept"), (500, 48, "Found"), (900, 30, "2347")):
            pen.text((x, 140 + 80 * line), word, fill=0, font=ImageFont.load_default(size), anchor="ls")
    blocks = read_page(np.asarray(picture), 1, 0.36)
    assert [getattr(block, "text", "") for block in blocks] == ["Kept", "Found", "2347"] * 3


def test_an_empty_page_and_noise_give_nothing() -> None:
    assert read_page(np.full((2339, 1654), 255, np.uint8), 1, 0.36) == []
    noise = np.random.default_rng(3).normal(200, 20, (1200, 900)).clip(0, 255).astype(np.uint8)
    assert all(getattr(block, "cells", ()) == () for block in read_page(noise, 1, 0.36))


def test_what_lines_of_a_photograph_enclose_is_no_table() -> None:
    """A window frame with leaves behind it."""
    picture = Image.new("L", (1000, 1000), 255)
    pen = ImageDraw.Draw(picture)
    for at in range(100, 901, 200):
        pen.line((at, 100, at, 900), fill=0, width=4)
        pen.line((100, at, 900, at), fill=0, width=4)
    dice = np.random.default_rng(5)
    for _ in range(120):
        x, y, start = int(dice.integers(120, 860)), int(dice.integers(120, 860)), int(dice.integers(360))
        pen.arc((x, y, x + 30, y + 24), start, start + 200, fill=0, width=4)
    assert read_page(np.asarray(picture), 1, 0.36) == []
    with pytest.raises(CannotReadError) as caught:
        read_picture(picture)
    assert caught.value.code == "nothing_recognised"
