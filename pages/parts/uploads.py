"""What this session uploaded: the reports shown in the dashboard, and the library they make with the samples.

Uploads live in the session only; they are gone when it ends.
"""

from __future__ import annotations

import streamlit as st

from ogi.library import Entry, Library
from ogi.report import Report
from pages.parts.sample_library import sample_library

_SHOWN, _LIBRARY = "uploaded_entries", "session_library"


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
    """Samples and uploads together; the same object as long as neither changes, so that what is built on it is kept."""
    samples, uploaded = sample_library().library(), shown_uploads()
    kept = st.session_state.get(_LIBRARY)
    if kept is None or kept[0] is not samples or kept[1] is not uploaded:
        kept = (samples, uploaded, samples.add(*uploaded) if uploaded else samples)
        st.session_state[_LIBRARY] = kept
    return kept[2]


def same_reading(one: Report, other: Report) -> bool:
    """Whether two reports were read from one place: the same file and, of a file of several reports, the same of them."""
    names = (one.organ.name, one.report_year, one.scope)
    return one.document.sha256 == other.document.sha256 and names == (other.organ.name, other.report_year, other.scope)
