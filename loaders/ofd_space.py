"""Numbers, boxes and matrices as OFD writes them (GB/T 33190-2016, 7.3 and 8.2), and the way from millimetres to points."""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = a x + c y + e, y' = b x + d y + f; y grows downwards."""
Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""

POINTS = 72 / 25.4
"""Points in a millimetre."""
EVERYWHERE: Box = (-math.inf, -math.inf, math.inf, math.inf)


class BadNumberError(ValueError):
    """Where something stands is written in a way that gives no place: no number, not finite, too few of them."""


def number(text: str | None, default: float) -> float:
    """Return a number, ``default`` where there is none.

    Raises:
        BadNumberError: it is none, or not finite.
    """
    if not text:
        return default
    try:
        found = float(text)
    except ValueError as error:
        raise BadNumberError(text[:40]) from error
    if not math.isfinite(found):
        raise BadNumberError(text[:40])
    return found


def numbers(text: str, least: int = 0) -> list[float]:
    """Return the numbers of an array.

    Raises:
        BadNumberError: one of them is none or not finite, or there are fewer than ``least``.
    """
    try:
        found = list(map(float, text.split()))
    except ValueError as error:
        raise BadNumberError(text[:40]) from error
    if len(found) < least or not math.isfinite(sum(found)):
        raise BadNumberError(text[:40])
    return found


def matrix_of(text: str) -> Matrix:
    """Return a ``CTM``."""
    a, b, c, d, e, f = numbers(text, 6)[:6]
    return a, b, c, d, e, f


def inside(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that applies ``inner`` first and ``outer`` to its result."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def moved(outer: Matrix, x: float, y: float) -> Matrix:
    """Return ``outer`` with its origin moved to a point of its own."""
    a, b, c, d, e, f = outer
    return a, b, c, d, a * x + c * y + e, b * x + d * y + f


def box_in(matrix: Matrix, box: Box) -> Box:
    """Return the upright box around a box that a matrix has moved, turned or stretched."""
    a, b, c, d, e, f = matrix
    x0, top, x1, bottom = box
    xs = (a * x0 + c * top, a * x1 + c * top, a * x0 + c * bottom, a * x1 + c * bottom)
    ys = (b * x0 + d * top, b * x1 + d * top, b * x0 + d * bottom, b * x1 + d * bottom)
    return min(xs) + e, min(ys) + f, max(xs) + e, max(ys) + f


def common(one: Box, other: Box) -> Box:
    """Return what two boxes share; where they share nothing it holds no point."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def grown(box: Box, by: float) -> Box:
    """Return a box with a margin around it."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def area(box: Box) -> float:
    """Return the area of a box; 0 where it holds no point."""
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def written_box(text: str | None) -> Box | None:
    """Return a box written as x, y, width, height; ``None`` where there is none.

    A negative width or height reaches to the other side of its corner.
    """
    if not text or not text.strip():
        return None
    x, y, width, height = numbers(text, 4)[:4]
    return min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height)


def offsets(text: str | None, count: int) -> list[float] | None:
    """Return ``count`` distances of a ``DeltaX`` or ``DeltaY``; ``None`` where there is none.

    ``g n d`` stands for n times d. What is left out repeats the last one, as every viewer does; what is too much is not
    looked at, so a count of a thousand million costs nothing.

    Raises:
        BadNumberError: a part is no finite number.
    """
    parts = text.split() if text else []
    if not parts:
        return None
    short = "g" in parts or "G" in parts
    found = _spelled_out(parts, count) if short else numbers(" ".join(parts[:count]))
    if not found:
        return None
    return found + [found[-1]] * (count - len(found))


def _spelled_out(parts: Sequence[str], count: int) -> list[float]:
    found: list[float] = []
    place = 0
    while place < len(parts) and len(found) < count:
        if parts[place] in {"g", "G"}:
            times, distance = numbers(" ".join(parts[place + 1 : place + 3]), 2)
            found += [distance] * int(min(max(times, 0), count - len(found)))
            place += 3
        else:
            found += numbers(parts[place])
            place += 1
    return found
