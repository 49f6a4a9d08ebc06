"""The methodology page is the dictionary: complete, searchable, in both languages."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

Visit = Callable[..., AppTest]


def test_every_part_of_the_dictionary_is_there(visit: Visit) -> None:
    labels = [tab.label for tab in visit("methodology").tabs]
    assert labels == [
        "指标（36）",
        "核对规则（93）",
        "各格式的栏目（456）",
        "推算数字（12）",
        "跨格式能不能比（25）",
        "单元格状态（9）",
        "格式（3）",
    ]


def test_search_cuts_the_tables(visit: Visit) -> None:
    at = visit("methodology")
    at.text_input(key="methodology_search").set_value("复议纠正率").run()
    indicators = at.table[0].value
    assert list(indicators["名称"]) == ["复议纠正率"]
    assert indicators["算法"].iloc[0] == "“行政复议 · 结果纠正” ÷ “行政复议已审结”"


def test_search_without_a_hit_says_so(visit: Visit) -> None:
    at = visit("methodology")
    at.text_input(key="methodology_search").set_value("量子力学").run()
    assert len(at.info) == 7


def test_page_is_complete_in_english(visit: Visit) -> None:
    at = visit("methodology", "lang=en")
    assert at.title[0].value == "Methodology"
    assert "Disclosure rate (full or partial)" in list(at.table[0].value["Name"])
