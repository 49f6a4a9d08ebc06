"""How a page with figures begins: heading with tip, badge, the sentence that says what is shown; and what to do if nothing is."""

from __future__ import annotations

import streamlit as st

from ogi.charts import Chart
from ogi.facts import facts_of
from ogi.selection.coverage import has_numbers
from pages.parts.address import clear_filters
from pages.parts.plain import plain
from pages.parts.sharing import show_sharing
from pages.parts.signed_in import show_way_to_upload
from pages.parts.stage import Stage, stage
from pages.parts.wide import show_wide


def open_page(page: str) -> None:
    """Draw the heading of a page with figures, the badge of what is shown, its sentence and what could not be applied."""
    at = stage()
    labels = at.labels
    st.title(labels(f"page.{page}"), help=labels(f"{page}.tip"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", key="opening"):
        if at.is_sample:
            st.badge(labels("frame.sample_badge"), icon=":material/science:", color="orange")
        elif at.collection == "library":
            st.badge(labels("frame.library_badge"), icon=":material/inventory_2:", color="blue")
        else:
            st.badge(labels("frame.uploads_badge"), icon=":material/lock_clock:", color="green")
        st.markdown(plain(at.sentence), width="stretch")
        show_sharing(at, page)
    if at.is_sample:
        st.caption(labels(f"frame.sample_{at.collection}"))
    said = [notice.text(labels) for notice in at.selection.notices]
    if said and at.is_reading:
        st.info(labels("loading.may_come"), icon=":material/hourglass_top:")
    elif said and not at.selection.is_empty:
        st.warning("\n".join(f"- {plain(text)}" for text in said), icon=":material/filter_alt:")


def has_reports() -> bool:
    """Whether the selection holds reports that can be drawn one by one; draws what there is to see where it does not."""
    at = stage()
    if not at.selection.is_empty:
        if at.selection.is_wide:
            show_wide(at)
        return not at.selection.is_wide
    if at.is_reading:
        st.skeleton(280)
    elif len(facts_of(at.library, at.collection)):
        _filtered_out()
    elif at.collection == "uploads":
        _uploads_elsewhere()
    else:
        _nothing_loaded()
    return False


def _nothing_loaded() -> None:
    labels = stage().labels
    with st.container(border=True, horizontal_alignment="center", key="empty_nothing"):
        st.subheader(labels("empty.nothing_title"), anchor=False, icon=":material/inbox:", text_alignment="center")
        st.markdown(labels("empty.nothing_text"), text_alignment="center")
        show_way_to_upload(labels)


def _uploads_elsewhere() -> None:
    """The link shows uploads, and these live in the session of who uploaded them."""
    labels = stage().labels
    with st.container(border=True, horizontal_alignment="center", key="empty_uploads"):
        st.subheader(labels("empty.uploads_title"), anchor=False, icon=":material/link_off:", text_alignment="center")
        st.markdown(labels("empty.uploads_text"), text_alignment="center")
        show_way_to_upload(labels)
        st.button(labels("empty.uploads_way"), key="show_samples", on_click=clear_filters, icon=":material/science:")


def _filtered_out() -> None:
    at = stage()
    labels = at.labels
    with st.container(border=True, horizontal_alignment="center", key="empty_filtered"):
        st.subheader(labels("empty.filtered_title"), anchor=False, icon=":material/filter_alt_off:", text_alignment="center")
        count = len(facts_of(at.library, at.collection).identity)
        st.markdown(labels("empty.filtered_text", count=count), text_alignment="center")
        for notice in at.selection.notices:
            st.caption(notice.text(labels), text_alignment="center")
        st.button(labels("empty.filtered_way"), key="empty_clear", on_click=clear_filters, icon=":material/restart_alt:")


def show_sound(at: Stage, text: str) -> None:
    """Say that nothing was found in what is shown; where no report holds a number, that there was nothing to check."""
    if has_numbers(at.selection):
        st.success(text, icon=":material/verified:")
    else:
        st.info(at.labels("nothing_to_check.text"), icon=":material/help_center:")


def not_asked(chart: Chart, *, key: str) -> None:
    """Say that the editions of the reports shown do not ask for what ``chart`` would show; that is not 0."""
    labels = stage().labels
    with st.container(border=True, key=f"empty_not_asked_{key}"):
        st.subheader(labels("empty.not_asked_title"), anchor=False, icon=":material/help_center:")
        st.markdown(labels("empty.not_asked_text", what=chart.title))
        st.page_link(stage().pages["methodology"], label=labels("empty.not_asked_way"), icon=":material/menu_book:")
