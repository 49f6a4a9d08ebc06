"""One damaged document."""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """One damaged document; ``seed`` and ``name`` make it again."""

    kind: str
    name: str
    seed: int
    data: bytes
