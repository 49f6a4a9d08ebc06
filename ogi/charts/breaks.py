"""Changes of law and of the form, marked as dashed lines between the years they separate.

The marks come from ``ogi/data/breaks.yaml``; nothing here knows a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ogi.charts.theme import SMALL, shortened
from ogi.labels import Labels, messages
from ogi.selection import comparability

Break = tuple[int, str]
"""The first report year under the new rule, and its words."""
Breaks = Sequence[Break] | None
"""``None``: those of the dictionary that concern the chart; an empty sequence: none."""

_SHORTEST = 9


class Mark(NamedTuple):
    """One break as it is drawn."""

    year: int
    """The first year under the new rule."""
    short: str
    full: str


def within(breaks: Breaks, keys: Iterable[str], years: Sequence[int], labels: Labels) -> list[Mark]:
    """Return the breaks inside ``years``; a break before the first year separates nothing and is left out."""
    if breaks is None:
        return [Mark(row.report_year, _short(row, labels), row.label(labels.lang)) for row in comparability.breaks(keys, years)]
    return [Mark(year, shortened(text, _SHORTEST), text) for year, text in breaks if years[0] < year <= years[-1]]


def _short(row: comparability.Break, labels: Labels) -> str:
    """The words of a break of the dictionary on the axis."""
    name = f"charts.break.{row.id}"
    return labels(name) if name in messages() else shortened(row.label(labels.lang), _SHORTEST)


def draw_breaks(layout: dict[str, Any], breaks: Breaks, keys: Iterable[str], years: Sequence[int], labels: Labels) -> list[str]:
    """Add the breaks inside ``years`` to ``layout`` and return their full sentences; those of one year share one line."""
    inside = within(breaks, keys, years, labels)
    for year in sorted({mark.year for mark in inside}):
        short = labels("charts.join").join(dict.fromkeys(mark.short for mark in inside if mark.year == year))
        full = "<br>".join(mark.full for mark in inside if mark.year == year)
        line = {"dash": "dash", "width": 1, "color": "rgba(128,128,128,0.9)"}
        layout.setdefault("shapes", []).append(
            {"type": "line", "xref": "x", "yref": "paper", "x0": year - 0.5, "x1": year - 0.5, "y0": 0, "y1": 1, "line": line}
        )
        layout.setdefault("annotations", []).append(
            {
                "xref": "x",
                "yref": "paper",
                "x": year - 0.5,
                "y": 1,
                "xanchor": "left",
                "yanchor": "bottom",
                "xshift": -4,
                "showarrow": False,
                "text": short,
                "hovertext": full,
                "font": {"size": SMALL - 1},
            }
        )
    return [mark.full for mark in inside]
