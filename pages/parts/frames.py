"""Frames for charts: the numbers of the selected organs in one scope, since figures of two scopes are never added."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from ogi.form import load_form
from pages.parts.stage import Stage


def one_scope(stage: Stage, keys: Sequence[str]) -> pd.DataFrame:
    """Return the long frame of ``keys``, cut to the scope that may be added up.

    Own figures take those whose scope is not stated with them; an organ that has both counts once, with its own.
    """
    frame = stage.selection.long(keys)
    scope = stage.selection.totals([]).scope
    if scope != "own":
        return frame.loc[frame["scope"] == scope]
    here = frame.assign(reported=(frame["scope"] == "own") & (frame["report_id"] != ""))
    has_own = here.groupby(["organ_id", "report_year"])["reported"].transform("any")
    return frame.loc[(frame["scope"] == "own") | ((frame["scope"] == "unknown") & ~has_own)]


def show_scope_note(stage: Stage) -> None:
    """Say which scope is added up and what is left out of sums."""
    note = stage.selection.totals([]).scope_note(stage.labels)
    if note:
        more = stage.labels("filter.scope_hint") if stage.view.scope == "all" else ""
        st.caption(f":material/functions: {note} {more}")


def application_keys(applicant: str) -> list[str]:
    """Every cell of the table of applications in one applicant's column, in the order of the form, editions together."""
    keys: dict[str, None] = {}
    for edition in load_form().editions.values():
        if table := edition.table("t3_requests"):
            keys |= {table.cell_key(row.key, applicant): None for row in table.rows}
    return list(keys)


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
    return sorted({entry.report_year for entry in stage.entries if entry.report_year}, reverse=True)
