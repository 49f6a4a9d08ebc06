"""What this session uploaded: the reports shown in the dashboard, and what they make with the samples and the library.

Uploads live in the session only; they are gone when it ends.
"""

from __future__ import annotations

import streamlit as st

from ogi.checks import Finding
from ogi.checks.context import Relations
from ogi.form import load_form
from ogi.library import Entry, Library
from ogi.related_reports import beside_each_other
from ogi.report import Report
from ogi.shares.grant import TooWideError
from ogi.store.location import StoreError
from ogi.store.successions import all_successions
from pages.parts.granted import end_too_wide, granted
from pages.parts.open_library import open_library
from pages.parts.store import look

_SHOWN, _LIBRARY, _BESIDE = "uploaded_entries", "session_library", "uploads_beside"


def shown_uploads() -> tuple[Entry, ...]:
    """The uploaded reports that were added to the dashboard, in the order they came."""
    return st.session_state.get(_SHOWN, ())


def add_upload(entry: Entry) -> None:
    """Show a report in the dashboard; one with the same organ, year and scope makes room for it."""
    kept = tuple(
        old for old in shown_uploads() if old.report_id != entry.report_id and not same_reading(old.report, entry.report)
    )
    st.session_state[_SHOWN] = (*kept, entry)


def remove_upload(entry: Entry) -> None:
    """Take a report out of the dashboard again."""
    st.session_state[_SHOWN] = tuple(old for old in shown_uploads() if not same_reading(old.report, entry.report))


def shown_as(report: Report) -> Entry | None:
    """The entry under which a report is shown in the dashboard, or ``None``."""
    return next((entry for entry in shown_uploads() if same_reading(entry.report, report)), None)


def session_library() -> Library:
    """Samples, uploads and the library together; the same object as long as none changes, so that what is built on it is kept.

    Of the library one generation is taken; without a store there is none. A session that reads through a link gets what was
    shared and nothing else.
    """
    found = granted()
    grant = None if found is None else found.grant
    parts = (open_library(), shown_uploads())
    known = st.session_state.get(_LIBRARY)
    if known is None or known[1] != grant or any(one is not other for one, other in zip(known[0], parts, strict=True)):
        library, uploaded = parts
        if uploaded:
            library = library.add(*beside_each_other(uploaded, load_form(), known_findings(), followed()))
        try:
            known = (parts, grant, library if grant is None else grant.limited(library))
        except TooWideError:
            end_too_wide()
        st.session_state[_LIBRARY] = known
    return known[2]


def known_findings() -> dict[tuple[object, ...], tuple[Finding, ...]]:
    """What checks found in uploads beside each other, by what decides it: worked out once a session."""
    return st.session_state.setdefault(_BESIDE, {})


def followed() -> Relations:
    """Which organs followed which, as the library knows; nothing without a library."""
    try:
        return Relations(links=look(all_successions))
    except StoreError:
        return Relations()


def same_reading(one: Report, other: Report) -> bool:
    """Whether two reports were read from one place: the same file and, of a file of several reports, the same of them."""
    names = (one.organ.name, one.report_year, one.scope)
    return one.document.sha256 == other.document.sha256 and names == (other.organ.name, other.report_year, other.scope)
