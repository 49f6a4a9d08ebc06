"""Where this server is reached from outside, and who may show its frozen pages inside their own."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from ogi.access.settings import SettingsError, settings_from

FRAME_ANCESTORS = "OGI_FRAME_ANCESTORS"
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?")
_LOG = logging.getLogger(__name__)


def public_url() -> str:
    """Return the address of this server as others type it, without a slash at its end; empty where none is set."""
    try:
        return settings_from().public_url or ""
    except SettingsError as error:
        _LOG.warning("%s: %s", error.code, error.params)
        return ""


def is_https() -> bool:
    """Whether others reach this server by https, so that cookies are sent by https only."""
    return public_url().startswith("https://")


def frame_ancestors() -> str:
    """Return who may embed a frozen page, as a policy says it: the origins listed, parted by blanks or commas, or nobody."""
    listed = re.split(r"[\s,]+", os.environ.get(FRAME_ANCESTORS, "").strip())
    origins = [origin for origin in listed if _ORIGIN.fullmatch(origin)]
    for wrong in sorted(set(listed) - {*origins, ""}):
        _LOG.warning("%s holds what is no origin, and it is left out: %s", FRAME_ANCESTORS, wrong)
    return " ".join(origins) or "'none'"


def link_of(token: str, page_address: str, pages: Collection[str]) -> str:
    """Return the address of a link.

    Args:
        token: its token.
        page_address: the address of the page the reader is on, which tells the server's where none is set; may be empty.
        pages: the names of pages, to be taken off its end.
    """
    base = public_url()
    if not base:
        parts = urlsplit(page_address)
        path = parts.path.rstrip("/")
        head, _, last = path.rpartition("/")
        base = f"{parts.scheme}://{parts.netloc}{head if last in pages else path}" if parts.netloc else ""
    return f"{base}/s/{token}"


def is_this_computer_only(link: str) -> bool:
    """Whether a link names the computer it is opened on, so that it opens nothing elsewhere."""
    host = urlsplit(link).hostname or "localhost"
    return host in ("localhost", "::1") or host.endswith(".localhost") or host.startswith("127.")
