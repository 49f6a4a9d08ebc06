"""Where a request says who asks: its token, and what the door found out from it."""

from __future__ import annotations

from starlette.datastructures import Headers

VISITOR = "ogi.visitor"
"""Where routes find the visitor in the scope of a request."""


def bearer_of(headers: Headers) -> str | None:
    """The token in ``Authorization: Bearer …``."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None
