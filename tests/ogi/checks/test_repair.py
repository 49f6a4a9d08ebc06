"""The smallest repair: 宿迁市 2024 with one deliberate slip each; what must come out is the printed report itself."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pytest
from msgspec import structs

from ogi.checks.equations import Equation, equations
from ogi.checks.figures import Figures
from ogi.checks.repair import propose_repairs
from ogi.checks.repair_words import changes_in_words
from ogi.checks.slips import with_changes
from ogi.checks.smallest import components, smallest
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Notice, StatedFact

FORM = load_form()
A = "applications."


def only(report, previous=None):
    """The repairs of the one group of failing sums, as sets of ``cell → number``, with the repairs themselves."""
    (proposal,) = propose_repairs(report, FORM, previous)
    return [{change.key: change.proposed for change in repair.changes} for repair in proposal.repairs], proposal.repairs


@pytest.mark.parametrize(
    ("changed", "mended", "kind"),
    [
        ({A + "granted.natural_person": "1480"}, {A + "granted.natural_person": 1408}, "number"),
        ({A + "unable_not_held.total": "89"}, {A + "unable_not_held.total": 897}, "digit_dropped"),
        ({A + "unable_not_held.natural_person": "8959"}, {A + "unable_not_held.natural_person": 859}, "digit_added"),
        ({A + "granted.commercial_enterprise": "27"}, {A + "granted.commercial_enterprise": 21}, "digit_misread"),
        ({A + "other_misc.total": "3540"}, {A + "other_misc.total": 354}, "decimal"),
        ({A + "unable_not_held.commercial_enterprise": ""}, {A + "unable_not_held.commercial_enterprise": 33}, "left_blank"),
        (
            {A + "granted.natural_person": "1407", A + "granted.commercial_enterprise": "22"},
            {A + "granted.natural_person": 1408, A + "granted.commercial_enterprise": 21},
            "moved",
        ),
        (
            {A + "partially_granted.natural_person": "9", A + "partially_granted.commercial_enterprise": "462"},
            {A + "partially_granted.natural_person": 462, A + "partially_granted.commercial_enterprise": 9},
            "swapped",
        ),
        (
            {A + "denied_query_matter.natural_person": "1", A + "denied_query_matter.commercial_enterprise": "3"},
            {A + "denied_query_matter.natural_person": 13, A + "denied_query_matter.commercial_enterprise": 0},
            "split",
        ),
        ({"litigation_direct.total": "52"}, {"litigation_direct.total": 25}, "number"),
    ],
)
def test_one_slip_is_undone(suqian, changed: dict, mended: dict, kind: str) -> None:
    found, repairs = only(suqian(2024, changed))
    assert mended in found
    assert repairs[found.index(mended)].kinds[0] == kind


def test_smaller_repair_excludes_larger_ones(suqian) -> None:
    found, _ = only(suqian(2024, {A + "granted.natural_person": "1480"}))
    assert found == [{A + "granted.natural_person": 1408}]


def test_sound_report_needs_no_repair(suqian) -> None:
    assert propose_repairs(suqian(2024), FORM) == ()


def test_all_equally_small_repairs_are_listed_and_last_year_puts_one_first(suqian) -> None:
    """Carried over 3 too many in both columns: new, carried in or carried over may be wrong; 2023 carried over 121."""
    slip = {A + "carried_in.natural_person": "115", A + "carried_in.total": "118"}
    found, repairs = only(suqian(2024, slip), suqian(2023))
    assert found[0] == {A + "carried_in.natural_person": 118, A + "carried_in.total": 121}
    assert {frozenset(change) for change in found} == {
        frozenset(f"{A}{row}.{column}" for column in ("natural_person", "total"))
        for row in ("received", "carried_in", "carried_over")
    }
    assert ("Y01_carry_matches",) in repairs[0].mends


def test_rows_left_blank_are_filled_in_whole_or_not_at_all(make_report) -> None:
    """As in 广东省某区 2020: 25 came in, 8 are accounted for, all other lines and both totals at the foot are blank.

    17 in a line of its own under natural persons asks for 17 in the total of that same line.
    """
    printed = {A + "received.natural_person": "25", A + "received.total": "25", A + "carried_in.total": "0"}
    printed |= {A + f"granted.{column}": "8" for column in ("natural_person", "total")}
    found, _ = only(make_report(printed, edition="gf2019", rest=""))
    assert {A + "carried_over.natural_person": 17, A + "carried_over.total": 17} in found
    assert all({key.split(".")[1] for key in change} == {next(iter(change)).split(".")[1]} for change in found)
    # One way for each line, never two lines with half of it each.
    assert len(found) == len({next(iter(change)).split(".")[1] for change in found})


def test_two_tables_have_a_proposal_each(suqian) -> None:
    report = suqian(2024, {A + "granted.total": "1432", "reconsideration.total": "171"})
    assert [len(proposal.failing) for proposal in propose_repairs(report, FORM)] == [2, 1]


def test_row_that_slipped_by_a_cell_is_moved_back(suqian) -> None:
    """部分公开 reads 462 9 0 0 0 0 471; one cell too far left, 462 is lost and the total blank."""
    columns = [key for key in FORM.editions["gf2021"].cells if key.startswith(f"{A}partially_granted.")]
    shifted = dict(zip(columns, ["9", "0", "0", "0", "0", "471", ""], strict=True))
    found, (repair,) = only(suqian(2024, shifted))
    assert found == [
        {
            f"{A}partially_granted.natural_person": 462,
            f"{A}partially_granted.commercial_enterprise": 9,
            f"{A}partially_granted.other_organisation": 0,
            f"{A}partially_granted.total": 471,
        }
    ]
    assert repair.kinds == ("row_shifted",)


def test_fee_in_yuan_is_proposed_in_ten_thousand_yuan(make_report) -> None:
    before, now = ({"fees.amount_wan_yuan": text} for text in ("134.2", "1349300"))
    (proposal,) = propose_repairs(make_report(now, year=2024), FORM, make_report(before, year=2023))
    (repair,) = proposal.repairs
    assert [(change.key, str(change.proposed)) for change in repair.changes] == [("fees.amount_wan_yuan", "134.93")]
    assert repair.kinds == ("decimal",)


@pytest.mark.parametrize(
    ("printed", "as_printed", "in_words"),
    [
        ("1349300万元", "134.93", "1349300万元 → 134.93万元"),  # 元 were filled in where 万元 stand beside them
        ("134.93元", "1349300", "134.93元 → 1349300元"),  # the other way round
    ],
)
def test_cell_that_prints_its_own_unit_is_mended_in_that_unit(make_report, printed: str, as_printed: str, in_words: str) -> None:
    before, now = ({"fees.amount_wan_yuan": text} for text in ("134.2", printed))
    report, last = make_report(now, year=2024), make_report(before, year=2023)
    (proposal,) = propose_repairs(report, FORM, last)
    (repair,) = proposal.repairs
    (change,) = repair.changes
    assert (str(change.proposed), str(change.as_printed)) == ("134.93", as_printed)
    assert in_words in changes_in_words(repair, Labels("zh"), FORM)
    # Set as a misread figure, the cell keeps its unit and the check holds.
    reading = structs.replace(report.cells[change.key], value=change.as_printed)
    mended = structs.replace(report, cells=report.cells | {change.key: reading})
    assert propose_repairs(mended, FORM, last) == ()
    assert Figures(mended, FORM).get(change.key).value == Fraction("134.93")


def test_doubtful_reading_is_likelier_ours_and_plain_print_the_organs(suqian) -> None:
    key = A + "granted.natural_person"
    report = suqian(2024, {key: "1403"})
    _, (plain,) = only(report)
    assert (plain.likelier, plain.reasons) == ("organ", ("plain_print",))
    doubtful = structs.replace(report, cells=report.cells | {key: structs.replace(report.cells[key], confidence=0.4)})
    _, (ours,) = only(structs.replace(doubtful, notices=(Notice(code="pages_were_recognised"),)))
    assert (ours.likelier, ours.reasons) == ("reading", ("marked", "recognised"))


def test_prose_with_the_right_number_speaks_against_the_organ(suqian) -> None:
    fact = StatedFact(key="text.answered", value=3521, sentence="办结3521件。", words="办结3521件", unit="jian")
    report = structs.replace(suqian(2024, {A + "result_total.total": "352"}), facts=(fact,))
    found, (repair,) = only(report)
    assert found == [{A + "result_total.total": 3521}]
    assert ("N05_answered", "办结3521件", "3521") in repair.mends
    assert "prose_has_the_other" in repair.reasons


def _brute(group: list[Equation], allows) -> list[dict]:
    """Every change of one cell by −4 … 4, else of two cells."""
    cells = list(dict.fromkeys(key for equation in group for key in equation.factors))

    def holds(change: dict) -> bool:
        return all(e.off_by + sum(e.factors.get(key, 0) * by for key, by in change.items()) == 0 for e in group)

    steps = [by for by in range(-4, 5) if by]
    one = [{key: by} for key in cells for by in steps if allows(key, by) and holds({key: by})]
    if one:
        return one
    pairs = ({a: x, b: y} for a, b in combinations(cells, 2) for x in steps for y in steps if allows(a, x) and allows(b, y))
    return [change for change in pairs if holds(change)]


@pytest.mark.parametrize("seed", range(6))
def test_search_finds_what_trying_everything_finds(suqian, seed: int) -> None:
    """One or two cells of the table of applications are off by up to two; every change by up to four is tried."""
    draw = random.Random(seed)
    report = suqian(2024)
    cells = sorted(key for key in report.cells if key.startswith(A))
    changed = {key: str(int(report.value(key) or 0) + draw.choice((1, 2))) for key in draw.sample(cells, 1 + seed % 2)}
    figures = Figures(suqian(2024, changed), FORM)
    group = next(group for group in components(equations(figures)) if any(e.off_by for e in group))

    def allows(key: str, by) -> bool:
        return (figures.get(key).value or 0) + by >= 0

    wanted = {frozenset(change.items()) for change in _brute(group, allows)}
    found = {frozenset(change.items()) for change in smallest(group, allows)}
    assert {change for change in found if all(abs(by) <= 4 for _, by in change)} == wanted


def test_proposal_makes_every_sum_hold(suqian) -> None:
    report = suqian(2024, {A + "granted.natural_person": "1407", A + "granted.commercial_enterprise": "22"})
    for repair in only(report)[1]:
        mended = with_changes(report, {change.key: int(change.proposed) for change in repair.changes})
        assert [e.place for e in equations(Figures(mended, FORM)) if e.off_by] == []


def test_change_too_large_for_one_cell_is_shared_out() -> None:
    """3 and 2 against a total of 1 that another sum confirms: neither can go down by 4 alone."""
    sums = [Equation(("sum",), {"a": 1, "b": 1, "c": 1, "total": -1}, 4), Equation(("other",), {"total": 1, "d": -1}, 0)]
    numbers = {"a": 3, "b": 2, "c": 0, "total": 1, "d": 1}

    def allows(key: str, by) -> bool:
        return numbers[key] + by >= 0

    found = smallest(sums, allows)
    # a and b share the four; or total and d rise to 5 together.
    assert {"total": 4, "d": 4} in found
    assert {"a": -3, "b": -1} in found
    assert {"b": -2, "a": -2} in found
    assert all(
        sum(numbers[key] + change.get(key, 0) for key in "abc") == numbers["total"] + change.get("total", 0) for change in found
    )
