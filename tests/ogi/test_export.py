"""Files for other programs: the JSON contract, CSV that Excel opens rightly, workbook; nothing that acts as a formula."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import openpyxl
import pytest

from ogi.checks import Finding
from ogi.export import CSV_COLUMNS, report_to_dict, report_to_json, to_csv, to_xlsx
from ogi.report import Document, LocalRow, NarrativeSection, Notice, OrganName, Reading, Report, Source, TableReading

REPORT = Report(
    document=Document(name="=cmd|.pdf", sha256="ab" * 32, media_type="application/pdf", pages=2),
    organ=OrganName(name="示例市教育局", level="city", kind="department", region="示例市"),
    report_year=2024,
    scope="own",
    tables={
        "t2_art20_5": TableReading(edition="gf2021", status="complete"),
        "t2_art20_8": TableReading(edition="gf2021", status="complete"),
        "t3_requests": TableReading(edition=None, status="missing"),
    },
    cells={
        "licensing.decisions": Reading(
            key="licensing.decisions",
            raw="22（其中修订16件）",
            value=22,
            state="reported",
            source=Source(page=1, bbox=(1.5, 2.0, 3.0, 4.25)),
            remark="其中修订16件",
        ),
        "fees.amount_wan_yuan": Reading(
            key="fees.amount_wan_yuan",
            raw="59237.2440",
            value=Decimal("59237.2440"),
            state="reported",
            source=Source(table=1, row=2, cell=3),
        ),
        "penalty.decisions": Reading(key="penalty.decisions", raw="", value=None, state="blank"),
        "coercion.decisions": Reading(key="coercion.decisions", raw="=1+1", value=None, state="text"),
    },
    narrative=(NarrativeSection(section="s1", title="一、总体情况", text="好。"),),
    meta={"meta.sign_date": "2025-01-26", "meta.period_full_year": True},
    local_rows=(LocalRow(table="t2_art20_5", label="其他", values=("1", "")),),
    notices=(Notice(code="years_differ", params={"title": 2023, "period": 2024, "followed": 2024}, keys=("meta.title_year",)),),
)
FINDING = Finding(
    check="S06_blank_cells", severity="hint", status="not_applicable", cells=("penalty.decisions",), left=1, right=Decimal("0.50")
)


def test_json_has_the_documented_shape_in_the_documented_order() -> None:
    found = json.loads(report_to_json(REPORT, (FINDING,)))
    assert list(found)[:9] == [
        "document", "organ", "report_year", "scope", "tables", "cells", "narrative", "findings", "notices",
    ]  # fmt: skip
    assert found["document"] == {"name": "=cmd|.pdf", "sha256": "ab" * 32, "media_type": "application/pdf", "pages": 2}
    assert found["organ"].items() >= {"name": "示例市教育局", "level": "city", "kind": "department", "region": "示例市"}.items()
    assert (found["report_year"], found["scope"]) == (2024, "own")
    assert found["tables"]["t2_art20_8"] == {"edition": "gf2021", "status": "complete"}
    assert found["tables"]["t3_requests"] == {"edition": None, "status": "missing"}
    assert found["cells"]["licensing.decisions"] == {
        "value": 22,
        "raw": "22（其中修订16件）",
        "state": "reported",
        "source": {"page": 1, "bbox": [1.5, 2.0, 3.0, 4.25]},
        "confidence": 1.0,
        "remark": "其中修订16件",
    }
    assert found["narrative"] == [{"section": "s1", "title": "一、总体情况", "text": "好。"}]
    assert list(found["findings"][0]) == [
        "check", "severity", "status", "cells", "left", "right", "difference", "message_zh", "message_en", "sentence",
        "definition", "quotes", "missing", "other_reports",
    ]  # fmt: skip
    assert found["findings"][0]["message_zh"] == "不适用"
    assert found["notices"] == [
        {
            "code": "years_differ",
            "message_zh": "标题写的是2023年，统计期限是2024年，两者不一致，按2024年认定，请核对。",
            "message_en": "The title says 2023, the statistics period 2024; 2024 was taken. Please check.",
            "cells": ["meta.title_year"],
            "params": {"title": 2023, "period": 2024, "followed": 2024},
        }
    ]


def test_cells_without_number_are_null_and_decimals_keep_their_precision() -> None:
    text = report_to_json(REPORT).decode()
    assert '"fees.amount_wan_yuan":{"value":59237.2440,' in text
    assert json.loads(text)["cells"]["penalty.decisions"]["value"] is None
    assert "\n" not in text


def test_keyed_value_is_no_reading_of_the_document() -> None:
    keyed = {"licensing.decisions": Reading(key="licensing.decisions", raw="", value=5, state="keyed")}
    report = Report(document=REPORT.document, organ=REPORT.organ, report_year=2024, scope="own", tables={}, cells=keyed)
    assert report_to_dict(report)["cells"]["licensing.decisions"]["value"] is None


def rows() -> list[dict[str, str]]:
    text = to_csv([REPORT]).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv_starts_with_the_mark_excel_needs() -> None:
    assert to_csv([REPORT]).startswith(b"\xef\xbb\xbfdocument,sha256,")
    assert to_csv([]).decode("utf-8-sig").strip() == ",".join(CSV_COLUMNS)


def test_csv_has_one_line_per_reading_with_labels_and_place() -> None:
    first = rows()[0]
    assert len(rows()) == 4
    assert (first["organ"], first["report_year"], first["scope"], first["table"], first["edition"]) == (
        "示例市教育局", "2024", "own", "t2_art20_5", "gf2021",
    )  # fmt: skip
    assert (first["label_zh"], first["label_en"]) == (
        "行政许可 · 本年处理决定数量",
        "Administrative licences · Decisions this year",
    )
    assert (first["value"], first["state"], first["unit"], first["page"], first["x0"], first["bottom"]) == (
        "22", "reported", "jian", "1", "1.5", "4.25",
    )  # fmt: skip


def test_csv_leaves_blank_cells_empty_and_keeps_precision() -> None:
    by_key = {row["key"]: row for row in rows()}
    assert by_key["penalty.decisions"]["value"] == ""
    assert by_key["fees.amount_wan_yuan"]["value"] == "59237.2440"


@pytest.mark.parametrize(
    ("key", "column", "text"), [("coercion.decisions", "raw", "'=1+1"), ("licensing.decisions", "document", "'=cmd|.pdf")]
)
def test_text_like_a_formula_is_disarmed(key: str, column: str, text: str) -> None:
    assert {row["key"]: row for row in rows()}[key][column] == text


def test_printed_numbers_with_sign_are_left_alone() -> None:
    cells = {"licensing.items_delta": Reading(key="licensing.items_delta", raw="-2", value=-2, state="reported")}
    report = Report(document=REPORT.document, organ=REPORT.organ, report_year=2020, scope="own", tables={}, cells=cells)
    line = to_csv([report]).decode("utf-8-sig").splitlines()[1]
    assert ",-2,-2,reported," in line


def test_workbook_has_values_and_readings() -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([REPORT])))
    values, readings = book["数值"], book["逐格读数"]
    heads = [cell.value for cell in values[2]]
    assert [cell.value for cell in values[1]][:3] == ["文件", "机关", "报告年度"]
    row = dict(zip(heads, [cell.value for cell in values[3]], strict=True))
    assert (row["organ"], row["report_year"], row["scope"]) == ("示例市教育局", 2024, "本机关")
    assert (row["licensing.decisions"], row["penalty.decisions"]) == (22, None)
    assert row["fees.amount_wan_yuan"] == pytest.approx(59237.244)
    assert readings.max_row == 5
    assert "f" not in {cell.data_type for line in readings.iter_rows() for cell in line}


def test_workbook_takes_text_no_xml_may_hold() -> None:
    cells = {"licensing.decisions": Reading(key="licensing.decisions", raw="1\x0b2", value=None, state="text")}
    report = Report(document=REPORT.document, organ=REPORT.organ, report_year=None, scope="unknown", tables={}, cells=cells)
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([report])))
    assert "12" in [cell.value for cell in book["逐格读数"][2]]
