"""The open findings of a stored report, what people decided about them, and the way to the cells they are about."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ogi.checks import Finding
from ogi.labels import Labels
from ogi.store.conclusions import place_name
from ogi.store.decisions import decide
from ogi.store.edits import Verdict
from ogi.store.reports import StoredReport
from pages.parts.address import change_view
from pages.parts.decision_line import show_decision
from pages.parts.findings_list import finding_line, finding_place
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.quoted import show_quotes
from pages.parts.reason import reasoned_button
from pages.parts.store import attempt, change
from pages.parts.visitor import visitor

VERDICTS: tuple[Verdict, ...] = ("confirmed", "dismissed", "returned")


def show_findings(stored: StoredReport, labels: Labels) -> None:
    """Draw each open finding with its cells and the ways to decide, then what was decided."""
    st.markdown(f"**{labels('report.findings', count=len(stored.findings))}**")
    decided = {decision.place: decision for decision in stored.decisions}
    if not stored.findings:
        st.markdown(f":material/verified: {labels('report.no_findings')}")
    for number, finding in enumerate(stored.findings):
        decision = decided.pop(place_name(finding), None)
        with st.container(border=True, key=f"finding_{number}"):
            place = plain(finding_place(finding, stored.effective, labels))
            st.markdown(f"{finding_line(finding, labels)}  \n:small[:gray[{place}]]")
            show_quotes(finding, stored.effective, labels)
            holds = decision is not None and show_decision(decision, stored, finding, labels)
            _ways(stored, finding, number, labels, is_decided=holds)
    if decided:
        st.markdown(f"**{labels('report.dismissed')}**")
        for decision in decided.values():
            with st.container(border=True, key=f"decision_{decision.decision_id}"):
                show_decision(decision, stored, None, labels)


def _ways(stored: StoredReport, finding: Finding, number: int, labels: Labels, *, is_decided: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        first = next((key for key in finding.cells if key in stored.effective.cells), None)
        if first is not None:
            st.button(
                labels("report.see_cell"), key=f"see_{number}", icon=":material/image_search:", type="tertiary",
                on_click=change_view, kwargs={"cell": first},
            )  # fmt: skip
        if not is_decided and stored.deleted_at is None and visitor().may_edit:
            with st.popover(labels("decide.title"), icon=":material/gavel:", key=f"decide_{number}"):
                verdict = st.radio(
                    labels("decide.verdict"),
                    VERDICTS,
                    format_func=lambda value: labels(f"decide.{value}"),
                    captions=[labels(f"decide.{value}_tip") for value in VERDICTS],
                    key=f"verdict_{number}",
                )
                reasoned_button(
                    labels("decide.save"), f"decide_{number}_save", partial(_decide, stored, finding, verdict, labels), labels,
                    kind="primary",
                )  # fmt: skip


def _decide(stored: StoredReport, finding: Finding, verdict: Verdict, labels: Labels, why: str) -> None:
    def make() -> str:
        change(lambda c: decide(c, stored.report_id, finding, decision=verdict, act=act(why)))
        return labels("decide.saved")

    attempt(make, labels)
