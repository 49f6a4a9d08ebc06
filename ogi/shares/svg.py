"""A chart as SVG: drawn by hand, the same bytes for the same numbers, without script or style, for any old browser and for paper.

It is 360 wide, as wide as a phone; a gap is a dash and never a bar of no height. The numbers themselves stand in the table below
the chart, or, of organs, at the end of each bar.
"""

from __future__ import annotations

from html import escape
from math import floor, log10

from ogi.charts.theme import FONT, MISSING, shortened
from ogi.charts.words import common_place, written
from ogi.labels import Labels
from ogi.shares.content import Drawing, Number

WIDTH = 360
_LEFT, _RIGHT, _TOP, _PLOT, _FOOT = 40, 6, 14, 150, 20
_ROW, _NAMES, _VALUES = 20, 128, 56
_INK, _GREY, _GRID = "#333333", "#5f6b76", "#d9dee3"


def svg_of(drawing: Drawing, labels: Labels) -> str:
    """Return a chart as an ``<svg>`` element; every text in it is escaped."""
    body, height = _bars(drawing, labels) if drawing.kind == "bars" else _columns(drawing, labels)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'aria-label="{escape(drawing.title)}" font-family="{FONT}" font-size="11" fill="{_INK}">'
    )
    return f"{head}{''.join(body)}</svg>"


def _columns(drawing: Drawing, labels: Labels) -> tuple[list[str], int]:
    """Bars by year, beside each other or one above the other."""
    stacked = drawing.kind == "stack"
    tall = [_height_of(drawing, place, stacked) for place in range(len(drawing.labels))]
    top, step = _scale(max(tall, default=0))
    parts = _grid(top, step, labels)
    slot = (WIDTH - _LEFT - _RIGHT) / max(1, len(drawing.labels))
    for place, label in enumerate(drawing.labels):
        left = _LEFT + slot * place
        parts += _stacked(drawing, place, left, slot, top) if stacked else _beside(drawing, place, left, slot, top)
        parts.append(_text(left + slot / 2, _TOP + _PLOT + 14, label, anchor="middle"))
    return parts, _TOP + _PLOT + _FOOT


def _height_of(drawing: Drawing, place: int, stacked: bool) -> float:
    known = [float(value) for one in drawing.series if (value := one.values[place]) is not None]
    return (sum(known) if stacked else max(known)) if known else 0.0


def _scale(largest: float) -> tuple[float, float]:
    """The end of the axis and its step: 1, 2 or 5 times a power of ten, whole numbers."""
    if largest <= 0:
        return 1.0, 1.0
    rough = largest / 3.2
    power = 10.0 ** floor(log10(rough))
    step = max(1.0, next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough))
    return step * -(-largest // step), step


def _grid(top: float, step: float, labels: Labels) -> list[str]:
    parts, value = [], 0.0
    while value <= top + step / 2:
        y = _TOP + _PLOT * (1 - value / top)
        parts.append(
            f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_GREY if value == 0 else _GRID}"/>'
        )
        parts.append(_text(_LEFT - 4, y + 4, short_number(value, labels), anchor="end", colour=_GREY))
        value += step
    return parts


def _beside(drawing: Drawing, place: int, left: float, slot: float, top: float) -> list[str]:
    parts, width = [], slot * 0.76 / len(drawing.series)
    for number, one in enumerate(drawing.series):
        x, value = left + slot * 0.12 + width * number, one.values[place]
        if value is None:
            parts.append(_text(x + width / 2, _TOP + _PLOT - 4, MISSING, anchor="middle", colour=_GREY))
        else:
            height = _PLOT * float(value) / top
            parts.append(_rect(x, _TOP + _PLOT - height, max(1.0, width - 1), height, one.colour))
    return parts


def _stacked(drawing: Drawing, place: int, left: float, slot: float, top: float) -> list[str]:
    parts, foot = [], float(_TOP + _PLOT)
    known = [(one.colour, float(value)) for one in drawing.series if (value := one.values[place]) is not None]
    if not known:
        return [_text(left + slot / 2, foot - 4, MISSING, anchor="middle", colour=_GREY)]
    for colour, value in known:
        height = _PLOT * value / top
        foot -= height
        parts.append(_rect(left + slot * 0.18, foot, slot * 0.64, height, colour))
    return parts


def _bars(drawing: Drawing, labels: Labels) -> tuple[list[str], int]:
    """One bar for each organ, its number at the end; the place all names begin with is left out."""
    series = drawing.series[0]
    place, largest = common_place(drawing.labels), max((float(v) for v in series.values if v is not None), default=0) or 1.0
    room, parts = WIDTH - _NAMES - _VALUES, []
    for number, (name, value) in enumerate(zip(drawing.labels, series.values, strict=True)):
        middle = 4 + _ROW * number + _ROW / 2
        shown = shortened(name.removeprefix(place), 11)
        parts.append(f"<g><title>{escape(name)}</title>{_text(_NAMES - 6, middle + 4, shown, anchor='end')}</g>")
        width = 0.0 if value is None else room * float(value) / largest
        if value is not None:
            parts.append(_rect(_NAMES, middle - 6, max(width, 1.0), 12, series.colour))
        parts.append(_text(_NAMES + width + 4, middle + 4, value_of(value, drawing.unit)))
    return parts, 8 + _ROW * len(drawing.labels)


def value_of(value: Number | None, unit: str) -> str:
    """Return a number as it stands in charts and tables: a rate in percent with one decimal, a dash where it is missing."""
    return f"{value:.1f}%" if unit == "%" and value is not None else written(value)


def short_number(value: float, labels: Labels) -> str:
    """Return a number of an axis: 1,200,000 is 120万 in Chinese and 1.2M in English."""
    if labels.lang == "zh":
        return f"{value / 10_000:,.4g}万" if value >= 10_000 else f"{value:,.0f}"
    if value >= 1_000_000:
        return f"{value / 1_000_000:,.4g}M"
    return f"{value / 1_000:,.4g}k" if value >= 10_000 else f"{value:,.0f}"


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{escape(colour)}"/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", colour: str = _INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
