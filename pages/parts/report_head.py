"""What a stored report is and what can be done with it as a whole: file, form, list of cells to complete, deletion."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ogi.labels import Labels
from ogi.store.conclusions import read_status
from ogi.store.deleting import delete, undelete
from ogi.store.reports import StoredReport
from pages.parts.address import go_to
from pages.parts.corrections_table import offer_table_of
from pages.parts.person import act, moment, person_name
from pages.parts.plain import plain
from pages.parts.reason import reasoned_button
from pages.parts.report_at_hand import bytes_of, title_of
from pages.parts.stage import stage
from pages.parts.store import attempt, change
from pages.parts.visitor import visitor

STATUS_COLOURS = {"complete": "green", "partial": "orange", "missing": "red"}
_LAST_DELETED = "report_last_deleted"


def show_head(stored: StoredReport, labels: Labels) -> None:
    """Draw the name of the report, what state it is in, and the ways on."""
    st.title(plain(title_of(stored, labels)), help=labels("report.tip"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", key="report_badges"):
        status = read_status(stored.effective)
        st.badge(labels(f"reports.status.{status}"), color=STATUS_COLOURS[status])  # type: ignore[arg-type]
        errors = sum(finding.severity == "error" for finding in stored.findings)
        st.badge(_findings_words(stored, errors, labels), color="red" if errors else "orange" if stored.findings else "gray")
        if stored.corrections:
            st.badge(labels("report.corrected_badge", count=len(stored.corrections)), icon=":material/edit:", color="blue")
        if stored.version.origin == "keyed":
            st.badge(labels("state.keyed"), icon=":material/keyboard:", color="violet")
    version = stored.version
    name = version.document_name or labels("report.no_document")
    words = {"name": name, "number": stored.current, "by": person_name(version.by, labels), "at": moment(version.at)}
    st.caption(plain(labels("report.source", **words)))
    changed = [correction for correction in stored.corrections if correction.printed_changed]
    if changed:
        names = labels("list_separator").join(labels.field(correction.key) for correction in changed[:5])
        st.warning(plain(labels("report.printed_changed_in", count=len(changed), names=names)), icon=":material/difference:")
    _actions(stored, labels)


def _findings_words(stored: StoredReport, errors: int, labels: Labels) -> str:
    if not stored.findings:
        return labels("report.no_findings_badge")
    return labels("report.findings_badge", count=len(stored.findings), errors=errors)


def _actions(stored: StoredReport, labels: Labels) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="report_actions"):
        st.page_link(stage().pages["reports"], label=labels("report.to_list"), icon=":material/arrow_back:")
        if stored.version.sha256 is not None:
            st.download_button(
                labels("report.download"),
                partial(_document, stored),
                file_name=stored.version.document_name or "report",
                mime=stored.printed.document.media_type,
                on_click="ignore",
                icon=":material/download:",
                key="download_document",
            )
        if not visitor().may_edit:
            return
        offer_table_of(stored, labels)
        if read_status(stored.effective) != "complete":
            st.button(
                labels("report.complete_by_hand"), key="complete_by_hand", icon=":material/keyboard:", on_click=_key_in,
            )  # fmt: skip
        with st.popover(labels("report.delete"), icon=":material/delete:"):
            st.markdown(labels("report.delete_text"))
            reasoned_button(
                labels("report.delete_now"), "delete_now", lambda why: _delete(stored, why, labels), labels, kind="primary"
            )


def _document(stored: StoredReport) -> bytes:
    return bytes_of(stored) or b""


def _key_in() -> None:
    go_to("key_in")


def _delete(stored: StoredReport, why: str, labels: Labels) -> None:
    def make() -> str:
        change(lambda c: delete(c, stored.report_id, act(why), changes=stored.changes))
        return labels("report.deleted", title=title_of(stored, labels))

    if attempt(make, labels):
        st.session_state[_LAST_DELETED] = stored.report_id
        go_to("reports", report=None, cell=None)


def show_undelete(labels: Labels) -> None:
    """Offer to take back the last deletion of this session."""
    report_id = st.session_state.get(_LAST_DELETED)
    if report_id is not None:
        st.button(
            labels("report.undo_delete"), key="undo_delete", icon=":material/undo:",
            on_click=partial(bring_back, report_id, labels),
        )  # fmt: skip


def bring_back(report_id: int, labels: Labels) -> None:
    """Take a deletion back, from a callback."""

    def make() -> str:
        change(lambda c: undelete(c, report_id, act()))
        return labels("report.brought_back")

    if attempt(make, labels):
        st.session_state.pop(_LAST_DELETED, None)
