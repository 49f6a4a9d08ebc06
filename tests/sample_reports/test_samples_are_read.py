"""Every sample is read exactly as its truth says, by its text or, where it is only pictures, by recognition."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from sample_reports.catalogue import TRUTH, sample_documents


def truth_of(path: Path) -> dict:
    return json.loads((TRUTH / f"{path.stem}.json").read_text(encoding="utf-8"))


DOCUMENT_PATHS = sample_documents()


@pytest.mark.parametrize("path", DOCUMENT_PATHS, ids=lambda path: path.name)
def test_a_sample_is_read_as_its_truth_says(path, read_sample):
    truth = truth_of(path)
    report = read_sample(path.name)
    expected = {key: Decimal(str(value)) for key, value in truth["cells"].items() if value is not None}
    assert {key: Decimal(str(reading.value)) for key, reading in report.cells.items() if reading.value is not None} == expected
    assert {key: reading.unit for key, reading in report.cells.items() if reading.unit} == truth.get("units", {})
    assert (report.organ.name, report.report_year, report.scope) == (truth["organ"], truth["report_year"], truth["scope"])
    found = {table: reading.edition for table, reading in report.tables.items() if reading.edition}
    assert found == truth["editions"]


def test_a_blank_or_slash_has_no_value_and_keeps_its_state(read_sample):
    report = read_sample("yunling-qingshi-2022.html")
    assert (report.cells["rules.issued"].state, report.cells["rules.issued"].value) == ("dash", None)
    report = read_sample("donghu-hubin-2022.html")
    assert (report.cells["applications.granted.total"].state, report.cells["applications.granted.total"].value) == ("blank", None)
    assert report.value("applications.received.total") is not None


def test_the_remark_beside_a_number_is_kept(read_sample):
    reading = read_sample("shili-natural-resources-2021.html").cells["normative_documents.issued"]
    assert (reading.raw, reading.value, "其中修订1件" in reading.remark) == ("3（其中修订1件）", 3, True)
