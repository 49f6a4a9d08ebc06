"""What came of one file, on its way from the worker to the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.ingest.work import ReadPart


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """What came of one file."""

    name: str
    sha256: str | None
    data: bytes | None = field(default=None, repr=False)
    """Its content, where it was read."""
    parts: Sequence[ReadPart] = ()
    """The reports in it, or why there are none."""
    copies: Sequence[str] = ()
    """Names of further files of the same content; some may come by until it is stored."""
    is_known: bool = False
    """Whether it was stored before and therefore not read."""
    address: str | None = None
    published_on: dt.date | None = None


class StoppedError(Exception):
    """Somebody has stopped the ingest; everything that was read until then is stored."""
