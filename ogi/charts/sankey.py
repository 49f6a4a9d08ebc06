"""The way of the applications of one year as streams whose width is their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ogi.charts.palette import colours
from ogi.charts.theme import SMALL, layout
from ogi.charts.words import written
from ogi.labels import Labels

if TYPE_CHECKING:
    from ogi.charts.flow import Step

_IN = ("received", "carried_in")


def streams(steps: Sequence[Step], labels: Labels) -> dict[str, Any]:
    """Return the figure: what came in on the left, all that was due in the middle, where it went on the right.

    A step without a number, and one of 0, has no stream; its name and its number, or that it is missing, stand in a line below.
    """
    colour = colours("outcomes") | colours("flow")
    drawn = [step for step in steps if step.number]
    due = len(drawn)
    names = [f"{step.name} {written(step.number)}" for step in drawn]
    ends = [(due, place) if step.row not in _IN else (place, due) for place, step in enumerate(drawn)]
    come_in = [step for step in drawn if step.row in _IN]
    middle = f"{labels('charts.flow.due')} {written(sum(step.number or 0 for step in come_in))}" if come_in else ""
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "textfont": {"size": 12, "shadow": "none"},
        "node": {
            "label": [*names, middle],
            "color": [*(colour[step.row] for step in drawn), "#808080"],
            "pad": 18,
            "thickness": 14,
            "line": {"width": 0},
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [source for source, _ in ends],
            "target": [target for _, target in ends],
            "value": [float(step.number or 0) for step in drawn],
            "color": [_pale(colour[step.row]) for step in drawn],
            "customdata": names,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    absent = [f"{step.name} {labels('charts.axis.missing') if step.number is None else 0}" for step in steps if not step.number]
    note = {"x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "yshift": -12}
    words = {"text": labels("charts.join").join(absent), "showarrow": False, "font": {"size": SMALL}}
    notes = [note | words] if absent else []
    return {"data": [trace], "layout": layout(height=420, bottom=40 if absent else 12, annotations=notes)}


def _pale(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.35)"
