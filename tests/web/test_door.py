"""The door: who is let in, by which name, and what is said to the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from ogi.access.settings import SIGN_IN_COOKIE, Settings, SettingsError, settings_from
from ogi.store.accounts import close_account, put_account, sign_in
from ogi.store.act import Act
from ogi.store.location import Location
from ogi.store.records import Records, open_records
from web.access.asking import VISITOR
from web.access.door import Door, host_name
from web.access.sign_in import sign_in_routes, within
from web.access.who import who_asks

PASSWORD = "一句足够长的口令 2024"
SHARED = settings_from({"OGI_MODE": "shared", "OGI_PUBLIC_URL": "https://ogi.example.gov.cn"})
AT_HOME = "https://ogi.example.gov.cn"


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    opened = open_records(Location.of(tmp_path_factory.mktemp("store")))
    yield opened
    opened.close()


@pytest.fixture
def serve(records: Records) -> Callable[..., TestClient]:
    """A server that says who it takes its visitor for, behind the door."""

    async def page(request: Request) -> PlainTextResponse:
        visitor = request.scope[VISITOR]
        return PlainTextResponse(f"{visitor.name}|{visitor.role}")

    async def socket(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text("in")
        await websocket.close()

    def make(settings: Settings, base_url: str = AT_HOME) -> TestClient:
        routes = [
            *sign_in_routes(settings, lambda: records),
            Route("/healthz", page),
            Route("/api/v1/facts", page),
            Route("/overview", page),
            WebSocketRoute("/_stcore/stream", socket),
        ]
        door = Middleware(
            Door,
            settings=settings,
            who=lambda cookies, bearer: who_asks(settings, lambda: records, cookies, bearer),
            granted=lambda path, cookies: cookies.get("share") == "good" and path == "/overview",
        )
        return TestClient(Starlette(routes=routes, middleware=[door]), base_url=base_url, follow_redirects=False)

    return make


def open_account(records: Records, name: str = "张三", role: str = "editor") -> None:
    with records.writing() as connection:
        put_account(connection, name, role, Act(by="test"), password=PASSWORD)  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501", "LOCALHOST"])
def test_local_server_answers_its_own_computer(serve: Callable[..., TestClient], host: str) -> None:
    answer = serve(Settings()).get("/overview", headers={"host": host})
    assert (answer.status_code, answer.text) == (200, "local|administrator")


@pytest.mark.parametrize("host", ["ogi.example.gov.cn", "192.168.1.7:8501", "localhost.evil.example", "evil-localhost", ""])
def test_local_server_answers_no_other_name(serve: Callable[..., TestClient], host: str) -> None:
    """A page elsewhere that makes its own name point here (DNS rebinding) gets nothing."""
    assert serve(Settings()).get("/overview", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"])
def test_local_server_cannot_be_opened_to_the_world_by_a_proxy(serve: Callable[..., TestClient], name: str) -> None:
    answer = serve(Settings()).get("/overview", headers={"host": "localhost", name: "203.0.113.9"})
    assert answer.status_code == 403
    assert "OGI_MODE=shared" in answer.text


def test_local_server_closes_sockets_of_other_names(serve: Callable[..., TestClient]) -> None:
    client = serve(Settings())
    with client.websocket_connect("/_stcore/stream", headers={"host": "localhost:8501"}) as socket:
        assert socket.receive_text() == "in"
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers={"host": "evil.example"}):
        pass


def test_shared_server_answers_under_its_own_name_only(serve: Callable[..., TestClient]) -> None:
    client = serve(SHARED)
    assert client.get("/healthz").status_code == 200
    assert client.get("/healthz", headers={"host": "evil.example"}).status_code == 421


def test_stranger_is_sent_to_sign_in_and_back_to_where_they_wanted(serve: Callable[..., TestClient]) -> None:
    answer = serve(SHARED).get("/overview?years=2024", headers={"accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=/overview%3Fyears%3D2024"


def test_stranger_gets_no_data_and_no_socket(serve: Callable[..., TestClient]) -> None:
    client = serve(SHARED)
    assert client.get("/api/v1/facts").status_code == 401
    assert client.get("/overview").status_code == 401
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/_stcore/stream", headers={"host": "ogi.example.gov.cn"}):
        pass


def test_share_opens_what_it_grants_and_nothing_else(serve: Callable[..., TestClient]) -> None:
    client = serve(SHARED)
    client.cookies.set("share", "good")
    assert client.get("/overview").status_code == 200
    assert client.get("/api/v1/facts").status_code == 401


def test_public_reading_shows_and_does_not_let_edit(serve: Callable[..., TestClient]) -> None:
    public = settings_from({"OGI_MODE": "shared", "OGI_PUBLIC_URL": AT_HOME, "OGI_PUBLIC_READING": "1"})
    assert serve(public).get("/overview").text == "|reader"


def test_right_password_signs_in_by_a_cookie_no_script_can_read(serve: Callable[..., TestClient], records: Records) -> None:
    open_account(records)
    client = serve(SHARED)
    answer = client.post("/sign-in", data={"name": "张三", "password": PASSWORD, "next": "/overview?years=2024"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/overview?years=2024")
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))
    assert client.get("/overview").text == "张三|editor"


def test_wrong_password_and_unknown_name_are_told_alike(serve: Callable[..., TestClient], records: Records) -> None:
    open_account(records)
    client = serve(SHARED)
    wrong = client.post("/sign-in", data={"name": "张三", "password": "别的口令别的口令别的"})
    nobody = client.post("/sign-in", data={"name": "李四", "password": PASSWORD})
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.text == nobody.text
    assert SIGN_IN_COOKIE not in client.cookies


def test_sixth_try_waits_even_with_the_right_password(serve: Callable[..., TestClient], records: Records) -> None:
    open_account(records)
    client = serve(SHARED)
    for _ in range(5):
        client.post("/sign-in", data={"name": "张三", "password": "别的口令别的口令别的"})
    answer = client.post("/sign-in", data={"name": "张三", "password": PASSWORD})
    assert answer.status_code == 429
    assert SIGN_IN_COOKIE not in client.cookies


def test_form_of_another_site_signs_nobody_in_or_out(serve: Callable[..., TestClient], records: Records) -> None:
    open_account(records)
    client = serve(SHARED)
    away = {"origin": "https://evil.example"}
    assert client.post("/sign-in", data={"name": "张三", "password": PASSWORD}, headers=away).status_code == 403
    client.post("/sign-in", data={"name": "张三", "password": PASSWORD})
    client.post("/sign-out", headers=away)
    assert client.get("/overview").text == "张三|editor"


def test_signing_out_ends_the_token_itself(serve: Callable[..., TestClient], records: Records) -> None:
    open_account(records)
    client = serve(SHARED)
    client.post("/sign-in", data={"name": "张三", "password": PASSWORD})
    token = client.cookies[SIGN_IN_COOKIE]
    client.post("/sign-out")
    client.cookies.set(SIGN_IN_COOKIE, token)
    assert client.get("/api/v1/facts").status_code == 401


def test_closed_account_is_out_at_once(serve: Callable[..., TestClient], records: Records) -> None:
    open_account(records)
    client = serve(SHARED)
    client.post("/sign-in", data={"name": "张三", "password": PASSWORD})
    with records.writing() as connection:
        close_account(connection, "张三", Act(by="test"))
    assert client.get("/api/v1/facts").status_code == 401
    assert client.post("/sign-in", data={"name": "张三", "password": PASSWORD}).status_code == 401


def test_script_comes_in_by_its_token_and_a_browser_cookie_is_no_token(
    serve: Callable[..., TestClient], records: Records
) -> None:
    open_account(records)
    client = serve(SHARED)
    with records.writing() as connection:
        script = sign_in(connection, "张三", Act(by="test"), kind="script", days=1)
        browser = sign_in(connection, "张三", Act(by="test"))
    assert client.get("/api/v1/facts", headers={"Authorization": f"Bearer {script}"}).text == "张三|editor"
    assert client.get("/api/v1/facts", headers={"Authorization": f"Bearer {browser}"}).status_code == 401


def test_names_and_reasons_are_shown_as_text(serve: Callable[..., TestClient]) -> None:
    page = serve(SHARED).get("/sign-in", params={"next": '/"><script>alert(1)</script>'})
    assert "<script>" not in page.text


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "overview"]
)
def test_signing_in_never_leads_elsewhere(target: str) -> None:
    assert within(target) == "/"


def test_every_answer_carries_the_headers_that_protect_it(serve: Callable[..., TestClient]) -> None:
    headers = serve(SHARED).get("/healthz").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "strict-transport-security" not in serve(Settings()).get("/healthz", headers={"host": "localhost"}).headers


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"OGI_MODE": "open"}, "mode"),
        ({"OGI_MODE": "shared"}, "no_host"),
        ({"OGI_PUBLIC_URL": "ogi.example.gov.cn"}, "public_url"),
        ({"OGI_PUBLIC_URL": "ftp://ogi.example.gov.cn"}, "public_url"),
        ({"OGI_PUBLIC_READING": "maybe"}, "switch"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(environment: dict[str, str], code: str) -> None:
    with pytest.raises(SettingsError) as told:
        settings_from(environment)
    assert told.value.code == code


def test_name_of_a_host_is_taken_without_port() -> None:
    assert [host_name(text) for text in ("A.example:80", "[::1]:8501", "a.example.")] == ["a.example", "::1", "a.example"]
