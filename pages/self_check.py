"""发布前自查: a clerk drops a draft and sees what is to be mended; the mended draft says what is solved, open and new."""

from __future__ import annotations

import streamlit as st

from loaders.against import objections
from ogi.report import Report
from pages.parts.address import go_to
from pages.parts.plain import plain
from pages.parts.self_check_list import show_fix_list
from pages.parts.self_check_reading import Draft, as_outcome, check_draft, last_year_of, read_draft, round_before
from pages.parts.signed_in import is_for
from pages.parts.stage import stage
from pages.parts.upload_intake import size_limit
from pages.parts.upload_reading import take_over

labels = stage().labels


def read(file) -> Draft:
    """Read a file that was dropped, saying how far it is."""
    with st.spinner(labels("self_check.reading", name=file.name)):
        return read_draft(file.getvalue(), file.name, lambda _: None)


def say_unreadable(draft: Draft) -> None:
    """Say why nothing was read."""
    if draft.error is not None:
        why = labels(f"error.{draft.error.code}", **draft.error.params)
        st.error(plain(f"{draft.name}: {why}"), icon=":material/error:")


def keep(draft: Draft, findings: tuple, data: bytes) -> None:
    """Hand the draft over to the page of uploads, where it can be kept; for callbacks."""
    take_over(as_outcome(draft, findings), data)
    go_to("upload")


st.title(labels("page.self_check"), help=labels("self_check.tip"), anchor=False)
st.markdown(labels("self_check.intro"))
left, right = st.columns(2)
tip = labels("self_check.limit", limit=size_limit())
draft_file = left.file_uploader(labels("self_check.draft"), key="self_check_draft", help=tip)
others = right.file_uploader(
    labels("self_check.before"), key="self_check_before", accept_multiple_files=True, help=labels("self_check.before_tip")
)
st.caption(f":material/lock: {labels('self_check.private')}")
if draft_file is None:
    st.stop()
draft = read(draft_file)
say_unreadable(draft)
if draft.report is None:
    st.stop()
dropped: list[Report] = []
for other in others or ():
    found = read(other)
    say_unreadable(found)
    dropped += [found.report] if found.report is not None else []
for sentence in objections(draft.report, dropped, labels):
    st.warning(plain(sentence), icon=":material/link_off:")
before, origin = last_year_of(draft.report, dropped)
checked = check_draft(draft, before)
earlier = round_before(checked)

organ, year = draft.report.organ.name or labels("cli.unknown"), draft.report.report_year or labels("cli.unknown")
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.markdown(f"#### {plain(labels('self_check.head', organ=organ, year=str(year)))}")
    if is_for("upload"):
        st.button(
            labels("self_check.keep"), key="self_check_keep", icon=":material/inventory_2:", type="tertiary",
            on_click=keep, args=(draft, checked.findings, draft_file.getvalue()),
        )  # fmt: skip
if draft.others:
    st.warning(labels("self_check.others", count=draft.others), icon=":material/filter_none:")
if before:
    names = labels("list_separator").join(report.document.name for report in before)
    st.caption(plain(labels("self_check.beside", name=names, origin=labels(f"self_check.origin.{origin}"))))
else:
    st.caption(f":material/info: {labels('self_check.alone')}")
st.caption(labels("self_check.took", read=f"{draft.seconds:.1f}", check=f"{checked.seconds:.1f}"))
show_fix_list(checked, earlier, labels)
