"""Every request has an id, a line in the journal, and, where it breaks down, an answer that names the id.

Neither query nor token stands in a line; the address of who asks only where the server was told so.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ogi.journal import new_id, tell, within
from ogi.labels import Labels, Lang
from web.api.problem import Problem

HEADER = "X-Request-Id"
_LONGEST_PATH = 120
_QUIET = frozenset({"static", "media", "session", "upload", "watch"})
"""Kinds of requests by the dozen, whose paths hold the ids of sessions: told only where everything is."""


class RequestLog:
    """The ASGI layer that stands in front of all others."""

    def __init__(self, app: ASGIApp, kind_of: Callable[[str], str], *, has_address: bool = False) -> None:
        """Stand before ``app``; ``kind_of`` tells the kind of a request from its path, ``has_address``: name who asks."""
        self._app, self._kind_of, self._has_address = app, kind_of, has_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and tell of it."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        with within(new_id()):
            await (self._request if scope["type"] == "http" else self._session)(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status, path = time.perf_counter(), 0, scope["path"]
        kind = self._kind_of(path)

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = event_id
            await send(message)

        with within() as event_id:
            failed: Exception | None = None
            try:
                await self._app(scope, receive, sending)
            except Exception as error:
                failed = error
                if not status:
                    await _broken(path, Headers(scope=scope), event_id)(scope, receive, sending)
            tell(
                "request",
                level=logging.ERROR if failed or status >= 500 else logging.DEBUG if kind in _QUIET else logging.INFO,
                error=failed,
                kind=kind,
                method=scope["method"],
                path=None if kind in _QUIET else _shown(path, kind),
                status=status,
                ms=_since(began),
                address=self._address(scope),
            )

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A browser that has pages open, from its beginning to its end."""
        began = time.perf_counter()
        tell("session", done="opened", address=self._address(scope))
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            tell("session", level=logging.ERROR, error=error, done="broken", ms=_since(began))
            raise
        tell("session", done="closed", ms=_since(began))

    def _address(self, scope: Scope) -> str | None:
        client = scope.get("client")
        return str(client[0]) if self._has_address and client else None


def _broken(path: str, headers: Headers, event_id: str) -> Response:
    """The answer to a request that broke down: a problem for programs, a sentence for people."""
    lang: Lang = "en" if headers.get("accept-language", "").strip().lower().startswith("en") else "zh"
    if "/api/" in path:
        return Problem(code="unexpected", status=500, lang=lang).response()
    return PlainTextResponse(Labels(lang)("journal.not_answered", id=event_id) + "\n", 500, headers={"Cache-Control": "no-store"})


def _shown(path: str, kind: str) -> str:
    """The path of a request without the token of a link."""
    if kind == "share":
        before, _, rest = path.partition("/s/")
        path = f"{before}/s/…{rest[rest.find('/') :] if '/' in rest else ''}"
    return path[:_LONGEST_PATH]


def _since(began: float) -> int:
    return round((time.perf_counter() - began) * 1000)
