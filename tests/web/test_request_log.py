"""Every request has an id and a line; one that breaks down is answered with its id, never with a traceback."""

from __future__ import annotations

import json
import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ogi.journal import start_journal, tell
from tests.web.conftest import ask
from web.api.problem import Problem
from web.metrics import Metrics
from web.request_log import RequestLog

Written = pytest.CaptureFixture[str]


def told(_: Request) -> Response:
    tell("change", done={"corrected": 1})
    return PlainTextResponse("done")


def broken(_: Request) -> Response:
    raise ValueError("申请人张三")


def refused(_: Request) -> Response:
    return Problem(code="empty", status=422).response()


def application(*, has_address: bool = False) -> Starlette:
    kind_of = Metrics().kind_of
    routes = [
        Route("/reports", told),
        Route("/s/{token}/file.html", told),
        Route("/static/app.js", told),
        Route("/years", broken),
    ]
    routes += [Route("/api/v1/facts", broken), Route("/api/v1/reports", refused)]
    return Starlette(routes=routes, middleware=[Middleware(RequestLog, kind_of=kind_of, has_address=has_address)])


def lines(written: Written) -> list[dict]:
    return [json.loads(line) for line in written.readouterr().err.splitlines()]


@pytest.fixture(autouse=True)
def _journal(loggers_as_before: None) -> None:
    start_journal({})


def test_request_and_what_it_did_have_one_id_which_the_answer_names(capsys: Written) -> None:
    answer = ask(application(), "/reports")
    change, request = lines(capsys)
    assert change["id"] == request["id"] == answer.headers["x-request-id"]
    assert (change["event"], request["event"]) == ("change", "request")
    assert {name: request[name] for name in ("kind", "method", "path", "status")} == {
        "kind": "page", "method": "GET", "path": "/reports", "status": 200,
    }  # fmt: skip
    assert "address" not in request


def test_address_is_named_where_the_server_was_told_so(capsys: Written) -> None:
    ask(application(has_address=True), "/reports")
    assert lines(capsys)[-1]["address"] == "10.0.0.1"


def test_token_of_a_link_is_not_written(capsys: Written) -> None:
    ask(application(), "/s/Zm9vYmFyYmF6cXV4MTIzNA/file.html")
    assert lines(capsys)[-1]["path"] == "/s/…/file.html"


def test_parts_of_pages_are_told_only_where_everything_is(capsys: Written) -> None:
    ask(application(), "/static/app.js")
    assert [line["event"] for line in lines(capsys)] == ["change"]


@pytest.mark.parametrize(("language", "start"), [("zh-CN", "出错了，请求没有完成"), ("en-GB", "Something went wrong")])
def test_request_that_breaks_down_is_answered_with_a_sentence_and_its_id(language: str, start: str, capsys: Written) -> None:
    answer = ask(application(), "/years", accept_language=language)
    text = capsys.readouterr().err
    line = json.loads(text)
    assert (answer.status, line["level"], line["status"], line["error"]) == (500, "error", 500, "ValueError")
    assert answer.text.startswith(start)
    assert line["id"] in answer.text
    assert line["where"][-1].startswith("tests/web/test_request_log.py:")
    assert "张三" not in answer.text + text


def test_program_gets_a_problem_with_the_id_of_the_line(capsys: Written) -> None:
    answer = ask(application(), "/api/v1/facts", accept_language="en")
    problem = json.loads(answer.text)
    (line,) = lines(capsys)
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["status"], problem["id"]) == (500, line["id"])


def test_every_problem_names_its_request(capsys: Written) -> None:
    problem = json.loads(ask(application(), "/api/v1/reports").text)
    (line,) = lines(capsys)
    assert (line["status"], problem["id"]) == (422, line["id"])
    assert re.fullmatch(r"[2-9a-z]{4}-[2-9a-z]{4}", problem["id"])
