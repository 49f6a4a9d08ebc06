"""Groups of agencies as one member of a page: the sum of a group where one agency could be chosen, and whom a sum lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from ogi.charts.overview import GroupRow
from ogi.comparison.held import Held, held_by_year, lacking_words
from ogi.store.location import StoreError
from ogi.store.successions import names_of
from ogi.view import View, group_id
from ogi.view.groups import is_group
from pages.parts.choices import ALL, say_absent
from pages.parts.groups import find_group
from pages.parts.plain import plain
from pages.parts.share_state import shared_code
from pages.parts.stage import Stage
from pages.parts.store import look
from pages.parts.widgets import draw


def group_options(at: Stage) -> dict[str, str]:
    """The groups a reader may choose in place of one agency, with the name of their sum; nothing for readers of links."""
    if shared_code() is not None:
        return {}
    asked = [key for key in (*at.view.groups, at.view.focus_organ or "") if is_group(key)]
    known = dict.fromkeys([*at.group_names, *(key for key in asked if find_group(key))])
    return {key: group_name(at, key) for key in known}


def group_name(at: Stage, group: str) -> str:
    """The name of a group as a row beside agencies."""
    return at.labels("groups.row", name=at.group_names.get(group, group))


def of_group(at: Stage, group: str) -> Stage:
    """The same view of the agencies of a group alone, whichever of them the view shows; unchanged where it is not known."""
    return replace(at, joined=None, view=narrowed(at.view, group))


def narrowed(view: View, group: str | None) -> View:
    """The view of the agencies of a group alone; the view itself where no group is named or it is not known here."""
    organs = find_group(group) if group and is_group(group) else None
    if organs is None:
        return view
    alike = {"levels": (), "kinds": (), "regions": (), "peers_of": None, "children_of": None, "groups": ()}
    return replace(view, organs=organs, focus_organ=None, **alike)


def choose_member(at: Stage, *, label: str, tip: str | None = None) -> tuple[Stage, str]:
    """Let the reader choose one agency, a group as one, or all together; say what a link asks for and is not here.

    Returns:
        The stage of what is chosen (that of a group holds its agencies alone), and the id of the one agency; ``""`` for a sum.
    """
    labels, asked = at.labels, at.view.focus_organ
    names = dict(zip(at.selection.series["organ_id"], at.selection.series["organ_name"], strict=True))
    groups = group_options(at)
    chosen = asked if asked in names or asked in groups else ALL
    if asked and chosen == ALL:
        say_absent(at, labels("groups.unknown", ids=asked) if is_group(asked) else labels("choice.organ_absent"))
    every = labels("choice.all_organs", count=len(at.selection.added.places))
    draw(
        st.selectbox,
        "focus_organ",
        chosen,
        none=ALL,
        label=label,
        options=[ALL, *groups, *names],
        format_func=lambda choice: groups.get(choice) or names.get(choice) or every,
        help=tip,
    )
    if chosen not in groups:
        return at, str(chosen)
    of = of_group(at, str(chosen))
    if of.selection.is_wide or of.selection.is_empty:
        key = "groups.too_wide" if of.selection.is_wide else "groups.empty"
        st.warning(plain(labels(key, name=groups[chosen])), icon=":material/info:")
        return at, ALL
    return of, ALL


def sum_name(at: Stage) -> str:
    """What the sum of all agencies shown is called: a group by its name, others by how many they are."""
    if at.view.organs and (name := at.group_names.get(group_id(at.view.organs))):
        return at.labels("groups.row", name=name)
    return at.labels("choice.all_organs", count=len(at.selection.added.places))


def show_held(at: Stage, *, key: str, is_said_whole: bool = True) -> None:
    """Under a sum, say how many agencies it holds in the newest year, with the list of those it lacks in any year."""
    if at.selection.is_wide or at.selection.is_empty or len(found := held_by_year(at.selection)) == 0:
        return
    newest = next((one for one in reversed(found) if one.held), found[-1])
    if newest.asked < 2:
        return
    labels = at.labels
    words = labels("groups.coverage", year=newest.year, held=newest.held, asked=newest.asked)
    if all(one.is_whole for one in found):
        if is_said_whole:
            st.badge(words, icon=":material/join:", color="gray", help=labels("groups.coverage_tip"))
        return
    with st.popover(words, icon=":material/group_off:", help=labels("groups.coverage_tip"), key=f"held_{key}", type="tertiary",
                    on_change="rerun") as box:  # fmt: skip
        if not box.open:
            return
        names = names_of_lacking(at, found)
        rows = [(one.year, f"{one.held}/{one.asked}", lacking_words(one, names, labels) or "–") for one in reversed(found)]
        heads = [labels("charts.column.year"), labels("charts.column.coverage"), labels("groups.lacking")]
        st.dataframe(pd.DataFrame(rows, columns=pd.Index(heads)), hide_index=True, key=f"held_table_{key}", alt=words,
                     column_config={heads[0]: st.column_config.NumberColumn(format="%d")})  # fmt: skip
        st.caption(plain(at.selection.totals([]).scope_note(labels)))


def names_of_lacking(at: Stage, found: Sequence[Held]) -> dict[str, str]:
    """What the agencies a sum lacks are called in the reports at hand, else in the records."""
    organs = {organ for one in found for organ, _ in one.lacking}
    if not organs:
        return {}
    identity = at.selection.facts.identity
    names = dict(zip(identity["organ_id"].tolist(), identity["organ_name"].tolist(), strict=True))
    unknown = sorted(organs - set(names))
    try:
        return names | (look(lambda c: names_of(c, unknown)) if unknown else {})
    except StoreError:
        return names


def show_groups_note(at: Stage) -> None:
    """Say which groups of the view cannot be shown as one, and why; and what the sums of the others hold."""
    labels = at.labels
    unknown = [group for group in at.view.groups if group not in at.groups]
    if unknown:
        st.warning(labels("groups.unknown", ids=labels("list_separator").join(unknown)), icon=":material/link_off:")
    for group, chosen in at.groups.items():
        name = group_name(at, group)
        if chosen.is_wide or chosen.is_empty:
            st.warning(plain(labels("groups.too_wide" if chosen.is_wide else "groups.empty", name=name)), icon=":material/info:")
            continue
        held = len(chosen.added.places)
        words = labels("groups.holds", name=name, held=held, asked=len(chosen.view.organs))
        with st.container(horizontal=True, vertical_alignment="center", key=f"group_note_{group}"):
            st.caption(f":material/join: {plain(words + chosen.totals([]).scope_note(labels))}", width="stretch")
            show_held(of_group(at, group), key=group)


def group_rows(at: Stage) -> tuple[GroupRow, ...]:
    """The groups shown as one as rows of the matrix of reports."""
    there = {group: of for group, of in at.groups.items() if not of.is_wide and not of.is_empty}
    return tuple(
        GroupRow(group, group_name(at, group), tuple((one.year, one.held, one.asked) for one in held_by_year(of)))
        for group, of in there.items()
    )
