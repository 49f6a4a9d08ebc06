"""What every page stands on: the words, the view, the reports at hand and what the view selects of them.

The frame sets the stage once per run; pages only take it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
import streamlit as st
from streamlit.navigation.page import Page

from ogi.charts import Chart
from ogi.comparison.children import Children
from ogi.comparison.peers import Peers
from ogi.comparison.shown import children_in, named, peers_in
from ogi.facts import facts_of
from ogi.labels import Labels
from ogi.library import Collection, Entry, Library
from ogi.once import once
from ogi.selection import WIDE, Selection, select
from ogi.view import View, describe, resolve_collection
from ogi.view.sentence import told_by
from pages.parts.groups import find_group, named_groups
from pages.parts.sample_library import Progress

_STAGE = "stage"
_MOST = {"agencies": 60_000}
"""Three thousand agencies with all their years: a page that shows a few figures of each draws them one by one."""


@dataclass(frozen=True)
class Stage:
    """One run's view of the world."""

    labels: Labels
    view: View
    library: Library
    progress: Progress
    pages: Mapping[str, Page] = field(default_factory=dict)
    """The pages of the navigation by name, for links between them."""
    most: int = 0
    """Up to so many reports of the library stand one by one; 0 for what the page is made for. See ``select``."""
    joined: Selection | None = None
    """What is shown in place of what the view selects: an agency with its predecessors in its earlier years."""

    @once
    def collection(self) -> Collection:
        """The one collection shown."""
        return resolve_collection(self.view, self.library)

    @once
    def peers(self) -> Peers | None:
        """The peers the view asks for; ``None`` where it asks for none."""
        return peers_in(self.view, self.library)

    @once
    def children(self) -> Children | None:
        """The subordinates the view asks for; ``None`` where it asks for none."""
        return children_in(self.view, self.library)

    @once
    def shown(self) -> View:
        """The view with the peers and subordinates it asks for named one by one."""
        return named(self.view, (self.peers, self.children))

    @once
    def groups(self) -> dict[str, Selection]:
        """The groups to be shown as one that are known here: what each selects over the years shown."""
        found = {key: organs for key in self.view.groups if (organs := find_group(key))}
        alike = {"levels": (), "kinds": (), "regions": (), "peers_of": None, "children_of": None, "groups": ()}
        years = self.selection.years
        return {key: select(self.library, replace(self.view, organs=o, years=years, **alike)) for key, o in found.items()}

    @once
    def group_names(self) -> dict[str, str]:
        """The names people gave to groups, by id."""
        return {group.group_id: group.name for group in named_groups()}

    @once
    def agency(self) -> str | None:
        """The agency of the page of one agency: the one chosen, else the first shown; ``None`` where there is none."""
        if self.selection.is_wide or self.selection.is_empty:
            return None
        there = self.selection.series["organ_id"].tolist()
        return self.view.focus_organ if self.view.focus_organ in there else str(there[0])

    @property
    def limit(self) -> int:
        """Up to so many reports of the library are shown one by one."""
        return max(WIDE, self.most or _MOST.get(self.view.page, 0))

    @once
    def selection(self) -> Selection:
        """What the view selects."""
        if self.joined is not None:
            return self.joined
        return select(self.library, self.shown, most=self.most or _MOST.get(self.view.page, 0))

    @once
    def sentence(self) -> str:
        """What is shown, in words."""
        shown, facts = self.shown, facts_of(self.library, self.collection)
        if shown.page == "agency" and (organ := self.agency) is not None:
            shown = replace(shown, organs=(organ,), levels=(), kinds=(), regions=(), peers_of=None, children_of=None)
        names = self.group_names if shown.organs or shown.groups or shown.focus_organ else None
        name = ("sentence", told_by(shown), tuple((names or {}).items()), self.library.fingerprint, self.labels.lang)
        return facts.kept.get(name, lambda: describe(shown, self.labels, self.library, names))

    def chart(self, make: Callable[..., Chart], numbers: Any, *, of: tuple[Hashable, ...] = (), **options: Hashable) -> Chart:
        """Return a chart of the selection; it is made once for all runs that ask the same.

        Args:
            make: the function that makes it.
            numbers: the frame or grid it is made of.
            of: everything that tells ``numbers`` from other numbers of this selection.
            **options: passed on to ``make``; two charts of the same numbers differ by these.
        """
        name = (make.__module__, make.__qualname__, of, *sorted(options.items()))
        return self.kept_chart(name, lambda: make(numbers, labels=self.labels, **options))

    def kept_chart(self, name: tuple[Hashable, ...], make: Callable[[], Chart]) -> Chart:
        """Return a chart of the selection by name; :meth:`chart` where it is made of one frame or grid."""
        return self.selection.remembered(("chart", self.labels.lang, *name), make, weight=_bytes)

    @once
    def entries(self) -> tuple[Entry, ...]:
        """The reports that the view selects, newest year first."""
        return self.selection.entries

    @property
    def is_reading(self) -> bool:
        """Whether the samples shown are still being read, so that what is not here yet may still come."""
        return self.is_sample and not self.progress.is_finished

    @property
    def is_sample(self) -> bool:
        """Whether what is shown are samples and not the visitor's own reports."""
        return self.collection in ("fictional", "published")


def _bytes(chart: Chart) -> int:
    """About the memory of a chart: its picture has three times the size of what goes over the wire."""
    return 3 * len(msgspec.json.encode(chart.figure, enc_hook=str)) + 24 * chart.table.size


def set_stage(stage: Stage) -> None:
    """Make ``stage`` the one of this run."""
    st.session_state[_STAGE] = stage


def stage() -> Stage:
    """The stage of this run."""
    return st.session_state[_STAGE]
