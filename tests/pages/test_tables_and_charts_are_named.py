"""Readers who do not see a table, a chart or a picture are told what it is, and every chart has the table behind it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PAGES = Path(__file__).resolve().parents[2] / "pages"
DRAWN = {"dataframe", "table", "image", "plotly_chart"}


def drawn(path: Path) -> list[ast.Call]:
    """The calls of a module that draw a table, a chart or a picture."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return [
        call
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in DRAWN
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in ("st", "table")
    ]


@pytest.mark.parametrize("path", sorted(PAGES.rglob("*.py")), ids=lambda path: path.stem)
def test_what_is_drawn_is_named(path: Path) -> None:
    assert [call.lineno for call in drawn(path) if "alt" not in {word.arg for word in call.keywords}] == []


def test_only_the_part_that_offers_the_table_draws_charts() -> None:
    """One function draws every chart, and with it the table of its numbers; no page can leave the table out."""
    drawing = {path.name: [call for call in drawn(path) if call.func.attr == "plotly_chart"] for path in PAGES.rglob("*.py")}  # type: ignore[union-attr]
    assert {name: len(calls) for name, calls in drawing.items() if calls} == {"figures.py": 1}
    (function,) = (
        node
        for node in ast.walk(ast.parse((PAGES / "parts" / "figures.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name == "show_chart"
    )
    names = {call.func.attr for call in ast.walk(function) if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)}
    assert {"plotly_chart", "dataframe", "download_button"} <= names
