"""The row of headline figures: the newest year, its base and coverage, and the change over the same organs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from ogi.comparison.headline_words import FIGURES, change_words, has_change, notes, value_words
from ogi.labels import Labels
from pages.parts.plain import plain
from pages.parts.stage import Stage
from pages.parts.tips import cell_tip, column_name, derived_tip, indicator_tip
from pages.parts.ways import show_way


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
        for (key, measured), row in zip(keys.items(), rows, strict=True):
            _figure(key, row, labels, partial(show_way, stage, report, measured) if (report := _report(stage, row)) else None)


def _report(stage: Stage, row: dict) -> str:
    """The one report a headline figure comes from; empty where it is a sum over several organs."""
    if stage.selection.is_wide or pd.isna(row["year"]) or len(stage.selection.added.places) != 1:
        return ""
    place = int(stage.selection.added.places[0, stage.selection.years.index(int(row["year"]))])
    return str(stage.selection.facts.report_ids(np.array([place]))[0]) if place >= 0 else ""


def show_applicant_note(stage: Stage) -> None:
    """Where one kind of applicant is chosen: say that rates and disputes are of all applicants all the same."""
    if stage.view.applicant != "total":
        name = column_name(stage.view.applicant, stage.labels)
        st.caption(f":material/person_search: {plain(stage.labels('overview.applicant_note', name=name))}")


def _figure(key: str, row: dict, labels: Labels, way: Callable[[], None] | None) -> None:
    with st.container(border=True, height="stretch", key=f"headline_{FIGURES[key]}"):
        st.metric(
            labels(f"overview.{FIGURES[key]}"),
            value_words(row, labels),
            change_words(row, labels),
            delta_color="off",
            delta_arrow="auto" if has_change(row) and row["change"] else "off",
            help=figure_tip(key, labels),
        )
        if said := notes(row, labels):
            st.caption("  \n".join(said))
        if way is not None:
            way()


def figure_tip(key: str, labels: Labels) -> str:
    """The tip of a headline figure, and what its total leaves out."""
    if key.startswith("I"):
        return indicator_tip(key, labels)
    tip = derived_tip(key, labels) if key.startswith("litigation_all") else cell_tip(key, labels)
    return f"{tip}\n\n{labels('tip.missing')}"
