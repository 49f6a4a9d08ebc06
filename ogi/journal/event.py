"""One event, and the id by which it is found."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar

Fact = str | int | float | bool | None | Sequence[str] | Sequence[int] | Mapping[str, int]

_LOG = logging.getLogger(__name__)
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that are taken for one another when read out or copied by hand."""
_NOTED = "ogi_journal_id"
_CURRENT: ContextVar[str | None] = ContextVar("journal_id", default=None)


def new_id() -> str:
    """Return an id of its own: ``7k3m-9qxd``, one of 850 thousand million."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def current_id() -> str | None:
    """The id of what is being done here; ``None`` outside of :func:`within`."""
    return _CURRENT.get()


@contextmanager
def within(event_id: str | None = None) -> Iterator[str]:
    """Give everything told inside one id: the one given, else the one it has already, else a new one."""
    chosen = event_id or _CURRENT.get() or new_id()
    token = _CURRENT.set(chosen)
    try:
        yield chosen
    finally:
        _CURRENT.reset(token)


def id_of(error: BaseException | None) -> str:
    """Return an id for what went wrong, the same whoever tells of it: the library it went through, and then we."""
    found = getattr(error, _NOTED, None) or new_id()
    if error is not None:
        with suppress(AttributeError):  # some exceptions take no attributes
            setattr(error, _NOTED, found)
    return found


def tell(event: str, *, level: int = logging.INFO, error: BaseException | None = None, **facts: Fact) -> str:
    """Write one line and return its id: that of what is being done, or a new one.

    Args:
        event: ``request``, ``session``, ``read``, ``ingest``, ``share``, ``sign_in``, ``change``, ``failed``.
        level: of :mod:`logging`.
        error: what went wrong; its type and the places it came by are written, its text is not.
        facts: what else is known; numbers and words of the program only. ``None`` is left out.
    """
    event_id = _CURRENT.get() or id_of(error)
    said = {name: value for name, value in facts.items() if value is not None}
    _LOG.log(level, "%s", event, exc_info=error, extra={"journal_id": event_id, "journal_event": event, "journal_facts": said})
    return event_id
