"""What may have happened to a figure that a repair would change: a digit misread, a number split, a case in the wrong column."""

from __future__ import annotations

from fractions import Fraction

from ogi.checks.figures import Figures
from ogi.checks.slips import Proposed
from ogi.report import Report

_LONGEST_SPLIT = 2
_POWERS = (10, 100, 10_000)


def kinds_of(report: Report, figures: Figures, changes: Proposed) -> tuple[str, ...]:
    """Return what may have happened, the most telling first; ``number`` where nothing but another number is known.

    ``split``: the digits of one number stand in two cells. ``swapped``: two numbers changed places. ``moved``: cases counted in
    one cell belong into the other. ``row_shifted``: a row slipped by one cell. ``digit_dropped``, ``digit_added``,
    ``digit_misread``: one digit. ``decimal``: the same digits, another power of ten. ``left_blank``: a number is missing.
    """
    old = {key: figures.get(key).value for key in changes}
    if len(changes) > _LONGEST_SPLIT:
        return ("row_shifted",)
    if len(changes) == _LONGEST_SPLIT:
        (one, other), (new_one, new_other) = tuple(old), tuple(changes.values())
        found = _of_two(old[one], old[other], new_one, new_other, _are_neighbours(one, other, figures))
        if found:
            return found
    kinds = [_of_one(old[key], new, report.state(key) == "blank") for key, new in changes.items()]
    return tuple(dict.fromkeys(kinds))


def _of_two(one: object, other: object, new_one: object, new_other: object, neighbours: bool) -> tuple[str, ...]:
    found = []
    whole, digits = f"{one}{other}", f"{other}{one}"
    if neighbours and {str(new_one), str(new_other)} in ({whole, "0"}, {digits, "0"}) and one and other is not None:
        found.append("split")
    if one == new_other and other == new_one:
        found.append("swapped")
    if _number(one) + _number(other) == _number(new_one) + _number(new_other):
        found.append("moved")
    return tuple(found)


def _of_one(old: object, new: object, blank: bool) -> str:
    if blank:
        return "left_blank"
    before, after = str(old), str(new)
    if _number(old) and any(_number(new) in (_number(old) * power, _number(old) / power) for power in _POWERS):
        return "decimal"
    if len(before) == len(after) and sum(a != b for a, b in zip(before, after, strict=True)) == 1:
        return "digit_misread"
    if any(after[:at] + after[at + 1 :] == before for at in range(len(after))):
        return "digit_dropped"
    if any(before[:at] + before[at + 1 :] == after for at in range(len(before))):
        return "digit_added"
    return "number"


def _are_neighbours(one: str, other: str, figures: Figures) -> bool:
    """Whether two cells stand side by side in a row."""
    cells = figures.plan.cells
    row = [key for key, cell in cells.items() if cell.table.id == cells[one].table.id and cell.row.key == cells[one].row.key]
    return one in row and other in row and abs(row.index(one) - row.index(other)) == 1


def _number(value: object) -> Fraction:
    return Fraction(str(value)) if value is not None else Fraction(0)
