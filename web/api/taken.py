"""What a file that was handed in holds: reports that can be kept, and what cannot, each with its reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from loaders.errors import CannotReadError
from loaders.intake import Outcome, read_all
from loaders.reader_version import reader_version
from loaders.sandbox import Sandbox
from ogi.doubts import marked_readings
from ogi.form import load_form
from ogi.labels import Labels
from ogi.report import Report
from ogi.store.location import StoreError
from ogi.store.prepared import Prepared, prepare


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One report of a file, or the reason why there is none."""

    name: str
    part: int
    report: Report | None = None
    error: CannotReadError | StoreError | None = None
    """Why it cannot be kept, beside what was not read."""
    prepared: Prepared | None = None

    @property
    def numbers(self) -> int:
        """How many cells have a number."""
        return sum(reading.value is not None for reading in self.report.cells.values()) if self.report else 0

    @property
    def doubts(self) -> int:
        """How many cells a person should look at."""
        return len(marked_readings(self.report)) if self.report else 0

    @property
    def unread(self) -> tuple[str, ...]:
        """The tables that were not read, or not whole."""
        return () if self.report is None else tuple(t for t, found in self.report.tables.items() if found.status != "complete")

    @property
    def is_partial(self) -> bool:
        """Whether something of it was read, and something not."""
        return self.error is None and self.numbers > 0 and bool(self.unread)

    @property
    def code(self) -> str:
        """Why it was refused."""
        return self.error.code if self.error is not None else "not_complete" if self.numbers else "no_numbers"

    def unread_tables(self, labels: Labels) -> list[tuple[str, str]]:
        """The name and the status of each table that was not read whole."""
        assert self.report is not None
        return [(_table_name(table, labels), self.report.tables[table].status) for table in self.unread]


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """A file taken apart."""

    taken: tuple[Taken, ...]
    refused: tuple[Taken, ...]
    skipped: tuple[Taken, ...]
    """Files of an archive left out on purpose, which are no failure."""


def taken_in(data: bytes, name: str, sandbox: Sandbox, *, is_partly: bool) -> TakenIn:
    """Read everything in a file and make it ready for storing.

    Args:
        data: the content of the file.
        name: its name.
        sandbox: the workers that read it.
        is_partly: whether reports that were not read whole are taken too; one without any number never is.
    """
    found = [_taken(outcome, is_partly=is_partly) for outcome in read_all(data, name, sandbox)]
    skipped = tuple(item for item in found if item.error is not None and item.error.code == "files_skipped")
    return TakenIn(
        taken=tuple(item for item in found if item.prepared is not None),
        refused=tuple(item for item in found if item.prepared is None and item not in skipped),
        skipped=skipped,
    )


def _taken(outcome: Outcome, *, is_partly: bool) -> Taken:
    item = Taken(name=outcome.name, part=outcome.number, report=outcome.report, error=outcome.error)
    if item.report is None or not item.numbers or (item.unread and not is_partly):
        return item
    data = outcome.data
    # Exported figures name the document they were read from, and that is not what was handed in: they are kept without one.
    if data is not None and hashlib.sha256(data).hexdigest() != item.report.document.sha256:
        data = None
    prepared = prepare(item.report, data, part=outcome.number, reader=reader_version())
    if prepared.place is None:
        return replace(item, error=StoreError("unplaced", **prepared.refusal))
    return replace(item, prepared=prepared)


def _table_name(table_id: str, labels: Labels) -> str:
    found = (edition.table(table_id) for edition in load_form().editions.values())
    return next((table.label(labels.lang) for table in found if table is not None), table_id)
