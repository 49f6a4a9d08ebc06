"""What there is to do about findings of different kinds; told by hand from what each check says."""

from __future__ import annotations

import pytest

from ogi.checks.finding import Finding
from ogi.checks.todo import TODOS, todo_of
from ogi.form import load_form
from ogi.labels import Labels

FORM = load_form()
CELL = ("applications.received.total",)


@pytest.mark.parametrize(
    ("check", "cells", "todo"),
    [
        ("R01_row_sum", CELL, "figures"),  # applicants do not add up
        ("B03_items_not_negative", CELL, "figures"),
        ("S07_bad_cells", CELL, "figures"),  # words where a number belongs
        ("N02_requests_new", CELL, "text"),
        ("N17_fee_denied", (), "text"),
        ("S15_lone_blanks", CELL, "fill"),
        ("R06_total_column_blank", CELL, "fill"),
        ("Y01_carry_matches", CELL, "last_year"),
        ("Y10_last_year_restated", CELL, "last_year"),
        ("H02_sum_requests", CELL, "subordinates"),
        ("S02_missing_table", (), "document"),
        ("S04_year_agrees", (), "document"),
        ("S18_doubled_words", (), "document"),
        ("R08_carried_over_large", CELL, "confirm"),
        ("A04_fee_unit_slip", CELL, "confirm"),
    ],
)
def test_finding_tells_what_to_do(check, cells, todo) -> None:
    finding = Finding(check=check, severity=FORM.checks[check].severity, status="fail", cells=cells)
    assert todo_of(finding, FORM) == todo


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_todo_has_a_title_and_an_instruction(lang) -> None:
    texts = {Labels(lang)(f"todo.{todo}.{part}") for todo in TODOS for part in ("title", "do")}
    assert len(texts) == 2 * len(TODOS)
