"""The parts of the page that compares agencies: the figure, how it is shown, conditions, the table of several figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

import streamlit as st

from ogi.comparison.figure_tree import bases_of, figures
from ogi.comparison.group_sum import beside, group_row
from ogi.comparison.organ_grid import OrganGrid, organ_grid
from ogi.form.definitions import definitions_of
from ogi.labels import LANGS, Labels, Lang
from ogi.selection.scopes import of_scope
from ogi.view.state import Basis
from pages.parts.members import group_name, group_options
from pages.parts.stage import Stage
from pages.parts.tips import measure_name
from pages.parts.widgets import draw

CHARTS = ("bars", "distribution", "funnel", "heatmap", "multiples", "slope", "scatter", "figures")
STANDARD = (
    "applications.received.total",
    "applications.result_total.total",
    "I04_grant_rate",
    "I07_denied_rate",
    "I09_unable_rate",
    "applications.carried_over.total",
    "reconsideration.total",
    "litigation_all.total",
)
"""The figures of the table and of the map of figures where the reader has chosen none."""


def choose_figure(at: Stage, name: str, value: str, *, label: str, none: str | None = None) -> None:
    """Let the reader choose a figure by typing any part of its place or name."""
    words = figure_words(at.labels)
    options = list(dict.fromkeys([*([none] if none is not None else []), *words, value]))
    nothing = at.labels("agencies.no_figure")
    draw(
        st.selectbox,
        name,
        value,
        none=none,
        label=label,
        options=options,
        format_func=lambda key: words.get(key) or (measure_name(key, at.labels) if key else nothing),
    )


def figure_words(labels: Labels) -> Mapping[str, str]:
    """Every figure of the tree with its place and name in one line."""
    return _figure_words(labels.lang)


@lru_cache(maxsize=len(LANGS))
def _figure_words(lang: Lang) -> Mapping[str, str]:
    return MappingProxyType({figure.key: figure.words for figure in figures(lang)})


def choose_basis(at: Stage, key: str) -> Basis:
    """Let the reader choose how the figure is shown; what does not exist for it falls back to the figure itself."""
    labels = at.labels
    options = bases_of(key)
    basis: Basis = at.view.basis if at.view.basis in options else "count"
    draw(
        st.segmented_control,
        "basis",
        basis,
        label=labels("choice.basis"),
        options=list(options),
        format_func=lambda choice: (
            labels("agencies.plain") if choice == "count" and key.startswith("I") else labels(f"view.basis.{choice}")
        ),
        required=True,
    )
    if at.view.basis not in options:
        st.caption(labels("agencies.no_basis", basis=labels(f"view.basis.{at.view.basis}")))
    return basis


def choose_chart(at: Stage) -> str:
    """Let the reader choose how the agencies are set side by side."""
    labels = at.labels
    chart = at.view.chart if at.view.chart in CHARTS else "bars"
    draw(
        st.segmented_control,
        "chart",
        chart,
        label=labels("agencies.chart"),
        options=list(CHARTS),
        format_func=lambda choice: labels(f"agencies.charts.{choice}"),
        required=True,
    )
    return chart


_ORDERED = ("bars", "heatmap", "multiples")
"""Charts whose agencies stand in an order of the reader's choice."""


def choose_sort(at: Stage, chart: str) -> None:
    """Let the reader choose whether agencies stand in the order of their figure or of their name, in the chart and the picker."""
    if chart in _ORDERED:
        draw(
            st.segmented_control,
            "sort",
            "name" if at.view.sort == "name" else "value",
            label=at.labels("agencies.sort"),
            options=["value", "name"],
            format_func=lambda choice: at.labels(f"agencies.sort_{choice}"),
            required=True,
        )


def choose_focus(at: Stage) -> str | None:
    """Let the reader choose one agency to stand out."""
    labels = at.labels
    names = dict(zip(at.selection.series["organ_id"], at.selection.series["organ_name"], strict=True))
    names = {group: name for group, name in group_options(at).items() if group in at.groups} | names
    focus = at.view.focus_organ if at.view.focus_organ in names else ""
    draw(
        st.selectbox,
        "focus_organ",
        focus,
        none="",
        label=labels("agencies.focus"),
        options=["", *names],
        format_func=lambda organ: names[organ] if organ else labels("agencies.nobody"),
    )
    return focus or None


def choose_definition(at: Stage) -> None:
    """Where the figure answers a question that has several definitions, let the reader choose one and say which it is."""
    found = definitions_of(at.view.measure)
    if found is None:
        return
    draw(
        st.segmented_control,
        "definition",
        at.view.measure,
        field="measure",
        label=at.labels("agencies.definition", name=found.label(at.labels.lang)),
        help=at.labels("agencies.definition_tip"),
        options=list(found.figures),
        format_func=lambda key: found.figures[key][at.labels.lang],
        required=True,
    )


def grid_of(at: Stage, key: str, basis: Basis = "count") -> OrganGrid:
    """One figure of all agencies shown, of the view's kind of applicant, with the groups that are shown as one above them."""
    measured, baseline = at.selection.key(key), at.view.baseline
    rows = [
        group_row(chosen, measured, basis, baseline, group=group, name=group_name(at, group), asked=len(chosen.view.organs))
        for group, chosen in at.groups.items()
        if not chosen.is_wide and not chosen.is_empty
    ]
    return beside(organ_grid(at.selection, measured, basis, baseline), rows)


def figures_of(at: Stage) -> Sequence[str]:
    """The figures the reader put together, or the standard ones."""
    return at.view.figures or (*STANDARD, *of_scope(at.view.scope))
