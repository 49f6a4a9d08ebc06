"""Looking whether the records are whole: the file itself, what belongs together, and every document and version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.prepared import read_back
from ogi.store.records import Records
from ogi.store.snapshot.row import RowError, decode


class Damage(NamedTuple):
    """Something that is not as it should be: a message ``store.damage.<code>`` with its parameters."""

    code: str
    params: dict[str, str | int]


def damages(records: Records) -> Iterator[Damage]:
    """Yield everything that is not as it should be; nothing where the records are whole.

    Every document and version is read, so it takes as long as reading the whole database.

    Raises:
        StoreError: the records cannot be read at all.
    """
    with records.reading() as connection:
        if records.is_sqlite:
            yield from _file(connection)
        yield from _reports(connection)
        yield from _documents(connection)
        yield from _versions(connection)
        yield from _facts(connection)


def _file(connection: sa.Connection) -> Iterator[Damage]:
    for text in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
        if text != "ok":
            yield Damage("file", {"text": text})
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Damage("reference", {"table": row[0], "row": row[1] or 0, "other": row[2]})


def _reports(connection: sa.Connection) -> Iterator[Damage]:
    """Reports without the version that counts, and reports in force of which nothing was worked out."""
    reports, versions, facts = schema.reports, schema.versions, schema.report_facts
    current = sa.and_(versions.c.report_id == reports.c.report_id, versions.c.number == reports.c.current)
    without = sa.select(reports.c.report_id).outerjoin(versions, current).where(versions.c.report_id.is_(None))
    for report_id in connection.scalars(without):
        yield Damage("no_version", {"report": report_id})
    unworked = sa.select(reports.c.report_id).outerjoin(facts, facts.c.report_id == reports.c.report_id)
    for report_id in connection.scalars(unworked.where(reports.c.deleted_at.is_(None), facts.c.report_id.is_(None))):
        yield Damage("no_facts", {"report": report_id})


def _documents(connection: sa.Connection) -> Iterator[Damage]:
    documents, contents = schema.documents, schema.document_bytes
    query = sa.select(documents.c.sha256, documents.c.name, contents.c.content).outerjoin(
        contents, contents.c.sha256 == documents.c.sha256
    )
    for digest, name, content in connection.execution_options(yield_per=20).execute(query):
        if content is None:
            yield Damage("no_bytes", {"name": name})
        elif hashlib.sha256(content).hexdigest() != digest:
            yield Damage("bytes", {"name": name})


def _versions(connection: sa.Connection) -> Iterator[Damage]:
    table = schema.versions
    query = sa.select(table.c.report_id, table.c.number, table.c.content, table.c.format)
    for report_id, number, content, format in connection.execution_options(yield_per=200).execute(query):
        try:
            read_back(content, format)
        except ValueError:
            yield Damage("version", {"report": report_id, "number": number})


def _facts(connection: sa.Connection) -> Iterator[Damage]:
    """Rows of facts that are damaged or speak of another report than the one they belong to."""
    reports, facts = schema.reports, schema.report_facts
    columns = (reports.c.report_id, reports.c.organ_id, reports.c.report_year, reports.c.scope, reports.c.current, facts.c.row)
    query = sa.select(*columns).join(facts, facts.c.report_id == reports.c.report_id)
    for report_id, *identity, data in connection.execution_options(yield_per=2000).execute(query):
        try:
            row = decode(data)
            told = [row.organ_id, row.report_year, row.scope, row.version]
        except RowError:
            told = []
        if told != identity:
            yield Damage("facts", {"report": report_id})
