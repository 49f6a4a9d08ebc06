"""Saved groups of agencies: taking one, saving what is chosen, and in the sidebar which are shown as one agency each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from ogi.labels import Labels
from ogi.store import groups
from ogi.store.groups import Group
from ogi.view import OF_GROUPS, View, group_id
from pages.parts.address import change_view
from pages.parts.groups import named_groups
from pages.parts.person import act, moment, person_name
from pages.parts.stage import Stage
from pages.parts.store import attempt, change
from pages.parts.visitor import visitor
from pages.parts.widgets import draw

_NAME, NONE = "group_name", ""


def show_groups(at: Stage, chosen: Sequence[str]) -> None:
    """Draw the saved groups, and for who may change something the way to save the agencies chosen."""
    labels = at.labels
    known = {group.group_id: group for group in named_groups()}
    if known:
        _take(at, known)
    if not visitor().may_edit:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="group_saving"):
        st.text_input(
            labels("groups.name", count=len(chosen)),
            key=_NAME,
            max_chars=60,
            placeholder=labels("groups.name_placeholder"),
            disabled=not chosen,
        )
        save = partial(_save, tuple(chosen), labels)
        st.button(labels("groups.save"), key="group_save", icon=":material/bookmark_add:", disabled=not chosen, on_click=save)


def choose_groups(view: View, labels: Labels) -> None:
    """Let the reader choose the saved groups that stand as one beside agencies, where any is saved and the page shows them."""
    known = {group.group_id: group.name for group in named_groups()}
    if not known or view.page not in OF_GROUPS:
        return
    draw(
        st.multiselect,
        "groups",
        [key for key in view.groups if key in known],
        apply=lambda chosen: change_view(groups=(*chosen, *(key for key in view.groups if key not in known))),
        label=labels("groups.as_one"),
        options=list(known),
        format_func=known.__getitem__,
        placeholder=labels("groups.none"),
        help=labels("groups.as_one_tip"),
    )


def _take(at: Stage, known: dict[str, Group]) -> None:
    labels, view = at.labels, at.view
    current = group_id(view.organs) if view.organs else NONE
    group = known.get(current)
    draw(
        st.selectbox,
        "saved_group",
        current if group else NONE,
        field="organs",
        apply=lambda key: change_view(organs=known[key].organs if key else ()),
        label=labels("groups.saved"),
        options=[NONE, *known],
        format_func=lambda key: (
            labels("groups.option", name=known[key].name, count=len(known[key].organs)) if key else labels("groups.none")
        ),
        help=labels("groups.tip", by=person_name(group.by, labels), at=moment(group.at)) if group else None,
    )
    if group and visitor().may_edit:
        remove = partial(_remove, group, labels)
        st.button(
            labels("groups.remove"), key="group_remove", icon=":material/bookmark_remove:", type="tertiary", on_click=remove
        )


def _save(chosen: tuple[str, ...], labels: Labels) -> None:
    name = str(st.session_state.get(_NAME) or "").strip()

    def make() -> str:
        change(lambda c: groups.name_group(c, name, chosen, act()))
        return labels("groups.saved_as", name=name, count=len(chosen))

    attempt(make, labels)


def _remove(group: Group, labels: Labels) -> None:
    def make() -> str:
        change(lambda c: groups.unname(c, group.group_id, act()))
        return labels("groups.removed", name=group.name)

    attempt(make, labels)
