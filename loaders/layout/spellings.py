"""Known spellings of labels, and the places in a table each may stand for."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from loaders.layout.by_text import ByText
from loaders.normalise import label_keys
from ogi.form.editions import Part

SHORTEST_CUT = 3
"""A label cut to fewer characters is no evidence."""
_SHORTEST_STEM = 6
"""An official label of fewer characters is not recognised at the start of a longer text."""

Places = tuple[int, ...]


class Match(msgspec.Struct, frozen=True):
    """Where a printed label may belong; ``exact`` is false where it was cut or lengthened."""

    places: Places
    exact: bool


class Spellings:
    """Known spellings of a list of labels, each with the places (indexes) it may stand for."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.places: dict[str, Places] = {}
        for place, part in enumerate(parts):
            for spelling in part.spellings:
                for key in label_keys(spelling):
                    known = self.places.get(key, ())
                    self.places[key] = known if place in known else (*known, place)
        self._starts = {key[:2] for key in self.places}

    @ByText
    def match(self, text: str) -> Match | None:
        """Find a printed label: the exact spelling first, then one that was cut or has words added."""
        keys = tuple(key for key in label_keys(text) if key[:2] in self._starts)
        for key in keys:
            if key in self.places:
                return Match(self.places[key], True)
        for key in keys:
            for lengthened in (False, True):
                near = {p for known, places in self.places.items() for p in places if _near(key, known, lengthened)}
                if len(near) == 1:
                    return Match(tuple(near), False)
        return None


def _near(key: str, known: str, lengthened: bool) -> bool:
    if lengthened:
        return len(known) >= _SHORTEST_STEM and key.startswith(known)
    return len(key) >= SHORTEST_CUT and known.startswith(key)
