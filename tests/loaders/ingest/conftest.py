"""Reports small enough to be read in milliseconds, and a place to put what an ingest hands over."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from loaders.ingest.arrived import Arrived
from loaders.ingest.ready import unpacked
from ogi.report import Report
from ogi.store.ingests import FileRecord

PLACES = ("东湖区", "西山区", "南河县", "北原县", "中岭市")
OFFICES = ("教育局", "民政局", "财政局", "水利局", "卫生健康委员会", "统计局", "审计局", "司法局")


def report_text(number: int) -> tuple[str, str]:
    """Name and content of the report with this number: no two have the same organ and year."""
    place, rest = PLACES[number % len(PLACES)], number // len(PLACES)
    office, year = OFFICES[rest % len(OFFICES)], 2024 - rest // len(OFFICES)
    text = f"""示例市{place}{office}{year}年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（五）项\t
信息内容\t本年处理决定数量
行政许可\t{number}
第二十条第（六）项\t
信息内容\t本年处理决定数量
行政处罚\t0
行政强制\t
"""
    return f"{place}/{year}/{office}.txt", text


def write_reports(folder: Path, numbers: range) -> list[str]:
    """Write reports below a folder and return their names."""
    names = []
    for number in numbers:
        name, text = report_text(number)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        names.append(name)
    return names


def zip_reports(path: Path, numbers: range) -> None:
    """Write reports into an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in numbers:
            archive.writestr(*report_text(number))


def sha256_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Shelf:
    """Keeps what arrives in memory."""

    def __init__(self) -> None:
        self.files: list[Arrived] = []
        self.reports: list[Report] = []
        self.stored: set[str] = set()
        self.totals: list[int] = []

    def known(self, sha256: list[str]) -> set[str]:
        return self.stored & set(sha256)

    def keep(self, arrived: list[Arrived], total: int) -> list[FileRecord]:
        self.files += arrived
        self.totals.append(total)
        found = []
        for file in arrived:
            if file.is_known:
                found.append(FileRecord(name=file.name, sha256=file.sha256, outcome="same"))
            for part in file.parts:
                if part[0] is not None:
                    assert file.data is not None
                    assert file.sha256 is not None
                    self.reports.append(
                        unpacked(part[0], file.data, file.sha256, part=1, reader="", address=None, published_on=None).report
                    )
                    self.stored.add(file.sha256)
                    found.append(FileRecord(name=file.name, sha256=file.sha256, outcome="new"))
                else:
                    code = part[1][0]
                    outcome = "skipped" if code == "files_skipped" else "failed"
                    found.append(FileRecord(name=file.name, sha256=file.sha256, outcome=outcome, error=code))
            found += [FileRecord(name=name, sha256=file.sha256, outcome="same") for name in file.copies]
        return found

    @property
    def names(self) -> list[str]:
        """Names of all files, copies included."""
        return sorted(name for file in self.files for name in (file.name, *file.copies))

    @property
    def reasons(self) -> dict[str, str]:
        """Why there is nothing of a file, by name."""
        return {file.name: part[1][0] for file in self.files for part in file.parts if part[1] is not None}


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()
