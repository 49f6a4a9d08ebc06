"""What changed between two years in many cells at once: the rules of :mod:`ogi.selection.headlines`, all cells in one sweep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from ogi.form import Comparability, load_form
from ogi.indicators import SMALLEST_BASE
from ogi.selection.comparability import worst
from ogi.selection.measure import Measured, first_cell

if TYPE_CHECKING:
    from ogi.selection.selected import Selection


class Changed(NamedTuple):
    """The change of one cell, over the organs that have comparable numbers in both years."""

    amount: float | None
    fraction: float | None
    reason: str
    """As in :func:`ogi.selection.headlines.headline`."""
    comparability: str
    organs: int


def changes(selection: Selection, keys: Sequence[str], before: int, year: int) -> list[Changed]:
    """Return what changed in each cell from ``before`` to ``year``.

    Raises:
        KeyError: a key is no cell and no derived figure.
    """
    if selection.is_wide or before == year:
        return [_of_headline(row) for row in selection.until(year, baseline=before).headline(keys).to_dict("records")]
    items = [selection.measure(key) for key in keys]
    numbers = selection.remembered(("summable", *keys), lambda: np.stack([np.append(item.summable, np.nan) for item in items]))
    places = _places(selection, before, year)
    picked = numbers[:, places]
    both: Any = ~np.isnan(picked).any(axis=2)
    comparable, said = np.zeros_like(both), [""] * len(keys)
    for rows in _by_table(keys):
        found, words = _comparable([items[row] for row in rows], both[rows], places)
        comparable[rows] = found
        for row, word in zip(rows, words, strict=True):
            said[row] = word
    sums = np.where(comparable[:, :, None], picked, 0.0).sum(axis=1).tolist()
    counts = comparable.sum(axis=1).tolist()
    return [_changed(*one) for one in zip(items, sums, counts, said, strict=True)]


def _places(selection: Selection, before: int, year: int) -> Any:
    """Rows of the facts, organs × the two years."""
    if before in selection.years and year in selection.years:
        return selection.added.places[:, [selection.years.index(before), selection.years.index(year)]]
    return selection.added_in((before, year)).places


def _by_table(keys: Sequence[str]) -> list[list[int]]:
    """The numbers of the keys of each table; what stands in one table has the editions of that table."""
    form, found = load_form(), dict[str, list[int]]()
    for row, key in enumerate(keys):
        found.setdefault(first_cell(form, key).table.id, []).append(row)
    return list(found.values())


def _comparable(items: Sequence[Measured], both: Any, places: Any) -> tuple[Any, list[str]]:
    """Keys × organs whose two numbers may be compared, and the worst status of each key: of those, or of those left out."""
    codes, words = pd.factorize(np.append(items[0].editions, "")[places].ravel())
    pairs, of_organ = np.unique(codes[::2] * len(words) + codes[1::2], return_inverse=True)
    ends = [(str(words[pair // len(words)]), str(words[pair % len(words)])) for pair in pairs.tolist()]
    counted = both.astype(np.int64) @ (of_organ[:, None] == np.arange(len(ends))).astype(np.int64)
    fits, said = np.zeros(counted.shape, dtype=bool), []
    for row, (item, of_pair) in enumerate(zip(items, counted.tolist(), strict=True)):
        kinds: list[Comparability | None] = [
            item.joins(*end) if count else None for end, count in zip(ends, of_pair, strict=True)
        ]
        fits[row] = [kind in ("same", "caution") for kind in kinds]
        used = worst(kind for kind in kinds if kind in ("same", "caution"))
        said.append(used or worst(kind for kind in kinds if kind) or "")
    return both & fits[:, of_organ], said


def _changed(item: Measured, sums: list[float], organs: int, said: str) -> Changed:
    if item.kind == "amount" and item.unit is None:
        return Changed(None, None, "unit_unknown", "", 0)
    if not organs:
        return Changed(None, None, "not_comparable" if said else "no_previous", said, 0)
    previous, now = sums
    if previous < SMALLEST_BASE:
        return Changed(now - previous, None, "small_base", said, organs)
    return Changed(now - previous, (now - previous) / previous, "", said, organs)


def _of_headline(row: dict[Any, Any]) -> Changed:
    amount, fraction, organs = (None if pd.isna(row[name]) else row[name] for name in ("change", "percent", "n_matched"))
    return Changed(amount, fraction, row["reason"], row["comparability"], int(organs or 0))
