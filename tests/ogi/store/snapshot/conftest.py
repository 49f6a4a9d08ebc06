"""Rows for tests of the snapshot: small, with numbers set by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogi.organs import organ_id
from ogi.store.snapshot.row import FactsRow

MakeRow = Callable[..., FactsRow]
TABLES = ("t2_art20_1", "t2_art20_5", "t2_art20_6", "t2_art20_8", "t3_requests", "t4_disputes")
EDITIONS = dict.fromkeys(TABLES, "gf2021")


def make_row(name: str = "甲市财政局", year: int = 2023, **changed: Any) -> FactsRow:
    """A report of a city's department with three numbers; ``changed`` sets any field of the row."""
    fields: dict[str, Any] = {
        "organ_id": organ_id(name), "organ_name": name, "level": "city", "kind": "department", "region": "江苏省甲市",
        "region_code": "320100", "report_year": year, "scope": "own", "document_name": f"{name}{year}.pdf",
        "document_sha256": "ab" * 32, "version": 1, "editions": EDITIONS,
        "numbers": {"applications.received.total": 10, "penalty.decisions": 0, "fees.amount_wan_yuan": 1.5},
    }  # fmt: skip
    return FactsRow(**(fields | changed))


@pytest.fixture
def row() -> MakeRow:
    """Make a row."""
    return make_row
