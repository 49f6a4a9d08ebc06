"""录入: the official form on screen, for reports on paper or with pictures for tables; also completes a report read in part."""

from __future__ import annotations

import streamlit as st

from pages.parts.address import change_view
from pages.parts.document_page import beside_document
from pages.parts.key_in_form import ask_edition, ask_identity, draw_tables, form_of
from pages.parts.key_in_saving import show_saving
from pages.parts.plain import plain
from pages.parts.report_at_hand import report_of, title_of
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, show_said, telling

at = stage()
labels = at.labels

st.title(labels("page.key_in"), help=labels("key_in.tip"), anchor=False)
show_said()
if not is_at_hand(labels):
    st.stop()
with telling(labels):
    stored = report_of(at.view)
    if at.view.report is not None and stored is None:
        st.warning(labels("report.gone_text"), icon=":material/find_in_page:")
    if stored is None:
        st.markdown(labels("key_in.intro"))
        identity = ask_identity(labels)
    else:
        st.markdown(plain(labels("key_in.intro_complete", title=title_of(stored, labels))))
        with st.container(horizontal=True):
            st.page_link(at.pages["report"], label=labels("key_in.back"), icon=":material/arrow_back:")
            st.button(
                labels("key_in.new_instead"), key="key_in_new", type="tertiary", icon=":material/note_add:",
                on_click=change_view, kwargs={"report": None},
            )  # fmt: skip
        identity = (stored.place.organ.name, stored.place.report_year, stored.place.scope)
    with beside_document(stored, labels):
        edition = ask_edition(identity[1], labels)
        form = form_of(stored.key if stored else "new", stored.effective if stored else None, edition, identity)
        draw_tables(form, labels)
        show_saving(form, stored, labels)
