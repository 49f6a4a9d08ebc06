"""Facts about a report beside the one of the year before: how much text and how many figures are the same."""

from __future__ import annotations

from typing import NamedTuple

from ogi.checks.likeness import likeness
from ogi.report import Report

MOST_QUOTED = 3


class Copied(NamedTuple):
    """A share, and the longest passages that make it up."""

    share: float | None
    passages: tuple[str, ...] = ()


def text_copied(report: Report, before: tuple[Report, ...]) -> Copied:
    """Return how much of the own words stands in last year's report; of several predecessors, in the one most alike."""
    found = [likeness(report, other) for other in before]
    known = [one for one in found if one.share is not None]
    if not known:
        return Copied(None)
    most = max(known, key=lambda one: one.share or 0)
    longest = sorted((passage.text for passage in most.passages), key=len, reverse=True)
    return Copied(most.share, tuple(longest[:MOST_QUOTED]))


def cells_copied(report: Report, before: tuple[Report, ...]) -> Copied:
    """Return which share of the figures that are not zero in either year is the same in both; none of several predecessors."""
    if len(before) != 1:
        return Copied(None)
    other = before[0]
    pairs = [
        (reading.value, other.value(key))
        for key, reading in report.cells.items()
        if key in other.cells and (reading.value or other.value(key))
    ]
    return Copied(sum(one == two for one, two in pairs) / len(pairs) if pairs else None)
