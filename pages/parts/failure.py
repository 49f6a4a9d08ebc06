"""What a visitor sees when a page fails: a sentence in their language and a way on, never a traceback."""

from __future__ import annotations

import logging

import streamlit as st

from ogi.labels import Labels
from pages.parts.address import clear_filters, current_view

_LOG = logging.getLogger(__name__)


def show_failure(error: Exception) -> bool:
    """Log ``error`` and show a sentence in its place; returns that nothing else need be shown."""
    _LOG.error("a page failed", exc_info=error)
    labels = Labels(current_view().lang)
    st.error(labels("frame.failed"), icon=":material/error:")
    st.button(labels("empty.filtered_way"), key="failure_clear", on_click=clear_filters)
    return True
