"""Connected pieces of a page, against OpenCV's own statistics."""

from __future__ import annotations

import numpy as np
import pytest

from loaders import scan

pytestmark = pytest.mark.skipif(not scan.is_available(), reason="scans are not read here")


@pytest.mark.parametrize("share", [0.002, 0.1, 0.6])
def test_boxes_and_areas_are_those_opencv_gives(share: float) -> None:
    import cv2

    from loaders.scan.pieces import pieces

    mask = (np.random.default_rng(3).random((97, 211)) < share).astype(np.uint8) * 255
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found, boxes = pieces(mask)
    assert len(stats) > 2
    assert (found == labels).all()
    assert (boxes[1:] == stats[1:]).all()


def test_pixels_that_touch_at_a_corner_are_one_piece_with_its_box_and_area() -> None:
    from loaders.scan.pieces import pieces

    mask = np.zeros((5, 6), np.uint8)
    mask[1, 2] = mask[2, 3] = mask[4, 5] = 1
    labels, stats = pieces(mask)
    assert stats[1:].tolist() == [[2, 1, 2, 2, 2], [5, 4, 1, 1, 1]]
    assert labels[2, 3] == 1
    assert labels[0, 0] == 0


def test_an_empty_page_has_no_pieces() -> None:
    from loaders.scan.pieces import pieces

    labels, stats = pieces(np.zeros((3, 4), np.uint8))
    assert not labels.any()
    assert stats.tolist() == [[0, 0, 0, 0, 0]]
