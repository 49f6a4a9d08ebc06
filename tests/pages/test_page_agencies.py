"""机关对比 as a reader sees it. True about the fictional city."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ogi.organs import organ_id

OFFICE = organ_id("示例市人民政府办公室")
Visit = Callable[..., AppTest]


def said(at: AppTest) -> str:
    return "\n".join(element.value for element in (*at.markdown, *at.caption, *at.info, *at.subheader)).replace("\\", "")


def opened(at: AppTest, drawer: str) -> AppTest:
    at.session_state[drawer] = True
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize("chart", ["bars", "distribution", "funnel", "heatmap", "multiples", "slope", "scatter", "figures"])
def test_every_chart_is_drawn_and_the_table_stands_under_it(visit: Visit, chart: str) -> None:
    at = visit("agencies", f"chart={chart}&measure=I04_grant_rate")
    assert not at.error
    assert len(at.get("plotly_chart")) == 1
    assert len(at.dataframe[-1].value) == 15


def test_agencies_stand_in_order_with_median_and_sum_and_rates_with_their_counts(visit: Visit) -> None:
    """2025: 教育局 closed 24, 数据局 7; a base below 30 is marked, one below 10 gives counts only."""
    at = visit("agencies")
    assert "15个机关中15个有数字。中位数50" in said(at)
    table = at.dataframe[-1].value.set_index("机关")
    rates, counts = table["予以公开率（含部分公开）（%）"], table["予以公开率（含部分公开）：件数"]
    assert counts["示例市教育局"] == "13/24 样本偏少"
    assert counts["示例市数据局"] == "4/7 不足10件"
    assert pd.isna(rates["示例市数据局"])


def test_condition_of_the_link_leaves_agencies_out_and_says_so(visit: Visit) -> None:
    at = visit("agencies", "where=applications.received.total:over:50")
    assert "大于 50：15个机关中留下7个" in said(at)
    assert len(at.dataframe[-1].value) == 7


def test_condition_can_be_taken_away(visit: Visit) -> None:
    at = opened(visit("agencies", "where=applications.received.total:over:50"), "where")
    next(button for button in at.button if button.key and button.key.startswith("drop_")).click().run()
    assert len(at.dataframe[-1].value) == 15


def test_nobody_left_is_said(visit: Visit) -> None:
    assert "没有机关符合这些条件" in said(visit("agencies", "where=applications.received.total:over:999999"))


def test_peers_of_the_link_are_shown_and_explained(visit: Visit) -> None:
    at = visit("agencies", f"peers_of={OFFICE}")
    assert "同类机关：市级" in said(at)
    assert "与示例市人民政府办公室同类" in said(at)


def test_agencies_are_found_by_pinyin_initials_and_taken(visit: Visit) -> None:
    at = opened(visit("agencies"), "picker")
    at.text_input(key="picker_typed").set_value("gaj").run()
    at.button(key="picker_only").click().run()
    assert len(at.dataframe[-1].value) == 1
    assert "示例市公安局" in at.dataframe[-1].value["机关"].tolist()


def test_closed_drawers_draw_no_lists_and_opened_ones_stay_open_after_a_choice(visit: Visit) -> None:
    at = visit("agencies")
    lists = {"filter_peers_of", "filter_children_of", "where_figure"}
    assert not lists & {box.key for box in at.selectbox}
    opened(opened(at, "picker"), "where")
    assert lists <= {box.key for box in at.selectbox}
    at.selectbox(key="filter_peers_of").select("示例市人民政府办公室").run()
    assert at.query_params["peers_of"] == OFFICE
    assert lists <= {box.key for box in at.selectbox}


def test_basis_a_figure_does_not_have_is_said(visit: Visit) -> None:
    assert "没有“占比”的算法" in said(visit("agencies", "basis=share"))


def test_page_speaks_english(visit: Visit) -> None:
    assert "15 of 15 agencies have a number" in said(visit("agencies", "lang=en"))


def test_definition_is_a_choice_of_the_page_and_said(visit: Visit) -> None:
    at = visit("agencies", "measure=I04_grant_rate")
    assert "公开率口径：全部公开和部分公开 ÷ 办结总数" in said(at)
    assert "口径：" not in said(visit("agencies", "measure=applications.received.total"))


def test_reference_lines_of_the_link_are_drawn_or_said_to_be_missing(visit: Visit) -> None:
    assert "请先在“突出显示”里选一个机关" in said(visit("agencies", "measure=I04_grant_rate&lines=total,region"))
    text = said(visit("agencies", f"measure=applications.received.total&lines=peers,total&focus_organ={OFFICE}"))
    assert "没有“全部机关合计”线：数量的合计" in text


def test_picker_names_agencies_by_the_figure_of_the_page_or_by_name(visit: Visit) -> None:
    at = visit("agencies", "focus_year=2024")
    at.session_state["picker"] = True
    found = at.run().multiselect(key="filter_organs_found").options
    numbers = [float(option.rpartition(" · ")[2].replace(",", "")) for option in found if " · " in option]
    assert len(numbers) > 10
    assert numbers == sorted(numbers, reverse=True)
    by_name = at.segmented_control(key="filter_sort").set_value("name").run()
    assert by_name.query_params["sort"] == "name"
    assert not any(" · " in option for option in by_name.multiselect(key="filter_organs_found").options)
