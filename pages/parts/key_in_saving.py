"""Keeping what was typed into the form: as a new report, or as cells keyed into one that was read in part."""

from __future__ import annotations

from functools import partial

import streamlit as st

import ogi
from ogi.keyed import filled_cells
from ogi.labels import Labels
from ogi.organs import id_of
from ogi.store.accepting import accept
from ogi.store.corrections import CellCorrection, correct_many
from ogi.store.prepared import prepare
from ogi.store.reports import StoredReport, find
from pages.parts.address import go_to
from pages.parts.key_in_form import KeyedForm, as_it_stands, forget_typed
from pages.parts.person import act, person_field
from pages.parts.plain import plain
from pages.parts.store import attempt, change, look, say

_WHY = "key_in_why"


def show_saving(form: KeyedForm, stored: StoredReport | None, labels: Labels) -> None:
    """Draw the source, the name and the buttons; says what is missing before it can be kept."""
    st.text_input(labels("key_in.source"), key=_WHY, max_chars=400, help=labels("key_in.source_tip"))
    person_field(labels)
    missing = _missing(form, stored, labels)
    for sentence in missing:
        st.caption(f":material/info: {plain(sentence)}")
    with st.container(horizontal=True):
        st.button(
            labels("key_in.save" if stored is None else "key_in.save_cells"),
            key="key_in_save",
            type="primary",
            icon=":material/save:",
            disabled=bool(missing),
            on_click=partial(_save, form, stored, labels),
        )
        st.button(labels("key_in.clear"), key="key_in_clear", disabled=not form.filled, on_click=forget_typed, args=(form.name,))


def _missing(form: KeyedForm, stored: StoredReport | None, labels: Labels) -> list[str]:
    """What stands in the way of keeping the form."""
    found = []
    if not form.filled:
        found.append(labels("key_in.nothing"))
    if form.wrong:
        found.append(labels("key_in.wrong_first", count=len(form.wrong)))
    if stored is None:
        report = form.report
        if report.organ.candidates:
            names = labels("list_separator").join(report.organ.candidates[:5])
            found.append(labels("key_in.which_organ", names=names))
        elif not report.organ.name:
            found.append(labels("upload.need_organ"))
        if report.report_year is None:
            found.append(labels("upload.need_year"))
        if not found and _is_there(form):
            found.append(labels("key_in.is_there"))
    return found


def _is_there(form: KeyedForm) -> bool:
    """Whether a report of this organ, year and scope is kept already: it is completed or corrected there, not keyed in again."""
    organ, year = id_of(form.report.organ), form.report.report_year
    if organ is None or year is None:
        return False
    return look(lambda c: find(c, organ, year, form.report.scope)) is not None


def _save(drawn: KeyedForm, stored: StoredReport | None, labels: Labels) -> None:
    form, why = as_it_stands(drawn), str(st.session_state.get(_WHY) or "").strip()
    if missing := _missing(form, stored, labels):
        say(missing[0], is_error=True)
    elif stored is None:
        _save_new(form, why, labels)
    else:
        _save_cells(form, stored, why, labels)


def _save_new(form: KeyedForm, why: str, labels: Labels) -> None:
    def make() -> str:
        prepared = prepare(form.report, None, origin="keyed", reader=ogi.__version__, why=why)
        accepted = change(lambda c: accept(c, prepared, act(why)))
        go_to("report", report=accepted.key, cell=None)
        return labels("key_in.saved")

    if attempt(make, labels):
        forget_typed(form.name)


def _save_cells(form: KeyedForm, stored: StoredReport, why: str, labels: Labels) -> None:
    filled = filled_cells(stored.effective, form.tables, form.typed)
    cells = [
        CellCorrection(key=key, kind="keyed", value=reading.value, state=None if reading.state == "keyed" else reading.state)
        for key, reading in filled.items()
    ]

    def make() -> str:
        change(lambda c: correct_many(c, stored.report_id, cells, act(why), stored.changes))
        go_to("report", report=stored.key, cell=None)
        return labels("key_in.saved_cells", count=len(cells))

    if attempt(make, labels):
        forget_typed(form.name)
