"""A report made ready for storing: everything that costs time is done, so that storing itself is a few inserts.

Made in the process that read the report; it crosses to the process that stores as plain bytes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from typing import Literal

import msgspec

from ogi.report import Report
from ogi.store.conclusions import Conclusions, conclude
from ogi.store.location import StoreError
from ogi.store.placing import Place, as_placed, place_of

Origin = Literal["upload", "ingest", "reread", "keyed", "restored"]
FORMAT = "report.1+json+zlib"
"""How a version is written: the JSON of :class:`ogi.report.Report`, fields only ever added, compressed."""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """One report of one document, ready to be stored under the identity a person or the document gave it."""

    report: Report
    content: bytes
    """The report as it will be kept."""
    data: bytes | None
    """The document itself; ``None`` where a report was keyed in from paper."""
    part: int = 1
    """Which report of the document it is."""
    origin: Origin = "upload"
    reader: str = ""
    address: str | None = None
    """Where the document was published, where that is known."""
    published_on: dt.date | None = None
    """When it was published there, where that is known."""
    why: str = ""
    """Why it is stored, where it takes the place of another version."""
    place: Place | None = None
    """Where it belongs; ``None`` where organ or year are not known."""
    refusal: dict[str, str | int] = {}
    """What to say where there is no place: the parameters of ``store.error.unplaced``."""
    conclusions: Conclusions | None = None
    """What follows from it at its place."""

    @property
    def sha256(self) -> str | None:
        """The digest of the document; ``None`` without one."""
        return None if self.data is None else self.report.document.sha256


def prepare(
    report: Report,
    data: bytes | None,
    *,
    part: int = 1,
    origin: Origin = "upload",
    reader: str = "",
    organ_name: str | None = None,
    report_year: int | None = None,
    scope: str | None = None,
    address: str | None = None,
    published_on: dt.date | None = None,
    why: str = "",
) -> Prepared:
    """Return a report ready for storing.

    Args:
        report: as read; it is stored as it is.
        data: the document's bytes; ``None`` where it was keyed in from paper.
        part: which report of the document it is, from 1.
        origin: how it came.
        reader: the version of the readers.
        organ_name: the organ as a person named it, where the document names none or another one.
        report_year: the year as a person set it.
        scope: the scope as a person set it.
        address: where the document was published, where that is known.
        published_on: when, where that is known.
        why: why it is stored, where it takes the place of another version.

    Raises:
        ValueError: the bytes are not those the report was read from.
    """
    if data is not None and hashlib.sha256(data).hexdigest() != report.document.sha256:
        raise ValueError(f"{report.document.name}: these are not the bytes the report was read from")
    place, refusal = None, {}
    try:
        place = place_of(report, organ_name, report_year, scope)
    except StoreError as error:
        refusal = dict(error.params)
    return Prepared(
        report=report,
        content=written(report),
        data=data,
        part=part,
        origin=origin,
        reader=reader,
        address=address,
        published_on=published_on,
        why=why,
        place=place,
        refusal=refusal,
        conclusions=conclude(as_placed(report, place), place) if place else None,
    )


def written(report: Report) -> bytes:
    """Return the bytes in which a version keeps a report; the same report always gives the same bytes."""
    return zlib.compress(msgspec.json.encode(report), 1)


def read_back(content: bytes, format: str = FORMAT) -> Report:
    """Return the report of a stored version.

    Raises:
        ValueError: written in a format this version does not know, or damaged.
    """
    if format != FORMAT:
        raise ValueError(f"a version written as {format!r} cannot be read")
    try:
        return msgspec.json.decode(zlib.decompress(content), type=Report)
    except (zlib.error, msgspec.DecodeError) as error:
        raise ValueError("a stored version is damaged") from error
