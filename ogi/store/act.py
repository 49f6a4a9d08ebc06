"""Who changes something, and why: every change of the records is given one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field


def now() -> dt.datetime:
    """The time of this moment, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act of a person, or of the program on behalf of one. Goes into the audit with what it changed."""

    by: str
    """The person: the name of the sign-in, ``local`` on a computer of one's own, ``ingest`` for bulk reading."""
    why: str = ""
    """The reason in the person's words; empty where the act itself says it (an upload)."""
    at: dt.datetime = field(default_factory=now)

    def __post_init__(self) -> None:
        if not self.by.strip():
            raise ValueError("an act has a person")
        if self.at.tzinfo is None:
            raise ValueError("the time of an act needs a time zone")
