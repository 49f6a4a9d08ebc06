"""A page picture made fit for reading: evenly lit, without red ink, upright and straight, with the way back to the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import cv2
import msgspec
import numpy as np

from loaders.scan.pieces import pieces
from loaders.scan.rules import dark_pixels, rule_masks

DPI = 200
"""Pixels per inch every page is brought to before it is read, whatever it was scanned with."""
_DARK = 100
"""Level below which paper is darker than in any photograph of a page."""
_RED = 40
"""How much redder than green and blue a pixel of red ink is."""
_FEW_RED = 400
"""Pixels of red too few for a stamp."""
_EVEN = 24
"""Levels of grey within three pixels that are an even tone."""
_EVEN_AREA = 5
"""Pixels of even tone that are no chance."""
_BLACK, _PAPER = 30, 200
"""Levels above the blackest print, and level below the paper, between which a stamp lies."""
_UNDER = 0.8
"""Share of the level of a stamp below which there is print under it."""
_AROUND = 31
"""Quarter pixels around a stamp in which its thin strokes may be."""
_STEEPEST = 8.0
"""Degrees up to which lines are taken for horizontal."""
_RASTER = 16
_BENT = 2.0
"""Pixels of deviation of a rule from a straight line that are worth bending the page back for."""

Box = tuple[float, float, float, float]
Picture = np.ndarray


class Sheet(msgspec.Struct, frozen=True):
    """A straight page in grey, paper white; ``black`` has no red ink, ``all_ink`` keeps it."""

    black: Picture
    all_ink: Picture
    origin: Callable[[np.ndarray], np.ndarray]
    """Where points (x, y) of the sheet lie in the picture it was made from, in pixels."""

    def box_on_page(self, box: Box, points_per_pixel: float) -> Box:
        """The upright box on the page, in points, around a box of the sheet."""
        x0, top, x1, bottom = box
        corners = self.origin(np.array([[x0, top], [x1, top], [x1, bottom], [x0, bottom]], np.float64)) * points_per_pixel
        (left, high), (right, low) = corners.min(axis=0), corners.max(axis=0)
        return (round(float(left), 2), round(float(high), 2), round(float(right), 2), round(float(low), 2))


def as_positive(picture: Picture) -> Picture:
    """The picture with dark print on light paper. In a negative most is dark, and what is not is lighter, not darker."""
    low, middle, high = np.percentile(picture[::8, ::8], (1, 50, 99))
    return 255 - picture if middle < _DARK and high - middle > middle - low else picture


def grey_pair(picture: Picture) -> tuple[Picture, Picture]:
    """Grey without red ink, and grey with all ink. A red stamp is nearly white in the red channel, black ink is not."""
    if picture.ndim == 2:
        even = _evenly_lit(picture)
        return even, even
    red, green, blue = (picture[:, :, i].astype(np.int16) for i in range(3))
    redness = np.clip(red - (green + blue) // 2, 0, 255)
    if np.count_nonzero(redness > _RED) < _FEW_RED:
        even = _evenly_lit(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
        return even, even
    without = np.clip(red + redness * 2 // 5, 0, 255).astype(np.uint8)
    return _evenly_lit(_bleached(without, redness)), _evenly_lit(np.minimum(np.minimum(red, green), blue).astype(np.uint8))


def _bleached(grey: Picture, redness: np.ndarray) -> Picture:
    """Whiten what is lighter than print where the red ink is: JPEG keeps colour coarsely, and outlines of a stamp stay."""
    sample = grey[::4, ::4]
    paper, print_ = np.percentile(sample, 50), np.percentile(sample, 1)
    white = 0.6 * paper + 0.4 * print_
    zone = cv2.dilate((redness > _RED).astype(np.uint8), np.ones((13, 13), np.uint8)) > 0
    return np.where(zone, np.clip(grey * (255 / white), 0, 255), grey).astype(np.uint8)


def _evenly_lit(grey: Picture) -> Picture:
    """Divide by the light of the paper around, so that shadows and shaded cells become white."""
    small = cv2.resize(grey, None, fx=1 / 8, fy=1 / 8, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), (9, 9), 0)
    paper = cv2.resize(np.maximum(paper, 40), (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, paper, scale=255)


def without_half_tones(grey: Picture, *, thin_too: bool = True) -> Picture:
    """Whiten broad strokes of an even grey: a copied stamp. Print is black, or so thin that it is nowhere even.

    Where print and stamp lie on each other it is blacker than the stamp, and stays. With ``thin_too`` only what is blacker than
    the stamp stays around it as well, where its thin strokes are; rules are thin and suffer from that.
    """
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    square = np.ones((3, 3), np.uint8)
    even = cv2.subtract(cv2.dilate(smooth, square), cv2.erode(smooth, square)) < _EVEN
    print_ = np.percentile(grey[::4, ::4], 1)
    seeds = (even & (smooth > print_ + _BLACK) & (smooth < _PAPER)).astype(np.uint8)
    labels, stats = pieces(seeds)
    seeds = (stats[:, 4] >= _EVEN_AREA)[labels] & (labels > 0)
    if not seeds.any():
        return grey
    level = _UNDER * float(np.median(smooth[seeds]))
    zone = cv2.dilate(seeds.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    lean = np.where(zone & (smooth > level), 255, grey).astype(np.uint8)
    if not thin_too:
        return lean
    near = cv2.resize(seeds.astype(np.uint8) * 255, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    around = cv2.dilate((near > 0).astype(np.uint8), np.ones((_AROUND, _AROUND), np.uint8))
    around = cv2.resize(around, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST) > 0
    stretched = np.clip((lean - print_) * (255 / max(level - print_, 1)), 0, 255)
    return np.where(around, stretched, lean).astype(np.uint8)


def straightened(picture: Picture, quarter_turns: int = 0) -> Sheet:
    """Turn by the skew of the lines, then bend back what is still not straight (photographs, folds).

    ``quarter_turns`` by 90 degrees against the clock come first, for a page that lies on its side or on its head.
    """
    black, all_ink = grey_pair(np.ascontiguousarray(np.rot90(picture, quarter_turns)))
    size = (picture.shape[1], picture.shape[0])
    angle = skew(black)
    height, width = black.shape
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1), [0, 0, 1]]) if angle else np.eye(3)
    turned = _turned(black, turn) if angle else black
    bend = bending(turned)
    if bend is None:
        other = turned if all_ink is black else _turned(all_ink, turn)
        return Sheet(turned, other, _Origin(np.linalg.inv(turn), None, quarter_turns, size))
    map_x, map_y = _maps(bend, np.linalg.inv(turn), black.shape)
    bent = cv2.remap(black, map_x, map_y, cv2.INTER_CUBIC, borderValue=255)
    other = bent if all_ink is black else cv2.remap(all_ink, map_x, map_y, cv2.INTER_CUBIC, borderValue=255)
    return Sheet(bent, other, _Origin(np.linalg.inv(turn), bend, quarter_turns, size))


def _turned(grey: Picture, turn: np.ndarray) -> Picture:
    size = (grey.shape[1], grey.shape[0])
    return cv2.warpAffine(grey, turn[:2], size, flags=cv2.INTER_CUBIC, borderValue=255)


def skew(grey: Picture) -> float:
    """Degrees by which the lines of the page rise to the right (negative: fall); 0.0 where there is nothing to measure.

    Rules and lines of text, smeared to one blob each, are fitted; the longest tell.
    """
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = cv2.dilate(dark_pixels(small, 13), np.ones((1, 15), np.uint8))
    ink = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 45), np.uint8))
    labels, stats = pieces(ink)
    angles, weights = [], []
    for i in np.argsort(-stats[1:, 2], kind="stable")[:60] + 1:
        x, y, w, h, _ = stats[i]
        if w < small.shape[1] * 0.25 or h > w * 0.2 + 12:
            continue
        ys, xs = np.nonzero(labels[y : y + h, x : x + w] == i)
        slope = np.polyfit(xs, ys, 1)[0]
        angles.append(float(np.degrees(np.arctan(slope))))
        weights.append(float(w) ** 2)
    if not angles:
        return 0.0
    order = np.argsort(angles, kind="stable")
    share = np.cumsum(np.array(weights)[order])
    middle = angles[order[int(np.searchsorted(share, share[-1] / 2))]]
    return 0.0 if abs(middle) < 0.03 or abs(middle) > _STEEPEST else round(middle, 3)


class Bend(msgspec.Struct, frozen=True):
    """How far the page is bent: polynomials of the shift in x and y, over the box in which rules were found."""

    across: np.ndarray
    down: np.ndarray
    box: Box

    def shift(self, points: np.ndarray) -> np.ndarray:
        """Shift of points (n, 2), in pixels: straight + shift = bent."""
        x0, top, x1, bottom = self.box
        u = np.clip((points[:, 0] - x0) / max(x1 - x0, 1), -0.1, 1.1) * 2 - 1
        v = np.clip((points[:, 1] - top) / max(bottom - top, 1), -0.1, 1.1) * 2 - 1
        return np.stack([_terms(v, u) @ self.across, _terms(u, v) @ self.down], axis=1)


def _terms(along: np.ndarray, over: np.ndarray) -> np.ndarray:
    """Terms of the polynomial without those that do not depend on the way along a rule."""
    return np.stack([along**i * over**j for i in (1, 2, 3, 4) for j in (0, 1, 2) if i + j <= 4], axis=1)


def bending(grey: Picture) -> Bend | None:
    """The bend that makes all rules straight, or ``None`` where they are straight enough or too few."""
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    masks = rule_masks(dark_pixels(half, 13), DPI // 2)
    traces = [[points * 2 + 0.5 for points in _traces(mask, axis)] for axis, mask in enumerate(masks)]
    if sum(len(t) for t in traces[0]) < 100 or len(traces[0]) < 3:
        return None
    points = np.concatenate([t for kind in traces for t in kind])
    box = tuple(float(side) for side in (*points.min(axis=0), *points.max(axis=0)))
    bend = Bend(np.zeros(_COUNT), np.zeros(_COUNT), cast(Box, box))
    x0, top, x1, bottom = bend.box
    if _deviation(traces) < _BENT:
        return None
    found = []
    for axis, kind in enumerate(traces):
        along, over = [], []
        for trace in kind:
            u = (trace[:, 0] - x0) / max(x1 - x0, 1) * 2 - 1
            v = (trace[:, 1] - top) / max(bottom - top, 1) * 2 - 1
            along.append(u if axis == 0 else v)
            over.append(v if axis == 0 else u)
        found.append(_fit(along, over, [t[:, 1 - axis] for t in kind]))
    return Bend(found[1], found[0], bend.box)


_COUNT = len(_terms(np.zeros(1), np.zeros(1))[0])


def _traces(mask: Picture, axis: int) -> list[np.ndarray]:
    """Points in the middle of each long rule, every 8 pixels."""
    labels, stats = pieces(mask)
    traces = []
    for i in range(1, len(stats)):
        x, y, w, h, _ = stats[i]
        if (w, h)[axis] < DPI * 0.3:
            continue
        part = labels[y : y + h, x : x + w] == i
        if axis:
            part = part.T
        count = part.sum(axis=0)
        middle = (part * np.arange(part.shape[0])[:, None]).sum(axis=0) / np.maximum(count, 1)
        places = np.arange(4, part.shape[1] - 3, 8)
        places = places[(count[places] > 0) & (count[places] < DPI * 0.03)]
        if len(places) < 6:
            continue
        along, over = places.astype(float), middle[places]
        traces.append(np.stack([along + x, over + y] if not axis else [over + x, along + y], axis=1))
    return traces


def _deviation(traces: list[list[np.ndarray]]) -> float:
    """The largest usual distance in pixels of a rule from a straight line along an axis."""
    spread = [np.percentile(np.abs(t[:, 1 - axis] - np.median(t[:, 1 - axis])), 90) for axis in (0, 1) for t in traces[axis]]
    return float(max(spread, default=0.0))


def _fit(along: list[np.ndarray], over: list[np.ndarray], values: list[np.ndarray]) -> np.ndarray:
    """Least squares for the common polynomial, each rule with a height of its own."""
    if len(values) < 3:
        return np.zeros(_COUNT)
    rows, targets = [], []
    for a, o, v in zip(along, over, values, strict=True):
        terms = _terms(a, o)
        rows.append(terms - terms.mean(axis=0))
        targets.append(v - v.mean())
    matrix, target = np.concatenate(rows), np.concatenate(targets)
    weight = np.ones(len(target))
    solution = np.zeros(_COUNT)
    for _ in range(4):
        damped = np.vstack([matrix * weight[:, None], np.eye(_COUNT) * 0.3])
        solution = np.linalg.lstsq(damped, np.concatenate([target * weight, np.zeros(_COUNT)]), rcond=None)[0]
        weight = 1 / (1 + (np.abs(matrix @ solution - target) / 2) ** 2)
    return solution


class _Origin(msgspec.Struct, frozen=True):
    """The way back from the sheet: bent, turned by the skew, turned by quarters."""

    back: np.ndarray
    bend: Bend | None
    quarter_turns: int
    size: tuple[int, int]
    """Width and height of the picture before it was turned by quarters."""

    def __call__(self, points: np.ndarray) -> np.ndarray:
        x, y = self.before_quarters(points).T
        width, height = self.size
        ways = ((x, y), (width - y, x), (width - x, height - y), (y, height - x))
        return np.stack(ways[self.quarter_turns % 4], axis=1)

    def before_quarters(self, points: np.ndarray) -> np.ndarray:
        """Places in the picture as turned by quarters."""
        bent = points + self.bend.shift(points) if self.bend else points
        return bent @ self.back[:2, :2].T + self.back[:2, 2]


def _maps(bend: Bend, back: np.ndarray, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """For every pixel of the straight sheet its place in the original; worked out on a coarse raster."""
    height, width = shape
    xs, ys = (np.arange(0, size + _RASTER, _RASTER, dtype=float) + (_RASTER - 1) / 2 for size in (width, height))
    raster = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    places = _Origin(back, bend, 0, (0, 0)).before_quarters(raster).reshape(len(ys), len(xs), 2).astype(np.float32)
    fine = cv2.resize(places, (len(xs) * _RASTER, len(ys) * _RASTER), interpolation=cv2.INTER_LINEAR)[:height, :width]
    xs, ys = (np.ascontiguousarray(fine[:, :, i]) for i in (0, 1))
    return cv2.convertMaps(xs, ys, cv2.CV_16SC2)
