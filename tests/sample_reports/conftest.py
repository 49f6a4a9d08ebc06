"""The samples as read, once for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache

import pytest

from loaders.read import read_report
from ogi.report import Report
from sample_reports.catalogue import DOCUMENTS, TRUTH


@pytest.fixture(scope="session")
def read_sample() -> Callable[[str], Report | None]:
    """Read a sample by its stem; ``None`` where there is no such document."""

    @cache
    def read(stem: str) -> Report | None:
        path = TRUTH / f"{stem}.json"
        truth = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
        if truth is None:
            return None
        return read_report((DOCUMENTS / truth["document"]).read_bytes(), truth["document"])

    return read
