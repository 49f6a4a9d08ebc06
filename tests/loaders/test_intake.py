"""Everything in a file, read one by one: reports, reasons, and nothing that raises; with workers and without."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest

from loaders import intake
from loaders.intake import Outcome, read_all
from loaders.sandbox import Sandbox

REPORT = """{organ}2024年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（五）项\t
信息内容\t本年处理决定数量
行政许可\t{number}
"""


def report(organ: str, number: int) -> bytes:
    return REPORT.format(organ=organ, number=number).encode()


def zipped(*entries: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in entries:
            package.writestr(name, data)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(workers=1) as sandbox:
        yield sandbox


def seen(outcomes: Iterator[Outcome]) -> list[tuple[str, str | int | None]]:
    """Names with the number of licences, or with the code of the reason."""
    return [
        (outcome.name, outcome.report.value("licensing.decisions") if outcome.report else outcome.error and outcome.error.code)
        for outcome in outcomes
    ]


ARCHIVE = zipped(
    ("甲局.txt", report("示例市甲局", 1)),
    ("乙局/letter.txt", "今天天气很好。".encode()),
    ("乙局.zip", zipped(("年报.txt", report("示例市乙局", 2)), ("Thumbs.db", b"x"))),
    ("空.pdf", b""),
)
EXPECTED = [
    ("材料.zip/甲局.txt", 1),
    ("材料.zip/乙局/letter.txt", "not_a_report"),
    ("材料.zip/乙局.zip/年报.txt", 2),
    ("材料.zip/空.pdf", "empty_file"),
    ("材料.zip", "files_skipped"),
]


def test_archive_gives_an_outcome_for_each_file() -> None:
    assert seen(read_all(ARCHIVE, "材料.zip")) == EXPECTED


def test_workers_find_the_same(sandbox: Sandbox) -> None:
    told: list[str] = []
    assert seen(read_all(ARCHIVE, "材料.zip", sandbox, on_file=told.append)) == EXPECTED
    assert told == [name for name, _ in EXPECTED[:4]]


def test_parts_of_an_archive_follow_each_other_without_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "_AT_ONCE", 300)
    start, rest, names = 0, True, []
    while rest:
        members, rest = intake.take(ARCHIVE, "材料.zip", start)
        assert members
        names += [name for name, _ in members]
        start += len(members)
    assert names == [name for name, _ in EXPECTED]
    assert start > 3


def test_single_file_is_one_outcome(sandbox: Sandbox) -> None:
    steps: list[str] = []
    (outcome,) = read_all(report("示例市甲局", 3), "a.txt", sandbox, on_step=steps.append)
    assert outcome.report
    assert outcome.report.document.name == "a.txt"
    assert steps == ["detect", "read", "tables", "narrative", "identity"]
    assert not outcome.is_failure


def test_files_left_out_on_purpose_are_no_failure() -> None:
    assert [outcome.is_failure for outcome in read_all(ARCHIVE, "材料.zip")] == [False, True, False, True, False]


def test_each_outcome_comes_with_the_bytes_it_was_read_from(sandbox: Sandbox) -> None:
    for outcomes in (read_all(ARCHIVE, "材料.zip"), read_all(ARCHIVE, "材料.zip", sandbox)):
        data = {outcome.name: outcome.data for outcome in outcomes}
        assert data["材料.zip/甲局.txt"] == report("示例市甲局", 1)
        assert data["材料.zip/乙局.zip/年报.txt"] == report("示例市乙局", 2)
        assert data["材料.zip/空.pdf"] == b""
        assert data["材料.zip"] is None
