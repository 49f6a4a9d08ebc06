"""What a link grants: exactly one view, and of it what a reader may choose on the interactive page.

A grant narrows twice. The library a reader's session gets holds only the granted reports, so nothing else can be shown, counted
or offered. And the view of the session is held to the granted one: its page, figures and conditions stay, its organs and years
can only become fewer; language, order and the kind of chart are free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, cast
from urllib.parse import parse_qs, urlencode

import numpy as np

from ogi.comparison.filters import apply_conditions
from ogi.comparison.shown import shown
from ogi.facts import FactsSource, WideSource, facts_of
from ogi.labels import Labels
from ogi.library import Library
from ogi.selection import WIDE, select
from ogi.shares.without_personal import without_personal_data
from ogi.view import View, ViewNotice, as_on, from_query, resolve_collection, to_query
from ogi.view.conditions import condition
from ogi.view.groups import is_group
from ogi.view.sentence import matches
from ogi.view.state import PageName

SHARED_PAGES: tuple[PageName, ...] = ("overview", "years", "agencies", "agency", "proactive", "applications", "disputes")
"""Pages of figures. The others show, search or change stored reports, and no link opens them."""
_SETS = ("organs", "years", "levels", "kinds", "regions")
_FREE = ("lang", "sort", "chart", "rows", "basis")
"""How it is drawn and said; free for every reader."""
_HELD = ("page", *_SETS, "scope", "measure", "against", "bubble", "figures", "where", "baseline", "focus_year", "focus_organ")
"""Fields with a rule of their own."""
_FIXED = tuple(item.name for item in fields(View) if item.name not in (*_FREE, *_HELD))
"""All others stay as granted, also those a later version adds: what nobody has thought about is not granted."""
_ONE_REPORT = ("report", "key_in")
_PERSONAL, _SHOWN = "personal", "shown"
"""What a stored grant says beside its view where personal data is shown; an older program then opens nothing."""


class UnreadableShareError(ValueError):
    """What a share grants cannot be understood any more; nothing is then granted."""


class NothingToShareError(ValueError):
    """The view shows no report."""


class TooWideError(ValueError):
    """So many reports are granted, and not all, that they are not taken into a session of their own."""


def shared_view(view: View, library: Library) -> View:
    """Return a view as it is shared: its collection named; peers, subordinates and who meets conditions named one by one.

    Groups shown as one are left out: they would bring figures of organs that are not shown themselves.

    A page that shows stored reports is shared as the overview of the same reports; a single report as that of its organ and year.

    Raises:
        NothingToShareError: no report is shown.
    """
    view = replace(view, collection=resolve_collection(view, library))
    if view.page in _ONE_REPORT and view.report is not None:
        organ, year, scope = view.report.split(".")
        kept = "all" if scope == "unknown" else scope
        view = replace(view, organs=(organ,), years=(int(year),), scope=kept, baseline=None)  # type: ignore[arg-type]
    if view.page not in SHARED_PAGES:
        view = replace(view, page="overview", chart="auto")
    view = as_on(view, view.page)
    view = replace(shown(view, library), peers_of=None, children_of=None, groups=())
    view = replace(view, focus_organ=None) if is_group(view.focus_organ or "") else view
    view = replace(view, organs=_meeting(view, library), where=()) if view.where else view
    if not len(select(library, view).rows):
        raise NothingToShareError
    return view


def _meeting(view: View, library: Library) -> tuple[str, ...]:
    """The organs that meet the conditions of a view in the year it shows.

    Raises:
        NothingToShareError: none does; a share of no organ would grant all of them.
    """
    selection = select(library, view)
    years = sorted(set(selection.identity["report_year"].tolist()))
    held = [found for text in view.where if (found := condition(text)) is not None]
    if not years or selection.is_wide or not held:
        return view.organs
    year: int = view.focus_year if view.focus_year in years else years[-1]  # type: ignore[assignment]
    found = tuple(sorted(apply_conditions(selection, held, year).organs))
    if not found:
        raise NothingToShareError
    return found


def _leaves_open(view: View) -> bool:
    """Whether a view names organs by others, which another state of the data would answer otherwise."""
    return view.peers_of is not None or view.children_of is not None or bool(view.groups) or is_group(view.focus_organ or "")


@dataclass(frozen=True)
class Grant:
    """What one share opens."""

    view: View
    hides_personal: bool = True
    """Whether personal data in the prose of its reports is hidden (:mod:`ogi.personal_data`)."""

    @classmethod
    def of(cls, view: View, *, hides_personal: bool = True) -> Grant:
        """Return the grant of a view made by :func:`shared_view`.

        Args:
            view: what is shared.
            hides_personal: whether personal data in the prose is hidden.

        Raises:
            UnreadableShareError: the view leaves open what it shows.
        """
        if view.collection == "auto" or view.page not in SHARED_PAGES or view.where or _leaves_open(view):
            raise UnreadableShareError("a share names what it shows")
        return cls(view, hides_personal)

    @classmethod
    def read(cls, query: str) -> Grant:
        """Return the grant of a stored view.

        Raises:
            UnreadableShareError: any part of it is not understood: left out, it would grant more and not less.
        """
        params = parse_qs(query)
        shows = params.pop(_PERSONAL, None)
        view, notices = from_query(params)
        if notices or shows not in (None, [_SHOWN]):
            raise UnreadableShareError(notices[0].key if notices else _PERSONAL)
        return cls.of(view, hides_personal=shows is None)

    def written(self) -> str:
        """Return the view as it is stored; :meth:`read` takes it back."""
        return urlencode([*to_query(self.view), *([] if self.hides_personal else [(_PERSONAL, _SHOWN)])])

    @property
    def figures(self) -> frozenset[str]:
        """The figures a reader may choose."""
        chosen = (self.view.measure, self.view.against, self.view.bubble, *self.view.figures)
        return frozenset(key for key in chosen if key is not None)

    def held(self, view: View) -> tuple[View, tuple[ViewNotice, ...]]:
        """Return a view with everything outside the grant taken back, and a notice that names it; none where nothing was."""
        if view == View(page=view.page, lang=view.lang):
            view = replace(self.view, page=view.page, lang=view.lang)  # all filters were cleared
        changes, refused = dict[str, Any](), list[str]()

        def put(name: str, value: Any, field: str | None = None, *, is_said: bool = True) -> None:
            if getattr(view, name) != value:
                changes[name] = value
                if is_said:
                    refused.append(field or name)

        put("page", self.view.page)
        for name in _FIXED:
            put(name, getattr(self.view, name), "figures")
        self._hold_sets(view, put)
        self._hold_figures(view, put)
        self._hold_years(view, put)
        if not changes:
            return view, ()
        notices = (self._notice(refused, view),) if refused else ()
        return as_on(replace(view, **changes), self.view.page), notices

    def asked(self, view: View, named: Iterable[str]) -> View:
        """Return the view an address asks for: what it does not name is as granted, and not the default of all pages."""
        names = set(named) - {"page"}
        return replace(
            self.view, page=view.page, **{item.name: getattr(view, item.name) for item in fields(View) if item.name in names}
        )

    def _hold_sets(self, view: View, put: Any) -> None:
        for name in _SETS:
            allowed, asked = getattr(self.view, name), getattr(view, name)
            if allowed:
                put(name, tuple(v for v in asked if v in allowed) or allowed, is_said=not set(asked) <= set(allowed))
        if self.view.scope != "all":
            put("scope", self.view.scope)
        asked = view.focus_organ
        if is_group(asked or "") or (self.view.organs and asked not in (None, *self.view.organs)):
            put("focus_organ", None, "organs")

    def _hold_figures(self, view: View, put: Any) -> None:
        allowed = self.figures
        put("measure", view.measure if view.measure in allowed else self.view.measure, "figures")
        for name in ("against", "bubble"):
            asked = getattr(view, name)
            put(name, asked if asked is None or asked in allowed else getattr(self.view, name), "figures")
        if not set(view.figures) <= allowed:
            put("figures", self.view.figures, "figures")
        # A condition on another figure would tell it, guess by guess.
        asked_of = [(text, condition(text)) for text in view.where]
        put("where", tuple(text for text, found in asked_of if found is not None and found.key in allowed), "figures")

    def _hold_years(self, view: View, put: Any) -> None:
        if self.view.years:
            if view.baseline not in (None, self.view.baseline, *self.view.years):
                put("baseline", self.view.baseline, "years")
            if view.focus_year not in (None, *self.view.years):
                put("focus_year", None, "years")

    @staticmethod
    def _notice(refused: Iterable[str], view: View) -> ViewNotice:
        labels = Labels(view.lang)
        names = [labels(f"share.outside.{name}") for name in dict.fromkeys(refused)]
        return ViewNotice(key="share.outside_notice", params={"what": labels("list_separator").join(names)})

    def opens(self, library: Library) -> bool:
        """Whether an interactive page can be opened: uploads live in the session of who shares, and not too many reports."""
        if self.view.collection == "uploads":
            return False
        try:
            return len(facts_of(self._granted(library), cast(Any, self.view.collection))) > 0
        except TooWideError:
            return False

    def limited(self, library: Library) -> Library:
        """Return a library that holds the granted reports and nothing else.

        With them are those of the year before (or the baseline), because the view shows the change against it.

        Raises:
            TooWideError: more than :data:`~ogi.selection.WIDE` reports of a larger library are granted.
        """
        found = self._granted(library)
        return without_personal_data(found) if self.hides_personal else found

    def _granted(self, library: Library) -> Library:
        collection = cast(Any, self.view.collection)
        if collection == "library" and library.kept is None:
            return Library()
        facts = facts_of(library, collection)
        rows = self.rows(facts)
        if collection != "library":
            granted = set(facts.report_ids(rows).tolist())
            return Library.of(entry for entry in library.collection(collection) if entry.report_id in granted)
        if len(rows) == len(facts):
            return Library(kept=cast(Any, facts))
        if len(rows) > WIDE:
            raise TooWideError
        return Library(kept=cast(Any, cast(WideSource, facts).narrowed(rows)))

    def rows(self, facts: FactsSource) -> np.ndarray[Any, Any]:
        """Return the rows of the facts that are granted."""
        held = np.asarray(matches(self.view, facts.identity))
        if not self.view.years:
            return np.flatnonzero(held)
        years = facts.identity["report_year"].to_numpy()
        present = set(years[held].tolist()) & set(self.view.years)
        before = (max(present) - 1 if self.view.baseline is None else self.view.baseline) if present else None
        allowed = [*self.view.years, *([] if before is None else [before])]
        return np.flatnonzero(held & np.isin(years, allowed))
