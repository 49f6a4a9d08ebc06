"""Files that were read but not placed: their documents are kept, and a person says to whom and to which year they belong."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from ogi.store import audit, schema
from ogi.store.accepting import Accepted, accept
from ogi.store.act import Act
from ogi.store.claiming import all_or_nothing
from ogi.store.documents import keep_documents
from ogi.store.ingests import FileRecord
from ogi.store.location import StoreError
from ogi.store.prepared import Prepared

_FILES = schema.ingested_files


def keep_unplaced(connection: sa.Connection, reports: Iterable[Prepared], act: Act) -> None:
    """Keep the documents of reports that have no place yet."""
    keep_documents(connection, [report for report in reports if report.place is None and report.data is not None], act)


def unplaced_of(connection: sa.Connection, ingest_id: int, limit: int | None = None) -> list[tuple[FileRecord, bool]]:
    """Return the records of files of an ingest that wait for their place, with whether the document is kept.

    Documents of an ingest of an older version are not kept, nor those of figures that name another document.
    """
    contents = schema.document_bytes
    joined = _FILES.outerjoin(contents, contents.c.sha256 == _FILES.c.sha256)
    query = sa.select(_FILES, contents.c.sha256.is_not(None).label("is_kept")).select_from(joined)
    query = query.where(_FILES.c.ingest_id == ingest_id, _FILES.c.outcome == "unplaced").order_by(_FILES.c.number).limit(limit)
    names = FileRecord.__struct_fields__
    found = []
    for row in connection.execute(query).mappings():
        fields = {name: row[name] for name in names if name != "params"}
        found.append((FileRecord(**fields, params=row["params"] or {}), bool(row["is_kept"])))
    return found


@all_or_nothing
def place_file(connection: sa.Connection, ingest_id: int, file: FileRecord, prepared: Prepared, act: Act) -> Accepted:
    """Take a file into the library at the place a person gave it; the record of the ingest follows, and those of its copies.

    Args:
        connection: a writing transaction.
        ingest_id: the ingest in which it was read.
        file: its record, from :func:`unplaced_of`.
        prepared: the report with its place.
        act: who, when, why.

    Raises:
        StoreError: ``unplaced``: the place is still not known; ``placed_already`` by somebody else meanwhile.
    """
    own = (_FILES.c.ingest_id == ingest_id, _FILES.c.number == file.number)
    outcome = connection.scalar(sa.select(_FILES.c.outcome).where(*own).with_for_update())
    if outcome != "unplaced":
        raise StoreError("placed_already", name=file.name)
    accepted = accept(connection, prepared, act)
    settled = {"error": None, "params": {}, "report_id": accepted.report_id}
    connection.execute(sa.update(_FILES).where(*own).values(outcome=accepted.outcome, **settled))
    if file.sha256 is not None:
        copies = (_FILES.c.sha256 == file.sha256, _FILES.c.part == file.part, _FILES.c.outcome == "unplaced")
        connection.execute(sa.update(_FILES).where(*copies).values(outcome="same", **settled))
    audit.note(connection, act, "file_placed", report_id=accepted.report_id, subject=file.name[:200], after=accepted.key)
    return accepted
