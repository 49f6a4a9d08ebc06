"""主动公开: rules and normative documents, decisions on licences, penalties and coercion, and fees."""

from __future__ import annotations

import streamlit as st

from ogi.charts import decisions_by_year, documents_by_year, fees_by_year
from pages.parts.choices import choose_measure, choose_year
from pages.parts.figures import show_chart
from pages.parts.frames import show_scope_note, table_keys
from pages.parts.members import show_groups_note
from pages.parts.opening import has_reports, open_page
from pages.parts.stage import stage
from pages.parts.subject import choose_numbers, show_beside
from pages.parts.tips import cell_tip, measure_tip

MEASURES = (
    "normative_documents.in_force",
    "normative_documents.issued",
    "licensing.decisions",
    "penalty.decisions",
    "coercion.decisions",
    "fees.amount_wan_yuan",
)

at = stage()
labels = at.labels
open_page("proactive")

if has_reports():
    show_scope_note(at)
    show_groups_note(at)
    numbers, of = choose_numbers(at, table_keys("t2_art20_1", "t2_art20_5", "t2_art20_6", "t2_art20_8"))

    for document in ("normative_documents", "rules"):
        show_chart(
            at.chart(documents_by_year, numbers, of=of, document=document),
            labels,
            key=document,
            tip=cell_tip(f"{document}.in_force", labels),
            asks=(f"{document}.issued", f"{document}.newly_made"),
        )

    with st.grid(2, min_column_width=420, gap="large"):
        for decision in ("licensing", "penalty", "coercion"):
            key = f"{decision}.decisions"
            chart = at.chart(decisions_by_year, numbers, of=of, decision=decision)
            show_chart(chart, labels, key=decision, tip=measure_tip(key, labels), asks=(key,))
        fees = at.chart(fees_by_year, numbers, of=of)
        key = "fees.amount_wan_yuan"
        show_chart(fees, labels, key="fees", tip=measure_tip(key, labels), asks=(key,))

    st.divider()
    key = choose_measure(at, MEASURES)
    show_beside(at, key, choose_year(at), over_years=False, asks=(key,))
