"""Several agencies: which of them a change comes from, and which of them have no number."""

from __future__ import annotations

import numpy as np

from ogi.brief.number import Used, difference_said, name_of
from ogi.brief.sentences.sentence import Sentence
from ogi.comparison.organ_grid import OrganGrid
from ogi.indicators import RATE_DECIMALS
from ogi.labels import Labels

_NAMED = 3
_LISTED = 10


def movers_sentence(grid: OrganGrid, year: int, before: int, labels: Labels) -> Sentence | None:
    """Return the three agencies with the largest rise and with the largest fall of a count; ``None`` where nobody changed.

    Args:
        grid: the figure with basis ``change``; a rate is refused, its changes rest on bases that differ.
        year: report year.
        before: the year it is set against.
        labels: the language.

    Raises:
        ValueError: the grid is of a rate.
    """
    if grid.unit in RATE_DECIMALS:
        raise ValueError("changes of rates are not ranked")
    changes = grid.of_year(year)
    order = np.argsort(-changes, kind="stable")
    rose = [int(row) for row in order if changes[row] > 0][:_NAMED]
    fell = [int(row) for row in order[::-1] if changes[row] < 0][:_NAMED]
    if not rose and not fell:
        return None
    numbers = tuple(_used(grid, row, (before, year), labels) for row in (*rose, *fell))
    parts = []
    for key, some in (("more", numbers[: len(rose)]), ("less", numbers[len(rose) :])):
        if some:
            named = labels("charts.join").join(labels("brief.text.agency_change", who=n.who, change=n.text) for n in some)
            parts.append(labels(f"brief.text.{key}", names=named))
    known = int((~np.isnan(changes)).sum())
    text = labels(
        "brief.text.movers", name=name_of(grid.key, labels), year=year, before=before, known=known, expected=len(grid.organs),
        parts=labels("brief.text.semicolon").join(parts),
    )  # fmt: skip
    return Sentence(text=text, way="stands_out", key=grid.key, numbers=numbers)


def absent_sentence(grid: OrganGrid, year: int, labels: Labels) -> Sentence | None:
    """Return which agencies have no number and why; ``None`` where all have one. What is missing is not counted as 0."""
    if year not in grid.years:
        return None
    column = grid.column(year)
    missing = [int(row) for row in np.flatnonzero(np.isnan(grid.of_year(year)))]
    if not missing:
        return None
    named = labels("charts.join").join(
        labels("brief.text.agency_reason", who=grid.names[row], reason=labels(f"selection.reason.{grid.states[row, column]}"))
        for row in missing[:_LISTED]
    )
    more = labels("brief.text.and_more", count=len(missing)) if len(missing) > _LISTED else ""
    name = name_of(grid.key, labels)
    words = {"name": name, "year": year, "count": len(missing), "expected": len(grid.organs), "names": named, "more": more}
    return Sentence(text=labels("brief.text.absent", **words), way="unsaid", key=grid.key)


def _used(grid: OrganGrid, row: int, years: tuple[int, int], labels: Labels) -> Used:
    key, (before, year) = grid.key, years
    change = float(grid.of_year(year)[row])
    text = ("+" if change > 0 else "−") + difference_said(change, grid.unit, labels)
    return Used(
        name=name_of(key, labels), key=key, formula=f"{key}[{year}] - {key}[{before}]", year=year, who=grid.names[row],
        text=text, value=change,
    )  # fmt: skip
