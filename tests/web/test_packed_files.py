"""Static files: packed once, the same bytes after unpacking, and everything else as the application inside answers it."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from web.packed_files import PackedFiles, takes_gzip

SCRIPT = ("const words = '年度报告';\n" * 500).encode()


def _run(work: Coroutine[Any, Any, Any]) -> Any:
    """What it returns; in a thread of its own, for a browser of other tests leaves a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class Answer:
    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.status = messages[0]["status"]
        self.headers = {name.decode().lower(): value.decode() for name, value in messages[0]["headers"]}
        self.body = b"".join(message.get("body", b"") for message in messages[1:])


class Site:
    """A site of static files behind the middleware; counts what is asked of the application inside."""

    def __init__(self, folder: Path) -> None:
        files = StaticFiles(directory=folder)
        inside = Starlette(routes=[Mount("/static", files), Mount("/media", files)])
        self.asked: list[str] = []

        async def counted(scope, receive, send) -> None:
            self.asked.append(scope.get("method", scope["type"]))
            await inside(scope, receive, send)

        self.app = PackedFiles(counted)

    async def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        messages: list[dict[str, Any]] = []

        async def send(message) -> None:
            messages.append(dict(message))

        waiting = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> dict[str, Any]:
            return next(waiting, None) or await asyncio.Future()

        sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        await self.app(
            {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"",
             "headers": sent, "http_version": "1.1", "scheme": "http", "server": ("test", 80), "client": ("test", 1)},
            receive, send,
        )  # fmt: skip
        return Answer(messages)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        return _run(self.get(path, method, **headers))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "page.js").write_bytes(SCRIPT)
    (tmp_path / "small.js").write_bytes(b"let a = 1;")
    (tmp_path / "picture.png").write_bytes(SCRIPT)
    return Site(tmp_path)


def test_browser_that_takes_gzip_gets_the_file_packed(site: Site) -> None:
    answer = site.ask("/static/page.js", accept_encoding="gzip, deflate, br")
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(answer.body) == SCRIPT
    assert int(answer.headers["content-length"]) == len(answer.body) < len(SCRIPT) // 10
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith(("text/javascript", "application/javascript"))


def test_browser_that_does_not_gets_it_as_it_is(site: Site) -> None:
    for accepted in ("", "br", "gzip;q=0, identity"):
        answer = site.ask("/static/page.js", accept_encoding=accepted)
        assert answer.body == SCRIPT
        assert "content-encoding" not in answer.headers
        assert answer.headers["vary"] == "Accept-Encoding"  # a cache in between must not give it to others as the only form


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True), ("GZIP", True), ("br, gzip;q=0.5", True), ("*", True), ("*;q=0", False), ("gzip;q=0", False),
        ("*;q=0.5, gzip;q=0", False), ("identity", False), ("", False), ("gzip;q=much", False),
    ],
)  # fmt: skip
def test_what_a_browser_takes(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


def test_file_is_packed_once(site: Site) -> None:
    bodies = {site.ask("/static/page.js", accept_encoding="gzip").body for _ in range(4)}
    assert len(bodies) == 1
    assert site.asked.count("GET") == 1


def test_many_who_come_at_once_wait_for_one_packing(site: Site) -> None:
    async def crowd() -> list[Answer]:
        return await asyncio.gather(*(site.get("/static/page.js", accept_encoding="gzip") for _ in range(8)))

    assert {gzip.decompress(answer.body) for answer in _run(crowd())} == {SCRIPT}
    assert site.asked.count("GET") == 1


def test_changed_file_is_packed_anew(site: Site, tmp_path: Path) -> None:
    site.ask("/static/page.js", accept_encoding="gzip")
    (tmp_path / "page.js").write_bytes(SCRIPT * 2)
    assert gzip.decompress(site.ask("/static/page.js", accept_encoding="gzip").body) == SCRIPT * 2


def test_range_is_of_the_file_as_it_is(site: Site) -> None:
    site.ask("/static/page.js", accept_encoding="gzip")
    answer = site.ask("/static/page.js", accept_encoding="gzip", range="bytes=6-10")
    assert (answer.status, answer.body) == (206, SCRIPT[6:11])
    assert "content-encoding" not in answer.headers


def test_browser_that_has_it_is_told_so(site: Site) -> None:
    tag = site.ask("/static/page.js", accept_encoding="gzip").headers["etag"]
    assert tag.startswith("W/")  # the same file in other bytes
    again = site.ask("/static/page.js", accept_encoding="gzip", if_none_match=tag)
    assert (again.status, again.body) == (304, b"")
    other = site.ask("/static/page.js", accept_encoding="gzip", if_none_match='W/"another"')
    assert gzip.decompress(other.body) == SCRIPT


def test_head_tells_the_same_without_the_file(site: Site) -> None:
    told = site.ask("/static/page.js", "HEAD", accept_encoding="gzip")
    got = site.ask("/static/page.js", accept_encoding="gzip")
    assert told.headers == got.headers
    assert told.body == b""


@pytest.mark.parametrize("name", ["small.js", "picture.png"])
def test_what_gains_nothing_is_sent_as_it_is(site: Site, tmp_path: Path, name: str) -> None:
    answer = site.ask(f"/static/{name}", accept_encoding="gzip")
    assert "content-encoding" not in answer.headers
    assert answer.body == (tmp_path / name).read_bytes()


def test_file_that_is_not_there_stays_missing(site: Site) -> None:
    assert site.ask("/static/nothing.js", accept_encoding="gzip").status == 404


def test_other_places_and_methods_go_through(site: Site) -> None:
    assert site.ask("/media/page.js", accept_encoding="gzip").body == SCRIPT
    assert site.ask("/static/page.js", "POST", accept_encoding="gzip").status == 405
    assert site.asked == ["GET", "POST"]


def test_sockets_go_through() -> None:
    seen = []

    async def inside(scope, receive, send) -> None:
        seen.append((scope, receive, send))

    scope, receive, send = {"type": "websocket", "path": "/static/stream"}, object(), object()
    _run(PackedFiles(inside)(scope, receive, send))  # type: ignore[arg-type]
    assert seen == [(scope, receive, send)]
