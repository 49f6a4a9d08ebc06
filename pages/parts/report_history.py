"""Everything that was done to a stored report, newest first: who, when, what, why."""

from __future__ import annotations

import streamlit as st

from ogi.labels import Labels, messages
from ogi.store.audit import history
from ogi.store.reports import StoredReport
from pages.parts.change_words import detail_words, subject_words
from pages.parts.person import moment, person_name
from pages.parts.plain import plain
from pages.parts.store import look

_SHOWN = 200


def show_report_history(stored: StoredReport, labels: Labels) -> None:
    """Draw the lines of the audit, the latest few hundred."""
    lines = look(lambda c: history(c, report_id=stored.report_id, limit=_SHOWN + 1))
    for line in lines[:_SHOWN]:
        action = f"store.action.{line['action']}"
        done = labels(action) if action in messages() else line["action"]
        parts = [
            moment(line["at"]),
            person_name(line["by"], labels),
            done,
            subject_words(line["subject"], labels),
            detail_words(line["detail"], labels, line["action"]),
        ]
        why = f" — {line['why']}" if line["why"] else ""
        st.markdown(f"- {plain(' · '.join(part for part in parts if part) + why)}")
    if len(lines) > _SHOWN:
        st.caption(labels("report.history_more", shown=_SHOWN))
