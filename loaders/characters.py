"""Characters that no document prints: dropped by every reader, and nothing else is changed."""

from __future__ import annotations

import re

_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


def printed(text: str) -> str:
    """Return ``text`` without control characters; tabs and line feeds stay.

    Half a surrogate pair, which broken font tables of PDFs give, becomes U+FFFD: it stands for a character that was
    there, and could not be stored as it is. Blanks, full-width forms, radicals and traditional characters stay.
    """
    if text.isprintable():  # no control character, no surrogate: nearly always
        return text
    return _LONE_SURROGATE.sub("\ufffd", _UNPRINTED.sub("", text))


def raised(text: str) -> str:
    """Return ``text`` with superscript digits, as a footnote mark beside a figure is printed: 22² is not 222."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """Return ``text`` with subscript digits."""
    return text.translate(_LOWERED)


def struck(text: str) -> str:
    """Return ``text`` struck through: a figure that is crossed out is seen, and is no figure."""
    return "".join(letter if letter.isspace() else f"{letter}\u0336" for letter in text)


def unseen(text: str) -> str:
    """Return nothing: the text has a place on the page and nobody sees it there."""
    del text
    return ""
