"""Labels misprinted or misread by a character or two: told by likeness, and only where no other label is nearly as like.

A label that stands whole inside longer words is another label (其他规范性文件), not a misprint. Labels too short for that
(（七）总汁) are told by their printed ordinal, and only where the rows around leave one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from loaders.normalise import label_key, plain
from ogi.form.editions import Part

ENOUGH = 0.75
"""How much of two labels must be the same (1 is all of it): one character of four, three of twelve."""
_ORDINAL = re.compile(r"(\([一二三四五六七八九十]+\)|(?:[一二三四五六七八九十]+|\d{1,2})[、.,:])")
_LAST_ORDINAL = re.compile(r"(?:\([一二三四五六七八九十]+\)|[一二三四五六七八九十]+|\d{1,2})$")
_RIVAL = 0.5
"""A label less like than this is no rival of one that is like enough."""
_SHORTEST = 4
_CLEARLY = 2
"""The second best label must differ by so many times as much."""


def most_like(text: str, parts: Iterable[tuple[int, Part]], others: Iterable[Part] = ()) -> int | None:
    """Return the place of the one part whose label ``text`` must be, or ``None``; ``others`` are labels it must not be like."""
    printed = label_key(text)
    if len(printed) < _SHORTEST:
        return None
    parts = list(parts)
    found = max(((likeness(printed, part.spellings, ENOUGH), -place) for place, part in parts), default=(0.0, 0))
    best, place = found[0], -found[1]
    if not best:
        return None
    rivals = [part for other, part in parts if other != place]
    near = max((likeness(printed, part.spellings, _RIVAL) for part in (*rivals, *others)), default=0.0)
    return place if 1 - near >= _CLEARLY * (1 - best) else None


@lru_cache(maxsize=16384)
def likeness(printed: str, spellings: tuple[str, ...], enough: float) -> float:
    """How like a printed label (its key) is to the nearest of some spellings, without those that stand whole inside it.

    Less than ``enough`` counts as 0.
    """
    keys = [label_key(spelling) for spelling in spellings]
    return max((_ratio(printed, key, enough) for key in keys if key not in printed or len(key) < _SHORTEST), default=0.0)


def shares_ordinal(text: str, part: Part) -> bool:
    """Whether the printed label has the ordinal of ``part`` and is half like it, as far as short labels can be."""
    printed, own = _ORDINAL.match(plain(text)), _LAST_ORDINAL.search(plain(part.ordinal))
    if printed is None or own is None or printed[1].rstrip("、.,:") != own[0]:
        return False
    return likeness(label_key(text), part.spellings, _RIVAL) > 0


def _ratio(one: str, other: str, enough: float) -> float:
    if 2 * min(len(one), len(other)) < enough * (len(one) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    ratio = matcher.ratio() if matcher.quick_ratio() >= enough else 0.0
    return ratio if ratio >= enough else 0.0
