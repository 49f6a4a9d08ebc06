"""The journal: one line an event, with an id, and nothing that must not be there."""

from __future__ import annotations

import io
import json
import logging
import re

import pytest

from ogi.access.settings import SettingsError
from ogi.journal import current_id, new_id, start_journal, tell, within
from ogi.journal.lines import redacted

ID = re.compile(r"[2-9a-hjkmnp-z]{4}-[2-9a-hjkmnp-z]{4}")
Written = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _loggers_as_before(loggers_as_before: None) -> None:
    """Each test sets the loggers up for itself."""


def lines(written: Written) -> list[dict]:
    return [json.loads(line) for line in written.readouterr().err.splitlines()]


def test_event_is_one_json_object_with_time_level_id_and_facts(capsys: Written) -> None:
    start_journal({})
    event_id = tell("read", bytes=12, reports=1, refused=None)
    (line,) = lines(capsys)
    assert list(line) == ["at", "level", "id", "event", "bytes", "reports"]
    assert (line["level"], line["id"], line["event"], line["bytes"], line["reports"]) == ("info", event_id, "read", 12, 1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["at"])
    assert ID.fullmatch(event_id)


def test_what_is_done_together_has_one_id() -> None:
    assert current_id() is None
    with within("aaaa-bbbb") as outer, within() as inner:
        assert (outer, inner, tell("read")) == ("aaaa-bbbb", "aaaa-bbbb", "aaaa-bbbb")
    assert current_id() is None
    assert new_id() != new_id()


def test_text_of_an_exception_is_not_written_but_its_way_is(capsys: Written) -> None:
    start_journal({})
    try:
        int("申请人张三的电话")
    except ValueError as error:
        tell("failed", level=logging.ERROR, error=error)
    text = capsys.readouterr().err
    line = json.loads(text)
    assert line["error"] == "ValueError"
    assert line["where"][-1].startswith("tests/ogi/journal/test_journal.py:")
    assert "张三" not in text


def test_error_a_library_has_told_of_keeps_its_id(capsys: Written) -> None:
    start_journal({})
    error = ValueError("x")
    logging.getLogger("streamlit.error_util").error("Uncaught app execution", exc_info=error)
    event_id = tell("failed", level=logging.ERROR, error=error)
    assert [line["id"] for line in lines(capsys)] == [event_id, event_id]


def test_debug_writes_the_text_of_an_exception(capsys: Written) -> None:
    start_journal({"OGI_LOG_LEVEL": "debug"})
    tell("failed", error=ValueError("what it was"))
    assert lines(capsys)[-1]["text"] == "what it was"


def test_level_leaves_out_what_is_below_it(capsys: Written) -> None:
    start_journal({"OGI_LOG_LEVEL": "warning"})
    tell("request")
    tell("request", level=logging.ERROR)
    assert [line["level"] for line in lines(capsys)] == ["error"]


def test_text_format_is_a_line_for_the_eye(capsys: Written) -> None:
    start_journal({"OGI_LOG_FORMAT": "text"})
    event_id = tell("change", done={"corrected": 1}, by="李四\n伪造的一行")
    text = capsys.readouterr().err
    assert text.count("\n") == 1
    assert f" info {event_id} change done={{'corrected': 1}} by=李四⏎伪造的一行" in text


def test_libraries_write_lines_of_ours_without_secrets(capsys: Written) -> None:
    theirs = logging.getLogger("uvicorn.error")
    theirs.addHandler(logging.StreamHandler(io.StringIO()))
    theirs.propagate = False
    start_journal({})
    theirs.warning("GET /s/Zm9vYmFyYmF6cXV4MTIzNA?x with Authorization: Bearer abc.def and postgresql://ogi:geheim@db/ogi")
    (line,) = lines(capsys)
    assert (line["event"], line["logger"]) == ("message", "uvicorn.error")
    assert ID.fullmatch(line["id"])
    assert not any(secret in line["message"] for secret in ("Zm9v", "abc.def", "geheim"))


@pytest.mark.parametrize(
    ("text", "kept"),
    [("password=geheim;", "password=…;"), ("token: abc", "token: …"), ("https://a.gov.cn/reports", "https://a.gov.cn/reports")],
)
def test_secrets_are_told_by_what_stands_before_them(text: str, kept: str) -> None:
    assert redacted(text) == kept


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"OGI_LOG_LEVEL": "loud"}, "log_level"),
        ({"OGI_LOG_FORMAT": "xml"}, "log_format"),
        ({"OGI_LOG_ADDRESS": "perhaps"}, "switch"),
    ],
)
def test_setting_that_cannot_be_meant_is_refused(environment: dict[str, str], code: str) -> None:
    with pytest.raises(SettingsError) as refused:
        start_journal(environment)
    assert refused.value.code == code


def test_addresses_are_written_only_where_asked_for() -> None:
    assert (start_journal({}), start_journal({"OGI_LOG_ADDRESS": "1"})) == (False, True)
