"""Ink between the rules: pieces of print, and which of them are dots, cut by a rule, or so faint that they hardly count."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np

from loaders.scan.pieces import pieces

_SPECK_AREA = 6
_SPECK_SIDE = 3
_LETTER = 7
"""Pixels of the longer side from which a piece is part of a character, not a dot."""
_RULE = 11
"""Pixels of the width of a rule with the pixels beside it, at most."""
_FAINT = 5
"""Levels of grey below its surroundings, after smoothing, from which something may be ink all the same."""

Piece = tuple[int, int, int, int]
"""Box of a piece of ink: left, top, right, bottom in pixels."""


class Ink(msgspec.Struct, frozen=True):
    """The pieces of print of a page, as columns of equal length."""

    left: np.ndarray
    top: np.ndarray
    right: np.ndarray
    bottom: np.ndarray
    area: np.ndarray
    is_letter: np.ndarray
    """Whether it is large enough for a part of a character; the others are dots that count only beside letters."""
    is_cut: np.ndarray
    """Whether it touches a rule."""
    is_through: np.ndarray
    """Whether there is ink on the other side of the rule as well: something that runs over the table, as a stamp does."""
    clean: np.ndarray
    """The page with its rules painted over."""

    @property
    def middles(self) -> tuple[np.ndarray, np.ndarray]:
        """Middles of the pieces, x and y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def hull(self, chosen: np.ndarray) -> Piece:
        """The box around all of the chosen pieces."""
        low = (self.left[chosen].min(), self.top[chosen].min())
        return (int(low[0]), int(low[1]), int(self.right[chosen].max()), int(self.bottom[chosen].max()))

    def boxes(self, chosen: np.ndarray) -> list[Piece]:
        """Boxes of the chosen pieces."""
        columns = (self.left, self.top, self.right, self.bottom)
        return list(zip(*(column[chosen].tolist() for column in columns), strict=True))


def find_ink(grey: np.ndarray, dark: np.ndarray, rules: np.ndarray) -> Ink:
    """Pieces of print of a page.

    Args:
        grey: the straight page.
        dark: its dark pixels.
        rules: pixels of its rules.
    """
    near_rules = cv2.dilate(rules, np.ones((3, 3), np.uint8))
    print_ = cv2.bitwise_and(dark, cv2.bitwise_not(near_rules))
    labels, stats = pieces(print_)
    is_cut = _touching(labels, len(stats), print_, near_rules)[1:]
    is_through = _touching(labels, len(stats), print_, cv2.bitwise_and(_bridges(print_), near_rules))[1:]
    left, top, width, height, area = stats[1:].T
    solid = (area >= _SPECK_AREA) & (np.maximum(width, height) >= _SPECK_SIDE)
    left, top, width, height, area = (column[solid] for column in (left, top, width, height, area))
    clean = grey.copy()
    clean[near_rules > 0] = 255
    is_letter = (np.maximum(width, height) >= _LETTER) & (area >= 2 * _SPECK_AREA)
    return Ink(left, top, left + width, top + height, area, is_letter, is_cut[solid], is_through[solid], clean)


def _touching(labels: np.ndarray, count: int, print_: np.ndarray, what: np.ndarray) -> np.ndarray:
    """For each piece of print whether one of its pixels is beside ``what``."""
    beside = cv2.bitwise_and(cv2.dilate(what, np.ones((3, 3), np.uint8)), print_)
    found = np.zeros(count, bool)
    found[labels[beside > 0]] = True
    return found


def _bridges(print_: np.ndarray) -> np.ndarray:
    """Pixels with print close by on two opposite sides."""
    across = cv2.morphologyEx(print_, cv2.MORPH_CLOSE, np.ones((1, _RULE), np.uint8))
    down = cv2.morphologyEx(print_, cv2.MORPH_CLOSE, np.ones((_RULE, 1), np.uint8))
    return cv2.bitwise_or(across, down)


def faint_pieces(clean: np.ndarray, size: float) -> list[Piece]:
    """Boxes of what may be ink that is nearly gone: darker than its surroundings over the height of half a letter."""
    smooth = cv2.GaussianBlur(clean, (5, 5), 0)
    dark = cv2.adaptiveThreshold(255 - smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 41, -_FAINT)
    stats = pieces(dark)[1][1:]
    chosen = stats[(stats[:, 3] >= 0.5 * size) & (stats[:, 4] >= size)]
    return [(x, y, x + w, y + h) for x, y, w, h, _ in chosen.tolist()]
