"""The sentence of a passage in which words stand, with the places of the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?[”’」』）)]*")
_LONGEST = 160
"""Characters shown of a sentence; of a longer one the part around the words."""


class Found(NamedTuple):
    """The best sentence of a passage."""

    sentence: str
    places: tuple[tuple[int, int], ...]
    """Beginning and end of every word found in it, in order, none overlapping another."""
    words: int
    """How many of the different words stand in it."""
    times: int
    """How often any of the words stands in the whole passage."""


def best_sentence(text: str, words: Sequence[str]) -> Found:
    """Return the first of the sentences that hold most of the words; case does not matter.

    A word that goes over the end of a sentence is shown with the text around it.
    """
    low = _lower(text)
    wanted = [_lower(word) for word in words]
    times = sum(low.count(word) for word in wanted)
    best: tuple[int, int, int] | None = None
    for found in _SENTENCE.finditer(text):
        part = low[found.start() : found.end()]
        count = sum(word in part for word in wanted)
        if count and (best is None or count > best[0]):
            best = (count, found.start(), found.end())
    if best is None:
        at = max(low.find(wanted[0]), 0)
        best = (1 if wanted[0] in low else 0, max(0, at - _LONGEST // 4), min(len(text), at + _LONGEST))
    count, start, end = best
    return _shown(text[start:end], wanted, count, times)


def _shown(sentence: str, wanted: Sequence[str], count: int, times: int) -> Found:
    sentence = sentence.strip().replace("\n", " ")
    places = list(_places(_lower(sentence), wanted))
    if len(sentence) > _LONGEST and places:
        start = max(0, min(places[0][0] - _LONGEST // 4, len(sentence) - _LONGEST))
        end = start + _LONGEST
        head, tail = "…" if start else "", "…" if end < len(sentence) else ""
        sentence = head + sentence[start:end] + tail
        shift = len(head) - start
        places = [(a + shift, b + shift) for a, b in places if start <= a and b <= end]
    return Found(sentence, tuple(places), count, times)


def _places(low: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    pattern = "|".join(re.escape(word) for word in sorted(set(wanted), key=len, reverse=True))
    yield from ((found.start(), found.end()) for found in re.finditer(pattern, low))


def _lower(text: str) -> str:
    """In small letters, of the same length: some letters become two when made small."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
