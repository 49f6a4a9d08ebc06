"""The open findings of the reports shown: errors and warnings in full, hints and reminders folded."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ogi.checks import Finding
from ogi.labels import Labels
from ogi.library import Entry
from ogi.spreadsheet import csv_of
from pages.parts.address import go_to
from pages.parts.findings_list import (
    SEVERITIES,
    failing,
    finding_line,
    finding_place,
    findings_table,
    is_reminder,
)
from pages.parts.opening import show_sound
from pages.parts.plain import plain
from pages.parts.report_filters import reports_of
from pages.parts.share_state import shared_code
from pages.parts.stage import Stage
from pages.parts.store import look, telling

_LOOKED_AT = 300
"""Of so many reports every finding is listed."""
_PRINTED = 12
"""So many findings are printed one below the other; the table holds all of them."""


def show_findings(stage: Stage) -> None:
    """Draw the list of findings of a selection."""
    if stage.collection == "library" and shared_code() is None:
        _of_library(stage)
        return
    labels = stage.labels
    entries, more = _looked_at(stage)
    pairs = [(entry, finding) for entry in entries for finding in failing(entry.findings)]
    pairs.sort(key=lambda pair: (SEVERITIES.index(pair[1].severity), -(pair[0].report_year or 0)))
    open_ones = [pair for pair in pairs if not is_reminder(pair[1])]
    folded = [pair for pair in pairs if is_reminder(pair[1])]
    st.subheader(labels("overview.findings"), help=labels("overview.findings_tip"), anchor=False)
    if open_ones:
        st.markdown(_count(open_ones, labels))
        if more:
            st.caption(labels("overview.findings_more", shown=len(entries), more=more))
        for entry, finding in open_ones[:_PRINTED]:
            about = f"{entry.organ_name or entry.report.document.name} · {entry.report_year or ''}"
            place = plain(finding_place(finding, entry.report, labels))
            st.markdown(f"{finding_line(finding, labels, about)}  \n:small[:gray[{place}]]")
        with st.expander(labels("overview.all_findings", count=len(open_ones)), icon=":material/table:"):
            _list(open_ones, labels, "findings")
    else:
        show_sound(stage, labels("overview.no_findings"))
    if folded:
        with st.expander(labels("overview.reminders", count=len(folded)), icon=":material/lightbulb:"):
            _list(folded, labels, "reminders")


def _looked_at(stage: Stage) -> tuple[tuple[Entry, ...], int]:
    """The reports whose findings are listed, and how many more have errors or warnings.

    Of many reports the newest with errors or warnings are looked at: each of them is fetched with all its readings.
    """
    identity = stage.selection.identity
    if len(identity) <= _LOOKED_AT:
        return stage.entries, 0
    bad = identity.loc[identity["errors"] + identity["warnings"] > 0]
    chosen = bad.sort_values("report_year", ascending=False, kind="stable").index[:_LOOKED_AT].tolist()
    return stage.selection.facts.entries_at(chosen), len(bad) - len(chosen)


def _of_library(stage: Stage) -> None:
    """How many stored reports have errors, and the way to them: they are looked at, and settled, one by one."""
    labels, view = stage.labels, stage.view
    st.subheader(labels("overview.findings"), help=labels("overview.findings_tip"), anchor=False)
    with telling(labels):
        count = look(lambda c: reports_of(c, replace(view, only=("errors",), search=""), 0, 1)).total
        if not count:
            show_sound(stage, labels("library.no_errors"))
            return
        st.markdown(labels("library.errors", count=f"{count:,}"))
        st.button(
            labels("library.see_errors"), key="see_errors", icon=":material/arrow_forward:",
            on_click=go_to, args=("reports",), kwargs={"only": ("errors",), "search": "", "list_page": 1},
        )  # fmt: skip


def _count(pairs: list[tuple[Entry, Finding]], labels: Labels) -> str:
    errors = sum(finding.severity == "error" for _, finding in pairs)
    reports = len({entry.report_id for entry, _ in pairs})
    return labels("overview.findings_count", errors=errors, warnings=len(pairs) - errors, reports=reports)


def _list(pairs: list[tuple[Entry, Finding]], labels: Labels, key: str) -> None:
    table = findings_table(pairs, labels)
    large, medium = st.column_config.Column(width="large"), st.column_config.Column(width="medium")
    wide = {"message": large, "report": medium, "place": medium}
    st.dataframe(
        table,
        hide_index=True,
        key=f"table_{key}",
        alt=_count(pairs, labels),
        column_config={labels(f"finding.{name}"): column for name, column in wide.items()},
    )
    st.download_button(
        labels("finding.csv"),
        csv_of(table),
        file_name=f"{key}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=f"csv_{key}",
        on_click="ignore",
    )
