"""Documents as they were handed in: each kept once, whatever it is called."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from ogi.store import schema
from ogi.store.act import Act
from ogi.store.prepared import Prepared
from ogi.store.statements import in_parts, insert_missing


def keep_documents(connection: sa.Connection, reports: Iterable[Prepared], act: Act) -> None:
    """Store the documents of these reports that are not there yet, and addresses and dates that were not known yet."""
    given = {report.sha256: report for report in reports if report.sha256 is not None}
    table = schema.documents
    known: set[str] = set()
    for some in in_parts(given):
        known.update(connection.scalars(sa.select(table.c.sha256).where(table.c.sha256.in_(some))))
    missing = sorted(given.keys() - known)
    if missing:
        rows = [_row(digest, given[digest], act) for digest in missing]
        connection.execute(insert_missing(table, connection), rows)
        contents = [{"sha256": digest, "content": given[digest].data} for digest in missing]
        connection.execute(insert_missing(schema.document_bytes, connection), contents)
    for digest in sorted(known):
        report = given[digest]
        for column, value in ((table.c.address, report.address), (table.c.published_on, report.published_on)):
            if value is not None:
                connection.execute(sa.update(table).where(table.c.sha256 == digest, column.is_(None)).values({column: value}))


def _row(digest: str, report: Prepared, act: Act) -> dict[str, object]:
    document = report.report.document
    assert report.data is not None
    return {
        "sha256": digest,
        "name": document.name.replace("\x00", ""),
        "media_type": document.media_type[:255],
        "size": len(report.data),
        "pages": document.pages,
        "address": report.address,
        "published_on": report.published_on,
        "at": act.at,
        "by": act.by,
    }
