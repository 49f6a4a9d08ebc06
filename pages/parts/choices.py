"""Choices inside a page: year and agency of a single figure, counts or shares, what to rank by. All of them in the view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from pages.parts.frames import years_with_reports
from pages.parts.stage import Stage
from pages.parts.tips import measure_name
from pages.parts.widgets import draw

ALL = ""


def say_absent(stage: Stage, text: str, *, icon: str = ":material/domain_disabled:") -> None:
    """Say that what a link asks for is not here; while samples are being read, that it may still come."""
    if stage.is_reading:
        st.info(stage.labels("loading.may_come"), icon=":material/hourglass_top:")
    else:
        st.warning(text, icon=icon)


def choose_year(stage: Stage) -> int:
    """Let the reader choose the year of figures that show one year."""
    labels, view = stage.labels, stage.view
    years = years_with_reports(stage)
    year = view.focus_year if view.focus_year in years else years[0]
    if view.focus_year not in (None, *years):
        say_absent(stage, labels("choice.year_absent", year=view.focus_year, shown=year), icon=":material/event_busy:")
    draw(st.selectbox, "focus_year", year, label=labels("choice.year"), options=years, help=labels("choice.year_tip"))
    return year


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


def choose_flow(stage: Stage) -> bool:
    """Let the reader choose how the way of the applications is drawn; tells whether as streams."""
    labels = stage.labels
    shape = "streams" if stage.view.chart == "streams" else "auto"
    draw(
        st.segmented_control,
        "flow",
        shape,
        field="chart",
        label=labels("choice.flow"),
        options=["auto", "streams"],
        format_func=lambda choice: labels(f"choice.flow_{choice}"),
        required=True,
    )
    return shape == "streams"


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
