"""The library in a real browser: keep an upload, click a number, see its box, correct it, take it back; key in a report.

True about shili-office-2023.pdf: 320 new applications on page 2, 303 of natural persons; every sum agrees.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
Tab = Callable[..., Page]
Server = Any
OFFICE = Path(__file__).resolve().parents[2] / "sample_reports" / "documents" / "shili-office-2023.pdf"
RECEIVED = "td[data-key='applications.received.total']"


def keep(page: Page, address: str) -> None:
    """Upload the report and take it into the library; it may be there already."""
    page.goto(f"{address}/upload?lang=zh")
    uploader = page.locator("[data-testid=stFileUploader] input")
    uploader.wait_for(state="attached")
    uploader.set_input_files(OFFICE)
    page.locator("[class*='st-key-keep_'] button").click()  # the switch above has a help button of that word, too
    page.get_by_role("button", name="打开这份报告").click()
    expect(page.get_by_role("heading", name=re.compile("示例市人民政府办公室"), level=1)).to_be_visible()


def panel(page: Page) -> Locator:
    return page.locator(".st-key-side_panel_open")


def fits(page: Page) -> bool:
    main = "document.querySelector('[data-testid=stMain]')"
    return page.evaluate(f"document.documentElement.scrollWidth <= innerWidth && {main}.scrollWidth <= {main}.clientWidth")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_number_is_clicked_boxed_corrected_and_taken_back(server: Server, tab: Tab, width: int) -> None:
    page = tab(width, 844)
    keep(page, server.address)
    cell = page.locator(RECEIVED)
    cell.click()
    expect(cell).to_have_attribute("aria-selected", "true")
    picture = panel(page).locator("img")
    expect(picture).to_be_visible()
    assert "320" in (picture.get_attribute("alt") or "")
    assert "cell=applications.received.total" in page.url
    expect(cell).to_be_in_viewport()
    panel(page).get_by_role("textbox", name="应为").fill("321")
    panel(page).get_by_role("textbox", name="理由").fill("看错了")
    panel(page).get_by_role("button", name="保存更正").click()
    expect(cell).to_have_attribute("data-edit", "misread")
    expect(cell).to_have_text("321")
    finding = panel(page).get_by_text("总计栏写的是321")
    expect(finding).to_have_count(1)  # while the page is drawn anew the old sentence may stand beside the new one
    expect(finding).to_be_visible()
    panel(page).get_by_role("button", name="撤销").click()
    expect(cell).to_have_text("320")
    expect(panel(page).get_by_text("这一格的更正记录")).to_be_visible()
    assert fits(page)


def test_a_report_opens_from_the_list_by_keyboard_and_a_link_to_a_cell_works_anywhere(server: Server, tab: Tab) -> None:
    page = tab()
    keep(page, server.address)
    page.get_by_test_id("stSidebar").get_by_role("link", name="报告", exact=True).click()
    link = page.locator("a[data-report]").filter(has_text="示例市人民政府办公室").first
    link.focus()
    page.keyboard.press("Enter")
    cell = page.locator(RECEIVED)
    cell.focus()
    page.keyboard.press("Enter")
    expect(panel(page).locator("img")).to_be_visible()
    other = tab()
    other.goto(page.url)
    expect(other.locator(".st-key-side_panel_open img")).to_be_visible()


def test_the_form_is_filled_in_with_sums_and_checks_running_along(server: Server, tab: Tab) -> None:
    """By hand: 7 + 2 + 0 + 0 + 0 + 0 = 9."""
    page = tab()
    page.goto(f"{server.address}/key_in?lang=zh")
    page.get_by_role("textbox", name="机关", exact=True).fill("示例市林业局")
    page.keyboard.press("Tab")
    page.locator("input[aria-label='报告年度']").fill("2022")
    page.keyboard.press("Tab")
    field = "input[data-key='applications.received.{}']"
    page.locator(field.format("natural_person")).click()
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.type("x")
    page.keyboard.press("Tab")
    wrong = page.locator(field.format("commercial_enterprise"))
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("button", name="存入库")).to_be_disabled()
    wrong.fill("2")
    page.keyboard.press("Tab")
    expect(wrong).to_have_attribute("aria-invalid", "false")
    total = page.locator(field.format("total"))
    expect(total).to_have_attribute("placeholder", "Σ 9")
    expect(total).to_have_value("")
    total.fill("10")
    page.keyboard.press("Tab")
    expect(page.get_by_text("六类申请人之和是9，总计栏写的是10")).to_be_visible()
    total.fill("9")
    page.keyboard.press("Tab")
    expect(page.get_by_text("六类申请人之和是9，总计栏写的是10")).to_be_hidden()
    page.get_by_role("button", name="存入库").click()
    expect(page.get_by_role("heading", name=re.compile("示例市林业局 · 2022年度"), level=1)).to_be_visible()
    expect(page.locator(RECEIVED)).to_have_text(re.compile("9"))


def test_a_block_copied_from_a_spreadsheet_is_pasted_across_the_fields(server: Server, tab: Tab) -> None:
    page = tab()
    page.goto(f"{server.address}/key_in?lang=zh")
    first = page.locator("input[data-key='rules.issued']")
    first.click()
    first.evaluate(
        """field => {
          const data = new DataTransfer();
          data.setData("text", "1\\t2\\t3\\n4\\t5\\t6\\n");
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, composed: true }));
        }"""
    )
    expect(page.locator("input[data-key='normative_documents.in_force']")).to_have_value("6")
    expect(page.get_by_text("已录 6 格")).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", ["reports", "key_in", "report", "search", "expected", "consolidation", "organs"])
def test_pages_of_the_library_fit_a_phone(server: Server, tab: Tab, path: str, lang: str) -> None:
    page = tab(390, 844)
    page.goto(f"{server.address}/{path}?lang={lang}")
    expect(page.get_by_test_id("stMain").locator("h1, h3").first).to_be_visible()
    page.wait_for_function("document.querySelector('[data-testid=stStatusWidget]') === null")
    assert fits(page)
