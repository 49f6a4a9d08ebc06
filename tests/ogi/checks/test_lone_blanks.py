"""When an empty cell is a slip: alone in what is filled in, not where the organ leaves whole lines empty or writes no zeros."""

from __future__ import annotations

import pytest

from ogi.checks.figures import Figures
from ogi.checks.many_figures import Many
from ogi.form import load_form

FORM = load_form()
TABLE = FORM.editions["gf2021"].table("t3_requests")
ROWS = tuple(dict.fromkeys(cell.row.key for cell in TABLE.cells))  # type: ignore[union-attr]
COLUMNS = tuple(dict.fromkeys(cell.column.key for cell in TABLE.cells))  # type: ignore[union-attr]
SLIP = "applications.granted.natural_person"


def empty(rows=ROWS, columns=COLUMNS, sign: str = "") -> dict[str, str]:
    return {f"applications.{row}.{column}": sign for row in rows for column in columns}


@pytest.fixture
def lone(make_report):
    """The lone blanks, which one report and many at once must agree on."""

    def find(printed: dict[str, str], rest: str = "0") -> tuple[str, ...]:
        report = make_report(printed, rest=rest)
        found = Figures(report, FORM).lone_blanks
        assert Many([report], FORM).column("meta.lone_blanks").tolist() == [len(found)]
        return found

    return find


def test_a_blank_in_a_table_of_zeros_is_lone(lone) -> None:
    assert lone({SLIP: ""}) == (SLIP,)


@pytest.mark.parametrize(
    "habit",
    [
        empty(columns=COLUMNS[1:-1]),  # only natural persons and the totals are filled in
        empty(rows=ROWS[2:-2], columns=("total",)),  # no totals but those of the first and last rows
        empty(rows=ROWS[5:15]),  # rows without a case are left empty
        empty(rows=ROWS[:12], sign="?"),  # a page is lost
    ],
)
def test_lines_left_empty_on_purpose_hide_no_slip_in_the_others(lone, habit: dict[str, str]) -> None:
    slip = "applications.result_total.natural_person"
    assert lone(habit) == ()
    assert lone(habit | {slip: ""}) == (slip,)


def test_an_organ_that_writes_no_zeros_leaves_nothing_out(lone) -> None:
    """上海市人民政府办公厅 2019: only numbers other than 0 are printed; one of the cells among them is empty."""
    printed = {f"applications.{row}.natural_person": "7" for row in ROWS[:20]} | empty(ROWS[20:])
    printed |= {f"applications.{row}.total": "7" for row in ROWS[:19]} | empty(columns=COLUMNS[1:-1])
    assert lone(printed | {f"applications.{ROWS[19]}.total": ""}) == ()


def test_four_blanks_are_a_habit_and_strokes_are_no_blanks(lone) -> None:
    assert len(lone({f"applications.{row}.natural_person": "" for row in ROWS[:3]})) == 3
    assert lone({f"applications.{row}.natural_person": "" for row in ROWS[:4]}) == ()
    assert lone({SLIP: "/"}) == ()
    assert lone({}, rest="") == ()
