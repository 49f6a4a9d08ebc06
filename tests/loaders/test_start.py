"""What starting to read loads: nothing that only pages, charts, spreadsheets or recognition need."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from sample_reports.catalogue import sample_documents

UNWANTED = (
    "streamlit",
    "pandas",
    "plotly",
    "openpyxl",
    "numpy",
    "cv2",
    "onnxruntime",
    "rapidocr",
    "pdfplumber",
    "pdfminer",
    "yaml",
)
CODE = """
import sys
from loaders.__main__ import main
status = main(["read", sys.argv[1], "--json"])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(status)
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules the command line has loaded when it has read one PDF with text."""
    path = next(path for path in sample_documents() if path.name == "donghu-government-2019.pdf")
    command = [sys.executable, "-c", CODE, str(path)]
    keeping = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, capture_output=True, check=True, env=keeping)  # the first start after installing keeps parsed data
    process = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    assert '"report_year"' in process.stdout
    return set(process.stderr.split())


@pytest.mark.parametrize("name", UNWANTED)
def test_reading_a_text_pdf_loads_no(name: str, loaded: set[str]) -> None:
    assert name not in loaded


def test_reading_a_text_pdf_loads_pdfium_and_not_the_reader_that_stands_in_for_it(loaded: set[str]) -> None:
    assert "pypdfium2" in loaded
    assert not {"pdfplumber", "pdfminer"} & loaded
