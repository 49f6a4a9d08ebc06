"""The JSON of a file is the same, byte for byte: in every run, whatever the order of files, hash seed or number of workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from loaders.read import read_report
from loaders.sandbox import Sandbox
from ogi.checks import check_report
from ogi.export import report_to_json
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


def test_neither_the_order_of_files_nor_the_hash_seed_changes_a_byte():
    first = from_command_line(FILES, "0")
    assert len(first) == len(FILES)
    assert from_command_line(FILES[::-1], "1") == first
    assert from_command_line([*FILES[3:], *FILES[:3]], "4242") == first


def test_the_number_of_workers_changes_no_byte():
    assert from_sandbox(1) == from_sandbox(3)
