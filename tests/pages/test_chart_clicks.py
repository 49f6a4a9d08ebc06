"""What a click on a chart does to the page. The browser's part is tested in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from ogi.organs import organ_id
from ogi.view import View
from pages.parts import chart_clicks

POLICE = organ_id("示例市公安局")
Visit = Callable[..., AppTest]


@pytest.fixture
def view(monkeypatch) -> Callable[[], View]:
    """The view of a session without a page."""
    state: dict = {}
    monkeypatch.setattr(st, "session_state", state)
    return lambda: state.get("view", View())


def test_point_makes_its_agency_and_year_those_of_the_page(view) -> None:
    chart_clicks.take_click({"organ": POLICE, "year": 2023, "chart": "ranking"})
    assert (view().focus_organ, view().focus_year) == (POLICE, 2023)


def test_second_click_lets_the_agency_go(view) -> None:
    for _ in range(2):
        chart_clicks.take_click({"organ": POLICE, "year": 2023, "chart": "ranking"})
    assert (view().focus_organ, view().focus_year) == (None, 2023)


def test_bar_of_a_year_changes_the_year_only(view) -> None:
    chart_clicks.take_click({"organ": None, "year": 2023, "chart": "outcomes"})
    assert (view().focus_organ, view().focus_year) == (None, 2023)


@pytest.mark.parametrize(
    "sent", [{}, {"organ": "<script>", "year": "soon"}, {"organ": 7, "year": True}, {"organ": "gaaaaaaaaaa"}]
)
def test_what_no_chart_sends_changes_nothing(view, sent) -> None:
    chart_clicks.take_click(sent)
    assert view() == View()


def test_agency_that_stands_out_has_its_figure_and_its_ways_under_the_chart(visit: Visit) -> None:
    at = visit("agencies", f"focus_organ={POLICE}&focus_year=2025")
    text = "\n".join(element.value for element in at.markdown).replace("\\", "")
    assert "示例市公安局 · 2025** 359" in text
    at.button(key="point_only").click().run()
    assert at.query_params["organs"] == POLICE
    at.button(key="point_release").click().run()
    assert "focus_organ" not in at.query_params


def test_every_headline_figure_of_one_agency_leads_to_its_place(visit: Visit) -> None:
    at = visit("agency", f"focus_organ={POLICE}")
    links = [link for link in at.get("page_link") if "看出处" in link.proto.label]
    assert len(links) == 6
    said = "\n".join(element.value for element in (*at.caption, *at.markdown))
    assert "1/1" not in said
    assert "示例市公安局；2019–2025年度" in said.replace("\\", "")
