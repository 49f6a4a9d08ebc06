"""A real server (uvicorn on a free port) and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


UVICORN = ("uvicorn", "app:app", "--host", "127.0.0.1", "--log-level", "warning", "--port")
STREAMLIT = ("streamlit", "run", "app.py", "--server.port")


class Server:
    """One server process; ``command`` ends where the port follows, ``said`` is the file for what it writes."""

    def __init__(
        self,
        readings: Path,
        command: tuple[str, ...] = UVICORN,
        settings: Callable[[Server], dict[str, str]] = lambda _: {},
        folder: Path = ROOT,
        said: Path | None = None,
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.store = Path(tempfile.mkdtemp(prefix="ogi-store-"))
        own = {"OGI_CACHE_DIR": str(readings), "OGI_DATA_DIR": str(self.store)} | settings(self)
        output = subprocess.DEVNULL if said is None else said.open("wb")
        self._process = subprocess.Popen(
            [sys.executable, "-m", *command, str(self.port)],
            cwd=folder,
            env={name: value for name, value in os.environ.items() if name != "OGI_DATABASE_URL"} | own,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        if said is not None:
            output.close()  # type: ignore[union-attr]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=5) as answer:
            return answer.read()

    def wait(self) -> None:
        """Wait until it answers, and for nothing more: no page was opened yet."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise RuntimeError("the server ended at its start")
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server does not answer")

    def end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.store, ignore_errors=True)


@pytest.fixture
def cold_server(readings: Path) -> Iterator[Server]:
    """A server that nobody has visited."""
    server = Server(readings)
    try:
        server.wait()
        yield server
    finally:
        server.end()


@pytest.fixture
def streamlit_server(readings: Path) -> Iterator[Server]:
    """A server started by the ordinary command of Streamlit."""
    server = Server(readings, STREAMLIT)
    try:
        server.wait()
        yield server
    finally:
        server.end()


@pytest.fixture(scope="module")
def server(readings: Path) -> Iterator[Server]:
    """A server for the tests of one file: what another file kept in its library would decide which collection opens."""
    server = Server(readings)
    try:
        server.wait()
        yield server
    finally:
        server.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a fresh browser window: no cookies, no storage, Chinese."""
    contexts = []

    def open_tab(width: int = 1440, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        context.set_default_timeout(60_000)
        contexts.append(context)
        return context.new_page()

    yield open_tab
    for context in contexts:
        context.close()


STILL = """() => !document.querySelector("[data-testid=stStatusWidget], [data-testid=stSkeleton], [data-stale=true]")
  && [...document.querySelectorAll(".stPlotlyChart")].every(chart => chart.querySelector(".main-svg"))"""


def settle(page: Page) -> None:
    """Wait until the page is drawn: nothing runs, nothing is faded as of the run before, and no figure is on its way."""
    page.get_by_test_id("stMain").locator("h1, h3").first.wait_for()
    page.wait_for_function(STILL)
