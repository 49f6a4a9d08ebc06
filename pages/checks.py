"""核查: what does not add up in the reports, by organ, check and year; each finding beside its document, to be decided on."""

from __future__ import annotations

from math import ceil

import streamlit as st

from pages.parts.address import change_view
from pages.parts.desk_list import show_filters, show_focus, show_list
from pages.parts.desk_matrix import show_matrix
from pages.parts.desk_panel import show_finding
from pages.parts.desk_return import show_return_lists
from pages.parts.desk_source import at_desk, focus_of, groups, page
from pages.parts.desk_texts import show_texts
from pages.parts.opening import has_reports, show_sound
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, show_said, telling

ON_A_PAGE = 25
at = stage()
labels, view = at.labels, at.view
is_library = at.collection == "library"

st.title(labels("page.checks"), help=labels("desk.tip"), anchor=False)
if not view.finding:  # else the panel says it, which is in sight on a phone too
    show_said()
if is_library and not is_at_hand(labels):
    st.stop()
with telling(labels):
    counted = groups(at)
    if not counted and not view.finding and at.selection.is_empty:
        has_reports()
        st.stop()
    if not is_library:
        st.info(labels("desk.read_only"), icon=":material/visibility:")
    show_filters(view, labels, has_decisions=is_library)
    show_texts(at)
    if not counted and not view.finding:
        show_sound(at, labels("desk.nothing"))
        st.stop()
    focus = focus_of(at, counted)
    show_matrix(counted, focus, labels)
    show_focus(focus, counted, labels)
    first = (view.list_page - 1) * ON_A_PAGE
    found = page(at, focus, first, ON_A_PAGE)
    pages = max(1, ceil(found.total / ON_A_PAGE))
    if view.list_page > pages:  # the list has become shorter than the address remembers
        change_view(list_page=1)
        st.rerun()
    left, right = st.columns([1, 1], gap="medium")
    with left:
        words = {"total": f"{found.total:,}", "first": first + 1, "last": first + len(found.lines)}
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(labels("desk.count_pages" if pages > 1 else "desk.count", **words))
            name = next((one.organ_name for one in counted if one.organ_id == focus.organ), "")
            show_return_lists(at, focus, name, found.total)
        show_list(found.lines, view, labels)
        if pages > 1:
            turned = st.pagination(pages, default=min(view.list_page, pages), key=f"desk_page_{view.list_page}")
            if turned != view.list_page:
                change_view(list_page=turned)
                st.rerun()
    with right:
        show_finding(at_desk(at) if view.finding else None, found.lines, view, labels)
