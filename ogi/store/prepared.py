"""A report made ready for storing: everything that costs time is done, so that storing itself is a few inserts.

Made in the process that read the report; it crosses to the process that stores as plain bytes.
"""

from __future__ import annotations

import datetime as dt
import zlib
from typing import Literal

import msgspec

from ogi.report import Report

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
    organ_name: str | None = None
    """The organ as a person named it, where the document names none or another one."""
    report_year: int | None = None
    scope: str | None = None
    address: str | None = None
    """Where the document was published, where that is known."""
    published_on: dt.date | None = None
    """When it was published there, where that is known."""


def prepare(report: Report, data: bytes | None, **given: object) -> Prepared:
    """Return a report ready for storing.

    Args:
        report: as read; it is stored as it is.
        data: the document's bytes.
        given: further fields of :class:`Prepared`.
    """
    return Prepared(report=report, content=written(report), data=data, **given)  # type: ignore[arg-type]


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
