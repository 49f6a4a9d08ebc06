"""What the pages about one subject share: whose figures are drawn, and the agencies beside each other."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import pandas as pd

from ogi.charts import ranking, trend
from ogi.charts.agencies import multiples, ordered
from ogi.comparison.lineage_cells import joined_frame
from ogi.selection.scopes import addable_scopes
from pages.parts.agencies_parts import grid_of
from pages.parts.figures import show_chart
from pages.parts.lineage import lineage_of, selection_of, show_lineage
from pages.parts.members import choose_member, show_held
from pages.parts.stage import Stage
from pages.parts.tips import measure_tip

Numbers = tuple[pd.DataFrame, tuple[Hashable, ...]]


def choose_numbers(at: Stage, keys: Sequence[str]) -> Numbers:
    """Let the reader choose one agency, a group as one, or the sum of all shown.

    Returns:
        The numbers of ``keys`` to draw, those of an agency with its predecessors in its earlier years; and what tells them from
        other numbers of the page.
    """
    of, organ = choose_member(at, label=at.labels("choice.organ"))
    if not organ:
        if at.view.focus_organ not in at.groups:  # of those the note above says it
            show_held(of, key="subject")
        return of.selection.long_added(keys), (at.view.focus_organ,)
    series = at.selection.series
    scopes = series.loc[series["organ_id"] == organ, "scope"].tolist()
    lineage = lineage_of(at, organ, scope := addable_scopes(scopes)[0] if addable_scopes(scopes) else scopes[0])
    if lineage is None:
        numbers = at.selection.long(keys)
        return numbers.loc[numbers["organ_id"] == organ], (organ,)
    show_lineage(lineage, lineage.years, at)
    selection, stands = selection_of(at, lineage.organs), tuple((year, lineage.stand(year)) for year in lineage.years)
    of_lineage = (organ, lineage.links, stands)
    joined = selection.remembered(("joined", *of_lineage, *keys), lambda: joined_frame(selection.long(keys), lineage, scope))
    return joined.frame, of_lineage


def show_beside(at: Stage, key: str, year: int, *, over_years: bool = True, asks: Sequence[str] = ()) -> None:
    """Draw the agencies beside each other by one figure, in a year and over years; with the groups shown as one among them."""
    labels, tip = at.labels, measure_tip(key, at.labels)
    if at.groups:
        grid = grid_of(at, key)
        of = ("beside", at.view.groups, key)
        chart = at.kept_chart((*of, year), lambda: ordered(grid, labels=labels, year=year))
        show_chart(chart, labels, key="ranking", tip=tip, asks=asks)
        if over_years:
            chart = at.kept_chart(of, lambda: multiples(grid, labels=labels))
            show_chart(chart, labels, key="trend", tip=tip, asks=asks)
        return
    compared = at.selection.side_by_side([key])
    show_chart(at.chart(ranking, compared, key=key, year=year), labels, key="ranking", tip=tip, asks=asks)
    if over_years:
        show_chart(at.chart(trend, compared, key=key), labels, key="trend", tip=tip, asks=asks)
