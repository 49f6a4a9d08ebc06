"""报告: one stored report, its tables beside the document, and everything people set, decided and did."""

from __future__ import annotations

import streamlit as st

from pages.parts.cell_panel import show_panel
from pages.parts.compared_reports import show_compared
from pages.parts.desk_source import AtDesk
from pages.parts.report_at_hand import report_of, show_absent
from pages.parts.report_head import show_head
from pages.parts.report_history import show_report_history
from pages.parts.report_identity import show_identity
from pages.parts.report_tables import show_tables
from pages.parts.report_versions import show_versions
from pages.parts.stage import stage
from pages.parts.store import is_at_hand, show_said, telling

at = stage()
labels, view = at.labels, at.view

show_said()
if not is_at_hand(labels):
    st.stop()
with telling(labels):
    stored = report_of(view)
    if stored is None:
        show_absent(labels)
        st.stop()
    show_head(stored, labels)
    tables, panel = st.columns([3, 2], gap="medium")
    with tables:
        show_tables(stored, view.cell, labels)
    with panel:
        show_panel(stored, view.cell, labels)
    show_compared(AtDesk(report=stored.effective, findings=stored.findings, stored=stored), labels, "report")
    names = ("versions", "identity", "history")
    parts = (show_versions, show_identity, show_report_history)
    tabs = st.tabs([labels(f"report.tab.{name}") for name in names], key="report_tabs", on_change="rerun")
    for tab, draw in zip(tabs, parts, strict=True):
        if tab.open:
            with tab:
                draw(stored, labels)
