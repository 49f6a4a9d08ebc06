"""Sums over organs, per year: one scope only, and always with how many organs they cover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ogi.facts import masked
from ogi.indicators import SMALLEST_BASE
from ogi.labels import Labels
from ogi.selection.measure import Measured
from ogi.selection.scopes import addable_scopes, one_per_organ
from ogi.selection.wide import totals_frame
from ogi.view.state import ViewNotice

if TYPE_CHECKING:
    from ogi.selection.selected import Selection


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
    kept: Any
    """Series × years, false for what is not added: another scope, or a report beside the one that counts."""
    notes: tuple[ViewNotice, ...]


def addable(selection: Selection, years: Sequence[int]) -> Added:
    """Return the series of one scope as organs × years.

    Own figures are taken where the newest year shown has any, else one kind of consolidated ones. An organ that has both an
    own report and one of unknown scope in a year counts once, with its own.

    Args:
        selection: what is shown.
        years: the axis, for example that of the selection, or the year before with the latest one.
    """
    identity = selection.identity
    newest = identity["report_year"].max() if len(identity) else 0
    scopes = addable_scopes(set(identity.loc[identity["report_year"] == newest, "scope"]))
    matrix = selection.grid(years).places.reshape(len(selection.series), len(years))
    if not scopes:
        return Added(None, matrix[:0], np.zeros(matrix.shape, dtype=bool), ())
    ids, of_series = (selection.series[name].tolist() for name in ("organ_id", "scope"))
    organs, chosen = one_per_organ(ids, of_series, matrix >= 0, scopes)
    places = np.where(chosen >= 0, matrix[chosen, np.arange(len(years))], -1)
    inside = np.isin(of_series, scopes)
    row_of = {organ: row for row, organ in enumerate(organs)}
    of_organ = chosen[[row_of[organ] if added else 0 for organ, added in zip(ids, inside, strict=True)]]
    kept = inside[:, None] & ((of_organ < 0) | (of_organ == np.arange(len(ids))[:, None]))
    left = int((matrix[~inside] >= 0).sum())
    unknown = int((selection.facts.identity["scope"].to_numpy()[places[places >= 0]] == "unknown").sum())
    return Added(scopes[0], places, kept, _notes(scopes[0], left, unknown, len(organs)))


def _notes(scope: str, left: int, unknown: int, organs: int) -> tuple[ViewNotice, ...]:
    found = [ViewNotice(key=f"selection.scope_note.{scope}")]
    if left:
        found.append(ViewNotice(key="selection.scope_note.left_out", params={"count": left}))
    if unknown:
        found.append(ViewNotice(key="selection.scope_note.unknown", params={"count": unknown}))
    if scope != "own" and organs > 1:
        found.append(ViewNotice(key="selection.scope_note.overlap"))
    return tuple(found)


def long_added(selection: Selection, keys: Sequence[str]) -> pd.DataFrame:
    """Return the rows of :func:`ogi.selection.lines.long` that may be added up; gaps stay.

    They are of one scope; of an organ with both an own report and one of unknown scope in a year only the own one is kept.

    Raises:
        KeyError: a key is no cell, derived figure or indicator of one report.
    """
    return selection.long(keys).loc[np.repeat(selection.added.kept.ravel(), len(keys))]


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
    if selection.is_wide:
        rows = selection.added_rows
        notes = _notes(rows.scope, rows.left_out, rows.unknown, rows.organs) if rows.scope else ()
        return Totals(totals_frame(selection, keys) if keys else _summed_nothing(), rows.scope, notes)
    added = selection.added
    return Totals(_summed(selection, keys, added.places) if keys else _summed_nothing(), added.scope, added.notes)


def _summed(selection: Selection, keys: Sequence[str], places: Any) -> pd.DataFrame:
    """The sums of every year, key by key."""
    items = [selection.measure(key) for key in keys]
    value, numerator, denominator, present = (part.T.ravel() for part in _sums(items, places))
    derived = np.stack([np.append(item.derived, False) for item in items])[:, places].any(axis=1).T.ravel()
    return pd.DataFrame(
        {
            "report_year": np.repeat(np.array(selection.years, dtype=np.int64), len(keys)),
            "key": pd.array(list(keys) * len(selection.years), dtype="str"),
            "value": masked(value),
            "n_present": present,
            "n_expected": np.full(len(value), len(places), dtype=np.int64),
            "n_reports": np.repeat((places >= 0).sum(axis=0).astype(np.int64), len(keys)),
            "derived": derived,
            "numerator": masked(numerator),
            "denominator": masked(denominator),
        }
    )


def _sums(items: Sequence[Measured], places: Any) -> tuple[Any, Any, Any, Any]:
    """Return :func:`summed` of each, keys × years; what is no rate all at once, for a page of the form has two hundred cells."""
    value, numerator, denominator = np.full((3, len(items), places.shape[1]), np.nan)
    present = np.zeros(value.shape, dtype=np.int64)
    plain = [row for row, item in enumerate(items) if item.kind != "rate"]
    if plain:
        numbers = np.stack([np.append(items[row].summable, np.nan) for row in plain])[:, places]
        known = ~np.isnan(numbers)
        value[plain] = np.where(known.any(axis=1), np.where(known, numbers, 0.0).sum(axis=1), np.nan)
        present[plain] = known.sum(axis=1)
    for row, item in enumerate(items):
        if item.kind == "rate":
            value[row], numerator[row], denominator[row], present[row] = summed(item, places)
    return value, numerator, denominator, present


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
        return column_sums(numbers), nothing, nothing, (~np.isnan(numbers)).sum(axis=0).astype(np.int64)
    top, base = column(item.numerator), column(item.denominator)
    both = ~(np.isnan(top) | np.isnan(base))
    numerator, denominator = column_sums(np.where(both, top, np.nan)), column_sums(np.where(both, base, np.nan))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(denominator >= SMALLEST_BASE, item.factor * numerator / denominator, np.nan)
    return value, numerator, denominator, both.sum(axis=0).astype(np.int64)


def column_sums(numbers: Any) -> Any:
    """Return the sum of each column of ``numbers``, NaN passed over; NaN where a column has nothing to add."""
    known = ~np.isnan(numbers)
    return np.where(known.any(axis=0), np.where(known, numbers, 0.0).sum(axis=0), np.nan)
