"""年度对比: one agency (or a sum) over years, every cell of the form with its change, outcomes, and the prose word by word."""

from __future__ import annotations

import streamlit as st

from ogi.charts import flow, outcome_slope, outcomes_by_year, same_scale
from pages.parts.brief_files import show_brief
from pages.parts.choices import choose_basis
from pages.parts.compared import choose_pair, choose_series, compare, years_of
from pages.parts.figures import show_chart
from pages.parts.lineage import lineage_of, show_lineage
from pages.parts.members import show_held
from pages.parts.opening import has_reports, open_page
from pages.parts.stage import stage
from pages.parts.tips import cell_tip
from pages.parts.years_files import show_downloads
from pages.parts.years_parts import has_two_years, show_changes, show_findings, show_prose, show_tables

at = stage()
labels = at.labels
open_page("years")

if has_reports():
    at, organ, scope = choose_series(at)
    if not organ:
        show_held(at, key="years")
    lineage = lineage_of(at, organ, scope)
    years = years_of(at, organ, scope, lineage)
    show_lineage(lineage, years, at)
    if has_two_years(years, labels):
        pair = choose_pair(at, years)
        compared = compare(at, organ, scope, years, pair, lineage=lineage)
        show_changes(compared, labels)
        show_tables(at, compared)
        show_downloads(at, compared)
        show_brief(at, organ, before=pair[0], after=pair[1])

        st.divider()
        st.subheader(labels("comparison.years.charts"), anchor=False)
        applicant = at.view.applicant
        basis = choose_basis(at)
        tip = cell_tip(f"applications.result_total.{applicant}", labels)
        flows = [at.chart(flow, compared.frame, of=compared.of, year=year, applicant=applicant) for year in pair]
        with st.grid(2, min_column_width=420, gap="large"):
            for year, chart in zip(pair, same_scale(flows), strict=True):
                show_chart(chart, labels, key=f"flow_{year}", tip=labels("applications.flow_tip"))
        chart = at.chart(outcomes_by_year, compared.frame, of=compared.of, applicant=applicant, basis=basis)
        show_chart(chart, labels, key="outcomes", tip=tip)
        if compared.is_joined:
            chart = at.chart(outcome_slope, compared.frame, of=compared.of, pair=pair, applicant=applicant, basis=basis)
            show_chart(chart, labels, key="slope", tip=tip)
        else:
            st.caption(labels("lineage.slope"))

        st.divider()
        show_prose(at, compared)
        show_findings(at, compared)
