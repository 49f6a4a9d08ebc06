"""One measure in one year, the organs in its order."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ogi.charts.by_organ import MeasureByOrgan, extremes, measure_by_organ
from ogi.charts.chart import Chart
from ogi.charts.clicks import stands_for
from ogi.charts.palette import faint, single
from ogi.charts.tally import Number, Series
from ogi.charts.theme import in_two_lines, layout, shortened, value_axis
from ogi.charts.words import axis_title, common_place, drawn, nothing, sentence_of, table_of, written
from ogi.indicators import FULL_BASE
from ogi.labels import Labels

_DRAWN = 40


def ranking(frame: pd.DataFrame, *, labels: Labels, key: str, year: int) -> Chart:
    """Return the organs in the order of one measure in one year: bars for counts, dots for rates, shares with their interval.

    An organ without a number is in the table, marked missing and without a rank; it is not drawn and not 0. At most forty
    are drawn, the table holds all. Equal numbers share a rank.

    Args:
        frame: long frame or frame of rates that holds ``key``.
        labels: language.
        key: cell, derived figure or indicator.
        year: report year.
    """
    data = measure_by_organ(frame, key, labels)
    title = labels("charts.ranking.title", year=year, measure=data.name)
    known = sorted(
        ((n, data.names[s], s) for (s, of), n in data.numbers.items() if of == year), key=lambda row: (-row[0], row[1])
    )
    if not known:
        reason = labels("charts.nothing.reason_year", year=year)
        return nothing(labels, title=title, filename=f"ranking_{key.replace('.', '_')}_{year}", reason=reason)
    lacking = [series for series in data.names if (series, year) not in data.numbers]
    small = [series for _, _, series in known if data.bases.get((series, year), FULL_BASE) < FULL_BASE]
    few = [series for series in lacking if (series, year) in data.bases]
    parts = [labels("charts.ranking.sentence", n=len(known), **extremes(data, [(n, name) for n, name, _ in known]))]
    parts += [labels("charts.ranking.missing", n=len(lacking) - len(few))] if len(lacking) > len(few) else []
    parts += [labels("charts.ranking.too_small", n=len(few))] if few else []
    parts += [labels("charts.ranking.small", n=len(small))] if small else []
    parts += [labels("charts.ranking.cut", n=_DRAWN)] if len(known) > _DRAWN else []
    parts += [labels("charts.agencies.interval")] if any(data.interval(series, year) for _, _, series in known) else []
    sentence = sentence_of(labels, *parts)
    return Chart(
        figure=_ranking_figure(data, known[:_DRAWN], year, labels),
        title=title,
        unit=data.unit,
        sentence=sentence,
        alt=labels("charts.alt", title=title, sentence=sentence),
        table=_ranking_table(data, known, lacking, year, labels),
        filename=f"ranking_{key.replace('.', '_')}_{year}",
    )


def _ranking_figure(data: MeasureByOrgan, known: Sequence[tuple[Number, str, Series]], year: int, labels: Labels) -> dict:
    numbers = drawn([number for number, _, _ in known])
    place = common_place([name for _, name, _ in known])
    names = [in_two_lines(name.removeprefix(place), 12) for _, name, _ in known]
    bases = [data.bases.get((series, year)) for _, _, series in known]
    texts = [data.written(n) + (f" (n={written(b)})" if b is not None else "") for (n, _, _), b in zip(known, bases, strict=True)]
    places = list(range(len(known)))
    intervals = [data.interval(series, year) for _, _, series in known]
    shared = {
        "y": places, "x": numbers, "text": texts, "cliponaxis": False, "hoverinfo": "text",
        "hovertext": [f"{name}: {text}" for (_, name, _), text in zip(known, texts, strict=True)],
    }  # fmt: skip
    if data.is_rate:
        symbols = ["circle-open" if base is not None and base < FULL_BASE else "circle" for base in bases]
        look = {"color": single(), "size": 11, "symbol": symbols, "line": {"width": 2, "color": single()}}
        trace = {**shared, "type": "scatter", "mode": "markers", "marker": look}
    else:
        trace = {**shared, "type": "bar", "orientation": "h", "textposition": "outside", "marker": {"color": single()}}
    trace |= stands_for(organs=[organ for _, _, (organ, _) in known], years=year)
    values = value_axis(axis_title(labels, shortened(data.name, 14), data.unit), numbers, percent=data.unit == "%")
    furthest = [number or 0 for number in numbers] + [ends[1] for ends in intervals if ends]
    values["range"][1] = (max(furthest) or 1) * 1.4
    axis = {
        "tickmode": "array", "tickvals": places, "ticktext": names, "range": [len(known) - 0.4, -0.6], "automargin": True,
        "fixedrange": True, "showgrid": False,
    }  # fmt: skip
    return {
        "data": [*_lines(intervals), *([_texts(numbers, intervals, texts)] if data.is_rate else []), trace],
        "layout": layout(
            height=90 + (33 if any("<br>" in name for name in names) else 26) * len(known),
            right=16,
            bargap=0.35,
            xaxis=values,
            yaxis=axis,
        ),
    }


def _lines(intervals: Sequence[tuple[float, float] | None]) -> list[dict]:
    """The intervals as one trace with gaps; nothing where no measure is a share."""
    ends: list[float | None] = []
    places: list[int | None] = []
    for place, interval in enumerate(intervals):
        if interval is not None:
            ends += [*interval, None]
            places += [place, place, None]
    look = {"color": faint(), "width": 2}
    return [{"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": look, "x": ends, "y": places}] if ends else []


def _texts(numbers: Sequence[float | None], intervals: Sequence[tuple[float, float] | None], texts: Sequence[str]) -> dict:
    """What stands behind each dot, beyond the end of its interval."""
    ends = [interval[1] if interval else number for number, interval in zip(numbers, intervals, strict=True)]
    return {
        "type": "scatter", "mode": "text", "hoverinfo": "skip", "textposition": "middle right", "cliponaxis": False,
        "x": ends, "y": list(range(len(ends))), "text": list(texts),
    }  # fmt: skip


def _ranking_table(
    data: MeasureByOrgan, known: Sequence[tuple[Number, str, Series]], lacking: Sequence[Series], year: int, labels: Labels
) -> pd.DataFrame:
    numbers = [number for number, _, _ in known]
    everyone = [*(series for _, _, series in known), *lacking]
    bases = [data.bases.get((series, year)) for series in everyone]
    columns: dict[str, Sequence] = {
        labels("charts.column.rank"): [*(numbers.index(number) + 1 for number in numbers), *(None for _ in lacking)],
        labels("charts.column.organ"): [data.names[series] for series in everyone],
        labels("charts.column.value", name=data.name, unit=data.unit): [*numbers, *(None for _ in lacking)],
    }
    if data.bases:
        columns[labels("charts.column.base")] = bases
    intervals = [data.interval(series, year) for series in everyone]
    if any(intervals):
        columns[labels("charts.agencies.low")] = [ends[0] if ends else None for ends in intervals]
        columns[labels("charts.agencies.high")] = [ends[1] if ends else None for ends in intervals]
    notes = [_note(labels, (series, year) in data.numbers, base) for series, base in zip(everyone, bases, strict=True)]
    return table_of(columns | {labels("charts.column.note"): notes})


def _note(labels: Labels, is_known: bool, base: Number | None) -> str:
    if base is not None and base < FULL_BASE:
        return labels("charts.state.small" if is_known else "charts.state.too_small")
    return "" if is_known else labels("charts.state.missing")
