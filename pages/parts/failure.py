"""What a visitor sees when a page fails: a sentence in their language and a way on, never a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from ogi.journal import tell
from ogi.labels import Labels
from ogi.store.snapshot.reader import SnapshotDamagedError
from pages.parts.address import clear_filters, current_view
from pages.parts.store import mend, telling


def show_failure(error: Exception) -> bool:
    """Log ``error`` and show a sentence in its place; returns that nothing else need be shown."""
    event_id = tell("failed", level=logging.ERROR, error=error, what="page", page=current_view().page)
    labels = Labels(current_view().lang)
    if isinstance(error, SnapshotDamagedError):
        _mended(error, labels)
        return True
    st.error(f"{labels('frame.failed')} {labels('journal.tell', id=event_id)}", icon=":material/error:")
    st.button(labels("empty.filtered_way"), key="failure_clear", on_click=clear_filters)
    return True


def _mended(error: SnapshotDamagedError, labels: Labels) -> None:
    """The published figures are damaged: they are made anew from the records, and nothing wrong is shown meanwhile."""
    with telling(labels):
        mend(error)
        st.warning(labels("snapshot.made_anew", reason=labels(f"snapshot.damaged.{error.code}")), icon=":material/build_circle:")
        st.button(labels("snapshot.again"), key="snapshot_again", icon=":material/refresh:")
