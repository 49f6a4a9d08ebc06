"""Ruled lines of a page picture, by what is dark over a long way."""

from __future__ import annotations

import cv2
import numpy as np

_SHORTEST = (0.30, 0.22)
"""Inches of the shortest horizontal and vertical rule; no stroke of a letter inside a table is as long."""


def dark_pixels(grey: np.ndarray, window: int = 25, least: int = 12) -> np.ndarray:
    """Pixels (255) at least ``least`` darker than what surrounds them."""
    return cv2.adaptiveThreshold(255 - grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, window, -least)


def rule_masks(dark: np.ndarray, dpi: int) -> tuple[np.ndarray, np.ndarray]:
    """Pixels of horizontal and of vertical rules, widened by one pixel so that a slight slope does not break them."""
    length = [int(dpi * share) for share in _SHORTEST]
    horizontal = cv2.morphologyEx(cv2.dilate(dark, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, length[0]), np.uint8))
    vertical = cv2.morphologyEx(cv2.dilate(dark, np.ones((1, 3), np.uint8)), cv2.MORPH_OPEN, np.ones((length[1], 1), np.uint8))
    return horizontal, vertical
