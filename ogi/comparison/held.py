"""Whom a sum holds and whom it lacks, year by year: a coverage of 18/21 names the three."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np

from ogi.labels import Labels
from ogi.selection import Selection

Why = Literal["no_report", "other_scope"]
"""No report of the year is at hand; or only reports in another scope, which would be counted with what they contain."""


class Held(NamedTuple):
    """Reports of one year behind a sum."""

    year: int
    held: int
    """Organs with a report that is added, of …"""
    asked: int
    """… so many that were asked for or are shown in any year."""
    lacking: tuple[tuple[str, Why], ...]
    """The others, each with the reason."""

    @property
    def is_whole(self) -> bool:
        """Whether nobody is lacking."""
        return not self.lacking


def held_by_year(selection: Selection) -> tuple[Held, ...]:
    """Return for each year shown whom the sum over the selection holds and lacks, oldest first.

    Asked for are the organs the view names, also those nobody has a report of, else all that are shown. What is added is decided
    by :func:`ogi.selection.sums.addable`; a report whose numbers cannot be read counts as held here, and the coverage of the
    single figure says so.

    Args:
        selection: of few enough reports to be looked at one by one.
    """
    organs = selection.series["organ_id"].to_numpy(dtype=object)
    view = selection.view
    is_named = view.organs and not (view.levels or view.kinds or view.regions)
    asked = view.organs if is_named else tuple(dict.fromkeys(organs.tolist()))
    there = selection.grid().places.reshape(len(organs), len(selection.years)) >= 0
    added = there & selection.added.kept
    found = []
    for column, year in enumerate(selection.years):
        held, reported = (set(organs[np.flatnonzero(mask[:, column])].tolist()) for mask in (added, there))
        lacking: list[tuple[str, Why]] = [
            (organ, "other_scope" if organ in reported else "no_report") for organ in asked if organ not in held
        ]
        found.append(Held(year, len(asked) - len(lacking), len(asked), tuple(lacking)))
    return tuple(found)


def lacking_words(one: Held, names: Mapping[str, str], labels: Labels) -> str:
    """Return the organs a year lacks by name, those that report in another scope only with that reason; empty for none."""
    return labels("list_separator").join(
        labels("groups.lacks_scope", name=names.get(organ, organ)) if why == "other_scope" else names.get(organ, organ)
        for organ, why in one.lacking
    )
