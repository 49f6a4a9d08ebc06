"""The upload page in a real browser: proof of a figure by a click, what is uncertain, pasted text, and on a phone."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
Tab = Callable[..., Page]
Server = Any
DOCUMENTS = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"
UNCERTAIN = """示例市体育局2024年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况
自然人 | 法人或其他组织 | 总计
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他
一、本年新收政府信息公开申请数量 | 3 | 3
二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1
"""


def hand_in(page: Page, address: str, *files: Path | dict[str, Any], lang: str = "zh") -> None:
    page.goto(f"{address}/upload?lang={lang}")
    uploader = page.locator("[data-testid=stFileUploader] input")
    uploader.wait_for(state="attached")
    uploader.set_input_files(list(files))


def text_file(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/plain", "buffer": text.encode()}


def is_drawn(picture: Locator) -> bool:
    expect(picture).to_be_visible()
    return picture.evaluate("async image => { await image.decode(); return image.naturalWidth > 100 }")


def fits(page: Page) -> bool:
    main = "document.querySelector('[data-testid=stMain]')"
    return page.evaluate(f"document.documentElement.scrollWidth <= innerWidth && {main}.scrollWidth <= {main}.clientWidth")


@pytest.mark.parametrize(
    ("lang", "title", "whole"), [("zh", "原文中的位置", "整页"), ("en", "Place in the document", "Whole page")]
)
def test_a_click_on_a_cell_shows_its_place_in_the_document(server: Server, tab: Tab, lang: str, title: str, whole: str) -> None:
    """True about shili-office-2023.pdf: 320 new applications, on page 2."""
    page = tab()
    hand_in(page, server.address, DOCUMENTS / "shili-office-2023.pdf", lang=lang)
    page.locator("td[data-key='applications.received.total']").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text(title)).to_be_visible()
    expect(dialog.get_by_text("320").first).to_be_visible()
    picture = dialog.locator("img")
    assert is_drawn(picture)
    assert "320" in (picture.get_attribute("alt") or "")
    row = picture.bounding_box()
    dialog.get_by_text(whole).click()
    expect(picture).to_have_js_property("naturalHeight", 1684)  # A4 at 144 pixels per inch
    assert row
    assert row["height"] < 300
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_cell_is_picked_with_the_keyboard_alone(server: Server, tab: Tab) -> None:
    """True about shili-office-2023.pdf: the row below the new applications are those carried in."""
    page = tab()
    hand_in(page, server.address, DOCUMENTS / "shili-office-2023.pdf")
    page.locator("td[data-key='applications.received.natural_person']").focus()
    for key in ("ArrowRight", "ArrowLeft", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_role("dialog").get_by_text("上年结转政府信息公开申请数量 · 自然人").first).to_be_visible()


def test_a_redrawn_table_is_shown_for_a_web_page_without_a_mouse(server: Server, tab: Tab) -> None:
    page = tab()
    hand_in(page, server.address, DOCUMENTS / "shili-health-2024.html")
    choice = page.get_by_role("combobox", name=re.compile("看一格在原文中的位置"))
    choice.click()
    choice.press_sequentially("本年新收政府信息公开申请数量 · 总计")
    expect(page.get_by_role("option").first).to_have_text("本年新收政府信息公开申请数量 · 总计")
    choice.press("Enter")
    show = page.get_by_role("button", name="看原文")
    expect(show).to_be_enabled()
    show.press("Enter")
    assert is_drawn(page.get_by_role("dialog").locator("img"))
    expect(page.get_by_text("这是按文件内容重画的")).to_be_visible()


def test_uncertain_cells_are_marked_by_a_sign_and_shown_with_their_picture(server: Server, tab: Tab) -> None:
    page = tab()
    hand_in(page, server.address, text_file("年报.md", UNCERTAIN))
    expect(page.get_by_text("本年新收政府信息公开申请数量（这一行 7 格）")).to_be_visible()
    assert is_drawn(page.locator("[class*='st-key-check_'] img").first)
    cell = page.locator("td[data-key='applications.received.total']")
    expect(cell).to_be_visible()
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"？"'
    assert cell.evaluate("cell => getComputedStyle(cell).outlineStyle") == "dashed"
    certain = page.locator("td[data-key='applications.carried_in.total']")
    assert certain.evaluate("cell => getComputedStyle(cell, '::before').content") == "none"


def test_pasted_text_becomes_a_report_and_leaves_the_box(server: Server, tab: Tab) -> None:
    page = tab()
    page.goto(f"{server.address}/upload")
    page.get_by_text("没有文件？粘贴文字或表格").click()
    box = page.locator(".st-key-paste_text textarea")
    box.fill(UNCERTAIN)
    page.get_by_role("button", name="读取粘贴的内容").click()
    expect(page.get_by_role("heading", name="粘贴的内容1.txt")).to_be_visible()
    expect(box).to_have_value("")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_archive_with_good_and_bad_files_fits_a_phone(server: Server, tab: Tab, lang: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in ("shili-education-2024.pdf", "shili-health-2022.docx"):
            package.write(DOCUMENTS / name, name)
        package.writestr("坏.docx", b"PK\x03\x04broken")
        package.writestr("年报.md", UNCERTAIN)
    page = tab(390, 844)
    archive = {"name": "材料.zip", "mimeType": "application/zip", "buffer": buffer.getvalue()}
    hand_in(page, server.address, archive, lang=lang)
    expect(page.get_by_role("heading", name="材料.zip/坏.docx")).to_be_visible()
    expect(page.get_by_role("heading", name="材料.zip/shili-education-2024.pdf")).to_be_visible()
    for title in page.get_by_text(re.compile("^(请核对|Please check)")).all():
        title.click()
    assert is_drawn(page.locator("[class*='st-key-check_'] img").first)
    assert fits(page)
