"""Three organs over two years, with figures written by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import msgspec
import pytest

from ogi.checks import check_report
from ogi.form import load_form
from ogi.library import Entry, Library, entry_from
from ogi.report import OrganName

RECEIVED = {
    ("甲市人民政府", 2023): 100, ("甲市人民政府", 2024): 120,
    ("甲市乙局", 2023): 40, ("甲市乙局", 2024): 30,
    ("甲市丙局", 2024): 7,
}  # fmt: skip
"""New applications; 丙局 has no report of 2023. Together 140 in 2023 and 157 in 2024."""


@pytest.fixture(scope="session")
def make_entry(make_report) -> Callable[..., Entry]:
    """Make the report of an organ and year: all applications of natural persons, all of them granted."""

    def make(
        name: str, year: int, received: int, *, collection: str = "fictional", text: str = "", closed: int | None = None
    ) -> Entry:
        cells: Mapping[str, str] = {
            f"applications.{row}.{column}": str(received if closed is None or row != "result_total" else closed)
            for row in ("received", "granted", "result_total")
            for column in ("natural_person", "total")
        }
        kind = "government" if name.endswith("政府") else "department"
        report = make_report(cells, year=year, organ=OrganName(name=name, level="city", kind=kind))
        document = msgspec.structs.replace(
            report.document, name=f"{name}{year}{text}.txt", sha256=hashlib.sha256(f"{name}{year}{text}".encode()).hexdigest()
        )
        report = msgspec.structs.replace(report, document=document)
        return entry_from(report, check_report(report, load_form()), collection)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def entries(make_entry) -> dict[tuple[str, int], Entry]:
    """The five reports by organ and year."""
    return {place: make_entry(*place, received) for place, received in RECEIVED.items()}


@pytest.fixture(scope="session")
def library(entries) -> Library:
    """The five reports."""
    return Library.of(entries.values())
