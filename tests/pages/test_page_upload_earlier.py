"""Reports of the years before the present form: their tables are shown as found, and no page breaks on them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

Visit = Callable[..., AppTest]
STATISTICS = """示例市教育局2016年政府信息公开工作年度报告
一、概述
全年主动公开政府信息465条。
统计指标\t单位\t统计数
一、主动公开情况\t——\t——
（一）主动公开政府信息数\t条\t465
制发规范性文件总数\t件\t14
三、依申请公开情况\t——\t——
（一）收到申请数\t件\t8
（二）申请办结数\t件\t8
四、行政复议数量\t件\t3
五、行政诉讼数量\t件\t4
七、依申请公开信息收取的费用\t万元\t0.15
"""
OWN_TABLE = """示例市教育局2009年政府信息公开工作年度报告
一、概述
指标名称\t单位\t2009年度\t历年累计
主动公开信息数\t条\t120\t560
申请总数\t件\t3\t9
行政复议数\t件\t0\t1
"""
PAGES = ("overview", "applications", "proactive", "disputes", "methodology")


@pytest.mark.parametrize(("name", "text", "year"), [("2016.txt", STATISTICS, 2016), ("2009.txt", OWN_TABLE, 2009)])
def test_report_of_an_earlier_form_breaks_no_page(visit: Visit, name: str, text: str, year: int) -> None:
    at = visit("upload")
    at.file_uploader(key="upload_files").upload(name, text.encode())
    at.run(timeout=120)
    assert not at.exception
    assert next(field for field in at.number_input if field.label == "报告年度").value == year
    next(button for button in at.button if button.label == "加入看板").click()
    at.run()
    for page in PAGES:
        at.switch_page(f"../{page}.py").run()
        assert not at.exception, page


def test_rows_in_no_official_form_are_shown_as_found(visit: Visit) -> None:
    at = visit("upload")
    at.file_uploader(key="upload_files").upload("2009.txt", OWN_TABLE.encode())
    at.run(timeout=120)
    (table,) = at.dataframe
    assert table.value.to_numpy().tolist() == [
        ["主动公开信息数", "条", "120", "560"], ["申请总数", "件", "3", "9"], ["行政复议数", "件", "0", "1"],
    ]  # fmt: skip
    assert list(table.value.columns) == ["信息内容", "单位", "2009年度", "历年累计"]
