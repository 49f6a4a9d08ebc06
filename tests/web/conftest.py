"""The routes of the server over records of their own and a small library, asked without a network."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette

from ogi.access.attempts import Tries
from ogi.checks import check_report
from ogi.form import load_form
from ogi.library import Library, entry_from
from ogi.report import Document, OrganName, Reading, Report, TableReading
from ogi.store.location import Location
from ogi.store.store import Store, open_store
from tests.ogi.conftest import make_report, suqian
from web.desk import Desk
from web.share_routes import Counter, routes_of

__all__ = ["make_report", "suqian"]

NOW = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str
    data: bytes


def ask(app: Starlette, path: str, *, method: str = "GET", form: dict | None = None, cookie: str = "", **headers: str) -> Answer:
    """Send one request to the application and return its answer."""
    body = urlencode(form or {}).encode()
    sent: list[dict] = []
    given = {"host": "127.0.0.1", "cookie": cookie, **{name.replace("_", "-"): text for name, text in headers.items()}}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": ("10.0.0.1", 50000),
        "server": ("127.0.0.1", 80), "headers": [(n.encode(), t.encode()) for n, t in given.items() if t],
    }  # fmt: skip

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:  # the browser of other tests keeps a loop running in this one
        thread.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    data = b"".join(message.get("body", b"") for message in sent)
    found = {name.decode(): text.decode() for name, text in sent[0]["headers"]}
    return Answer(sent[0]["status"], found, data.decode("utf-8", "replace"), data)


def report_of(name: str, year: int, received: int, document: str = "") -> Report:
    """A report in which all applications are of natural persons and all are granted."""
    form = load_form()
    tables, cells = {}, {}
    for table in form.editions["gf2021"].tables:
        tables[table.id] = TableReading(edition="gf2021", status="complete")
        for cell in table.cells:
            parts = cell.key.split(".")
            has = parts[0] == "applications" and parts[1] in ("received", "granted", "result_total")
            value = received if has and parts[-1] in ("natural_person", "total") else 0
            cells[cell.key] = Reading(key=cell.key, raw=str(value), value=value, state="reported")
    return Report(
        document=Document(name=document or f"{name}{year}.txt", sha256=f"{received:064x}", media_type="text/plain"),
        organ=OrganName(name=name, level="city", kind="department"),
        report_year=year,
        scope="own",
        tables=tables,
        cells=cells,
        meta={},
    )


def library_of(*reports: Report) -> Library:
    return Library.of(entry_from(report, check_report(report, load_form()), "fictional") for report in reports)


@pytest.fixture(scope="session")
def ready_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an empty store, to be copied."""
    folder = tmp_path_factory.mktemp("ready")
    open_store(Location.of(folder)).close()
    return folder


class Place:
    """A server of links: its store, its library, its clocks."""

    def __init__(self, store: Store) -> None:
        self.store, self.library, self.now, self.clock = store, library_of(), NOW, 0.0
        self.desk = Desk(lambda: self.store, lambda: self.library, lambda: self.now)
        counter = Counter(self.desk, Tries(3, 600), Tries(5, 600), lambda: self.clock)
        self.app = Starlette(routes=routes_of(counter))

    def ask(self, path: str, **more) -> Answer:
        return ask(self.app, path, **more)


@pytest.fixture
def place(ready_store: Path, tmp_path: Path) -> Iterator[Place]:
    """A server with two organs over two years, and nothing shared."""
    folder = tmp_path / "store"
    shutil.copytree(ready_store, folder)
    found = Place(open_store(Location.of(folder)))
    found.library = library_of(
        report_of("甲市乙局", 2023, 40),
        report_of("甲市乙局", 2024, 30),
        report_of("甲市丙局", 2023, 50),
        report_of("甲市丙局", 2024, 70),
    )
    yield found
    found.store.close()


@pytest.fixture
def organ(place: Place) -> Callable[[str], str]:
    """The id of an organ by its name."""
    return lambda name: next(entry.organ_id or "" for entry in place.library if entry.organ_name == name)
