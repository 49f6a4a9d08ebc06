"""汇总: the reports of a region's agencies added up in the official layout, and checked against the government's own total."""

from __future__ import annotations

import streamlit as st

from pages.parts.consolidation_choice import add_up, choose_region
from pages.parts.consolidation_panel import show_parts
from pages.parts.consolidation_tables import show_coverage, show_sums
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, show_said, telling

at = stage()
labels, view = at.labels, at.view

st.title(labels("page.consolidation"), help=labels("consolidation.tip"), anchor=False)
show_said()
if not is_at_hand(labels):
    st.stop()
with telling(labels):
    chosen = choose_region(view, labels)
    if chosen is None:
        with st.container(border=True, horizontal_alignment="center", key="empty_consolidation"):
            title = labels("consolidation.nothing_title")
            st.subheader(title, anchor=False, icon=":material/inbox:", text_alignment="center")
            st.markdown(labels("consolidation.nothing_text"), text_alignment="center")
            st.page_link(at.pages["upload"], label=labels("empty.nothing_way"), icon=":material/upload_file:")
        st.stop()
    found = add_up(chosen, view, labels)
    if found is not None:
        show_coverage(found, labels)
        tables, panel = st.columns([3, 2], gap="medium")
        with tables:
            show_sums(found, view.cell, labels)
        with panel:
            show_parts(found, view, labels)
