"""The three charts of a shared view: two over years, and the organs by one figure (or a third one where there is one organ)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ogi.charts.palette import single
from ogi.charts.words import measure_name, measure_unit
from ogi.labels import Labels
from ogi.selection import Selection, breaks
from ogi.shares.content import Drawing, Series
from ogi.shares.plan import RANKED, Wanted, charts_of, ranked_by

_YEARS = 10
"""So many years fit beside each other on a phone; the newest are shown."""


def drawings_of(selection: Selection, labels: Labels, year: int | None) -> tuple[Drawing, ...]:
    """Return the charts of a selection; those without any number are left out."""
    if year is None:
        return ()
    wanted = charts_of(selection.view, labels)
    several = organs_in(selection.identity) > 1
    found = [over_years(selection, labels, item) for item in (wanted[:2] if several else wanted)]
    if several:
        found.append(ranked(selection, labels, year))
    return tuple(drawing for drawing in found if drawing is not None)


def organs_in(identity: Any) -> int:
    """Return how many organs there are in a frame of who reports."""
    return int(identity["organ_id"].nunique())


def over_years(selection: Selection, labels: Labels, wanted: Wanted) -> Drawing | None:
    """Return sums by year; what a year does not cover is said below."""
    keys = [key for key, _, _ in wanted.series]
    frame = selection.totals(keys).frame
    years = list(selection.years)[-_YEARS:]
    rows: dict[tuple[str, int], dict[str, Any]] = {
        (row["key"], int(row["report_year"])): row
        for row in frame.to_dict("records")  # type: ignore[misc]
    }
    series = tuple(
        Series(key=key, name=name, colour=colour, values=tuple(_number(rows.get((key, year))) for year in years))
        for key, name, colour in wanted.series
    )
    if all(value is None for one in series for value in one.values):
        return None
    notes = [*_coverage(rows, keys, years, labels)]
    notes += [item.label(labels.lang) for item in breaks(keys, years)]
    return Drawing(
        subject=wanted.subject,
        title=labels(f"share.chart.{wanted.subject}"),
        unit=labels.unit(measure_unit(keys[0])),
        kind=wanted.kind,
        labels=tuple(map(str, years)),
        series=series,
        notes=tuple(notes),
    )


def ranked(selection: Selection, labels: Labels, year: int) -> Drawing | None:
    """Return the organs with the largest figures of a year; those without a figure have no bar, and that is said."""
    key = selection.key(ranked_by(selection.view))
    frame = selection.top(key, year, RANKED)
    if frame.empty:
        return None
    unit = measure_unit(key)
    factor = 100 if unit == "percent" else 1
    of_year = organs_in(selection.identity.loc[selection.identity["report_year"] == year])
    notes = [labels("share.chart.ranked_note", shown=len(frame), all=of_year)] if len(frame) < of_year else []
    values = tuple(_plain(value * factor) for value in frame["value"].tolist())
    return Drawing(
        subject="ranked",
        title=labels("share.chart.ranked", year=year, name=measure_name(labels, key)),
        unit=labels.unit(unit),
        kind="bars",
        labels=tuple(frame["organ_name"].tolist()),
        series=(Series(key=key, name=measure_name(labels, key), colour=single(), values=values),),
        notes=tuple(notes),
    )


def _number(row: dict[str, Any] | None) -> int | float | None:
    return None if row is None or pd.isna(row["value"]) else _plain(row["value"])


def _plain(value: Any) -> int | float:
    number = float(value)
    return int(number) if number == int(number) else round(number, 4)


def _coverage(rows: dict[tuple[str, int], dict[str, Any]], keys: list[str], years: list[int], labels: Labels) -> list[str]:
    """Years in which fewer organs have the figures than there are, and years without any report."""
    short: dict[str, list[int]] = {}
    empty = []
    for year in years:
        found = [row for key in keys if (row := rows.get((key, year))) is not None]
        if not found or not int(found[0]["n_reports"]):
            empty.append(year)
            continue
        known, of = min(int(row["n_present"]) for row in found), int(found[0]["n_expected"])
        if known < of:
            short.setdefault(f"{known}/{of}", []).append(year)
    join = labels("view.sentence.and").join
    said = [labels("share.chart.covers", years=join(map(str, of)), known=share) for share, of in short.items()]
    if empty:
        said.append(labels("share.chart.no_report", years=join(map(str, empty))))
    return said
