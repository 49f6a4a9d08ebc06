"""The grant of a session that reads through a link: looked up anew at every run, so that a revoked link ends open sessions.

This is the one place that says what a session may see. ``None`` means everything, as for who sits at the computer itself; modes
of access that let nobody in without a link or a sign-in ask here, too.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, NoReturn

import streamlit as st

from ogi.labels import Labels
from ogi.shares.grant import Grant, UnreadableShareError
from ogi.shares.share import Share
from ogi.shares.token import cookie_name, is_code, is_pass, token_in
from ogi.store.location import StoreError
from ogi.store.shares import find_share
from pages.parts.address import current_view
from pages.parts.plain import plain
from pages.parts.share_state import shared_code
from pages.parts.store import store

_LOOK_AGAIN_SECONDS = 20.0


class Granted(NamedTuple):
    """A share and what it opens."""

    share: Share
    grant: Grant


def granted() -> Granted | None:
    """Return what this session may see; ``None`` for a session that was not opened through a link.

    Where the link does not open any more the run ends here, with the reason on an otherwise empty page.
    """
    code = shared_code()
    if code is None:
        return None
    found = _looked_up(code)
    if isinstance(found, str):
        _end(found)
    return found


@st.fragment(run_every=_LOOK_AGAIN_SECONDS)
def watch() -> None:
    """Run the page again, and so end it, once the link does not open any more while the reader does nothing."""
    code = shared_code()
    if code is not None and isinstance(_looked_up(code), str):
        st.rerun()


def _looked_up(code: str) -> Granted | str:
    """What a code opens for this browser, or the name of the reason why it opens nothing."""
    try:
        share = _share(code)
        if share is None:
            return "gone"
        if share.state(dt.datetime.now(dt.UTC)) != "open":
            return "expired"
        return Granted(share, Grant.read(share.query))
    except StoreError:
        return "unavailable"
    except UnreadableShareError:
        return "unreadable"


def end_too_wide() -> NoReturn:
    """End the run because more reports are shared than a session takes."""
    _end("too_wide")


def _share(code: str) -> Share | None:
    """The share of a code, to a browser that holds its pass."""
    held = _cookie(cookie_name(code)) if is_code(code) else ""
    token = token_in(held)
    if token is None:
        return None
    with store().records.reading() as connection:
        share = find_share(connection, token)
    if share is None or share.code != code or not is_pass(held, token, share.passcode_hash):
        return None
    return share


def _cookie(name: str) -> str:
    return st.context.cookies.to_dict().get(name, "")


def _end(name: str) -> NoReturn:
    labels = Labels(current_view().lang)
    with st.container(border=True, horizontal_alignment="center", key="share_closed"):
        st.subheader(labels(f"share.closed.{name}_title"), anchor=False, icon=":material/link_off:", text_alignment="center")
        st.markdown(plain(labels(f"share.closed.{name}_text")), text_alignment="center")
    st.stop()
