"""Who changes something: the name a person gives, kept for the session."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from ogi.labels import Labels
from ogi.store.act import Act
from pages.parts.visitor import visitor

_NAME = "person_name"
LOCAL = "local"
"""Who acts on a computer of one's own, where nobody gave a name."""


def person() -> str:
    """The name of who sits here: that of the sign-in, or on a computer of one's own the one given, else ``local``."""
    if not visitor().is_local:
        return visitor().name or LOCAL
    return (st.session_state.get(_NAME) or "").strip() or LOCAL


def act(why: str = "") -> Act:
    """An act of this person, now."""
    return Act(by=person(), why=why.strip())


def person_field(labels: Labels) -> None:
    """Ask for the name under which changes are kept; who signed in is not asked."""
    if not visitor().is_local:
        return
    st.text_input(
        labels("library.person"),
        key=_NAME,
        max_chars=60,
        placeholder=labels("library.person_placeholder"),
        help=labels("library.person_tip"),
        persist_state="session",
    )


def person_name(by: str, labels: Labels) -> str:
    """A name as it is shown."""
    known = {LOCAL: "library.by_local", "ingest": "library.by_ingest"}
    return labels(known[by]) if by in known else by


def moment(at: dt.datetime) -> str:
    """A point in time as the reader's clock shows it, to the minute; by the server's clock where the browser tells no zone."""
    try:
        zone = ZoneInfo(st.context.timezone or "")
    except (ValueError, ZoneInfoNotFoundError):
        zone = None
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
