"""What the server did, for who watches it: counted at the door and read at ``/metrics`` in the form of Prometheus.

No address, name or figure is kept: only kinds of requests, their answers and how long they took.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from ipaddress import ip_address

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KINDS = {
    "/api/": "data",
    "/s/": "share",
    "/sign-": "sign_in",
    "/static/": "static",
    "/media/": "media",
    "/_stcore/upload_file": "upload",
    "/_stcore/": "session",
    "/healthz": "watch",
    "/metrics": "watch",
}
"""Kinds of requests by the beginning of their path; all others ask for pages."""


class Metrics:
    """The counters of one process."""

    def __init__(self, base_path: str = "") -> None:
        """Count from 0. ``base_path`` stands in front of every path."""
        self.registry = CollectorRegistry()
        self._base_path = base_path
        self._requests = Counter("ogi_requests", "Requests answered", ["kind", "status"], registry=self.registry)
        self._seconds = Histogram(
            "ogi_request_seconds", "Time until a request was answered", ["kind"], registry=self.registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
        )  # fmt: skip
        self._sessions = Gauge("ogi_sessions", "Browsers that have a page open", registry=self.registry)

    def watch(self, name: str, words: str, count: Callable[[], float]) -> None:
        """Also tell a number that is asked for whenever somebody reads; one that cannot be had is left out as NaN."""

        def asked() -> float:
            try:
                return count()
            except Exception:
                return float("nan")

        Gauge(name, words, registry=self.registry).set_function(asked)

    def route(self) -> Route:
        """Return the route of ``/metrics``. It answers only to this computer: a proxy has no business with it."""

        def answer(request: Request) -> Response:
            if not _is_this_computer(request):
                return PlainTextResponse("Not found\n", 404)
            return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

        return Route("/metrics", answer)

    def kind_of(self, path: str) -> str:
        """Return the kind of a request by its path."""
        path = path.removeprefix(self._base_path)
        return next((kind for start, kind in KINDS.items() if path.startswith(start)), "page")

    async def counted(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Let ``app`` answer, and count it."""
        if scope["type"] == "websocket":
            with self._sessions.track_inprogress():
                await app(scope, receive, send)
            return
        kind, began, status = self.kind_of(scope["path"]), time.perf_counter(), 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, sending)
        finally:
            self._requests.labels(kind, f"{status // 100}xx").inc()
            self._seconds.labels(kind).observe(time.perf_counter() - began)


class Counting:
    """The ASGI layer that counts; it stands in front of the door."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        """Stand before ``app``."""
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        if scope["type"] in ("http", "websocket"):
            await self._metrics.counted(self._app, scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_this_computer(request: Request) -> bool:
    """Whether a request comes from this computer itself, and not through a proxy on it."""
    if any(name in request.headers for name in ("x-forwarded-for", "forwarded", "x-real-ip")) or request.client is None:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
