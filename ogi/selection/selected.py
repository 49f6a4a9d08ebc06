"""The reports a view shows, and the frames made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from ogi.facts import Facts, facts_of
from ogi.labels import Labels
from ogi.library import Entry, Library
from ogi.selection.coverage import coverage
from ogi.selection.headlines import headline
from ogi.selection.lines import long, rates
from ogi.selection.notices import notices
from ogi.selection.options import level_rank
from ogi.selection.sums import Added, Totals, addable, long_added, totals
from ogi.view.sentence import matches
from ogi.view.sharing import resolve_collection
from ogi.view.state import View, ViewNotice

FEW_SERIES = 8
"""Up to so many series can be told apart by colour and named in a chart."""


@dataclass(frozen=True, eq=False)
class Selection:
    """What a view shows of one collection.

    A *series* is one organ in one scope; its own figures and the total of its region are two series and never added.
    """

    view: View
    facts: Facts
    rows: np.ndarray
    """Numbers of the rows of ``facts`` that are shown."""
    in_scope: np.ndarray
    """The same without regard to years: where a comparison finds the year before."""
    series: pd.DataFrame
    """``organ_id, scope, organ_name, level``, one row per series, higher levels first, then by name. The name of a
    consolidated series carries its scope."""
    years: tuple[int, ...]
    """The axis: the years of the view, or every year from the first to the last report shown, gaps included."""
    notices: tuple[ViewNotice, ...]
    """What the view asks for and cannot be shown."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The reports shown, in the order of the facts."""
        return tuple(self.facts.entries[row] for row in self.rows)

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

    def long(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return one row per series × year × key, gaps included. See :func:`ogi.selection.lines.long`."""
        return long(self, keys)

    def rates(self, indicators: Sequence[str]) -> pd.DataFrame:
        """Return rates with numerator, denominator and class of base. See :func:`ogi.selection.lines.rates`."""
        return rates(self, indicators)

    @cached_property
    def added(self) -> Added:
        """What is added up where organs are summed: one scope, every organ once a year."""
        return addable(self, self.years)

    def long_added(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return :meth:`long` of only those series and years that may be added up. This is what charts draw."""
        return long_added(self, keys)

    def side_by_side(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return :meth:`long` for setting series beside each other without adding anything.

        Few series are all there, each under a name that tells its scope. Where there are more than can be named, only those of
        one scope are compared: a region beside its own departments says nothing.
        """
        return self.long(keys) if len(self.series) <= FEW_SERIES else self.long_added(keys)

    def totals(self, keys: Sequence[str]) -> Totals:
        """Return sums per year over one scope, with what they cover. See :func:`ogi.selection.sums.totals`."""
        return totals(self, keys)

    def headline(self, keys: Sequence[str]) -> pd.DataFrame:
        """Return the latest year against the one before. See :func:`ogi.selection.headlines.headline`."""
        return headline(self, keys)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """Reports per series × year. See :func:`ogi.selection.coverage.coverage`."""
        return coverage(self)


def select(source: Library | Facts, view: View) -> Selection:
    """Apply a view. Never raises for what a view asks; what cannot be shown is in ``notices``.

    Args:
        source: a library (the view says which of its collections; its facts are built once) or the facts of a collection.
        view: what to show.
    """
    library = source if isinstance(source, Library) else None
    facts = source if isinstance(source, Facts) else facts_of(source, resolve_collection(view, source))
    in_scope = [row for row, entry in enumerate(facts.entries) if matches(view, entry)]
    shown = [row for row in in_scope if not view.years or facts.entries[row].report_year in view.years]
    found = [facts.entries[row].report_year or 0 for row in shown]
    years = view.years or (tuple(range(min(found), max(found) + 1)) if found else ())
    return Selection(
        view=view,
        facts=facts,
        rows=np.array(shown, dtype=np.int64),
        in_scope=np.array(in_scope, dtype=np.int64),
        series=_series([facts.entries[row] for row in in_scope], Labels(view.lang)),
        years=years,
        notices=notices(view, facts, library, in_scope),
    )


def _series(entries: Sequence[Entry], labels: Labels) -> pd.DataFrame:
    newest = {(e.organ_id, e.scope): e for e in sorted(entries, key=lambda entry: entry.report_year or 0)}
    found = sorted(newest.values(), key=lambda e: (level_rank(e.level), e.organ_name or "", e.organ_id or "", e.scope))
    return pd.DataFrame(
        {
            "organ_id": [e.organ_id for e in found],
            "scope": [e.scope for e in found],
            "organ_name": [display_name(e, labels) for e in found],
            "level": [e.level for e in found],
        },
        dtype="str",
    )


def display_name(entry: Entry, labels: Labels) -> str:
    """Return the name of a series; a consolidated one shows its scope, so that it is never taken for the organ's own."""
    name = entry.organ_name or ""
    if entry.scope in ("region_total", "system_total"):
        return labels(f"selection.series.{entry.scope}", name=name)
    return name
