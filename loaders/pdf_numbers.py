"""Numbers of a PDF table that run over the border of their cell: kept whole, or marked where they cannot be.

A character belongs to the cell its middle stands in. A number wider than its cell would be cut that way, and the digits left
inside would be another number, read without a doubt.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.pdf_lines import lines_of
from loaders.pdf_page import Box, Char

_OF_NUMBERS = frozenset("0123456789.,+-０１２３４５６７８９．，＋－")
_SAME_NUMBER = 0.1
"""Share of the font size up to which two digits beside each other are of one number; borders keep more distance."""
_SAME_LINE = 1.0
_BESIDE = 0.5
"""Share of the font size up to which a number outside the table touches it."""
UNCLEAR = "\ufffd"
"""Stands in a cell for digits that may belong to it or to its neighbour."""


def share_out(cells: Sequence[Box], chars: Sequence[Char]) -> list[list[Char]]:
    """Return the characters of each cell.

    A number that stands partly outside the table belongs to the cell it touches. One that runs over the border between two
    cells belongs to neither for certain: both get :data:`UNCLEAR` beside the digits that stand in them.
    """
    places = _Places(cells)
    found = [places.at((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2) for char in chars]
    shared: list[list[Char]] = [[] for _ in cells]
    if any(_may_run_over(char, cells, cell) for char, cell in zip(chars, found, strict=True) if char.text in _OF_NUMBERS):
        found = _runs_kept(cells, chars, found, places, shared)
    for char, cell in zip(chars, found, strict=True):
        if cell is not None:
            shared[cell].append(char)
    return shared


def _may_run_over(char: Char, cells: Sequence[Box], cell: int | None) -> bool:
    """Whether a digit stands so near a border, or over it, that its number may go on behind it."""
    return cell is None or char.x0 < cells[cell][0] or char.x1 > cells[cell][2] - _SAME_NUMBER * char.size


def _runs_kept(
    cells: Sequence[Box], chars: Sequence[Char], found: list[int | None], places: _Places, shared: list[list[Char]]
) -> list[int | None]:
    """The cell of each character with no number parted; cells that share a number get a mark."""
    owners = dict(zip(map(id, chars), found, strict=True))
    left, right = min(box[0] for box in cells), max(box[2] for box in cells)
    for run in _numbers(chars):
        held = {owner for char in run if (owner := owners[id(char)]) is not None}
        if len(held) == 1:
            owners |= dict.fromkeys(map(id, run), held.pop())
        elif not held and run[0].x0 - right < _BESIDE * run[0].size > left - run[-1].x1:
            inner = min(max((run[0].x0 + run[-1].x1) / 2, left + _SAME_LINE), right - _SAME_LINE)
            owners |= dict.fromkeys(map(id, run), places.at(inner, (run[0].top + run[0].bottom) / 2))
        else:
            for cell in held:
                at = next(char for char in run if owners[id(char)] == cell)
                shared[cell].append(Char(UNCLEAR, at.x0, at.top, at.x1, at.bottom, at.size))
    return list(owners.values())


class _Places:
    """Finds the cell at a point, by the squares that the sides of all cells cut the table into."""

    def __init__(self, cells: Sequence[Box]) -> None:
        self._xs = sorted({x for cell in cells for x in (cell[0], cell[2])})
        self._ys = sorted({y for cell in cells for y in (cell[1], cell[3])})
        column, row = ({edge: i for i, edge in enumerate(edges)} for edges in (self._xs, self._ys))
        self._cells = {
            (i, j): number
            for number, (x0, top, x1, bottom) in enumerate(cells)
            for i in range(column[x0], column[x1])
            for j in range(row[top], row[bottom])
        }

    def at(self, x: float, y: float) -> int | None:
        """The number of the cell, or ``None``."""
        return self._cells.get((bisect_right(self._xs, x) - 1, bisect_right(self._ys, y) - 1))


def _numbers(chars: Sequence[Char]) -> Iterator[list[Char]]:
    """Digits that stand close beside each other on one line."""
    for line in lines_of([char for char in chars if char.text in _OF_NUMBERS], _SAME_LINE):
        run = line[:1]
        for before, char in pairwise(line):
            if abs(char.x0 - before.x1) > _SAME_NUMBER * before.size:
                yield run
                run = []
            run.append(char)
        yield run
