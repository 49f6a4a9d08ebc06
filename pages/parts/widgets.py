"""A widget that shows a field of the view and writes what is chosen back into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.parts.address import change_view, current_view


def draw(
    widget: Callable[..., Any],
    name: str,
    value: Any,
    *,
    label: str,
    apply: Callable[[Any], None] | None = None,
    none: Any = None,
    field: str | None = None,
    **options: Any,
) -> None:
    """Draw ``widget`` for the field ``name``.

    The view decides what is shown and a choice changes the view before the next run, so widget and address never differ.

    Args:
        widget: the Streamlit function.
        name: field of the view; the widget's key is ``filter_<name>``.
        value: what to show; it must be among the options.
        label: the label above it.
        apply: takes the choice in place of the field.
        none: the option that stands for ``None`` in the view.
        field: the field of the view where that is not ``name``, so that two widgets can show the same one.
        **options: passed on to the widget.
    """
    key = f"filter_{name}"
    st.session_state[key] = value

    def changed() -> None:
        chosen = st.session_state[key]
        if chosen is None:
            chosen = getattr(current_view(), field or name)
        # While labels change (a count grows, the language is switched) a browser may still send an old label: no choice.
        if chosen == value or any(
            choice not in options["options"] for choice in (chosen if isinstance(chosen, list) else [chosen])
        ):
            return
        if apply:
            apply(chosen)
        else:
            fitting = tuple(chosen) if isinstance(chosen, list) else chosen
            change_view(**{field or name: None if none is not None and fitting == none else fitting})

    widget(label, key=key, on_change=changed, **options)
