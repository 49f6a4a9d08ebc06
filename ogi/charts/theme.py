"""The look of all charts: one small template, axes, marks and labels. Plain dicts, no width anywhere, so a phone fits too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
_GREY = "rgba(128,128,128,0.75)"
_GRID = "rgba(128,128,128,0.22)"
_AXIS = {"gridcolor": _GRID, "zeroline": False, "linecolor": _GREY, "ticks": "", "automargin": True}
TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": FONT, "size": 12, "color": "#5B6570"},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "hoverlabel": {"font": {"family": FONT}},
    }
}
"""The grey of the text is for white paper, such as the file to take away; a page with its own theme overrides it."""
INK = "#1F2429"
"""Text on the pale colours of a heat map, whatever the page. What Plotly itself chooses is too faint on the middle ones."""

MISSING = "–"
SMALL = 11
PLACE_ENDS = "省市区县州盟旗镇乡"
"""How names of places end."""


def layout(*, height: int, right: int = 12, top: int = 28, bottom: int = 8, **more: Any) -> dict[str, Any]:
    """Return a layout of fixed height and free width; ``right`` leaves room for labels at the ends of lines."""
    return {
        "template": TEMPLATE,
        "title": {"text": ""},
        "font": {"family": FONT, "size": 12},
        "height": height,
        "margin": {"l": 8, "r": right, "t": top, "b": bottom},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": ".,",
        "dragmode": False,
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": "rgba(128,128,128,0.7)"},
        "showlegend": False,
        "hovermode": "closest",
        **more,
    }


def year_axis(years: Sequence[int], title: str, notes: Mapping[int, str] | None = None, marked: Iterable[int] = ()) -> dict:
    """Return a year axis; ``notes`` stand under their year, ``marked`` years get an asterisk."""
    notes, marked = notes or {}, set(marked)
    texts = [f"{year}{'*' if year in marked else ''}" + (f"<br>{notes[year]}" if notes.get(year) else "") for year in years]
    return {
        "title": {"text": title, "standoff": 8, "font": {"size": SMALL}},
        "tickmode": "array",
        "tickvals": list(years),
        "ticktext": texts,
        "tickfont": {"size": SMALL},
        "range": [years[0] - 0.6, years[-1] + 0.6],
        "showgrid": False,
        "showline": True,
        "fixedrange": True,
        "automargin": True,
    }


def value_axis(title: str, values: Iterable[float | None], *, percent: bool = False) -> dict:
    """Return an axis from zero for counts, amounts or percentages (0–100, not fractions)."""
    known = [value for value in values if value is not None]
    largest, smallest = max(known, default=0), min([0, *known])
    if percent:
        scale: dict[str, Any] = {"ticksuffix": "%", "tickformat": "~f"}
    else:
        scale = {"tickformat": ",~f"}
    if not percent and largest <= 5 and all(float(value).is_integer() for value in known):
        scale["dtick"] = 1
    top = 100.0 if percent and largest > 60 else (largest * 1.12 or 1.0)
    return {
        "title": {"text": title, "standoff": 8, "font": {"size": SMALL}},
        "range": [smallest * 1.12, top],
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"size": SMALL},
        **scale,
    }


def side_labels(
    ends: Sequence[tuple[str, str, float]], axis: Sequence[float], plot_height: int, symbols: Sequence[str] = ()
) -> tuple[list[dict], int]:
    """Return labels right of the plot, as annotations and the right margin they need.

    Args:
        ends: text, colour and value of each series where it ends.
        axis: lowest and highest value of the axis.
        plot_height: height of the plot in pixels, to keep the labels apart.
        symbols: what stands in the colour of each series; a square by default.
    """
    low, high = axis
    gap = 15 / plot_height
    places = sorted(((value - low) / (high - low or 1), index) for index, (_, _, value) in enumerate(ends))
    spread = _spread([place for place, _ in places], gap)
    notes = [
        {
            "xref": "paper",
            "yref": "paper",
            "x": 1,
            "y": round(y, 4),
            "xanchor": "left",
            "yanchor": "middle",
            "xshift": 4,
            "showarrow": False,
            "align": "left",
            "text": f'<span style="color:{ends[index][1]}">{symbols[index] if symbols else "■"}</span> {ends[index][0]}',
            "font": {"size": SMALL},
        }
        for y, (_, index) in zip(spread, places, strict=True)
    ]
    return notes, max((text_width(text) for text, _, _ in ends), default=0) + 26


def _spread(places: Sequence[float], gap: float) -> list[float]:
    """Push labels apart, first upwards, then back down from the top of the plot."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else max(place, 0.0))
    ceiling = 1.0
    for index in range(len(moved) - 1, -1, -1):
        moved[index] = min(moved[index], ceiling)
        ceiling = moved[index] - gap
    return moved


def text_width(text: str) -> int:
    """Return about how many pixels a label takes: Chinese characters are twice as wide as Latin ones."""
    return round(sum(SMALL if ord(character) > 0x2E80 else SMALL * 0.56 for character in text))


def shortened(text: str, longest: int) -> str:
    """Return ``text`` cut to about ``longest`` Chinese characters (twice as many Latin ones)."""
    if text_width(text) <= longest * SMALL:
        return text
    return f"{_fitting(text, (longest - 1) * SMALL).rstrip()}…"


def ends_kept(text: str, longest: int) -> str:
    """Return ``text`` cut in its middle to about ``longest`` Chinese characters: names differ at their end more than before."""
    if text_width(text) <= longest * SMALL:
        return text
    first = _fitting(text, (longest // 2) * SMALL)
    last = _fitting(text[::-1], (longest - 1 - longest // 2) * SMALL)[::-1]
    return f"{first}…{last}"


def in_two_lines(text: str, longest: int) -> str:
    """Return ``text`` in one line or two of about ``longest`` Chinese characters; a longer one is cut in its middle.

    It is parted behind a place (东湖区 · 人力资源和社会保障局) where both lines then hold it, else in halves.
    """
    if text_width(text) <= longest * SMALL:
        return text
    if text_width(text) > 2 * longest * SMALL:
        text = ends_kept(text, 2 * longest - 1)
        at = text.index("…") + 1
        return f"{text[:at]}<br>{text[at:]}"
    fitting = [at for at in range(1, len(text)) if max(text_width(text[:at]), text_width(text[at:])) <= longest * SMALL]
    behind = [at for at in fitting if text[at - 1] in PLACE_ENDS]
    half = len(text) / 2
    at = min(behind or fitting or [len(text) // 2], key=lambda one: abs(one - half))
    return f"{text[:at]}<br>{text[at:]}"


def _fitting(text: str, pixels: float) -> str:
    kept = text
    while kept and text_width(kept) > pixels:
        kept = kept[:-1]
    return kept


def empty_figure(text: str) -> dict[str, Any]:
    """Return a figure that says why there is nothing to see, without axes."""
    note = {"text": text, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False, "font": {"size": 14}}
    hidden = {"visible": False, "fixedrange": True}
    return {"data": [], "layout": layout(height=160, annotations=[note], xaxis=hidden, yaxis=hidden)}
