"""Choosing agencies by typing: names, pinyin initials, codes, levels and places; and the peers of one of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ogi.charts.agencies.words import many_said
from ogi.comparison.organ_grid import organ_grid
from ogi.comparison.organ_search import Findable, findable, search_organs
from ogi.labels import LANGS, Labels
from ogi.selection import Option, organ_options
from pages.parts.address import change_view
from pages.parts.drawer import drawer
from pages.parts.group_picker import show_groups
from pages.parts.plain import plain
from pages.parts.stage import Stage
from pages.parts.store import show_said
from pages.parts.widgets import draw

_LISTED = 100
"""So many matches are sent to the browser; the buttons take all of them."""
NOBODY = ""


def show_picker(at: Stage) -> None:
    """Draw the search, what it finds, and the buttons that take all of it, where the reader has opened them."""
    everyone = {option.id: option for option in organ_options(at.selection.facts, at.view)}
    shown = [organ for organ in at.shown.organs if organ in everyone]
    title = at.labels("picker.title", chosen=len(shown) or len(everyone), all=len(everyone))
    show_said()
    with drawer(title, icon=":material/person_search:", key="picker") as box:
        if box.open:  # closed, every run would draw its lists of agencies for nobody
            _show_search(at, everyone)
            _family(at, everyone, at.labels)
            show_groups(at, shown)


def _show_search(at: Stage, everyone: dict[str, Option]) -> None:
    labels, view = at.labels, at.view
    chosen = [organ for organ in view.organs if organ in everyone]
    typed = st.text_input(labels("picker.typed"), key="picker_typed", placeholder=labels("picker.placeholder"))
    found = search_organs(typed, _findable(list(everyone.values())))
    values = {} if at.view.sort == "name" else _values(at)
    if values and not typed:  # what is typed for comes in the order of how well it fits
        found.sort(key=lambda organ: -values.get(organ.id, (-math.inf, ""))[0])
    st.caption(labels("picker.found", count=len(found), listed=min(len(found), _LISTED)))
    listed = list(dict.fromkeys([*chosen[:_LISTED], *(organ.id for organ in found[:_LISTED])]))
    unlisted = tuple(organ for organ in view.organs if organ not in listed)
    draw(
        st.multiselect,
        "organs_found",
        [organ for organ in chosen if organ in listed],
        field="organs",
        apply=lambda picked: change_view(organs=(*picked, *unlisted)),
        label=labels("picker.pick"),
        options=listed,
        format_func=lambda organ: _named(everyone[organ].zh, values.get(organ)),
        placeholder=labels("picker.all"),
    )
    _buttons([organ.id for organ in found], chosen, len(everyone), labels)


def _values(at: Stage) -> dict[str, tuple[float, str]]:
    """The figure of the page in its year, of every agency that has one, chosen or not: as a number and in words."""
    every = replace(at, joined=None, view=replace(at.view, organs=(), peers_of=None, children_of=None))
    if every.selection.is_wide or every.selection.is_empty:
        return {}
    grid = organ_grid(every.selection, every.selection.key(at.view.measure))
    year = at.view.focus_year if at.view.focus_year in grid.years else grid.years[-1]
    numbers = grid.of_year(year)
    words = many_said(grid, numbers, at.labels)
    return {
        organ: (number, word)
        for organ, number, word in zip(grid.organs, numbers.tolist(), words, strict=True)
        if not math.isnan(number)
    }


def _named(name: str, value: tuple[float, str] | None) -> str:
    return name if value is None else f"{name} · {value[1]}"


def _buttons(found: Sequence[str], chosen: Sequence[str], everyone: int, labels: Labels) -> None:
    def take(organs: Sequence[str]) -> None:
        change_view(organs=() if len(set(organs)) == everyone else tuple(organs))

    with st.container(horizontal=True):
        st.button(labels("picker.only", count=len(found)), key="picker_only", disabled=not found, on_click=take, args=(found,))
        more = [*chosen, *found]
        st.button(labels("picker.add", count=len(set(more) - set(chosen))), key="picker_add", disabled=not found or not chosen,
                  on_click=take, args=(more,))  # fmt: skip
        st.button(labels("picker.clear"), key="picker_clear", disabled=not chosen, on_click=take, args=((),))


def _family(at: Stage, everyone: dict[str, Option], labels: Labels) -> None:
    """The peers and the subordinates of one agency."""
    left, right = st.columns(2)
    for place, name in ((left, "peers_of"), (right, "children_of")):
        asked = getattr(at.view, name)
        with place:
            draw(
                st.selectbox,
                name,
                asked if asked in everyone else NOBODY,
                none=NOBODY,
                label=labels(f"picker.{name}"),
                options=[NOBODY, *everyone],
                format_func=lambda choice: everyone[choice].zh if choice else labels("picker.nobody"),
                help=labels(f"picker.{name}_tip"),
            )


def show_children_note(at: Stage) -> None:
    """Say whose subordinates are shown and how they were found, or that there are none."""
    found = at.children
    if found is None:
        return
    labels = at.labels
    if not found.organs:
        st.warning(plain(labels("picker.no_children", name=found.name or found.organ)), icon=":material/account_tree:")
        return
    how = labels("picker.children_place" if found.is_of_a_place else "picker.children_business")
    words = labels("picker.children", name=found.name, count=len(found.organs), how=how)
    vertical = labels("picker.children_vertical", count=found.vertical) if found.vertical else ""
    st.caption(f":material/account_tree: {plain(words + vertical)}")


def show_peers_note(at: Stage) -> None:
    """Say whose peers are shown and how they were found."""
    peers = at.peers
    if peers is None:
        return
    labels = at.labels
    alike = [labels(f"view.level.{peers.level}"), labels(f"view.kind.{peers.kind}" if peers.by_kind else "picker.any_kind")]
    words = {"alike": labels("list_separator").join(alike), "count": len(peers.organs)}
    key = "picker.by_size" if peers.by_size else "picker.by_kind"
    st.caption(f":material/groups: {plain(labels(key, **words, year=peers.year or '', size=peers.size or 0))}")


def _findable(options: Sequence[Option]) -> tuple[Findable, ...]:
    """The agencies with all they can be found by, made once for the same agencies."""
    return _made(tuple((o.id, o.zh, o.level, o.kind, o.region) for o in options))


@st.cache_resource(max_entries=8, show_spinner=False)
def _made(options: tuple[tuple[str, str, str, str, str], ...]) -> tuple[Findable, ...]:
    words = [Labels(lang) for lang in LANGS]
    return findable(
        (id, name, [region, *(w(f"view.level.{level}") for w in words), *(w(f"view.kind.{kind}") for w in words)])
        for id, name, level, kind, region in options
    )
