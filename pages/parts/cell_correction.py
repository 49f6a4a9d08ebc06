"""Correcting one cell in place: the kind, the value, the reason; taking it back; and what happened to the cell before."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ogi.form import load_form
from ogi.keyed import NotANumberError, keyed_reading
from ogi.labels import Labels
from ogi.report import Number, State
from ogi.store.corrections import confirm, correct, history, keep, undo
from ogi.store.edits import Correction, Kind
from ogi.store.reports import StoredReport
from pages.parts.person import act, moment, person, person_field, person_name
from pages.parts.plain import plain
from pages.parts.report_tables import correction_words
from pages.parts.store import attempt, change, look
from pages.parts.visitor import visitor

KINDS: tuple[Kind, ...] = ("misread", "amended")


def show_correction(stored: StoredReport, key: str, labels: Labels) -> None:
    """Draw the form, and for what is set already the ways to take it back and to confirm it."""
    if visitor().may_edit:
        person_field(labels)
    for correction in stored.corrections:
        if correction.key == key:
            _standing(correction, labels)
    if not visitor().may_edit:
        return
    name = f"{stored.report_id}_{key}_{stored.changes}"
    with st.form(key=f"correct_{name}", border=True):
        st.markdown(f"**{labels('correct.title')}**")
        kinds = _kinds(stored, key)
        kind = st.radio(
            labels("correct.kind"),
            kinds,
            format_func=lambda value: labels(f"report.kind.{value}"),
            captions=[labels(f"correct.kind_{value}") for value in kinds],
            key=f"correct_kind_{name}",
        )
        value = st.text_input(
            labels("correct.value"), key=f"correct_value_{name}", max_chars=24, help=labels("correct.value_tip")
        )
        why = st.text_input(labels("correct.why"), key=f"correct_why_{name}", max_chars=400)
        if st.form_submit_button(labels("correct.save"), type="primary", icon=":material/edit:", key=f"correct_save_{name}"):
            _save(stored, key, kind, typed=value, why=why, labels=labels)


def _kinds(stored: StoredReport, key: str) -> tuple[Kind, ...]:
    """What a correction may be: a cell the document does not have can only be keyed in."""
    reading = stored.printed.cells.get(key)
    return ("keyed",) if reading is None or reading.state in ("missing_page", "not_asked") else KINDS


def _save(stored: StoredReport, key: str, kind: Kind, *, typed: str, why: str, labels: Labels) -> None:
    """Check what was typed and keep it; what is wrong is said at the form, and what was typed stays."""
    if not why.strip():
        st.error(labels("correct.need_why"))
        return
    try:
        value, state = _typed(key, typed, kind)
    except NotANumberError as error:
        st.error(plain(labels("correct.wrong", text=typed.strip(), why=labels(f"key_in.wrong.{error.code}"))))
        return
    if kind == "amended" and value is None:
        st.error(labels("correct.amended_needs_number"))
        return

    def make() -> str:
        change(
            lambda c: correct(c, stored.report_id, key, kind=kind, value=value, state=state, act=act(why), changes=stored.changes)
        )
        return labels("correct.saved", label=labels.field(key))

    attempt(make, labels)
    st.rerun()


def _typed(key: str, typed: str, kind: Kind) -> tuple[Number | None, State]:
    cell = load_form().cell(key)
    assert cell is not None
    reading = keyed_reading(cell, typed, as_printed=kind == "misread")
    state: State = "reported" if reading.state == "keyed" and kind != "keyed" else reading.state
    return reading.value, state


def _standing(correction: Correction, labels: Labels) -> None:
    """What is set at this moment, with its undo and the second person's confirmation."""
    with st.container(border=True, key=f"standing_{correction.correction_id}"):
        st.markdown(plain(correction_words(correction, labels)))
        if correction.confirmed_by and correction.confirmed_at:
            by = person_name(correction.confirmed_by, labels)
            st.caption(
                f":material/verified_user: {plain(labels('correct.confirmed', by=by, at=moment(correction.confirmed_at)))}"
            )
        if not visitor().may_edit:
            return
        with st.container(horizontal=True):
            st.button(
                labels("library.undo"), key=f"undo_{correction.correction_id}", icon=":material/undo:",
                on_click=partial(_undo, correction, labels),
            )  # fmt: skip
            if correction.printed_changed:
                st.button(
                    labels("correct.keep"), key=f"keep_{correction.correction_id}", icon=":material/check:",
                    on_click=partial(_keep, correction, labels),
                )  # fmt: skip
            if correction.confirmed_by is None:
                st.button(
                    labels("correct.confirm"), key=f"confirm_{correction.correction_id}", icon=":material/verified_user:",
                    help=labels("correct.confirm_tip"), disabled=person() == correction.by,
                    on_click=partial(_confirm, correction, labels),
                )  # fmt: skip


def _undo(correction: Correction, labels: Labels) -> None:
    def make() -> str:
        change(lambda c: undo(c, correction.correction_id, act()))
        return labels("correct.undone", label=labels.field(correction.key))

    attempt(make, labels)


def _keep(correction: Correction, labels: Labels) -> None:
    def make() -> str:
        change(lambda c: keep(c, correction.correction_id, act()))
        return labels("correct.kept")

    attempt(make, labels)


def _confirm(correction: Correction, labels: Labels) -> None:
    def make() -> str:
        change(lambda c: confirm(c, correction.correction_id, act()))
        return labels("correct.confirmed_now", label=labels.field(correction.key))

    attempt(make, labels)


def show_history(stored: StoredReport, key: str, labels: Labels) -> None:
    """Every correction this cell ever had, newest first, also those taken back."""
    found = look(lambda c: history(c, stored.report_id, key))
    if not found:
        return
    with st.expander(labels("correct.history", count=len(found)), icon=":material/history:"):
        for correction in sorted(found, key=lambda one: -one.correction_id):
            line = plain(correction_words(correction, labels))
            if correction.undone_at is not None:
                by = person_name(correction.undone_by or "", labels)
                line = f"~~{line}~~  \n{plain(labels('correct.taken_back', by=by, at=moment(correction.undone_at)))}"
            st.markdown(f"- {line}")
