"""Headline figures: the latest year against the one before, over the same organs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ogi.form import Comparability
from ogi.indicators import SMALLEST_BASE
from ogi.selection.comparability import worst
from ogi.selection.lines import base_class
from ogi.selection.measure import Measured
from ogi.selection.sums import summed
from ogi.selection.wide import measured_at, organs_by_years, source_of

if TYPE_CHECKING:
    from ogi.selection.selected import Selection

_COLUMNS = {
    "key": "str", "kind": "str", "unit": "str", "year": "Int64", "previous_year": "Int64",
    "value": "Float64", "n_present": "Int64", "n_expected": "Int64",
    "matched": "Float64", "previous": "Float64", "n_matched": "Int64",
    "matched_part": "Float64", "matched_base": "Float64", "previous_part": "Float64", "previous_base": "Float64",
    "change": "Float64", "percent": "Float64", "reason": "str", "comparability": "str", "same_organs": "bool",
    "numerator": "Float64", "denominator": "Float64", "base_class": "str", "derived": "bool", "scope": "str",
}  # fmt: skip


def headline(selection: Selection, keys: Sequence[str]) -> pd.DataFrame:
    """Return one row per key: the latest year shown against the baseline of the view, or else the year before.

    ================== ======= ===================================================================================
    ``key, kind, unit``  str     ``kind`` is ``count``, ``amount`` or ``rate``; ``unit`` a key of units, ``""`` for none
    ``year``           Int64   the latest year with a report in the selection
    ``previous_year``  Int64   ``<NA>`` where the baseline is the year itself
    ``value``          Float64 sum (or rate) over every organ with a value in ``year``
    ``n_present``      Int64   those organs, of ``n_expected`` shown
    ``matched``        Float64 the same over the organs that have comparable values in both years …
    ``previous``       Float64 … and what these organs had in ``previous_year``
    ``n_matched``      Int64   how many they are
    ``matched_part …`` Float64 of a rate what ``matched`` and ``previous`` are parts of what base: ``matched_part``,
                               ``matched_base``, ``previous_part``, ``previous_base``; also where a base is below 10
    ``change``         Float64 ``matched − previous``; percentage points (10.4) for a rate in percent
    ``percent``        Float64 change as a fraction of ``previous``; only for counts and amounts with ``previous`` ≥ 10
    ``reason``         str     why there is no change or no percentage: ``""``, ``no_report``, ``no_previous``,
                               ``not_comparable``, ``small_base``, ``unit_unknown``; a message ``selection.reason.…``
    ``comparability``  str     worst of the organs matched: ``same`` or ``caution``; else that of those left out
    ``same_organs``    bool    whether ``value`` covers exactly the organs of the change; where not, say ``n_matched``
    ``numerator, denominator, base_class``  of a rate in ``year``, as in :func:`ogi.selection.lines.rates`; a rate with
                               a base below 10 has no ``value`` and no ``change``
    ``derived``        bool
    ``scope``          str     the one scope that was added
    ================== ======= ===================================================================================

    Raises:
        KeyError: a key is no cell, derived figure or indicator of one report.
    """
    year, scope = _newest(selection)
    baseline = selection.view.baseline
    before = None if year is None else year - 1 if baseline is None else baseline
    if year is None or before is None:
        rows = [{"key": key, "reason": "no_report"} for key in keys]
        return headline_frame(rows)
    places, measured = _pair(selection, before, year)
    rows = [_row(measured(key), places, before, year) for key in keys]
    return headline_frame([{"scope": scope, **row} for row in rows])


def _newest(selection: Selection) -> tuple[int | None, str | None]:
    """The latest year with a report that is added up, and the scope that is added."""
    if selection.is_wide:
        added = selection.added_rows
        years = source_of(selection).years[added.counts]
        return (int(years[-1]) if len(years) else None), added.scope
    added = selection.added
    shown = [year for column, year in enumerate(selection.years) if (added.places[:, column] >= 0).any()]
    return (shown[-1] if shown else None), added.scope


def _pair(selection: Selection, before: int, year: int) -> tuple[Any, Callable[[str], Measured]]:
    """Organs × the two years, and what returns a figure of these rows."""
    if not selection.is_wide:
        return selection.added_in((before, year)).places, selection.measure
    places = organs_by_years(selection, (before, year))
    rows = np.unique(places[places >= 0])
    return np.where(places >= 0, np.searchsorted(rows, places), -1), lambda key: measured_at(selection, key, rows)


def headline_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame of the documented dtypes; what a row does not say is unknown, empty or false."""
    columns = {}
    for name, dtype in _COLUMNS.items():
        nothing = {"str": "", "bool": False}.get(dtype, pd.NA)
        columns[name] = pd.array([row.get(name, nothing) for row in rows], dtype=dtype)
    return pd.DataFrame(columns)


def value_row(item: Measured, places: Any, year: int) -> dict[str, Any]:
    """What a headline says of its year alone; ``places`` are the rows of the organs in that year."""
    value, numerator, denominator, present = summed(item, places[:, None])
    return {
        "key": item.key,
        "kind": item.kind,
        "unit": item.unit or "",
        "year": year,
        "value": _known(value[0]),
        "n_present": int(present[0]),
        "n_expected": len(places),
        "numerator": _known(numerator[0]),
        "denominator": _known(denominator[0]),
        "base_class": str(base_class(denominator)[0]) if item.kind == "rate" else "",
        "derived": bool(np.append(item.derived, False)[places].any()),
    }


def _row(item: Measured, places: Any, before: int, year: int) -> dict[str, Any]:
    """One headline; ``places`` is organs × (before, year)."""
    row = value_row(item, places[:, 1], year)
    if item.kind == "amount" and item.unit is None:
        return {**row, "reason": "unit_unknown"}
    if before == year:
        return {**row, "reason": "no_previous"}
    return {**row, "previous_year": before, **_change(item, places, row["n_present"])}


def _change(item: Measured, places: Any, present: int) -> dict[str, Any]:
    """The change over the organs that have comparable values in both years, or the reason why there is none."""
    known = item.numerator + item.denominator if item.kind == "rate" else item.summable
    both: Any = ~np.isnan(np.append(known, np.nan)[places]).any(axis=1)
    kinds, of_organ = _comparability(item, places[both])
    comparable = both.copy()
    comparable[both] = np.array([kind in ("same", "caution") for kind in kinds], dtype=bool)[of_organ]
    if not comparable.any():
        left_out = worst(kinds)
        return {"reason": "not_comparable" if left_out else "no_previous", "comparability": left_out or ""}
    used = worst(kind for kind in kinds if kind in ("same", "caution"))
    sums = summed(item, places, comparable[:, None])
    matched = int(comparable.sum())
    return {"n_matched": matched, "comparability": used, "same_organs": matched == present, **change_row(item, *sums[:3])}


def change_row(item: Measured, value: Any, part: Any, base: Any) -> dict[str, Any]:
    """What a headline says of a change; sums, parts and bases are those of the earlier and the later year."""
    found: dict[str, Any] = {}
    for place, name in enumerate(("previous", "matched")):
        found |= {f"{name}_part": _known(part[place]), f"{name}_base": _known(base[place])}
    if np.isnan(value).any():
        return {**found, "reason": "small_base"}
    previous, now = float(value[0]), float(value[1])
    scale = 100.0 if item.unit == "percent" else 1.0
    found |= {"matched": now, "previous": previous, "change": (now - previous) * scale}
    if item.kind == "rate":
        return found
    return found | ({"percent": (now - previous) / previous} if previous >= SMALLEST_BASE else {"reason": "small_base"})


def _comparability(item: Measured, places: Any) -> tuple[list[Comparability], Any]:
    """How the pairs of editions compare, and which pair each organ has; there are few pairs and many organs."""
    codes, words = pd.factorize(item.editions[places].ravel())
    first, second = codes[::2], codes[1::2]
    pairs, of_organ = np.unique(first * len(words) + second, return_inverse=True)
    return [item.joins(str(words[pair // len(words)]), str(words[pair % len(words)])) for pair in pairs.tolist()], of_organ


def _known(number: float) -> Any:
    return pd.NA if np.isnan(number) else float(number)
