"""Reports to store, as many as wanted: one real reading of a sample, under other organs, years and figures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from loaders.read import read_report
from ogi.organs import describe_organ
from ogi.report import Report
from ogi.store.prepared import Prepared, prepare

SAMPLE = Path(__file__).resolve().parent.parent / "sample_reports" / "documents" / "donghu-hubin-2022.html"
YEARS = 5


def read_sample() -> Report:
    """Return the sample the reports are made of."""
    return read_report(SAMPLE.read_bytes(), SAMPLE.name)


def made_reports(sample: Report, start: int, count: int, size: int = 400) -> Iterator[Prepared]:
    """Yield reports ready for storing: number ``start`` and those after it, each of another organ or year.

    Args:
        sample: a report as read.
        start: the first number.
        count: how many.
        size: bytes of each document; what is measured is storing, not the disk.
    """
    key = next(iter(sample.cells))
    for number in range(start, start + count):
        organ = describe_organ(f"示例市第{number // YEARS + 1}局")
        data = f"{number:08d}".encode() * (size // 8)
        document = msgspec.structs.replace(sample.document, sha256=hashlib.sha256(data).hexdigest(), name=f"{number}.txt")
        reading = msgspec.structs.replace(sample.cells[key], value=number, raw=str(number))
        year = 2021 + number % YEARS
        report = msgspec.structs.replace(
            sample, document=document, organ=organ, report_year=year, cells=sample.cells | {key: reading}
        )
        yield prepare(report, data, origin="ingest", reader="made")
