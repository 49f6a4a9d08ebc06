"""The grid of a table some of whose rules are lost in part: bridged where short, and carried on where cells would be ragged.

Grids are boolean: ``flat`` says for each line from top to bottom and each column whether a rule is there, ``upright`` for each
row and each line from left to right. Print is given as boxes (left, top, right, bottom); no rule is put where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np

_LONGEST_GAP = 2
"""Pieces of a rule that may be lost in a row."""


class _Broken(NamedTuple):
    """A line that is ruled in part, as good to carry on as its first two fields say."""

    is_free: bool
    """Whether some of it is there and no print stands where it is lost."""
    share: float
    line: int


def turned(pieces: np.ndarray) -> np.ndarray:
    """Boxes as they are for upright lines: along and across changed."""
    return pieces[:, [1, 0, 3, 2]]


def bridges(
    has_rule: np.ndarray, may_be: np.ndarray, lines: list[float], crossing: list[float], pieces: np.ndarray
) -> np.ndarray:
    """Pieces of rules [line][place] that are lost: the rule goes on at both sides, and no print stands in its way."""
    found = np.zeros_like(has_rule)
    for i in range(1, len(lines) - 1):
        there = np.nonzero(has_rule[i])[0]
        for before, after in pairwise(there):
            gap = slice(before + 1, after)
            is_short = 0 < after - before - 1 <= _LONGEST_GAP
            if is_short and may_be[i, gap].all() and not _in_the_way(pieces, lines[i], crossing[before + 1], crossing[after]):
                found[i, gap] = True
    return found


def merged(flat: np.ndarray, upright: np.ndarray, rows: list[float], columns: list[float], pieces: np.ndarray) -> np.ndarray:
    """The number of the merged cell each field belongs to.

    What is merged but no rectangle is a table with rules lost in part: those that are there for the most part and would run
    through no print are carried on, as many as are equally good, until it is one. Of a head that runs into the figure below
    and the head beside it, the lines above and below then both are.
    """
    flat, upright = flat.copy(), upright.copy()
    while True:
        owner = _connected(flat, upright, len(rows) - 1, len(columns) - 1)
        ragged = next((part for n in np.unique(owner) if not (part := owner == n)[_hull(part)].all()), None)
        if ragged is None:
            return owner
        ys, xs = _hull(ragged)
        level = list(_broken(flat[ys.start + 1 : ys.stop, xs], rows[ys.start + 1 :], columns[xs.start :], pieces))
        steep = list(_broken(upright[ys, xs.start + 1 : xs.stop].T, columns[xs.start + 1 :], rows[ys.start :], turned(pieces)))
        best = max(line[:2] for line in (*level, *steep))
        for line in level:
            flat[ys.start + 1 + line.line, xs] |= line[:2] == best
        for line in steep:
            upright[ys, xs.start + 1 + line.line] |= line[:2] == best


def _broken(has_rule: np.ndarray, lines: list[float], crossing: list[float], pieces: np.ndarray) -> Iterator[_Broken]:
    """Lines that are ruled in part, and those not ruled at all."""
    for i, there in enumerate(has_rule):
        lost = np.nonzero(~there)[0]
        if len(lost):
            is_free = not any(_in_the_way(pieces, lines[i], crossing[j], crossing[j + 1]) for j in lost)
            yield _Broken(is_free and bool(there.any()), float(there.mean()), i)


def _in_the_way(pieces: np.ndarray, line: float, start: float, end: float) -> bool:
    """Whether print stands on a line between two places; ``pieces`` have x along it and y across."""
    left, top, right, bottom = pieces.T
    return bool(((top < line - 2) & (bottom > line + 2) & (right > start) & (left < end)).any())


def _hull(part: np.ndarray) -> tuple[slice, slice]:
    ys, xs = np.nonzero(part)
    return slice(int(ys.min()), int(ys.max()) + 1), slice(int(xs.min()), int(xs.max()) + 1)


def _connected(flat: np.ndarray, upright: np.ndarray, height: int, width: int) -> np.ndarray:
    owner = np.full((height, width), -1)
    count = 0
    for start in np.ndindex(height, width):
        if owner[start] >= 0:
            continue
        todo = [start]
        owner[start] = count
        while todo:
            r, c = todo.pop()
            ways = (
                (r - 1, c, r > 0 and not flat[r, c]),
                (r + 1, c, r + 1 < height and not flat[r + 1, c]),
                (r, c - 1, c > 0 and not upright[r, c]),
                (r, c + 1, c + 1 < width and not upright[r, c + 1]),
            )
            for y, x, is_open in ways:
                if is_open and owner[y, x] < 0:
                    owner[y, x] = count
                    todo.append((y, x))
        count += 1
    return owner
