"""Residents by region and year with their source: what is there, and what a table would add or change."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from ogi.exchange.organ_list import plain_book
from ogi.exchange.population_table import COLUMNS, FIELDS, NEEDED, Population, population_table, region_name, table_rows
from ogi.labels import Labels
from ogi.store.populations import listed, put, remove
from pages.parts.organ_import import show_problems
from pages.parts.person import act
from pages.parts.store import attempt, change, look
from pages.parts.table_upload import forget_file, uploaded_rows
from pages.parts.visitor import visitor

_NAME = "populations"
_SHOWN = 500


def show_populations(labels: Labels) -> None:
    """Draw what is there, and for who may change it the field for a table."""
    with st.expander(labels("population.title"), icon=":material/groups:"):
        known = look(listed)
        _show_known(known, labels)
        if not visitor().may_edit_everything:
            return
        st.caption(labels("population.intro"))
        rows = uploaded_rows(_NAME, COLUMNS, NEEDED, labels("population.file"), labels)
        if rows is None:
            return
        found = population_table(rows)
        show_problems(found.problems, labels)
        before = {(one.region_code, one.year): one for one in known}
        changed = [one for one in found.populations if before.get((one.region_code, one.year), one) != one]
        new = [one for one in found.populations if (one.region_code, one.year) not in before]
        same = len(found.populations) - len(new) - len(changed)
        st.markdown(labels("population.would", new=len(new), changed=len(changed), same=same))
        if new or changed:
            st.dataframe(_changes([*changed, *new][:_SHOWN], before, labels), hide_index=True, alt=labels("population.file"))
        st.button(
            labels("organs.file.apply"), key="populations_apply", type="primary", icon=":material/done_all:",
            disabled=bool(found.problems) or not (new or changed), on_click=partial(_apply, [*changed, *new], labels),
        )  # fmt: skip


def _show_known(known: list[Population], labels: Labels) -> None:
    """The populations there are, to take away and to delete."""
    if not known:
        st.markdown(labels("population.none"))
        return
    st.markdown(labels("population.listed", count=len(known)))
    if len(known) > _SHOWN:
        st.caption(labels("organs.file.more", shown=_SHOWN))
    shown = known[:_SHOWN]
    frame = pd.DataFrame(table_rows(shown), columns=pd.Index(_heads(labels)))
    state: Any = st.dataframe(
        frame, hide_index=True, key=f"populations_{len(known)}", on_select="rerun", alt=labels("population.title"), height=240
    )
    picked = [shown[row] for row in state.selection.rows]
    with st.container(horizontal=True):
        st.download_button(
            labels("population.download"), partial(_book, known, labels), file_name="populations.xlsx", on_click="ignore",
            icon=":material/download:", key="populations_download",
        )  # fmt: skip
        if picked and visitor().may_edit_everything:
            st.button(
                labels("population.remove", count=len(picked)), key="populations_remove", icon=":material/delete:",
                on_click=remove_all, args=(picked, labels),
            )  # fmt: skip


def _heads(labels: Labels) -> list[str]:
    return [labels(f"population.column.{field}") for field in FIELDS]


def _book(known: list[Population], labels: Labels) -> bytes:
    return plain_book(labels, labels("population.sheet"), _heads(labels), table_rows(known), (12, 30, 8, 14, 50))


def _changes(populations: list[Population], before: dict[tuple[str, int], Population], labels: Labels) -> pd.DataFrame:
    lines = []
    for one in populations:
        old = before.get((one.region_code, one.year))
        was = "" if old is None else f"{old.people}（{old.source}）"
        lines.append((one.region_code, region_name(one.region_code), one.year, one.people, one.source, was))
    return pd.DataFrame(lines, columns=pd.Index([*_heads(labels), labels("population.column.before")]))


def _apply(populations: list[Population], labels: Labels) -> None:
    def make() -> str:
        replaced = change(lambda c: put(c, populations, act()))
        return labels("population.done", count=len(populations), changed=replaced)

    if attempt(make, labels):
        forget_file(_NAME)


def remove_all(populations: list[Population], labels: Labels) -> None:
    """Take populations away, from a callback; the audit keeps them."""

    def do(connection: Any) -> int:
        return sum(remove(connection, one.region_code, one.year, act()) for one in populations)

    def make() -> str:
        return labels("population.removed", count=change(do))

    attempt(make, labels)
