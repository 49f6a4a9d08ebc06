"""What one report gives to one cell of a sum: a number in the unit of the form, or the reason why there is none."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal

import msgspec

from ogi.checks import Figures
from ogi.checks.quantity import BLANK_AS_ZERO, is_number
from ogi.consolidation.members import Member
from ogi.form import Cell, Form, load_form
from ogi.report import Number, Reading, State
from ogi.selection.comparability import joined

Gap = State | Literal["missing_report", "other_scope", "not_comparable", "not_whole", "no_unit"]
"""Why a report gives no number to a sum: its cell's state, or

``missing_report``: the organ did not hand in. ``other_scope``: what it handed in counts something else. ``not_comparable``: its
edition asks for something else under this place. ``not_whole``: a fraction stands where the form counts. ``no_unit``: the form
prints no unit for this amount and the cell names none, so that yuan would be added to ten thousands of yuan."""
_WAN = {"元": Decimal("0.0001"), "万元": Decimal(1), "万": Decimal(1), "亿元": Decimal(10_000)}
AMOUNT_UNIT = "万元"
"""The unit to which amounts are brought whose unit the form does not print."""


class Part(msgspec.Struct, frozen=True):
    """What one organ gives to one cell: exactly one of ``value`` and ``gap``."""

    value: Number | None = None
    gap: Gap | None = None
    cautious: bool = False
    """Taken from another edition, where the dictionary joins the two only with a remark."""


def part_of(member: Member, cell: Cell, edition: str, *, amended: bool = False) -> Part:
    """Return what an organ gives to a cell of ``edition``.

    Args:
        member: the organ, its report already found to be of the right scope.
        cell: the cell as ``edition`` has it.
        edition: the edition in which is added up.
        amended: take the figures a person set in place of the organ's own wrong ones.
    """
    report = member.report
    if report is None:
        return Part(gap="missing_report")
    if amended and cell.key in member.amended:
        return Part(member.amended[cell.key])
    own = report.edition_of(cell.table.id)
    if own is None:
        return Part(gap="missing_page")
    if own == edition:
        return _printed(report.cells.get(cell.key), cell)
    status, key = counterpart(cell.key, edition, own)
    if key is None:
        return Part(gap="not_asked" if status == "absent" else "not_comparable")
    there = load_form().cell(key, own)
    found = _derived(member, key) if there is None else _printed(report.cells.get(key), there)
    return msgspec.structs.replace(found, cautious=status == "caution" and found.value is not None)


@lru_cache(maxsize=4096)
def counterpart(key: str, edition: str, other: str) -> tuple[str, str | None]:
    """Return how a cell of one edition is joined with another edition, and the key there; ``None`` where it must not be."""
    form = load_form()
    status = joined(key, edition, other)
    if status not in ("same", "caution"):
        return status, None
    named = (getattr(concept, other) for concept in form.comparability if getattr(concept, edition, None) == key)
    return status, next(named, key)


def _printed(reading: Reading | None, cell: Cell) -> Part:
    if reading is None:
        return Part(gap="missing_page")
    if reading.value is None:
        return Part(gap=reading.state)
    if cell.kind != "amount":
        whole = reading.value == int(reading.value)
        return Part(int(reading.value)) if whole else Part(gap="not_whole")
    return _amount(reading.value, reading.unit, cell, load_form())


def _amount(value: Number, unit: str | None, cell: Cell, form: Form) -> Part:
    """Money in ten thousands of yuan, exactly."""
    if unit is None and cell.unit is not None:
        return Part(value)
    known = _WAN.get(unit or "")
    if known is None or cell.unit not in (None, "wan_yuan"):
        is_own = cell.unit is not None and unit in form.units[cell.unit].variants
        return Part(value) if is_own else Part(gap="no_unit")
    return Part(Decimal(value) * known)


def _derived(member: Member, key: str) -> Part:
    """A figure the other edition has only as a sum of its cells; one that counts an empty cell as 0 is a gap."""
    assert member.report is not None
    found = Figures(member.report, load_form()).get(key)
    value = found.value
    if not is_number(value):
        return Part(gap="missing_page")
    if BLANK_AS_ZERO in found.flags:
        return Part(gap="blank")
    return Part(int(value))  # type: ignore[arg-type]  # sums of counts
