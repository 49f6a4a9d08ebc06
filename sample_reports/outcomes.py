"""Drawing whole numbers: how a count is spread over categories."""

from __future__ import annotations

import random
from collections.abc import Sequence


def spread(draw: random.Random, count: int, shares: Sequence[float]) -> list[int]:
    """Return how ``count`` cases fall into categories with these (unnormalised) shares; the result adds up to ``count``."""
    found = [0] * len(shares)
    for index in draw.choices(range(len(shares)), weights=shares, k=count):
        found[index] += 1
    return found


def whole(draw: random.Random, expected: float) -> int:
    """Return a whole number whose mean is ``expected`` (never negative)."""
    base = int(expected)
    return base + (draw.random() < expected - base)
