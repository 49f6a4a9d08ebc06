"""What came of an ingest, in words: a reason for every file that failed, the counts, and all of it as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from ogi.labels import Labels, MissingLabelError
from ogi.spreadsheet import neutral
from ogi.store import ingests
from ogi.store.ingests import FAILURES, FileOutcome, FileRecord, Ingest
from ogi.store.records import Records

OUTCOMES: tuple[FileOutcome, ...] = ("new", "version", "same", "unplaced", "failed", "skipped")
TO_LOOK_AT: tuple[FileOutcome, ...] = (*FAILURES, "same")
"""Outcomes of files a person has to look at, where there is something to say of them."""
_COLUMNS = ("name", "part", "outcome", "reason", "sha256", "report")
_PAGE = 5000


def reason(file: FileRecord, labels: Labels) -> str:
    """Return why nothing was stored of a file, in one line; empty where there is nothing to say."""
    if file.error is None:
        return ""
    code = file.error.removeprefix("store.")
    key = f"error.{code}" if code == file.error else f"store.error.{code}"
    try:
        text = labels(key, **file.params)
    except MissingLabelError:  # recorded by another version
        text = labels("ingest.unknown_reason", code=file.error)
    return " ".join(text.split("\n"))


def summary(ingest: Ingest, labels: Labels) -> str:
    """Return the counts of an ingest in one paragraph."""
    parts = [labels(f"ingest.count.{outcome}", count=ingest.counts.get(outcome, 0)) for outcome in OUTCOMES]
    shown = [
        part for outcome, part in zip(OUTCOMES, parts, strict=True) if outcome in ("new", "failed") or ingest.counts.get(outcome)
    ]
    return labels(f"ingest.ended.{ingest.state}", counts=labels("ingest.count_separator").join(shown))


def failed_files(records: Records, ingest_id: int) -> Iterator[FileRecord]:
    """Yield the records of the files a person has to look at: not stored, or stored already and read otherwise now."""
    yield from _pages(records, ingest_id, TO_LOOK_AT)


def write_table(path: Path, records: Records, ingest_id: int, labels: Labels) -> None:
    """Write what came of every file as CSV for spreadsheets.

    Raises:
        OSError: the file cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow([labels(f"ingest.column.{column}") for column in _COLUMNS])
        for record in _pages(records, ingest_id, OUTCOMES, with_reason=False):
            said = labels(f"ingest.outcome.{record.outcome}")
            row = (record.name, record.part, said, reason(record, labels), record.sha256 or "", record.report_id or "")
            table.writerow([neutral(value) for value in row])


def _pages(
    records: Records, ingest_id: int, outcomes: tuple[FileOutcome, ...], *, with_reason: bool = True
) -> Iterator[FileRecord]:
    """Some thousand records at a time, so that a large ingest needs no large memory."""
    after = 0
    while True:
        with records.reading() as connection:
            page = ingests.files_of(connection, ingest_id, outcomes, with_reason=with_reason, limit=_PAGE, after=after)
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].number
