"""The script that draws figures, for files that must work without network."""

from __future__ import annotations

from functools import lru_cache

from plotly.offline import get_plotlyjs


@lru_cache(maxsize=1)
def plotly_script() -> str:
    """Return plotly.js as it comes with the installed package (MIT); 4.8 MB, so kept in memory once it was asked for."""
    return get_plotlyjs()
