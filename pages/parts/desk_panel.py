"""One finding beside its document: both sides, where each was read, what was decided, and the ways to decide."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import streamlit as st

from ogi.checks import Finding, key_name
from ogi.checks.finding import OtherFigure
from ogi.desk import DeskLine
from ogi.form import load_form
from ogi.labels import Labels
from ogi.organs import organ_id
from ogi.report import Scope
from ogi.store.placing import key_of
from ogi.store.reports import find, stored
from ogi.view import View
from pages.parts.address import change_view, go_to
from pages.parts.compared_reports import show_compared
from pages.parts.desk_deciding import show_deciding
from pages.parts.desk_list import open_line
from pages.parts.desk_matrix import check_words
from pages.parts.desk_pictures import show_place
from pages.parts.desk_repair import show_repair
from pages.parts.desk_source import AtDesk
from pages.parts.findings_list import finding_line, finding_place
from pages.parts.plain import plain
from pages.parts.quoted import show_quotes
from pages.parts.side_panel import side_panel
from pages.parts.store import look, show_said
from pages.parts.widgets import draw


def show_finding(at: AtDesk | None, lines: Sequence[DeskLine], view: View, labels: Labels) -> None:
    """Draw the panel; where nothing is picked, how to pick."""
    with side_panel(is_open=view.finding is not None):
        if view.finding is None:
            st.caption(labels("desk.pick"))
            return
        show_said()
        _steps(at, lines, view, labels)
        if at is None:
            st.info(labels("desk.absent"), icon=":material/find_in_page:")
            return
        finding, decision = at.finding(view.finding), at.decision(view.finding)
        if finding is not None:
            _said(finding, at, labels)
        else:
            words = check_words(view.finding.split(" ")[0], labels)
            gone = labels("desk.was_dismissed" if decision and decision.decision == "dismissed" else "desk.gone")
            st.markdown(f"**{plain(words)}**  \n{plain(gone)}")
        if finding is not None:
            show_repair(at, finding, labels)
        if at.stored is not None:
            show_deciding(at.stored, finding, decision, _after(lines, view), labels)
        if finding is not None:
            _place(at, finding, view, labels)
        show_compared(at, labels, "desk")


def _steps(at: AtDesk | None, lines: Sequence[DeskLine], view: View, labels: Labels) -> None:
    places = [(line.key, line.place) for line in lines]
    here = places.index((view.report or "", view.finding or "")) if (view.report, view.finding) in places else None
    with st.container(horizontal=True):
        for name, icon, step in (("previous", "arrow_upward", -1), ("next", "arrow_downward", 1)):
            to = None if here is None or not 0 <= here + step < len(places) else places[here + step]
            st.button(
                labels(f"desk.{name}"), key=f"desk_{name}", icon=f":material/{icon}:", type="tertiary", disabled=to is None,
                on_click=open_line, args=to or ("", ""),
            )  # fmt: skip
        if at is not None and at.stored is not None:
            st.button(
                labels("desk.open_report"), key="desk_open", icon=":material/description:", type="tertiary",
                on_click=go_to, args=("report",), kwargs={"report": view.report, "cell": view.cell},
            )  # fmt: skip
        st.button(
            labels("desk.close"), key="desk_close", icon=":material/close:", type="tertiary",
            on_click=change_view, kwargs={"report": None, "finding": None, "cell": None},
        )  # fmt: skip


def _after(lines: Sequence[DeskLine], view: View) -> tuple[str, str] | None:
    """The line after the one looked at."""
    places = [(line.key, line.place) for line in lines]
    at = (view.report or "", view.finding or "")
    return next(iter(places[places.index(at) + 1 :]), None) if at in places else None


def _said(finding: Finding, at: AtDesk, labels: Labels) -> None:
    st.markdown(f"{finding_line(finding, labels)}  \n:small[:gray[{plain(finding_place(finding, at.report, labels))}]]")
    show_quotes(finding, at.report, labels)
    for other in finding.others:
        words = {"organ": other.organ or "—", "year": other.report_year or "—", "cell": key_name(other.key, labels)}
        said = {"version": "desk.other_version", "peer": "desk.other_peer"}.get(other.relation, "desk.others")
        value = "—" if other.value is None else f"{other.value:.1%}" if other.relation == "peer" else other.value
        st.caption(plain(labels(said, value=value, **words)))
        key = _stored_key(other, at)
        if key is not None:
            st.button(
                labels("desk.see_other"), key=f"other_{key}_{other.key}", icon=":material/image_search:", type="tertiary",
                on_click=go_to, args=("report",), kwargs={"report": key, "cell": other.key},
            )  # fmt: skip


def _stored_key(other: OtherFigure, at: AtDesk) -> str | None:
    """The stored report a figure was compared with, by its document; ``None`` where there is none that can be opened."""
    if at.stored is None or other.report_year is None or load_form().cell(other.key) is None:
        return None
    place, year = at.stored.place, other.report_year
    named = organ_id(other.organ or "")  # of last year's the organ itself, or one it followed
    organs = dict.fromkeys((place.organ_id, named) if other.relation == "previous" else (named,))
    scopes = dict.fromkeys((place.scope, "region_total", "own", "unknown"))
    for organ, scope in ((organ, scope) for organ in organs for scope in scopes):
        number = look(lambda c, organ=organ, scope=scope: find(c, organ, year, cast(Scope, scope)))
        if number is not None and look(lambda c, number=number: stored(c, number)).printed.document.sha256 == other.sha256:
            return key_of(organ, year, scope)
    return None


def _place(at: AtDesk, finding: Finding, view: View, labels: Labels) -> None:
    """The picture of one of the cells, and the choice among them."""
    cells = [key for key in finding.cells if key in at.report.cells]
    if not cells:
        st.caption(labels("desk.no_cells"))
        return
    shown = view.cell if view.cell in cells else cells[-1]
    if len(cells) > 1:
        draw(
            st.selectbox, "cell", shown, label=labels("desk.cells"), options=cells,
            format_func=lambda key: labels("desk.cell", name=key_name(key, labels), value=_value(at, key, labels)),
        )  # fmt: skip
    show_place(at, shown, labels)


def _value(at: AtDesk, key: str, labels: Labels) -> str:
    reading = at.report.cells[key]
    return labels(f"state.{reading.state}") if reading.value is None else str(reading.value)
