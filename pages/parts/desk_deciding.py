"""Deciding on a finding at the desk: confirm, send back, or dismiss with a comment; and taking it back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ogi.checks import Finding
from ogi.labels import Labels
from ogi.store.conclusions import place_name
from ogi.store.decisions import decide
from ogi.store.edits import Decision, Verdict
from ogi.store.reports import StoredReport
from pages.parts.decision_line import show_decision
from pages.parts.desk_list import open_line
from pages.parts.person import act, person_field
from pages.parts.store import attempt, change, say
from pages.parts.visitor import visitor

_WAYS: tuple[tuple[Verdict, str, str], ...] = (
    ("confirmed", "confirm", "check"), ("returned", "return", "undo"), ("dismissed", "dismiss", "block"),
)  # fmt: skip


def show_deciding(
    report: StoredReport, finding: Finding | None, decision: Decision | None, after: tuple[str, str] | None, labels: Labels
) -> None:  # fmt: skip
    """Draw what was decided with its undo; where nothing is in force, the ways to decide. ``after`` is looked at next."""
    holds = decision is not None and show_decision(decision, report, finding, labels)
    if finding is None or report.deleted_at is not None or holds or not visitor().may_edit:
        return
    with st.container(border=True, key="desk_deciding"):
        comment, name = st.columns([5, 3])
        comment.text_input(labels("desk.why"), key=_why_key(report, finding), max_chars=400)
        with name:
            person_field(labels)
        with st.container(horizontal=True):
            for verdict, name, icon in _WAYS:
                st.button(
                    labels(f"desk.{name}"), key=f"desk_{name}", icon=f":material/{icon}:",
                    on_click=partial(_decide, report, finding, verdict, after, labels),
                )  # fmt: skip


def _decide(
    report: StoredReport, finding: Finding, verdict: Verdict, after: tuple[str, str] | None, labels: Labels
) -> None:  # fmt: skip
    why = (st.session_state.get(_why_key(report, finding)) or "").strip()
    if verdict == "dismissed" and not why:
        say(labels("desk.need_why"), is_error=True)
        return

    def make() -> str:
        change(lambda c: decide(c, report.report_id, finding, verdict, act=act(why), changes=report.changes))
        return labels("desk.saved", verdict=labels(f"desk.standing.{verdict}"))

    if attempt(make, labels) and after is not None:
        open_line(*after)


def _why_key(report: StoredReport, finding: Finding) -> str:
    return f"desk_why_{report.report_id}_{place_name(finding)}"
