"""Predecessors in words: under the year in the head of a column, and in the sentences above the tables."""

from __future__ import annotations

from collections.abc import Sequence

from ogi.labels import Labels
from ogi.lineage import Lineage, runs_of
from ogi.view.year_runs import year_runs

_NAMED = 4


def lineage_words(lineage: Lineage, years: Sequence[int], labels: Labels) -> list[str]:
    """Return a sentence for each run of years that are not the organ's own alone, and one for each lack; none where all are."""
    found = []
    for stand, of in runs_of(lineage, years):
        words = {
            "years": labels("list_separator").join(year_runs(of, "–")),
            "names": _names(lineage, stand.organs, labels),
            "count": len(stand.organs),
            "own": lineage.name(lineage.organ),
            "before": _names(lineage, _came_from(lineage), labels),
        }
        own = "_own" if stand.organs == (lineage.organ,) else ""
        found.append(labels(f"lineage.{stand.way}{own}", **words))
        found += [_lacking(lineage, year, labels) for year in of if lineage.missing(year)]
    return found


def head_words(lineage: Lineage, years: Sequence[int], labels: Labels) -> dict[int, str]:
    """Return what stands under a year in the head of its column; nothing for years that are the organ's own."""
    found = {}
    for stand, of in runs_of(lineage, years):
        if stand.organs == (lineage.organ,):
            continue
        name = _names(lineage, stand.organs, labels) if len(stand.organs) == 1 else ""
        for year in of:
            known = len(lineage.reports(year))
            found[year] = (
                labels("lineage.head_one", name=name)
                if len(stand.organs) == 1
                else labels("lineage.head_sum", known=known, expected=len(stand.organs))
            )
    return found


def _lacking(lineage: Lineage, year: int, labels: Labels) -> str:
    missing, known = lineage.missing(year), len(lineage.reports(year))
    return labels(
        "lineage.missing", year=year, names=_names(lineage, missing, labels), known=known, expected=known + len(missing)
    )


def _came_from(lineage: Lineage) -> tuple[str, ...]:
    """The organs a part of which came to the organ itself."""
    return tuple(link.before for link in lineage.links if link.after == lineage.organ)


def _names(lineage: Lineage, organs: Sequence[str], labels: Labels) -> str:
    names = [lineage.name(organ) for organ in organs]
    if len(names) > _NAMED:
        more = labels("list_separator").join(names[:_NAMED])
        return labels("lineage.more", names=more, count=len(names))
    return labels("list_separator").join(names)
