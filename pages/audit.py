"""审计: what was done, by whom and why, and who has an account; for administrators."""

from __future__ import annotations

import streamlit as st

from pages.parts.account_list import show_accounts
from pages.parts.audit_lines import show_audit_lines
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, telling
from pages.parts.visitor import visitor

labels = stage().labels

st.title(labels("page.audit"), help=labels("audit.tip"), anchor=False)
if not visitor().may_administer:  # whatever led here
    st.stop()
if not is_at_hand(labels):
    st.stop()
lines, accounts = st.tabs([labels("audit.lines"), labels("audit.accounts")])
with lines, telling(labels):
    show_audit_lines(labels)
with accounts, telling(labels):
    show_accounts(labels)
