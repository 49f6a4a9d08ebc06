"""Five hundred documents damaged in seeded ways: each is read with proof of every figure, or refused in a sentence.

The long run is ``make fuzz``; a fault it finds comes here by its seed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import msgspec
import pytest

from benchmarks.fuzz.attack import Result, attack, attack_all, cases
from benchmarks.fuzz.bases import bases
from benchmarks.fuzz.case import Case
from benchmarks.fuzz.evidence import invented
from benchmarks.fuzz.mutations import mutated
from benchmarks.fuzz.pictures import misread, picture_cases
from loaders.limits import Limits
from loaders.read import read_report
from loaders.sandbox import Sandbox

COUNT, PICTURES = 500, 8


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(2, Limits(cpu_seconds=20, wall_seconds=60)) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def results(sandbox: Sandbox) -> list[Result]:
    return list(attack_all(sandbox, cases(COUNT)))


def test_damaged_documents_are_read_with_proof_or_refused_in_a_sentence(results: list[Result]) -> None:
    assert len(results) == COUNT
    assert [f"{r.case.kind} {r.case.name} seed {r.case.seed}: {r.fault}" for r in results if r.fault] == []


def test_damaged_scans_are_read_right_marked_or_refused() -> None:
    with Sandbox(2, Limits(cpu_seconds=60, wall_seconds=120)) as sandbox:
        results = list(attack_all(sandbox, picture_cases(PICTURES), misread))
    assert [f"{r.case.name} seed {r.case.seed}: {r.fault}" for r in results if r.fault] == []
    assert sum(r.outcome == "read" for r in results) > PICTURES / 4


def test_a_figure_of_another_sample_is_a_misreading() -> None:
    case = next(picture_cases(1))
    name, data = bases()["pdf"][0]
    report = read_report(data, name)
    own = case._replace(name=name.replace(".pdf", ".jpg"))
    assert misread(report, own) == ""
    assert "for" in misread(report, own._replace(name="shili-government-2024.jpg"))


def test_the_damage_reaches_the_readers(results: list[Result]) -> None:
    """Damage that every reader refuses at once would prove nothing."""
    for kind in bases():
        read = [r for r in results if r.case.kind == kind and r.outcome == "read"]
        assert len(read) > len([r for r in results if r.case.kind == kind]) / 4, kind


def test_the_same_seed_gives_the_same_damage() -> None:
    for kind, documents in bases().items():
        data = documents[0][1]
        assert mutated(data, kind, 5) == mutated(data, kind, 5) != data


def test_a_figure_the_document_does_not_show_is_a_fault() -> None:
    name, data = bases()["text"][0]
    report = read_report(data, name)
    assert invented(report, Case("text", name, 0, data)) == ""
    assert invented(report, Case("text", name, 0, data.replace(b"1", b""))) != ""
    name, data = bases()["pdf"][0]
    report = read_report(data, name)
    assert invented(report, Case("pdf", name, 0, data)) == ""
    assert invented(report, Case("pdf", name, 0, bases()["pdf"][5][1])) != ""


def test_a_figure_stored_with_a_power_of_ten_is_shown_by_its_workbook() -> None:
    name, data = bases()["xlsx"][0]
    report = read_report(data, name)
    key, reading = next((key, reading) for key, reading in report.cells.items() if reading.value is not None)
    grown = msgspec.structs.replace(report, cells={key: msgspec.structs.replace(reading, value=1_000_000_000, raw="1000000000")})
    assert invented(grown, Case("xlsx", name, 0, _workbook_of("<v>7</v><v>1e9</v><v>2</v>"))) == ""
    assert invented(grown, Case("xlsx", name, 0, _workbook_of("<v>7</v><v>1e8</v><v>2</v>"))) != ""


def _workbook_of(cells: str) -> bytes:
    """A package whose only digits are those of the cells of one sheet."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr("xl/worksheets/sheet.xml", f"<sheetData>{cells}</sheetData>")
    return written.getvalue()


def test_a_worker_that_does_not_end_in_time_is_a_fault() -> None:
    with Sandbox(1, Limits(wall_seconds=0)) as hurried:
        assert attack(hurried, next(cases(1)), invented).fault.startswith("ended as took_too_long")
