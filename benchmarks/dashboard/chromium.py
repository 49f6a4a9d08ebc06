"""What a visitor waits for in real Chromium: the first chart of a cold visit with its bytes, and a chart drawn after a click."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip
DRAWN = ".js-plotly-plot .main-svg"
_REDRAWN = """([button, chart]) => new Promise((done, fail) => {
    const before = document.querySelector(chart).data, begun = performance.now();
    const look = () => {
        const plot = document.querySelector(chart), passed = performance.now() - begun;
        if (plot && plot.data && plot.data !== before && plot.querySelector('.main-svg')) setTimeout(() => done(passed));
        else if (passed > 30000) fail(new Error('not drawn again: ' + chart));
        else requestAnimationFrame(look);
    };
    document.querySelector(button).click();
    requestAnimationFrame(look);
})"""
"""Resolves to the milliseconds from a click to the first frame in which the chart has its new data."""


@dataclass
class Visit:
    """A visit with an empty cache."""

    seconds: float = 0.0
    """Until the first chart is there."""
    loaded: int = 0
    """Bytes of files over the network until then."""
    socket: int = 0
    """Bytes of messages until then, before the socket packs them."""
    files: dict[str, int] = field(default_factory=dict)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


def cold_visit(browser: Browser, address: str) -> Visit:
    """Open a page in a fresh profile and wait for its first chart."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    page, found, names = context.new_page(), Visit(), {}
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda event: names.__setitem__(event["requestId"], event["request"]["url"]))

    def finished(event: dict) -> None:
        name = names.get(event["requestId"], "")
        found.files[name.rpartition("/")[2]] = int(event["encodedDataLength"])
        found.loaded += int(event["encodedDataLength"])

    wire.on("Network.loadingFinished", finished)
    wire.on(
        "Network.webSocketFrameReceived",
        lambda event: setattr(found, "socket", found.socket + len(event["response"]["payloadData"]) * 3 // 4),
    )
    started = time.perf_counter()
    page.goto(address)
    page.locator(DRAWN).first.wait_for(timeout=60_000)
    found.seconds = time.perf_counter() - started
    context.close()
    return found


def clicks(browser: Browser, address: str, button: Callable[[int], str], chart: str, turns: int) -> list[float]:
    """Milliseconds from each of ``turns`` clicks to the chart drawn anew; ``button`` tells what is clicked in each turn."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(address)
    page.locator(chart).first.wait_for(timeout=60_000)
    _settle(page)
    times = []
    for turn in range(turns + 3):
        times.append(float(page.evaluate(_REDRAWN, [button(turn), chart])))
        _settle(page)
    context.close()
    return times[3:]


def _settle(page: Page) -> None:
    """Wait until the run has ended and what it sent is drawn."""
    page.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
    page.wait_for_timeout(150)
