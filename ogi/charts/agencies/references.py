"""Dotted lines to hold organs against, each with its name, its value and its coverage written at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ogi.charts.agencies.words import said
from ogi.charts.palette import colours, sequence
from ogi.charts.theme import SMALL, shortened
from ogi.comparison.organ_grid import OrganGrid
from ogi.comparison.reference import Reference
from ogi.labels import Labels

HERE = "here"
_ROW = 15
"""Height of a label in pixels."""


class Mark(NamedTuple):
    """One line of a year."""

    line: str
    value: float
    text: str


def marks_of(grid: OrganGrid, year: int, median: float | None, references: Sequence[Reference], labels: Labels) -> list[Mark]:
    """Return the median of the organs shown and the lines that have a value in the year."""
    found = []
    if median is not None:
        found.append(Mark("median", median, labels("charts.agencies.median", median=said(grid, median, labels))))
    column = grid.column(year)
    for one in references:
        value = one.values[column]
        if value is not None:
            found.append(Mark(one.line, value, line_words(one, column, said(grid, value, labels), labels)))
    return found


def line_words(one: Reference, column: int, value: str, labels: Labels) -> str:
    """Return the label of a line in a year: 江苏省合计 43.2%（18/21）."""
    place = shortened(one.place, 10)
    return labels(f"charts.agencies.line.{one.line}", place=place, value=value, known=one.known[column], expected=one.expected)


def why_no_line(references: Sequence[Reference], labels: Labels) -> list[str]:
    """Return why lines that were asked for are not there."""
    found = [(labels(f"charts.agencies.line.name.{one.line}"), one.why) for one in references if one.why is not None]
    return [labels(f"charts.agencies.no_line.{why}", name=name) for name, why in found]


def top_for(marks: Sequence[Mark]) -> int:
    """Return the room above a chart with upright lines."""
    return 28 + _ROW * max(len(marks) - 1, 0)


def upright(marks: Sequence[Mark]) -> dict[str, Any]:
    """Return lines from bottom to top, their labels above one another so that close values stay readable."""
    shapes, notes = [], []
    for place, mark in enumerate(marks):
        shapes.append(_line(mark) | {"x0": mark.value, "x1": mark.value, "y0": 0, "y1": 1, "yref": "paper"})
        spot = {"x": mark.value, "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": _ROW * place}
        notes.append(_words(mark) | spot)
    return {"shapes": shapes, "annotations": notes} if marks else {}


def level(marks: Sequence[Mark]) -> dict[str, Any]:
    """Return lines from left to right, their labels in turn at the right, the left and the middle."""
    shapes, notes = [], []
    for place, mark in enumerate(marks):
        shapes.append(_line(mark) | {"y0": mark.value, "y1": mark.value, "x0": 0, "x1": 1, "xref": "paper"})
        x, anchor = ((1, "right"), (0.02, "left"), (0.5, "center"), (0.75, "right"))[place % 4]
        notes.append(_words(mark) | {"y": mark.value, "x": x, "xref": "paper", "xanchor": anchor, "yanchor": "bottom"})
    return {"shapes": shapes, "annotations": notes} if marks else {}


def colour_of(line: str) -> str:
    """Return the colour of a line, the same on every chart; ``here`` is the organ that stands out."""
    return sequence()[1] if line == HERE else colours("references")[line]


def _line(mark: Mark) -> dict[str, Any]:
    look = {"color": colour_of(mark.line), "width": 1.5, "dash": "solid" if mark.line == HERE else "dot"}
    return {"type": "line", "line": look, "layer": "below"}


def _words(mark: Mark) -> dict[str, Any]:
    colour = {} if mark.line == "median" else {"color": colour_of(mark.line)}
    return {"text": mark.text, "showarrow": False, "font": {"size": SMALL, **colour}}
