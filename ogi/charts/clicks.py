"""What a point of a chart stands for, so that a click can open or filter it: an organ, a year, both.

It travels as ``meta`` of a trace, beside the numbers: one entry for each point, or one for all of them; of a heat map organs
belong to its rows and years to its columns. Whoever listens looks the point up by its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def stands_for(
    *, organs: Sequence[str | None] | str | None = None, years: Sequence[int | None] | int | None = None
) -> dict[str, Any]:
    """Return what a trace adds to itself; ``None`` where its points stand for no organ, or no year.

    Args:
        organs: ids by point (by row of a heat map), or one for all points.
        years: report years by point (by column of a heat map), or one for all points.
    """
    found = {"organs": organs if organs is None or isinstance(organs, str) else list(organs)}
    return {"meta": found | {"years": years if years is None or isinstance(years, int) else list(years)}}


def emphasised(figure: dict[str, Any], organ: str | None, year: int | None) -> dict[str, Any]:
    """Return the figure with an organ and a year that were chosen elsewhere standing out; the figure given stays as it is.

    A year of an axis of years lies on a pale band; lines of the organ are thick and its bars are framed; in a heat map the row of
    the organ and the column of the year are framed. A chart that already
    makes the organ stand out is left as it is.
    """
    if organ is None and year is None:
        return figure
    shape = figure["layout"]
    bands = [] if year is None else [_band(axis, year) for axis in _year_axes(shape, year)]
    bands += [frame for trace in figure["data"] if trace["type"] == "heatmap" for frame in _frames(trace, organ, year)]
    traces = figure["data"] if organ is None else [_trace(trace, organ) for trace in figure["data"]]
    return {**figure, "data": traces, "layout": {**shape, "shapes": [*bands, *shape.get("shapes", [])]} if bands else shape}


def _year_axes(shape: dict[str, Any], year: int) -> list[str]:
    axes = [name for name in shape if name.startswith("xaxis")]
    return [f"x{name[5:]}" for name in axes if year in shape[name].get("tickvals", ())]


def _band(axis: str, year: int) -> dict[str, Any]:
    place = {"xref": axis, "yref": f"y{axis[1:]} domain", "x0": year - 0.5, "x1": year + 0.5, "y0": 0, "y1": 1}
    return {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": "rgba(128,128,128,0.14)", **place}


def _frames(trace: dict[str, Any], organ: str | None, year: int | None) -> list[dict[str, Any]]:
    """Frames around the row of an organ and the column of a year of a heat map."""
    meta, look = trace.get("meta") or {}, {"type": "rect", "line": {"width": 2, "color": "rgba(128,128,128,1)"}}
    organs, years, found = meta.get("organs") or (), meta.get("years"), []
    if organ in organs:
        row = organs.index(organ)
        found.append({**look, "xref": "x domain", "yref": "y", "x0": 0, "x1": 1, "y0": row - 0.5, "y1": row + 0.5})
    if isinstance(years, list) and year in years:
        column = years.index(year)
        found.append({**look, "xref": "x", "yref": "y domain", "x0": column - 0.5, "x1": column + 0.5, "y0": 0, "y1": 1})
    return found


def _trace(trace: dict[str, Any], organ: str) -> dict[str, Any]:
    organs = (trace.get("meta") or {}).get("organs")
    if organs == organ and "line" in trace:
        return {**trace, "line": {**trace["line"], "width": 4}}
    if trace["type"] == "bar" and isinstance(organs, list) and organ in organs and isinstance(trace["marker"]["color"], str):
        widths = [2.5 if one == organ else 0 for one in organs]
        return {**trace, "marker": {**trace["marker"], "line": {"width": widths, "color": "rgba(128,128,128,1)"}}}
    return trace
