"""Rows as an answer: JSON with what they are, or CSV; with a tag by which a program learns that nothing has changed."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

import ogi
from ogi.labels import Labels
from ogi.spreadsheet import neutral
from web.api.asked import Asked

_HEADERS = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What a resource answers."""

    columns: Sequence[str]
    """Of the CSV, in this order; every row has them all."""
    rows: Sequence[Mapping[str, Any]]
    total: int
    """How many items there are, of which ``limit`` from ``offset`` on are answered."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """What holds for all rows: the sentence of the view, what could not be applied, coverage."""


def answer(request: Request, asked: Asked, found: Rows) -> Response:
    """Return the rows in the form asked for, or 304 where the program has them already."""
    rest = asked.offset + asked.limit < found.total
    following = asked.address_of(request.url.path, offset=asked.offset + asked.limit) if rest else None
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    headers["X-Total-Count"] = str(found.total)
    if asked.form == "csv":
        return tagged(request, _csv(found), "text/csv; charset=utf-8", headers)
    labels = Labels(asked.view.lang)
    body = {
        "about": {
            **found.about,
            "total": found.total,
            "limit": asked.limit,
            "offset": asked.offset,
            "next": following,
            "citation": labels("api.citation", version=ogi.__version__),
            "licence": labels("api.licence"),
        },
        "data": found.rows,
    }
    return tagged(request, msgspec.json.Encoder(decimal_format="number").encode(body), "application/json", headers)


def tagged(request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a body with its tag; 304 without it where the request names the tag (``If-None-Match``)."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    all_headers = {**_HEADERS, **(headers or {}), "ETag": tag, "Vary": "Accept"}
    known = [name.strip().removeprefix("W/") for name in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(None, 304, headers=all_headers)
    return Response(body, media_type=media_type, headers=all_headers)


def _csv(found: Rows) -> bytes:
    """In UTF-8 with byte order mark, which Excel needs; text that looks like a formula is made harmless."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(found.columns)
    for row in found.rows:
        writer.writerow([neutral(_flat(row[name])) for name in found.columns])
    return text.getvalue().encode("utf-8-sig")


def _flat(value: Any) -> Any:
    """A list is joined by spaces, truth is ``true`` or ``false``; nothing is an empty cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value)
    return "" if value is None else value
