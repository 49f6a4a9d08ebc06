"""依申请公开: where applications went, outcomes by year, grounds for refusal, who applied, and the agencies compared."""

from __future__ import annotations

import streamlit as st

from ogi.charts import applicants_by_year, denial_grounds, flow, grounds_by_year, keys, outcomes_by_year
from ogi.charts.agencies import figures_heat
from ogi.form import load_form
from pages.parts.agencies_parts import grid_of
from pages.parts.choices import choose_basis, choose_flow, choose_measure, choose_year
from pages.parts.figures import show_chart
from pages.parts.frames import show_scope_note
from pages.parts.headline import show_applicant_note
from pages.parts.members import show_groups_note
from pages.parts.opening import has_reports, open_page
from pages.parts.stage import stage
from pages.parts.subject import choose_numbers, show_beside
from pages.parts.tips import cell_tip, indicator_tip

MEASURES = (
    "applications.received.total",
    "applications.result_total.total",
    "applications.carried_over.total",
    "I04_grant_rate",
    "I07_denied_rate",
    "I09_unable_rate",
    "I11_refused_rate",
    "I14_carried_over_rate",
)

at = stage()
labels = at.labels
open_page("applications")

if has_reports():
    show_scope_note(at)
    show_groups_note(at)
    applicant = at.view.applicant
    received = [key for key in at.selection.facts.column if key.startswith("applications.received.")]

    left, right = st.columns([1, 3])
    with left:
        year = choose_year(at)
    with right:
        numbers, of = choose_numbers(at, list(dict.fromkeys([*keys.flow(applicant), *keys.grounds(applicant), *received])))
    of = (*of, applicant)
    show_chart(
        at.chart(flow, numbers, of=of, year=year, applicant=applicant, as_streams=choose_flow(at)),
        labels,
        key="flow",
        tip=labels("applications.flow_tip"),
    )
    show_chart(
        at.chart(denial_grounds, numbers, of=of, year=year, applicant=applicant),
        labels,
        key="grounds",
        tip=indicator_tip("I08_denied_reason_share", labels),
    )

    chart = at.chart(grounds_by_year, numbers, of=of, applicant=applicant)
    show_chart(chart, labels, key="grounds_years", tip=indicator_tip("I08_denied_reason_share", labels))
    title = labels("charts.grounds.by_organ", year=year)
    grids = [grid_of(at, f"applications.{row}.total") for row in load_form().sets["denied"]]
    chart = at.kept_chart(
        ("grounds_organs", year, at.view.groups),
        lambda: figures_heat(grids, labels=labels, year=year, title=title, by_number=True),
    )
    show_chart(chart, labels, key="grounds_organs", tip=indicator_tip("I08_denied_reason_share", labels))

    st.divider()
    basis = choose_basis(at)
    show_chart(
        at.chart(outcomes_by_year, numbers, of=of, applicant=applicant, basis=basis),
        labels,
        key="outcomes",
        tip=cell_tip(f"applications.result_total.{applicant}", labels),
    )
    show_chart(
        at.chart(applicants_by_year, numbers, of=of, basis=basis),
        labels,
        key="applicants",
        tip=labels("applications.applicants_tip"),
    )

    st.divider()
    measure = choose_measure(at, MEASURES)
    key = at.selection.key(measure)
    if key == measure:
        show_applicant_note(at)
    show_beside(at, key, year)
