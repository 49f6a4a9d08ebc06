"""Correcting cells: what a person sets stands beside what is printed and what was read, and can be taken back.

Every function takes the connection of a writing transaction and leaves what follows from the report up to date.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

import msgspec
import sqlalchemy as sa

from ogi.form import load_form
from ogi.report import Number, Report, State
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.claiming import all_or_nothing, claim, need_reason
from ogi.store.derive import derive
from ogi.store.edits import Correction, Kind, correction_from, corrections_of, text_of
from ogi.store.location import StoreError
from ogi.store.reports import StoredReport, stored

_WITHOUT_NUMBER = frozenset({"blank", "dash", "not_applicable", "text", "unreadable"})
_LARGEST = 2**53


class CellCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be set in one cell."""

    key: str
    kind: Kind
    value: Number | None
    """The number; in the unit printed for *misread*, in the unit of the form otherwise."""
    state: State | None = None
    """What a cell without number is (``blank``, ``dash``, ``not_applicable``, ``text``, ``unreadable``)."""
    why: str | None = None
    """The reason for this cell, where it is another one than that of the act."""


def correct(
    connection: sa.Connection,
    report_id: int,
    key: str,
    *,
    kind: Kind,
    value: Number | None,
    state: State | None = None,
    act: Act,
    changes: int | None,
) -> Correction:
    """Set one cell, see :func:`correct_many`."""
    return correct_many(connection, report_id, [CellCorrection(key=key, kind=kind, value=value, state=state)], act, changes)[0]


@all_or_nothing
def correct_many(
    connection: sa.Connection, report_id: int, cells: Sequence[CellCorrection], act: Act, changes: int | None
) -> list[Correction]:
    """Set cells of a report, all or none. An older correction of the same cell is taken back.

    A *misread* cell is one we read wrongly: what is set takes the place of the reading, and checks run on it. Setting what was
    read already says that a doubtful reading is right. An *amended* cell is one the organ printed wrongly: checks go on with what
    is printed, and figures use the right value only where a reader asks for it. *Keyed* cells were read by nobody.

    Args:
        connection: a writing transaction.
        report_id: the report.
        cells: what to set.
        act: who, when, why; a reason is needed unless cells are keyed in.
        changes: the report's count of changes as it was seen.

    Raises:
        StoreError: ``unknown_key``, ``bad_value``, ``why_needed``, ``no_report``, ``is_deleted``, ``changed_meanwhile``.
    """
    for cell in cells:
        _check(cell, act)
    claim(connection, report_id, changes)
    report = stored(connection, report_id)
    made = [_set(connection, report, cell, act) for cell in cells]
    derive(connection, report_id)
    return made


@all_or_nothing
def undo(connection: sa.Connection, correction_id: int, act: Act) -> None:
    """Take a correction back.

    Raises:
        StoreError: ``no_correction``: there is none, or it was taken back already; ``is_deleted``.
    """
    correction = _in_force(connection, correction_id)
    claim(connection, correction.report_id, None)
    _take_back(connection, [correction_id], act)
    audit.note(
        connection,
        act,
        "correction_undone",
        report_id=correction.report_id,
        subject=correction.key,
        kind=correction.kind,
        value=text_of(correction.value),
        state=correction.state,
    )
    derive(connection, correction.report_id)


@all_or_nothing
def confirm(connection: sa.Connection, correction_id: int, act: Act) -> None:
    """Confirm a correction as a second person.

    Raises:
        StoreError: ``no_correction``; ``same_person``; ``is_deleted``.
    """
    correction = _in_force(connection, correction_id)
    if correction.by == act.by:
        raise StoreError("same_person", by=act.by)
    claim(connection, correction.report_id, None)
    table = schema.corrections
    values = {"confirmed_at": act.at, "confirmed_by": act.by}
    connection.execute(sa.update(table).where(table.c.correction_id == correction_id).values(values))
    audit.note(connection, act, "correction_confirmed", report_id=correction.report_id, subject=correction.key)


@all_or_nothing
def keep(connection: sa.Connection, correction_id: int, act: Act) -> None:
    """Say that a correction is still right, although the cell is printed or read otherwise in the version that counts now.

    Raises:
        StoreError: ``no_correction``; ``is_deleted``.
    """
    correction = _in_force(connection, correction_id)
    claim(connection, correction.report_id, None)
    report = stored(connection, correction.report_id)
    table = schema.corrections
    values = {**_printed(report.printed, correction.key), "version": report.current, "printed_changed": False}
    connection.execute(sa.update(table).where(table.c.correction_id == correction_id).values(values))
    audit.note(
        connection,
        act,
        "correction_kept",
        report_id=correction.report_id,
        subject=correction.key,
        before=correction.raw,
        after=values["raw"],
    )


def history(connection: sa.Connection, report_id: int, key: str | None = None) -> list[Correction]:
    """Return every correction of a cell, or of all cells of a report, oldest first, also those taken back."""
    return corrections_of(connection, report_id, key, undone=True)


def _check(cell: CellCorrection, act: Act) -> None:
    if load_form().cell(cell.key) is None:
        raise StoreError("unknown_key", key=cell.key)
    value, state = cell.value, cell.state
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite()
    if value is None:
        is_good = cell.kind != "amended" and state in _WITHOUT_NUMBER
    else:
        is_good = is_number and abs(value) <= _LARGEST and state in (None, "reported", "keyed")
    if not is_good or cell.kind not in ("misread", "amended", "keyed"):
        raise StoreError("bad_value", value=str(value if value is not None else state))
    if cell.kind != "keyed" and not (cell.why or "").strip():
        need_reason(act)


def _set(connection: sa.Connection, report: StoredReport, cell: CellCorrection, act: Act) -> Correction:
    same = {"amended"} if cell.kind == "amended" else {"misread", "keyed"}
    older = [c for c in corrections_of(connection, report.report_id, cell.key) if c.kind in same]
    _take_back(connection, [c.correction_id for c in older], act)
    state = cell.state if cell.value is None else "keyed" if cell.kind == "keyed" else "reported"
    why = (cell.why or act.why).strip()
    row = {
        "report_id": report.report_id,
        "version": report.current,
        "key": cell.key,
        "kind": cell.kind,
        **_printed(report.printed, cell.key),
        "value": text_of(cell.value),
        "state": state,
        "why": why,
        "at": act.at,
        "by": act.by,
    }
    table = schema.corrections
    made = connection.execute(sa.insert(table).values(row).returning(*table.c)).mappings().one()
    audit.note(
        connection,
        dataclasses.replace(act, why=why),
        "corrected",
        report_id=report.report_id,
        subject=cell.key,
        kind=cell.kind,
        printed=row["raw"],
        read=row["read_value"],
        before=text_of(older[-1].value) if older else None,
        value=row["value"],
        state=state,
    )
    return correction_from(made)


def _printed(report: Report, key: str) -> dict[str, str | None]:
    """What is printed in a cell and what was read there, as it is noted beside a correction."""
    reading = report.cells.get(key)
    if reading is None:
        return {"raw": "", "read_value": None, "read_state": "not_asked"}
    return {"raw": reading.raw.replace("\x00", ""), "read_value": text_of(reading.value), "read_state": reading.state}


def _take_back(connection: sa.Connection, numbers: Sequence[int], act: Act) -> None:
    table = schema.corrections
    values = {"undone_at": act.at, "undone_by": act.by, "undone_why": act.why}
    if numbers:
        connection.execute(sa.update(table).where(table.c.correction_id.in_(numbers)).values(values))


def _in_force(connection: sa.Connection, correction_id: int) -> Correction:
    table = schema.corrections
    query = sa.select(table).where(table.c.correction_id == correction_id, table.c.undone_at.is_(None)).with_for_update()
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise StoreError("no_correction")
    return correction_from(row)
