"""How far a rate of few cases may be off: Wilson's interval for one organ, the limits of a funnel for many."""

from __future__ import annotations

from typing import Any

import numpy as np

Z_95, Z_998 = 1.959964, 3.090232
"""Two-sided 95 % and 99.8 %: the usual limits of a funnel plot (Spiegelhalter 2005, doi:10.1002/sim.1970)."""


def wilson(numerator: Any, denominator: Any, z: float = Z_95) -> tuple[Any, Any]:
    """Return both ends of Wilson's score interval of ``numerator / denominator``, as fractions.

    NaN where a count is unknown, the base is not above 0, or the numerator is not between 0 and the base (no share of it).
    One pair of numbers: :func:`ogi.indicators.wilson`, which the command line uses without waiting for numpy.
    Source: Wilson 1927; recommended for small counts by Brown, Cai and DasGupta 2001.
    """
    top, base = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = top / base
        centre = (share + z * z / (2 * base)) / (1 + z * z / base)
        half = z * np.sqrt(share * (1 - share) / base + z * z / (4 * base * base)) / (1 + z * z / base)
        is_share = (base > 0) & (top >= 0) & (top <= base)
    return (
        np.where(is_share, np.clip(centre - half, 0.0, 1.0), np.nan),
        np.where(is_share, np.clip(centre + half, 0.0, 1.0), np.nan),
    )


def funnel_limits(share: float, bases: Any, z: float) -> tuple[Any, Any]:
    """Return between what fractions a rate of each base is expected if every organ had the true rate ``share``.

    Normal approximation of the binomial distribution, cut at 0 and 1.
    """
    base = np.asarray(bases, dtype=np.float64)
    half = z * np.sqrt(share * (1 - share) / base)
    return np.clip(share - half, 0.0, 1.0), np.clip(share + half, 0.0, 1.0)
