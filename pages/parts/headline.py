"""The row of headline figures: the newest year, its base and coverage, and the change over the same organs."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ogi.labels import Labels
from pages.parts.plain import plain
from pages.parts.stage import Stage
from pages.parts.tips import cell_tip, column_name, derived_tip, indicator_tip

FIGURES = {
    "applications.received.total": "received",
    "applications.result_total.total": "closed",
    "I04_grant_rate": "disclosure_rate",
    "reconsideration.total": "reconsideration",
    "litigation_all.total": "litigation",
    "applications.carried_over.total": "carried_over",
}
"""The figures of the row by the key of their message."""


def show_headline(stage: Stage) -> None:
    """Draw the headline figures of a selection."""
    labels = stage.labels
    keys = {key: stage.selection.key(key) for key in FIGURES}
    rows = stage.selection.headline(list(keys.values())).to_dict("records")
    years = [row["year"] for row in rows if not pd.isna(row["year"])]
    if not years:
        return
    st.subheader(labels("overview.headline", year=max(years)), help=labels("overview.headline_tip"), anchor=False)
    show_applicant_note(stage)
    with st.grid(3, min_column_width=150, key="headline"):
        for (key, _), row in zip(keys.items(), rows, strict=True):
            _figure(key, row, labels)


def show_applicant_note(stage: Stage) -> None:
    """Where one kind of applicant is chosen: say that rates and disputes are of all applicants all the same."""
    if stage.view.applicant != "total":
        name = column_name(stage.view.applicant, stage.labels)
        st.caption(f":material/person_search: {plain(stage.labels('overview.applicant_note', name=name))}")


def _figure(key: str, row: dict, labels: Labels) -> None:
    with st.container(border=True, height="stretch", key=f"headline_{FIGURES[key]}"):
        st.metric(
            labels(f"overview.{FIGURES[key]}"),
            value_words(row, labels),
            change_words(row, labels),
            delta_color="off",
            delta_arrow="auto" if _has_change(row) else "off",
            help=figure_tip(key, labels),
        )
        st.caption("  \n".join(notes(row, labels)))


def figure_tip(key: str, labels: Labels) -> str:
    """The tip of a headline figure, and what its total leaves out."""
    if key.startswith("I"):
        return indicator_tip(key, labels)
    tip = derived_tip(key, labels) if key.startswith("litigation_all") else cell_tip(key, labels)
    return f"{tip}\n\n{labels('tip.missing')}"


def value_words(row: dict, labels: Labels) -> str:
    """The figure in words: a count, a rate, or a dash where there is none to show."""
    if pd.isna(row["value"]):
        return "—"
    if row["kind"] == "rate":
        return f"{row['value'] * 100:.1f}%"
    return f"{row['value']:,.0f}"


def change_words(row: dict, labels: Labels) -> str:
    """The change against the year before over the same organs, or why there is none."""
    if not _has_change(row):
        return labels(f"overview.no_change.{row['reason'] or 'no_previous'}")
    if row["kind"] == "rate":
        return f"{row['change']:+.1f} {labels('overview.pp')}"
    change = f"{row['change']:+,.0f}"
    return change if pd.isna(row["percent"]) else f"{change} ({row['percent'] * 100:+.1f}%)"


def _has_change(row: dict) -> bool:
    return not pd.isna(row["change"])


def notes(row: dict, labels: Labels) -> list[str]:
    """What the change is against, base of a rate, coverage, and what to mind."""
    found = []
    if _has_change(row):
        found.append(labels("overview.compared", year=row["previous_year"], organs=row["n_matched"]))
    if row["kind"] == "rate" and not pd.isna(row["denominator"]):
        found.append(labels("overview.base", part=f"{row['numerator']:,.0f}", base=f"{row['denominator']:,.0f}"))
        if row["base_class"] in ("few", "counts_only"):
            found.append(labels("overview.small_base" if row["base_class"] == "few" else "overview.counts_only"))
    found.append(labels("overview.covers", known=row["n_present"], all=row["n_expected"]))
    if row["comparability"] == "caution":
        found.append(labels("overview.caution"))
    return found
