"""Connected pieces of the dark pixels of a page.

OpenCV's own statistics look at every pixel of the page and take four times as long as finding the pieces; a page is mostly empty.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np


def pieces(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of the piece of every pixel, 0 for what is not set, and of every piece its box and area.

    Args:
        mask: pixels that are set, as bytes. Pixels that touch at a corner belong together.

    Returns:
        labels (height × width) and statistics (pieces + 1 × left, top, width, height, area) as OpenCV's
        ``connectedComponentsWithStats`` gives them; the first row, which is that of the pixels not set, is 0 throughout.
    """
    count, labels = cv2.connectedComponents(mask, connectivity=8)
    stats = np.zeros((count, 5), np.int32)
    places = cv2.findNonZero(mask)  # row by row
    if places is None:
        return labels, stats
    across, down = np.ascontiguousarray(places.reshape(-1, 2).T)
    of: Any = labels.ravel()[down * np.int32(mask.shape[1]) + across]
    left, right = np.full(count, mask.shape[1], np.int32), np.full(count, -1, np.int32)
    np.minimum.at(left, of, across)
    np.maximum.at(right, of, across)
    top, bottom = np.zeros(count, np.int32), np.zeros(count, np.int32)
    top[of[::-1]] = down[::-1]  # of several the one written last stays
    bottom[of] = down
    for column, values in enumerate((left, top, right - left + 1, bottom - top + 1, np.bincount(of, minlength=count))):
        stats[1:, column] = values[1:]
    return labels, stats
