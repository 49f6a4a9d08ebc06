"""上传: read files, check what was read, correct organ, year and scope, and show the reports in all pages."""

from __future__ import annotations

from math import ceil

import streamlit as st

from pages.parts.ingest_progress import show_jobs
from pages.parts.stage import stage
from pages.parts.store import show_said
from pages.parts.upload_card import add_all, candidate, forget_all, is_ready, is_shown, show_card
from pages.parts.upload_intake import size_limit, take_in
from pages.parts.upload_kinds import show_kinds
from pages.parts.upload_list import show_list
from pages.parts.upload_reading import Outcome, outcomes
from pages.parts.upload_to_library import is_kept, keep, store_reason
from pages.parts.uploads import shown_uploads

ON_A_PAGE = 5
labels = stage().labels

st.title(labels("page.upload"), help=labels("upload.tip"), anchor=False)
st.markdown(labels("upload.intro", limit=size_limit()))
st.info(labels("upload.session_only"), icon=":material/lock_clock:")
take_in(labels)
if store_reason(labels) is None:
    show_jobs(labels)
show_kinds(labels)

found: list[Outcome] = list(outcomes().values())
placed = [(outcome, entry) for outcome in found if (entry := candidate(outcome)) is not None and is_ready(outcome, entry)]
ready = [outcome for outcome, _ in placed if not is_shown(outcome)]
complete = [pair for pair in placed if pair[0].verdict == "read" and not is_kept(pair[0])]
show_said()

show_list(found, labels)
with st.container(horizontal=True, vertical_alignment="center"):
    if len(complete) > 1 and store_reason(labels) is None:
        st.button(
            labels("keep.all", count=len(complete)),
            key="keep_all",
            type="primary",
            icon=":material/inventory_2:",
            on_click=keep,
            args=(complete, labels),
        )
    if len(ready) > 1:
        st.button(
            labels("upload.add_all", count=len(ready)),
            key="add_all",
            help=labels("keep.session_tip"),
            icon=":material/add_chart:",
            on_click=add_all,
            args=(ready,),
        )
    if len(found) > 1:
        st.button(labels("upload.clear"), key="forget_all", on_click=forget_all, args=(found,))
    if shown_uploads():
        st.page_link(stage().pages["overview"], label=labels("upload.see"), icon=":material/arrow_forward:")

newest_first = [outcome for outcome in reversed(found) if outcome.verdict != "skipped"]
number = 1
if len(newest_first) > ON_A_PAGE:
    number = st.pagination(ceil(len(newest_first) / ON_A_PAGE), key="upload_page")
for outcome in newest_first[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]:
    show_card(outcome, labels, is_only=len(newest_first) == 1)
