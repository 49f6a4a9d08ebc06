"""机关画像: one agency on one page: figures, what changed, where it stands among its peers, what is open, sources."""

from __future__ import annotations

import streamlit as st

from ogi.charts import flow
from ogi.charts.agencies import spread
from ogi.comparison.organ_grid import organ_grid
from pages.parts.agencies_parts import choose_definition, choose_figure
from pages.parts.agency_parts import (
    alone,
    among_peers,
    choose_agency,
    in_year,
    peers_exist,
    show_changes,
    show_open,
    show_places,
    show_sources,
)
from pages.parts.brief_files import show_brief
from pages.parts.compared import compare, years_of
from pages.parts.figures import show_chart
from pages.parts.headline import show_headline
from pages.parts.lineage import lineage_of, show_lineage, through_history
from pages.parts.opening import has_reports, open_page
from pages.parts.stage import stage
from pages.parts.tips import measure_tip

at = stage()
labels = at.labels
open_page("agency")

if has_reports():
    organ = choose_agency(at)
    own = alone(at, organ)
    scope = own.selection.series["scope"].iloc[0]
    lineage = lineage_of(own, organ, scope)
    years = years_of(own, organ, scope, lineage)
    newest = years[-1]
    show_brief(at, organ)
    own = through_history(own, lineage, scope)
    show_headline(own)
    show_lineage(lineage, years, at)
    if len(years) > 1:
        compared = compare(own, organ, scope, years, (years[-2], newest), lineage=lineage)
        show_changes(compared, own)
        chart = own.chart(flow, compared.frame, of=compared.of, year=newest, applicant=at.view.applicant)
        show_chart(chart, labels, key="flow", tip=labels("applications.flow_tip"))

    st.divider()
    if peers_exist(at, organ):
        peers = among_peers(at, organ)
        show_places(peers, organ, newest)
        choose_figure(at, "measure", at.view.measure, label=labels("agencies.figure"))
        choose_definition(at)
        beside = in_year(peers, newest)
        key = beside.selection.key(at.view.measure)
        chart = beside.chart(spread, organ_grid(beside.selection, key), of=(key,), year=newest, focus=organ)
        show_chart(chart, labels, key="spread", tip=measure_tip(key, labels))
    else:
        st.caption(labels("agency.no_peers"))

    st.divider()
    entries = sorted(own.entries, key=lambda entry: -(entry.report_year or 0))
    show_open(at, entries, [year for year in range(min(years), newest) if year not in years])
    show_sources(at, entries)
