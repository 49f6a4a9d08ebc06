"""What people set: corrections of cells and decisions on findings, as they are stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from ogi.checks.evidence import others_mark
from ogi.checks.finding import Finding
from ogi.report import Number, Reading, Report, State
from ogi.store import schema

Kind = Literal["misread", "amended", "keyed"]
"""``misread``: our reading was wrong, the value is what is printed. ``amended``: what is printed is wrong, the value is the right
one. ``keyed``: read by nobody, typed in by a person."""
_OTHERS = "others"  # beside the keys of cells, which all have a dot in them
Verdict = Literal["confirmed", "dismissed", "returned"]
"""``confirmed``: the finding is right. ``dismissed``: the figures are right as they are. ``returned``: sent back to the organ."""


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """One correction of one cell."""

    correction_id: int
    report_id: int
    version: int
    """The version it was made on."""
    key: str
    kind: Kind
    raw: str
    """What is printed there in that version."""
    read_value: Number | None
    """What was read there in that version."""
    read_state: State
    value: Number | None
    """What a person set: as printed for *misread*, in the unit of the form otherwise; ``None`` for a state without number."""
    state: State
    why: str
    printed_changed: bool
    """Whether a later version prints or reads this cell otherwise, so that somebody has to look."""
    at: dt.datetime
    by: str
    confirmed_at: dt.datetime | None
    confirmed_by: str | None
    """A second person, where there was one."""
    undone_at: dt.datetime | None
    undone_by: str | None
    undone_why: str | None

    @property
    def counts(self) -> bool:
        """Whether it is in force."""
        return self.undone_at is None


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """What a person decided about one finding."""

    decision_id: int
    report_id: int
    place: str
    """The finding, as :func:`ogi.store.conclusions.place_name` names it."""
    decision: Verdict
    cells: dict[str, tuple[str, str]]
    """The cells and what stood in them then: value as text (empty for none) and state."""
    others: str = ""
    """The figures of other reports it rested on then, as :func:`ogi.checks.evidence.others_mark`; empty for none."""
    why: str
    at: dt.datetime
    by: str
    undone_at: dt.datetime | None
    undone_by: str | None
    undone_why: str | None

    def is_outdated(self, report: Report, finding: Finding | None = None) -> bool:
        """Whether a figure it looked at has changed since; then it no longer counts, and somebody has to decide anew.

        Args:
            report: the report as it is now.
            finding: the finding as it is now, where it still occurs: it knows the figures of other reports.
        """
        if finding is not None and self.others and others_mark(finding) != self.others:
            return True
        return any(cell_of(report.cells.get(key)) != cell for key, cell in self.cells.items())


def cell_of(reading: Reading | None) -> tuple[str, str]:
    """Return what stands in a cell: value as text and state."""
    if reading is None:
        return "", "not_asked"
    return text_of(reading.value) or "", "reported" if reading.state == "keyed" else reading.state


def text_of(value: Number | None) -> str | None:
    """Return a number as it is stored; the same number always gives the same text."""
    if value is None:
        return None
    number = Decimal(value)
    return str(int(number)) if number == number.to_integral_value() else f"{number.normalize():f}"


def number_of(text: str | None) -> Number | None:
    """Return the number of a stored text."""
    if text is None:
        return None
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number


def corrections_of(
    connection: sa.Connection, report_id: int, key: str | None = None, *, undone: bool = False
) -> list[Correction]:
    """Return the corrections of a report or of one of its cells, oldest first; those taken back only where asked for."""
    table = schema.corrections
    query = sa.select(table).where(table.c.report_id == report_id).order_by(table.c.correction_id)
    if key is not None:
        query = query.where(table.c.key == key)
    if not undone:
        query = query.where(table.c.undone_at.is_(None))
    return [correction_from(row) for row in connection.execute(query).mappings()]


def correction_from(row: sa.RowMapping) -> Correction:
    """Return a correction from its row."""
    fields: dict[str, Any] = {**row, "read_value": number_of(row["read_value"]), "value": number_of(row["value"])}
    return Correction(**fields)


def decisions_of(connection: sa.Connection, report_id: int, *, undone: bool = False) -> list[Decision]:
    """Return the decisions on findings of a report, oldest first; those taken back only where asked for."""
    table = schema.decisions
    query = sa.select(table).where(table.c.report_id == report_id).order_by(table.c.decision_id)
    if not undone:
        query = query.where(table.c.undone_at.is_(None))
    found = []
    for row in connection.execute(query).mappings():
        cells, others = cells_from(row["cells"])
        found.append(Decision(**{**row, "cells": cells, "others": others}))
    return found


def cells_text(cells: dict[str, tuple[str, str]], others: str) -> str:
    """Return the cells of a decision as they are stored, with the mark of the figures of other reports."""
    return msgspec.json.encode(cells | ({_OTHERS: (others, "")} if others else {})).decode()


def cells_from(text: str) -> tuple[dict[str, tuple[str, str]], str]:
    """Return cells and mark of what :func:`cells_text` made."""
    cells = msgspec.json.decode(text, type=dict[str, tuple[str, str]])
    return cells, cells.pop(_OTHERS, ("", ""))[0]


def dismissed_places(decisions: Iterable[Decision], report: Report) -> dict[str, str]:
    """Return the findings dismissed by decisions whose cells are still as they were, with the mark of other reports' figures."""
    return {d.place: d.others for d in decisions if d.decision == "dismissed" and not d.is_outdated(report)}
