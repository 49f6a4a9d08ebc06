"""The view with what it asks for in other words said organ by organ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ogi.comparison.children import Children, children_of
from ogi.comparison.peers import Peers, peers_of
from ogi.facts import facts_of
from ogi.library import Library
from ogi.view import View, resolve_collection


def peers_in(view: View, library: Library) -> Peers | None:
    """Return the peers the view asks for; ``None`` where it asks for none."""
    if view.peers_of is None:
        return None
    return peers_of(facts_of(library, resolve_collection(view, library)), view.peers_of)


def children_in(view: View, library: Library) -> Children | None:
    """Return the subordinates the view asks for; ``None`` where it asks for none."""
    if view.children_of is None:
        return None
    return children_of(facts_of(library, resolve_collection(view, library)), view.children_of)


def named(view: View, asked: Iterable[Peers | Children | None]) -> View:
    """Return the view with the peers and subordinates asked for named one by one; the same view where nothing is asked for."""
    chosen = view.organs
    for found in asked:
        if found is not None and found.organs:
            among = set(found.organs)
            chosen = tuple(organ for organ in chosen if organ in among) or found.organs
    return view if chosen == view.organs else replace(view, organs=chosen)


def shown(view: View, library: Library) -> View:
    """Return the view as it is shown: :func:`named` by its peers and subordinates."""
    return named(view, (peers_in(view, library), children_in(view, library)))
