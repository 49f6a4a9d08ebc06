"""Ink between the rules: pieces of print, what is a speck, which piece runs over a rule."""

from __future__ import annotations

import cv2
import msgspec
import numpy as np

_SPECK_AREA = 6
_SPECK_SIDE = 3
_LETTER = 7
"""Pixels of the longer side from which a piece is part of a character, not a dot."""
_RULE_WIDTH = 9
"""Pixels over which ink on both sides of a rule is one stroke."""


class Ink(msgspec.Struct, frozen=True):
    """The pieces of print of a page, as columns of equal length."""

    left: np.ndarray
    top: np.ndarray
    right: np.ndarray
    bottom: np.ndarray
    area: np.ndarray
    is_letter: np.ndarray
    """Whether it is large enough for a part of a character; the others are dots that count only beside letters."""
    clean: np.ndarray
    """The page with its rules painted over."""

    @property
    def middles(self) -> tuple[np.ndarray, np.ndarray]:
        """Middles of the pieces, x and y."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def boxes(self, chosen: np.ndarray) -> list[tuple[int, int, int, int]]:
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
    stats = cv2.connectedComponentsWithStats(print_, connectivity=8)[2][1:]
    left, top, width, height, area = stats.T
    solid = (area >= _SPECK_AREA) & (np.maximum(width, height) >= _SPECK_SIDE)
    left, top, width, height, area = (column[solid] for column in (left, top, width, height, area))
    clean = grey.copy()
    clean[near_rules > 0] = 255
    is_letter = (np.maximum(width, height) >= _LETTER) & (area >= 2 * _SPECK_AREA)
    return Ink(left, top, left + width, top + height, area, is_letter, clean)
