"""The JSON of a file is the same, byte for byte: in every run, whatever the order of files, hash seed or number of workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest

from loaders.intake import read_all
from loaders.libreoffice import find_libreoffice
from loaders.read import read_report
from loaders.sandbox import Sandbox
from ogi.checks import check_report
from ogi.export import report_to_json, to_xlsx
from ogi.form import load_form
from sample_reports.catalogue import DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    DOCUMENTS / name
    for name in (
        "shili-police-2019.html",
        "donghu-office-2022.html",
        "shili-human-resources-2022.docx",
        "donghu-hubin-2021.pdf",
        "shili-office-2023.pdf",
        "shili-weather-2022.ofd",
    )
]
"""Each format with a text layer, old encodings and layout tables among them."""
LETTER = """示例市财政局2022年政府信息公开工作年度报告
一、总体情况
本年度主动公开政府信息12条。
二、主动公开政府信息情况
"""


def from_command_line(files: list[Path], seed: str) -> dict[str, str]:
    """The line of JSON of each document, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "loaders", "read", "--json", *map(str, files)],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        timeout=300,
    )
    lines = done.stdout.decode("utf-8").splitlines()
    return {json.loads(line)["document"]["name"]: line for line in lines}


def from_sandbox(workers: int) -> list[bytes]:
    with Sandbox(workers=workers) as sandbox, ThreadPoolExecutor(workers) as threads:
        reports = list(threads.map(lambda path: sandbox.run(read_report, path.read_bytes(), path.name), FILES))
    form = load_form()
    return [report_to_json(report, check_report(report, form), form) for report in reports]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The kinds that are no sample: a workbook, a picture, an archive, and what LibreOffice must convert first."""
    folder = tmp_path_factory.mktemp("made")
    page = pypdfium2.PdfDocument(DOCUMENTS / "shili-office-2023.pdf")[2].render(scale=2).to_pil()
    page.save(folder / "page.png")
    (folder / "values.xlsx").write_bytes(to_xlsx([read_report(FILES[0].read_bytes(), FILES[0].name)]))
    with zipfile.ZipFile(folder / "both.zip", "w") as archive:
        for path in FILES[1:3]:
            archive.write(path, path.name)
    if find_libreoffice():
        letters = "".join(f"\\u{ord(char)}?" if char != "\n" else "\\par " for char in LETTER)
        (folder / "letter.rtf").write_text(f"{{\\rtf1\\ansi {letters}}}", encoding="ascii")
    return sorted(folder.iterdir())


def lines_of(paths: list[Path], workers: int) -> dict[str, bytes]:
    """The JSON of every report in the files by its name, read in worker processes."""
    with Sandbox(workers=workers) as sandbox, ThreadPoolExecutor(workers) as threads:
        found = list(threads.map(lambda path: list(read_all(path.read_bytes(), path.name, sandbox)), paths))
    return {o.name: report_to_json(o.report) if o.report else repr(o.error).encode() for outcomes in found for o in outcomes}


def test_workbooks_pictures_archives_and_converted_files_give_the_same_bytes_too(made: list[Path]) -> None:
    first = lines_of(made, 1)
    assert len(first) == len(made) + 1
    assert not [name for name, line in first.items() if not line.startswith(b"{")]
    assert lines_of(made[::-1], 2) == first
    lines = from_command_line(made, "0")
    assert len(lines) == len(first)
    assert from_command_line(made[::-1], "7") == lines


def test_neither_the_order_of_files_nor_the_hash_seed_changes_a_byte():
    first = from_command_line(FILES, "0")
    assert len(first) == len(FILES)
    assert from_command_line(FILES[::-1], "1") == first
    assert from_command_line([*FILES[3:], *FILES[:3]], "4242") == first


def test_the_number_of_workers_changes_no_byte():
    assert from_sandbox(1) == from_sandbox(3)
