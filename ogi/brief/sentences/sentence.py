"""What a rule says: the sentence, which way it goes, and the numbers in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ogi.brief.number import Used

Way = Literal["rose", "fell", "same", "unsaid", "stands_out"]


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence."""

    text: str
    way: Way
    """``unsaid``: there is no change to tell, and the sentence says why."""
    key: str
    numbers: tuple[Used, ...] = ()
    name: str = ""
    """Of the figure."""
    value: str = ""
    """The figure alone, for a table; a dash where there is none."""
    change: str = ""
    """The change alone, or in a few words why there is none."""
