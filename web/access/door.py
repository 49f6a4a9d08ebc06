"""The door of the server: an ASGI layer in front of everything, pages, sockets and data alike.

A *local* server answers only requests that come to this very computer: the host is ``localhost`` and no proxy stands before it.
So a proxy that somebody puts in front of it cannot open it to the world. A *shared* server answers under its own names, and
whoever has not signed in sees only what is meant for everybody: the way to sign in and what a share grants.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from anyio.to_thread import run_sync
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ogi.access.roles import Visitor
from ogi.access.settings import Settings
from ogi.labels import Labels, Lang
from web.access.asking import VISITOR, bearer_of
from web.api.problem import Problem

Who = Callable[[dict[str, str], str | None], Visitor]
"""Tells from the cookies and the bearer token of a request who asks."""
Granted = Callable[[str, dict[str, str]], bool]
"""Whether a path may be reached by who has not signed in, told from the cookies."""

OWN_ROUTES = ("/healthz", "/metrics", "/sign-in", "/sign-out", "/s/", "/api/", "/overview")
"""The addresses of our own routes, beside those of the pages."""
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
_FOR_ALL = (
    "/healthz",
    "/metrics",
    "/sign-in",
    "/sign-out",
    "/auth/",
    "/oauth2callback",
    "/s/",
    "/favicon",
    "/_stcore/health",
)
"""What is answered to everybody: nothing of it shows a figure that no share grants."""
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'; object-src 'none'; base-uri 'self'",
}
_A_YEAR = 31_536_000


class Door:
    """Lets a request in, or says why not."""

    def __init__(self, app: ASGIApp, settings: Settings, who: Who, granted: Granted) -> None:
        """Stand before ``app``."""
        self._app, self._settings, self._who, self._granted = app, settings, who, granted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or one socket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        below_base(scope, self._settings.base_path)
        headers = Headers(scope=scope)
        refusal = self._wrong_way(headers) or self._foreign_page(scope, headers) or await self._stranger(scope, headers)
        if refusal is None:
            await self._app(scope, receive, self._with_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, self._with_headers(send))

    def _wrong_way(self, headers: Headers) -> Response | None:
        """Why a request that came to another name, or through a proxy to a local server, is not answered."""
        lang = _language(headers)
        host = host_name(headers.get("host", ""))
        if not self._settings.is_shared:
            if any(name in headers for name in _FORWARDED):
                return _said("access.refused.forwarded", lang)
            return None if host in self._settings.hosts else _said("access.refused.local_host", lang)
        return None if host in self._settings.hosts else _said("access.refused.host", lang, 421)

    @staticmethod
    def _foreign_page(scope: Scope, headers: Headers) -> Response | None:
        """Why a socket that a page of another site opens is not answered."""
        origin = headers.get("origin")
        if scope["type"] != "websocket" or origin is None or urlsplit(origin).netloc == headers.get("host", ""):
            return None
        return _said("access.refused.host", "zh")

    async def _stranger(self, scope: Scope, headers: Headers) -> Response | None:
        """Find out who asks; what to say to somebody who must sign in first."""
        path: str = scope["path"].removeprefix(self._settings.base_path)
        if path.startswith("/static/"):
            return None
        cookies = cookies_of(headers)
        scope[VISITOR] = visitor = await run_sync(self._who, cookies, bearer_of(headers))
        if visitor.may_read or starts_with(path, _FOR_ALL) or await run_sync(self._granted, path, cookies):
            return None
        lang = _language(headers)
        if path.startswith("/api/"):
            return Problem(code="sign_in", status=401, lang=lang).response()
        if scope["type"] == "http" and scope["method"] == "GET" and "text/html" in headers.get("accept", ""):
            query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
            there = f"{self._settings.base_path}/sign-in?next={quote(path + query)}"
            return RedirectResponse(there, 303, headers={"Cache-Control": "no-store"})
        return _said("access.refused.sign_in", lang, 401)

    def _with_headers(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if self._settings.is_secure:
                    headers.setdefault("Strict-Transport-Security", f"max-age={_A_YEAR}")
            await send(message)

        return sending


def below_base(scope: Scope, base: str) -> None:
    """Take the path of the proxy from the addresses of our own routes; the pages are served below it as it is."""
    rest = scope["path"].removeprefix(base)
    if base and rest != scope["path"] and starts_with(rest, OWN_ROUTES):
        scope["path"], scope["raw_path"] = rest, rest.encode()
        scope["root_path"] = ""


def host_name(text: str) -> str:
    """The name in a ``Host`` header, in lower case, without port: ``[::1]:8501`` → ``::1``."""
    name = text.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.partition(":")[0].rstrip(".")


def cookies_of(headers: Headers) -> dict[str, str]:
    """The cookies of a request; none where they cannot be read."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie("; ".join(headers.getlist("cookie"))).items()}
    except CookieError:
        return {}


def starts_with(path: str, prefixes: Iterable[str]) -> bool:
    """Whether a path is one of these, or lies below one that ends with a slash."""
    return any(path == prefix or (prefix.endswith("/") and path.startswith(prefix)) for prefix in prefixes)


def _language(headers: Headers) -> Lang:
    return "en" if headers.get("accept-language", "").lower().startswith("en") else "zh"


def _said(key: str, lang: Lang, status: int = 403) -> Response:
    return PlainTextResponse(Labels(lang)(key) + "\n", status, headers={"Cache-Control": "no-store"})
