"""The doctor looks at the settings, the clock and the port."""

from __future__ import annotations

import datetime as dt
import socket
from pathlib import Path

import pytest

from loaders.doctor import serving
from ogi.labels import Labels
from ogi.store.looking import Seen

NOW = dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC)
SHARED = {"OGI_MODE": "shared", "OGI_PUBLIC_URL": "https://ogi.example.gov.cn"}
EMPTY, WITH_ACCOUNT = Seen(state="current"), Seen(state="current", has_accounts=True)


@pytest.mark.parametrize(
    ("environment", "seen", "state"),
    [
        ({}, EMPTY, "good"),
        ({"OGI_MODE": "open"}, EMPTY, "stops"),
        ({"OGI_LOG_LEVEL": "loud"}, EMPTY, "stops"),
        (SHARED, WITH_ACCOUNT, "good"),
        (SHARED, EMPTY, "stops"),
        (SHARED, Seen(state="none"), "stops"),
        (SHARED, Seen(state="older"), "good"),
        (SHARED, None, "good"),
        ({**SHARED, "OGI_PUBLIC_READING": "1"}, EMPTY, "good"),
        ({**SHARED, "OGI_PUBLIC_URL": "http://ogi.example.gov.cn"}, WITH_ACCOUNT, "lacking"),
        ({"OGI_MODE": "shared"}, WITH_ACCOUNT, "stops"),
    ],
)
def test_settings(environment: dict[str, str], seen: Seen | None, state: str, tmp_path: Path) -> None:
    look = serving.settings(environment, seen, tmp_path)
    assert look.state == state
    assert bool(look.costs(Labels("zh"))) == (state != "good")


def test_single_sign_on_lets_somebody_in(tmp_path: Path) -> None:
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "secrets.toml").write_text('[auth]\nclient_secret = "geheim"\n')
    assert serving.settings(SHARED, EMPTY, tmp_path).state == "good"


@pytest.mark.parametrize(
    ("now", "last", "code"),
    [
        (NOW, None, ""),
        (NOW, NOW - dt.timedelta(days=1), ""),
        (NOW, NOW + dt.timedelta(minutes=5), ""),
        (NOW, NOW + dt.timedelta(hours=3), "behind"),
        (dt.datetime(1970, 1, 1, tzinfo=dt.UTC), None, "implausible"),
        (dt.datetime(2099, 1, 1, tzinfo=dt.UTC), None, "implausible"),
    ],
)
def test_clock(now: dt.datetime, last: dt.datetime | None, code: str) -> None:
    look = serving.clock(Seen(state="current", last_change=last), now)
    assert (look.code, look.state) == (code, "lacking" if code else "good")
    assert not code or now.strftime("%Y-%m-%d") in look.costs(Labels("en"))


def test_port_another_program_listens_at_is_taken_and_a_free_one_is_good() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        number = other.getsockname()[1]
        other.listen()
        other.settimeout(0)  # nobody answers
        taken = serving.port(number)
    assert (taken.state, taken.params["port"]) == ("lacking", number)
    assert serving.port(number).state == "good"
