"""A script hands files in at ``POST /api/v1/reports``: they are read, checked and kept, or it is told why not."""

from __future__ import annotations

import asyncio
import io
import shutil
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.testclient import TestClient

from loaders.sandbox import Sandbox
from ogi.access.attempts import Tries
from ogi.access.settings import SIGN_IN_COOKIE, Settings, settings_from
from ogi.library import Library
from ogi.store.accounts import put_account, sign_in
from ogi.store.act import Act
from ogi.store.audit import history
from ogi.store.location import Location
from ogi.store.store import Store, open_store
from web.access.door import Door
from web.access.who import who_asks
from web.api import Upload, api_routes
from web.api.upload import _body

DOCUMENTS = Path(__file__).resolve().parents[2] / "sample_reports" / "documents"
WHOLE = "donghu-government-2022.html"
AT_HOME = "https://ogi.example.gov.cn"
SHARED = settings_from({"OGI_MODE": "shared", "OGI_PUBLIC_URL": AT_HOME})
ACT = Act(by="test")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    workers = Sandbox(workers=1)
    yield workers
    workers.close()


@pytest.fixture
def store(ready_store: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copytree(ready_store, tmp_path / "store")
    opened = open_store(Location.of(tmp_path / "store"))
    yield opened
    opened.close()


@pytest.fixture
def serve(store: Store, sandbox: Sandbox) -> Callable[..., TestClient]:
    def make(settings: Settings = SHARED, base_url: str = AT_HOME, tries: Tries | None = None) -> TestClient:
        upload = Upload(store=lambda: store, sandbox=lambda: sandbox, clock=lambda: 0.0, tries=tries or Tries(60, 60))
        routes = [upload.route(), *api_routes(lambda _: Library.of([]))]
        door = Middleware(
            Door,
            settings=settings,
            who=lambda cookies, bearer: who_asks(settings, lambda: store.records, cookies, bearer),
            granted=lambda path, cookies: False,
        )
        return TestClient(Starlette(routes=routes, middleware=[door]), base_url=base_url)

    return make


@pytest.fixture
def token(store: Store) -> Callable[..., dict[str, str]]:
    """The header of a script of an account."""

    def make(name: str = "张三", role: str = "editor", **limits: Any) -> dict[str, str]:
        with store.records.writing() as connection:
            put_account(connection, name, role, ACT, password="一句足够长的口令 2024", **limits)  # type: ignore[arg-type]
            return {"Authorization": f"Bearer {sign_in(connection, name, ACT, kind='script', days=1)}"}

    return make


def document(name: str = WHOLE) -> bytes:
    return (DOCUMENTS / name).read_bytes()


def zipped(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"{name}.html", data)
    return made.getvalue()


def post(client: TestClient, data: bytes, query: str = f"name={WHOLE}", **headers: str) -> Any:
    return client.post(f"/api/v1/reports?{query}", content=data, headers=headers)


def test_file_is_kept_under_the_name_of_the_account_and_charts_have_it(serve, token, store: Store) -> None:
    answer = post(serve(), document(), **token())
    assert answer.status_code == 201, answer.text
    (row,) = answer.json()["data"]
    assert (row["organ_name"], row["report_year"], row["outcome"]) == ("示例市东湖区人民政府", 2022, "new")
    assert (row["is_complete"], row["not_read"]) == (True, [])
    assert set(row["findings"]) == {"error", "warning", "hint"}
    with store.records.reading() as connection:
        lines = history(connection)
    assert ("accepted", "张三") in {(line["action"], line["by"]) for line in lines}
    assert len(store.snapshot()) == 1
    client = TestClient(Starlette(routes=list(api_routes(lambda _: Library(kept=store.snapshot())))))
    whole = client.get(f"/api/v1/reports/{row['report_id']}?collection=library")
    assert whole.json()["document"]["name"] == WHOLE
    assert client.get("/api/v1/reports/oaaaaaaaaaa.2022.own?collection=library").status_code == 404


def test_same_file_again_changes_nothing(serve, token) -> None:
    client, headers = serve(), token()
    post(client, document(), **headers)
    again = post(client, document(), **headers)
    assert again.status_code == 200
    assert [row["outcome"] for row in again.json()["data"]] == ["same"]


def without_last_table(data: bytes) -> bytes:
    """The document as if the table of reviews and litigation had been left out."""
    text = data.decode("utf-8")
    return (text[: text.rindex("<table")] + text[text.rindex("</table>") + len("</table>") :]).encode()


def without_year(data: bytes) -> bytes:
    """The document as if nobody had written of which year it is."""
    return data.decode("utf-8").replace("2022", "").replace("2023", "").encode()


def test_report_not_read_completely_is_kept_only_when_asked_for(serve, token, store: Store) -> None:
    client, headers = serve(), token()
    cut = without_last_table(document())
    refused = post(client, cut, f"name={WHOLE}&lang=en", **headers)
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert "partly=1" in refused.json()["title"]
    assert len(store.snapshot()) == 0
    kept = post(client, cut, f"name={WHOLE}&partly=1", **headers)
    assert kept.status_code == 201
    (row,) = kept.json()["data"]
    assert row["is_complete"] is False
    assert len(row["not_read"]) == 1
    assert list(row["tables"].values()).count("missing") == 1


def test_report_of_no_year_is_not_kept_even_in_part(serve, token, store: Store) -> None:
    client, headers = serve(), token()
    for query in ("name=a.html", "name=a.html&partly=1"):
        answer = post(client, without_year(document()), query, **headers)
        assert answer.status_code == 422
        assert "哪一年" in answer.json()["detail"]
    assert len(store.snapshot()) == 0


def test_file_that_is_no_report_is_told_so(serve, token) -> None:
    answer = post(serve(), b"%PDF-1.7 broken", "name=a.pdf", **token())
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("a.pdf: ")


def test_archive_is_kept_whole_or_not_at_all(serve, token, store: Store) -> None:
    client, headers = serve(), token()
    mixed = zipped(whole=document(), cut=without_last_table(document("donghu-government-2021.html")))
    assert post(client, mixed, "name=all.zip", **headers).status_code == 409
    assert len(store.snapshot()) == 0
    answer = post(client, mixed, "name=all.zip&partly=1", **headers)
    assert answer.status_code == 201
    assert [row["report_year"] for row in answer.json()["data"]] == [2022, 2021]
    assert len(store.snapshot()) == 2


def test_editor_with_limits_keeps_reports_within_them_only(serve, token, store: Store) -> None:
    client = serve()
    other = post(client, document(), **token("李四", organs=["oaaaaaaaaaa"]))
    assert other.status_code == 403
    assert "负责范围" in other.json()["detail"]
    assert len(store.snapshot()) == 0
    row = post(client, document(), **token()).json()["data"][0]
    mine = token("王五", organs=[row["organ_id"]])
    assert post(client, without_last_table(document()), f"name={WHOLE}&partly=1", **mine).status_code == 201


def test_reader_may_not_hand_in(serve, token) -> None:
    assert post(serve(), document(), **token(role="reader")).status_code == 403


def test_cookie_alone_or_beside_a_wrong_token_does_not_do(serve, token, store: Store) -> None:
    """A browser sends its cookie with whatever page made the request."""
    token()
    with store.records.writing() as connection:
        cookie = sign_in(connection, "张三", ACT)
    client = serve()
    client.cookies.set(SIGN_IN_COOKIE, cookie)
    assert client.get("/api/v1").status_code == 200
    assert post(client, document()).status_code == 401
    assert post(client, document(), Authorization="Bearer nothing").status_code == 401
    assert len(store.snapshot()) == 0


def test_local_server_takes_files_of_its_own_computer_and_not_of_another_site(serve, store: Store) -> None:
    client = serve(Settings(), "http://localhost:8501")
    for away in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        assert post(client, document(), **away).status_code == 403
    assert post(client, document(), Origin="http://localhost:8501").status_code == 201
    assert post(client, document()).status_code == 200


def test_too_many_files_have_to_wait(serve, token) -> None:
    client, headers = serve(tries=Tries(1, 60)), token()
    assert post(client, b"", **headers).status_code == 422
    answer = post(client, document(), **headers)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "60" in answer.json()["title"]


def test_too_large_a_file_is_refused_before_it_is_read(serve, token) -> None:
    answer = post(serve(), b"x", f"name={WHOLE}", **{**token(), "Content-Length": str(101 * 2**20)})
    assert answer.status_code == 413
    assert "100" in answer.json()["title"]


@pytest.mark.parametrize("query", ["", "name=../a.html", f"name={'a' * 201}", "name=a.html&partly=2", "name=a.html&years=2024"])
def test_what_cannot_be_applied_is_refused(serve, token, query: str) -> None:
    assert post(serve(), document(), query, **token()).status_code == 400


def test_description_tells_how_to_hand_in(serve, token) -> None:
    described = serve().get("/api/v1/openapi.json", headers=token()).json()["paths"]["/api/v1/reports"]
    assert [item["name"] for item in described["post"]["parameters"]] == ["name", "partly", "lang"]
    assert {"200", "201", "409", "422"} <= set(described["post"]["responses"])
    assert "get" in described


def test_body_is_held_in_memory_once() -> None:
    size, piece = 16 * 2**20, b"x" * 2**16

    async def receive() -> dict[str, object]:
        nonlocal left
        left -= len(piece)
        return {"type": "http.request", "body": piece, "more_body": left > 0}

    async def measured() -> tuple[int, int]:
        request = Request({"type": "http", "method": "POST", "headers": [], "query_string": b"", "path": "/"}, receive)
        body = await _body(request, size)
        return len(body), tracemalloc.get_traced_memory()[1]

    left = size
    tracemalloc.start()
    try:
        with ThreadPoolExecutor(1) as own_loop:  # a browser of other tests may have one running in this thread
            length, peak = own_loop.submit(asyncio.run, measured()).result()
    finally:
        tracemalloc.stop()
    assert length == size
    assert peak < 1.5 * size
