"""The report of the year before that a report carries on, where organs were renamed, merged or split off.

One law with the comparison of years (:mod:`ogi.lineage`): one predecessor lends its report; of several that were merged the
reports are added up, all of them or none; a part is never held against the whole. Where there is nothing to compare with, the
reason and the organs it is about stand among what a check misses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, cast

from ogi.labels import Labels
from ogi.report import ADDABLE, Report, Scope

if TYPE_CHECKING:  # whoever reads one report on the command line needs no history of organs
    from ogi.lineage import Lineage

_REASONS = ("lacks", "split", "still_reports")
_OPEN, _BETWEEN = "before(", "\n"


class Before(NamedTuple):
    """What a report carries on."""

    reports: tuple[Report, ...] = ()
    """One, or those whose figures are added up."""
    why_none: str = ""
    """Why there is none, as a name among what is missing; empty where nothing is known of predecessors."""


def before(lineage: Lineage, year: int, report_of: Callable[[str], Report | None]) -> Before:
    """Return what the report of an organ for ``year`` carries on.

    Args:
        lineage: the organ with those it came from.
        year: the year of the report.
        report_of: the report of an organ for the year before; ``None`` where it is not at hand.
    """
    stand = lineage.carried_on(year)
    if not stand.is_joined:
        others = tuple(link.before for link in lineage.links if link.after == lineage.organ and link.first_year == year)
        return Before(why_none=_reason(stand.way, lineage, others or stand.organs))
    found = {organ: report_of(organ) for organ in stand.organs}
    missing = tuple(organ for organ, report in found.items() if report is None)
    if not missing:
        return Before(tuple(report for report in found.values() if report is not None))
    return Before() if stand.way == "own" else Before(why_none=_reason("lacks", lineage, missing))


def alike_scopes(scope: str) -> tuple[Scope, ...]:
    """Return the scopes a predecessor's report may have, the best first: the same one, else one that counts as the same."""
    others = next((scopes for scopes in ADDABLE if scope in scopes), ())
    return (cast(Scope, scope), *(other for other in others if other != scope))


def is_before(missing: str) -> bool:
    """Whether what is missing is a reason of this module."""
    return missing.startswith(_OPEN)


def before_words(missing: str, labels: Labels) -> str:
    """Return the reason in words, with the organs it is about."""
    why, _, names = missing.removeprefix(_OPEN).removesuffix(")").partition(":")
    assert why in _REASONS
    return labels(f"checks.before.{why}", names=labels("list_separator").join(names.split(_BETWEEN)))


def _reason(why: str, lineage: Lineage, organs: tuple[str, ...]) -> str:
    return f"{_OPEN}{why}:{_BETWEEN.join(lineage.name(organ) for organ in organs)})"
