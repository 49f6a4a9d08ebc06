"""A share as it is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from ogi.shares.token import code_of

State = Literal["open", "expired", "revoked"]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A share to be made."""

    query: str
    """What it grants, as :meth:`ogi.shares.grant.Grant.written` gives it."""
    title: str = ""
    note: str = ""
    expires_at: dt.datetime | None = None
    passcode_hash: str | None = None
    frozen: bytes | None = None
    """What :func:`ogi.shares.frozen.freeze` gave; ``None`` for a share that shows the figures of today."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share. Of its token only the digest is kept."""

    share_id: int
    token_hash: str
    query: str
    title: str
    note: str
    expires_at: dt.datetime | None
    passcode_hash: str | None
    frozen: bytes | None
    revoked_at: dt.datetime | None
    revoked_by: str | None
    opened: int
    """How often the page of the link was opened."""
    opened_at: dt.datetime | None
    """When it was last; of who opened it nothing is kept."""
    at: dt.datetime
    by: str

    @property
    def code(self) -> str:
        """What names the share in an address; it opens nothing."""
        return code_of(self.token_hash)

    @property
    def is_frozen(self) -> bool:
        """Whether it keeps the figures of the moment it was made."""
        return self.frozen is not None

    def state(self, now: dt.datetime) -> State:
        """Return whether it can be opened at ``now``."""
        if self.revoked_at is not None:
            return "revoked"
        return "expired" if self.expires_at is not None and now >= self.expires_at else "open"
