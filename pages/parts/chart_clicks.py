"""A click on a bar, a point or a cell of a chart: it chooses the organ and the year of the page, or opens the report.

Charts say what their points stand for (:mod:`ogi.charts.clicks`). Plotly's own selection, which Streamlit offers, knows no heat
maps, pales all other points and does not fire twice for one point; so the event of the click itself is taken here. The same
listener writes title, sentence, source and date into a picture that is taken from the chart's own menu (``chart_listener.js``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components import v2

from ogi.view.groups import is_group
from ogi.view.state import is_allowed
from pages.parts.address import change_view, current_view, go_to
from pages.parts.stage import stage

_KEY = "chart_clicks"
_OPENS_REPORT = "coverage"
"""The chart whose cells are reports."""
_JS = Path(__file__).with_name("chart_listener.js").read_text(encoding="utf-8")
_listener = v2.component(_KEY, js=_JS)


def listen_to_charts() -> None:
    """Take clicks on the charts of this page; drawn once a run."""
    _listener(key=_KEY, on_clicked_change=_clicked)


def _clicked() -> None:
    state: Any = st.session_state.get(_KEY)
    found = getattr(state, "clicked", None)
    if isinstance(found, dict):
        take_click(found)


def take_click(found: dict[str, Any]) -> None:
    """Change the view as a click asks; what a browser sends is looked at first.

    A cell of the matrix of reports opens the report. Elsewhere the organ and the year of the point become those of the page; a
    second click on the organ that stands out lets it go.
    """
    view, organ, year = current_view(), found.get("organ"), found.get("year")
    chosen: dict[str, Any] = {}
    if isinstance(organ, str) and is_allowed("focus_organ", organ) and (organ in view.groups or not is_group(organ)):
        chosen["focus_organ"] = organ
    if isinstance(year, int) and is_allowed("focus_year", year):
        chosen["focus_year"] = year
    if found.get("chart") == _OPENS_REPORT and len(chosen) == 2:
        _open_report(chosen["focus_organ"], chosen["focus_year"])
    elif "focus_organ" in chosen and all(getattr(view, name) == value for name, value in chosen.items()):
        change_view(focus_organ=None)
    elif chosen:
        change_view(**chosen)


def _open_report(organ: str, year: int) -> None:
    """The report of the library; samples and uploads have no page of their own, there the years are set side by side."""
    at = stage()
    who = at.selection.identity
    here = ((who["organ_id"] == organ) & (who["report_year"] == year)).to_numpy()
    if at.collection != "library" or is_group(organ):
        go_to("years", focus_organ=organ, focus_year=year)
    elif here.any():
        go_to("report", report=str(at.selection.facts.report_ids(at.selection.rows[here])[0]))
