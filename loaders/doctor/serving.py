"""How the server is set up: its settings, its clock, its port."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import socket
import tomllib
from collections.abc import Mapping
from pathlib import Path

from loaders.doctor.look import Look
from ogi.access.settings import Settings, SettingsError, settings_from
from ogi.journal.lines import journal_settings
from ogi.store.looking import Seen

_WRITTEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""This program is not older; a clock before it is wrong."""
_YEARS = 30
_SLACK = dt.timedelta(minutes=10)
_SECRETS = Path(".streamlit") / "secrets.toml"


def settings(environment: Mapping[str, str], seen: Seen | None, root: Path) -> Look:
    """Whether the environment can be meant, and a shared server is safe and lets somebody in."""
    try:
        found = settings_from(environment)
        journal_settings(environment)
    except SettingsError as error:
        return Look(part="settings", state="stops", said=(f"access.start.{error.code}", dict(error.params)))
    words = f"{found.mode} {found.public_url or ''}".strip()
    if not found.is_shared:
        return Look(part="settings", found=words)
    if not _lets_somebody_in(found, seen, root):
        return Look(part="settings", state="stops", said=("access.start.no_sign_in", {}))
    if not found.is_secure:
        return Look(part="settings", state="lacking", code="no_tls", found=words)
    return Look(part="settings", found=words)


def _lets_somebody_in(found: Settings, seen: Seen | None, root: Path) -> bool:
    """Whether a shared server has a reader: everybody, an account, or those another server vouches for."""
    if found.public_reading or seen is None or seen.has_accounts or seen.state in ("older", "newer"):
        return True  # where accounts cannot be looked for, the look at the records says why
    try:
        return "auth" in tomllib.loads((root / _SECRETS).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        return False


def clock(seen: Seen | None, now: dt.datetime) -> Look:
    """Whether the time can be right: after this program was written, and not before the last change of the records."""
    shown = now.isoformat(sep=" ", timespec="minutes")
    last = seen.last_change if seen is not None else None
    if now < _WRITTEN or now.year > _WRITTEN.year + _YEARS:
        return Look(part="clock", state="lacking", code="implausible", params={"now": shown})
    if last is not None and last > now + _SLACK:
        params = {"now": shown, "last": last.isoformat(sep=" ", timespec="minutes")}
        return Look(part="clock", state="lacking", code="behind", params=params)
    return Look(part="clock", found=shown)


def port(number: int) -> Look:
    """Whether the port is free, or this dashboard answers there already."""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            version = _answering(number)
            if version is not None:
                return Look(part="port", found=f"{number} · {version}")
            return Look(part="port", state="lacking", code="taken", params={"port": number, "other": number + 10})
    return Look(part="port", found=str(number))


def _answering(number: int) -> str | None:
    """The version of the dashboard that answers at a port; ``None`` where it is something else."""
    connection = http.client.HTTPConnection("127.0.0.1", number, timeout=1)
    try:
        connection.request("GET", "/healthz")
        return str(json.loads(connection.getresponse().read(10_000))["version"])
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None
    finally:
        connection.close()
