"""How long the checks take: one report, the smallest repair of one report, and a collection checked anew."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from ogi.checks import check_report
from ogi.checks.in_bulk import check_many
from ogi.checks.many_figures import Many
from ogi.checks.repair import propose_repairs
from ogi.form import Form
from ogi.report import Report

Pair = tuple[Report, Report | None]
"""A report and that of the year before."""


class Time(NamedTuple):
    """What was measured, in milliseconds of this process's processor time."""

    what: str
    median: float
    longest: float


def one_report(pairs: Sequence[Pair], form: Form) -> Time:
    """Time all checks of one report with last year's report; the first report of all is only to load the dictionary."""
    check_report(pairs[0][0], form, pairs[0][1])
    return _timed("one report", [lambda p=pair: check_report(p[0], form, p[1]) for pair in pairs])


def repairs(pairs: Sequence[Pair], form: Form) -> Time:
    """Time the smallest repair of each report after its first two cells of applications were raised."""
    broken = [(_raised(report), before) for report, before in pairs]
    propose_repairs(broken[0][0], form, broken[0][1])
    return _timed("smallest repair", [lambda p=pair: propose_repairs(p[0], form, p[1]) for pair in broken])


def many(pairs: Sequence[Pair], form: Form, size: int) -> Time:
    """Time the checks of ``size`` reports, each with last year's, from readings to outcomes; copies of the samples."""
    reports: list[Report] = []
    previous: dict[int, tuple[int, ...]] = {}
    while len(reports) < size:
        report, before = pairs[len(reports) // 2 % len(pairs)]
        if before is not None:
            reports.append(before)
            previous[len(reports)] = (len(reports) - 1,)
        reports.append(report)
    return _timed(f"{len(reports)} reports", [lambda: sum(1 for _ in check_many(Many(reports, form, previous)))])


def _timed(what: str, runs: Sequence[Callable[[], object]]) -> Time:
    found = []
    gc.collect()
    gc.freeze()  # else a collection of what other measurements left behind is timed too
    for run in runs:
        start = time.process_time()
        run()
        found.append((time.process_time() - start) * 1000)
    return Time(what, statistics.median(found), max(found))


def _raised(report: Report) -> Report:
    keys = [key for key in report.cells if key.startswith("applications.") and report.value(key) is not None][:2]
    cells = {key: msgspec.structs.replace(report.cells[key], value=int(report.value(key) or 0) + 7) for key in keys}
    return msgspec.structs.replace(report, cells=report.cells | cells)
