"""Which series may be added: those of one scope, and every organ once a year."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from ogi.report import ADDABLE

PER_HEAD = "I19_new_per_10k"


def of_scope(scope: str | None) -> tuple[str, ...]:
    """Return the figures that belong to the usual ones of a scope only: applications per head to regions."""
    return (PER_HEAD,) if scope == "region_total" else ()


def addable_scopes(shown: Collection[str]) -> tuple[str, ...]:
    """Return the scopes to add, the one that counts first in front; empty where none of ``shown`` may be added."""
    return next((scopes for scopes in ADDABLE if not set(scopes).isdisjoint(shown)), ())


def one_per_organ(organs: Sequence[str], scopes: Sequence[str], present: Any, added: Sequence[str]) -> tuple[list[str], Any]:
    """Return which series counts for each organ in each year.

    Args:
        organs: the organ of each series.
        scopes: the scope of each series.
        present: series × years, whether the series has anything in the year.
        added: the scopes to add, see :func:`addable_scopes`; where an organ has several, the one named first counts.

    Returns:
        The organs in the order of their series, and organs × years: the number of the series, −1 where there is none.
    """
    rows = [row for row, scope in enumerate(scopes) if scope in added]
    place = {organ: place for place, organ in enumerate(dict.fromkeys(organs[row] for row in rows))}
    chosen = np.full((len(place), present.shape[1]), -1, dtype=np.int64)
    for row in sorted(rows, key=lambda row: added.index(scopes[row]), reverse=True):
        chosen[place[organs[row]], present[row]] = row
    return list(place), chosen
