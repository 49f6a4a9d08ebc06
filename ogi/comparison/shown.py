"""The view with what it asks for in other words said organ by organ."""

from __future__ import annotations

from dataclasses import replace

from ogi.comparison.peers import peers_of
from ogi.facts import facts_of
from ogi.library import Library
from ogi.view import View, resolve_collection


def shown(view: View, library: Library) -> View:
    """Return the view with the peers it asks for named one by one; the same view where it asks for none."""
    if view.peers_of is None:
        return view
    among = peers_of(facts_of(library, resolve_collection(view, library)), view.peers_of).organs
    if not among:
        return view
    known = set(among)
    return replace(view, organs=tuple(organ for organ in view.organs if organ in known) or among)
