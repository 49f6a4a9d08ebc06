"""Readings kept on disk: a restart shows them, a damaged entry or a changed document never does."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from ogi.report import Document, OrganName, Reading, Report, Source, TableReading
from pages.parts import sample_library
from pages.parts.reading_cache import ReadingCache
from pages.parts.sample_library import SampleLibrary
from sample_reports.catalogue import TRUTH

SHA = "ab" * 32
SAMPLES = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"


def report() -> Report:
    cells = {
        "fees.amount_wan_yuan": Reading(
            key="fees.amount_wan_yuan", raw="59237.2449", value=Decimal("59237.2449"), state="reported", source=Source(page=2)
        ),
        "rules.issued": Reading(key="rules.issued", raw="", value=None, state="blank"),
    }
    return Report(
        document=Document(name="a.pdf", sha256=SHA, media_type="application/pdf", pages=3),
        organ=OrganName(name="示例市人民政府", level="city", kind="government", region="示例市"),
        report_year=2024,
        scope="region_total",
        tables={"t2_art20_8": TableReading(edition="gf2021", status="complete")},
        cells=cells,
    )


def test_reading_comes_back_as_it_was(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path)
    cache.store(SHA, "a.pdf", report())
    assert ReadingCache(tmp_path).load(SHA, "a.pdf") == report()


def test_nothing_is_found_for_another_document_or_name(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path)
    cache.store(SHA, "a.pdf", report())
    assert cache.load("cd" * 32, "a.pdf") is None
    assert cache.load(SHA, "b.pdf") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"document": 3}', b"\xff\xfe"])
def test_damaged_entry_is_no_reading(tmp_path: Path, content: bytes) -> None:
    cache = ReadingCache(tmp_path)
    cache.store(SHA, "a.pdf", report())
    cache.path(SHA, "a.pdf").write_bytes(content)
    assert cache.load(SHA, "a.pdf") is None


def test_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = ReadingCache(tmp_path / "file")
    cache.store(SHA, "a.pdf", report())
    assert cache.load(SHA, "a.pdf") is None


def test_readings_of_old_readers_are_dropped(tmp_path: Path) -> None:
    for version in range(5):
        (tmp_path / f"readings-{version}").mkdir()
    ReadingCache(tmp_path).store(SHA, "a.pdf", report())
    assert len(list(tmp_path.glob("readings-*"))) == 3
    assert ReadingCache(tmp_path).load(SHA, "a.pdf") == report()


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of sample documents of its own, with one document in it."""
    folder = tmp_path / "documents"
    folder.mkdir()
    original = SAMPLES / "donghu-government-2021.html"
    (folder / original.name).write_bytes(original.read_bytes())
    monkeypatch.setattr(sample_library, "sample_documents", lambda: sorted(folder.iterdir()))
    return folder


def years(library: SampleLibrary) -> list[int | None]:
    library.start()
    library.wait()
    return sorted(entry.report_year or 0 for entry in library.library())


def test_new_changed_and_removed_documents_are_noticed(documents: Path, tmp_path: Path) -> None:
    library = SampleLibrary(ReadingCache(tmp_path / "cache"), look_again_seconds=0)
    assert years(library) == [2021]
    (documents / "second.html").write_bytes((SAMPLES / "donghu-government-2022.html").read_bytes())
    assert years(library) == [2021, 2022]
    (documents / "second.html").write_bytes(b"<p>no report</p>")
    (documents / "donghu-government-2021.html").unlink()
    assert years(library) == []


def test_document_that_cannot_be_read_is_counted_and_named(documents: Path, tmp_path: Path) -> None:
    (documents / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    library = SampleLibrary(ReadingCache(tmp_path / "cache"), look_again_seconds=0)
    assert years(library) == [2021]
    progress = library.progress()
    assert (progress.total, progress.read, progress.is_finished) == (2, 1, True)
    assert [name for name, _ in progress.refused] == ["broken.pdf"]


def test_findings_of_the_samples_are_those_of_their_truth_also_between_years(samples: SampleLibrary) -> None:
    faults = json.loads((TRUTH / "faults.json").read_text(encoding="utf-8"))
    places = [place for fault in faults for place in (fault, *fault["elsewhere"])]
    of_the_original = {  # a child's report is missing; lost pages, and 处理决定数量 misused
        "yunling-government-2020": {"H01_children_complete"},
        "published-zhangdian-2020": {"S02_missing_table", "B04_decisions_mistaken_for_items"},
    }
    entries = samples.library().everything
    found = {e.report.document.name: {f.check for f in e.findings if f.is_problem} for e in entries}
    expected = {
        name: {check for place in places if place["document"] == name for check in place["checks"]}
        | of_the_original.get(Path(name).stem, set())
        for name in found
    }
    assert len(found) == len(entries) > 100
    assert found == expected
    between = [f for e in entries for f in e.findings if f.is_problem and f.others]
    assert {other.relation for finding in between for other in finding.others} == {"previous", "child"}
