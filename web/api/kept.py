"""Reports of a file kept in the library in one transaction, held to what their sender may change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from ogi.access.roles import Visitor
from ogi.form import Severity
from ogi.store.accepting import Accepted, accept
from ogi.store.act import Act
from ogi.store.location import StoreError
from ogi.store.permitting import permitted
from ogi.store.placing import Place
from ogi.store.reports import stored
from ogi.store.store import Store
from web.api.taken import Taken


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One report that is in the library now."""

    taken: Taken
    accepted: Accepted
    place: Place
    findings: dict[str, int]
    """Open problems by severity, every severity named; those that need other reports are among them."""


def keep(store: Store, visitor: Visitor, reports: Sequence[Taken]) -> tuple[list[Kept], list[StoreError]]:
    """Keep all reports or none, and bring the snapshot up to date.

    Returns:
        What was kept, and what is to be said of it: that charts follow later because the snapshot could not be written now.

    Raises:
        StoreError: nothing was kept; ``not_allowed`` or ``outside_limit`` where the visitor may not change one of the reports.
    """
    act = Act(by=visitor.name)

    def make(connection: Any) -> list[Kept]:
        accepted = [accept(connection, item.prepared, act) for item in reports if item.prepared is not None]
        return [_kept(connection, item, found) for item, found in zip(reports, accepted, strict=True)]

    with store.records.writing() as connection:
        kept = permitted(connection, visitor, make)
    try:
        store.publish()
    except StoreError as error:
        return kept, [error]
    return kept, []


def _kept(connection: Any, item: Taken, accepted: Accepted) -> Kept:
    found = stored(connection, accepted.report_id)
    problems = [finding.severity for finding in found.findings if finding.is_problem]
    counts = {severity: problems.count(severity) for severity in get_args(Severity)}
    return Kept(taken=item, accepted=accepted, place=found.place, findings=counts)
