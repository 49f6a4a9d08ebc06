"""One uploaded file: verdict with reason, organ, year and scope to correct, the tables as read, and what was found."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import streamlit as st

from ogi.labels import Labels
from ogi.library import Entry, entry_from
from ogi.report import Report
from pages.parts.address import change_view
from pages.parts.findings_list import failing, finding_line, is_reminder, marks
from pages.parts.official_tables import missing_tables, table_html, tables_of
from pages.parts.plain import plain
from pages.parts.upload_reading import Outcome, forget, reason
from pages.parts.uploads import add_upload, remove_upload, session_library, shown_uploads

_SCOPES = ("own", "region_total", "system_total", "unknown")
_VERDICTS: dict[str, tuple[Literal["green", "orange", "red"], str]] = {
    "read": ("green", "check_circle"),
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
    if entry is not None and entry.is_identified:
        add_upload(entry)
        change_view(collection="uploads", organs=(), years=(), levels=(), kinds=(), regions=(), scope="all")


def add_all(ready: Iterable[Outcome]) -> None:
    """Show several files' reports in all pages."""
    for outcome in ready:
        add_to_dashboard(outcome)


def show_card(outcome: Outcome, labels: Labels, *, is_only: bool) -> None:
    """Draw the card of one file."""
    colour, icon = _VERDICTS[outcome.verdict]
    with st.container(border=True, key=f"card_{outcome.key}"):
        st.markdown(f"#### {plain(outcome.name)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.badge(labels(f"upload.verdict.{outcome.verdict}"), icon=f":material/{icon}:", color=colour)
            st.markdown(plain(reason(outcome, labels)), width="content")
        entry = candidate(outcome)
        if entry is not None and outcome.report is not None:
            _identity(outcome, entry, labels)
            _findings(outcome, labels)
            with st.expander(labels("upload.preview"), expanded=is_only, icon=":material/table_view:"):
                _preview(outcome, outcome.report, labels)
        elif outcome.report is not None:
            _notices(outcome.report, labels)
        st.button(labels("upload.forget"), key=f"forget_{outcome.key}", type="tertiary", on_click=_forget, args=(outcome,))


def _identity(outcome: Outcome, entry: Entry, labels: Labels) -> None:
    report = entry.report
    organ, year, scope = st.columns([5, 2, 4])
    organ.text_input(
        labels("upload.organ"), report.organ.name or "", key=_field(outcome, "organ"), help=labels("upload.organ_tip")
    )
    year.number_input(
        labels("upload.year"),
        min_value=2008,
        max_value=2099,
        value=report.report_year,
        step=1,
        key=_field(outcome, "year"),
        help=labels("upload.year_tip"),
    )
    scope.selectbox(
        labels("upload.scope"),
        _SCOPES,
        index=_SCOPES.index(report.scope),
        format_func=lambda value: labels("upload.scope_unknown" if value == "unknown" else f"view.scope.{value}"),
        key=_field(outcome, "scope"),
        help=labels("filter.scope_tip"),
    )
    _actions(outcome, entry, labels)
    _notices(report, labels)


def _actions(outcome: Outcome, entry: Entry, labels: Labels) -> None:
    older = session_library().would_replace(entry)
    shown = next((e for e in shown_uploads() if e.report.document.sha256 == outcome.sha256), None)
    is_current = shown is not None and shown.report_id == entry.report_id
    if older is not None and older.report.document.sha256 != outcome.sha256:
        st.warning(labels("upload.duplicate_identity", name=older.report.document.name), icon=":material/content_copy:")
    if shown is not None:
        st.success(labels("upload.added", organ=shown.organ_name or "", year=shown.report_year or ""), icon=":material/check:")
    if not entry.organ_id:
        st.warning(labels("upload.need_organ"), icon=":material/help:")
    if not entry.report_year:
        st.warning(labels("upload.need_year"), icon=":material/help:")
    with st.container(horizontal=True):
        if not is_current:
            st.button(
                labels("upload.add"),
                key=f"add_{outcome.key}",
                type="primary",
                icon=":material/add_chart:",
                disabled=not entry.is_identified,
                on_click=add_to_dashboard,
                args=(outcome,),
            )
        if shown is not None:
            st.button(labels("upload.remove"), key=f"remove_{outcome.key}", on_click=_take_out, args=(shown,))


def _findings(outcome: Outcome, labels: Labels) -> None:
    found = failing(outcome.findings)
    if not found:
        st.markdown(f":material/verified: {labels('upload.no_findings')}")
        return
    problems = any(not is_reminder(finding) for finding in found)
    with st.expander(labels("upload.findings", count=len(found)), expanded=problems, icon=":material/rule:"):
        for finding in found:
            st.markdown(finding_line(finding, labels))


def _notices(report: Report, labels: Labels) -> None:
    for notice in report.notices:
        st.caption(f":material/info: {plain(labels.notice(notice))}")


def _preview(outcome: Outcome, report: Report, labels: Labels) -> None:
    st.caption(labels("preview.legend"))
    found = marks(outcome.findings, labels)
    for table, edition in tables_of(report):
        title = labels("preview.table_title", table=table.label(labels.lang), edition=edition.label(labels.lang))
        st.markdown(f"**{title}**")
        st.html(table_html(table, report, found, labels))
    for table in missing_tables(report):
        st.markdown(f":gray[{plain(labels('preview.missing', table=table.label(labels.lang)))}]")


def _forget(outcome: Outcome) -> None:
    forget(outcome.sha256)
    for entry in shown_uploads():
        if entry.report.document.sha256 == outcome.sha256:
            _take_out(entry)


def _take_out(entry: Entry) -> None:
    """Take a report out of all pages; with the last one gone the samples come back."""
    remove_upload(entry)
    if not shown_uploads():
        change_view(collection="auto")


def _field(outcome: Outcome, name: str) -> str:
    return f"{name}_{outcome.key}"
