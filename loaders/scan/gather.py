"""The ink of each cell: what is print, which marks belong to it, what is dirt, and what speaks against reading it at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from loaders.scan.ink import Ink, Piece
from loaders.scan.lines import LineOfInk, lines_of
from loaders.scan.tables import Box, Field

_LARGE = 0.55
"""Share of the usual height of a letter below which a piece is a dot, a stroke or a speck."""
_FILLED = 0.5
"""Share of its box that a stroke fills, and a group of specks does not."""
_BLOT = 0.05
"""Share of the square of a letter from which a small piece beside a number is no dust and must be explained."""
_INSET = 6
"""Pixels beside the borders of a cell in which nothing is looked for."""


class Cell(msgspec.Struct):
    """A cell on its way to be read."""

    field: Field
    lines: list[LineOfInk] = []
    specks: list[Piece] = []
    """Small pieces that belong to none of the lines."""
    widest: int = 0
    """Pixels of the widest line of print in its column."""
    is_cut: bool = False
    """Whether its print touches a border."""
    is_crossed: bool = False
    """Whether its print goes on beyond a border."""
    is_stained: bool = False
    """Whether there is something in it that may be ink and was not taken for print."""


def gather(fields: Sequence[Field], ink: Ink, owners: np.ndarray, size: float) -> list[Cell]:
    """The ink of each cell, in lines. ``owners`` has the number of the cell of each piece; ``size`` is that of a letter."""
    order = np.argsort(owners, kind="stable")
    starts = np.searchsorted(owners[order], np.arange(len(fields) + 1))
    cells = [_cell(field, ink, order[starts[n] : starts[n + 1]], size) for n, field in enumerate(fields)]
    widest: dict[tuple[float, float], int] = {}
    for cell in cells:
        column = (cell.field.box[0], cell.field.box[2])
        widest[column] = max([widest.get(column, 0), *(line.box[2] - line.box[0] for line in cell.lines)])
    for cell in cells:
        cell.widest = widest[cell.field.box[0], cell.field.box[2]]
    return cells


def _cell(field: Field, ink: Ink, own: np.ndarray, size: float) -> Cell:
    pieces = list(zip(ink.boxes(own), ink.area[own].tolist(), strict=True))
    letters = [p for p, area in pieces if is_large(p, area, size) or _is_dash(p, area, size, field)]
    small = [p for p, _ in pieces if p not in letters and not any(touch(p, q) for q in letters)]
    lines = [_with_marks(line, small, size) for line in lines_of(letters, size)]
    kept = {piece for line in lines for piece in line.pieces}
    blots = [p for p, area in pieces if area >= _BLOT * size * size and p in small and p not in kept]
    if lines:
        stained = any(_is_beside(p, line, size) for p in blots for line in lines)
    else:
        stained = any(_is_central(p, field) for p in blots)
    return Cell(
        field,
        lines,
        [p for p in small if p not in kept],
        is_cut=_any_kept(pieces, ink.is_cut[own], kept),
        is_crossed=_any_kept(pieces, ink.is_through[own], kept),
        is_stained=stained,
    )


def _any_kept(pieces: Sequence[tuple[Piece, int]], marks: np.ndarray, kept: set[Piece]) -> bool:
    return any(piece in kept for (piece, _), mark in zip(pieces, marks.tolist(), strict=True) if mark)


def stain(cells: Sequence[Cell], pieces: Iterable[Piece], size: float) -> None:
    """Mark the cells without print in which one of the pieces lies, at least half a letter high, away from the borders."""
    pieces = [p for p in pieces if p[3] - p[1] >= 0.5 * size]
    for cell in cells:
        if not cell.lines:
            x0, top, x1, bottom = cell.field.box
            inner = (round(x0) + _INSET, round(top) + _INSET, round(x1) - _INSET, round(bottom) - _INSET)
            cell.is_stained |= any(touch(p, inner) for p in pieces)


def is_large(piece: Piece, area: int, size: float) -> bool:
    """Whether a piece is a character or a stroke of one, not a dot and not dust."""
    width, height = piece[2] - piece[0], piece[3] - piece[1]
    return height >= _LARGE * size or (width >= _FILLED * size and area >= _FILLED * width * height)


def touch(one: Box | Piece, other: Box | Piece) -> bool:
    """Whether two boxes share a point."""
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _is_dash(piece: Piece, area: int, size: float, field: Field) -> bool:
    """Whether a small piece is a dash: flat, filled, in the middle of the height of its cell."""
    width, height = piece[2] - piece[0], piece[3] - piece[1]
    is_stroke = _is_flat(piece, 1.3) and width >= 0.25 * size and area >= _FILLED * width * height
    return is_stroke and _is_central(piece, field)


def _is_central(piece: Piece, field: Field) -> bool:
    """Whether a piece stands in the middle half of the height of its cell."""
    _, top, _, bottom = field.box
    return abs((piece[1] + piece[3]) / 2 - (top + bottom) / 2) <= 0.25 * (bottom - top)


def _is_flat(piece: Piece, least: float) -> bool:
    return piece[2] - piece[0] >= least * (piece[3] - piece[1])


def _is_beside(piece: Piece, line: LineOfInk, size: float) -> bool:
    """Whether a piece stands at the height of a line, near enough to be a sign of it."""
    x0, top, x1, bottom = line.box
    return x0 - 1.5 * size <= piece[2] and piece[0] <= x1 + size and top <= (piece[1] + piece[3]) / 2 <= bottom


def _with_marks(line: LineOfInk, small: Sequence[Piece], size: float) -> LineOfInk:
    """Take into a line the small pieces that may be marks of a number: a sign before it, a point or comma at its foot."""
    x0, top, x1, bottom = line.box
    foot = bottom - 0.35 * (bottom - top)
    marks = []
    for p in small:
        middle = (p[1] + p[3]) / 2
        is_point = x0 < p[0] and p[2] < x1 and foot <= middle <= bottom + 0.3 * size
        is_sign = _is_flat(p, 1.2) and p[2] - p[0] >= 0.25 * size and _is_beside(p, line, size)
        if is_point or is_sign:
            marks.append(p)
    return LineOfInk(tuple(sorted([*line.pieces, *marks])))
