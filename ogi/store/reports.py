"""Looking at stored reports: one with everything that belongs to it, and the documents themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import msgspec
import sqlalchemy as sa

from ogi.checks import Finding
from ogi.report import Number, OrganName, Report, Scope
from ogi.store import schema
from ogi.store.conclusions import unpacked
from ogi.store.edits import Correction, Decision, corrections_of, decisions_of
from ogi.store.effective import amended_values, corrected
from ogi.store.location import StoreError
from ogi.store.placing import Place, as_placed
from ogi.store.prepared import Origin, read_back


class StoredVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a report, without its content."""

    number: int
    sha256: str | None
    """The document; ``None`` where it was keyed in from paper."""
    part: int
    origin: Origin
    reader: str
    document_name: str | None
    address: str | None
    published_on: dt.date | None
    why: str
    at: dt.datetime
    by: str


class StoredReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report with everything that belongs to it."""

    report_id: int
    place: Place
    """Organ, year and scope that count; a person may have set them."""
    current: int
    """The number of the version that counts."""
    versions: tuple[StoredVersion, ...]
    """All versions, oldest first."""
    printed: Report
    """As read from the document, untouched."""
    effective: Report
    """With what people read in misread and keyed-in cells, at its place. Checks and figures go by it."""
    amended: dict[str, Number]
    """The right figures of cells in which the organ's own is wrong."""
    corrections: tuple[Correction, ...]
    """Those in force."""
    decisions: tuple[Decision, ...]
    """Those in force, also where cells have changed since."""
    findings: tuple[Finding, ...]
    """The open problems; empty for a deleted report."""
    changes: int
    """Says which state was seen; whoever changes something hands it back."""
    at: dt.datetime
    by: str
    deleted_at: dt.datetime | None
    deleted_by: str | None
    deleted_why: str | None

    @property
    def key(self) -> str:
        """``organ.year.scope``."""
        return self.place.key

    @property
    def version(self) -> StoredVersion:
        """The version that counts."""
        return next(version for version in self.versions if version.number == self.current)


def stored(connection: sa.Connection, report_id: int) -> StoredReport:
    """Return a report with everything that belongs to it.

    Raises:
        StoreError: ``no_report``; ``damaged``.
    """
    row = _row(connection, report_id)
    versions = _versions(connection, report_id)
    printed = version_report(connection, report_id, row["current"])
    place = place_from(row)
    corrections = corrections_of(connection, report_id)
    return StoredReport(
        report_id=report_id,
        place=place,
        current=row["current"],
        versions=versions,
        printed=printed,
        effective=as_placed(corrected(printed, corrections), place),
        amended=amended_values(corrections),
        corrections=tuple(corrections),
        decisions=tuple(decisions_of(connection, report_id)),
        findings=open_findings(connection, report_id),
        changes=row["changes"],
        at=row["at"],
        by=row["by"],
        deleted_at=row["deleted_at"],
        deleted_by=row["deleted_by"],
        deleted_why=row["deleted_why"],
    )


def effective(connection: sa.Connection, report_id: int) -> Report:
    """Return a report as checks and figures go by it, and nothing else of it.

    Raises:
        StoreError: ``no_report``; ``damaged``.
    """
    row = _row(connection, report_id)
    printed = version_report(connection, report_id, row["current"])
    return as_placed(corrected(printed, corrections_of(connection, report_id)), place_from(row))


def place_at(connection: sa.Connection, report_id: int) -> Place:
    """Return where a report stands.

    Raises:
        StoreError: ``no_report``.
    """
    return place_from(_row(connection, report_id))


def places_at(connection: sa.Connection, report_ids: Collection[int]) -> dict[int, Place]:
    """Return where some reports stand, by number; one that is deleted or gone is left out."""
    table = schema.reports
    rows = connection.execute(_placed().where(table.c.report_id.in_(report_ids), table.c.deleted_at.is_(None))).mappings()
    return {row["report_id"]: place_from(row) for row in rows}


def find(connection: sa.Connection, organ_id: str, report_year: int, scope: Scope) -> int | None:
    """Return the number of the report of an organ, year and scope that is not deleted; also under an id merged into another."""
    organs, reports = schema.organs, schema.reports
    settled = sa.select(sa.func.coalesce(organs.c.merged_into, organs.c.organ_id)).where(organs.c.organ_id == organ_id)
    query = sa.select(reports.c.report_id).where(
        reports.c.organ_id == settled.scalar_subquery(),
        reports.c.report_year == report_year,
        reports.c.scope == scope,
        reports.c.deleted_at.is_(None),
    )
    return connection.scalar(query)


def version_report(connection: sa.Connection, report_id: int, number: int) -> Report:
    """Return a version as it was read.

    Raises:
        StoreError: ``no_version``; ``damaged``.
    """
    table = schema.versions
    query = sa.select(table.c.content, table.c.format).where(table.c.report_id == report_id, table.c.number == number)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise StoreError("no_version", number=number)
    try:
        return read_back(row.content, row.format)
    except ValueError as error:
        raise StoreError("damaged", reason=str(error)) from error


def open_findings(connection: sa.Connection, report_id: int) -> tuple[Finding, ...]:
    """Return the open problems of a report, errors first."""
    table = schema.open_findings
    severity = sa.case({"error": 0, "warning": 1}, value=table.c.severity, else_=2)
    query = sa.select(table.c.content).where(table.c.report_id == report_id).order_by(severity, table.c.place)
    return tuple(unpacked(content) for content in connection.scalars(query))


def document_bytes(connection: sa.Connection, sha256: str) -> bytes | None:
    """Return a document as it was handed in; ``None`` where it is not kept."""
    table = schema.document_bytes
    return connection.scalar(sa.select(table.c.content).where(table.c.sha256 == sha256))


def place_from(row: sa.RowMapping | dict[str, Any]) -> Place:
    """Return the place of a report from its row joined with its organ."""
    organ = OrganName(
        name=row["name"],
        level=row["level"],
        kind=row["kind"],
        region=row["region"],
        region_code=row["region_code"],
        full_name=row["full_name"],
    )
    return Place(organ=organ, organ_id=row["organ_id"], report_year=row["report_year"], scope=row["scope"])


def _placed() -> sa.Select[Any]:
    reports, organs = schema.reports, schema.organs
    shown = (organs.c.name, organs.c.full_name, organs.c.level, organs.c.kind, organs.c.region, organs.c.region_code)
    return sa.select(reports, *shown).join(organs, organs.c.organ_id == reports.c.organ_id)


def _row(connection: sa.Connection, report_id: int) -> sa.RowMapping:
    row = connection.execute(_placed().where(schema.reports.c.report_id == report_id)).mappings().one_or_none()
    if row is None:
        raise StoreError("no_report", report=report_id)
    return row


def _versions(connection: sa.Connection, report_id: int) -> tuple[StoredVersion, ...]:
    versions, documents = schema.versions, schema.documents
    own = [versions.c[name] for name in ("number", "sha256", "part", "origin", "reader", "why", "at", "by")]
    others = (documents.c.name.label("document_name"), documents.c.address, documents.c.published_on)
    query = sa.select(*own, *others).outerjoin(documents, documents.c.sha256 == versions.c.sha256)
    rows = connection.execute(query.where(versions.c.report_id == report_id).order_by(versions.c.number)).mappings()
    return tuple(StoredVersion(**row) for row in rows)
