"""The sums themselves, with what each covers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ogi.checks import Quantity
from ogi.checks.quantity import unknown
from ogi.consolidation.members import Member, wanted_scopes
from ogi.consolidation.parts import Gap, Part, part_of
from ogi.form import Cell, Table, load_form
from ogi.once import once
from ogi.report import Number

Values = Literal["printed", "amended"]


class ConsolidationError(Exception):
    """These reports must not be added; ``code`` names the message ``exchange.consolidation.error.<code>``."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, kw_only=True)
class CellSum:
    """One cell added up over all organs."""

    key: str
    value: Number | None
    """The sum of the numbers given; ``None`` where nobody gave one."""
    given: int
    """How many organs gave a number."""
    expected: int
    """How many there are."""
    gaps: Mapping[Gap, tuple[str, ...]]
    """Why there is no number, with the ids of the organs concerned."""
    cautious: tuple[str, ...] = ()
    """Organs whose number stands in another edition, joined with a remark."""

    @property
    def is_complete(self) -> bool:
        """Whether every organ gave a number; only then is the sum a total."""
        return self.given == self.expected and self.expected > 0


@dataclass(frozen=True, kw_only=True)
class Consolidated:
    """The consolidated tables of one region and year."""

    head: str
    """What the sum is called: the region or its government."""
    report_year: int
    members: tuple[Member, ...]
    editions: Mapping[str, str]
    """For each table the edition in which it is added up."""
    parts: Mapping[str, tuple[Part, ...]]
    """For each cell what every organ gave, in the order of ``members``."""
    values: Values = "printed"
    left_out: tuple[str, ...] = ()
    """Ids of organs whose report was left out because of its scope, as the caller asked."""

    @once
    def tables(self) -> tuple[Table, ...]:
        """The tables in the order of the form."""
        form = load_form()
        found = [(e, t) for e in form.editions.values() for t in e.tables if self.editions.get(t.id) == e.id]
        return tuple(table for _, table in sorted(found, key=lambda pair: pair[1].section))

    @once
    def layout(self) -> dict[str, Cell]:
        """The cells by key, in the order of the form."""
        return {cell.key: cell for table in self.tables for cell in table.cells}

    @once
    def cells(self) -> dict[str, CellSum]:
        """The sums by key, in the order of the form."""
        ids = [member.organ_id for member in self.members]
        return {key: _sum(key, self.parts[key], ids) for key in self.layout}

    @property
    def handed_in(self) -> int:
        """How many organs handed in a report that counts."""
        return sum(m.report is not None and m.organ_id not in self.left_out for m in self.members)

    @property
    def missing(self) -> tuple[Member, ...]:
        """Organs of which there is no report."""
        return tuple(member for member in self.members if member.report is None)

    def child_sum(self, key: str) -> Quantity:
        """Return the sum as the checks take it (``child_sum`` of ``checks.yaml``): unknown unless every organ gave a number."""
        found = self.cells.get(key)
        return Quantity(found.value) if found and found.is_complete else unknown(f"child_sum({key})")

    def name(self, organ_id: str) -> str:
        """Return what an organ is called."""
        return self._names[organ_id]

    @once
    def _names(self) -> dict[str, str]:
        return {member.organ_id: member.name for member in self.members}


def consolidate(
    head: str,
    report_year: int,
    members: Sequence[Member],
    *,
    editions: Mapping[str, str] | None = None,
    values: Values = "printed",
    leave_out: Collection[str] = (),
) -> Consolidated:
    """Add up the reports of a region's organs.

    Args:
        head: what the sum is called.
        report_year: the year; a report of another year is refused.
        members: the organs, each once, with their reports; one without report counts as a gap everywhere.
        editions: for a table the edition to add up in, as in the government's own report; otherwise that of most reports.
        values: ``amended`` takes what a person set in place of the organ's own wrong figures.
        leave_out: ids of organs whose report may be passed over because of its scope; they are gaps (``other_scope``).

    Raises:
        ConsolidationError: ``no_members``, ``twice``, ``other_year``; ``mixed_scopes`` where some governments below give their
            region and others only themselves, or an organ gives another scope than belongs here; ``overlap`` where the region
            total of one contains another.
    """
    _validate(report_year, members, frozenset(leave_out))
    passed = frozenset(leave_out)
    chosen = {**_most_used(members, report_year), **(editions or {})}
    form = load_form()
    parts: dict[str, tuple[Part, ...]] = {}
    for table_id, edition in chosen.items():
        table = form.editions[edition].table(table_id)
        for cell in table.cells if table else ():
            parts[cell.key] = tuple(
                Part(gap="other_scope")
                if member.organ_id in passed
                else part_of(member, cell, edition, amended=values == "amended")
                for member in members
            )
    return Consolidated(
        head=head, report_year=report_year, members=tuple(members), editions=chosen, parts=parts, values=values,
        left_out=tuple(member.organ_id for member in members if member.organ_id in passed),
    )  # fmt: skip


def _sum(key: str, parts: Sequence[Part], ids: Sequence[str]) -> CellSum:
    numbers = [part.value for part in parts if part.value is not None]
    gaps: dict[Gap, tuple[str, ...]] = {}
    for part, organ in zip(parts, ids, strict=True):
        if part.gap is not None:
            gaps[part.gap] = (*gaps.get(part.gap, ()), organ)
    return CellSum(
        key=key,
        value=sum(numbers) if numbers else None,
        given=len(numbers),
        expected=len(parts),
        gaps=gaps,
        cautious=tuple(organ for part, organ in zip(parts, ids, strict=True) if part.cautious),
    )


def _most_used(members: Sequence[Member], report_year: int) -> dict[str, str]:
    """For each table the edition of most reports; of two equally used ones the one made for the year, else the newer one."""
    form = load_form()
    expected = form.expected_edition(report_year)
    order = list(form.editions)
    used: dict[str, Counter[str]] = {}
    for member in members:
        for table, found in member.report.tables.items() if member.report else ():
            if found.edition in form.editions:
                used.setdefault(table, Counter())[found.edition] += 1
    if not used and expected:
        return {table.id: expected for table in form.editions[expected].tables}
    best = {t: min(count, key=lambda e: (-count[e], e != expected, order.index(e))) for t, count in used.items()}
    return {t: edition for t, edition in best.items() if form.editions[edition].table(t) is not None}


def _validate(report_year: int, members: Sequence[Member], passed: frozenset[str]) -> None:
    if not members:
        raise ConsolidationError("no_members")
    seen = Counter(member.organ_id for member in members)
    twice = [member.name for member in members if seen[member.organ_id] > 1]
    if twice:
        raise ConsolidationError("twice", names=_listed(twice))
    counted = [member for member in members if member.report is not None and member.organ_id not in passed]
    other = [m.name for m in counted if m.report and m.report.report_year not in (None, report_year)]
    if other:
        raise ConsolidationError("other_year", names=_listed(other), year=report_year)
    _validate_scopes(counted)


def _validate_scopes(counted: Sequence[Member]) -> None:
    totals = [member for member in counted if _scope(member) == "region_total"]
    partial = [m.name for m in counted if totals and m.has_organs_below and _scope(m) != "region_total"]
    foreign = [m.name for m in counted if _scope(m) not in wanted_scopes(m)]
    wrong = list(dict.fromkeys(partial + foreign))
    if wrong:
        rest = [m.name for m in totals if m.name not in wrong]
        raise ConsolidationError("mixed_scopes", names=_listed(wrong), count=len(wrong), totals=_listed(rest) or "—")
    for total in totals:
        contained = [m.name for m in counted if m is not total and total.region and (m.region or "").startswith(total.region)]
        if contained:
            raise ConsolidationError("overlap", name=total.name, names=_listed(contained))


def _scope(member: Member) -> str:
    return member.scope or (member.report.scope if member.report else "unknown")


def _listed(names: Sequence[str], most: int = 8) -> str:
    unique = list(dict.fromkeys(names))
    return "、".join(unique[:most]) + ("……" if len(unique) > most else "")
