"""A chart of a brief as a drawing (SVG) for paper: the same data as the native charts, drawn by rule."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

from ogi.brief.content import BriefChart

_GREY, _PALE, _DARK = "#595959", "#D9D9D9", "#1F2A44"
_LEFT, _TOP, _RIGHT = 38.0, 8.0, 6.0
_LETTER = 4.6
"""Width of a Latin letter at the size of the text; a Chinese one is twice as wide."""
_STEPS = (1, 2, 2.5, 5, 10)
_NAME = 150.0


def svg_of(chart: BriefChart, width: float = 360, height: float = 220) -> str:
    """Return a drawing of ``width`` × ``height`` points; a gap is left open and never drawn as 0."""
    body = _bars(chart, width, height) if chart.shape == "bars" else _over_years(chart, width, height)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}pt" height="{height:g}pt"'
    return f'{head} role="img" aria-label="{escape(chart.title)}" font-size="8" fill="{_GREY}">{"".join(body)}</svg>'


def top_of(values: Sequence[float]) -> tuple[float, float]:
    """Return the end of an axis from 0 that holds ``values``, and the step of its marks: 1, 2, 2.5 or 5 times a power of ten."""
    largest = max(values, default=0) or 1.0
    rough = largest / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in _STEPS if factor * power >= rough * 0.999)
    return math.ceil(largest / step - 1e-9) * step, step


def _over_years(chart: BriefChart, width: float, height: float) -> list[str]:
    legend, legend_height = _legend(chart, width, height)
    bottom = height - legend_height - 14
    sums = [sum(series.values[place] or 0 for series in chart.series) for place in range(len(chart.categories))]
    single = [value for series in chart.series for value in series.values if value is not None]
    top, step = top_of(sums if chart.shape == "stacked" else single)
    room = (width - _LEFT - _RIGHT) / max(len(chart.categories), 1)

    def across(place: float) -> float:
        return _LEFT + room * place

    def up(value: float) -> float:
        return bottom - (bottom - _TOP) * value / top

    found = []
    for number in range(round(top / step) + 1):
        y = up(number * step)
        found.append(
            f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{width - _RIGHT:.1f}" y2="{y:.1f}" stroke="{_PALE}" stroke-width="0.6"/>'
        )
        found.append(_text(_LEFT - 4, y + 2.8, f"{number * step:,.10g}", "end"))
    found += [_text(across(place + 0.5), bottom + 11, name, "middle") for place, name in enumerate(chart.categories)]
    draw = {"columns": _columns, "stacked": _stacked, "line": _lines}[chart.shape]
    return [*found, *draw(chart, across, up), *legend]


Scale = Callable[[float], float]


def _columns(chart: BriefChart, across: Scale, up: Scale) -> list[str]:
    wide, found = 0.7 / max(len(chart.series), 1), []
    for number, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            if value is not None:
                left = across(place + 0.15 + wide * number)
                found.append(
                    _box(left, up(value), across(place + 0.15 + wide * (number + 1)) - left, up(0) - up(value), series.colour)
                )
    return found


def _stacked(chart: BriefChart, across: Scale, up: Scale) -> list[str]:
    found = []
    for place in range(len(chart.categories)):
        below = 0.0
        for series in chart.series:
            value = series.values[place]
            if value:
                left = across(place + 0.2)
                size = (across(place + 0.8) - left, up(below) - up(below + value))
                found.append(_box(left, up(below + value), *size, series.colour))
                below += value
    return found


def _lines(chart: BriefChart, across: Scale, up: Scale) -> list[str]:
    found = []
    for series in chart.series:
        runs: list[list[str]] = [[]]
        for place, value in enumerate(series.values):
            if value is None:
                runs.append([])
                continue
            x, y = across(place + 0.5), up(value)
            runs[-1].append(f"{x:.1f},{y:.1f}")
            found.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{series.colour}"/>')
        style = f'fill="none" stroke="{series.colour}" stroke-width="1.4"'
        found += [f'<polyline points="{" ".join(run)}" {style}/>' for run in runs if len(run) > 1]
    return found


def _bars(chart: BriefChart, width: float, height: float) -> list[str]:
    series = chart.series[0]
    name = min(_NAME, 4 + max(_length(category) for category in chart.categories) * _LETTER)
    known = [value for value in series.values if value is not None]
    largest, room = max(known, default=0) or 1.0, (height - 4) / max(len(chart.categories), 1)
    size, found = min(8.0, room * 0.8), []
    for place, (category, value) in enumerate(zip(chart.categories, series.values, strict=True)):
        y = 2 + room * place
        found.append(_text(name, y + room * 0.5 + size * 0.35, category, "end", size))
        if value is not None:
            wide = (width - name - 48) * value / largest
            found.append(_box(name + 4, y + room * 0.12, wide, room * 0.76, series.colour))
            shown = f"{value:,.1f}" if chart.is_share else f"{value:,.10g}"
            found.append(_text(name + 7 + wide, y + room * 0.5 + size * 0.35, shown, "start", size))
    return found


def _legend(chart: BriefChart, width: float, height: float) -> tuple[list[str], float]:
    """The names of the series below, over as many lines as they need, and how high they are."""
    if len(chart.series) < 2:
        return [], 0.0
    lines: list[list[tuple[float, str, str]]] = [[]]
    x = 0.0
    for series in chart.series:
        need = 16 + _length(series.name) * _LETTER
        if x + need > width - 10 and lines[-1]:
            lines.append([])
            x = 0.0
        lines[-1].append((x, series.name, series.colour))
        x += need
    found = []
    for number, line in enumerate(lines):
        y = height - 12.0 * (len(lines) - number) + 8
        whole = line[-1][0] + 16 + _length(line[-1][1]) * _LETTER
        for left, name, colour in line:
            start = (width - whole) / 2 + left
            found += [_box(start, y - 6, 7, 7, colour), _text(start + 10, y, name, "start")]
    return found, 12.0 * len(lines) + 4


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" fill="{colour}"/>'


def _text(x: float, y: float, words: str, anchor: str, size: float = 8) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}">{escape(words)}</text>'


def _length(text: str) -> int:
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
