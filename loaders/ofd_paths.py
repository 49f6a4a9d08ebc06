"""Rules of a page from the paths of OFD (GB/T 33190-2016, 9.1): straight pieces as edges, thin boxes as one rule."""

from __future__ import annotations

import re
from itertools import pairwise

from loaders.ofd_space import BadNumberError, Box, Matrix, common, numbers
from loaders.pdf_page import Edge, line_edge

Point = tuple[float, float]

_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_CURVED = frozenset("QBA")
_PARTS = re.compile(r"[SMLQBAC]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STRAIGHT = 0.5
"""Points a rule may rise or lean over its whole length and still be upright or level."""
_THIN = 2.0
"""A box thinner than this many points is a rule drawn as a filled box."""
_LONG = 36.0
"""Points from which a straight piece of a drawn figure is longer than any stroke of a letter."""


def subpaths(data: str) -> tuple[list[list[Point]], int]:
    """Return the straight parts of a path as lists of points, and the number of curves between them.

    A curve ends one list and its end begins the next.

    Raises:
        BadNumberError: an operand is missing or is no finite number.
    """
    parts = data.split()
    if any(len(part) > 1 and part[0] in _OPERANDS for part in parts):  # written without blanks
        parts = _PARTS.findall(data)
    found: list[list[Point]] = []
    curves = 0
    start: Point = (0.0, 0.0)
    place = 0
    while place < len(parts):
        operator = parts[place]
        count = _OPERANDS.get(operator)
        if count is None:
            raise BadNumberError(operator[:40])
        values = numbers(" ".join(parts[place + 1 : place + 1 + count]), count)
        place += 1 + count
        if operator == "C":
            if found and found[-1]:
                found[-1].append(start)
                found.append([start])
            continue
        point = (values[-2], values[-1])
        if operator == "L" and found:
            found[-1].append(point)
            continue
        if operator in _CURVED:
            curves += 1
        else:
            start = point
        found.append([point])
    return [points for points in found if len(points) > 1], curves


def edges_of(points: list[Point], matrix: Matrix, clip: Box, *, curved: bool) -> list[Edge]:
    """Return the level and upright pieces of one part of a path, in points of the page, as far as they can be seen.

    A thin closed box is one rule along its middle; a dot is none. Of a path with curves or slanted pieces, which is a
    letter, a logo or a frame with round corners, only long pieces are rules.
    """
    a, b, c, d, e, f = matrix
    placed = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    x0, top, x1, bottom = min(xs), min(ys), max(xs), max(ys)
    if len(placed) > 2 and min(x1 - x0, bottom - top) <= _THIN:
        middle_x, middle_y = (x0 + x1) / 2, (top + bottom) / 2
        if x1 - x0 > max(bottom - top, _THIN):
            return _seen([(x0, middle_y, x1, middle_y)], clip)
        return _seen([(middle_x, top, middle_x, bottom)], clip) if bottom - top > _THIN else []
    pieces = list(pairwise(placed))
    plain = not curved and all(min(abs(py - qy), abs(px - qx)) <= _STRAIGHT for (px, py), (qx, qy) in pieces)
    rules: list[Box] = []
    for (px, py), (qx, qy) in pieces:
        wide, high = abs(px - qx), abs(py - qy)
        if not plain and max(wide, high) < _LONG:
            continue
        if high <= _STRAIGHT < wide:
            rules.append((min(px, qx), (py + qy) / 2, max(px, qx), (py + qy) / 2))
        elif wide <= _STRAIGHT < high:
            rules.append(((px + qx) / 2, min(py, qy), (px + qx) / 2, max(py, qy)))
    return _seen(rules, clip)


def _seen(rules: list[Box], clip: Box) -> list[Edge]:
    cut = [common(rule, clip) for rule in rules]
    edges = [line_edge(*rule) for rule in cut if rule[2] >= rule[0] and rule[3] >= rule[1]]
    return [edge for edge in edges if edge is not None]
