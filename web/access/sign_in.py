"""Signing in with a name and a password, and out again."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from html import escape
from math import ceil
from pathlib import Path
from string import Template
from typing import Any, Protocol
from urllib.parse import parse_qs, quote, urlsplit

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ogi.access.attempts import Tries
from ogi.access.settings import SIGN_IN_COOKIE, Settings
from ogi.journal import tell
from ogi.labels import LANGS, Labels, Lang
from ogi.store.accounts import BROWSER_HOURS, is_right_password, sign_in, sign_out
from ogi.store.act import Act
from web.access.door import host_name

_FORM_BYTES = 4_096
_PAGE, _FIELDS = (
    Template(Path(__file__).with_name(name).read_text(encoding="utf-8")) for name in ("sign_in.html", "sign_in_fields.html")
)
_OF_NAME, _OF_ADDRESS, _WITHIN_SECONDS = 5, 60, 300.0
"""Tries of one name, and of one address: that of a whole office may be one."""


class Database(Protocol):
    """What signing in needs of the records."""

    def reading(self) -> AbstractContextManager[Any]:
        """A transaction that reads."""
        ...

    def writing(self) -> AbstractContextManager[Any]:
        """A transaction that writes."""
        ...


def sign_in_routes(settings: Settings, records: Callable[[], Database]) -> list[Route]:
    """Return the routes of signing in; a local server has none."""
    if not settings.is_shared:
        return []
    door = _SignIn(settings, records)
    return [
        Route("/sign-in", door.form, methods=["GET"]),
        Route("/sign-in", door.enter, methods=["POST"]),
        Route("/sign-out", door.ask, methods=["GET"]),
        Route("/sign-out", door.leave, methods=["POST"]),
    ]


class _SignIn:
    def __init__(self, settings: Settings, records: Callable[[], Database]) -> None:
        self._settings, self._records = settings, records
        self._of_name, self._of_address = Tries(_OF_NAME, _WITHIN_SECONDS), Tries(_OF_ADDRESS, _WITHIN_SECONDS)

    async def form(self, request: Request) -> Response:
        """Show the form."""
        return self._page(request, within(request.query_params.get("next", "/")))

    async def enter(self, request: Request) -> Response:
        """Sign in, or say that name and password do not belong together, whichever is wrong."""
        if not _is_own(request):
            return self._page(request, "/", "access.sign_in.elsewhere", status=403)
        given = await _posted(request)
        name, password, target = given.get("name", "").strip()[:120], given.get("password", ""), within(given.get("next", "/"))
        address = request.client.host if request.client else ""
        now = time.monotonic()
        wait = self._of_address.take(address, now) or self._of_name.take(name, now)
        if wait:
            tell("sign_in", level=logging.WARNING, done="often")
            return self._page(request, target, "access.sign_in.wait", status=429, seconds=ceil(wait))
        token = await run_sync(partial(self._token, name, password))
        if token is None:
            tell("sign_in", level=logging.WARNING, done="wrong")  # not the name: people also type their password there
            return self._page(request, target, "access.sign_in.wrong", status=401)
        self._of_name.forget(name)
        answer = RedirectResponse(self._settings.base_path + target, 303, headers={"Cache-Control": "no-store"})
        answer.set_cookie(
            SIGN_IN_COOKIE,
            token,
            max_age=BROWSER_HOURS * 3600,
            path=f"{self._settings.base_path}/",
            secure=self._settings.is_secure,
            httponly=True,
            samesite="lax",
        )
        return answer

    async def ask(self, request: Request) -> Response:
        """Ask whether to sign out; only the button of this page does it."""
        return self._page(request, "/", way="sign_out")

    async def leave(self, request: Request) -> Response:
        """Sign out: the token is worth nothing from now on, also in pages that are open."""
        if not _is_own(request):
            return self._page(request, "/", "access.sign_in.elsewhere", status=403)
        token = request.cookies.get(SIGN_IN_COOKIE)
        if token:
            await run_sync(self._end, token)
            tell("sign_in", done="signed_out")
        answer = RedirectResponse(f"{self._settings.base_path}/sign-in", 303, headers={"Cache-Control": "no-store"})
        answer.delete_cookie(SIGN_IN_COOKIE, path=f"{self._settings.base_path}/", httponly=True, samesite="lax")
        return answer

    def _token(self, name: str, password: str) -> str | None:
        with self._records().reading() as connection:
            if not is_right_password(connection, name, password):
                return None
        with self._records().writing() as connection:
            return sign_in(connection, name, Act(by=name))

    def _end(self, token: str) -> None:
        with self._records().writing() as connection:
            sign_out(connection, token, Act(by="sign-out"))

    def _page(
        self, request: Request, target: str, key: str = "", *, way: str = "sign_in", status: int = 200, **params: object
    ) -> Response:
        """The form of one ``way``, ``sign_in`` or ``sign_out``, with what there is to say."""
        lang = _language(request)
        labels = Labels(lang)
        other = next(name for name in LANGS if name != lang)
        words = {name: escape(labels(f"access.{way}.{name}")) for name in ("title", "button", "note")}
        page = _PAGE.substitute(
            words,
            lang="zh-CN" if lang == "zh" else "en",
            product=escape(labels("access.sign_in.product")),
            said=f'<p class="said" role="alert">{escape(labels(key, **params))}</p>' if key else "",
            action=f"{self._settings.base_path}/{way.replace('_', '-')}?lang={lang}",
            next=escape(target, quote=True),
            fields=_FIELDS.substitute({name: escape(labels(f"access.sign_in.{name}")) for name in ("name", "password")})
            if way == "sign_in"
            else "",
            other=f'<a href="?lang={other}&amp;next={quote(target)}">{labels(f"access.sign_in.in_{other}")}</a>',
        )
        return HTMLResponse(page, status, headers={"Cache-Control": "no-store"})


def within(target: str) -> str:
    """Return where to go after signing in: only ever an address of this server."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith(("//", "/\\")) or not target.isprintable():
        return "/"
    return target


def _is_own(request: Request) -> bool:
    """Whether a form was sent by a page of this server and not by one of another (cross-site request forgery)."""
    origin = request.headers.get("origin")
    if origin is None or origin == "null":
        return request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
    return host_name(urlsplit(origin).netloc) == host_name(request.headers.get("host", ""))


async def _posted(request: Request) -> dict[str, str]:
    """The fields of a small form; nothing where it is larger than a form can be."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _FORM_BYTES:
            return {}
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[0] for name, values in fields.items()}


def _language(request: Request) -> Lang:
    asked = request.query_params.get("lang")
    if asked in LANGS:
        return "en" if asked == "en" else "zh"
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "zh"
