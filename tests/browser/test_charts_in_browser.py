"""What a click on a chart does, and what a picture taken from it carries, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ogi.organs import organ_id

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
Tab = Callable[..., Page]
Server = Any
LARGEST = organ_id("示例市自然资源和规划局")


def chart(page: Page, address: str) -> Any:
    """The chart of the page of agencies, ready to be clicked, once all samples were read."""
    page.goto(address)
    expect(page.get_by_text("覆盖18/18个机关、123份报告")).to_be_visible(timeout=240_000)
    plot = page.locator(".st-key-chart_agencies .js-plotly-plot")
    plot.scroll_into_view_if_needed()
    expect(plot.locator(".ogi-svg")).to_be_attached()  # who listens has found it
    return plot


def test_click_on_a_bar_makes_its_agency_stand_out_and_back_lets_it_go(server: Server, tab: Tab) -> None:
    page = tab()
    plot = chart(page, f"{server.address}/agencies?focus_year=2025")
    plot.locator(".nsewdrag").first.click(position={"x": 20, "y": 12})
    expect(page).to_have_url(re.compile(f"focus_organ={LARGEST}"))
    expect(page.locator(".st-key-point")).to_contain_text("示例市自然资源和规划局 · 2025")
    page.go_back()
    expect(page).not_to_have_url(re.compile("focus_organ="))


def test_picture_carries_title_sentence_source_and_date(server: Server, tab: Tab, tmp_path: Path) -> None:
    page = tab()
    plot = chart(page, f"{server.address}/agencies?focus_year=2025")
    plot.hover()
    with page.expect_download() as taken:
        plot.locator(".ogi-svg").click()
    file = tmp_path / "chart.svg"
    taken.value.save_as(file)
    assert taken.value.suggested_filename == "agencies_applications_received_total_2025.svg"
    text = re.sub(r"<[^>]+>", "", file.read_text(encoding="utf-8"))
    for words in ("2025年各机关本年新收", "覆盖18/18个机关、123份报告", "来源：政府信息公开工作年度报告，示例（虚构的示例市）"):
        assert words in text
    assert re.search(r"制图，20\d\d-\d\d-\d\d", text)
    assert "新收" not in plot.evaluate("plot => plot.layout.title.text")  # on the page the title stands above the chart
