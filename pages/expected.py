"""报送情况: who must report and who has, organ by year; and who has not, to copy and to download."""

from __future__ import annotations

import streamlit as st

from ogi.spreadsheet import csv_of
from ogi.store.expected import list_names, matrix, missing_text
from ogi.store.listing import years_of
from pages.parts.expected_lists import show_making
from pages.parts.expected_matrix import matrix_frame, show_matrix
from pages.parts.report_filters import SCOPES_OF, years_field
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, look, show_said, telling

NEWEST = 6  # so many years are shown where none is chosen
at = stage()
labels, view = at.labels, at.view

st.title(labels("page.expected"), help=labels("expected.tip"), anchor=False)
show_said()
if not is_at_hand(labels):
    st.stop()
with telling(labels):
    lists = look(list_names)
    if not lists:
        st.info(labels("expected.no_list"), icon=":material/playlist_add:")
        show_making(labels, is_open=True)
        st.stop()
    left, right = st.columns([3, 2])
    with left:
        name = st.selectbox(
            labels("expected.list"), list(lists), key="expected_list", persist_state="session",
            format_func=lambda value: labels("expected.list_count", name=value, count=lists.get(value, 0)),
        )  # fmt: skip
    with right:
        years_field(view, labels)
    there = look(years_of)
    years = list(view.years) or sorted(there[:NEWEST])
    if not view.years and len(there) > NEWEST:
        st.caption(labels("expected.newest", count=NEWEST))
    if not years:
        st.info(labels("reports.empty.nothing_text"), icon=":material/inbox:")
    else:
        found = look(lambda c: matrix(c, name, years, SCOPES_OF[view.scope]))
        show_matrix(found, view, labels)
        st.download_button(
            labels("expected.csv"), csv_of(matrix_frame(found, labels)), file_name="expected.csv", mime="text/csv",
            icon=":material/download:", key="expected_csv", on_click="ignore",
        )  # fmt: skip
        st.subheader(labels("expected.missing"), anchor=False)
        year = st.selectbox(labels("choice.year"), sorted(years, reverse=True), key="expected_year")
        text = missing_text(found, year, labels)
        st.code(text, language=None, wrap_lines=True)
        st.download_button(
            labels("expected.text"), text, file_name=f"missing-{year}.txt", mime="text/plain",
            icon=":material/download:", key="expected_text", on_click="ignore",
        )  # fmt: skip
    show_making(labels, is_open=False)
