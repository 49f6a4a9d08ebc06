"""The reports a view shows, and the frames made of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast

import numpy as np
import pandas as pd

from ogi.facts import FactsSource, Kept, WideSource, facts_of
from ogi.labels import Labels
from ogi.library import Entry, Library
from ogi.once import once
from ogi.selection.asked import asked_of
from ogi.selection.coverage import coverage
from ogi.selection.headlines import headline
from ogi.selection.lines import Grid, grid, long, rates
from ogi.selection.measure import Measured, measure
from ogi.selection.notices import baseline_notice, notices
from ogi.selection.options import level_rank
from ogi.selection.standing import Standing, by_province, percentile, top
from ogi.selection.sums import Added, Totals, addable, long_added, totals
from ogi.selection.wide import AddedRows, added_rows
from ogi.view.sentence import matches
from ogi.view.sharing import resolve_collection
from ogi.view.state import View, ViewNotice

WIDE = 4_000
"""Up to so many reports of a library are taken into memory for the frames of a page; of more, columns are added up."""
FEW_SERIES = 8
"""Up to so many series can be told apart by colour and named in a chart."""
_REPORT = 25_000
"""About so many bytes a report takes that was taken out of a library."""
_ROW = 100
"""… and one of which only who reports is in memory."""
_UNPACKED = 500
"""Up to so many reports are taken into memory whole where only a few figures will be asked of them."""
_NARROW = 50_000
"""Figures of more reports than that are made anew each time: they take more room than time."""
T = TypeVar("T")
S = TypeVar("S", bound="Selection")


@dataclass(frozen=True, eq=False)
class Selection:
    """What a view shows of one collection.

    A *series* is one organ in one scope; its own figures and the total of its region are two series and never added.
    """

    view: View
    facts: FactsSource
    rows: np.ndarray
    """Numbers of the rows of ``facts`` that are shown."""
    in_scope: np.ndarray
    """The same without regard to years: where a comparison finds the year before."""
    years: tuple[int, ...]
    """The axis: the years of the view, or every year from the first to the last report shown, gaps included."""
    notices: tuple[ViewNotice, ...]
    """What the view asks for and cannot be shown."""
    _kept: Kept = field(default_factory=Kept, init=False, repr=False)
    """Where frames and figures are kept. :func:`select` keeps them with the facts, so that all runs that ask the same share
    them; a selection put together or changed in another way has a place of its own."""
    _token: object = field(default_factory=object, init=False, repr=False)
    """Tells what is kept of this selection from what is kept of others."""
    _of_facts: object = field(default_factory=object, init=False, repr=False)
    """Tells what is kept of these facts under the values of the view, whichever reports and years are shown."""

    def remembered(self, name: tuple[Hashable, ...], make: Callable[[], T], *, weight: int | Callable[[T], int] = 0) -> T:
        """Return what was made of this selection before, or make it; see :meth:`ogi.facts.Kept.get`.

        Args:
            name: what it is, and everything it depends on besides the facts and what :func:`ogi.selection.asked.asked_of` leaves
                of the view.
            make: makes it.
            weight: bytes it takes beyond its arrays and frames.
        """
        return self._kept.get((self._token, *name), make, weight=weight)

    @property
    def is_wide(self) -> bool:
        """Whether so many reports are shown that only sums are made of them, and no frame with a row for each."""
        return self.facts.is_wide

    @once
    def series(self) -> pd.DataFrame:
        """``organ_id, scope, organ_name, level``, one row per series, higher levels first, then by name.

        The name of a consolidated series carries its scope.
        """
        identity, labels = self.facts.identity, Labels(self.view.lang)
        return self.remembered(("series",), lambda: _series(identity.iloc[self.in_scope], labels))

    @once
    def entries(self) -> tuple[Entry, ...]:
        """The reports shown themselves, with readings and findings, in the order of the facts."""
        return self.facts.entries_at(self.rows.tolist())

    @once
    def identity(self) -> pd.DataFrame:
        """Who reports: the columns of :mod:`ogi.facts.source` of the reports shown, by row of the facts."""
        return self.remembered(("identity",), lambda: self.facts.identity.iloc[self.rows])

    def editions_of(self, table: str) -> frozenset[str]:
        """Return the editions in which a table was found in the reports shown."""
        return self.remembered(("editions", table), lambda: frozenset(self.facts.editions_of(table)[self.rows]) - {""})

    @property
    def is_empty(self) -> bool:
        """Whether no report is shown."""
        return len(self.rows) == 0

    def key(self, key: str) -> str:
        """Return ``key`` for the view's kind of applicant: ``applications.granted.total`` → ``….natural_person``.

        Keys outside the table of applications, and those without such a column, stay as they are.
        """
        row, _, column = key.rpartition(".")
        other = f"{row}.{self.view.applicant}"
        return other if column == "total" and key.startswith("applications.") and other in self.facts.column else key

    def measure(self, key: str) -> Measured:
        """Return a figure in every row of the facts, printed or amended as the view chooses.

        Raises:
            KeyError: see :func:`ogi.selection.measure.measure`.
        """
        amended = self.view.values == "amended"
        if len(self.facts) > _NARROW:
            return measure(self.facts, key, amended=amended)
        return self._kept.get((self._of_facts, key), lambda: measure(self.facts, key, amended=amended))

    def until(self, year: int, baseline: int) -> Selection:
        """Return the selection without later years, its changes against ``baseline``."""
        years = tuple(each for each in self.years if each <= year)
        ended = replace(self, years=years, view=replace(self.view, baseline=baseline))
        return sharing(ended, self, (self._token, year, baseline))

    def long(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return one row per series × year × key, gaps included. See :func:`ogi.selection.lines.long`."""
        return self.remembered(("long", *keys), lambda: long(self, keys))

    def rates(self, indicators: Sequence[str]) -> pd.DataFrame:
        """Return rates with numerator, denominator and class of base. See :func:`ogi.selection.lines.rates`."""
        return self.remembered(("rates", *indicators), lambda: rates(self, indicators))

    @once
    def added_rows(self) -> AddedRows:
        """What is added up of a wide selection."""
        view, wide = self.view, cast(WideSource, self.facts)
        found = (view.organs, view.scope, view.levels, view.kinds, view.regions, view.years)
        return wide.remembered_rows(("added", found), lambda: added_rows(self))

    def top(self, key: str, year: int, count: int = 20) -> pd.DataFrame:
        """Return the largest figures of a year. See :func:`ogi.selection.standing.top`."""
        return self.remembered(("top", key, year, count), lambda: top(self, key, year, count))

    def percentile(self, organ: str, key: str, year: int) -> Standing | None:
        """Return where an organ stands among those shown. See :func:`ogi.selection.standing.percentile`."""
        return percentile(self, organ, key, year)

    def by_province(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return sums by province and year. See :func:`ogi.selection.standing.by_province`."""
        return self.remembered(("by province", *keys), lambda: by_province(self, keys))

    @once
    def added(self) -> Added:
        """What is added up where organs are summed: one scope, every organ once a year."""
        return self.added_in(self.years)

    def added_in(self, years: Sequence[int]) -> Added:
        """Return :attr:`added` in other years than those of the selection. See :func:`ogi.selection.sums.addable`."""
        return self.remembered(("added", *years), lambda: addable(self, years))

    def grid(self, years: Sequence[int] | None = None) -> Grid:
        """Return where the reports of each series and year stand. See :func:`ogi.selection.lines.grid`."""
        axis = self.years if years is None else tuple(years)
        return self.remembered(("grid", *axis), lambda: grid(self, axis))

    def long_added(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return :meth:`long` of only those series and years that may be added up. This is what charts draw."""
        return self.remembered(("long added", *keys), lambda: long_added(self, keys))

    def side_by_side(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return :meth:`long` for setting series beside each other without adding anything.

        Few series are all there, each under a name that tells its scope. Where there are more than can be named, only those of
        one scope are compared: a region beside its own departments says nothing. Rates come with what they are taken of, as in
        :meth:`rates`.
        """
        are_rates = bool(keys) and all(self.measure(key).kind == "rate" for key in keys)
        if len(self.series) <= FEW_SERIES:
            return self.rates(keys) if are_rates else self.long(keys)
        kept = np.repeat(self.added.kept.ravel(), len(keys))
        return self.rates(keys).loc[kept] if are_rates else self.long_added(keys)

    @property
    def stands_beside(self) -> np.ndarray:
        """Series × years: what :meth:`side_by_side` keeps."""
        every = np.ones((len(self.series), len(self.years)), dtype=bool)
        return every if len(self.series) <= FEW_SERIES else self.added.kept

    def totals(self, keys: Sequence[str]) -> Totals:
        """Return sums per year over one scope, with what they cover. See :func:`ogi.selection.sums.totals`."""
        return self.remembered(("totals", *keys), lambda: totals(self, keys))

    def headline(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return the latest year against the one before. See :func:`ogi.selection.headlines.headline`."""
        return self.remembered(("headline", self.view.baseline, *keys), lambda: headline(self, keys))

    @once
    def coverage(self) -> pd.DataFrame:
        """Reports per series × year. See :func:`ogi.selection.coverage.coverage`."""
        return self.remembered(("coverage",), lambda: coverage(self))


def select(source: Library | FactsSource, view: View, *, most: int = 0) -> Selection:
    """Apply a view. Never raises for what a view asks; what cannot be shown is in ``notices``.

    Args:
        source: a library (the view says which of its collections; its facts are built once) or the facts of a collection.
        view: what to show.
        most: up to so many reports of a library stand one by one even if they are more than :data:`WIDE`; for those who ask for a
            few figures only, since each is read when it is asked for.
    """
    library = source if isinstance(source, Library) else None
    facts = facts_of(source, resolve_collection(view, source)) if isinstance(source, Library) else source
    name = ("selection", WIDE, most, asked_of(view), library.fingerprint if library else "")
    found = facts.kept.get(
        name,
        lambda: _selected(facts, replace(view, baseline=None), library, most),
        weight=lambda made: (
            0 if made.facts is facts else len(made.facts) * (_ROW if _is_light(len(made.facts), most) else _REPORT)
        ),
    )
    if found.view == view:
        return found
    told = (*found.notices, *baseline_notice(view, found.facts, found.in_scope))
    return sharing(replace(found, view=view, notices=told), found, found._token)


def sharing(selection: S, other: Selection, token: object) -> S:
    """Let a selection of the same facts and values keep its frames where ``other`` does, under this token."""
    object.__setattr__(selection, "_kept", other._kept)
    object.__setattr__(selection, "_token", token)
    object.__setattr__(selection, "_of_facts", other._of_facts)
    return selection


def _is_light(reports: int, most: int) -> bool:
    """Whether figures are read one by one, and not the reports whole."""
    return max(0, min(_UNPACKED, WIDE)) < reports <= most


def _in_scope(view: View, facts: FactsSource) -> np.ndarray:
    """The rows of the facts that match everything but the years."""
    if not facts.is_wide:
        return np.flatnonzero(matches(view, facts.identity))
    wide = cast(WideSource, facts)
    if not view.organs:
        found = (view.scope, view.levels, view.kinds, view.regions)
        return wide.remembered_rows(("in scope", found), lambda: np.flatnonzero(matches(view, facts.identity)))
    rows = wide.rows_of(view.organs)
    return rows[matches(replace(view, organs=()), facts.identity.iloc[rows])]


def _selected(facts: FactsSource, view: View, library: Library | None, most: int) -> Selection:
    kept = facts.kept
    in_scope = _in_scope(view, facts)
    told = notices(view, facts, library, in_scope)
    is_light = facts.is_wide and _is_light(len(in_scope), most)
    if is_light or (facts.is_wide and len(in_scope) <= WIDE):
        wide = cast(WideSource, facts)
        facts = wide.window(in_scope) if is_light else wide.narrowed(in_scope)
        in_scope = np.arange(len(facts))
    of_rows = facts.identity["report_year"].to_numpy()
    shown = in_scope[np.isin(of_rows[in_scope], view.years)] if view.years else in_scope
    years = view.years or _axis(of_rows, in_scope, is_sorted=facts.is_wide)
    selection = Selection(view=view, facts=facts, rows=shown, in_scope=in_scope, years=years, notices=told)
    object.__setattr__(selection, "_kept", kept)
    return selection


def _axis(of_rows: np.ndarray, in_scope: np.ndarray, *, is_sorted: bool) -> tuple[int, ...]:
    """Every year from the first to the last report."""
    if not len(in_scope):
        return ()
    ends = of_rows[in_scope[[0, -1]]] if is_sorted else of_rows[in_scope]
    return tuple(range(int(ends.min()), int(ends.max()) + 1))


def _series(identity: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """One row per organ and scope, as its newest report names it."""
    ordered = identity.sort_values("report_year", kind="stable")
    newest = ordered.drop_duplicates(["organ_id", "scope"], keep="last")
    columns = (newest[name].tolist() for name in ("level", "organ_name", "organ_id", "scope"))
    found = sorted(zip(*columns, strict=True), key=lambda row: (level_rank(row[0]), *row[1:]))
    return pd.DataFrame(
        {
            "organ_id": [organ for _, _, organ, _ in found],
            "scope": [scope for *_, scope in found],
            "organ_name": [display_name(name, scope, labels) for _, name, _, scope in found],
            "level": [level for level, *_ in found],
        },
        dtype="str",
    )


def display_name(name: str, scope: str, labels: Labels) -> str:
    """Return the name of a series; a consolidated one shows its scope, so that it is never taken for the organ's own."""
    return labels(f"selection.series.{scope}", name=name) if scope in ("region_total", "system_total") else name
