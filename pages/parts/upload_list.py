"""All files of the session at a glance: how many of which verdict, and a table of them where there are more than a few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ogi.labels import Labels
from pages.parts.plain import plain
from pages.parts.upload_reading import Outcome, reason, verdict_label

VERDICTS = ("read", "look", "partly", "not")
_FEW = 3
_COLUMNS = ("name", "verdict", "organ", "year", "numbers", "marked", "reason")


def show_list(found: Sequence[Outcome], labels: Labels) -> None:
    """Say how many files came out how; more than a few are listed. What was left out on purpose is no file of theirs."""
    for outcome in found:
        if outcome.verdict == "skipped":
            st.caption(f":material/info: {plain(outcome.name)} — {plain(reason(outcome, labels))}")
    found = [outcome for outcome in found if outcome.verdict != "skipped"]
    if len(found) < 2:
        return
    st.markdown(f"**{plain(totals(found, labels))}**")
    if len(found) > _FEW:
        frame = files_frame(found, labels)
        st.dataframe(frame, hide_index=True, key="upload_list", alt=totals(found, labels))


def totals(found: Sequence[Outcome], labels: Labels) -> str:
    """How many files of each verdict, in one sentence."""
    counts = Counter(outcome.verdict for outcome in found)
    parts = [
        labels("upload.total", count=counts[verdict], verdict=_short(verdict, labels)) for verdict in VERDICTS if counts[verdict]
    ]
    return labels("upload.totals", count=len(found), parts=labels("list_separator").join(parts))


def _short(verdict: str, labels: Labels) -> str:
    return labels("upload.verdict.look_short" if verdict == "look" else f"upload.verdict.{verdict}")


def files_frame(found: Sequence[Outcome], labels: Labels) -> pd.DataFrame:
    """One line per file, the newest first; what is not known is empty."""
    rows = [
        (
            outcome.name,
            verdict_label(outcome, labels),
            (outcome.report.organ.name or "") if outcome.report else "",
            str(outcome.report.report_year or "") if outcome.report else "",
            str(outcome.numbers) if outcome.report else "",
            str(outcome.marked) if outcome.report else "",
            reason(outcome, labels),
        )
        for outcome in reversed(found)
    ]
    return pd.DataFrame(rows, columns=pd.Index([labels(f"upload.column.{name}") for name in _COLUMNS]))
