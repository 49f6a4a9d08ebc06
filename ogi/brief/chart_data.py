"""The charts of a brief as data: what came in and was closed, outcomes, rates, disputes, and agencies beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ogi.brief.content import BriefChart, Series
from ogi.brief.number import formula_of, name_of, unit_of
from ogi.charts.palette import colours, sequence, single
from ogi.charts.words import short_name
from ogi.comparison.organ_grid import organ_grid
from ogi.labels import Labels
from ogi.selection import Selection
from ogi.selection.comparability import breaks

_MOST_BARS = 15
_WORKLOAD = ("received", "result_total", "carried_over")
_RATES = ("I04_grant_rate", "I07_denied_rate", "I11_refused_rate")
_DISPUTES = ("reconsideration.total", "litigation_direct.total", "litigation_after_reconsideration.total")


def charts_of(selection: Selection, labels: Labels, *, applicant: str = "total") -> tuple[BriefChart, ...]:
    """Return the charts over years; those without any number are left out.

    Args:
        selection: what is shown; of several agencies the sums over one scope.
        labels: the language.
        applicant: the kind of applicant of counts of applications.
    """
    rows = {row: f"applications.{row}.{applicant}" for row in (*_WORKLOAD, *colours("outcomes"))}
    colour = dict(zip(_WORKLOAD, sequence(), strict=False)) | colours("outcomes")
    workload = _of_rows(_WORKLOAD, rows, colour, labels)
    outcomes = _of_rows(tuple(colours("outcomes")), rows, colour, labels)
    rates = {key: (name_of(key, labels), shade) for key, shade in zip(_RATES, sequence(), strict=False)}
    disputes = {
        key: (short_name(labels, key.removesuffix(".total")), shade) for key, shade in zip(_DISPUTES, sequence(), strict=False)
    }
    items = labels.unit("jian")
    found = (
        _by_year(selection, labels, workload, title=labels("brief.chart.workload"), unit=items, shape="columns"),
        _by_year(selection, labels, outcomes, title=labels("brief.chart.outcomes"), unit=items, shape="stacked"),
        _by_year(selection, labels, rates, title=labels("brief.chart.rates"), unit="%", shape="line"),
        _by_year(selection, labels, disputes, title=labels("brief.chart.disputes"), unit=items, shape="stacked"),
    )
    return tuple(chart for chart in found if not chart.is_empty)


def agencies_chart(selection: Selection, key: str, year: int, labels: Labels) -> BriefChart | None:
    """Return the agencies of a year by one figure, the largest first; ``None`` for fewer than two with a number."""
    grid = organ_grid(selection, key)
    values = grid.of_year(year)
    known = np.flatnonzero(~np.isnan(values))
    if len(known) < 2:
        return None
    order = known[np.argsort(-values[known], kind="stable")]
    shown = order[:_MOST_BARS].tolist()
    unit = "%" if grid.unit == "percent" else labels.unit(grid.unit)
    note = labels("brief.chart.agencies_note", shown=len(shown), known=len(known), expected=len(grid.organs))
    name = name_of(key, labels)
    return BriefChart(
        title=labels("brief.chart.agencies", name=name, year=year), unit=unit, shape="bars",
        categories=tuple(grid.names[row] for row in shown), note=note, formula=formula_of(key), is_share=grid.unit == "percent",
        series=(Series(name=name, key=key, colour=single(), values=tuple(float(values[row]) for row in shown)),),
    )  # fmt: skip


def _of_rows(
    wanted: Sequence[str], rows: Mapping[str, str], colour: Mapping[str, str], labels: Labels
) -> dict[str, tuple[str, str]]:
    """Key → name and colour."""
    return {rows[row]: (short_name(labels, row), colour[row]) for row in wanted}


def _by_year(
    selection: Selection, labels: Labels, series: Mapping[str, tuple[str, str]], *, title: str, unit: str, shape: str
) -> BriefChart:
    frame = selection.totals(list(series)).frame
    years = [int(year) for year in sorted(frame["report_year"].unique())]
    impossible = _over_whole(frame)
    found = []
    for key, (name, shade) in series.items():
        own = frame.loc[frame["key"] == key].set_index("report_year")
        scale = 100.0 if unit_of(key) == "percent" else 1.0
        values = tuple(
            None if year in impossible or pd.isna(value := own["value"].get(year)) else float(value) * scale for year in years
        )
        found.append(Series(name=name, key=key, colour=shade, values=values))
    return BriefChart(
        title=title, unit=unit, shape=shape, categories=tuple(map(str, years)), series=tuple(found),  # type: ignore[arg-type]
        note=_note(frame, list(series), years, labels), is_share=unit == "%",
        formula="; ".join(f"{key} = {way}" for key in series if (way := formula_of(key))),
    )  # fmt: skip


def _over_whole(frame: pd.DataFrame) -> list[int]:
    """The years in which a rate has a part larger than its base: none of the rates of that year is drawn."""
    part, base = (frame[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("numerator", "denominator"))
    shares = np.array([unit_of(key) == "percent" for key in frame["key"]], dtype=bool)
    return sorted({int(year) for year in frame.loc[shares & (part > base), "report_year"]})


def _note(frame: pd.DataFrame, keys: list[str], years: list[int], labels: Labels) -> str:
    """Which years do not hold all agencies, which have rates of a small base, and where the form changed."""
    join, parts = labels("charts.join"), []
    short = frame.loc[frame["n_present"] < frame["n_expected"]].groupby("report_year")[["n_present", "n_expected"]].min()
    if len(short):
        named = [
            labels("brief.chart.of_year", year=year, known=known, expected=expected)
            for year, known, expected in zip(short.index, short["n_present"], short["n_expected"], strict=True)
        ]
        parts.append(labels("brief.chart.incomplete", years=join.join(named)))
    base = frame["denominator"].to_numpy(dtype=np.float64, na_value=np.nan)
    for name, low, high in (("small", 10, 30), ("too_small", 0, 10)):
        small = sorted(set(frame.loc[(base >= low) & (base < high), "report_year"].tolist()))
        if small:
            parts.append(labels(f"brief.chart.{name}", years=join.join(map(str, small))))
    if over := _over_whole(frame):
        parts.append(labels("brief.chart.over_whole", years=join.join(map(str, over))))
    parts += [labels("brief.chart.changed", year=b.report_year, text=b.label(labels.lang)) for b in breaks(keys, years)]
    return "".join(parts) if labels.lang == "zh" else " ".join(parts)
