"""机关名录: the organs of the library, what each was called, which followed which; lists and populations come in here."""

from __future__ import annotations

from math import ceil

import streamlit as st

from ogi.store.register import registered, registered_organ
from pages.parts.address import change_view
from pages.parts.organ_details import show_organ
from pages.parts.organ_import import show_organ_import
from pages.parts.organ_register import show_register, show_register_filters
from pages.parts.population_import import show_populations
from pages.parts.side_panel import side_panel
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, look, show_said, telling

ON_A_PAGE = 50
at = stage()
labels, view = at.labels, at.view


def show_list() -> None:
    """Draw how many organs there are, and one page of them."""
    offset = (view.list_page - 1) * ON_A_PAGE
    found = look(
        lambda c: registered(c, view.search, levels=view.levels, kinds=view.kinds, offset=offset, limit=ON_A_PAGE),
    )
    pages = max(1, ceil(found.total / ON_A_PAGE))
    if not found.rows and view.list_page > 1:  # the list has become shorter than the address remembers
        change_view(list_page=1)
        st.rerun()
    if not found.rows:
        show_empty()
        return
    words = {"total": f"{found.total:,}", "first": offset + 1, "last": offset + len(found.rows)}
    st.markdown(labels("organs.count" if pages > 1 else "organs.count_all", **words))
    show_register(found.rows, view, labels)
    if pages > 1:
        turned = st.pagination(pages, default=min(view.list_page, pages), key=f"list_page_{view.list_page}")
        if turned != view.list_page:
            change_view(list_page=turned)
            st.rerun()


def show_empty() -> None:
    """Say that there is nothing to list, and what to do."""
    if view.search or view.levels or view.kinds:
        st.info(labels("organs.filtered"), icon=":material/filter_alt_off:")
        return
    with st.container(border=True, horizontal_alignment="center", key="empty_organs"):
        st.subheader(labels("organs.empty_title"), anchor=False, icon=":material/inbox:", text_alignment="center")
        st.markdown(labels("organs.empty_text"), text_alignment="center")


st.title(labels("page.organs"), help=labels("organs.tip"), anchor=False)
show_said()
if not is_at_hand(labels):
    st.stop()
with telling(labels):
    show_register_filters(view, labels)
    asked = view.focus_organ or ""
    organ = look(lambda c: registered_organ(c, asked))
    if organ is None:
        show_list()
    else:
        listing, panel = st.columns([3, 2], gap="medium")
        with listing:
            show_list()
        with panel, side_panel(is_open=True):
            show_organ(organ, labels)
    show_organ_import(labels)
    show_populations(labels)
