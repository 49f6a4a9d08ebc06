"""What a person decided on a finding, in one line, with a warning where figures changed since, and the way to take it back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ogi.checks import Finding
from ogi.labels import Labels
from ogi.store.decisions import undo_decision
from ogi.store.edits import Decision
from ogi.store.reports import StoredReport
from pages.parts.person import act, moment, person_name
from pages.parts.plain import plain
from pages.parts.store import attempt, change
from pages.parts.visitor import visitor


def show_decision(decision: Decision, report: StoredReport, finding: Finding | None, labels: Labels) -> bool:
    """Draw the line with its undo; return whether the decision still holds. Without a finding beside it the check is named."""
    words = {"by": person_name(decision.by, labels), "at": moment(decision.at), "why": decision.why or "—"}
    words["verdict"] = labels(f"desk.standing.{decision.decision}")
    line = labels("desk.decided", **words) if finding else labels("decide.line", check=decision.place.split("_")[0], **words)
    st.markdown(f":material/gavel: {plain(line)}")
    is_outdated = decision.is_outdated(report.effective, finding)
    if is_outdated:
        st.markdown(f":orange[:material/warning: {plain(labels('decide.outdated'))}]")
    if visitor().may_edit:
        st.button(
            labels("library.undo"), key=f"undo_decision_{decision.decision_id}", icon=":material/undo:", type="tertiary",
            on_click=partial(_undo, decision, labels),
        )  # fmt: skip
    return not is_outdated


def _undo(decision: Decision, labels: Labels) -> None:
    def make() -> str:
        change(lambda c: undo_decision(c, decision.decision_id, act()))
        return labels("decide.undone")

    attempt(make, labels)
