"""The sums held against the government's own report for its region, cell by cell, and whose figures break a sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ogi.checks import check_report
from ogi.consolidation.members import Member
from ogi.consolidation.parts import part_of
from ogi.consolidation.totals import CellSum, Consolidated, ConsolidationError
from ogi.form import Cell, load_form
from ogi.report import Number, Report, State

Status = Literal["equal", "differs", "equal_with_gaps", "gaps_may_explain", "exceeds", "not_given", "no_sum"]
"""``equal``: a complete sum is what the government prints. ``differs``: it is not. ``equal_with_gaps``: the numbers there are
already add up to it. ``gaps_may_explain``: less than it, and numbers are missing. ``exceeds``: more than it although numbers are
missing. ``not_given``: the government's own report has no number there. ``no_sum``: nobody gave one."""
BROKEN: tuple[Status, ...] = ("differs", "exceeds")
"""Outcomes that are wrong whatever the missing numbers are."""

Reason = Literal["left_out", "counted_twice", "own_sum", "gap"]
"""How one organ's figure would explain a difference: the government left it out, counted it twice, took it with the difference by
which the organ's own report contradicts itself; or the organ's number is wanting."""
_FEE_TOLERANCE = Decimal(1)
"""Rounding of amounts, in 万元: what the check H06 allows."""


@dataclass(frozen=True)
class Suspect:
    """One organ that may explain a difference."""

    organ_id: str
    reason: Reason
    cells: tuple[str, ...]
    """The broken cells it explains in the same way."""
    is_whole: bool = False
    """Of ``left_out`` and ``counted_twice``: every number of the organ shows in the differences, and nowhere contradicts them."""


@dataclass(frozen=True, kw_only=True)
class CellComparison:
    """One cell of the sum beside the government's own figure."""

    key: str
    summed: CellSum
    own: Number | None
    """What the government prints for its region, in the unit of the form."""
    own_state: State | str
    status: Status
    difference: Number | None
    """Own figure less sum; ``None`` where one of them is missing."""


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The comparison of all cells."""

    cells: Mapping[str, CellComparison]
    suspects: tuple[Suspect, ...]
    """Who may explain broken cells, the likeliest first: those all of whose numbers fit, then those who explain most cells."""

    def of_status(self, *wanted: Status) -> tuple[CellComparison, ...]:
        """Return the cells of these outcomes, in the order of the form."""
        return tuple(cell for cell in self.cells.values() if cell.status in wanted)

    @property
    def broken(self) -> tuple[CellComparison, ...]:
        """Cells that contradict the government's own report whatever is missing."""
        return self.of_status(*BROKEN)

    def suspects_of(self, key: str) -> tuple[Suspect, ...]:
        """Return who may explain one cell, the likeliest first."""
        return tuple(suspect for suspect in self.suspects if key in suspect.cells)


def compare(consolidated: Consolidated, own: Report) -> Comparison:
    """Hold the sums against the government's own report for its region.

    Args:
        consolidated: the sums; made with ``editions`` of ``own`` where every table is to be comparable.
        own: the report of the government with the scope ``region_total``, misread cells put right.

    Raises:
        ConsolidationError: ``not_region_total``: the report is of another scope, so that it must differ; ``other_year``.
    """
    if own.scope not in ("region_total", "system_total"):
        raise ConsolidationError("not_region_total", name=own.organ.name or own.document.name)
    if own.report_year not in (None, consolidated.report_year):
        raise ConsolidationError("other_year", names=own.organ.name or own.document.name, year=consolidated.report_year)
    head = Member(organ_id="", name=consolidated.head, report=own, scope=own.scope)
    cells = {key: _cell(head, cell, consolidated) for key, cell in consolidated.layout.items()}
    broken = {key: cell for key, cell in cells.items() if cell.difference and cell.status not in ("equal", "equal_with_gaps")}
    return Comparison(cells=cells, suspects=tuple(_suspects(broken, cells, consolidated)))


def _cell(head: Member, cell: Cell, consolidated: Consolidated) -> CellComparison:
    summed = consolidated.cells[cell.key]
    part = part_of(head, cell, consolidated.editions[cell.table.id])
    difference = None if part.value is None or summed.value is None else part.value - summed.value
    return CellComparison(
        key=cell.key, summed=summed, own=part.value, own_state=part.gap or "reported",
        status=_status(part.value, summed, difference, cell), difference=difference,
    )  # fmt: skip


def _status(own: Number | None, summed: CellSum, difference: Number | None, cell: Cell) -> Status:
    if own is None:
        return "not_given"
    if difference is None:
        return "no_sum"
    if difference == 0 or (cell.kind == "amount" and abs(difference) <= _FEE_TOLERANCE):
        return "equal" if summed.is_complete else "equal_with_gaps"
    if summed.is_complete:
        return "differs"
    # Counts and amounts are not negative: numbers still to come can only make the sum larger.
    return "gaps_may_explain" if difference > 0 or cell.kind == "delta" else "exceeds"


def _suspects(
    broken: Mapping[str, CellComparison], cells: Mapping[str, CellComparison], consolidated: Consolidated
) -> Iterator[Suspect]:
    if not broken:
        return
    found: dict[tuple[str, Reason], list[str]] = defaultdict(list)
    for index, member in enumerate(consolidated.members):
        own_errors = _own_errors(member) if member.report is not None else {}
        for key, cell in broken.items():
            difference, part = cell.difference, consolidated.parts[key][index]
            if part.gap is not None and cell.status == "gaps_may_explain":
                found[member.organ_id, "gap"].append(key)
            elif part.value and difference == -part.value:
                found[member.organ_id, "left_out"].append(key)
            elif part.value and difference == part.value:
                found[member.organ_id, "counted_twice"].append(key)
            if difference is not None and abs(difference) in own_errors.get(key, ()):
                found[member.organ_id, "own_sum"].append(key)
    places = {member.organ_id: index for index, member in enumerate(consolidated.members)}
    suspects = [
        Suspect(organ, reason, tuple(keys), _is_whole(places[organ], reason, keys, cells, consolidated))
        for (organ, reason), keys in found.items()
    ]
    order: Sequence[Reason] = ("own_sum", "left_out", "counted_twice", "gap")
    yield from sorted(
        suspects, key=lambda s: (not s.is_whole, s.reason == "gap", -len(s.cells), order.index(s.reason), s.organ_id)
    )


def _is_whole(
    index: int, reason: Reason, keys: Sequence[str], cells: Mapping[str, CellComparison], consolidated: Consolidated
) -> bool:
    """Whether each number of the organ that could show does show: chance explains one small difference, not all of them."""
    if reason not in ("left_out", "counted_twice"):
        return False
    comparable = [key for key, cell in cells.items() if cell.difference is not None and consolidated.parts[key][index].value]
    return set(comparable) == set(keys)


def _own_errors(member: Member) -> dict[str, set[Number]]:
    """By how much the sums inside an organ's own report do not hold, by cell."""
    assert member.report is not None
    found: dict[str, set[Number]] = defaultdict(set)
    for finding in check_report(member.report, load_form()):
        if finding.is_problem and finding.difference:
            for key in finding.cells:
                found[key].add(abs(finding.difference))
    return found
