"""The predecessors of an agency on the pages that compare its years: whose reports they are, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from ogi.comparison.lineage_selection import lineage_selection
from ogi.comparison.lineage_words import lineage_words
from ogi.facts import facts_of
from ogi.lineage import Lineage, ancestors
from ogi.selection import Selection, select
from ogi.selection.scopes import ADDABLE
from ogi.store.location import StoreError
from ogi.store.successions import names_of, successions
from ogi.view import View, is_group
from pages.parts.plain import plain
from pages.parts.share_state import shared_code
from pages.parts.stage import Stage
from pages.parts.store import store

T = TypeVar("T")


def lineage_of(at: Stage, organ: str, scope: str) -> Lineage | None:
    """Return whom an agency came from.

    ``None`` where nobody said so, where the records cannot be read, of samples, and for readers of a link that does not grant
    all of them: with one left out the sum of several would pass for the figures of one.
    """
    if not organ or at.is_sample:
        return None
    try:
        links = _look(lambda c: successions(c, organ))
        chain = ancestors(organ, links)
        if len(chain) == 1 or (shared_code() is not None and not _granted(at, chain)):
            return None
        names = _look(lambda c: names_of(c, chain))
    except StoreError:
        return None
    selection = selection_of(at, chain)
    who = selection.facts.identity.iloc[selection.rows]
    scopes = next((scopes for scopes in ADDABLE if scope in scopes), (scope,))
    reporting: dict[str, set[int]] = {}
    columns = (who[name].tolist() for name in ("organ_id", "organ_name", "report_year", "scope"))
    for one, name, year, of in zip(*columns, strict=True):
        names.setdefault(str(one), str(name))
        if of in scopes:
            reporting.setdefault(str(one), set()).add(int(year))
    return Lineage(organ, links, reporting, names)


def with_predecessors(view: View) -> View:
    """The view as it is shared: the predecessors of the one agency of the page are granted with it, for its years to be whole."""
    if not view.organs or view.focus_organ is None or is_group(view.focus_organ):
        return view
    try:
        links = _look(lambda c: successions(c, str(view.focus_organ)))
    except StoreError:
        return view
    return replace(view, organs=(*view.organs, *ancestors(view.focus_organ, links)))


def _look(at: Callable[[Any], T]) -> T:
    """Read the links of agencies; readers of a link may, for what they get of it is held to what is granted."""
    with store().records.reading() as connection:
        return at(connection)


def _granted(at: Stage, organs: Sequence[str]) -> bool:
    """Whether reports of all these agencies are in the library of this session."""
    return set(organs) <= set(facts_of(at.library, at.collection).identity["organ_id"].tolist())


def selection_of(at: Stage, organs: Sequence[str]) -> Selection:
    """Return the reports of an agency and of those it came from, whichever of them the view shows, in the years of the view."""
    alike = {"levels": (), "kinds": (), "regions": (), "peers_of": None, "children_of": None, "groups": ()}
    return select(at.library, replace(at.view, organs=tuple(organs), **alike))


def through_history(at: Stage, lineage: Lineage | None, scope: str) -> Stage:
    """The stage of one agency, in its earlier years with those in its place; the stage itself where it has no predecessors."""
    if lineage is None:
        return at
    return replace(at, joined=lineage_selection(selection_of(at, lineage.organs), lineage, scope))


def show_lineage(lineage: Lineage | None, years: Sequence[int], at: Stage) -> None:
    """Say which years are those of predecessors, what is lacking, and what is not joined and why."""
    if lineage is not None:
        for text in lineage_words(lineage, years, at.labels):
            st.caption(f":material/family_history: {plain(text)}")
