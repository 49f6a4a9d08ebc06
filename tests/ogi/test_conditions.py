"""Conditions on figures as they stand in an address."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ogi.view import from_query
from ogi.view.conditions import condition


@pytest.mark.parametrize(
    ("text", "operator", "limits"),
    [
        ("applications.received.total:over:100", "over", (100,)),
        ("I04_grant_rate:under:43.6", "under", (Decimal("43.6"),)),
        ("rules.issued:equals:0", "equals", (0,)),
        ("rules.issued:between:20:5", "between", (5, 20)),
        ("rules.issued:missing", "missing", ()),
    ],
)
def test_condition_is_read(text: str, operator: str, limits: tuple) -> None:
    found = condition(text)
    assert found is not None
    assert (found.operator, found.limits) == (operator, limits)


@pytest.mark.parametrize(
    "text",
    ["rules.issued", "rules.issued:over", "rules.issued:over:many", "rules.issued:missing:1", "rules.issued:like:3", ":over:3"],
)
def test_what_is_no_condition_is_none(text: str) -> None:
    assert condition(text) is None


def test_condition_on_a_figure_nobody_knows_is_noticed() -> None:
    view, notices = from_query({"where": ["no.such:over:3,rules.issued:over:3"]})
    assert view.where == ("rules.issued:over:3",)
    assert [notice.params["value"] for notice in notices] == ["no.such:over:3"]
