"""Every single-cell change of the tables of applications and disputes: what a slip of a pen or of a reader leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from ogi.form import Cell, Form
from ogi.report import Reading, Report

TABLES = ("t3_requests", "t4_disputes")
KINDS = ("one_more", "digit_dropped", "split", "swapped", "zero_to_blank", "blank_to_zero")


class Change(NamedTuple):
    """A report with one cell changed, or two where the change moves a number."""

    kind: str
    keys: tuple[str, ...]
    report: Report


def changes(report: Report, form: Form) -> Iterator[Change]:
    """Yield every change of every cell of the two tables."""
    for table in TABLES:
        edition = report.edition_of(table)
        found = form.editions[edition].table(table) if edition else None
        cells = [cell for cell in found.cells if cell.key in report.cells] if found else []
        for place, cell in enumerate(cells):
            following = cells[place + 1] if place + 1 < len(cells) and cells[place + 1].row.key == cell.row.key else None
            for kind, values in _of_a_cell(report, cell, following):
                yield Change(kind, tuple(values), _with(report, values))


def _of_a_cell(report: Report, cell: Cell, following: Cell | None) -> Iterator[tuple[str, dict[str, int | None]]]:
    key, value = cell.key, report.value(cell.key)
    if value is None:
        if report.state(key) == "blank":
            yield "blank_to_zero", {key: 0}
        return
    number = int(value)
    yield "one_more", {key: number + 1}
    if number >= 10:
        text = str(number)
        for shorter in sorted({text[:at] + text[at + 1 :] for at in range(len(text))}):
            yield "digit_dropped", {key: int(shorter)}
    if number == 0:
        yield "zero_to_blank", {key: None}
    if following is None:
        return
    beside = report.value(following.key)
    if number >= 10 and beside is not None:
        yield "split", {key: int(str(number)[:-1]), following.key: int(str(number)[-1])}
    if beside is not None and beside != number:
        yield "swapped", {key: int(beside), following.key: number}


def _with(report: Report, values: dict[str, int | None]) -> Report:
    changed = {key: _reading(report.cells[key], value) for key, value in values.items()}
    return msgspec.structs.replace(report, cells=report.cells | changed)


def _reading(reading: Reading, value: int | None) -> Reading:
    raw, state = ("", "blank") if value is None else (str(value), "reported")
    return msgspec.structs.replace(reading, raw=raw, value=value, state=state)
