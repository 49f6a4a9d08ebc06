"""Whether we misread a figure or the organ got it wrong: what speaks for either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from ogi.checks.figures import Figures
from ogi.checks.passages import RECOGNISED
from ogi.checks.slips import Proposed
from ogi.report import SURE, Reading, Report

Likelier = Literal["reading", "organ", "open"]
_READERS = frozenset({"split", "row_shifted"})
"""Kinds that happen to a reader who takes a table apart, hardly to a person who fills one in."""
_PLAIN = re.compile(r"[-+]?\d{1,3}(?:,?\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")


def likelier(
    report: Report, figures: Figures, changes: Proposed, kinds: tuple[str, ...], mends: tuple[tuple[str, ...], ...]
) -> tuple[Likelier, tuple[str, ...]]:
    """Return whose mistake is likelier, with the reasons as codes of the messages ``repair.reason.*``."""
    readings = [report.cells[key] for key in changes]
    recognised = any(notice.code == RECOGNISED for notice in report.notices)
    ours, theirs = list(_ours(readings, kinds, recognised)), list(_theirs(readings, recognised, mends))
    if _prose_repeats(report, figures, changes):
        theirs.append("prose_prints_the_same")
    # A sure reading of plain print outweighs that such a slip is a reader's; doubt about the reading outweighs everything.
    if "marked" in ours or (ours and not theirs):
        return "reading", tuple(ours)
    return ("organ", tuple(theirs)) if theirs else ("open", tuple(ours))


def _ours(readings: list[Reading], kinds: tuple[str, ...], recognised: bool) -> Iterator[str]:
    if any(reading.is_marked for reading in readings):
        yield "marked"
    if recognised:
        yield "recognised"
    if any(reading.value is not None and not _PLAIN.fullmatch("".join(reading.raw.split())) for reading in readings):
        yield "odd_print"
    if _READERS & set(kinds[:1]):
        yield "readers_slip"


def _theirs(readings: list[Reading], recognised: bool, mends: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    plain = all(reading.value is None or _PLAIN.fullmatch("".join(reading.raw.split())) for reading in readings)
    if not recognised and plain and all(reading.confidence >= SURE for reading in readings):
        yield "plain_print"
    if not recognised and any(place[0].startswith("N") for place in mends):
        yield "prose_has_the_other"


def _prose_repeats(report: Report, figures: Figures, changes: Proposed) -> bool:
    """Whether the prose states the very number that would be changed, so that it was no slip of a reader."""
    stated = {fact.value for fact in report.facts if fact.value and fact.value is not True}
    return any((value := figures.get(key).value) and value in stated and value > 9 for key in changes)  # type: ignore[operator]
