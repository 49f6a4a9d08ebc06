"""A store with the reports of a country drawn, and the sample reports stored as anybody would store them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from benchmarks.store.generate import generate
from ogi.library import Entry
from ogi.store.accepting import accept_many
from ogi.store.act import Act
from ogi.store.location import Location, StoreError
from ogi.store.prepared import Prepared, prepare
from ogi.store.publishing import publish_pending
from ogi.store.snapshot.publish import Publisher
from ogi.store.store import open_store
from pages.parts.sample_library import SampleLibrary
from sample_reports.catalogue import DOCUMENTS

_ACT = Act(by="benchmark", at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
_STORED = "stored"


def furnish(folder: Path, reports: int) -> None:
    """Draw ``reports`` reports into a store and add the fictional city through the ordinary door; nothing where that was done.

    The reports of the city have readings, prose and findings; those that were drawn have figures only.
    """
    location = Location.of(folder)
    if (folder / _STORED).exists():
        return
    if not (location.snapshot / "snapshot.json").exists():
        generate(location.snapshot, reports)
    store = open_store(location)
    try:
        with store.records.writing() as connection:
            found = accept_many(connection, [_prepared(entry) for entry in _city()], _ACT)
        refused = [one for one in found if isinstance(one, StoreError)]
        if refused:
            raise SystemExit(f"{len(refused)} sample reports were not stored: {refused[0]}")
        publish_pending(store.records, Publisher(location.snapshot))
    finally:
        store.close()
    (folder / _STORED).touch()


def _city() -> list[Entry]:
    samples = SampleLibrary()
    samples.start()
    samples.wait(600)
    samples.close()
    return list(samples.library().collection("fictional"))


def _prepared(entry: Entry) -> Prepared:
    return prepare(entry.report, (DOCUMENTS / entry.report.document.name).read_bytes(), origin="ingest")


def organs_of_the_city(count: int) -> list[str]:
    """Return the ids of so many organs of the city."""
    return sorted(names_of_the_city())[:count]


def names_of_the_city() -> dict[str, str]:
    """Return the names of the organs of the city by their ids."""
    return {entry.organ_id: entry.report.organ.name or "" for entry in _city() if entry.organ_id}
