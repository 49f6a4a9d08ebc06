"""What the styles of a web page do to text: hide it, strike it out, raise it out of its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no types are shipped

from loaders.characters import lowered, raised, struck, unseen

LETTERS = {"sup": raised, "sub": lowered, "s": struck, "strike": struck, "del": struck}
"""Elements whose characters do not stand in line with the others: 22 with a small 2 behind it is not 222."""
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_KEEPS_ITS_PLACE = re.compile(
    r"visibility\s*:\s*(?:hidden|collapse)|(?:^|[;\s])opacity\s*:\s*(?:0(?:\.0*)?|\.0+)\s*(?:;|!|$)"
    r"|(?:^|[;\s])(?:left|top|text-indent|margin-left)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
"""Text that is not seen although its cell is there."""
_NO_SIZE = re.compile(r"font-size\s*:\s*0+(?:\.0+)?\s*(?:px|pt|r?em|%)?\s*(?:;|!|$)", re.IGNORECASE)
_WHITE = re.compile(r"(?<![\w-])color\s*:\s*(?:white\b|#fff(?:fff)?\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))", re.IGNORECASE)


@lru_cache(maxsize=4096)
def hides(style: str) -> bool:
    """Whether a style hides its element; a page repeats a few styles thousands of times."""
    return bool(_HIDDEN.search(style))


def letters_of(element: etree._Element, style: str, *, in_cell: bool) -> Callable[[str], str] | None:
    """How the characters of an element stand, where not as usual."""
    letters = _letters(style)
    if letters is _white:
        return raised if in_cell and _is_white_on_white(element) else None
    if letters is _tiny:  # a size of nothing is also used to close the gaps between parts that have one
        sized = any("font-size" in part.get("style", "") or part.get("size") for part in element.iterdescendants(etree.Element))
        return None if sized else unseen
    return letters


@lru_cache(maxsize=4096)
def _letters(style: str) -> Callable[[str], str] | None:
    """As :func:`letters_of`, by the style alone."""
    if _KEEPS_ITS_PLACE.search(style):
        return unseen
    if _NO_SIZE.search(style):
        return _tiny
    if _STRUCK.search(style):
        return struck
    return raised if _RAISED.search(style) else _white if _WHITE.search(style) else None


def _tiny(text: str) -> str:
    """Stands for letters of no size."""
    return unseen(text)


def _white(text: str) -> str:
    """Stands for white letters: whether anything dark is behind them, a style sheet elsewhere may say, so they are doubted."""
    return raised(text)


def _is_white_on_white(element: etree._Element) -> bool:
    """Whether neither the element nor what it stands in names a ground of its own."""
    return not any(
        part.get("bgcolor") or part.get("background") or "background" in part.get("style", "").lower()
        for part in (element, *element.iterancestors(etree.Element))
    )
