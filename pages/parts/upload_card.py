"""One uploaded file: verdict with reason, organ, year and scope to correct, what to look at, the tables as read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import streamlit as st

from ogi.form import load_form
from ogi.labels import Labels
from ogi.library import Entry, entry_from
from ogi.related_reports import beside, context_of
from ogi.report import Report
from pages.parts.address import change_view
from pages.parts.findings_list import failing, finding_line, is_reminder
from pages.parts.plain import plain
from pages.parts.upload_check import show_check
from pages.parts.upload_duplicates import show_duplicates
from pages.parts.upload_facts import show_facts
from pages.parts.upload_preview import show_preview
from pages.parts.upload_reading import Outcome, forget, outcomes, reason, verdict_label
from pages.parts.upload_to_library import show_keeping
from pages.parts.uploads import (
    add_upload,
    followed,
    known_findings,
    remove_upload,
    same_reading,
    session_library,
    shown_as,
    shown_uploads,
)

_SCOPES = ("own", "region_total", "system_total", "unknown")
_VERDICTS: dict[str, tuple[Literal["green", "orange", "red"], str]] = {
    "read": ("green", "check_circle"),
    "look": ("orange", "visibility"),
    "partly": ("orange", "rule"),
    "not": ("red", "error"),
}


def candidate(outcome: Outcome) -> Entry | None:
    """The entry a file would make, with what was corrected in its fields; ``None`` where nothing usable was read."""
    if outcome.report is None or outcome.verdict == "not":
        return None
    state, report = st.session_state, outcome.report
    year = state.get(_field(outcome, "year"), report.report_year)
    return entry_from(
        report,
        outcome.findings,
        "uploads",
        organ_name=state.get(_field(outcome, "organ"), report.organ.name) or None,
        report_year=int(year) if year else None,
        scope=state.get(_field(outcome, "scope"), report.scope),
    )


def add_to_dashboard(outcome: Outcome) -> None:
    """Show a file's report in all pages, and turn the pages to the uploads."""
    entry = candidate(outcome)
    if entry is not None and is_ready(outcome, entry):
        add_upload(entry)
        change_view(collection="uploads", organs=(), years=(), levels=(), kinds=(), regions=(), scope="all")


def add_all(ready: Iterable[Outcome]) -> None:
    """Show several files' reports in all pages."""
    for outcome in ready:
        add_to_dashboard(outcome)


def show_card(outcome: Outcome, labels: Labels, *, is_only: bool) -> None:
    """Draw the card of one file; of the only one what matters is open."""
    colour, icon = _VERDICTS[outcome.verdict]
    with st.container(border=True, key=f"card_{outcome.key}"):
        st.markdown(f"#### {plain(outcome.name)}")
        st.badge(verdict_label(outcome, labels), icon=f":material/{icon}:", color=colour)
        st.markdown(plain(reason(outcome, labels)))
        if outcome.verdict == "not" and outcome.journal_id:
            st.caption(labels("journal.id", id=outcome.journal_id))
        report, entry = outcome.report, candidate(outcome)
        if report is not None:
            if entry is not None:
                show_duplicates(outcome, report, labels)
                _identity(outcome, entry, labels)
            show_check(outcome, report, labels, is_open=is_only or entry is None)
            if entry is not None:
                _findings(entry, labels)
                show_preview(outcome, report, labels, is_open=is_only)
            show_facts(outcome, report, labels)
        st.button(labels("upload.forget"), key=f"forget_{outcome.key}", type="tertiary", on_click=forget_all, args=([outcome],))


def _identity(outcome: Outcome, entry: Entry, labels: Labels) -> None:
    report = entry.report
    organ, year, scope = st.columns([5, 2, 4])
    with organ:
        _organ(outcome, report, labels)
    year.number_input(
        labels("upload.year"),
        min_value=2008,
        max_value=2099,
        value=report.report_year,
        step=1,
        key=_field(outcome, "year"),
        help=labels("upload.year_tip"),
        persist_state="session",
    )
    scope.selectbox(
        labels("upload.scope"),
        _SCOPES,
        index=_SCOPES.index(report.scope),
        format_func=lambda value: labels("upload.scope_unknown" if value == "unknown" else f"view.scope.{value}"),
        key=_field(outcome, "scope"),
        help=labels("filter.scope_tip"),
        persist_state="session",
    )
    _actions(outcome, entry, labels)


def _organ(outcome: Outcome, report: Report, labels: Labels) -> None:
    """The organ to correct; where its name fits several, they are offered and none is taken for granted."""
    key, candidates = _field(outcome, "organ"), report.organ.candidates
    if candidates:
        st.selectbox(
            labels("upload.organ_choose"),
            candidates,
            index=None,
            placeholder=report.organ.name or "",
            accept_new_options=True,
            key=key,
            help=labels("upload.organ_choose_tip"),
            persist_state="session",
        )
    else:
        name = report.organ.name or ""
        st.text_input(labels("upload.organ"), name, key=key, help=labels("upload.organ_tip"), persist_state="session")


def is_ready(outcome: Outcome, entry: Entry | None) -> bool:
    """Whether a report can be shown: organ and year are known, and of several organs of one name one was chosen."""
    return entry is not None and entry.is_identified and not _must_choose(outcome)


def is_shown(outcome: Outcome) -> bool:
    """Whether a report is in the dashboard already."""
    return outcome.report is not None and shown_as(outcome.report) is not None


def _must_choose(outcome: Outcome) -> bool:
    return bool(outcome.report and outcome.report.organ.candidates and not st.session_state.get(_field(outcome, "organ")))


def _actions(outcome: Outcome, entry: Entry, labels: Labels) -> None:
    older = session_library().would_replace(entry)
    shown = shown_as(entry.report)
    is_current = shown is not None and shown.report_id == entry.report_id
    if older is not None and not same_reading(older.report, entry.report):
        st.warning(labels("upload.duplicate_identity", name=older.report.document.name), icon=":material/content_copy:")
    if shown is not None:
        st.success(labels("upload.added", organ=shown.organ_name or "", year=shown.report_year or ""), icon=":material/check:")
    if _must_choose(outcome):
        st.warning(labels("upload.need_choice", name=plain(entry.organ_name or "")), icon=":material/help:")
    elif not entry.organ_id:
        st.warning(labels("upload.need_organ"), icon=":material/help:")
    if not entry.report_year:
        st.warning(labels("upload.need_year"), icon=":material/help:")
    show_keeping(outcome, entry, labels, is_ready=is_ready(outcome, entry))
    with st.container(horizontal=True):
        if not is_current:
            st.button(
                labels("upload.add"),
                key=f"add_{outcome.key}",
                help=labels("keep.session_tip"),
                icon=":material/add_chart:",
                disabled=not is_ready(outcome, entry),
                on_click=add_to_dashboard,
                args=(outcome,),
            )
        if shown is not None:
            st.button(labels("upload.remove"), key=f"remove_{outcome.key}", on_click=_take_out, args=(shown,))


def _findings(entry: Entry, labels: Labels) -> None:
    """What checks found in the report, also beside the other uploads: the year before, another version."""
    others = [other for one in outcomes().values() if (other := candidate(one)) is not None and other.report is not entry.report]
    found = failing(beside(entry, context_of([*others, entry], followed()), load_form(), known_findings()).findings)
    if not found:
        st.markdown(f":material/verified: {labels('upload.no_findings')}")
        return
    problems = any(not is_reminder(finding) for finding in found)
    with st.expander(labels("upload.findings", count=len(found)), expanded=problems, icon=":material/rule:"):
        for finding in found:
            st.markdown(finding_line(finding, labels))


def forget_all(gone: Iterable[Outcome]) -> None:
    """Forget files that were read, and take their reports out of all pages."""
    for outcome in gone:
        forget(outcome)
        entry = shown_as(outcome.report) if outcome.report else None
        if entry is not None:
            _take_out(entry)


def _take_out(entry: Entry) -> None:
    """Take a report out of all pages; with the last one gone the samples come back."""
    remove_upload(entry)
    if not shown_uploads():
        change_view(collection="auto")


def _field(outcome: Outcome, name: str) -> str:
    return f"{name}_{outcome.key}"
