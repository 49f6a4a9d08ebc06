"""Characters that no document prints: dropped by every reader, and nothing else is changed."""

from __future__ import annotations

import re

_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def printed(text: str) -> str:
    """Return ``text`` without control characters; tabs and line feeds stay.

    Half a surrogate pair, which broken font tables of PDFs give, becomes U+FFFD: it stands for a character that was
    there, and could not be stored as it is. Blanks, full-width forms, radicals and traditional characters stay.
    """
    return _LONE_SURROGATE.sub("\ufffd", _UNPRINTED.sub("", text))
