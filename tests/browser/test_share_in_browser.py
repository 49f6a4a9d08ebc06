"""A link in a real browser: made on a page, read on a phone, opened interactively, taken away as a file, and revoked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
Tab = Callable[..., Page]
Server = Any
EVIL = "<img src=x onerror=\"document.title='out'\">"


def make_link(page: Page, address: str, title: str, *, mode: str = "实时", passcode: str = "") -> str:
    """Share a page and return the link."""
    page.goto(address)
    page.get_by_role("button", name="分享", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="标题").fill(title)
    dialog.get_by_role("textbox", name="附言").fill(EVIL)
    if passcode:
        dialog.get_by_role("textbox", name="口令").fill(passcode)
    dialog.get_by_text(mode, exact=True).click()
    dialog.get_by_role("button", name="生成链接").click()
    link = dialog.locator("code").filter(has_text="/s/")
    expect(link).to_be_visible()
    return link.inner_text().strip()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_link_is_read_on_a_phone_opened_and_ends_when_it_is_revoked(server: Server, tab: Tab) -> None:
    owner, reader = tab(), tab(390, 844)
    link = make_link(owner, f"{server.address}/disputes?lang=zh&years=2024-2025", "复议情况")
    reader.goto(link)
    expect(reader.get_by_role("heading", level=1)).to_have_text("复议情况")
    assert reader.locator(".figure").count() == 6
    assert reader.locator(".drawn svg").count() == 3
    assert EVIL in reader.locator(".note").inner_text()
    assert reader.title() == "复议情况"  # nothing that was typed has run
    assert fits(reader)
    reader.get_by_role("link", name="打开互动看板").click()
    expect(reader.get_by_role("heading", name="复议诉讼", exact=True)).to_be_visible()
    assert "/s/" not in reader.url
    (cookie,) = [found for found in reader.context.cookies() if found.get("name", "").startswith("ogi_share_")]
    assert (cookie.get("httpOnly"), cookie.get("sameSite")) == (True, "Lax")
    assert cookie.get("value", "") not in reader.evaluate("document.cookie")
    # Another page, named in the address, leads back.
    reader.goto(reader.url.replace("/disputes", "/upload"))
    expect(reader.get_by_text("这个链接不包括：别的页面")).to_be_visible()
    assert "/disputes" in reader.url
    # The address of a reader is of no use to who lacks the cookie.
    stranger = tab()
    stranger.goto(reader.url)
    expect(stranger.get_by_text("链接无效")).to_be_visible()
    owner.goto(f"{server.address}/share")
    card = owner.locator("[class*='st-key-share_']").filter(has_text="复议情况").first
    card.get_by_role("button", name="撤销").click()
    owner.get_by_role("button", name="确认撤销").click()
    expect(owner.get_by_text("已撤销“复议情况”")).to_be_visible()
    expect(reader.get_by_text("链接无效")).to_be_visible(timeout=60_000)  # though the reader touches nothing
    assert reader.goto(link).status == 404  # type: ignore[union-attr]


def test_file_works_without_network(server: Server, tab: Tab, tmp_path: Path) -> None:
    page = tab(390, 844)
    link = make_link(tab(), f"{server.address}/?lang=zh", "一览", mode="固定")
    page.goto(link)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载离线文件").click()
    path = tmp_path / "share.html"
    download.value.save_as(path)
    assert path.stat().st_size < 6_000_000
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.context.set_offline(True)
    page.goto(path.as_uri())
    expect(page.locator(".plot .main-svg").first).to_be_visible()
    assert page.locator(".plot").count() == 3
    assert page.locator(".plot.js-plotly-plot").count() == 3
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert wrong == []
    assert fits(page)
    assert re.search(r"SHA-256 [0-9a-f]{64}", page.locator("body").inner_text())


def test_passcode_opens_the_page_on_a_phone(server: Server, tab: Tab) -> None:
    owner, reader = tab(), tab(390, 844)
    link = make_link(owner, f"{server.address}/?lang=zh", "内部", passcode="政务2025")
    reader.goto(link)
    assert "内部" not in reader.content()
    reader.get_by_label("口令由分享人提供").fill("不对的口令")
    reader.get_by_role("button", name="打开").click()
    expect(reader.get_by_text("口令不对")).to_be_visible()
    reader.get_by_label("口令由分享人提供").fill("政务2025")
    reader.get_by_role("button", name="打开").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("内部")
    reader.get_by_role("link", name="打开互动看板").click()
    expect(reader.get_by_role("heading", name="总览", exact=True)).to_be_visible()
