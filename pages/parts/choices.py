"""Choices inside a page: year and agency of a single figure, counts or shares, what to rank by. All of them in the view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from pages.parts.frames import years_with_reports
from pages.parts.stage import Stage
from pages.parts.tips import measure_name
from pages.parts.widgets import draw

ALL = ""


def choose_focus(stage: Stage, frame: pd.DataFrame, *, with_organ: bool = True) -> tuple[int, pd.DataFrame]:
    """Let the reader choose the year, and the agency or all together; return the year and the frame cut to the agency."""
    labels, view = stage.labels, stage.view
    years = years_with_reports(stage)
    year = view.focus_year if view.focus_year in years else years[0]
    if view.focus_year not in (None, *years):
        st.warning(labels("choice.year_absent", year=view.focus_year, shown=year), icon=":material/event_busy:")
    names = dict(zip(frame["organ_id"], frame["organ_name"], strict=True))
    organ = view.focus_organ if view.focus_organ in names else ALL
    if with_organ and view.focus_organ and organ == ALL:
        st.warning(labels("choice.organ_absent"), icon=":material/domain_disabled:")
    left, right = st.columns([1, 3])
    with left:
        draw(st.selectbox, "focus_year", year, label=labels("choice.year"), options=years, help=labels("choice.year_tip"))
    if not with_organ:
        return year, frame
    with right:
        draw(
            st.selectbox,
            "focus_organ",
            organ,
            none=ALL,
            label=labels("choice.organ"),
            options=[ALL, *names],
            format_func=lambda choice: names[choice] if choice else labels("choice.all_organs", count=len(names)),
        )
    return year, frame.loc[frame["organ_id"] == organ] if organ else frame


def choose_basis(stage: Stage) -> Literal["count", "share"]:
    """Let the reader choose counts or shares."""
    labels = stage.labels
    basis: Literal["count", "share"] = "share" if stage.view.basis == "share" else "count"
    draw(
        st.segmented_control,
        "basis",
        basis,
        label=labels("choice.basis"),
        options=["count", "share"],
        format_func=lambda choice: labels(f"view.basis.{choice}"),
        help=labels("choice.basis_tip"),
        required=True,
    )
    return basis


def choose_measure(stage: Stage, measures: Sequence[str]) -> str:
    """Let the reader choose by which figure agencies are ranked and followed; one the page does not offer is not taken."""
    labels = stage.labels
    chosen = stage.view.measure if stage.view.measure in measures else measures[0]
    draw(
        st.selectbox,
        "measure",
        chosen,
        label=labels("choice.measure"),
        options=list(measures),
        format_func=lambda key: measure_name(key, labels),
        help=labels("choice.measure_tip"),
    )
    return chosen
