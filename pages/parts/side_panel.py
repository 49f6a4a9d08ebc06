"""A panel that stays in sight: beside what is scrolled on a wide screen, at the lower edge of a phone."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.components import v2
from streamlit.delta_generator import DeltaGenerator

KEY = "side_panel"
_STYLE = "side_panel_style"
_CSS = """
@media (min-width: 1001px) {
  [data-testid="stColumn"]:has(> div .st-key-side_panel) { position: sticky; top: 3.5rem; align-self: flex-start; }
  .st-key-side_panel { max-height: calc(100vh - 5rem); overflow-y: auto; }
}
@media (max-width: 640px) {
  .st-key-side_panel_open {
    position: fixed; inset: auto 0 0 0; max-height: 62vh; overflow-y: auto; z-index: 900; padding: .75rem 1rem 1.25rem;
    background: var(--panel-background); border-top: 3px solid var(--panel-edge); box-shadow: 0 -4px 16px rgba(0, 0, 0, .3);
  }
  [data-testid="stMain"]:has(.st-key-side_panel_open) [data-testid="stMainBlockContainer"] { padding-bottom: 64vh; }
}
"""
_JS = """
export default function ({ parentElement, setStateValue }) {
  const theme = getComputedStyle(parentElement);
  const page = document.documentElement.style;
  page.setProperty("--panel-background", theme.getPropertyValue("--st-background-color"));
  page.setProperty("--panel-edge", theme.getPropertyValue("--st-primary-color"));
  const narrow = window.matchMedia("(max-width: 640px)").matches;
  if (parentElement.narrow !== narrow && (narrow || parentElement.narrow !== undefined)) setStateValue("narrow", narrow);
  parentElement.narrow = narrow;
}
"""
_style = v2.component(_STYLE, css=_CSS, js=_JS, isolate_styles=False)
"""Streamlit has no container that stays in sight; nothing but the two places is set here."""


def side_panel(*, is_open: bool) -> DeltaGenerator:
    """Return the container to draw into.

    Args:
        is_open: whether something was picked; on a phone only then it covers the lower part of the screen.
    """
    _style(key=_STYLE, on_narrow_change=lambda: None)
    outer = st.container(key=KEY)
    return outer.container(key=f"{KEY}_open" if is_open else f"{KEY}_waiting")


def is_narrow() -> bool:
    """Whether the panel lies at the lower edge of a narrow screen, as the browser told."""
    state: Any = st.session_state.get(_STYLE)
    return bool(getattr(state, "narrow", False))
