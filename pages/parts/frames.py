"""What pages ask of the selection: keys of whole tables, the years at hand, and the note on which scope is added up."""

from __future__ import annotations

import streamlit as st

from ogi.form import load_form
from pages.parts.stage import Stage


def show_scope_note(stage: Stage) -> None:
    """Say which scope is added up and what is left out of sums."""
    note = stage.selection.totals([]).scope_note(stage.labels)
    if note:
        more = stage.labels("filter.scope_hint") if stage.view.scope == "all" else ""
        st.caption(f":material/functions: {note} {more}")


def table_keys(*tables: str) -> list[str]:
    """Every cell of these tables in the editions that have them."""
    keys: dict[str, None] = {}
    for edition in load_form().editions.values():
        for name in tables:
            if table := edition.table(name):
                keys |= {cell.key: None for cell in table.cells}
    return list(keys)


def years_with_reports(stage: Stage) -> list[int]:
    """The report years of what is selected, newest first."""
    return sorted(stage.selection.identity["report_year"].unique().tolist(), reverse=True)
