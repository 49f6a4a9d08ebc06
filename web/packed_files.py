"""The files of the page's own program, packed once: scripts and styles that every new visitor fetches.

Streamlit sends them as they are, since packing them anew for each visitor would cost more than it saves; plotly alone has 4.7 MB.
Here each is packed the first time somebody asks for it and stays in memory, 7 MB for all of them. What may be sent, under which
headers, and whether the browser has it already, is for the application inside to say: it is asked first, without a body.
"""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, NamedTuple

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

_FOLDER = "/static/"
_TEXTS = ("text/", "application/javascript", "application/json", "image/svg+xml", "application/manifest+json")
_SMALLEST = 1_000
"""Below so many bytes packing saves nothing that is felt."""
_ROOM = 64 * 2**20
_LEVEL = 6


class _Answer(NamedTuple):
    status: int
    headers: list[Header]
    body: bytes

    def header(self, name: bytes) -> bytes:
        return _header(self.headers, name)


class PackedFiles:
    """ASGI middleware that sends static files packed with gzip to browsers that take it.

    Ranges, sockets, other paths and other methods than GET and HEAD go through untouched.
    """

    def __init__(self, app: App) -> None:
        """Stand in front of ``app``."""
        self._app = app
        self._packed: dict[tuple[str, bytes], bytes] = {}
        self._packing = asyncio.Lock()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if not _is_file(scope):
            await self._app(scope, receive, send)
            return
        if not takes_gzip(_header(scope["headers"], b"accept-encoding").decode("latin-1")):
            await self._app(scope, receive, _varying(send))
            return
        told = await self._ask(scope, "HEAD")
        if told.status != 200 or not _is_worth_it(told):
            await self._app(scope, receive, _varying(send))
            return
        name = (scope["path"], told.header(b"etag"))
        packed = self._packed.get(name) or await self._pack(name, scope)
        await send({"type": "http.response.start", "status": 200, "headers": _headers(told, len(packed))})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else packed})

    async def _pack(self, name: tuple[str, bytes], scope: Message) -> bytes:
        """Pack a file, for all who wait for it at once, without keeping others waiting."""
        async with self._packing:
            if name not in self._packed:
                body = (await self._ask(scope, "GET")).body
                packed = await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)
                if sum(map(len, self._packed.values())) + len(packed) > _ROOM:
                    self._packed.clear()
                self._packed[name] = packed
            return self._packed[name]

    async def _ask(self, scope: Message, method: str) -> _Answer:
        """What the application inside answers."""
        parts: list[bytes] = []
        start: Message = {}

        async def take(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        asked = False

        async def nothing() -> Message:
            nonlocal asked
            if asked:  # whoever waits for the browser to go away waits in vain, until it is cancelled
                await asyncio.Event().wait()
            asked = True
            return {"type": "http.request", "body": b"", "more_body": False}

        headers = scope["headers"] if method == "HEAD" else _without(scope["headers"], b"if-none-match", b"if-modified-since")
        await self._app(dict(scope) | {"method": method, "headers": headers, "extensions": {}}, nothing, take)
        return _Answer(int(start["status"]), list(start["headers"]), b"".join(parts))


def _is_file(scope: Message) -> bool:
    """Whether a whole file of the page's program is asked for."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    path = scope["path"].removeprefix(scope.get("root_path", ""))
    return (path == "/" or path.startswith(_FOLDER)) and not _header(scope["headers"], b"range")


def takes_gzip(accepted: str) -> bool:
    """Whether an ``Accept-Encoding`` allows gzip (RFC 9110, 12.5.3): named, or covered by ``*``, and not with weight 0."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        coding, *parameters = (word.strip() for word in part.split(";"))
        weight = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        try:
            weights[coding] = float(weight)
        except ValueError:
            weights[coding] = 0.0
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _is_worth_it(told: _Answer) -> bool:
    kind, length = told.header(b"content-type").decode("latin-1"), told.header(b"content-length")
    return (
        kind.startswith(_TEXTS)
        and bool(told.header(b"etag"))
        and not told.header(b"content-encoding")
        and int(length or 0) >= _SMALLEST
    )


def _headers(told: _Answer, length: int) -> list[Header]:
    """The headers of the file for its packed form. Its tag becomes a weak one: the same file, other bytes."""
    tag = told.header(b"etag")
    kept = _without(told.headers, b"content-length", b"etag", b"vary", b"accept-ranges")
    return [
        *kept,
        (b"etag", tag if tag.startswith(b"W/") else b"W/" + tag),
        (b"content-encoding", b"gzip"),
        (b"content-length", str(length).encode()),
        (b"vary", _varies(told.headers)),
    ]


def _varying(send: Send) -> Send:
    """Say of what goes through that it depends on what the browser takes, so that no cache gives it to another one."""

    async def say(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            message = dict(message) | {"headers": [*_without(headers, b"vary"), (b"vary", _varies(headers))]}
        await send(message)

    return say


def _varies(headers: Iterable[Header]) -> bytes:
    names = [value for name, value in headers if name.lower() == b"vary"]
    said = any(b"accept-encoding" in value.lower() for value in names)
    return b", ".join(names if said else [*names, b"Accept-Encoding"])


def _header(headers: Iterable[Header], name: bytes) -> bytes:
    return next((value for key, value in headers if key.lower() == name), b"")


def _without(headers: Iterable[Header], *names: bytes) -> list[Header]:
    return [(name, value) for name, value in headers if name.lower() not in names]
