"""A fact found in a sentence, before it is given its place in the document."""

from __future__ import annotations

from typing import NamedTuple

from ogi.report import Number


class Clue(NamedTuple):
    """A fact; ``start`` and ``end`` enclose, within the sentence, the words by which it was understood."""

    key: str
    value: Number | bool
    start: int
    end: int
    unit: str | None = None
    about: str | None = None
    approximate: bool = False
