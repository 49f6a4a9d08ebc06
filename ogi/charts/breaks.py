"""Changes of law and of the form, marked as dashed lines between the years they separate.

The marks come from ``ogi/data/breaks.yaml``; nothing here knows a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ogi.charts.theme import SMALL, shortened
from ogi.labels import Labels, messages
from ogi.selection.comparability import all_breaks

Break = tuple[int, str]
"""The first report year under the new rule, and its words."""
Breaks = Sequence[Break] | None
"""``None``: those of the dictionary that concern the chart; an empty sequence: none."""

_SHORTEST = 9


def breaks_for(keys: Iterable[str], labels: Labels) -> list[tuple[int, str, str]]:
    """Return year, short text for the axis and full sentence of each break that concerns one of ``keys``."""
    keys = tuple(keys)
    found = []
    for row in all_breaks():
        if any(row.concerns(key) for key in keys):
            full = row.label(labels.lang)
            name = f"charts.break.{row.id}"
            short = labels(name) if name in messages() else shortened(full, _SHORTEST)
            found.append((row.report_year, short, full))
    return found


def draw_breaks(layout: dict[str, Any], breaks: Breaks, keys: Iterable[str], years: Sequence[int], labels: Labels) -> list[str]:
    """Add the breaks inside ``years`` to ``layout`` and return their full sentences.

    A break before the first year separates nothing and is left out. Breaks of the same year share one line.
    """
    rows = breaks_for(keys, labels) if breaks is None else [(year, shortened(text, _SHORTEST), text) for year, text in breaks]
    inside = [row for row in rows if years[0] < row[0] <= years[-1]]
    for year in sorted({row[0] for row in inside}):
        short = labels("charts.join").join(dict.fromkeys(row[1] for row in inside if row[0] == year))
        full = "<br>".join(row[2] for row in inside if row[0] == year)
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
    return [row[2] for row in inside]
