"""What a reader may take from a chart: the download, and nothing sent elsewhere."""

from __future__ import annotations

import pandas as pd

from ogi.charts import CONFIG, Chart


def chart(table: pd.DataFrame) -> Chart:
    return Chart(figure={}, title="t", unit="", sentence="s", alt="a", table=table, filename="f")


def test_csv_begins_with_byte_order_mark_and_keeps_chinese() -> None:
    data = chart(pd.DataFrame({"机关": ["示例市"], "件数": pd.array([3], dtype="Int64")})).csv()
    assert data[:3] == b"\xef\xbb\xbf"
    assert data.decode("utf-8-sig") == "机关,件数\r\n示例市,3\r\n"


def test_text_like_a_formula_is_neutralised_and_negative_numbers_are_not() -> None:
    table = pd.DataFrame({"=机关": ["=1+1", "@x", "-2", "正常"], "增减": pd.array([-2, 1, None, 0], dtype="Int64")})
    lines = chart(table).csv().decode("utf-8-sig").split("\r\n")
    assert lines[:5] == ["'=机关,增减", "'=1+1,-2", "'@x,1", "'-2,", "正常,0"]


def test_missing_number_is_an_empty_field() -> None:
    table = pd.DataFrame({"年": [2021, 2022], "件": pd.array([None, 0], dtype="Int64")})
    assert chart(table).csv().decode("utf-8-sig").split("\r\n")[1:3] == ["2021,", "2022,0"]


def test_no_button_sends_the_data_to_a_server_of_plotly() -> None:
    assert {"sendChartToCloud", "sendDataToCloud"} <= set(CONFIG["modeBarButtonsToRemove"])
    assert CONFIG["plotlyServerURL"] == ""
    assert CONFIG["displaylogo"] is False
