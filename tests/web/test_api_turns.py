"""Who reads the interface too often waits; who asks for personal data must have signed in."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from ogi.access.attempts import Tries
from ogi.access.roles import LOCAL_PERSON, PUBLIC_READER, Visitor
from ogi.checks import check_report
from ogi.form import load_form
from ogi.library import Library, entry_from
from ogi.report import NarrativeSection, OrganName, Report
from web.access.asking import VISITOR
from web.api import api_routes
from web.api.turns import Turns

READER = Visitor(name="王读者", role="reader")


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Callable[..., TestClient]:
    """Ask as a visitor; at most two requests a minute."""
    turns = Turns(clock=clock, tries=Tries(2, 60), most=2)

    def of(visitor: Visitor, address: str = "192.0.2.1", library: Library | None = None) -> TestClient:
        app = Starlette(routes=list(api_routes(lambda _: library or Library.of([]), turns=turns)))

        async def asked(scope: Scope, receive: Receive, send: Send) -> None:
            scope[VISITOR] = visitor
            await app(scope, receive, send)

        return TestClient(asked, client=(address, 50000))

    return of


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/openapi.json", "/api/v1/organs", "/api/v1/reports/x", "/api/nothing"])
def test_third_request_in_a_minute_waits_and_is_told_how_long(client, clock: Clock, path: str) -> None:
    asking = client(PUBLIC_READER)
    assert [asking.get(path).status_code == 429 for _ in range(3)] == [False, False, True]
    clock.now += 20.5
    answer = asking.get(path)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "40")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "每分钟至多请求 2 次，请 40 秒后再试"
    assert asking.get(f"{path}?lang=en").json()["title"] == "At most 2 requests a minute; try again in 40 seconds"
    clock.now += 39.5
    assert asking.get(path).status_code != 429


def test_one_who_asks_too_often_stops_nobody_else(client) -> None:
    for _ in range(3):
        client(PUBLIC_READER).get("/api/v1")
    assert client(PUBLIC_READER).get("/api/v1").status_code == 429
    assert client(PUBLIC_READER, "192.0.2.2").get("/api/v1").status_code == 200
    assert client(READER).get("/api/v1").status_code == 200


def test_one_visitor_is_counted_from_all_addresses_together(client) -> None:
    found = [client(READER, f"192.0.2.{number}").get("/api/v1").status_code for number in range(3)]
    assert found == [200, 200, 429]


def test_name_that_looks_like_an_address_takes_nobodys_turns(client) -> None:
    for _ in range(3):
        client(Visitor(name="192.0.2.1", role="reader")).get("/api/v1")
    assert client(PUBLIC_READER).get("/api/v1").status_code == 200


def test_person_at_the_computer_itself_is_not_counted(client) -> None:
    assert {client(LOCAL_PERSON).get("/api/v1").status_code for _ in range(4)} == {200}


@pytest.fixture(scope="module")
def library(make_report: Callable[..., Report]) -> Library:
    report = make_report({"applications.received.total": "12"}, organ=OrganName(name="示例市财政局"), year=2024)
    text = "联系人：张三，联系电话：0571-87000001。全年收到申请12件。"
    report = msgspec.structs.replace(report, narrative=(NarrativeSection(section="s1", title="一、总体情况", text=text),))
    return Library.of([entry_from(report, check_report(report, load_form()), "published")])


def _prose(client: TestClient, library: Library, query: str = "") -> tuple[int, str, int]:
    entry = library.everything[0]
    answer = client.get(f"/api/v1/reports/{entry.report_id}?collection=published{query}")
    found = answer.json()
    return answer.status_code, found.get("narrative", [{}])[0].get("text", ""), found.get("personal_data_hidden", -1)


def test_report_comes_without_personal_data_and_says_how_much_is_hidden(client, library: Library) -> None:
    hidden = "联系人：［姓名已隐去］，联系电话：［电话已隐去］。全年收到申请12件。"
    assert _prose(client(READER, library=library), library) == (200, hidden, 2)


def test_who_has_signed_in_may_ask_for_the_prose_as_printed(client, library: Library) -> None:
    shown = "联系人：张三，联系电话：0571-87000001。全年收到申请12件。"
    assert _prose(client(READER, library=library), library, "&personal=shown") == (200, shown, 0)
    assert _prose(client(PUBLIC_READER, library=library), library, "&personal=shown")[0] == 403
    assert client(READER).get("/api/v1/findings?personal=all").status_code == 400


def test_findings_say_how_much_is_hidden(client, library: Library) -> None:
    answer = client(READER, library=library).get("/api/v1/findings?collection=published")
    assert answer.json()["about"]["personal_data_hidden"] == 0
