"""总览: what is loaded, the headline figures with their change, and where figures contradict each other."""

from __future__ import annotations

import streamlit as st

from ogi.charts import coverage_matrix
from pages.parts.brief_files import show_brief
from pages.parts.figures import show_chart
from pages.parts.findings_panel import show_findings
from pages.parts.frames import show_scope_note
from pages.parts.headline import show_headline
from pages.parts.members import group_rows, show_groups_note, show_held
from pages.parts.opening import has_reports, open_page
from pages.parts.sample_library import sample_library
from pages.parts.stage import stage

at = stage()
labels = at.labels
open_page("overview")

if has_reports():
    show_brief(at)
    show_headline(at)
    show_held(at, key="overview", is_said_whole=False)
    show_scope_note(at)
    show_groups_note(at)

    chart = at.chart(coverage_matrix, at.selection.coverage, groups=group_rows(at))
    show_chart(chart, labels, key="coverage", tip=labels("overview.coverage_tip"))

    show_findings(at)

    unidentified = [entry for entry in at.library.unidentified if entry.collection == at.collection]
    for title, entries in (("unidentified", unidentified), ("replaced", at.library.replaced)):
        names = labels("list_separator").join(e.report.document.name for e in entries if e.collection == at.collection)
        if names:
            st.info(labels(f"overview.{title}", count=len(entries), names=names), icon=":material/info:")
    refused = sample_library().progress().refused if at.is_sample else ()
    if refused:
        with st.expander(labels("overview.refused", count=len(refused)), icon=":material/scan_delete:"):
            for name, error in refused:
                reason = labels(f"error.{error.code}", **error.params)
                st.markdown(labels("overview.refused_line", name=f"`{name}`", reason=reason))
