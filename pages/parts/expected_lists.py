"""Making a list of organs that must report: out of a file, or of the organs that are in the library."""

from __future__ import annotations

from functools import partial

import streamlit as st

from ogi.exchange.organ_list import COLUMNS, NEEDED, ExpectedOrgan, organ_list, problem_sentence
from ogi.labels import Labels
from ogi.store.expected import organs_with_reports, replace_list
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.store import attempt, change, look
from pages.parts.table_upload import uploaded_rows
from pages.parts.visitor import visitor

_NAME, _UNNAMED = "expected_name", "expected_unnamed"
_PROBLEMS_SHOWN = 50


def show_making(labels: Labels, *, is_open: bool) -> None:
    """Draw the two ways to a list; a list of the same name is replaced, which is said. Nothing for who may not."""
    if not visitor().may_edit_everything:
        return
    with st.expander(labels("expected.make"), expanded=is_open, icon=":material/playlist_add:"):
        st.text_input(labels("expected.name"), key=_NAME, max_chars=100, help=labels("expected.name_tip"))
        rows = uploaded_rows("expected", COLUMNS, NEEDED, labels("expected.file"), labels)
        found = organ_list(rows) if rows is not None else None
        if found is not None:
            for problem in found.problems[:_PROBLEMS_SHOWN]:
                st.markdown(f"- {plain(problem_sentence(problem, labels))}")
            if len(found.problems) > _PROBLEMS_SHOWN:
                st.caption(labels("expected.more_problems", shown=_PROBLEMS_SHOWN))
            said = "expected.read_wrong" if found.problems else "expected.read"
            st.markdown(labels(said, organs=len(found.organs), problems=len(found.problems)))
        organs = found.organs if found is not None and not found.problems else ()
        with st.container(horizontal=True):
            st.button(
                labels("expected.keep_file"), key="expected_keep", type="primary", disabled=not organs,
                on_click=partial(_keep, organs, labels),
            )  # fmt: skip
            st.button(
                labels("expected.from_library"), key="expected_from_library",
                help=labels("expected.from_library_tip"), on_click=partial(_from_library, labels),
            )  # fmt: skip
        if st.session_state.pop(_UNNAMED, False):
            st.error(labels("expected.need_name"))


def _named() -> str:
    """The name as it stands when a button is pressed; where there is none, that is said below the buttons."""
    name = str(st.session_state.get(_NAME) or "").strip()
    st.session_state[_UNNAMED] = not name
    return name


def _keep(organs: tuple[ExpectedOrgan, ...], labels: Labels) -> None:
    if not (name := _named()):
        return

    def make() -> str:
        change(lambda c: replace_list(c, name, organs, act()))
        return labels("expected.kept", name=name, count=len(organs))

    attempt(make, labels)


def _from_library(labels: Labels) -> None:
    if not (name := _named()):
        return

    def make() -> str:
        organs = look(organs_with_reports)
        change(lambda c: replace_list(c, name, organs, act()))
        return labels("expected.kept", name=name, count=len(organs))

    attempt(make, labels)
