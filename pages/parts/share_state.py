"""Whether this session reads through a link; once it does it stays so."""

from __future__ import annotations

import streamlit as st

from ogi.shares.token import PARAMETER

_CODE = "share_code"


def shared_code() -> str | None:
    """The code of the share this session was opened for, ``None`` for a session of one's own.

    It comes from the address of the first run and is kept: an address without it does not turn the session into another one.
    What is no code is kept, too, and opens nothing.
    """
    asked = st.query_params.get(PARAMETER)
    if asked is not None:
        st.session_state[_CODE] = asked
    return st.session_state.get(_CODE)
