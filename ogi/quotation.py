"""Where a quoted sentence stands in the narrative of a report: its section, and what is said before and behind it."""

from __future__ import annotations

from typing import NamedTuple

from ogi.report import Report

AROUND = 90
"""So many letters of the paragraph are given on each side."""
_CUT = "…"


class Quotation(NamedTuple):
    """A quoted sentence in its paragraph, all as printed."""

    section: str
    """The heading of the section it stands under, as printed."""
    before: str
    sentence: str
    behind: str


def in_narrative(report: Report, quote: str) -> Quotation | None:
    """Return the first place a quotation stands at, blanks and line ends aside; ``None`` where the narrative lacks it.

    Args:
        report: the report.
        quote: as a finding quotes it; dots that mark a cut at either end do not count.
    """
    wanted = _squeezed(quote.strip().strip(_CUT))[0]
    if not wanted:
        return None
    for part in report.narrative:
        for paragraph in part.text.split("\n"):
            letters, places = _squeezed(paragraph)
            at = letters.find(wanted)
            if at >= 0:
                start, end = places[at], places[at + len(wanted) - 1] + 1
                before, behind = paragraph[:start], paragraph[end:]
                before = before if len(before) <= AROUND else _CUT + before[-AROUND:]
                behind = behind if len(behind) <= AROUND else behind[:AROUND] + _CUT
                return Quotation(part.title, before.lstrip(), paragraph[start:end], behind.rstrip())
    return None


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text without blanks, and where each letter of it stood."""
    places = [place for place, letter in enumerate(text) if not letter.isspace()]
    return "".join(text[place] for place in places), places
