"""The table twin of the page of agencies: several figures of one year, sorted by a click, with conditions and files."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from ogi.brief.workbook import workbook_of
from ogi.charts.agencies.table import numbers
from ogi.charts.agencies.words import counts_of, figure_name, reason_words, unit_word
from ogi.charts.words import axis_title
from ogi.comparison.filters import Filtered, apply_conditions
from ogi.comparison.organ_grid import OrganGrid
from ogi.indicators import RATE_DECIMALS
from ogi.labels import Labels
from ogi.spreadsheet import csv_of
from ogi.view.conditions import OPERATORS, Condition, condition, condition_words
from pages.parts.address import change_view, current_view
from pages.parts.agencies_parts import figure_words, figures_of
from pages.parts.drawer import drawer
from pages.parts.plain import plain
from pages.parts.stage import Stage
from pages.parts.tips import measure_name, measure_tip
from pages.parts.widgets import draw


def choose_conditions(at: Stage, year: int) -> Filtered | None:
    """Draw the conditions that hold and the way to add one; return what they leave, ``None`` where there are none."""
    labels = at.labels
    held = [found for text in at.view.where if (found := condition(text)) is not None]
    title = labels("agencies.where", count=len(held))
    with drawer(title, icon=":material/filter_alt:", key="where") as box:
        if box.open:  # closed, every run would draw its list of figures for nobody
            _show_held(held, labels)
            _add(at)
    if not held:
        return None
    left = apply_conditions(at.selection, held, year)
    words = labels("agencies.and").join(_words(item, labels) for item in held)
    said = {"conditions": words, "year": year, "count": len(left.organs), "asked": left.asked, "missing": left.missing}
    st.caption(f":material/filter_alt: {plain(labels('agencies.left', **said))}")
    return left


def _show_held(held: list[Condition], labels: Labels) -> None:
    for item in held:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(_words(item, labels)), width="stretch")
            st.button(labels("agencies.drop"), key=f"drop_{item}", on_click=_drop, args=(str(item),), type="tertiary")


def _words(item: Condition, labels: Labels) -> str:
    return condition_words(item, measure_name(item.key, labels), labels)


def _drop(text: str) -> None:
    change_view(where=tuple(other for other in current_view().where if other != text))


def _add(at: Stage) -> None:
    labels, words = at.labels, figure_words(at.labels)
    with st.form("add_condition", border=False):
        figure, operator, first, last = st.columns([4, 2, 1, 1])
        key = figure.selectbox(labels("agencies.figure"), list(words), format_func=words.__getitem__, key="where_figure")
        asked = operator.selectbox(
            labels("agencies.operator_label"),
            list(OPERATORS),
            format_func=lambda o: labels(f"agencies.operator.{o}"),
            key="where_operator",
        )
        one = first.text_input(labels("agencies.limit"), key="where_first")
        other = last.text_input(labels("agencies.limit_to"), key="where_last")
        if st.form_submit_button(labels("agencies.add"), icon=":material/add:"):
            limits = [] if asked == "missing" else [one, other] if asked == "between" else [one]
            text = ":".join([key, asked, *(_plain_number(limit) for limit in limits)])
            if condition(text) is None:
                st.warning(labels("agencies.no_number"), icon=":material/error:")
            else:
                change_view(where=(*at.view.where, text))
                st.rerun()


def _plain_number(text: str) -> str:
    """A number as an address writes it; what is none stays and is refused."""
    try:
        return f"{Decimal(text.strip().replace(',', '').removesuffix('%')):f}"
    except InvalidOperation:
        return "?"


def choose_figures(at: Stage) -> None:
    """Let the reader put together the figures of the table."""
    words = figure_words(at.labels)
    chosen = list(figures_of(at))
    draw(
        st.multiselect,
        "figures",
        chosen,
        label=at.labels("agencies.figures"),
        options=list(dict.fromkeys([*words, *chosen])),
        format_func=lambda key: words.get(key) or measure_name(key, at.labels),
    )


def show_table(at: Stage, grids: list[OrganGrid], year: int, sentence: str) -> None:
    """Draw one row per agency and one column per figure, and offer it as CSV and Excel with the reason of every gap."""
    labels = at.labels
    shown = figures_table(grids, year, labels, reasons=False)
    st.dataframe(
        shown,
        hide_index=True,
        key="agencies_table",
        height=min(38 + 35 * (len(shown) + 1), 560),
        column_config=_columns(grids, labels),
        placeholder="–",
        alt=sentence,
    )

    def whole() -> pd.DataFrame:
        return figures_table(grids, year, labels, reasons=True)

    with st.container(horizontal=True):
        _file(labels("chart_part.csv"), lambda: csv_of(whole()), f"agencies_{year}.csv")
        title = labels("page.agencies")
        _file(
            labels("agencies.xlsx"),
            lambda: workbook_of({str(year): whole()}, labels=labels, title=title, notes=[sentence]),
            f"agencies_{year}.xlsx",
        )


def _file(label: str, made: Callable[[], bytes], name: str) -> None:
    """A button whose file is made only when it is pressed."""
    st.download_button(label, made, file_name=name, icon=":material/download:", key=f"file_{name}", on_click="ignore")


def _columns(grids: list[OrganGrid], labels: Labels) -> dict[str, Any]:
    """What each column is: its meaning, formula, base and caution stand at its head."""
    found: dict[str, Any] = {}
    for grid in grids:
        rounded = f"%.{RATE_DECIMALS[grid.unit]}f" if grid.unit in RATE_DECIMALS else None
        found[_name(grid, labels)] = st.column_config.NumberColumn(format=rounded, help=measure_tip(grid.key, labels))
        if grid.is_rate:
            found[_counts_name(grid, labels)] = st.column_config.TextColumn(help=labels("charts.agencies.counts_tip"))
    return found


def _name(grid: OrganGrid, labels: Labels) -> str:
    return axis_title(labels, figure_name(grid, labels), unit_word(grid, labels))


def _counts_name(grid: OrganGrid, labels: Labels) -> str:
    return labels("charts.agencies.counts_column", name=figure_name(grid, labels))


def figures_table(grids: list[OrganGrid], year: int, labels: Labels, *, reasons: bool) -> pd.DataFrame:
    """Return agencies × figures, each rate with part and base; with ``reasons`` a column says why a figure is missing.

    Where groups stand among the agencies, a column says of how many of theirs the numbers are: 18/21, or 17–18/21.
    """
    columns: dict[str, object] = {labels("charts.column.organ"): list(grids[0].names)}
    if (covered := _covered(grids, year)) is not None:
        columns[labels("charts.column.coverage")] = covered
    for grid in grids:
        columns[_name(grid, labels)] = numbers(grid.of_year(year))
        if grid.is_rate:
            columns[_counts_name(grid, labels)] = counts_of(grid, year, labels)
        if reasons:
            states = grid.states[:, grid.column(year)] if year in grid.years else []
            columns[labels("agencies.why", name=figure_name(grid, labels))] = reason_words(states, labels)
    return pd.DataFrame(columns)


def _covered(grids: list[OrganGrid], year: int) -> list[str] | None:
    """Of how many agencies the figures of each group are; empty for agencies, ``None`` where no group is shown."""
    held = [grid.counted[:, grid.column(year)] for grid in grids if grid.counted is not None and year in grid.years]
    if not held:
        return None
    least, most = (getattr(np.stack(held), name)(axis=0).tolist() for name in ("min", "max"))
    return [
        "" if organ not in grids[0].asked else f"{low if low == high else f'{low}–{high}'}/{grids[0].asked[organ]}"
        for organ, low, high in zip(grids[0].organs, least, most, strict=True)
    ]
