"""A box that draws what is in it only while it is open, and stays open when the numbers in its title change."""

from __future__ import annotations

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer


def drawer(title: str, *, icon: str, key: str) -> ExpanderContainer:
    """Return an expander, closed at first; ``open`` tells whether to fill it.

    What every run draws costs the server and the browser time even where nobody sees it; opening costs one run.
    """
    # Another title is another box to Streamlit, which would start closed.
    st.session_state[key] = bool(st.session_state.get(key, False))
    return st.expander(title, icon=icon, key=key, on_change="rerun")
