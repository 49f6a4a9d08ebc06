"""机关对比: any agencies by any figure, ordered, over years, spread, against a second figure; with the table beside it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from pages.parts.agencies_charts import Asked, chart_of
from pages.parts.agencies_parts import (
    choose_basis,
    choose_chart,
    choose_definition,
    choose_figure,
    choose_focus,
    choose_sort,
    figures_of,
    grid_of,
)
from pages.parts.agencies_table import choose_conditions, choose_figures, show_table
from pages.parts.brief_files import show_brief
from pages.parts.choices import choose_year
from pages.parts.figures import show_chart
from pages.parts.frames import show_scope_note
from pages.parts.headline import show_applicant_note
from pages.parts.members import show_groups_note
from pages.parts.opening import has_reports, open_page
from pages.parts.organ_picker import show_children_note, show_peers_note, show_picker
from pages.parts.stage import stage
from pages.parts.tips import measure_tip
from pages.parts.ways import show_point

at = stage()
labels, view = at.labels, at.view
open_page("agencies")

if has_reports():
    show_picker(at)
    show_peers_note(at)
    show_children_note(at)
    show_groups_note(at)
    show_scope_note(at)

    left, middle, right = st.columns([4, 1.4, 2.6])
    with left:
        choose_figure(at, "measure", view.measure, label=labels("agencies.figure"))
    with middle:
        year = choose_year(at)
    with right:
        focus = choose_focus(at)
    choose_definition(at)
    basis = choose_basis(at, view.measure)
    with st.container(horizontal=True, gap="medium", key="drawn_as"):
        kind = choose_chart(at)
        choose_sort(at, kind)
    left_over = choose_conditions(at, year)

    def kept(grid):
        """The agencies of a grid that meet the conditions."""
        if left_over is None:
            return grid
        return grid.take(grid.is_group | np.array([organ in left_over.organs for organ in grid.organs], dtype=bool))

    key = at.selection.key(view.measure)
    if key == view.measure:
        show_applicant_note(at)
    grid = kept(grid_of(at, view.measure, basis))
    if len(grid.organs):
        chart = chart_of(at, kind, Asked(grid, year, focus, kept))
        show_chart(chart, labels, key="agencies", tip=measure_tip(key, labels))
        show_point(at, grid, focus, year)

        st.divider()
        st.subheader(labels("agencies.table"), help=labels("agencies.table_tip"), anchor=False)
        choose_figures(at)
        show_brief(at, after=year)
        show_table(at, [kept(grid_of(at, figure)) for figure in figures_of(at)], year, at.sentence)
    else:
        st.info(labels("agencies.nobody_left"), icon=":material/filter_alt_off:")
