"""Make the pictures of the documents anew: ``python -m tests.browser.pictures`` writes ``docs/*.png`` from the sample reports."""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS, ROOT, Server

SHOTS = {
    "overview": ("/?lang=zh", 1440, 900),
    "agencies": ("/agencies?lang=zh&years=2024", 1440, 900),
    "years": ("/years?lang=zh", 1440, 900),
    "checks": ("/checks?lang=zh", 1440, 900),
    "phone": ("", 390, 844),
}
"""File by address and size; ``phone`` is the page a link opens."""
_COLOURS = 128


def main() -> int:
    """Take every picture; exit status 1 where no Chromium is found."""
    if CHROMIUM is None:
        print("no Chromium found", file=sys.stderr)
        return 1
    server = Server(Path(tempfile.mkdtemp(prefix="ogi-readings-")))
    try:
        server.wait()
        _wait_for_samples(server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name, (address, width, height) in SHOTS.items():
                _take(browser, server, name, address, (width, height))
            browser.close()
    finally:
        server.end()
    return 0


def _take(browser: Browser, server: Server, name: str, address: str, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{server.address}{address}" if address else _link(browser, server))
    _settle(page)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    picture.save(ROOT / "docs" / f"{name}.png", optimize=True)
    context.close()


def _wait_for_samples(server: Server) -> None:
    """Wait until the number of sample reports grows no more."""
    seen, count = -1, 0
    while count == 0 or count != seen:
        time.sleep(5)
        seen, count = count, json.loads(server.get("/healthz"))["reports"]


def _settle(page: Page) -> None:
    """Wait for the page to be drawn."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(6000)


def _link(browser: Browser, server: Server) -> str:
    """Share the overview as anybody would, and return the link."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN").new_page()
    page.goto(f"{server.address}/?lang=zh&years=2024-2025")
    page.get_by_role("button", name="分享", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="标题").fill("示例市政府信息公开年报")
    dialog.get_by_role("button", name="生成链接").click()
    link = dialog.locator("code").filter(has_text="/s/")
    link.wait_for()
    return link.inner_text().strip()


if __name__ == "__main__":
    sys.exit(main())
