"""Who sees little, or uses no mouse: axe-core on every page, and the way from a document to a link by the keyboard alone.

By default each page is looked at in one of four looks, in turn: light or dark, 1440 or 390 pixels wide.
``OGI_EVERY_LOOK=1`` looks at every page in all four, in Chinese and in English; this takes about five minutes.
"""

from __future__ import annotations

import importlib.resources
import os
import re
import tomllib
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect
from starlette.applications import Starlette
from starlette.testclient import TestClient

from loaders.read import read_report
from ogi.access.settings import Settings
from ogi.shares.share import Draft
from ogi.store.accepting import accept
from ogi.store.act import Act
from ogi.store.location import Location, StoreError
from ogi.store.prepared import prepare
from ogi.store.records import open_records
from ogi.store.shares import make_share
from ogi.view import PAGES
from tests.browser.conftest import STILL, Server, settle
from web.access.sign_in import sign_in_routes

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)
DOCUMENTS = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"
OFFICE, ANOTHER = DOCUMENTS / "shili-office-2023.pdf", DOCUMENTS / "shili-education-2024.pdf"
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
KNOWN = tomllib.loads(Path(__file__).with_name("what_streamlit_draws.toml").read_text(encoding="utf-8"))["known"]
EVERY = os.environ.get("OGI_EVERY_LOOK") == "1"
LOOKS = (("light", 1440), ("dark", 390), ("dark", 1440), ("light", 390))
FOCUSED = """wanted => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return Boolean(at?.matches(wanted));
}"""
WHERE = """() => document.activeElement?.outerHTML.slice(0, 200)"""
RUN = """async known => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const wrong = found.violations.filter(one => ["serious", "critical"].includes(one.impact));
  const deepest = target => [target].flat(9).reduce((root, name) => (root.shadowRoot ?? root).querySelector(name), document);
  const isKnown = (rule, node) => known.some(
    one => one.rule === rule && deepest(node.target)?.matches(one.selector));
  return wrong.flatMap(one => one.nodes.filter(node => !isKnown(one.id, node)).map(
    node => `${one.id}: ${[node.target].flat(9).join(" » ")} ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 200)}`));
}"""


class Stocked(NamedTuple):
    """A server whose library holds one report and one link."""

    server: Server
    report: str
    link: str


@pytest.fixture(scope="module")
def stocked(readings: Path) -> Iterator[Stocked]:
    kept: list[str] = []

    def settings(server: Server) -> dict[str, str]:
        records = open_records(Location.of(server.store))
        data, act = OFFICE.read_bytes(), Act(by="test")
        with records.writing() as connection:
            kept.append(accept(connection, prepare(read_report(data, OFFICE.name), data), act).key)
            kept.append(make_share(connection, Draft(query="page=overview&collection=fictional", title="一览"), act)[0])
        records.close()
        return {}

    server = Server(readings, settings=settings)
    try:
        server.wait()
        yield Stocked(server, *kept)
    finally:
        server.end()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Page]:
    """A window in whose every page axe-core is at hand."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", bypass_csp=True)
    context.set_default_timeout(60_000)
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


def sign_in_page() -> str:
    """The page as a shared server sends it; ours is a local one, which leads on to the overview."""

    def no_records() -> Any:
        raise StoreError("database")

    routes = sign_in_routes(Settings(mode="shared", hosts=frozenset({"testserver"})), no_records)
    return TestClient(Starlette(routes=routes)).get("/sign-in", headers={"Accept-Language": "zh"}).text


def violations(page: Page, looks: tuple[tuple[str, int], ...]) -> list[str]:
    """What is wrong with the page at hand; the pages are told apart by their address."""
    found = []
    for scheme, width in looks:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        page.wait_for_function(STILL)  # a page that is told its new width is drawn again
        found += [f"{page.url} {scheme} {width} {text}" for text in page.evaluate(RUN, KNOWN)]
    return found


def test_no_page_has_a_serious_violation(stocked: Stocked, watched: Page) -> None:
    turn, page, found = cycle(LOOKS), watched, []
    for lang in ("zh", "en") if EVERY else ("zh",):
        for name in PAGES:
            path = "" if name == "overview" else name
            more = f"&report={stocked.report}&cell=applications.received.total" if name == "report" else "&collection=fictional"
            page.goto(f"{stocked.server.address}/{path}?lang={lang}{more}")
            settle(page)
            found += violations(page, LOOKS if EVERY else (next(turn),))
    assert found == []


def test_link_file_and_sign_in_have_no_serious_violation(stocked: Stocked, watched: Page, tmp_path: Path) -> None:
    page, address = watched, stocked.server.address
    page.goto(f"{address}/s/{stocked.link}")
    expect(page.get_by_role("heading", level=1)).to_have_text("一览")
    found = violations(page, LOOKS)
    file = tmp_path / "share.html"
    file.write_bytes(page.request.get(f"{page.url.split('?')[0]}/file.html").body())
    page.goto(file.as_uri())
    expect(page.locator(".plot .main-svg").first).to_be_visible()
    found += violations(page, LOOKS)
    page.set_content(sign_in_page())
    expect(page.get_by_role("heading", level=1)).to_have_text("登录")
    page.evaluate(AXE)
    found += violations(page, LOOKS)
    assert found == []


def reach(page: Page, wanted: str, key: str = "Tab", most: int = 140) -> None:
    """Press a key until what has the focus fits a selector: nothing is focused by any other means."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(FOCUSED, wanted):
            return
    raise AssertionError(f"{wanted} is not reached with {key}: the focus is at {page.evaluate(WHERE)}")


def _choose(page: Page, path: Path) -> None:
    """Open the dialog with Enter; pressed while the page is still being drawn, nothing happens, and a person presses again."""
    for _ in range(5):
        try:
            with page.expect_file_chooser(timeout=8_000) as chooser:
                page.keyboard.press("Enter")
        except TimeoutError:
            reach(page, "[data-testid=stFileUploader] button")
        else:
            chooser.value.set_files(path)
            return
    raise AssertionError("the file dialog does not open")


def test_from_a_document_to_a_link_by_the_keyboard_alone(stocked: Stocked, watched: Page) -> None:
    """Hand in, keep, open, look at a cell's place, share. Only the file dialog, which is the system's own, is answered for it."""
    page = watched
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{stocked.server.address}/upload?lang=zh")
    settle(page)
    reach(page, "[data-testid=stFileUploader] button")
    _choose(page, ANOTHER)
    expect(page.get_by_role("button", name="收入库", exact=True)).to_be_enabled()
    reach(page, "[class*='st-key-keep_'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="打开这份报告")).to_be_visible()
    reach(page, "[class*='st-key-open_'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("示例市教育局"), level=1)).to_be_visible()
    settle(page)
    reach(page, "td[data-key]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-side_panel_open img")).to_be_visible()
    reach(page, ".st-key-side_panel_open textarea, .st-key-side_panel_open input")
    reach(page, "[data-testid=stSidebar] a[href='disputes']", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="复议诉讼", level=1)).to_be_visible()
    settle(page)
    reach(page, ".st-key-share_open button")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    reach(page, ".st-key-share_title input", most=20)
    page.keyboard.type("教育局")
    reach(page, ".st-key-share_make button", most=20)
    page.keyboard.press("Enter")
    expect(dialog.locator("code").filter(has_text="/s/")).to_be_visible()
    assert violations(page, (("light", 1440), ("dark", 390))) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
