"""What an answer says where there is none: a problem after RFC 9457, in the language that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.responses import Response

from ogi.journal import current_id
from ogi.labels import Labels, Lang

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, kw_only=True)
class Problem(Exception):  # noqa: N818 -- the word of the RFC
    """A request that cannot be answered; ``code`` is a message ``api.problem.<code>``."""

    code: str
    status: int = 400
    lang: Lang = "zh"
    params: dict[str, Any] = field(default_factory=dict, hash=False)
    details: tuple[str, ...] = ()
    """What is wrong, a sentence each."""
    retry_after: int | None = None
    """Seconds until the same request may be tried again, where that helps."""

    def response(self) -> Response:
        """Return the problem as an answer; its ``id`` is that of the request in the journal."""
        labels = Labels(self.lang)
        said = {
            "type": f"about:blank#{self.code}",
            "title": labels(f"api.problem.{self.code}", **self.params),
            "status": self.status,
            "detail": labels("list_separator").join(self.details) or None,
            "id": current_id(),
        }
        body = msgspec.json.encode({name: value for name, value in said.items() if value is not None})
        headers = {"Cache-Control": "no-store"} | ({} if self.retry_after is None else {"Retry-After": str(self.retry_after)})
        return Response(body, self.status, media_type=MEDIA_TYPE, headers=headers)
