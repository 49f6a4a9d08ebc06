"""Everything that was done to a stored report, newest first: who, when, what, why."""

from __future__ import annotations

import streamlit as st

from ogi.labels import Labels, messages
from ogi.store.audit import history
from ogi.store.reports import StoredReport
from pages.parts.person import moment, person_name
from pages.parts.plain import plain
from pages.parts.store import look


def show_report_history(stored: StoredReport, labels: Labels) -> None:
    """Draw the lines of the audit."""
    for line in look(lambda c: history(c, report_id=stored.report_id)):
        action = f"store.action.{line['action']}"
        done = labels(action) if action in messages() else line["action"]
        parts = [
            moment(line["at"]),
            person_name(line["by"], labels),
            done,
            subject_words(line["subject"], labels),
            detail_words(line["detail"]),
        ]
        why = f" — {line['why']}" if line["why"] else ""
        st.markdown(f"- {plain(' · '.join(part for part in parts if part) + why)}")


def subject_words(subject: str, labels: Labels) -> str:
    """What was changed, by its name where it is a figure of the form."""
    try:
        return labels.field(subject) if subject else ""
    except KeyError:
        return subject


def detail_words(detail: dict[str, object]) -> str:
    """What was before and after, where the line says so."""
    before, after = detail.get("before"), detail.get("after", detail.get("value"))
    if before is None:
        before = detail.get("printed")
    return (
        ""
        if before is None and after is None
        else f"{before if before is not None else '—'} → {after if after is not None else '—'}"
    )
