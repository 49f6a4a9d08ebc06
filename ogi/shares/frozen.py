"""A share as it stood: its content, the time, and the SHA-256 of both, kept as canonical JSON.

What is kept is never changed. The digest is printed on the page, on paper and in the file, so that a later copy can be held
against an earlier one.
"""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec

from ogi.shares.content import Content


class DamagedError(ValueError):
    """What was kept is not what was frozen: it is not shown."""


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """The content of one moment."""

    at: dt.datetime
    content: Content

    def body(self) -> bytes:
        """Return it as canonical JSON: keys in order, no blanks, UTF-8."""
        return msgspec.json.encode(self, order="sorted")

    @property
    def sha256(self) -> str:
        """The digest of :meth:`body`."""
        return hashlib.sha256(self.body()).hexdigest()


def freeze(content: Content, at: dt.datetime) -> bytes:
    """Return content as it is kept: the digest, a line break, the canonical JSON.

    Raises:
        ValueError: the time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("the time of a frozen view needs a time zone")
    frozen = Frozen(at=at.astimezone(dt.UTC).replace(microsecond=0), content=content)
    return frozen.sha256.encode() + b"\n" + frozen.body()


def thaw(kept: bytes) -> Frozen:
    """Return what :func:`freeze` kept.

    Raises:
        DamagedError: it does not fit its digest, or is no such content.
    """
    digest, _, body = bytes(kept).partition(b"\n")
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise DamagedError("digest")
    try:
        return msgspec.json.decode(body, type=Frozen)
    except msgspec.DecodeError as error:
        raise DamagedError("content") from error
