"""Reading a document anew, and going back to an earlier version: always a further version, never a changed one."""

from __future__ import annotations

from typing import Any

import msgspec
import sqlalchemy as sa

from ogi.checks import Finding
from ogi.checks.context import Beside
from ogi.report import Reading, Report, TableReading
from ogi.store import audit, schema
from ogi.store.act import Act
from ogi.store.carrying import carry_over, differs
from ogi.store.claiming import all_or_nothing, claim
from ogi.store.conclusions import conclude, place_name, unpacked
from ogi.store.derive import derive
from ogi.store.documents import keep_documents
from ogi.store.edits import Correction, dismissed_places
from ogi.store.effective import amended_values, corrected
from ogi.store.location import StoreError
from ogi.store.neighbours import beside
from ogi.store.placing import as_placed
from ogi.store.prepared import FORMAT, Prepared
from ogi.store.reports import StoredReport, stored, version_report


class CellChange(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that another reading prints or reads otherwise."""

    key: str
    before: Reading | None
    after: Reading | None
    corrections: tuple[Correction, ...]
    """The corrections in force that were made on another printed or read figure; a person has to look at them."""


class TableChange(msgspec.Struct, frozen=True, kw_only=True):
    """A table found in another edition, or more or less completely."""

    table: str
    before: TableReading | None
    after: TableReading | None


class VersionDifference(msgspec.Struct, frozen=True, kw_only=True):
    """What would change if another reading took the place of the version that counts."""

    changes: int
    """The report's count of changes, to be handed back with :func:`replace_version`."""
    is_same: bool
    """Whether nothing at all would change, not even the place of a figure on its page."""
    cells: tuple[CellChange, ...]
    tables: tuple[TableChange, ...]
    identity: tuple[tuple[str, str, str], ...]
    """``organ``, ``report_year``, ``scope`` that are read otherwise, before and after. The report stays where it is."""
    findings_gone: tuple[Finding, ...]
    findings_new: tuple[Finding, ...]

    @property
    def flagged(self) -> tuple[Correction, ...]:
        """The corrections that would be marked."""
        return tuple(correction for cell in self.cells for correction in cell.corrections)


def reread_difference(connection: sa.Connection, report_id: int, prepared: Prepared) -> VersionDifference:
    """Return what would change; nothing is changed.

    Raises:
        StoreError: ``no_report``; ``damaged``.
    """
    report = stored(connection, report_id)
    old, new = report.printed, prepared.report
    keys = dict.fromkeys((*old.cells, *new.cells))
    changed = (_cell_change(key, old, new, report.corrections) for key in keys)
    before = {place_name(finding): finding for finding in report.findings}
    after = {place_name(finding): finding for finding in _findings(report, new, beside(connection, report.place, prepared))}
    return VersionDifference(
        changes=report.changes,
        is_same=old == new,
        cells=tuple(change for change in changed if change is not None),
        tables=tuple(
            TableChange(table=table, before=old.tables.get(table), after=new.tables.get(table))
            for table in dict.fromkeys((*old.tables, *new.tables))
            if old.tables.get(table) != new.tables.get(table)
        ),
        identity=_identity_change(old, new),
        findings_gone=tuple(finding for place, finding in before.items() if place not in after),
        findings_new=tuple(finding for place, finding in after.items() if place not in before),
    )


@all_or_nothing
def replace_version(connection: sa.Connection, report_id: int, prepared: Prepared, act: Act, changes: int | None) -> int:
    """Let another reading count from now on and return its number.

    Organ, year and scope stay as they are. Corrections and decisions go over to it; corrections of cells that are printed or
    read otherwise are marked.

    Raises:
        StoreError: ``nothing_changed``, ``no_report``, ``is_deleted``, ``changed_meanwhile``.
    """
    claim(connection, report_id, changes)
    report = stored(connection, report_id)
    if report.printed == prepared.report:
        raise StoreError("nothing_changed")
    keep_documents(connection, [prepared], act)
    row = {
        "sha256": prepared.sha256,
        "part": prepared.part,
        "origin": prepared.origin,
        "reader": prepared.reader,
        "format": FORMAT,
        "content": prepared.content,
        "why": prepared.why or act.why,
    }
    return _add(connection, report, row, prepared.report, act=act, action="version_added")


@all_or_nothing
def restore(connection: sa.Connection, report_id: int, number: int, act: Act, changes: int | None) -> int:
    """Let an earlier version count again, as a new version with the same content, and return its number.

    Raises:
        StoreError: ``no_version``, ``nothing_changed``, ``no_report``, ``is_deleted``, ``changed_meanwhile``.
    """
    claim(connection, report_id, changes)
    report = stored(connection, report_id)
    if number == report.current:
        raise StoreError("nothing_changed")
    printed = version_report(connection, report_id, number)
    table = schema.versions
    columns = [table.c[name] for name in ("sha256", "part", "reader", "format", "content")]
    query = sa.select(*columns).where(table.c.report_id == report_id, table.c.number == number)
    row: dict[str, Any] = {**connection.execute(query).mappings().one(), "origin": "restored", "why": act.why}
    return _add(connection, report, row, printed, act=act, action="version_restored", restored=number)


def _add(
    connection: sa.Connection, report: StoredReport, row: dict[str, Any], printed: Report, *, act: Act, action: str, **detail: Any
) -> int:
    number = report.versions[-1].number + 1
    report_id = report.report_id
    own = {"report_id": report_id, "number": number, "at": act.at, "by": act.by}
    connection.execute(sa.insert(schema.versions).values({**row, **own}))
    reports = schema.reports
    connection.execute(sa.update(reports).where(reports.c.report_id == report_id).values(current=number))
    audit.note(connection, act, action, report_id=report_id, version=number, origin=row["origin"], sha256=row["sha256"], **detail)
    carry_over(connection, report_id, printed, act)
    derive(connection, report_id)
    return number


def _findings(report: StoredReport, new: Report, around: Beside | None) -> list[Finding]:
    """The problems of another reading under the corrections and decisions in force."""
    effective = as_placed(corrected(new, report.corrections), report.place)
    found = conclude(
        effective,
        report.place,
        amended=amended_values(report.corrections),
        dismissed=dismissed_places(report.decisions, effective),
        beside=around,
    )
    return [unpacked(finding.content) for finding in found.findings]


def _cell_change(key: str, old: Report, new: Report, corrections: tuple[Correction, ...]) -> CellChange | None:
    before, after = old.cells.get(key), new.cells.get(key)
    flagged = tuple(correction for correction in corrections if correction.key == key and differs(correction, new))
    seen = [reading and (reading.raw.strip(), reading.value, reading.state) for reading in (before, after)]
    if seen[0] == seen[1] and not flagged:
        return None
    return CellChange(key=key, before=before, after=after, corrections=flagged)


def _identity_change(old: Report, new: Report) -> tuple[tuple[str, str, str], ...]:
    pairs = {
        "organ": (old.organ.name, new.organ.name),
        "report_year": (old.report_year, new.report_year),
        "scope": (old.scope, new.scope),
    }
    return tuple(
        (name, str(one if one is not None else "—"), str(other if other is not None else "—"))
        for name, (one, other) in pairs.items()
        if one != other
    )
