"""A report ready for storing, as bytes between the process that read it and the one that stores it.

The receiver parses them with the types it expects: a reader that a malicious file has taken over can send a wrong report, never
code.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from ogi.store.conclusions import Conclusions
from ogi.store.placing import Place
from ogi.store.prepared import Prepared, prepare, read_back


class Ready(msgspec.Struct, frozen=True, array_like=True):
    """What costs time to work out."""

    content: bytes
    place: Place | None
    refusal: dict[str, str | int]
    conclusions: Conclusions | None


def packed(report: object) -> bytes:
    """Return a report, checked and placed, as bytes. Runs where it was read."""
    made = prepare(report, None)  # type: ignore[arg-type]
    return msgspec.msgpack.encode(Ready(made.content, made.place, made.refusal, made.conclusions))


def unpacked(
    sent: bytes, data: bytes, sha256: str, *, part: int, reader: str, address: str | None, published_on: dt.date | None
) -> Prepared:
    """Return the report ready for storing, with its document.

    Raises:
        ValueError: these are no such bytes (:class:`msgspec.MsgspecError` is one).
    """
    ready = msgspec.msgpack.decode(sent, type=Ready)
    report = read_back(ready.content)
    return Prepared(
        report=report,
        content=ready.content,
        data=data if report.document.sha256 == sha256 else None,
        part=part,
        origin="ingest",
        reader=reader,
        address=address,
        published_on=published_on,
        place=ready.place,
        refusal=ready.refusal,
        conclusions=ready.conclusions,
    )
