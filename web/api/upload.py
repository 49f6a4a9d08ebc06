"""``POST /api/v1/reports``: a file handed in by a script, read as one handed in on the page, checked and kept in the library.

All or nothing: where something in the file could not be kept, nothing of it is, unless the script asks for the rest by
``partly=1``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from math import ceil
from typing import Any
from urllib.parse import urlsplit

import msgspec
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from loaders.errors import CannotReadError
from loaders.sandbox import Sandbox
from ogi.access.attempts import Tries
from ogi.access.roles import STRANGER, Visitor
from ogi.labels import Labels
from ogi.store.location import StoreError
from ogi.store.store import Store
from web.access.asking import VISITOR, bearer_of
from web.api.asked import language_of
from web.api.kept import Kept, keep
from web.api.problem import Problem
from web.api.taken import Taken, TakenIn, taken_in

PATH = "/api/v1/reports"
TAKES = ("name", "partly")
MOST, WITHIN_SECONDS = 60, 60.0
"""Files one visitor may hand in within so many seconds; for thousands there is bulk reading."""
_AT_ONCE = 4
"""Files read at once; further ones wait, so that pages keep a thread."""
_LONGEST_NAME = 200
_REFUSED = {"not_allowed": 403, "outside_limit": 403}


@dataclass(frozen=True, kw_only=True)
class Upload:
    """Takes files in."""

    store: Callable[[], Store]
    sandbox: Callable[[], Sandbox]
    clock: Callable[[], float] = time.monotonic
    tries: Tries = field(default_factory=lambda: Tries(MOST, WITHIN_SECONDS))
    threads: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_AT_ONCE))

    def route(self) -> Route:
        """Return the route; it stands before those that only read."""
        return Route(PATH, self.answer, methods=["POST"])

    async def answer(self, request: Request) -> Response:
        """Take one file in."""
        try:
            visitor = _sender(request)
            name, is_partly = _asked(request)
            self._count(visitor, request)
            data = await _body(request, self.sandbox().limits.file_bytes)
            return await run_sync(self._keep, request, visitor, name, data, is_partly, limiter=self.threads)
        except Problem as problem:
            return problem.response()

    def _count(self, visitor: Visitor, request: Request) -> None:
        wait = self.tries.take(visitor.name, self.clock())
        if wait:
            problem = _problem(request, "too_often", 429, seconds=ceil(wait), most=MOST)
            raise replace(problem, retry_after=ceil(wait))

    def _keep(self, request: Request, visitor: Visitor, name: str, data: bytes, is_partly: bool) -> Response:
        labels = Labels(language_of(request))
        found = taken_in(data, name, self.sandbox(), is_partly=is_partly)
        if found.refused and (not is_partly or not found.taken):
            raise _refusal(request, found, labels)
        try:
            kept, notices = keep(self.store(), visitor, found.taken)
        except StoreError as error:
            said = labels(f"store.error.{error.code}", **error.params)
            raise _problem(request, "not_kept", _REFUSED.get(error.code, 503), said) from error
        body = {
            "data": [_told(item, labels) for item in kept],
            "refused": [_reason(item, labels) for item in (*found.refused, *found.skipped)],
            "notices": [labels(f"store.error.{error.code}", **error.params) for error in notices],
        }
        status = 200 if all(item.accepted.outcome == "same" for item in kept) else 201
        return Response(msgspec.json.encode(body), status, media_type="application/json", headers={"Cache-Control": "no-store"})


def _sender(request: Request) -> Visitor:
    """Who hands in.

    A cookie does not do, because a browser sends it whoever made the page. On a computer of one's own there are no tokens, and
    what another site's page sends is refused by its ``Origin``.
    """
    visitor: Visitor = request.scope.get(VISITOR, STRANGER)
    if visitor.is_local:
        if not _is_from_here(request):
            raise _problem(request, "elsewhere", 403)
        return visitor
    if bearer_of(request.headers) is None or not visitor.name:
        raise _problem(request, "token", 401)
    if not visitor.may_edit:
        raise _problem(request, "not_editor", 403)
    return visitor


def _is_from_here(request: Request) -> bool:
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host", "")
    return request.headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _asked(request: Request) -> tuple[str, bool]:
    params = request.query_params
    labels = Labels(language_of(request))
    wrong = [labels("view.notice.unknown_parameter", name=name[:80]) for name in params if name not in (*TAKES, "lang")]
    name = params.get("name", "").strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable() or "/" in name or "\\" in name:
        wrong.append(labels("api.upload.wrong_name", most=_LONGEST_NAME))
    if params.get("partly", "0") not in ("0", "1"):
        wrong.append(labels("api.upload.wrong_partly"))
    if wrong:
        raise _problem(request, "not_understood", 400, *wrong)
    return name, params.get("partly") == "1"


async def _body(request: Request, most: int) -> bytes:
    """The file; refused as soon as it is known to be too large."""
    told = request.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told[:20]) > most:
        raise _problem(request, "too_large", 413, limit=most // 2**20)
    body = BytesIO()  # gives out what it holds without copying it, as a bytearray cannot
    async for part in request.stream():
        body.write(part)
        if body.tell() > most:
            raise _problem(request, "too_large", 413, limit=most // 2**20)
    if not body.tell():
        raise _problem(request, "empty", 422)
    return body.getvalue()


def _refusal(request: Request, found: TakenIn, labels: Labels) -> Problem:
    """Why nothing was kept: 409 where ``partly=1`` would keep something, 422 where the file itself cannot be kept."""
    said = [f"{item.name}: {_why(item, labels)}" for item in found.refused]
    helps = bool(found.taken) or any(item.is_partial for item in found.refused)
    return _problem(request, "partly" if helps else "nothing", 409 if helps else 422, *said)


def _reason(item: Taken, labels: Labels) -> dict[str, Any]:
    return {"file": item.name, "part": item.part, "code": item.code, "reason": _why(item, labels)}


def _why(item: Taken, labels: Labels) -> str:
    if isinstance(item.error, CannotReadError):
        return labels(f"error.{item.error.code}", **item.error.params)
    if isinstance(item.error, StoreError):
        return labels(f"store.error.{item.error.code}", **item.error.params)
    return labels("list_separator").join(_not_read(item, labels)) or labels("api.upload.no_numbers")


def _told(item: Kept, labels: Labels) -> dict[str, Any]:
    report = item.taken.report
    assert report is not None
    return {
        "file": item.taken.name,
        "part": item.taken.part,
        "report_id": item.accepted.key,
        "outcome": item.accepted.outcome,
        "version": item.accepted.number,
        "organ_id": item.place.organ_id,
        "organ_name": item.place.organ.name,
        "report_year": item.place.report_year,
        "scope": item.place.scope,
        "is_complete": not item.taken.unread,
        "tables": {table: found.status for table, found in report.tables.items()},
        "numbers": item.taken.numbers,
        "doubts": item.taken.doubts,
        "findings": item.findings,
        "not_read": _not_read(item.taken, labels),
        "notices": [labels.notice(notice) for notice in report.notices],
    }


def _not_read(item: Taken, labels: Labels) -> list[str]:
    return [labels(f"api.upload.{status}", table=label) for label, status in item.unread_tables(labels)]


def _problem(request: Request, code: str, status: int, *details: str, **params: Any) -> Problem:
    return Problem(code=code, status=status, lang=language_of(request), params=params, details=details)
