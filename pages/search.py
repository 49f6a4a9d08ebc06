"""搜索: the prose of every report of the library, with the sentence in which the words stand."""

from __future__ import annotations

from contextlib import suppress
from math import ceil

import streamlit as st

from ogi.store.location import StoreError
from ogi.store.search import SearchFilter, index_pending, search
from pages.parts.address import change_view, go_to
from pages.parts.report_filters import SCOPES_OF, search_field, years_field
from pages.parts.report_list import linked_html
from pages.parts.search_hits import hits_html
from pages.parts.signed_in import show_way_to_upload
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, look, store, telling

ON_A_PAGE = 20
_INDEXING_SECONDS = 0.3
at = stage()
labels, view = at.labels, at.view

st.title(labels("page.search"), help=labels("search_page.tip"), anchor=False)
if not is_at_hand(labels):
    st.stop()
with telling(labels):
    if not len(at.library.kept or ()):
        st.info(labels("nothing_to_search.text"), icon=":material/inbox:")
        show_way_to_upload(labels)
        st.stop()
    words, years = st.columns([3, 2])
    with words:
        search_field(view, labels("search_page.words"), labels("search_page.placeholder"))
    with years:
        years_field(view, labels)
    if view.organs:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(labels("search_page.organs", count=len(view.organs)))
            st.button(
                labels("search_page.all_organs"), key="search_all", type="tertiary",
                on_click=change_view, kwargs={"organs": (), "list_page": 1},
            )  # fmt: skip
    if not view.search:
        st.info(labels("search_page.begin"), icon=":material/search:")
        st.stop()
    with suppress(StoreError):  # what was stored lately is found all the same, only slower
        index_pending(store().records, seconds=_INDEXING_SECONDS)
    wanted = SearchFilter(organ_ids=view.organs, years=view.years, scopes=SCOPES_OF[view.scope])
    offset = (view.list_page - 1) * ON_A_PAGE
    found = look(lambda c: search(c, view.search, wanted, offset=offset, limit=ON_A_PAGE))
    for note in found.notes:
        st.caption(f":material/info: {labels(f'search.note.{note}')}")
    if not found.total:
        st.warning(labels("search_page.nothing"), icon=":material/search_off:")
        st.stop()
    st.markdown(labels("search_page.count", total=f"{found.total:,}"))
    linked_html(hits_html(found.hits, view, labels), "search_hits", lambda key: go_to("report", report=key, cell=None))
    pages = ceil(found.total / ON_A_PAGE)
    if pages > 1:
        turned = st.pagination(pages, default=min(view.list_page, pages), key=f"search_page_{view.list_page}")
        if turned != view.list_page:
            change_view(list_page=turned)
            st.rerun()
