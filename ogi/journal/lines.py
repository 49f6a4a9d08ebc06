"""How the lines are written: to the standard error, as JSON or for the eye, as the environment says.

``OGI_LOG_LEVEL``    ``debug``, ``info`` (default), ``warning``, ``error``
``OGI_LOG_FORMAT``   ``json`` (default), ``text``
``OGI_LOG_ADDRESS``  ``1``: lines of requests name the address they come from
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import re
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import msgspec

from ogi.access.settings import SettingsError, switch
from ogi.journal.event import current_id, id_of

LEVEL, FORMAT, ADDRESS = "OGI_LOG_LEVEL", "OGI_LOG_FORMAT", "OGI_LOG_ADDRESS"
_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_OURS = ("ogi", "loaders", "web", "pages", "app")
_OTHERS = ("streamlit", "uvicorn", "websockets")
"""Libraries that bring handlers of their own; what they say is written as our lines are."""
_MOST_PLACES, _LONGEST_TEXT = 40, 500
_ROOT = Path(__file__).resolve().parents[2]
_SECRETS = (
    (re.compile(r"(?i)\b(bearer|basic)\s+\S+"), r"\1 …"),
    (re.compile(r"://[^\s/@]+@"), "://…@"),
    (re.compile(r"/s/[^\s/?\"']+"), "/s/…"),
    (re.compile(r"(?i)\b(password|passwd|passcode|token|secret|code|cookie|authorization)(\s*[=:]\s*)[^\s&;,]+"), r"\1\2…"),
)
"""What libraries might write of secrets; our own lines are given none."""


def journal_settings(environment: Mapping[str, str] = os.environ) -> tuple[str, str, bool]:
    """Return level, format and whether addresses are written.

    Raises:
        SettingsError: ``log_level``, ``log_format`` or ``switch``: the environment says something that cannot be meant.
    """
    level = environment.get(LEVEL, "").strip().lower() or "info"
    form = environment.get(FORMAT, "").strip().lower() or "json"
    if level not in _LEVELS:
        raise SettingsError("log_level", value=level)
    if form not in ("json", "text"):
        raise SettingsError("log_format", value=form)
    return level, form, switch(environment, ADDRESS)


def start_journal(environment: Mapping[str, str] = os.environ) -> bool:
    """Begin to write the journal, in place of what was set up before; return whether addresses are to be written.

    Raises:
        SettingsError: as :func:`journal_settings`.
    """
    level, form, has_address = journal_settings(environment)
    lines = JsonLines if form == "json" else TextLines
    root = logging.getLogger()
    for old in [handler for handler in root.handlers if isinstance(handler, _ToStandardError)]:
        root.removeHandler(old)
    handler = _ToStandardError()
    handler.setFormatter(lines(with_text=level == "debug"))
    root.addHandler(handler)
    for name in _OURS:
        logging.getLogger(name).setLevel(_LEVELS[level])
    _take_over()
    return has_address


def _take_over() -> None:
    """Let the libraries' loggers hand on what they have to say instead of writing it themselves."""
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(_OTHERS):
            logger = logging.getLogger(name)
            logger.handlers.clear()
            logger.propagate = True


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to whatever the standard error is at the moment."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        return sys.stderr


class JsonLines(logging.Formatter):
    """A line a record: one JSON object with ``at``, ``level``, ``id``, ``event`` and what is known beside."""

    def __init__(self, *, with_text: bool = False) -> None:
        """Take whether the text of exceptions is written, which may hold anything a report holds."""
        super().__init__()
        self._with_text = with_text

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return msgspec.json.encode(self.line(record), enc_hook=str).decode()

    def line(self, record: logging.LogRecord) -> dict[str, Any]:
        """Return what the line says, in its order."""
        at = dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        event = getattr(record, "journal_event", None)
        error = record.exc_info[1] if record.exc_info else None
        event_id = getattr(record, "journal_id", None) or current_id() or id_of(error)
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "id": event_id, "event": event or "message"}
        if event:
            line |= getattr(record, "journal_facts", {})
        else:
            line |= {"logger": record.name, "message": redacted(record.getMessage())[:_LONGEST_TEXT]}
        return line | self._of_error(error) if error is not None else line

    def _of_error(self, error: BaseException) -> dict[str, Any]:
        places = [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
        said: dict[str, Any] = {"error": type(error).__name__, "where": places[-_MOST_PLACES:]}
        if isinstance(error, OSError) and error.strerror:
            said["reason"] = error.strerror
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is not None:
            said["cause"] = type(cause).__name__
        if self._with_text:
            said["text"] = redacted(str(error))[:_LONGEST_TEXT]
        return said


class TextLines(JsonLines):
    """The same for the eye: ``time level id event name=value …``, places of an error on lines of their own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = self.line(record)
        places = line.pop("where", [])
        head = " ".join(str(line.pop(name)) for name in ("at", "level", "id", "event"))
        rest = "".join(f" {name}={_flat(value)}" for name, value in line.items())
        return head + rest + "".join(f"\n    {place}" for place in places)


def redacted(text: str) -> str:
    """Return a text of a library without what looks like a password, a token or an address with one in it."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


def _short(name: str) -> str:
    """The path of a module without what only this machine knows: below the program or below its libraries."""
    path = Path(name)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


def _flat(value: object) -> str:
    return str(value).replace("\n", "⏎").replace("\r", "⏎")
