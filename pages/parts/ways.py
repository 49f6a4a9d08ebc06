"""Ways from a figure to where it comes from: the cell of the report, the agency's own page, its years side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from ogi.charts.agencies.words import base_words, said
from ogi.comparison.cells_behind import cells_behind
from ogi.comparison.organ_grid import OrganGrid
from ogi.view.state import PageName
from pages.parts.address import change_view, query_of
from pages.parts.groups import find_group
from pages.parts.plain import plain
from pages.parts.stage import Stage


def way_to_cell(at: Stage, report: str, key: str) -> tuple[PageName, list[tuple[str, str]]]:
    """Return the page and its address where a figure of a report stands.

    In the library that is its (first) cell in the report itself. Samples and uploads have no page of their own: there it is the
    table of the agency's years, in the layout of the form.
    """
    if at.collection == "library":
        cell = next(iter(cells_behind(key)), None)
        return "report", query_of(replace(at.view, page="report", report=report, cell=cell), "report")
    organ, year, _ = report.split(".")
    asked = replace(at.view, page="years", focus_organ=organ, focus_year=int(year), baseline=None)
    return "years", query_of(asked, "years")


def show_way(at: Stage, report: str, key: str) -> None:
    """Draw the link from a figure to its cell."""
    page, query = way_to_cell(at, report, key)
    label = at.labels("ways.cell" if page == "report" else "ways.table")
    st.page_link(at.pages[page], label=label, icon=":material/table_view:", query_params=query)


def show_point(at: Stage, grid: OrganGrid, focus: str | None, year: int) -> None:
    """Under a chart, say the figure of the agency that stands out and where to go from it."""
    labels = at.labels
    if focus not in grid.organs or year not in grid.years:
        st.caption(f":material/touch_app: {labels('ways.hint')}")
        return
    row, column = grid.organs.index(str(focus)), grid.column(year)
    value = float(grid.values[row, column])
    words = said(grid, value, labels) + base_words(grid, year)[row]
    if np.isnan(value):
        words = labels(f"selection.reason.{grid.states[row, column]}")
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="point"):
        st.markdown(f"**{plain(grid.names[row])} · {year}** {plain(words)}", width="stretch")
        if report := str(grid.report_ids[row, column]):
            show_way(at, report, grid.key)
        page: PageName = "years" if grid.is_group[row] else "agency"  # a group has years to set side by side, and no page
        alone = replace(at.view, page=page, focus_organ=str(focus))
        icon = ":material/difference:" if page == "years" else ":material/domain:"
        st.page_link(at.pages[page], label=labels(f"page.{page}"), icon=icon, query_params=query_of(alone, page))
        organs = find_group(str(focus)) if page == "years" else (focus,)
        only = {"organs": organs, "peers_of": None, "children_of": None}
        st.button(labels("ways.only"), key="point_only", type="tertiary", on_click=change_view, kwargs=only)
        st.button(
            labels("ways.release"), key="point_release", type="tertiary", on_click=change_view, kwargs={"focus_organ": None}
        )
