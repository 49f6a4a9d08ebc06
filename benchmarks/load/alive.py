"""The dashboard with one more address, ``/alive``: how many objects of the kinds that could be left by sessions are alive."""

from __future__ import annotations

import gc
import json
from collections import Counter

from starlette.types import Receive, Scope, Send

from app import app as dashboard

KINDS = (
    "AppSession", "ScriptRunner", "ScriptRunContext", "SessionState", "Stage", "View", "Selection", "Library", "Facts",
    "WideFacts", "Grant", "Entry", "Kept", "DeltaGenerator", "MediaFile",
)  # fmt: skip


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer ``/alive``; everything else is the dashboard's."""
    if scope["type"] != "http" or scope["path"] != "/alive":
        await dashboard(scope, receive, send)
        return
    gc.collect()
    found = Counter(type(one).__name__ for one in gc.get_objects())
    body = json.dumps({kind: found[kind] for kind in KINDS} | {"everything": sum(found.values())}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})
