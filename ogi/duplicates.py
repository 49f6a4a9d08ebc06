"""Whether two documents are the same report: the same file, the same figures in another file, or another version.

Reports are published on several platforms and changed after publication, so one report turns up as a web page, a PDF and a Word
file, now and then with other figures. Two documents are set side by side here; nothing is decided for the person who looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ogi.organs import id_of
from ogi.report import Reading, Report, State

Relation = Literal["same_file", "same_report", "other_version", "other_scope", "other_report", "unknown"]
"""How two documents are related.

``same_file``: the same bytes. ``same_report``: organ, year and scope agree and no figure differs. ``other_version``: organ,
year and scope agree, figures differ. ``other_scope``: organ and year agree, the scope does not (本级 and 汇总 are two reports).
``other_report``: another organ or another year. ``unknown``: organ or year of one of them is not known.
"""
_NOT_READ: frozenset[State] = frozenset({"unreadable", "missing_page", "not_asked", "text"})
"""States in which what is printed is not known; such a cell is never called different."""


@dataclass(frozen=True, kw_only=True)
class CellDifference:
    """One cell that the two documents print differently."""

    key: str
    one: Reading
    other: Reading

    @property
    def is_marked(self) -> bool:
        """Whether one of the readings is doubtful, so that the documents may still print the same."""
        return self.one.is_marked or self.other.is_marked


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two documents side by side."""

    relation: Relation
    differences: tuple[CellDifference, ...] = ()
    """The cells that differ, in the order of the form; empty unless the organ and the year agree."""
    compared: int = 0
    """How many cells were read in both."""
    not_compared: tuple[str, ...] = ()
    """Keys that only one of the documents tells: a lost page, a table as a picture, another edition of the form."""


def compare_reports(one: Report, other: Report) -> Comparison:
    """Say how two documents are related, with the cells that differ.

    A blank and a printed 0 are different print and therefore listed. A cell that could not be read in one of them is not
    compared; where nothing at all can be compared, the documents are not called the same report.
    """
    if one.document.sha256 == other.document.sha256:
        return Comparison(relation="same_file", compared=len(one.cells))
    identities = [(id_of(report.organ), report.report_year) for report in (one, other)]
    if any(None in identity for identity in identities):
        return Comparison(relation="unknown")
    if identities[0] != identities[1]:
        return Comparison(relation="other_report")
    keys = list(dict.fromkeys((*one.cells, *other.cells)))
    both = [key for key in keys if _is_known(one.cells.get(key)) and _is_known(other.cells.get(key))]
    differences = differing_cells(one, other)
    relation: Relation = "other_version" if differences else "same_report" if both else "unknown"
    if one.scope != other.scope and "unknown" not in (one.scope, other.scope):
        relation = "other_scope"
    known = set(both)
    left = tuple(key for key in keys if key not in known and (_is_known(one.cells.get(key)) or _is_known(other.cells.get(key))))
    return Comparison(relation=relation, differences=differences, compared=len(both), not_compared=left)


def differing_cells(one: Report, other: Report) -> tuple[CellDifference, ...]:
    """Return the cells read in both documents that are printed differently, whatever the identity of the reports."""
    pairs = ((key, reading, other.cells.get(key)) for key, reading in one.cells.items())
    return tuple(
        CellDifference(key=key, one=first, other=second)
        for key, first, second in pairs
        if second is not None and _is_known(first) and _is_known(second) and not _same_print(first, second)
    )


def closest(report: Report, known: Iterable[Report]) -> tuple[Report, Comparison] | None:
    """Return the known report most like a new one, with the comparison; ``None`` where none is of the same organ and year.

    The same file is closer than the same figures, these are closer than another version, and that than another scope.
    """
    order: tuple[Relation, ...] = ("same_file", "same_report", "other_version", "other_scope")
    found = [(candidate, compare_reports(report, candidate)) for candidate in known]
    related = [pair for pair in found if pair[1].relation in order]
    return min(related, key=lambda pair: (order.index(pair[1].relation), len(pair[1].differences)), default=None)


def _is_known(reading: Reading | None) -> bool:
    return reading is not None and reading.state not in _NOT_READ


def _same_print(one: Reading, other: Reading) -> bool:
    """Whether two cells print the same number, or both none; a unit inside the cell differs only from another unit."""
    if one.value is None or other.value is None:
        return one.value is other.value
    return one.value == other.value and (one.unit == other.unit or not (one.unit and other.unit))
