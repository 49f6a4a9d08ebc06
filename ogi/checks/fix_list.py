"""What is to be mended in a report, as a list to work through: failing checks that have one cause are one item.

Correct checks are not listed. Reminders are kept apart and never counted. A draft that was mended and read again is set against
the list before: solved, still open, new.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from ogi.checks.finding import Finding
from ogi.checks.plan import SEVERITIES
from ogi.checks.repair import Proposal, Repair
from ogi.form import Severity

Place = tuple[str, ...]


class FixItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to mend."""

    findings: tuple[Finding, ...]
    """The failing checks, the worst first; several where one slip breaks several sums."""
    repairs: tuple[Repair, ...] = ()
    """The smallest changes that would settle them, best first; none where no sum is concerned or nothing small helps."""

    @property
    def severity(self) -> Severity:
        """The severity of the worst finding."""
        return self.findings[0].severity

    @property
    def places(self) -> frozenset[Place]:
        """The places of the findings: by them an item is known again after the draft was mended."""
        return frozenset(finding.place for finding in self.findings)


class FixList(msgspec.Struct, frozen=True, kw_only=True):
    """All there is to say about one report."""

    items: tuple[FixItem, ...]
    """By severity, then in the order of the form."""
    reminders: tuple[Finding, ...]
    """What to think of, shown folded and not counted."""
    not_assessable: tuple[Finding, ...]
    """Checks that could not be made; each says what is missing."""


class Progress(NamedTuple):
    """A list against the one before it."""

    solved: tuple[FixItem, ...]
    """Items of the list before of which nothing fails any more."""
    open: tuple[FixItem, ...]
    new: tuple[FixItem, ...]


def fix_list(findings: Iterable[Finding], proposals: Sequence[Proposal] = ()) -> FixList:
    """Return the list of one report; the findings of one proposal become one item."""
    findings = tuple(findings)
    failing = {finding.place: finding for finding in findings if finding.is_problem}
    items: list[FixItem] = []
    taken: set[Place] = set()
    for proposal in proposals:
        together = [failing[place] for place in proposal.failing if place in failing and place not in taken]
        if together:
            taken |= {finding.place for finding in together}
            items.append(FixItem(findings=tuple(sorted(together, key=_rank)), repairs=proposal.repairs))
    alone: dict[object, list[Finding]] = {}
    for place, finding in failing.items():
        if place not in taken:
            alone.setdefault(_same_figures(finding), []).append(finding)
    items += (FixItem(findings=tuple(sorted(together, key=_rank))) for together in alone.values())
    order = {place: number for number, place in enumerate(failing)}
    items.sort(key=lambda item: (_rank(item.findings[0]), min(order[place] for place in item.places)))
    return FixList(
        items=tuple(items),
        reminders=tuple(finding for finding in findings if finding.status == "fail" and finding.reminder),
        not_assessable=tuple(finding for finding in findings if finding.status == "not_assessable"),
    )


def progress(before: FixList, now: FixList) -> Progress:
    """Say what of an earlier list is solved, what is still open and what is new."""
    still = {place for item in now.items for place in item.places}
    known = {place for item in before.items for place in item.places}
    return Progress(
        solved=tuple(item for item in before.items if not item.places & still),
        open=tuple(item for item in now.items if item.places & known),
        new=tuple(item for item in now.items if not item.places & known),
    )


def _same_figures(finding: Finding) -> object:
    """What two checks between reports have in common that compare the same figures, such as the carry-over, twice."""
    if not finding.others:
        return finding.place
    return (finding.cells, *((other.key, other.sha256) for other in finding.others))


def _rank(finding: Finding) -> int:
    return SEVERITIES.index(finding.severity)
