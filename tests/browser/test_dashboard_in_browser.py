"""The dashboard in a real browser, as a stranger meets it."""

from __future__ import annotations

import gzip
import importlib.util
import json
import re
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import ogi
from ogi.organs import organ_id
from tests.browser.conftest import settle

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
Tab = Callable[..., Page]
Server = Any
SUQIAN = f"collection=published&organs={organ_id('宿迁市人民政府')}"
PAGES = {
    "": "总览",
    "years": "年度对比",
    "agencies": "机关对比",
    "agency": "机关画像",
    "proactive": "主动公开",
    "applications": "依申请公开",
    "disputes": "复议诉讼",
    "reports": "报告",
    "search": "搜索",
    "expected": "报送情况",
    "consolidation": "汇总",
    "organs": "机关名录",
    "upload": "上传",
    "methodology": "口径说明",
}


def heading(page: Page, title: str) -> None:
    expect(page.get_by_test_id("stMain").get_by_role("heading", name=title, level=1)).to_be_visible()


def metric(page: Page, name: str) -> str:
    found = page.get_by_test_id("stMetric").filter(has_text=name)
    expect(found).to_be_visible()
    return found.get_by_test_id("stMetricValue").inner_text()


def test_first_start_shows_the_samples(cold_server: Server, tab: Tab) -> None:
    page = tab()
    page.goto(cold_server.address)
    heading(page, "总览")
    expect(page.get_by_test_id("stMain").get_by_text("演示数据").first).to_be_visible()
    expect(page.get_by_text("覆盖18/18个机关、123份报告")).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    health = json.loads(cold_server.get("/healthz"))
    assert health == {"status": "ok", "version": ogi.__version__, "reports": 127, "documents": 127}


def test_deep_link_on_a_cold_server_shows_the_page_inside_the_frame(cold_server: Server, tab: Tab) -> None:
    """True about 宿迁市 2024: 3,525 new applications, of which 3,440 of natural persons."""
    page = tab()
    page.goto(f"{cold_server.address}/applications?{SUQIAN}&applicant=natural_person&years=2024")
    heading(page, "依申请公开")
    sidebar = page.get_by_test_id("stSidebar")
    for name in PAGES.values():
        expect(sidebar.get_by_role("link", name=name)).to_be_visible()
    expect(sidebar.get_by_role("button", name="清除筛选")).to_be_visible()
    expect(page.get_by_test_id("stMain").get_by_text(re.compile("新收3,440件")).first).to_be_visible()
    assert "applicant=natural_person" in page.evaluate("location.search")


def test_filters_go_along_to_every_page_and_back(server: Server, tab: Tab) -> None:
    page = tab()
    page.goto(f"{server.address}/?{SUQIAN}&years=2024")
    heading(page, "总览")
    assert metric(page, "新收申请") == "3,525"
    page.get_by_test_id("stSidebar").get_by_role("link", name="复议诉讼").click()
    heading(page, "复议诉讼")
    expect(page.get_by_text("2024年度").first).to_be_visible()
    assert "years=2024" in page.evaluate("location.search")
    page.go_back()
    heading(page, "总览")
    assert "years=2024" in page.evaluate("location.search")


def test_language_switch_shows_the_same_figures(server: Server, tab: Tab) -> None:
    page = tab()
    page.goto(f"{server.address}/?{SUQIAN}")
    heading(page, "总览")
    chinese = [metric(page, name) for name in ("新收申请", "办结", "行政复议")]
    page.get_by_test_id("stSidebar").get_by_text("English", exact=True).click()
    heading(page, "Overview")
    assert [metric(page, name) for name in ("New applications", "Closed", "Reconsiderations")] == chinese
    assert "lang=en" in page.evaluate("location.search")
    other = tab()
    other.goto(page.evaluate("location.href"))
    heading(other, "Overview")
    assert metric(other, "New applications") == chinese[0]


@pytest.mark.corpus
def test_uploaded_report_is_drawn(server: Server, tab: Tab, corpus: Path) -> None:
    """True about the 2024 report of 淮安市: 3,119 new applications."""
    page = tab()
    page.goto(f"{server.address}/upload")
    heading(page, "上传")
    page.locator("[data-testid=stFileUploader] input").set_input_files(corpus / "001_huaian-municipal-gov-2024.pdf")
    expect(page.get_by_text("6张表都读到了，200格有数字。")).to_be_visible()
    page.get_by_role("button", name="加入看板").click()
    expect(page.get_by_text("已加入看板：淮安市人民政府，2024年度")).to_be_visible()
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_role("link", name="总览").click()
    heading(page, "总览")
    assert metric(page, "新收申请") == "3,119"
    sidebar.get_by_role("link", name="依申请公开").click()
    heading(page, "依申请公开")
    flow = page.locator(".st-key-chart_flow")
    expect(flow.locator(".js-plotly-plot")).to_be_visible()
    expect(flow.get_by_text(re.compile("3,119")).first).to_be_visible()


def test_every_page_fits_a_phone_and_asks_the_internet_for_nothing(server: Server, tab: Tab) -> None:
    page = tab(390, 844)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    main = "document.querySelector('[data-testid=stMain]')"
    too_wide = []
    for path, title in PAGES.items():
        page.goto(f"{server.address}/{path}")
        heading(page, title)
        settle(page)
        if page.evaluate(f"document.documentElement.scrollWidth > 390 || {main}.scrollWidth > {main}.clientWidth"):
            too_wide.append(path)
    assert too_wide == []
    assert [url for url in asked if not url.startswith((server.address, "data:", "blob:"))] == []


def test_app_also_starts_by_the_streamlit_command(streamlit_server: Server, tab: Tab) -> None:
    page = tab()
    page.goto(f"{streamlit_server.address}/methodology")
    heading(page, "口径说明")
    assert json.loads(streamlit_server.get("/healthz"))["status"] == "ok"


def _streamlit() -> Path:
    spec = importlib.util.find_spec("streamlit")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def test_scripts_are_sent_packed(server: Server) -> None:
    (script,) = (_streamlit() / "static" / "static" / "js").glob("PlotlyChart.*.js")
    asked = urllib.request.Request(f"{server.address}/static/js/{script.name}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        packed = answer.read()
    assert len(packed) < script.stat().st_size / 3
    assert gzip.decompress(packed) == script.read_bytes()
