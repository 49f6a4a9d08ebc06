"""How often the interface may be read: so many requests a minute of one visitor, or of one address where nobody signed in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from starlette.requests import Request

from ogi.access.attempts import Tries
from ogi.access.roles import STRANGER, Visitor
from web.access.asking import VISITOR
from web.api.asked import language_of
from web.api.problem import Problem

MOST, WITHIN_SECONDS = 300, 60.0
"""Requests of one visitor; paging through three million facts takes as many."""


@dataclass(frozen=True, kw_only=True)
class Turns:
    """Counts requests. Every server process counts its own."""

    clock: Callable[[], float] = time.monotonic
    tries: Tries = field(default_factory=lambda: Tries(MOST, WITHIN_SECONDS))
    most: int = MOST
    """As it is said to who comes too often."""

    def take(self, request: Request) -> None:
        """Count a request. Who sits at the computer itself is not counted.

        Raises:
            Problem: 429 with the seconds until the next one is answered.
        """
        visitor: Visitor = request.scope.get(VISITOR, STRANGER)
        if visitor.is_local:
            return
        name = f"by {visitor.name}" if visitor.name else f"from {request.client.host if request.client else ''}"
        wait = ceil(self.tries.take(name, self.clock()))
        if wait:
            params = {"most": self.most, "seconds": wait}
            raise Problem(code="read_too_often", status=429, lang=language_of(request), params=params, retry_after=wait)
