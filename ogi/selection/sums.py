"""Sums over organs, per year: one scope only, and always with how many organs they cover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ogi.facts import masked
from ogi.labels import Labels
from ogi.selection.lines import SMALLEST_BASE, grid
from ogi.selection.measure import Measured, measure
from ogi.view.state import ViewNotice

if TYPE_CHECKING:
    from ogi.selection.selected import Selection

_BUCKETS: tuple[tuple[str, ...], ...] = (("own", "unknown"), ("region_total",), ("system_total",))
"""Scopes that may be added: a report that does not tell its scope counts as the organ's own, and the note says so."""


class Totals(NamedTuple):
    """Sums, and in words what was added."""

    frame: pd.DataFrame
    scope: str | None
    """The one scope that was added: ``own``, ``region_total`` or ``system_total``; ``None`` where nothing is shown."""
    notes: tuple[ViewNotice, ...]

    def scope_note(self, labels: Labels) -> str:
        """Return which scope was added and what was left out."""
        return "".join(note.text(labels) for note in self.notes)


class Added(NamedTuple):
    """The part of the grid that may be added."""

    scope: str | None
    places: Any
    """Rows of the facts, organs × years, −1 where there is no report."""
    notes: tuple[ViewNotice, ...]


def addable(selection: Selection, years: Sequence[int] | None = None) -> Added:
    """Return the series of one scope as organs × years.

    Own figures are taken where any are shown, else one kind of consolidated ones. An organ that has both an own report
    and one of unknown scope in a year counts once, with its own.

    Args:
        selection: what is shown.
        years: another axis than that of the selection.
    """
    bucket = _bucket(selection)
    axis = selection.years if years is None else tuple(years)
    matrix = grid(selection, axis)[0].reshape(len(selection.series), len(axis))
    if not bucket:
        return Added(None, matrix[:0], ())
    scopes = selection.series["scope"].to_numpy(dtype=object)
    organs = selection.series["organ_id"].to_numpy(dtype=object)
    inside = np.isin(scopes, bucket)
    names = list(dict.fromkeys(organs[inside]))
    merged = np.full((len(names), len(axis)), -1, dtype=np.int64)
    for row in sorted(np.flatnonzero(inside), key=lambda row: scopes[row] == "own"):
        target = names.index(organs[row])
        merged[target] = np.where(matrix[row] >= 0, matrix[row], merged[target])
    left = int((matrix[~inside] >= 0).sum())
    unknown = int(sum(selection.facts.entries[row].scope == "unknown" for row in merged[merged >= 0]))
    return Added(bucket[0], merged, _notes(bucket[0], left, unknown, len(names)))


def _bucket(selection: Selection) -> tuple[str, ...]:
    shown = {entry.scope for entry in selection.entries}
    return next((names for names in _BUCKETS if shown & set(names)), ())


def _notes(scope: str, left: int, unknown: int, organs: int) -> tuple[ViewNotice, ...]:
    found = [ViewNotice(key=f"selection.scope_note.{scope}")]
    if left:
        found.append(ViewNotice(key="selection.scope_note.left_out", params={"count": left}))
    if unknown:
        found.append(ViewNotice(key="selection.scope_note.unknown", params={"count": unknown}))
    if scope != "own" and organs > 1:
        found.append(ViewNotice(key="selection.scope_note.overlap"))
    return tuple(found)


def totals(selection: Selection, keys: Sequence[str]) -> Totals:
    """Return sums per year and key over one scope.

    An organ without a value does not count as 0, it does not count. Money whose unit is not known is not added.

    The frame has one row per year × key:

    ============================= ======= =========================================================================
    ``report_year``               int64
    ``key``                       str
    ``value``                     Float64 ``<NA>`` where no organ has a value, and for a rate below a base of 10
    ``n_present``                 int64   organs with a value, of
    ``n_expected``                int64   organs shown in this scope in any year
    ``n_reports``                 int64   organs with a report of that year
    ``derived``                   bool    whether any part is computed and not printed
    ``numerator, denominator``    Float64 of a rate: summed over the organs that have both; ``value`` is the quotient
    ============================= ======= =========================================================================

    Raises:
        KeyError: a key is no cell, derived figure or indicator of one report.
    """
    added = addable(selection)
    frames = [_summed(selection.years, added.places, measure(selection.facts, key)) for key in keys]
    frame = pd.concat(frames, ignore_index=True) if frames else _summed_nothing()
    frame = frame.sort_values("report_year", kind="stable", ignore_index=True)
    return Totals(frame, added.scope, added.notes)


def _summed(years: Sequence[int], places: Any, item: Measured) -> pd.DataFrame:
    value, numerator, denominator, present = summed(item, places)
    return pd.DataFrame(
        {
            "report_year": np.array(years, dtype=np.int64),
            "key": pd.array([item.key] * len(years), dtype="str"),
            "value": masked(value),
            "n_present": present,
            "n_expected": np.full(len(years), len(places), dtype=np.int64),
            "n_reports": (places >= 0).sum(axis=0).astype(np.int64) if len(places) else np.zeros(len(years), dtype=np.int64),
            "derived": np.append(item.derived, False)[places].any(axis=0) if len(places) else np.zeros(len(years), dtype=bool),
            "numerator": masked(numerator),
            "denominator": masked(denominator),
        }
    )


def _summed_nothing() -> pd.DataFrame:
    return pd.DataFrame(
        {"report_year": np.zeros(0, dtype=np.int64), "key": pd.array([], dtype="str"), "value": masked(np.zeros(0))}
    )


def summed(item: Measured, places: Any, only: Any = None) -> tuple[Any, Any, Any, Any]:
    """Return value, numerator, denominator and number of organs per column of ``places``; NaN where no organ has any.

    Args:
        item: the figure.
        places: rows of the facts, organs × years, −1 for none.
        only: a mask of the same shape; elsewhere nothing is added.
    """

    def column(numbers: Any) -> Any:
        taken = np.append(numbers, np.nan)[places]
        return taken if only is None else np.where(only, taken, np.nan)

    if item.kind != "rate":
        numbers = column(item.summable)
        nothing = np.full(places.shape[1], np.nan)
        return _total(numbers), nothing, nothing, (~np.isnan(numbers)).sum(axis=0).astype(np.int64)
    top, base = column(item.numerator), column(item.denominator)
    both = ~(np.isnan(top) | np.isnan(base))
    numerator, denominator = _total(np.where(both, top, np.nan)), _total(np.where(both, base, np.nan))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(denominator >= SMALLEST_BASE, item.factor * numerator / denominator, np.nan)
    return value, numerator, denominator, both.sum(axis=0).astype(np.int64)


def _total(numbers: Any) -> Any:
    """Column sums that stay unknown where there is nothing to add."""
    known = ~np.isnan(numbers)
    return np.where(known.any(axis=0), np.where(known, numbers, 0.0).sum(axis=0), np.nan)
