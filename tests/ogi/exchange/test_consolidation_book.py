"""The consolidated tables as a workbook: read back by our readers, and incomplete sums marked where they stand."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from loaders.read import read_report
from ogi.consolidation import Member, compare, consolidate
from ogi.exchange.consolidation_book import consolidation_book
from ogi.organs import describe_organ, id_of
from ogi.report import Report

MakeReport = Callable[..., Report]


@pytest.fixture(scope="module")
def book(make_report: MakeReport) -> bytes:
    """示例市: education and police give numbers, 民政局 none; the region's own report says 40 penalties where 41 are given."""
    printed = {
        "示例市教育局": {"penalty.decisions": "1", "licensing.decisions": "7"},
        "示例市公安局": {"penalty.decisions": "40"},
    }
    members = []
    for name in (*printed, "示例市民政局"):
        organ = describe_organ(name)
        report = make_report(printed[name], organ=organ) if name in printed else None
        members.append(Member(organ_id=id_of(organ) or "", name=name, kind=organ.kind, region=organ.region, report=report))
    own = make_report(
        {"penalty.decisions": "40", "licensing.decisions": "9"}, organ=describe_organ("示例市人民政府"), scope="region_total"
    )
    found = consolidate("示例市人民政府", 2024, members)
    return consolidation_book(found, compare(found, own))


def rows(book: bytes, sheet: str) -> dict[str, tuple[object, ...]]:
    return {str(row[1]): row for row in openpyxl.load_workbook(io.BytesIO(book))[sheet].iter_rows(values_only=True)}


def test_sheets_say_what_they_hold(book: bytes) -> None:
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames == ["汇总表", "覆盖情况", "与汇总报告比对", "各单位数字"]


def test_consolidated_form_is_in_the_official_layout(book: bytes) -> None:
    only = openpyxl.load_workbook(io.BytesIO(book))
    for name in only.sheetnames[1:]:
        del only[name]
    target = io.BytesIO()
    only.save(target)
    back = read_report(target.getvalue(), "x.xlsx")
    assert (back.value("penalty.decisions"), back.value("licensing.decisions"), back.value("coercion.decisions")) == (41, 7, 0)


def test_incomplete_sum_carries_a_note_with_who_is_missing(book: bytes) -> None:
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book))["汇总表"].iter_rows() for cell in row]
    seven = next(cell for cell in cells if cell.value == 7)
    assert seven.comment is not None
    assert "合计不完整：3家中只有2家有数字。没有收到报告1家（示例市民政局）。" in seven.comment.text
    assert any(str(cell.value).startswith("没有收到报告：示例市民政局") for cell in cells)


def test_coverage_and_comparison_are_listed_cell_by_cell(book: bytes) -> None:
    assert rows(book, "覆盖情况")["penalty.decisions"][2:6] == (41, 2, 3, "否")
    compared = rows(book, "与汇总报告比对")
    assert compared["penalty.decisions"][2:6] == (41, 40, -1, "下级合计已超过汇总数")
    assert compared["licensing.decisions"][2:6] == (7, 9, 2, "下级合计较少，有单位没有数字")
    assert "示例市民政局没有给出数字" in str(compared["licensing.decisions"][6])


def test_organ_without_report_has_no_zero(book: bytes) -> None:
    assert rows(book, "各单位数字")["penalty.decisions"][2:] == (1, 40, "没有收到报告")
