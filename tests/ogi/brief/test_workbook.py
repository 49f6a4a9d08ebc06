"""Frames as an Excel workbook, read back with openpyxl."""

from __future__ import annotations

from io import BytesIO

import pandas as pd
from openpyxl import load_workbook

from ogi.brief.workbook import workbook_of
from ogi.labels import Labels


def test_gap_is_an_empty_cell_and_a_formula_is_text() -> None:
    frame = pd.DataFrame({"机关": ["甲局", "=1+1"], "件": pd.array([3, None], dtype="Int64")})
    data = workbook_of({"2024": frame}, labels=Labels("zh"), title="机关对比", notes=["全部机关。"])
    sheet = load_workbook(BytesIO(data))["2024"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "机关对比"
    assert rows[1][0] == "全部机关。"
    assert rows[2:] == [["机关", "件"], ["甲局", 3], ["'=1+1", None]]


def test_sheet_names_excel_refuses_are_mended() -> None:
    frame = pd.DataFrame({"a": [1]})
    assert load_workbook(BytesIO(workbook_of({"a/b:c": frame}, labels=Labels("zh"), title="t"))).sheetnames == ["a b c"]
