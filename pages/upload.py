"""上传: read files, check what was read, correct organ, year and scope, and show the reports in all pages."""

from __future__ import annotations

import hashlib

import streamlit as st

from pages.parts.plain import plain
from pages.parts.stage import stage
from pages.parts.upload_card import add_all, candidate, show_card
from pages.parts.upload_reading import Outcome, outcomes, read_upload
from pages.parts.uploads import shown_uploads

labels = stage().labels

st.title(labels("page.upload"), help=labels("upload.tip"), anchor=False)
st.markdown(labels("upload.intro"))
st.info(labels("upload.session_only"), icon=":material/lock_clock:")

files = st.file_uploader(labels("upload.files"), accept_multiple_files=True, key="upload_files")


def read_new(data: bytes, name: str) -> None:
    """Read one file, naming each step while it runs."""
    with st.status(labels("upload.reading", name=name), expanded=True) as status:
        status_line = st.empty()

        def tell(step: str) -> None:
            status_line.markdown(labels(f"step.{step}"))

        outcome = read_upload(data, name, tell)
        outcomes()[outcome.sha256] = outcome
        state = "error" if outcome.verdict == "not" else "complete"
        status.update(label=f"{name} · {labels(f'upload.verdict.{outcome.verdict}')}", state=state, expanded=False)


taken = st.session_state.setdefault("upload_taken", set())
seen: dict[str, str] = {}
for file in files or []:
    content = file.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    if digest in seen:
        st.caption(f":material/content_copy: {plain(file.name)} — {plain(labels('upload.duplicate_bytes', name=seen[digest]))}")
    elif file.file_id not in taken and digest not in outcomes():
        read_new(content, file.name)
    seen.setdefault(digest, file.name)
    taken.add(file.file_id)

found: list[Outcome] = list(outcomes().values())
shown = {entry.report.document.sha256 for entry in shown_uploads()}
ready = [outcome for outcome in found if outcome.sha256 not in shown and (entry := candidate(outcome)) and entry.is_identified]

with st.container(horizontal=True, vertical_alignment="center"):
    if len(ready) > 1:
        st.button(
            labels("upload.add_all", count=len(ready)),
            key="add_all",
            type="primary",
            icon=":material/add_chart:",
            on_click=add_all,
            args=(ready,),
        )
    if shown:
        st.page_link(stage().pages["overview"], label=labels("upload.see"), icon=":material/arrow_forward:")

for outcome in reversed(found):
    show_card(outcome, labels, is_only=len(found) == 1)
