"""Reading in a worker tells its steps and gives the very report that reading at home gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.errors import CannotReadError
from loaders.read import STEPS, read_report
from loaders.sandbox import Sandbox
from loaders.steps import read_in_sandbox

DOCUMENT = Path(__file__).resolve().parents[2] / "sample_reports" / "documents" / "donghu-government-2021.html"


def test_steps_are_told_in_order_and_report_is_the_same() -> None:
    told: list[str] = []
    with Sandbox(workers=1) as sandbox:
        report = read_in_sandbox(sandbox, DOCUMENT.read_bytes(), DOCUMENT.name, told.append)
    assert tuple(told) == STEPS
    assert report == read_report(DOCUMENT.read_bytes(), DOCUMENT.name)


def test_reason_of_a_file_that_cannot_be_read_comes_through() -> None:
    told: list[str] = []
    with Sandbox(workers=1) as sandbox, pytest.raises(CannotReadError) as caught:
        read_in_sandbox(sandbox, b"", "empty.pdf", told.append)
    assert caught.value.code == "empty_file"
    assert told[0] == STEPS[0]
