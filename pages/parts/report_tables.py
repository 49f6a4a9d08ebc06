"""The tables of a stored report in the official layout, with what people set, findings and the cell that is looked at."""

from __future__ import annotations

import streamlit as st

from ogi.labels import Labels
from ogi.store.edits import Correction
from ogi.store.reports import StoredReport
from pages.parts.address import change_view
from pages.parts.clickable_table import clickable_table
from pages.parts.findings_list import marks
from pages.parts.official_tables import Edit, Edits, missing_tables, table_html, tables_of
from pages.parts.person import moment, person_name
from pages.parts.plain import plain
from pages.parts.upload_preview import show_free_rows


def show_tables(stored: StoredReport, picked: str | None, labels: Labels) -> None:
    """Draw the tables; a picked cell goes into the address."""
    st.caption(labels("report.legend"))
    found, edits = marks(stored.findings, labels), edits_of(stored, labels)
    for table, edition in tables_of(stored.effective):
        title = labels("preview.table_title", table=table.label(labels.lang), edition=edition.label(labels.lang))
        st.markdown(f"**{plain(title)}**")
        html = table_html(table, stored.effective, found, labels, edits)
        key = f"stored_{stored.report_id}_{table.id}"
        clickable_table(html, key, picked=picked, on_pick=lambda key=key: _pick(key))
    if stored.effective.free_rows:
        show_free_rows(stored.effective, labels)
    for table in missing_tables(stored.effective):
        st.markdown(f":gray[{plain(labels('preview.missing', table=table.label(labels.lang)))}]")


def edits_of(stored: StoredReport, labels: Labels) -> Edits:
    """What people set in the cells; where a cell was read anew and amended too, the amendment is shown beside it."""
    found: dict[str, Edit] = {}
    for correction in sorted(stored.corrections, key=lambda one: one.kind == "amended"):
        found[correction.key] = Edit(correction.kind, set_words(correction, labels), correction_words(correction, labels))
    return found


def set_words(correction: Correction, labels: Labels) -> str:
    """What a correction sets: the number, or the state where there is none."""
    return labels(f"state.{correction.state}") if correction.value is None else f"{correction.value}"


def correction_words(correction: Correction, labels: Labels) -> str:
    """A correction in one sentence: what was printed and read, what was set, who, when and why."""
    read = labels(f"state.{correction.read_state}") if correction.read_value is None else f"{correction.read_value}"
    return labels(
        "report.correction",
        kind=labels(f"report.kind.{correction.kind}"),
        raw=" ".join(correction.raw.split()) or labels("state.blank"),
        read=read,
        value=set_words(correction, labels),
        by=person_name(correction.by, labels),
        at=moment(correction.at),
        why=correction.why or "—",
    )


def _pick(key: str) -> None:
    picked = getattr(st.session_state.get(key), "picked", None)
    if picked:
        change_view(cell=picked)
