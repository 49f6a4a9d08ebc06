"""复议诉讼: outcomes of reconsideration and litigation in three blocks, and correction rates with their base."""

from __future__ import annotations

import streamlit as st

from ogi.charts import correction_rate, dispute_blocks, review_chain
from pages.parts.choices import choose_basis, choose_measure, choose_year
from pages.parts.figures import show_chart
from pages.parts.frames import show_scope_note, table_keys
from pages.parts.members import show_groups_note
from pages.parts.opening import has_reports, open_page
from pages.parts.stage import stage
from pages.parts.subject import choose_numbers, show_beside
from pages.parts.tips import indicator_tip

MEASURES = (
    "reconsideration.total",
    "litigation_all.total",
    "litigation_direct.total",
    "litigation_after_reconsideration.total",
    "reconsideration.corrected",
    "litigation_all.corrected",
)

at = stage()
labels = at.labels
open_page("disputes")

if has_reports():
    show_scope_note(at)
    show_groups_note(at)
    numbers, of = choose_numbers(at, table_keys("t4_disputes"))
    basis = choose_basis(at)
    show_chart(at.chart(dispute_blocks, numbers, of=of, basis=basis), labels, key="blocks", tip=labels("disputes.tip"))

    chart = review_chain(numbers, labels=labels)
    show_chart(chart, labels, key="chain", tip=indicator_tip("I26_review_to_suit", labels))

    with st.grid(2, min_column_width=420, gap="large"):
        reviews = at.chart(correction_rate, numbers, of=of, block="reconsideration")
        show_chart(reviews, labels, key="rate_reviews", tip=indicator_tip("I23_review_corrected_rate", labels))
        suits = at.chart(correction_rate, numbers, of=of, block="litigation_all")
        show_chart(suits, labels, key="rate_suits", tip=indicator_tip("I24_lit_loss_rate", labels))

    st.divider()
    key = choose_measure(at, MEASURES)
    show_beside(at, key, choose_year(at))
