"""A change that needs a reason: the field for it and the button, which is never grey; without a reason it says what is missing.

A grey button that wakes only when the field is left costs a click that does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from ogi.labels import Labels


def reasoned_button(
    label: str,
    key: str,
    act: Callable[[str], None],
    labels: Labels,
    *,
    kind: Literal["primary", "secondary"] = "secondary",
    icon: str | None = None,
) -> None:
    """Draw the field ``KEY_why`` and the button ``key``; ``act`` gets the reason, in a callback, only where there is one."""
    name, missing = f"{key}_why", f"{key}_why_missing"

    def press() -> None:
        why = str(st.session_state.get(name) or "").strip()
        if why:
            act(why)
        else:
            st.session_state[missing] = True

    st.text_input(labels("correct.why"), key=name, max_chars=400)
    st.button(label, key=key, type=kind, icon=icon, on_click=press)
    if st.session_state.pop(missing, False):
        st.error(labels("correct.need_why"))
