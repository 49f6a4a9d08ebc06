"""A shared server: a frozen link in the frames of other sites in a real browser; and what the server wrote meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page, expect

from ogi.access.secrets import digest_of
from ogi.shares.frozen import freeze
from ogi.shares.grant import Grant, shared_view
from ogi.shares.making import content_of
from ogi.shares.passcode import hash_passcode
from ogi.shares.share import Draft
from ogi.shares.token import cookie_name
from ogi.store.accounts import put_account, sign_in
from ogi.store.act import Act
from ogi.store.location import Location
from ogi.store.records import open_records
from ogi.store.shares import make_share
from ogi.view import View
from tests.browser.conftest import Server
from tests.web.conftest import NOW, library_of, report_of

pytestmark = pytest.mark.browser
ACT = Act(by="admin")
PASSWORD, WRONG, PASSCODE, GUESS = "correct-horse-battery-1", "wrong-horse-battery-22", "passcode-4711", "passcode-0815"
MOST_SAID = ("uvicorn", "app:app", "--host", "127.0.0.1", "--log-level", "debug", "--port")
"""All is said that can be: a line for every request, and the headers of the sockets."""


class _Outer(BaseHTTPRequestHandler):
    """A page of another site: it shows in a frame the address that its own address names."""

    def do_GET(self) -> None:
        body = f'<!doctype html><title>outer</title><iframe src="{self.path.partition("?")[2]}"></iframe>'.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def another_site() -> Iterator[str]:
    """The origin of a site that shows other pages in frames."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Outer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()


class Shared:
    """A server with links, and what can be signed in with."""

    def __init__(self, readings: Path, said: Path, listed: str) -> None:
        self.secrets: dict[str, str] = {}
        self.said = said
        self.server = Server(readings, MOST_SAID, lambda server: self._settings(server, listed), said=said)

    def _settings(self, server: Server, listed: str) -> dict[str, str]:
        records = open_records(Location.of(server.store))
        library = library_of(report_of("示例市公安局", 2024, 7))
        view = shared_view(View(), library)
        kept, query = freeze(content_of(view, library), NOW), Grant.of(view).written()
        with records.writing() as connection:
            put_account(connection, "admin", "administrator", ACT, password=PASSWORD)
            self.secrets["script"] = sign_in(connection, "admin", ACT, kind="script", title="x", days=1)
            self.secrets["frozen"], _ = make_share(connection, Draft(query=query, title="固定的", frozen=kept), ACT)
            draft = Draft(query=query, title="加锁的", frozen=kept, passcode_hash=hash_passcode(PASSCODE))
            self.secrets["locked"], _ = make_share(connection, draft, ACT)
            self.secrets["live"], _ = make_share(connection, Draft(query="page=overview&collection=fictional"), ACT)
        records.close()
        address = {"OGI_MODE": "shared", "OGI_PUBLIC_URL": server.address, "OGI_FRAME_ANCESTORS": listed}
        return address | {"OGI_LOG_LEVEL": "debug", "OGI_LOG_ADDRESS": "1"}


@pytest.fixture(scope="module")
def sites() -> Iterator[tuple[str, str]]:
    """The origin that is listed, and one that is not."""
    with another_site() as listed, another_site() as other:
        yield listed, other


@pytest.fixture(scope="module")
def shared(readings: Path, tmp_path_factory: pytest.TempPathFactory, sites: tuple[str, str]) -> Iterator[Shared]:
    found = Shared(readings, tmp_path_factory.mktemp("said") / "said.txt", sites[0])
    try:
        found.server.wait()
        yield found
    finally:
        found.server.end()


def test_frozen_link_is_shown_in_the_frames_of_the_listed_origin_only(
    shared: Shared, sites: tuple[str, str], tab: Callable[..., Page]
) -> None:
    listed, other = sites
    page = tab(800, 600)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "frame-ancestors" in said.text else None)
    frozen, live = (f"{shared.server.address}/s/{shared.secrets[name]}" for name in ("frozen", "live"))
    page.goto(f"{listed}/?{frozen}")
    expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_have_text("固定的")
    assert not refused
    for number, (site, link) in enumerate([(other, frozen), (listed, live)], start=1):
        page.goto(f"{site}/?{link}")
        page.wait_for_load_state("load")
        assert page.frame_locator("iframe").get_by_role("heading", level=1).count() == 0
        assert len(refused) == number


def test_nothing_the_server_writes_holds_a_secret(shared: Shared, tab: Callable[..., Page]) -> None:
    """Everything with a secret in it is done once, in the right and in the wrong way; then all that was written is read."""
    secrets, server = shared.secrets, shared.server
    with httpx2.Client(base_url=server.address, timeout=20) as client:
        assert client.post("/sign-in", data={"name": "admin", "password": WRONG}).status_code == 401
        assert client.post("/sign-in", data={"name": "admin", "password": PASSWORD}).status_code == 303
        secrets["cookie"] = client.cookies["ogi_sign_in"]
        bearer = {"Authorization": f"Bearer {secrets['script']}"}
        assert client.get("/api/v1", headers=bearer).status_code == 200
        assert client.post("/api/v1/reports?name=a.txt", content=b"x", headers=bearer).status_code == 422
        assert client.get("/api/v1", headers={"Authorization": f"Bearer {'A' * 22}"}).status_code in (200, 401)
        assert client.get(f"/s/{secrets['frozen']}/figures.csv").status_code == 200
        assert client.post(f"/s/{secrets['locked']}", data={"passcode": GUESS}).status_code == 403
        assert client.post(f"/s/{secrets['locked']}", data={"passcode": PASSCODE}).status_code == 303
        name = cookie_name(digest_of(secrets["locked"])[:12])
        secrets["pass"] = client.cookies[name]
        assert client.get(f"/s/{secrets['locked']}").status_code == 200
        assert client.get(f"/nowhere?token={secrets['script']}&passcode={PASSCODE}").status_code in (200, 303, 404)
    page = tab()
    cookies = {"ogi_sign_in": secrets["cookie"], name: secrets["pass"]}
    page.context.add_cookies([{"name": key, "value": value, "url": server.address} for key, value in cookies.items()])
    page.goto(f"{server.address}/methodology")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    written = shared.said.read_text(encoding="utf-8", errors="replace")
    assert "/s/…" in written  # requests are told of, without the token
    assert '"event":"session"' in written.replace(" ", "")
    wanted = {**secrets, "password": PASSWORD, "wrong": WRONG, "passcode": PASSCODE, "guess": GUESS}
    assert {key for key, value in wanted.items() if value in written} == set()
