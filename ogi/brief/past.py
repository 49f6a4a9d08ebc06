"""The years of a figure that may be set against the newest one: the same agencies, and editions that count the same."""

from __future__ import annotations

from typing import Any

import numpy as np

from ogi.brief.sentences import Past
from ogi.selection import Selection
from ogi.selection.measure import Measured
from ogi.selection.sums import summed


def past_of(selection: Selection, key: str) -> list[Past]:
    """Return the years with a number over the very agencies that have one in the newest year, oldest first.

    The way back ends where two editions count different things. A year in which another agency has a number, or one of them has
    none, is passed over. Rates below a base of 10 have no number, and shares of more than all are
    passed over: their report does not add up. Nothing where the newest year shown has none.

    Args:
        selection: what is shown, of few enough reports to be looked at one by one.
        key: cell, derived figure or indicator of one report.
    """
    item, places = selection.measure(key), selection.added.places
    if not places.size:
        return []
    values, parts, bases, _ = summed(item, places)
    known = ~np.isnan(np.append(_numbers(item), np.nan)[places])
    there = [column for column in range(places.shape[1]) if (places[:, column] >= 0).any()]
    if not there or np.isnan(values[there[-1]]):
        return []
    newest, found = there[-1], []
    later = newest
    for column in reversed(there):
        if not known[:, column].any():
            continue
        if not _joined(item, places[:, column], places[:, later]):
            break
        later = column
        over_whole = item.unit == "percent" and values[column] > 1
        if not np.isnan(values[column]) and not over_whole and (known[:, column] == known[:, newest]).all():
            scale = 100.0 if item.unit == "percent" else 1.0
            base = None if np.isnan(bases[column]) else float(bases[column])
            part = None if np.isnan(parts[column]) else float(parts[column])
            found.append(Past(selection.years[column], float(values[column]) * scale, part, base))
    return found[::-1]


def _numbers(item: Measured) -> Any:
    return item.numerator + item.denominator if item.kind == "rate" else item.summable


def _joined(item: Measured, before: Any, after: Any) -> bool:
    """Whether the figure may be compared between two years, for every agency that reported in both."""
    both = (before >= 0) & (after >= 0)
    pairs = set(zip(item.editions[before[both]].tolist(), item.editions[after[both]].tolist(), strict=True))
    return all(item.joins(one, other) in ("same", "caution") for one, other in pairs)
