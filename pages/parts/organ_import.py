"""A list of organs coming in: which would be new in the register, and what would become of the list of that name."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ogi.exchange.organ_list import COLUMNS, NEEDED, OrganList, RowProblem, organ_list, problem_sentence
from ogi.labels import Labels
from ogi.store.expected import organs_of, replace_list
from ogi.store.register import add_organs, missing_of
from pages.parts.person import act
from pages.parts.plain import plain
from pages.parts.store import attempt, change, look
from pages.parts.table_upload import forget_file, uploaded_rows
from pages.parts.visitor import visitor

_NAME = "organs"
_SHOWN, _PROBLEMS_SHOWN, _MOST_NAMES = 200, 50, 20


def show_organ_import(labels: Labels) -> None:
    """Draw the field for the file, what it would change, and the button that does it; nothing for who may not."""
    if not visitor().may_edit_everything:
        return
    with st.expander(labels("organs.file.title"), icon=":material/playlist_add:"):
        st.caption(labels("organs.file.intro"))
        rows = uploaded_rows(_NAME, COLUMNS, NEEDED, labels("organs.file.file"), labels)
        if rows is None:
            return
        found = organ_list(rows)
        list_name = st.text_input(labels("organs.file.list_name"), key="organs_list_name", max_chars=100).strip()
        show_problems(found.problems, labels)
        new = look(lambda c: missing_of(c, found.described))
        st.markdown(labels("organs.file.would", new=len(new), known=len(found.organs) - len(new)))
        if new:
            st.dataframe(_frame(found, new, labels), hide_index=True, alt=labels("organs.file.title"))
            if len(new) > _SHOWN:
                st.caption(labels("organs.file.more", shown=_SHOWN))
        if list_name:
            _show_list(list_name, found, labels)
        st.button(
            labels("organs.file.apply"), key="organs_apply", type="primary", icon=":material/done_all:",
            disabled=bool(found.problems) or not (new or (list_name and found.organs)),
            on_click=partial(_apply, found, list_name, labels),
        )  # fmt: skip


def show_problems(problems: tuple[RowProblem, ...], labels: Labels) -> None:
    """Say which rows of a table are wrong."""
    if not problems:
        return
    st.markdown(f":orange[:material/warning:] **{labels('organs.file.problems', count=len(problems))}**")
    st.markdown("\n".join(f"- {plain(problem_sentence(problem, labels))}" for problem in problems[:_PROBLEMS_SHOWN]))
    if len(problems) > _PROBLEMS_SHOWN:
        st.caption(labels("organs.file.more", shown=_PROBLEMS_SHOWN))


def _frame(found: OrganList, new: set[str], labels: Labels) -> pd.DataFrame:
    fields = ("organ", "level", "kind", "region", "parent")
    lines = [
        (name.name, labels(f"view.level.{name.level}"), labels(f"view.kind.{name.kind}"), name.region or "", name.parent or "")
        for organ_id, name in found.described.items()
        if organ_id in new
    ]
    return pd.DataFrame(lines[:_SHOWN], columns=pd.Index([labels(f"organs.column.{field}") for field in fields]))


def _show_list(list_name: str, found: OrganList, labels: Labels) -> None:
    """Say what would become of the list of that name."""
    before = {organ.organ_id: organ.name for organ in look(lambda c: organs_of(c, list_name))}
    after = {organ.organ_id for organ in found.organs}
    gone = [name for organ_id, name in before.items() if organ_id not in after]
    words = {"added": len(after - before.keys()), "removed": len(gone), "count": len(after)}
    st.markdown(plain(labels("organs.file.would_list", name=list_name, **words)))
    if gone:
        names = labels("list_separator").join(gone[:_MOST_NAMES]) + ("……" if len(gone) > _MOST_NAMES else "")
        st.caption(plain(labels("organs.file.removed", names=names)))


def _apply(found: OrganList, list_name: str, labels: Labels) -> None:
    def do(connection: Any) -> int:
        if list_name:
            replace_list(connection, list_name, found.organs, act())
        return add_organs(connection, found.described, act())

    def make() -> str:
        added = labels("organs.file.done", count=change(do))
        return f"{added}{labels('expected.kept', name=list_name, count=len(found.organs))}" if list_name else added

    if attempt(make, labels):
        forget_file(_NAME)
