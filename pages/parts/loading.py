"""How far reading the sample documents is, said honestly while the pages already show what has been read."""

from __future__ import annotations

import streamlit as st

from ogi.labels import Labels
from pages.parts.sample_library import sample_library

_STEP = 15
"""The pages are drawn again after so many more documents, so that they fill up without flickering."""


def show_progress(labels: Labels) -> None:
    """Show a bar while documents are being read; afterwards say which samples could not be read."""
    progress = sample_library().progress()
    if not progress.is_finished:
        _bar(labels, progress.done)


@st.fragment(run_every=1.0)
def _bar(labels: Labels, drawn_at: int) -> None:
    progress = sample_library().progress()
    if progress.is_finished or progress.done >= drawn_at + _STEP:
        st.rerun()
    st.progress(
        progress.done / progress.total if progress.total else 0.0,
        text=labels("loading.samples", done=progress.done, total=progress.total),
    )
