"""Whom a sum holds and whom it lacks, year by year: a coverage of 18/21 names the three."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import numpy as np

from ogi.labels import Labels
from ogi.selection import Selection
from ogi.view.year_runs import year_runs

_NAMED = 8
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

    Asked for are the organs the view names, also those nobody has a report of, else all that are added in any year. What is added
    is decided by :func:`ogi.selection.sums.addable`; a report whose numbers cannot be read counts as held here, and the coverage
    of the single figure says so.

    Args:
        selection: of few enough reports to be looked at one by one.
    """
    organs = selection.series["organ_id"].to_numpy(dtype=object)
    view = selection.view
    is_named = view.organs and not (view.levels or view.kinds or view.regions)
    there = selection.grid().places.reshape(len(organs), len(selection.years)) >= 0
    added = there & selection.added.kept
    asked = view.organs if is_named else tuple(dict.fromkeys(organs[added.any(axis=1)].tolist()))
    found = []
    for column, year in enumerate(selection.years):
        held, reported = (set(organs[np.flatnonzero(mask[:, column])].tolist()) for mask in (added, there))
        lacking: list[tuple[str, Why]] = [
            (organ, "other_scope" if organ in reported else "no_report") for organ in asked if organ not in held
        ]
        found.append(Held(year, len(asked) - len(lacking), len(asked), tuple(lacking)))
    return tuple(found)


def lacking_words(one: Held, names: Mapping[str, str], labels: Labels, *, most: int | None = None) -> str:
    """Return the organs a year lacks by name, those that report in another scope only with that reason; empty for none."""
    words = [
        labels("groups.lacks_scope", name=names.get(organ, organ)) if why == "other_scope" else names.get(organ, organ)
        for organ, why in one.lacking[:most]
    ]
    text = labels("list_separator").join(words)
    return text if len(words) == len(one.lacking) else labels("lineage.more", names=text, count=len(one.lacking))


def held_heads(found: Iterable[Held], labels: Labels) -> dict[int, str]:
    """Return what stands under a year in the head of its column: how many organs it holds, where that is not all."""
    return {one.year: labels("groups.head", held=one.held, asked=one.asked) for one in found if not one.is_whole}


def held_words(found: Iterable[Held], names: Mapping[str, str], labels: Labels) -> list[str]:
    """Return a sentence for each run of years that lack the same organs; none where all are whole."""
    runs: dict[tuple[tuple[str, Why], ...], list[Held]] = {}
    for one in found:
        if not one.is_whole:
            runs.setdefault(one.lacking, []).append(one)
    return [
        labels(
            "groups.lacks", years=labels("list_separator").join(year_runs([one.year for one in of], "–")), held=of[0].held,
            asked=of[0].asked, names=lacking_words(of[0], names, labels, most=_NAMED),
        )
        for of in runs.values()
    ]  # fmt: skip
