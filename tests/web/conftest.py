"""Reports built from rows as they are printed, and passwords that are quickly hashed, for the answers of the server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from ogi.access import secrets
from tests.ogi.conftest import make_report, suqian

__all__ = ["make_report", "suqian"]


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hash with the least work: what is tested is who is let in, not how long a guess takes."""
    patch = pytest.MonkeyPatch()
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    patch.setattr(secrets, "_hasher", lambda: quick)
    secrets._of_nobody.cache_clear()
    yield
    patch.undo()
    secrets._of_nobody.cache_clear()
