"""Readings by recognition questioned: by their confidence, and by the sums the form itself prints. None is ever changed.

A sum that does not hold is as often the organ's error as a misread digit; so it only says where to look. Cells read from a
text layer are left alone: there a sum that fails is a finding about the report.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from ogi.checks import check_report
from ogi.form import Form
from ogi.report import SURE, Notice, Reading, Report

LOW_CONFIDENCE = "low_confidence"
BREAKS_SUM = "breaks_sum"
NOT_READ = "not_legible"
BY_ORDER = "by_order"
_NO_HEADER = "no_header"
SUMS = frozenset({"table_total", "official"})
"""The bases of the checks that say: this is the sum of those."""
_UNREAD = frozenset({"text", "unreadable"})

Cells = frozenset[str]


def questioned(report: Report, form: Form, recognised_pages: Collection[int]) -> Report:
    """Mark what a person must compare with the picture, and say how many cells that is.

    Args:
        report: the report as read.
        form: the dictionary.
        recognised_pages: pages whose picture was read; only their cells are marked.
    """
    if not recognised_pages:
        return report
    recognised = {key for key, reading in report.cells.items() if _page(reading) in recognised_pages}
    breaking, by_order = _breaking(report, form, recognised), _by_order(report, form, recognised)
    cells = {
        key: _marked(reading, key in breaking, key in by_order) if key in recognised else reading
        for key, reading in report.cells.items()
    }
    to_check = tuple(key for key, reading in cells.items() if key in recognised and reading.is_marked)
    params: dict[str, str | int | float] = {"pages": ", ".join(map(str, sorted(recognised_pages))), "cells": len(to_check)}
    notice = Notice(code="pages_were_recognised", params=params, keys=to_check)
    return msgspec.structs.replace(report, cells=cells, notices=(*report.notices, notice))


def _page(reading: Reading) -> int | None:
    """The page a reading stands on; ``None`` where the document lacks the place."""
    return reading.source.page if reading.source and reading.state != "missing_page" else None


def _by_order(report: Report, form: Form, recognised: Iterable[str]) -> set[str]:
    """The cells of rows told only by their order of which one could not be read: the others may stand a place too far.

    On such a page no head names the columns, so a lost rule or the edge of the picture shifts a whole row.
    """
    rows: dict[tuple[str, int | None, float], list[str]] = {}
    headless: set[tuple[str, int | None]] = set()
    for key in recognised:
        reading, cell = report.cells[key], form.cell(key)
        if cell is None or reading.source is None or reading.source.bbox is None:
            continue
        table = (cell.table.id, reading.source.page)
        rows.setdefault((*table, reading.source.bbox[1]), []).append(key)
        if reading.rule == _NO_HEADER:
            headless.add(table)
    return {
        key
        for (table, page, _), keys in rows.items()
        if (table, page) in headless and any(report.cells[key].state in _UNREAD for key in keys)
        for key in keys
    }


def _marked(reading: Reading, breaks_sum: bool, by_order: bool) -> Reading:
    doubts = list(reading.doubts)
    if reading.state in _UNREAD:
        doubts.append(NOT_READ)
    elif reading.confidence < SURE:
        doubts.append(LOW_CONFIDENCE)
    elif by_order:
        doubts.append(BY_ORDER)
    if breaks_sum:
        doubts.append(BREAKS_SUM)
    return msgspec.structs.replace(reading, doubts=tuple(dict.fromkeys(doubts)))


def _breaking(report: Report, form: Form, recognised: Collection[str]) -> set[str]:
    """The cells that may explain why sums fail.

    A misread cell breaks every sum it stands in. So the first to be named are cells in the most failing sums and in none
    that holds; a failing sum that holds none of these names all its cells.
    """
    findings = check_report(report, form, bases=SUMS)
    failing = [_own(f.cells, recognised) for f in findings if f.status == "fail"]
    holding = [frozenset(f.cells) for f in findings if f.status == "pass"]
    named: set[str] = set()
    for cells in sorted((c for c in failing if c), key=sorted):
        named |= _suspects(cells, failing, holding)
    return named


def _own(cells: Iterable[str], recognised: Collection[str]) -> Cells:
    return frozenset(key for key in cells if key in recognised)


def _suspects(cells: Cells, failing: list[Cells], holding: list[Cells]) -> Cells:
    free = [key for key in cells if not any(key in other for other in holding)]
    counts = {key: sum(key in other for other in failing) for key in free}
    most = max(counts.values(), default=0)
    return frozenset(key for key, count in counts.items() if count == most) or cells
