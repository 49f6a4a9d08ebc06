"""Lines of print: pieces of ink put together to lines, in a cell or on the open page, and cut out for recognition."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from loaders.scan.ink import Piece

_MARGIN = 5
_ONE_LINE = 0.45
"""Share of the usual height of a letter by which parts of one line may stand apart: 二 has two strokes."""
_WORD_GAP = 1.6
"""Usual heights of a letter between two words of one line beyond which they are read apart."""


class LineOfInk(msgspec.Struct, frozen=True):
    """Pieces that stand beside each other, from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def box(self) -> Piece:
        """The box around all pieces."""
        lefts, tops, rights, bottoms = zip(*self.pieces, strict=True)
        return (min(lefts), min(tops), max(rights), max(bottoms))

    def lacking(self, size: float) -> int:
        """Pixels to add above and below so that a low line keeps the height of a letter."""
        _, top, _, bottom = self.box
        return max(0, round(size) - (bottom - top)) // 2

    def origin(self, size: float, *, wider: bool = False) -> tuple[int, int]:
        """Left and top of the picture of the line."""
        x0, top, _, _ = self.box
        margin = _MARGIN * (2 if wider else 1)
        return max(x0 - margin, 0), max(top - margin - self.lacking(size), 0)


def lines_of(pieces: Sequence[Piece], size: float) -> list[LineOfInk]:
    """Group pieces to lines from top to bottom by their heights; ``size`` is the usual height of a letter."""
    groups: list[tuple[float, float, list[Piece]]] = []
    for piece in sorted(pieces, key=lambda p: (p[1], p[0])):
        if groups and piece[1] < groups[-1][1]:
            top, bottom, members = groups[-1]
            members.append(piece)  # in place: noise has tens of thousands of pieces in one line
            groups[-1] = (top, max(bottom, piece[3]), members)
        else:
            groups.append((piece[1], piece[3], [piece]))
    merged: list[tuple[float, float, list[Piece]]] = []
    for top, bottom, members in groups:
        if merged and top - merged[-1][1] < _ONE_LINE * size and bottom - merged[-1][0] < 1.5 * size:
            merged[-1][2].extend(members)
            merged[-1] = (merged[-1][0], bottom, merged[-1][2])
        else:
            merged.append((top, bottom, members))
    return [LineOfInk(tuple(sorted(members))) for _, _, members in merged]


def words_of(line: LineOfInk, size: float) -> list[LineOfInk]:
    """Cut a line where a wide gap shows that two things stand beside each other."""
    words: list[list[Piece]] = []
    reach = -1
    for piece in line.pieces:
        if words and piece[0] - reach <= _WORD_GAP * size:
            words[-1].append(piece)
        else:
            words.append([piece])
        reach = max(reach, piece[2])
    return [LineOfInk(tuple(word)) for word in words]


def cut_out(grey: np.ndarray, line: LineOfInk, size: float, *, wider: bool = False) -> np.ndarray:
    """The picture of a line with a margin; a low line (a dash, 一) keeps the height of a letter around it."""
    left, top = line.origin(size, wider=wider)
    _, _, x1, bottom = line.box
    margin = _MARGIN * (2 if wider else 1)
    return grey[top : bottom + margin + line.lacking(size), left : x1 + margin]
