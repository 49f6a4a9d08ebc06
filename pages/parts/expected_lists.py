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

_PROBLEMS_SHOWN = 50


def show_making(labels: Labels, *, is_open: bool) -> None:
    """Draw the two ways to a list; a list of the same name is replaced, which is said. Nothing for who may not."""
    if not visitor().may_edit_everything:
        return
    with st.expander(labels("expected.make"), expanded=is_open, icon=":material/playlist_add:"):
        name = st.text_input(labels("expected.name"), key="expected_name", max_chars=100, help=labels("expected.name_tip"))
        rows = uploaded_rows("expected", COLUMNS, NEEDED, labels("expected.file"), labels)
        found = organ_list(rows) if rows is not None else None
        if found is not None:
            for problem in found.problems[:_PROBLEMS_SHOWN]:
                st.markdown(f"- {plain(problem_sentence(problem, labels))}")
            st.markdown(labels("expected.read", organs=len(found.organs), problems=len(found.problems)))
        organs = found.organs if found is not None and not found.problems else ()
        with st.container(horizontal=True):
            st.button(
                labels("expected.keep_file"), key="expected_keep", type="primary", disabled=not (name.strip() and organs),
                on_click=partial(_keep, name, organs, labels),
            )  # fmt: skip
            st.button(
                labels("expected.from_library"), key="expected_from_library", disabled=not name.strip(),
                help=labels("expected.from_library_tip"), on_click=partial(_from_library, name, labels),
            )  # fmt: skip


def _keep(name: str, organs: tuple[ExpectedOrgan, ...], labels: Labels) -> None:
    def make() -> str:
        change(lambda c: replace_list(c, name, organs, act()))
        return labels("expected.kept", name=name.strip(), count=len(organs))

    attempt(make, labels)


def _from_library(name: str, labels: Labels) -> None:
    def make() -> str:
        organs = look(organs_with_reports)
        change(lambda c: replace_list(c, name, organs, act()))
        return labels("expected.kept", name=name.strip(), count=len(organs))

    attempt(make, labels)
