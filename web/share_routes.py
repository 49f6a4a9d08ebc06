"""The routes of links: ``/s/<token>``, its passcode, the way to the interactive page, the file and the figures.

Everything a link gives out goes through :meth:`web.desk.Desk.admit`, at every request.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from math import ceil
from typing import Any
from urllib.parse import parse_qs

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ogi.access.attempts import Tries
from ogi.journal import tell
from ogi.labels import Lang
from ogi.library import Library
from ogi.shares.addresses import is_https
from ogi.shares.figures_table import figures_csv
from ogi.shares.page import closed_page, file_of, page_of, passcode_page
from ogi.shares.passcode import is_passcode
from ogi.shares.share import Share
from ogi.shares.token import PARAMETER, cookie_name, pass_of
from ogi.store.store import Store
from web.desk import Closed, Desk
from web.evidence import EvidencePictures, PersonalDataError
from web.headers import page_headers, plain_headers

_STATUS = {"gone": 404, "expired": 410, "passcode": 401, "unreadable": 410, "unavailable": 503}
_LONGEST_BODY = 2_048


def share_routes(store: Callable[[], Store], library: Callable[[], Library]) -> list[Route]:
    """Return the routes of links; see :class:`web.desk.Desk` for the arguments."""
    return routes_of(Counter(Desk(store, library)))


def routes_of(counter: Counter) -> list[Route]:
    """Return the routes that a counter answers."""
    return [
        Route("/s/{token}", counter.page, methods=["GET"]),
        Route("/s/{token}", counter.passcode, methods=["POST"]),
        Route("/s/{token}/open", counter.open, methods=["GET"]),
        Route("/s/{token}/file.html", counter.file, methods=["GET"]),
        Route("/s/{token}/evidence/{number:int}", counter.evidence, methods=["GET"]),
        Route("/s/{token}/figures.csv", counter.figures, methods=["GET"]),
    ]


class Counter:
    """Answers the requests; the functions without ``async`` run in threads."""

    def __init__(
        self, desk: Desk, few: Tries | None = None, many: Tries | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the desk, how often one address and all together may try passcodes of a share, and a clock."""
        self._desk, self._clock, self._pictures = desk, clock, EvidencePictures(desk.store)
        self._few, self._many = few or Tries(5, 600), many or Tries(60, 600)

    def page(self, request: Request) -> Response:
        """Answer with the page of a link."""

        def answer(share: Share) -> Response:
            shown, opens = self._desk.shown(share)
            tell("share", done="opened", code=share.code)
            html = page_of(shown, base=_token(request), interactive=opens)
            counted = None if request.method == "HEAD" else BackgroundTask(self._desk.count, share)
            return HTMLResponse(html, headers=page_headers(framed=share.is_frozen), background=counted)

        return self._admitted(request, answer)

    def open(self, request: Request) -> Response:
        """Give the browser its pass and send it to the interactive page."""

        def answer(share: Share) -> Response:
            if not self._desk.today(share).opens:
                raise Closed("unavailable")
            page = self._desk.grant_of(share).view.page
            place = "" if page == "overview" else page
            response = RedirectResponse(f"../../{place}?{PARAMETER}={share.code}", 303, headers=plain_headers())
            self._give_pass(request, response, share)
            return response

        return self._admitted(request, answer)

    def file(self, request: Request) -> Response:
        """Answer with the file to take away."""

        def answer(share: Share) -> Response:
            shown, _ = self._desk.shown(share)
            return _download(file_of(shown), "text/html; charset=utf-8", f"ogi-{share.code}.html")

        return self._admitted(request, answer)

    def figures(self, request: Request) -> Response:
        """Answer with the figures shown, as CSV."""

        def answer(share: Share) -> Response:
            shown, _ = self._desk.shown(share)
            return _download(figures_csv(shown.content), "text/csv; charset=utf-8", f"ogi-{share.code}.csv")

        return self._admitted(request, answer)

    def evidence(self, request: Request) -> Response:
        """Answer with the picture of the place in the document where one of the listed findings stands; of no other place."""

        def answer(share: Share) -> Response:
            shown, _ = self._desk.shown(share)
            number = int(request.path_params["number"])
            problems = shown.content.problems if shown.content.collection == "library" else ()
            hides, lang = self._desk.grant_of(share).hides_personal, shown.content.lang
            try:
                picture = self._pictures.of(problems[number], lang, hides_personal=hides) if number < len(problems) else None
            except PersonalDataError:
                return HTMLResponse(closed_page("personal_picture", lang), 403, headers=page_headers())
            if picture is None:
                return HTMLResponse(closed_page("no_picture", lang), 404, headers=page_headers())
            policy = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"}
            return Response(picture.data, media_type=picture.media_type, headers=plain_headers() | policy)

        return self._admitted(request, answer)

    async def passcode(self, request: Request) -> Response:
        """Take a passcode and, where it is right, give the browser its pass."""
        given = await _passcode_in(request)
        return await run_in_threadpool(self._try, request, given)

    def _try(self, request: Request, given: str) -> Response:
        try:
            share = self._desk.find(_token(request))
            back = RedirectResponse(_token(request), 303, headers=plain_headers())
            if share.passcode_hash is None:
                return back
            name = f"{share.code} {request.client.host if request.client else ''}"
            now = self._clock()
            wait = max(self._few.take(name, now), self._many.take(share.code, now))
            if wait > 0:
                tell("share", level=logging.WARNING, done="often", code=share.code)
                return self._ask(request, "often", 429, wait)
            if not is_passcode(given, share.passcode_hash):
                tell("share", level=logging.WARNING, done="wrong", code=share.code)
                return self._ask(request, "wrong", 403)
            self._few.forget(name)
            self._give_pass(request, back, share)
            return back
        except Closed as closed:
            return self._closed(request, closed)

    def _admitted(self, request: Request, answer: Callable[[Share], Response]) -> Response:
        try:
            return answer(self._desk.admit(_token(request), request.cookies))
        except Closed as closed:
            return self._closed(request, closed)

    def _closed(self, request: Request, closed: Closed) -> Response:
        if closed.reason == "passcode":
            below = request.url.path.rpartition(f"/s/{_token(request)}")[2].count("/")
            if not below:
                return self._ask(request, "", 401)
            return RedirectResponse(f"{'../' * below}{_token(request)}", 303, headers=plain_headers())
        html = closed_page(closed.reason, _language(request))
        return HTMLResponse(html, _STATUS[closed.reason], headers=page_headers())

    def _ask(self, request: Request, problem: str, status: int, wait: float = 0) -> Response:
        html = passcode_page(_token(request), _language(request), problem, ceil(wait / 60))
        again = {"Retry-After": str(ceil(wait))} if wait else {}
        return HTMLResponse(html, status, headers=page_headers() | again)

    def _give_pass(self, request: Request, response: Response, share: Share) -> None:
        """One cookie for each share; the browser keeps it as long as the link is valid, or until it is closed."""
        seconds = None if share.expires_at is None else int((share.expires_at - self._desk.now()).total_seconds())
        response.set_cookie(
            cookie_name(share.code),
            pass_of(_token(request), share.passcode_hash),
            max_age=seconds,
            path="/",
            httponly=True,
            samesite="lax",
            secure=is_https() or request.url.scheme == "https",
        )


def _token(request: Request) -> str:
    return str(request.path_params["token"])


def _language(request: Request) -> Lang:
    """The language of pages that show nothing of a share: that of the browser."""
    return "en" if request.headers.get("accept-language", "").strip().lower().startswith("en") else "zh"


async def _passcode_in(request: Request) -> str:
    """What the form sent; a body longer than any form of ours is not read on."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_BODY:
            return ""
    found: dict[str, Any] = parse_qs(body.decode("utf-8", "replace"), max_num_fields=4) if body.count(b"&") < 4 else {}
    return str(found.get("passcode", [""])[0])


def _download(data: bytes, media: str, name: str) -> Response:
    headers = plain_headers() | {"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"}
    return Response(data, media_type=media, headers=headers)
