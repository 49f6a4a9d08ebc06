"""The years of a view as a range with two handles, beside the single years."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ogi.labels import Labels
from ogi.view import View
from pages.parts.address import change_view

_ENDS = (min, max)
_FEWEST = 4
"""Of fewer years each is as quickly chosen by itself."""


def between(years: Sequence[int], first: int, last: int) -> tuple[int, ...]:
    """Return the years from ``first`` to ``last``; nothing where these are all, for none chosen means all."""
    inside = tuple(year for year in years if first <= year <= last)
    return () if len(inside) == len(years) else inside


def choose_range(view: View, years: Sequence[int], labels: Labels) -> None:
    """Let the reader choose years in a row by their ends; all of them stand for no choice.

    Args:
        view: what is shown.
        years: the years with reports, oldest first.
        labels: the language.
    """
    if len(years) < _FEWEST:
        return
    chosen = [year for year in view.years if year in years] or list(years)

    ends = tuple(end(chosen) for end in _ENDS)
    # A slider has two handles only where its value is given with it, and then none may be set beforehand: so each pair of ends
    # is a widget of its own, and the address decides as for all others.
    key = "years_range_{}_{}".format(*ends)

    def take() -> None:
        found = st.session_state.get(key)
        if isinstance(found, tuple) and len(found) == len(_ENDS) and found != ends:
            change_view(years=between(years, *found))

    st.select_slider(
        labels("filter.range"), options=list(years), value=ends, key=key, on_change=take, label_visibility="collapsed"
    )
