"""分享: every link that was made, whether it is open, how often it was opened, and the way to revoke it."""

from __future__ import annotations

import streamlit as st

from pages.parts.share_list import show_shares
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, show_said, telling

labels = stage().labels

st.title(labels("page.share"), help=labels("share.list.tip"), anchor=False)
show_said()
if not is_at_hand(labels):
    st.stop()
with telling(labels):
    show_shares(labels)
